"""Sub-documents as values: `{{p 附件 }}` prints the body of another document, with what it needs.

Styles are found by type and name in the template, as docxcompose does, and added where it has none; numberings start
anew; pictures, charts, embedded files, links, footnotes and endnotes are carried over. Headers, footers, comments and
the last section's page settings stay behind.
"""

from __future__ import annotations

import copy
import io
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from generator.diagnostics import InvalidTemplate
from generator.messages import diagnostic
from generator.package import Package, open_package, parse_xml, read_bytes
from generator.render.word import additions
from generator.render.word.additions import Part, W, resolve

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOTES = ("footnote", "endnote")

# A reference that is filled in when the sub-document is printed, between two characters that no part may hold.
_MARK = "\ufdd0{}:{}\ufdd1"
_MARKED = re.compile("\ufdd0([a-z]+):([^\ufdd1]*)\ufdd1")
_STYLES = {f"{W}pStyle": "paragraph", f"{W}rStyle": "character", f"{W}tblStyle": "table"}
_BEFORE_NUMBERING = {
    f"{W}{name}" for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
}
_LEFT_BEHIND = [
    f"{W}{name}"
    for name in (
        "headerReference",
        "footerReference",
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
        "lvlPicBulletId",
        "nsid",
        "tmpl",
    )
]


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


@dataclass(frozen=True)
class SubDocument:
    """A document that a template prints among its own blocks; it holds the content, nothing of a template."""

    content: bytes
    name: str = ""

    def blocks(self, part: Part) -> str:
        """Its blocks, as XML for a part."""
        return _Printing(_prepare(self.content), self.content, part).blocks()


def subdocument(source: Any) -> SubDocument:
    """A document as a value of a context, printed by `{{p … }}`.

    Args:
        source: path, bytes or binary file of a .docx, or a `docx.Document` of python-docx.

    Raises:
        Failure: there is no such file.
        InvalidDocument: it cannot be read.
        InvalidTemplate: it is no Word document.
    """
    if hasattr(source, "part") and hasattr(source, "save"):
        buffer = io.BytesIO()
        source.save(buffer)
        source = buffer.getvalue()
    name, content = read_bytes(source)
    _prepare(content)  # what is wrong with it is told here, not while a template renders
    return SubDocument(content, name)


@lru_cache(maxsize=64)
def _prepare(content: bytes) -> Prepared:
    package = open_package(content)
    main = additions.main_document(package)
    root = package.xml(main) if main in package else None
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise InvalidTemplate([diagnostic("subdocument-not-word")])
    last = body.find(f"{W}sectPr")
    if last is not None:
        body.remove(last)
    targets = {
        type_.rpartition("/")[2]: resolve(main, target)
        for type_, target, external in additions.read_relationships(package, main).values()
        if not external
    }

    def part(kind: str) -> etree._Element | None:
        return package.xml(targets[kind]) if targets.get(kind) in package.members else None

    numbering = part("numbering")
    counting = _count_anew(body, part("styles"), numbering)
    _mark(body, "rel")
    styles: dict[str, tuple[str, str, str]] = {}
    for style in _items(part("styles"), "style"):
        identity, type_ = style.get(f"{W}styleId", ""), style.get(f"{W}type", "paragraph")
        name = style.find(f"{W}name")
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
        styles[identity] = (type_, "" if name is None else name.get(f"{W}val", ""), _text(style))
    abstracts: dict[str, str] = {}
    for item in _items(numbering, "abstractNum"):
        identity = item.get(f"{W}abstractNumId", "")
        item.set(f"{W}abstractNumId", _MARK.format("self", identity))
        _mark(item, "rel")
        for reference in item.iter(f"{W}styleLink", f"{W}numStyleLink"):
            reference.set(f"{W}val", _MARK.format("numbering", reference.get(f"{W}val", "")))
        abstracts[identity] = _text(item)
    numbers: dict[str, tuple[str, str]] = {}
    for item in _items(numbering, "num"):
        abstract = item.find(f"{W}abstractNumId")
        if abstract is not None:
            _mark(item, "rel")
            overrides = "".join(_text(child) for child in item.iterchildren(f"{W}lvlOverride"))
            numbers[item.get(f"{W}numId", "")] = (abstract.get(f"{W}val", ""), overrides)
    notes: dict[tuple[str, str], str] = {}
    for kind in _NOTES:
        for item in _items(part(f"{kind}s"), kind):
            identity = item.get(f"{W}id", "")
            item.set(f"{W}id", _MARK.format("self", identity))
            _mark(item, f"{kind}rel")
            notes[kind, identity] = _text(item)
    text = "".join(_text(child) for child in body)
    return Prepared(package, main, text, styles, numbers, abstracts, notes, counting)


def _count_anew(
    body: etree._Element, styles: etree._Element | None, numbering: etree._Element | None
) -> dict[str, tuple[str, str]]:
    """State the numbering of paragraphs that their style counts, so that it can start anew; those styles."""
    abstracts = {}
    for item in _items(numbering, "num"):
        abstract = item.find(f"{W}abstractNumId")
        if abstract is not None:
            abstracts[item.get(f"{W}numId", "")] = abstract.get(f"{W}val", "")
    counting = additions.counting_styles(_items(styles, "style"), _items(numbering, "abstractNum"), abstracts)
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
        for name in ("Requires", f"{_MC}Ignorable", f"{_MC}ProcessContent")
        for prefix in item.get(name, "").replace(":", " ").split()
    }
    etree.cleanup_namespaces(alone, keep_ns_prefixes=[prefix for prefix in prefixes if prefix in element.nsmap])
    return etree.tostring(alone, encoding="unicode")


def _mark(root: etree._Element, relationship: str) -> None:
    """Put marks where an element refers to something outside it; drop what cannot come along."""
    for element in list(root.iter(*_LEFT_BEHIND)):
        parent = element.getparent()
        if element.tag == f"{W}commentReference" and parent is not None:
            element, parent = parent, parent.getparent()  # its run holds nothing else
        if parent is not None:
            parent.remove(element)
    drawings = 0
    for element in root.iter(etree.Element):
        tag, attributes = element.tag, element.attrib
        for name in (f"{_W14}paraId", f"{_W14}textId"):
            if name in attributes:
                del attributes[name]
        for name, value in attributes.items():
            if str(name).startswith(_R) and value:
                attributes[name] = _MARK.format(relationship, value)
        if tag in _STYLES:
            attributes[f"{W}val"] = _MARK.format(_STYLES[tag], attributes.get(f"{W}val", ""))
        elif tag == f"{W}numId":
            if attributes.get(f"{W}val", "0") != "0" and not _MARKED.match(str(attributes[f"{W}val"])):
                attributes[f"{W}val"] = _MARK.format("num", attributes[f"{W}val"])
        elif tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            attributes[f"{W}id"] = _MARK.format("bookmark", attributes.get(f"{W}id", ""))
            if f"{W}name" in attributes:
                attributes[f"{W}name"] = _MARK.format("name", attributes[f"{W}name"])
        elif tag == f"{_WP}docPr":
            drawings += 1
            attributes["id"] = _MARK.format("drawing", drawings)
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            kind = etree.QName(tag).localname.removesuffix("Reference")
            attributes[f"{W}id"] = _MARK.format(kind, attributes.get(f"{W}id", ""))
        elif tag == f"{W}sdtPr":
            for identity in element.findall(f"{W}id"):
                element.remove(identity)


class _Printing:
    """One sub-document printed once, into one part of one rendering."""

    def __init__(self, prepared: Prepared, content: bytes, part: Part):
        self.prepared = prepared
        self.part = part
        self.all = part.additions
        self.source = f"{hash(content)}"
        self.made: dict[tuple[str, str], str] = {}
        self.content_type: Callable[[str], str] | None = None
        self.copied: dict[str, str] = {}

    def blocks(self) -> str:
        return self._fill(self.prepared.body, self.part.member)

    def _fill(self, text: str, member: str, own: str = "") -> str:
        def filled(match: re.Match[str]) -> str:
            kind, key = match[1], match[2]
            if kind == "self":
                return own
            if kind in ("rel", "footnoterel", "endnoterel"):
                return self._relationship(kind, key, member)
            if kind in ("paragraph", "character", "table", "numbering"):
                return self._style(kind, key)
            known = self.made.get((kind, key))
            if known is None:
                known = self.made[kind, key] = getattr(self, f"_{kind}")(key)
            return known

        return _MARKED.sub(filled, text)

    def _style(self, kind: str, identity: str) -> str:
        known = self.all.style_map.get((self.source, identity))
        if known is not None:
            return known
        found = self.prepared.styles.get(identity)
        if found is None:  # Word takes an undeclared style for the default one
            return self.all.ground.default_styles.get(kind, identity)
        type_, name, xml = found
        ground = self.all.ground
        there = ground.styles.get((type_, name.lower()))
        if there is not None:
            self.all.style_map[self.source, identity] = there
            return there
        new, number = identity, 0
        while new in ground.style_ids or new in self.all.styles:
            number += 1
            new = f"{identity}{number}"
        self.all.style_map[self.source, identity] = new
        self.all.styles[new] = ""  # keeps its place while the styles that it is based on are added
        filled = self._fill(xml, ground.target("styles") or "word/styles.xml", new)
        self.all.styles[new] = filled
        return new

    def _num(self, identity: str) -> str:
        found = self.prepared.numbers.get(identity)
        if found is None or found[0] not in self.prepared.abstracts:
            return "0"
        ground = self.all.ground
        abstract = str(self.all.next("abstract", ground.last_abstract))
        number = str(self.all.next("number", ground.last_number))
        self.made["num", identity] = number  # a style of the numbering may refer back to it
        member = ground.target("numbering") or "word/numbering.xml"
        self.all.abstract_numbers.append(self._fill(self.prepared.abstracts[found[0]], member, abstract))
        overrides = self._fill(found[1], member)
        self.all.numbers.append(
            f'<w:num xmlns:w="{W[1:-1]}" w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
        )
        return number

    def _count(self, style: str) -> str:
        """A numbering of its own for the paragraphs that a style counts."""
        ground = self.all.ground
        here = self._style("paragraph", style)
        if here in self.all.styles:  # carried over, and its numbering with it
            return self._num(self.prepared.counting[style][0])
        if here not in ground.numbered_styles:
            return "0"
        numbering, level = ground.numbered_styles[here]
        number = str(self.all.next("number", ground.last_number))
        self.all.numbers.append(
            f'<w:num xmlns:w="{W[1:-1]}" w:numId="{number}"><w:abstractNumId w:val="{ground.abstracts[numbering]}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
        return number

    def _bookmark(self, _: str) -> str:
        return str(self.all.next("bookmark", self.all.ground.last_bookmark))

    def _name(self, name: str) -> str:
        new, number = name, 0
        while new.casefold() in self.all.bookmark_names:
            number += 1
            new = f"{name[:36]}_{number}"
        self.all.bookmark_names.add(new.casefold())
        return new

    def _drawing(self, _: str) -> str:
        return str(self.all.drawing_id())

    def _footnote(self, identity: str) -> str:
        return self._note("footnote", identity)

    def _endnote(self, identity: str) -> str:
        return self._note("endnote", identity)

    def _note(self, kind: str, identity: str) -> str:
        ground = self.all.ground
        new = str(self.all.next(kind, ground.last_note[kind]))
        member = ground.target(f"{kind}s") or f"word/{kind}s.xml"
        xml = self.prepared.notes.get((kind, identity))
        if xml is not None:
            self.all.notes.setdefault(kind, []).append(self._fill(xml, member, new))
        return new

    def _relationship(self, kind: str, identity: str, member: str) -> str:
        source = self.prepared.main
        if kind != "rel":
            source = resolve(source, f"{kind.removesuffix('rel')}s.xml")
        key = (f"{kind} {member}", identity)
        if key not in self.made:
            found = additions.read_relationships(self.prepared.package, source).get(identity)
            if found is None:
                return identity
            self.made[key] = self._carried(source, found, member)
        return self.made[key]

    def _carried(self, source: str, found: tuple[str, str, bool], member: str) -> str:
        type_, target, external = found
        if not external:
            target = self._copy(resolve(source, target))
        return self.all.relate(member, type_, target, external=external)

    def _copy(self, member: str) -> str:
        """Carry a part over, and what it relates to; a picture that is there already is used again."""
        if member in self.copied:
            return self.copied[member]
        package = self.prepared.package
        if self.content_type is None:
            self.content_type = additions.content_type_of(package)
        content, type_ = package.read(member), self.content_type(member)
        related = additions.read_relationships(package, member)
        if type_.startswith("image/") and not related:
            self.copied[member] = self.all.add_media(content, posixpath.splitext(member)[1][1:].lower(), type_)
            return self.copied[member]
        name = self.all.add_part(f"word/{member.removeprefix('word/')}", content, type_)
        self.copied[member] = name
        if related:
            renamed = dict(self._renamed(member, name, related))
            root = parse_xml(package.read(additions.relationships_member(member)), part=member)
            for item in root:
                item.set("Target", renamed.get(item.get("Id", ""), item.get("Target", "")))
            self.all.new_members[additions.relationships_member(name)] = etree.tostring(
                root, encoding="UTF-8", xml_declaration=True, standalone=True
            )
        return name

    def _renamed(self, member: str, name: str, related: dict[str, tuple[str, str, bool]]) -> Iterator[tuple[str, str]]:
        """The targets of a carried part's relationships, under their new names."""
        for identity, (_, target, external) in related.items():
            inner = resolve(member, target)
            if not external and inner in self.prepared.package:
                yield identity, posixpath.relpath(self._copy(inner), posixpath.dirname(name))
