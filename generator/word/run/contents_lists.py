"""Tables of contents, of figures and of tables: their entries are those of the document as it was printed.

A field TOC (ECMA-376 part 1 §17.16.5.68) keeps the entries of its last refresh. Here they are made anew from the headings,
or captions, of the rendered body, in the look of the template's entries. Pages are known only to a program that lays the
document out: new entries have none, and the field is marked for refreshing.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from generator.ooxml.package import Package, parse_xml
from generator.ooxml.relationships import read_relationships, resolve
from generator.ooxml.wordprocessing import KEEP_SPACE, RUN, TEXT_BOX, Element, P, T, W, ancestor
from generator.template.tags import find_tags
from generator.word.run.heading_labels import Labels, read_labels

_CODE = re.compile(r"\s*TOC\b(.*)", re.DOTALL)
_SWITCH = re.compile(r'\\([a-z])\s*(?:"([^"]*)"|([^\s\\"]+))?', re.IGNORECASE)
_HEADING = re.compile(r"heading ([1-9])$")
_PAGEREF = re.compile(r"\s*PAGEREF\s+(\S+)")
_FIRST_MARK = 600_000_000  # Word names the bookmarks of headings _Toc with nine digits
_LEFT = frozenset("bfdsl")  # switches that choose entries by what is not read here


@dataclass(slots=True)
class ContentsField:
    """A table of contents in a body.

    Args:
        code: its instruction.
        paragraphs: from where the field begins to where it ends.
        begin: the run that begins it.
        separate: the run behind which its result stands.
        end: the run that ends it.
    """

    code: str
    paragraphs: list[Element]
    begin: Element
    separate: Element | None
    end: Element


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry: the paragraph that it stands for, its level and text."""

    paragraph: Element
    level: int
    text: str


def contents_fields(root: Element) -> list[ContentsField]:
    """The tables of contents of a body."""
    found: list[ContentsField] = []
    open_field: ContentsField | None = None
    depth = 0
    begin: Element | None = None
    for paragraph in root.iter(P):
        if open_field is not None:
            open_field.paragraphs.append(paragraph)
        for mark in paragraph.iter(f"{W}fldChar", f"{W}instrText"):
            run = ancestor(mark, RUN)
            if run is None:
                continue
            if mark.tag == f"{W}instrText":
                if open_field is None and begin is not None and _CODE.match(mark.text or ""):
                    open_field = ContentsField("", [paragraph], begin, None, begin)
                    depth = 1
                if open_field is not None and depth == 1 and open_field.separate is None:
                    open_field.code += mark.text or ""
                continue
            kind = mark.get(f"{W}fldCharType")
            if kind == "begin":
                begin = run
                depth += open_field is not None
            elif open_field is None:
                continue
            elif kind == "separate" and depth == 1:
                open_field.separate = run
            elif kind == "end":
                depth -= 1
                if not depth:
                    open_field.end = run
                    found.append(open_field)
                    open_field, begin = None, None
    return found


def forget_tags(root: Element) -> bool:
    """Take the tags out of the entries of tables of contents, which are copies of headings; whether there is a table."""
    fields = contents_fields(root)
    for one in fields:
        for paragraph in one.paragraphs:
            texts = [node for node in _result(one, paragraph) if node.tag == T]
            tags = list(find_tags("".join(node.text or "" for node in texts)))
            if tags and not any(tag.host in ("p", "tr", "tc") for tag in tags):  # those control what stands behind
                for node in texts:
                    node.text = ""
    return bool(fields)


def _result(one: ContentsField, paragraph: Element) -> Iterator[Element]:
    """The elements of a paragraph that belong to the result of a field."""
    inside = paragraph is not one.paragraphs[0]
    for element in paragraph.iter():
        if element is one.separate:
            inside = True
        elif element is one.end:
            return
        elif inside:
            yield element


@dataclass(slots=True)
class Styles:
    """Paragraph styles: id -> its lower-case name, its outline level and numbering with those of the styles below it."""

    names: dict[str, str] = field(default_factory=dict)
    outlines: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, tuple[str, int]] = field(default_factory=dict)
    default: str = ""

    def identity(self, name: str) -> str:
        return next((one for one, own in self.names.items() if own == name), "")


def rebuilt(content: bytes, package: Package, main: str, numbering: bytes | None) -> bytes:
    """A rendered body whose tables of contents list what it holds.

    Args:
        content: the body's part.
        package: the template.
        main: the part's name.
        numbering: the numbering part as rendered.
    """
    root = parse_xml(content, part=main)
    fields = contents_fields(root)
    if not fields:
        return content
    styles = read_styles(package, main)
    labels = read_labels(None if numbering is None else parse_xml(numbering, part="numbering"))
    inside = {id(paragraph) for one in fields for paragraph in one.paragraphs}
    numbered = _labelled(root, styles, labels)
    marks = _Marks(root)
    changed = False
    for one in fields:
        entries = _entries(root, one, styles, numbered, inside)
        if entries is not None and _made_anew(one, entries, styles, marks):
            changed = True
    if not changed:
        return content
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True)


def read_styles(package: Package, main: str) -> Styles:
    """The paragraph styles of a document."""
    member = next(
        (
            resolve(main, target)
            for type_, target, external in read_relationships(package, main).values()
            if not external and type_.rpartition("/")[2] == "styles"
        ),
        None,
    )
    found = Styles()
    if member is None or member not in package:
        return found
    own = {
        item.get(f"{W}styleId", ""): item
        for item in package.xml(member).findall(f"{W}style")
        if item.get(f"{W}type", "paragraph") == "paragraph"
    }
    for identity, style in own.items():
        found.names[identity] = _value(style, "name").lower()
        if style.get(f"{W}default") in ("1", "true", "on"):
            found.default = identity
        at: Element | None = style
        seen: set[int] = set()
        while at is not None and id(at) not in seen:
            seen.add(id(at))
            properties = at.find(f"{W}pPr")
            if properties is not None:
                if (outline := _value(properties, "outlineLvl")) and identity not in found.outlines:
                    found.outlines[identity] = int(outline)
                numbering = properties.find(f"{W}numPr")
                if numbering is not None and identity not in found.numbers:
                    level = _value(numbering, "ilvl") or _value(properties, "outlineLvl") or "0"
                    found.numbers[identity] = (_value(numbering, "numId"), int(level))
            at = own.get(_value(at, "basedOn"))
    return found


def _value(element: Element, child: str) -> str:
    found = element.find(f"{W}{child}")
    return "" if found is None else found.get(f"{W}val", "")


def _style_of(paragraph: Element, styles: Styles) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return styles.default if style is None else style.get(f"{W}val", "")


def heading_level(paragraph: Element, styles: Styles) -> int:
    """The level of a heading by its style or by its own outline level, 0 of other paragraphs."""
    return _level(paragraph, styles, {}, (1, 9), outlines=False) or _level(paragraph, styles, {}, (1, 9), outlines=True)


def _labelled(root: Element, styles: Styles, labels: Labels) -> dict[Element, str]:
    """Paragraph -> the number in front of it."""
    found: dict[Element, str] = {}
    for paragraph in root.iter(P):
        number, level = styles.numbers.get(_style_of(paragraph, styles), ("", 0))
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is not None:
            number, level = _value(own, "numId") or number, int(_value(own, "ilvl") or level)
        if number and number != "0":
            found[paragraph] = labels.label(number, level)
    return found


def _entries(
    root: Element, one: ContentsField, styles: Styles, numbered: dict[Element, str], inside: set[int]
) -> list[_Entry] | None:
    """What a table of contents lists; None for one that chooses by what is not read here."""
    match = _CODE.match(one.code)
    switches: dict[str, str] = {
        found[1].lower(): found[2] or found[3] or "" for found in _SWITCH.finditer(match[1] if match else "")
    }
    if _LEFT & switches.keys():
        return None
    caption = switches.get("c", switches.get("a"))
    first, last = _range(switches["o"]) if "o" in switches else (1, 9 if not {"t", "u"} & switches.keys() else 0)
    chosen = _chosen(switches.get("t", ""))
    entries: list[_Entry] = []
    for paragraph in root.iter(P):
        if id(paragraph) in inside or ancestor(paragraph, TEXT_BOX) is not None:
            continue
        if caption is not None:
            level = 1 if _counts(paragraph, caption) else 0
        else:
            level = _level(paragraph, styles, chosen, (first, last), outlines="u" in switches)
        text = _text(paragraph) if level else ""
        if text:
            label = numbered.get(paragraph, "")
            entries.append(_Entry(paragraph, level, f"{label}\t{text}" if label else text))
    return entries


def _range(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return (int(first), int(last)) if first.strip().isdigit() and last.strip().isdigit() else (1, 9)


def _chosen(text: str) -> dict[str, int]:
    """Style name -> level, of `\\t "标题甲,1,标题乙,2"`."""
    parts = [part.strip() for part in re.split("[,;，；]", text)]
    return {name.lower(): int(level) for name, level in zip(parts[::2], parts[1::2], strict=False) if level.isdigit()}


def _level(
    paragraph: Element, styles: Styles, chosen: dict[str, int], levels: tuple[int, int], *, outlines: bool
) -> int:
    """The level of a paragraph in a table of contents, 0 if it is not in it."""
    style = _style_of(paragraph, styles)
    name = styles.names.get(style, "")
    if name in chosen:
        return chosen[name]
    heading = _HEADING.match(name)
    level = int(heading[1]) if heading else 0
    if not level and outlines:
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        level = (styles.outlines.get(style, 9) if own is None else int(own.get(f"{W}val", "9"))) + 1
        return level if level <= min(9, levels[1] or 9) and level >= levels[0] else 0
    return level if levels[0] <= level <= levels[1] else 0


def _counts(paragraph: Element, name: str) -> bool:
    """Whether a paragraph holds a number of a sequence: a caption."""
    codes = "".join(node.text or "" for node in paragraph.iter(f"{W}instrText"))
    codes += " ".join(node.get(f"{W}instr", "") for node in paragraph.iter(f"{W}fldSimple"))
    return re.search(rf'\bSEQ\s+"?{re.escape(name)}"?(?=[\s\\]|$)', codes) is not None


def _text(paragraph: Element) -> str:
    """The text of a heading or caption, without footnotes and line breaks."""
    out: list[str] = []
    for node in paragraph.iter(T, f"{W}tab", f"{W}br", f"{W}noBreakHyphen"):
        if node.getparent() is not None and node.getparent().tag == RUN and ancestor(node, P) is paragraph:  # type: ignore[union-attr]
            if node.tag == T:
                out.append(node.text or "")
            else:
                out.append("-" if node.tag == f"{W}noBreakHyphen" else " ")
    return " ".join("".join(out).split(" ")).strip()


class _Marks:
    """The bookmarks of a body, and new ones for headings."""

    def __init__(self, root: Element):
        marks = list(root.iter(f"{W}bookmarkStart"))
        self._ids = {mark.get(f"{W}id", "") for mark in marks}
        self._names = {mark.get(f"{W}name", "") for mark in marks}
        self._next = _FIRST_MARK

    def of(self, paragraph: Element) -> str:
        """The bookmark of a heading."""
        for mark in paragraph.iter(f"{W}bookmarkStart"):
            if (name := mark.get(f"{W}name", "")).startswith("_Toc"):
                return name
        self._next += 1
        while f"_Toc{self._next}" in self._names or str(self._next) in self._ids:
            self._next += 1
        name, identity = f"_Toc{self._next}", str(self._next)
        start = etree.Element(f"{W}bookmarkStart")
        start.set(f"{W}id", identity)
        start.set(f"{W}name", name)
        end = etree.SubElement(paragraph, f"{W}bookmarkEnd")
        end.set(f"{W}id", identity)
        paragraph.insert(1 if paragraph.find(f"{W}pPr") is not None else 0, start)
        return name


def _made_anew(one: ContentsField, entries: list[_Entry], styles: Styles, marks: _Marks) -> bool:
    """Put the entries into a table of contents; whether it changed."""
    first, last = one.paragraphs[0], one.paragraphs[-1]
    parent = first.getparent()
    if parent is None or last.getparent() is not parent or one.separate is None:
        return False
    old = [paragraph for paragraph in one.paragraphs if _is_entry(one, paragraph)]
    mark = one.begin.find(f"{W}fldChar")
    if mark is not None:
        mark.set(f"{W}dirty", "true")
    if [_shown(one, paragraph) for paragraph in old] == [_plain(entry.text) for entry in entries]:
        return True  # their pages may be others than the template's
    models = _models(one, old or one.paragraphs, styles)
    hyperlinks, numbers = r"\h" in one.code, r"\n" not in one.code
    made = [
        _paragraph(entry, marks.of(entry.paragraph), models, styles, links=hyperlinks, numbers=numbers)
        for entry in entries
    ]
    _replace(one, made, parent)
    return True


def _plain(text: str) -> str:
    return "".join(text.split())


def _is_entry(one: ContentsField, paragraph: Element) -> bool:
    return any(node.tag == T for node in _result(one, paragraph))


def _shown(one: ContentsField, paragraph: Element) -> str:
    """The text of an entry, without spaces and its page."""
    text, in_page, code = "", False, ""
    for node in _result(one, paragraph):
        if node.tag == f"{W}instrText":
            code += node.text or ""
        elif node.tag == f"{W}fldChar":
            kind = node.get(f"{W}fldCharType")
            code = "" if kind == "begin" else code
            in_page = kind == "separate" and _PAGEREF.match(code) is not None
        elif node.tag == T and not in_page:
            text += node.text or ""
    return _plain(text)


def _models(one: ContentsField, paragraphs: list[Element], styles: Styles) -> dict[int, Element]:
    """Level -> an entry of the template."""
    found: dict[int, Element] = {}
    for paragraph in paragraphs:
        name = styles.names.get(_style_of(paragraph, styles), "")
        level = int(name[4:]) if re.fullmatch("toc [1-9]", name) else 1
        if level not in found and next(_result(one, paragraph), None) is not None:
            found[level] = paragraph
    return found


def _paragraph(
    entry: _Entry,
    anchor: str,
    models: dict[int, Element],
    styles: Styles,
    *,
    links: bool,
    numbers: bool,
) -> Element:
    """An entry in the look of the template's entry of its level."""
    model = models.get(entry.level)
    near = model if model is not None else next(iter(models.values()), None)
    made = etree.Element(P)
    properties = None if near is None else near.find(f"{W}pPr")
    if properties is not None:
        made.append(copy.deepcopy(properties))
        for section in made.iter(f"{W}sectPr"):
            section.getparent().remove(section)  # type: ignore[union-attr]
    if model is None and (style := styles.identity(f"toc {entry.level}")):
        _restyle(made, style)
    look = _look(near)
    holder = made
    if links:
        holder = etree.SubElement(made, f"{W}hyperlink")
        holder.set(f"{W}anchor", anchor)
        holder.set(f"{W}history", "1")
    for number, part in enumerate(entry.text.split("\t")):
        if number:
            etree.SubElement(_run(holder, look), f"{W}tab")
        _put_text(_run(holder, look), part)
    if numbers:
        etree.SubElement(_run(holder, look), f"{W}tab")
        _put_page(holder, look, anchor)
    return made


def _restyle(paragraph: Element, style: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.SubElement(paragraph, f"{W}pPr")
    own = properties.find(f"{W}pStyle")
    if own is None:
        own = etree.Element(f"{W}pStyle")
        properties.insert(0, own)
    own.set(f"{W}val", style)


def _look(model: Element | None) -> Element | None:
    """The properties of the text of an entry."""
    for run in model.iter(RUN) if model is not None else ():
        if run.find(T) is not None:
            return run.find(f"{W}rPr")
    return None


def _run(parent: Element, look: Element | None) -> Element:
    run = etree.SubElement(parent, RUN)
    if look is not None:
        run.append(copy.deepcopy(look))
    return run


def _put_text(run: Element, text: str) -> None:
    node = etree.SubElement(run, T)
    node.text = text
    node.set(KEEP_SPACE, "preserve")


def _put_page(parent: Element, look: Element | None, anchor: str) -> None:
    """A reference to the page of a bookmark."""
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            code = etree.SubElement(_run(parent, look), f"{W}instrText")
            code.text = rf" PAGEREF {anchor} \h "
            code.set(KEEP_SPACE, "preserve")
        mark = etree.SubElement(_run(parent, look), f"{W}fldChar")
        mark.set(f"{W}fldCharType", kind)
        if kind == "separate":
            _put_text(_run(parent, look), "")


def _replace(one: ContentsField, made: list[Element], parent: Element) -> None:
    """Put new entries between the code of a field and its end; what stands around the field in its paragraphs stays."""
    first, last = one.paragraphs[0], one.paragraphs[-1]
    ends_apart = first is not last and not _is_entry(one, last)
    code = _top(one.separate, first) if one.separate is not None else None
    head = [child for child in first if child.tag != f"{W}pPr"]
    head = head[: head.index(code) + 1] if code is not None and code in head else head
    closing = _top(one.end, last)
    tail = [child for child in last if child.tag != f"{W}pPr"]
    tail = tail[tail.index(closing) :] if closing in tail else []
    made = made or [_empty(first)]
    for number, child in enumerate(head):
        made[0].insert(number + (made[0].find(f"{W}pPr") is not None), child)
    if not ends_apart:
        made[-1].extend(tail)
    at = parent.index(first)
    for paragraph in one.paragraphs:
        if paragraph is last and ends_apart:
            for child in [child for child in last if child.tag != f"{W}pPr" and child not in tail]:
                last.remove(child)
        elif paragraph.getparent() is not None:
            paragraph.getparent().remove(paragraph)  # type: ignore[union-attr]
    for number, paragraph in enumerate(made):
        parent.insert(at + number, paragraph)


def _empty(model: Element) -> Element:
    made = etree.Element(P)
    properties = model.find(f"{W}pPr")
    if properties is not None:
        made.append(copy.deepcopy(properties))
    return made


def _top(element: Element, paragraph: Element) -> Element:
    """The child of a paragraph that holds an element."""
    while element.getparent() is not None and element.getparent() is not paragraph:
        element = element.getparent()  # type: ignore[assignment]
    return element
