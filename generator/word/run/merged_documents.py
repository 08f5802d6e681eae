"""Documents made ready to be printed in others: references are marked, what must stay behind is dropped."""

from __future__ import annotations

import copy
from functools import lru_cache

from lxml import etree

from generator.diagnostics import InvalidTemplate
from generator.diagnostics.catalogue import diagnostic
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.ooxml.active_content import active_findings
from generator.ooxml.package import Package, open_package, take_out
from generator.ooxml.relationships import main_document, related_root
from generator.ooxml.wordprocessing import MC, W14, WP, R, W, value_of
from generator.word.run.inventory import abstract_numbers, counting_styles

_NOTES = ("footnote", "endnote")

# A reference that is filled in when the sub-document is printed, between two characters that no part may hold.
_MARK = "\ufdd0{}:{}\ufdd1"
MARKED = lazy("\ufdd0([a-z]+):([^\ufdd1]*)\ufdd1")
_STYLES = {f"{W}pStyle": "paragraph", f"{W}rStyle": "character", f"{W}tblStyle": "table"}
_BEFORE_NUMBERING = {
    f"{W}{name}" for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
}
_REFERENCES = (
    "headerReference footerReference commentRangeStart commentRangeEnd commentReference lvlPicBulletId nsid tmpl"
)
_LEFT_BEHIND = [f"{W}{name}" for name in _REFERENCES.split()]


@dataclass(frozen=True)
class Prepared:
    """A document made ready to be printed in others; it is shared between renderings and never changes.

    Args:
        package: the document.
        main: its main member.
        body: its blocks as XML, with marks where references are filled in.
        styles: id -> (type, name, XML).
        numbers: id -> (abstract numbering, XML of its overrides).
        abstracts: id -> XML.
        notes: footnote or endnote, id -> XML.
        counting: styles that count their paragraphs -> numbering and level.
    """

    package: Package
    main: str
    body: str
    styles: dict[str, tuple[str, str, str]]
    numbers: dict[str, tuple[str, str]]
    abstracts: dict[str, str]
    notes: dict[tuple[str, str], str]
    counting: dict[str, tuple[str, str]]


@lru_cache(maxsize=64)
def prepare(content: bytes) -> Prepared:
    """Read a document and mark what must be filled in when it is printed; documents seen before are remembered.

    Raises:
        InvalidDocument: it cannot be read.
        InvalidTemplate: it is no Word document, or holds what acts by itself.
    """
    package = open_package(content)
    carried = [one for one in active_findings(package, refused_only=True) if one.code != "active-macros"]
    if carried:  # macros stay behind
        raise InvalidTemplate(carried)
    main = main_document(package)
    root = package.xml(main) if main in package else None
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise InvalidTemplate([diagnostic("subdocument-not-word")])
    last = body.find(f"{W}sectPr")
    if last is not None:
        body.remove(last)

    numbering, stylesheet = related_root(package, main, "numbering"), related_root(package, main, "styles")
    counting = _count_anew(body, stylesheet, numbering)
    _mark(body, "rel")
    styles = _marked_styles(stylesheet)
    abstracts, numbers = _marked_numberings(numbering)
    notes: dict[tuple[str, str], str] = {}
    for kind in _NOTES:
        for item in _items(related_root(package, main, f"{kind}s"), kind):
            identity = item.get(f"{W}id", "")
            item.set(f"{W}id", _MARK.format("self", identity))
            _mark(item, f"{kind}rel")
            notes[kind, identity] = _text(item)
    text = "".join(_text(child) for child in body)
    return Prepared(package, main, text, styles, numbers, abstracts, notes, counting)


def _marked_styles(part: etree._Element | None) -> dict[str, tuple[str, str, str]]:
    """Kind, name and text of every style by its id, what it refers to marked."""
    styles: dict[str, tuple[str, str, str]] = {}
    for style in _items(part, "style"):
        identity, type_ = style.get(f"{W}styleId", ""), style.get(f"{W}type", "paragraph")
        for tag in ("basedOn", "link", "next"):
            for reference in style.findall(f"{W}{tag}"):
                if tag == "next":
                    style.remove(reference)  # it would carry over styles that nothing prints
                else:
                    kind = {"paragraph": "character", "character": "paragraph"}.get(type_, type_)
                    wanted = kind if tag == "link" else type_
                    reference.set(f"{W}val", _MARK.format(wanted, reference.get(f"{W}val", "")))
        style.set(f"{W}styleId", _MARK.format("self", identity))
        if style.get(f"{W}default"):
            del style.attrib[f"{W}default"]  # the template has its own default
        _mark(style, "rel")
        styles[identity] = (type_, value_of(style, "name"), _text(style))
    return styles


def _marked_numberings(part: etree._Element | None) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """The texts of definitions of lists by id; of each list its definition and overrides, what they refer to marked."""
    abstracts: dict[str, str] = {}
    for item in _items(part, "abstractNum"):
        identity = item.get(f"{W}abstractNumId", "")
        item.set(f"{W}abstractNumId", _MARK.format("self", identity))
        _mark(item, "rel")
        for reference in item.iter(f"{W}styleLink", f"{W}numStyleLink"):
            reference.set(f"{W}val", _MARK.format("numbering", reference.get(f"{W}val", "")))
        abstracts[identity] = _text(item)
    numbers: dict[str, tuple[str, str]] = {}
    for item in _items(part, "num"):
        if item.find(f"{W}abstractNumId") is not None:
            _mark(item, "rel")
            overrides = "".join(_text(child) for child in item.iterchildren(f"{W}lvlOverride"))
            numbers[item.get(f"{W}numId", "")] = value_of(item, "abstractNumId"), overrides
    return abstracts, numbers


def _count_anew(
    body: etree._Element, styles: etree._Element | None, numbering: etree._Element | None
) -> dict[str, tuple[str, str]]:
    """State the numbering of paragraphs that their style counts, so that it can start anew; those styles."""
    abstracts = abstract_numbers(_items(numbering, "num"))
    counting = counting_styles(_items(styles, "style"), _items(numbering, "abstractNum"), abstracts)
    for properties in body.iter(f"{W}pPr"):
        style = properties.find(f"{W}pStyle")
        if style is None or properties.find(f"{W}numPr") is not None:
            continue
        identity = style.get(f"{W}val", "")
        if identity in counting:
            stated = etree.Element(f"{W}numPr")
            etree.SubElement(stated, f"{W}ilvl").set(f"{W}val", counting[identity][1])
            etree.SubElement(stated, f"{W}numId").set(f"{W}val", _MARK.format("count", identity))
            at = 0
            for at, child in enumerate(properties, 1):
                if child.tag not in _BEFORE_NUMBERING:
                    at -= 1
                    break
            properties.insert(at, stated)
    return counting


def _items(root: etree._Element | None, tag: str) -> list[etree._Element]:
    return [] if root is None else root.findall(f"{W}{tag}")


def _text(element: etree._Element) -> str:
    """An element on its own, with the namespaces that it uses."""
    alone = copy.deepcopy(element)
    alone.tail = None
    prefixes = {
        prefix
        for item in alone.iter(etree.Element)
        for name in ("Requires", f"{MC}Ignorable", f"{MC}ProcessContent")
        for prefix in item.get(name, "").replace(":", " ").split()
    }
    etree.cleanup_namespaces(alone, keep_ns_prefixes=[prefix for prefix in prefixes if prefix in element.nsmap])
    return etree.tostring(alone, encoding="unicode")


def _leave_behind(root: etree._Element) -> None:
    for element in list(root.iter(*_LEFT_BEHIND)):
        parent = element.getparent()
        if element.tag == f"{W}commentReference" and parent is not None:
            element = parent  # its run holds nothing else
        take_out(element)


def _mark(root: etree._Element, relationship: str) -> None:
    """Put marks where an element refers to something outside it; drop what cannot come along."""
    _leave_behind(root)
    drawings = 0
    for element in root.iter(etree.Element):
        tag, attributes = element.tag, element.attrib
        for name in (f"{W14}paraId", f"{W14}textId"):
            if name in attributes:
                del attributes[name]
        for name, value in attributes.items():
            if str(name).startswith(R) and value:
                attributes[name] = _MARK.format(relationship, value)
        if tag in _STYLES:
            attributes[f"{W}val"] = _MARK.format(_STYLES[tag], attributes.get(f"{W}val", ""))
        elif tag == f"{W}numId":
            if attributes.get(f"{W}val", "0") != "0" and not MARKED.match(str(attributes[f"{W}val"])):
                attributes[f"{W}val"] = _MARK.format("num", attributes[f"{W}val"])
        elif tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            attributes[f"{W}id"] = _MARK.format("bookmark", attributes.get(f"{W}id", ""))
            if f"{W}name" in attributes:
                attributes[f"{W}name"] = _MARK.format("name", attributes[f"{W}name"])
        elif tag == f"{WP}docPr":
            drawings += 1
            attributes["id"] = _MARK.format("drawing", drawings)
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            kind = etree.QName(tag).localname.removesuffix("Reference")
            attributes[f"{W}id"] = _MARK.format(kind, attributes.get(f"{W}id", ""))
        elif tag == f"{W}sdtPr":
            for identity in element.findall(f"{W}id"):
                element.remove(identity)
