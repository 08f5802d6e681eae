"""What one render of a Word template keeps, and the functions that its programs call.

The functions' names begin with two underscores; they find their render through Jinja's context, so programs stay free
of state.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from jinja2 import pass_context
from jinja2.runtime import Context
from lxml import etree
from markupsafe import Markup

from generator.ooxml.package import parse_xml
from generator.ooxml.wordprocessing import MAIN, TC, TR, Element, W, grid_span, rows
from generator.template.merging import Runs
from generator.template.printable import safe_link
from generator.word.compile.fed_charts import FedChart
from generator.word.compile.tokens import GRID_FOLLOWS
from generator.word.run.additions import Additions, Part, enter_part, leave_part, rendered_part
from generator.word.run.chart_parts import chart_printed
from generator.word.run.control_values import chosen, dated, full_date, held
from generator.word.run.equations import latex
from generator.word.run.notes_from_data import endnote, footnote
from generator.word.run.placed_pictures import PlacedPicture
from generator.word.run.value_xml import Missing, missing_list

_FIRST_BOOKMARK = 1_000_000
_PARAGRAPH_IDS = re.compile(r' w14:(?:paraId|textId)="[^"]*"')
_NOTE_ID = re.compile(r'(<w:(?:footnote|endnote|comment)\b[^<>]*? w:id=")[^"]*(")')


@dataclass(slots=True)
class Render:
    """One render: its additions, merges and numbers."""

    additions: Additions
    missing: Missing | None = None
    printed_once: set[str] = field(default_factory=set)
    permissions: dict[str, str] = field(default_factory=dict)  # id in the template -> id here
    entered: list[Any] = field(default_factory=list)  # parts that were entered
    noted: set[tuple[str, str]] = field(default_factory=set)  # kind and id of notes that were referred to
    notes: dict[str, list[str]] = field(default_factory=dict)  # kind -> notes as printed
    comments: dict[str, str] = field(default_factory=dict)  # id of a comment whose range began -> id here
    lists: dict[str, str] = field(default_factory=dict)  # numbering in the template -> the one of the list that goes on
    begun: set[str] = field(default_factory=set)  # numberings of lists that begin with their next paragraph
    charts: Mapping[str, FedChart] = field(default_factory=dict)  # that take data, by their relationship
    ticked: bool = False  # whether the last check box is
    placed: PlacedPicture | None = None  # what the tag of the last picture came to
    printed_charts: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)  # labels of merged cells that wait for their first row
    runs: Runs = field(default_factory=Runs)
    drawings: int = 1000
    bookmarks: int = _FIRST_BOOKMARK
    open_bookmarks: dict[str, str] = field(default_factory=dict)  # id in the template -> id here
    bookmark_names: dict[str, int] = field(default_factory=dict)  # name -> how often it was printed


def _render(context: Context) -> Render:
    return context.output.render  # type: ignore[attr-defined]


@pass_context
def drawing(context: Context) -> int:
    """The next number of a drawing."""
    render = _render(context)
    render.drawings += 1
    return render.drawings


@pass_context
def bookmark(context: Context, identity: str, name: str) -> str:
    """The id of a bookmark in a loop: its own the first time, then a new one."""
    render = _render(context)
    count = render.bookmark_names.get(name, 0) + 1
    render.bookmark_names[name] = count
    if count > 1:
        render.bookmarks += 1
    render.open_bookmarks[identity] = identity if count == 1 else str(render.bookmarks)
    return render.open_bookmarks[identity]


@pass_context
def once(context: Context, mark: str) -> bool:
    """Whether this is the first time; for what a document can hold once only, as the marks of a comment."""
    seen = _render(context).printed_once
    first = mark not in seen
    seen.add(mark)
    return first


@pass_context
def bookmark_end(context: Context, identity: str) -> str:
    """The id of the bookmark that ends here."""
    return _render(context).open_bookmarks.get(identity, identity)


@pass_context
def anchor(context: Context, name: str, ahead: bool = False) -> str:
    """The name of a bookmark in this turn of its loop (Word allows 40 characters).

    Args:
        context: of the render.
        name: in the template.
        ahead: whether the bookmark of this turn is still to come.
    """
    count = _render(context).bookmark_names.get(name, 0) + ahead
    suffix = f"_{count}"
    return name if count < 2 else name[: 40 - len(suffix)] + suffix


@pass_context
def begin(context: Context, table: str) -> None:
    """A table, or its outermost row loop, begins."""
    _render(context).runs.begin(table)


@pass_context
def row(context: Context, table: str) -> None:
    """A row begins."""
    _render(context).runs.row(table)


@pass_context
def row_if_none(context: Context, table: str) -> Markup:
    """An empty row for a table that printed none."""
    return Markup("" if _render(context).runs.has_rows(table) else "<w:tr><w:tc><w:tcPr/><w:p/></w:tc></w:tr>")


@pass_context
def fresh(context: Context) -> int:
    """An id that nothing else in the document has."""
    render = _render(context)
    render.bookmarks += 1
    return render.bookmarks


@pass_context
def permission(context: Context, identity: str, begins: bool) -> str:
    """The id of a range that some may edit: its own the first time, then a new one."""
    render = _render(context)
    if begins:
        known = identity in render.permissions
        render.permissions[identity] = str(fresh(context)) if known else identity
    return render.permissions.get(identity, identity)


@pass_context
def enter(context: Context, member: str) -> None:
    """What follows belongs to another part."""
    render = _render(context)
    render.entered.append(enter_part(Part(render.additions, member, rendered_part().prefixes)))


@pass_context
def leave(context: Context) -> None:
    """What follows belongs to the part before again."""
    leave_part(_render(context).entered.pop())


@pass_context
def comment_id(context: Context, identity: str, begins: bool) -> str:
    """The id of a comment whose range begins or ends here."""
    render = _render(context)
    if begins:
        render.comments[identity] = _note_id(render, "comment", identity)
    return render.comments.get(identity, identity)


def _note_id(render: Render, kind: str, identity: str) -> str:
    """The id of a note: its own the first time, then a new one."""
    known = (kind, identity) in render.noted
    render.noted.add((kind, identity))
    if not known:
        return identity
    if kind == "comment":
        render.bookmarks += 1
        return str(render.bookmarks)
    return str(render.additions.next(kind, render.additions.ground.last_note[kind]))


@pass_context
def note(context: Context, kind: str, identity: str, content: Any) -> str:
    """The id of a note that is referred to here; its part will print what was captured."""
    render = _render(context)
    own = render.comments.pop(identity, None) if kind == "comment" else None
    again = (kind, identity) in render.noted and own != identity
    own = own or _note_id(render, kind, identity)
    xml = str(content.__html__())
    if again:
        xml = _PARAGRAPH_IDS.sub("", xml)
    render.notes.setdefault(kind, []).append(_NOTE_ID.sub(rf"\g<1>{own}\g<2>", xml, count=1))
    return own


@pass_context
def notes(context: Context, kind: str) -> Markup:
    """The notes that were referred to."""
    return Markup("".join(_render(context).notes.get(kind, ())))


_NO = ("", "否", "无", "no", "false", "0", "未")


def _holds(value: Any) -> bool:
    """Whether a box is ticked: 否, no, false and nothing at all leave it open."""
    return bool(value) and str(value).strip().lower() not in _NO


@pass_context
def checked(context: Context, value: Any) -> str:
    """The state of the check box that begins here."""
    render = _render(context)
    render.ticked = False  # where its value cannot be had
    render.ticked = _holds(value)
    return "1" if render.ticked else "0"


@pass_context
def checked_sign(context: Context, ticked: str, otherwise: str) -> str:
    """What the check box that began last shows."""
    return ticked if _render(context).ticked else otherwise


@pass_context
def picture(context: Context, value: Any, width: int, height: int) -> str:
    """The value of the tag of the picture that follows, and the box of that picture in EMU."""
    render = _render(context)
    render.placed = None  # where its value cannot be had
    render.placed = PlacedPicture(value, width, height, draft=render.missing is not None)
    return ""


def _of_picture(ask: Callable[..., Any]) -> Callable[..., Any]:
    """A function of programs that asks for something of the picture that is being printed."""

    @pass_context
    def asked(context: Context, *arguments: str) -> Any:
        placed = _render(context).placed
        return ask(placed, *arguments) if placed is not None else ""

    return asked


def checkbox(value: Any) -> str:
    """A ticked or an open box as text: `{{ 已完成|checkbox }}`."""
    return "☑" if _holds(value) else "☐"


@pass_context
def chart(context: Context, identity: str, values: Mapping[str, Any]) -> str:
    """The relationship of a chart that takes its data here."""
    render = _render(context)
    first = identity not in render.printed_charts
    render.printed_charts.add(identity)
    return chart_printed(render.charts[identity], identity, values, render.additions, first=first)


@pass_context
def list_begins(context: Context, number: str) -> None:
    """The next paragraph of a numbering is the first of a list."""
    _render(context).begun.add(number)


@pass_context
def list_number(context: Context, number: str) -> str:
    """The numbering of a list that begins anew: its own for the first, then a new one."""
    render = _render(context)
    if number in render.begun:
        render.begun.discard(number)
        render.lists[number] = render.additions.restarted(number) if number in render.lists else number
    return render.lists.get(number, number)


@pass_context
def label_begins(context: Context, name: str) -> None:
    """A label waits for the first of the rows that its merged cell reaches over."""
    _render(context).labels.add(name)


@pass_context
def label(context: Context, name: str) -> bool:
    """Whether a label is to be printed here."""
    waiting = _render(context).labels
    first = name in waiting
    waiting.discard(name)
    return first


@pass_context
def cell_if_none(context: Context, line: str) -> Markup:
    """An empty cell for a row that printed none."""
    return Markup("" if _render(context).runs.has_rows(line) else "<w:tc><w:tcPr/><w:p/></w:tc>")


@pass_context
def continues(context: Context, table: str, column: int, value: Any, first: bool | None = None) -> bool:
    """Whether a cell merges with the one above; for docxtpl's `{% vm %}` that is all but the loop's `first`."""
    runs = _render(context).runs
    if first is None:
        return runs.continues(table, column, value)
    return runs.force(table, column, continues=not first)


_COLOUR = re.compile(r"[0-9A-Fa-f]{6}|auto")
_MOST_COLUMNS = 63  # of a table in Word


def colour(value: Any) -> str:
    """A colour of a cell as Word writes it; `auto` for nothing.

    Raises:
        TypeError: it is none.
    """
    text = "" if value is None else str(value).strip().removeprefix("#")
    if text and not _COLOUR.fullmatch(text):
        raise TypeError(f"not a colour: {text[:40]}")
    return text or "auto"


def columns(value: Any) -> str:
    """Over how many columns a cell reaches; one for nothing.

    Raises:
        TypeError: it is no number of columns that a table has.
    """
    whole = isinstance(value, float) and value.is_integer()
    text = "" if value is None else str(int(value)) if whole else str(value).strip()
    if text and not (text.isdecimal() and 1 <= int(text) <= _MOST_COLUMNS):
        raise TypeError(f"not a number of columns: {text[:40]}")
    return text or "1"


@pass_context
def link(context: Context, url: Any) -> str:
    """The relationship of a link whose target the template writes with tags."""
    address = quote(safe_link(str(url).strip()), safe="%/:=&?~#+!$,;'@()*[]-._")
    return rendered_part().relate("hyperlink", address, external=True)


@pass_context
def ending(context: Context) -> Markup:
    """What a draft prints at the end of its document."""
    missing = _render(context).missing
    return Markup(missing_list(missing)) if missing else Markup("")


_LAST_PARAGRAPH = re.compile(r"(?:</w:p>|<w:p(?: [^>]*)?/>)\s*\Z")


def blocks(content: str) -> Markup:
    """The content of a cell (footnote, text box, …), ending with a paragraph."""
    content = str(content)
    if _LAST_PARAGRAPH.search(content):
        return Markup(content)
    return Markup(content + "<w:p/>")


_PREFIX = re.compile(r"[\s<](?:/)?([A-Za-z_][\w.-]*):[A-Za-z_]")
_DECLARED = re.compile(r'xmlns:([\w.-]+)="([^"]*)"')


def table(content: str, grid: bool = False) -> Markup:
    """A table without rows is left out; where cells come and go its grid follows its rows."""
    content = str(content)
    if "<w:tr" not in content:
        return Markup("")
    if not grid:
        return Markup(content)
    declared = dict(_DECLARED.findall(content))
    prefixes = set(_PREFIX.findall(content)) - {"xml", "xmlns"}
    names = {prefix: MAIN if prefix == "w" else f"urn:prefix:{prefix}" for prefix in prefixes}
    head = "".join(
        f' xmlns:{prefix}="{uri}"' for prefix, uri in sorted(names.items()) if prefix not in declared or prefix == "w"
    )
    root = parse_xml(f"<x{head}>{content}</x>".encode())
    for element in root.iter(f"{W}tbl"):
        fix_grid(element)
    for element in list(root):
        if element.tag == f"{W}tbl" and next(rows(element), None) is None:
            root.remove(element)
    made = "".join(etree.tostring(child, encoding="unicode") for child in root)
    for prefix in names:
        if prefix not in declared or prefix == "w":
            made = made.replace(f' xmlns:{prefix}="{names[prefix]}"', "")
    return Markup(made)


def regridded(content: bytes, member: str) -> bytes:
    """A rendered part whose marked tables have the grid of their rows."""
    root = parse_xml(content, part=member)
    for mark in list(root.iter(etree.PI)):
        parent = mark.getparent()
        if parent is not None and str(mark.target) == GRID_FOLLOWS:  # type: ignore[attr-defined]
            parent.remove(mark)
            fix_grid(parent)
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True)


def fix_grid(table: Element) -> None:
    """Make a table's grid as wide as its widest row; rows without cells go, narrower ones leave the rest of the grid out.
    The table keeps its width."""
    widths: dict[Element, int] = {}
    for line in list(rows(table)):
        if line.find(f".//{TC}") is None:
            parent = line.getparent()
            assert parent is not None
            parent.remove(line)
            continue
        widths[line] = _width(line)
    grid = table.find(f"{W}tblGrid")
    if grid is None or not widths:
        return
    columns = grid.findall(f"{W}gridCol")
    wanted = max(widths.values())
    for line, width in widths.items():
        if width < wanted:
            _leave_out(line, wanted - width)
    if wanted == len(columns):
        return
    sizes = [int(float(column.get(f"{W}w", "0") or 0)) for column in columns]
    total = sum(sizes)
    if wanted > len(columns):  # docxtpl's arithmetic, so that both give the same widths
        new, old = total / wanted, total / max(1, len(columns))
        sizes = [int(size * new / old) if old else 0 for size in sizes] + [int(new)] * (wanted - len(columns))
    else:
        extra = sum(sizes[wanted:]) // wanted
        sizes = [size + extra for size in sizes[:wanted]]
    for column in columns:
        grid.remove(column)
    for index, size in enumerate(sizes):
        column = etree.Element(f"{W}gridCol")
        if total:
            column.set(f"{W}w", str(size))
        grid.insert(index, column)


def _leave_out(line: Element, columns: int) -> None:
    """Let a row end before the grid does."""
    properties = line.find(f"{W}trPr")
    if properties is None:
        properties = etree.Element(f"{W}trPr")
        exceptions = line.find(f"{W}tblPrEx")
        line.insert(0 if exceptions is None else 1, properties)
    after = properties.find(f"{W}gridAfter")
    if after is None:
        after = etree.SubElement(properties, f"{W}gridAfter")
    after.set(f"{W}val", str(int(after.get(f"{W}val", "0")) + columns))


def _width(line: Element) -> int:
    """How many columns of the grid a row covers, `gridBefore` and `gridAfter` with it."""
    width = 0
    for name in ("gridBefore", "gridAfter"):
        skipped = line.find(f"{W}trPr/{W}{name}")
        width += int(skipped.get(f"{W}val", "0")) if skipped is not None else 0
    return width + sum(max(1, grid_span(cell)) for cell in line.iter(TC) if _row_of(cell) is line)


def _row_of(cell: Element) -> Element | None:
    return next(cell.iterancestors(TR), None)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "__drawing": drawing,
    "__once": once,
    "__bookmark": bookmark,
    "__bookmark_end": bookmark_end,
    "__anchor": anchor,
    "__begin": begin,
    "__row": row,
    "__row_if_none": row_if_none,
    "__cell_if_none": cell_if_none,
    "__continues": continues,
    "__chart": chart,
    "__checked": checked,
    "__chosen": chosen,
    "__dated": dated,
    "__full_date": full_date,
    "__held": held,
    "__checked_sign": checked_sign,
    "__picture": picture,
    "__pictured": _of_picture(lambda placed: placed.shown),
    "__picture_text": _of_picture(PlacedPicture.text),
    "__picture_side": _of_picture(PlacedPicture.side),
    "__picture_embed": _of_picture(PlacedPicture.embed),
    "__picture_vector": _of_picture(PlacedPicture.vector),
    "__picture_link": _of_picture(PlacedPicture.link),
    "__picture_stays": _of_picture(lambda placed: placed.image is None),
    "__picture_crop": _of_picture(lambda placed, cut: cut if placed.image is None else "0"),
    "__list": list_number,
    "__list_begins": list_begins,
    "__label_begins": label_begins,
    "__label": label,
    "__enter": enter,
    "__leave": leave,
    "__comment_id": comment_id,
    "__note": note,
    "__notes": notes,
    "__fresh": fresh,
    "__permission": permission,
    "__colour": colour,
    "__columns": columns,
    "__ending": ending,
    "__link": link,
}
FILTERS: dict[str, Callable[..., Any]] = {
    "__blocks": blocks,
    "__table": table,
    "checkbox": checkbox,
    "footnote": footnote,
    "endnote": endnote,
    "latex": latex,
}
