"""The functions and filters that the programs of Word templates call.

The functions' names begin with two underscores; they find their render through Jinja's context, so programs stay free
of state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any
from urllib.parse import quote

from jinja2 import pass_context
from markupsafe import Markup

from generator.kept.lazy_patterns import lazy
from generator.template.merging import Runs
from generator.template.output import RenderContext
from generator.template.printable import safe_link
from generator.word.run import unique_marks
from generator.word.run.additions import RENDERING, Part, rendered_part
from generator.word.run.chart_parts import chart_printed
from generator.word.run.control_values import chosen, dated, full_date, held
from generator.word.run.draft_end import missing_list
from generator.word.run.equations import latex
from generator.word.run.notes_from_data import endnote, footnote
from generator.word.run.placed_pictures import PlacedPicture
from generator.word.run.render_state import render_of
from generator.word.run.table_grids import table


@pass_context
def begin(context: RenderContext, table: str) -> None:
    """A table, or its outermost row loop, begins."""
    render_of(context).runs.begin(table)


@pass_context
def row(context: RenderContext, table: str) -> None:
    """A row begins."""
    context.output.render.runs.row(table)


@pass_context
def row_if_none(context: RenderContext, table: str) -> Markup:
    """An empty row for a table that printed none."""
    return Markup("" if render_of(context).runs.has_rows(table) else "<w:tr><w:tc><w:tcPr/><w:p/></w:tc></w:tr>")


@pass_context
def enter(context: RenderContext, member: str) -> None:
    """What follows belongs to another part."""
    render = render_of(context)
    render.entered.append(RENDERING.set(Part(render.additions, member, rendered_part().prefixes)))


@pass_context
def leave(context: RenderContext) -> None:
    """What follows belongs to the part before again."""
    RENDERING.reset(render_of(context).entered.pop())


_NO = ("", "否", "无", "no", "false", "0", "未")


def _holds(value: Any) -> bool:
    """Whether a box is ticked: 否, no, false and nothing at all leave it open."""
    return bool(value) and str(value).strip().lower() not in _NO


@pass_context
def checked(context: RenderContext, value: Any) -> str:
    """The state of the check box that begins here."""
    render = render_of(context)
    render.ticked = False  # where its value cannot be had
    render.ticked = _holds(value)
    return "1" if render.ticked else "0"


@pass_context
def checked_sign(context: RenderContext, ticked: str, otherwise: str) -> str:
    """What the check box that began last shows."""
    return ticked if render_of(context).ticked else otherwise


@pass_context
def picture(context: RenderContext, value: Any, width: int, height: int) -> str:
    """The value of the tag of the picture that follows, and the box of that picture in EMU."""
    render = render_of(context)
    render.placed = None  # where its value cannot be had
    render.placed = PlacedPicture(value, width, height, draft=render.missing is not None)
    return ""


def _of_picture(ask: Callable[..., Any]) -> Callable[..., Any]:
    """A function of programs that asks for something of the picture that is being printed."""

    @pass_context
    def asked(context: RenderContext, *arguments: str) -> Any:
        placed = render_of(context).placed
        return ask(placed, *arguments) if placed is not None else ""

    return asked


def checkbox(value: Any) -> str:
    """A ticked or an open box as text: `{{ 已完成|checkbox }}`."""
    return "☑" if _holds(value) else "☐"


@pass_context
def chart(context: RenderContext, identity: str, values: Mapping[str, Any]) -> str:
    """The relationship of a chart that takes its data here."""
    render = render_of(context)
    first = identity not in render.printed_charts
    render.printed_charts.add(identity)
    return chart_printed(render.charts[identity], identity, values, render.additions, first=first)


@pass_context
def list_begins(context: RenderContext, number: str) -> None:
    """The next paragraph of a numbering is the first of a list."""
    render_of(context).begun.add(number)


@pass_context
def list_number(context: RenderContext, number: str) -> str:
    """The numbering of a list that begins anew: its own for the first, then a new one."""
    render = render_of(context)
    if number in render.begun:
        render.begun.discard(number)
        render.lists[number] = render.additions.restarted(number) if number in render.lists else number
    return render.lists.get(number, number)


@pass_context
def label_begins(context: RenderContext, name: str) -> None:
    """A label waits for the first of the rows that its merged cell reaches over."""
    render_of(context).labels.add(name)


@pass_context
def label(context: RenderContext, name: str) -> bool:
    """Whether a label is to be printed here."""
    waiting = render_of(context).labels
    first = name in waiting
    waiting.discard(name)
    return first


@pass_context
def cell_if_none(context: RenderContext, line: str) -> Markup:
    """An empty cell for a row that printed none."""
    return Markup("" if render_of(context).runs.has_rows(line) else "<w:tc><w:tcPr/><w:p/></w:tc>")


@pass_context
def continues(context: RenderContext, table: str, column: int, value: Any, first: bool | None = None) -> bool:
    """Whether a cell merges with the one above; for docxtpl's `{% vm %}` that is all but the loop's `first`."""
    runs: Runs = context.output.render.runs
    if first is None:
        return runs.continues(table, column, value)
    return runs.force(table, column, continues=not first)


_COLOUR = lazy(r"[0-9A-Fa-f]{6}|auto")
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
def link(context: RenderContext, url: Any) -> str:
    """The relationship of a link whose target the template writes with tags."""
    address = quote(safe_link(str(url).strip()), safe="%/:=&?~#+!$,;'@()*[]-._")
    return rendered_part().relate("hyperlink", address, external=True)


@pass_context
def ending(context: RenderContext) -> Markup:
    """What a draft prints at the end of its document."""
    missing = render_of(context).missing
    return Markup(missing_list(missing)) if missing else Markup("")


_LAST_PARAGRAPH = lazy(r"(?:</w:p>|<w:p(?: [^>]*)?/>)\s*\Z")


def blocks(content: str) -> Markup:
    """The content of a cell (footnote, text box, …), ending with a paragraph."""
    content = str(content)
    return Markup(content if _LAST_PARAGRAPH.search(content) else content + "<w:p/>")


_BY_THEIR_NAMES: tuple[FunctionType, ...] = (
    *(begin, row, row_if_none, cell_if_none, continues, chart, checked, checked_sign, chosen, dated, full_date),
    *(held, picture, list_begins, label_begins, label, enter, leave, colour, columns, ending, link),
    *(unique_marks.drawing, unique_marks.once, unique_marks.bookmark, unique_marks.bookmark_end),
    *(unique_marks.anchor, unique_marks.comment_id, unique_marks.note, unique_marks.notes, unique_marks.fresh),
    *(unique_marks.permission, unique_marks.shape),
)
FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{f"__{function.__name__}": function for function in _BY_THEIR_NAMES},
    "__pictured": _of_picture(lambda placed: placed.shown),
    "__picture_text": _of_picture(PlacedPicture.text),
    "__picture_side": _of_picture(PlacedPicture.side),
    "__picture_embed": _of_picture(PlacedPicture.embed),
    "__picture_vector": _of_picture(PlacedPicture.vector),
    "__picture_link": _of_picture(PlacedPicture.link),
    "__picture_stays": _of_picture(lambda placed: placed.image is None),
    "__picture_crop": _of_picture(lambda placed, cut: cut if placed.image is None else "0"),
    "__list": list_number,
}
OWN_FUNCTIONS = {
    function: hasattr(function, "jinja_pass_arg")
    for function in FUNCTIONS.values()
    if isinstance(function, FunctionType)
}
FILTERS: dict[str, Callable[..., Any]] = {
    "__blocks": blocks,
    "__table": table,
    "checkbox": checkbox,
    "footnote": footnote,
    "endnote": endnote,
    "latex": latex,
}
