"""Accept or reject every revision of a Word document (ECMA-376 part 1, 17.13.5)."""

from __future__ import annotations

from lxml import etree

from generator.compare.package_facts import R, local
from generator.ooxml.package import CONTENT_TYPES, Package, Source, build, open_package, parse_xml
from generator.ooxml.relationships import relationships_member, resolve
from generator.ooxml.wordprocessing import W

_COME, _GONE = ("ins", "moveTo"), ("del", "moveFrom")
_CHANGES = ("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange", "tblPrExChange")  # fmt: skip
_RANGES = ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")
_KEPT = {"pPrChange": ("rPr", "sectPr"), "sectPrChange": ("headerReference", "footerReference")}
_LIVE = {"delText": "t", "delInstrText": "instrText"}


def settled(source: Source, accept: bool) -> bytes:
    """The document with all revisions of all its parts accepted, or rejected.

    Raises:
        Failure: the file is missing.
        InvalidDocument: it is damaged.
    """
    package = open_package(source)
    changes: dict[str, bytes | None] = {}
    loose: set[str] = set()
    for name, root in _stories(package):
        before = _referred(root)
        if settle(root, accept):
            changes[name] = as_bytes(root)
            loose |= _let_go(package, name, before - _referred(root), changes)
    _drop(package, loose, changes)
    return build(package, changes)


def _referred(root: etree._Element) -> set[str]:
    """The ids of relationships that a part's XML names."""
    return {str(value) for e in root.iter() for key, value in e.attrib.items() if str(key).startswith(R)}


def _let_go(package: Package, part: str, ids: set[str], changes: dict[str, bytes | None]) -> set[str]:
    """Take away the relationships that nothing names any more; the parts that they led to."""
    member = relationships_member(part)
    if not ids or member not in package:
        return set()
    root = package.xml(member)
    found: set[str] = set()
    for item in list(root):
        if item.get("Id") in ids:
            if item.get("TargetMode") != "External":
                found.add(resolve(part, item.get("Target", "")))
            root.remove(item)
    changes[member] = as_bytes(root)
    return found


def _drop(package: Package, loose: set[str], changes: dict[str, bytes | None]) -> None:
    """Leave out parts that no relationship leads to any more, and what they alone led to."""
    while loose:
        kept = {
            target
            for member in package.members
            if member.endswith(".rels") and changes.get(member, b"") is not None
            for target in _targets(package, member, changes.get(member))
        }
        gone = {part for part in loose - kept if part in package and changes.get(part, b"") is not None}
        loose = set()
        for part in gone:
            member = relationships_member(part)
            changes[part] = None
            if member in package:
                loose |= _targets(package, member, None)
                changes[member] = None
    root = package.xml(CONTENT_TYPES)
    stale = [
        e for e in root if e.get("PartName", "").lstrip("/") in changes and changes[e.get("PartName", "")[1:]] is None
    ]
    for element in stale:
        root.remove(element)
    if stale:
        changes[CONTENT_TYPES] = as_bytes(root)


def _targets(package: Package, member: str, content: bytes | None) -> set[str]:
    root = package.xml(member) if content is None else parse_xml(content, part=member)
    folder, _, name = member.rpartition("_rels/")
    part = folder + name.removesuffix(".rels")
    return {resolve(part, item.get("Target", "")) for item in root if item.get("TargetMode") != "External"}


def _stories(package: Package):
    for name in package.members:
        if name.startswith("word/") and name.endswith(".xml"):
            root = package.xml(name)
            if local(root) in ("document", "hdr", "ftr", "footnotes", "endnotes", "comments"):
                yield name, root


def as_bytes(root: etree._Element) -> bytes:
    """A part's content."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def settle(root: etree._Element, accept: bool) -> bool:
    """Accept or reject the revisions below an element; whether there were any."""
    stays, goes = (_COME, _GONE) if accept else (_GONE, _COME)
    touched = False
    for element in list(root.iter(*(W + name for name in (*_CHANGES, *_RANGES)))):
        touched = True
        if not accept and local(element) in _CHANGES:
            _restore(element)
        _remove(element)
    for row in list(root.iter(W + "tr")):
        marks = [m for m in row.iterfind(W + "trPr/*") if local(m) in (*_COME, *_GONE)]
        touched = touched or bool(marks)
        if any(local(mark) in goes for mark in marks):
            _remove(row)
            continue
        for mark in marks:
            _remove(mark)
    for element in list(root.iter(*(W + name for name in (*_COME, *_GONE)))):
        parent = element.getparent()
        if parent is None or local(parent) in ("rPr", "trPr"):
            continue
        touched = True
        if local(element) in goes:
            _remove(element)
        else:
            for child in element:
                element.addprevious(child)
            _remove(element)
    if not touched and root.find(f".//{W}pPr/{W}rPr/{W}ins") is None and root.find(f".//{W}pPr/{W}rPr/{W}del") is None:
        return False
    for element in list(root.iter(*(W + name for name in _LIVE))):
        element.tag = W + _LIVE[local(element)]
    for name in ("hyperlink", "fldSimple"):
        for element in list(root.iter(W + name)):
            if len(element) == 0:
                _remove(element)
    _marks(root, stays, goes)
    for table in list(root.iter(W + "tbl")):
        if table.find(f".//{W}tr") is None:
            _remove(table)
    for cell in root.iter(W + "tc"):
        if not len(cell) or local(cell[-1]) not in ("p", "sdt", "customXml"):
            etree.SubElement(cell, W + "p")
    return True


def _marks(root: etree._Element, stays: tuple[str, ...], goes: tuple[str, ...]) -> None:
    """Paragraph marks: one that goes joins its paragraph to the next, or takes it away where nothing is left in it."""
    for paragraph in list(root.iter(W + "p")):
        marks = [m for m in paragraph.iterfind(f"{W}pPr/{W}rPr/*") if local(m) in (*stays, *goes)]
        if any(local(mark) in goes for mark in marks):
            content = [child for child in paragraph if local(child) != "pPr"]
            following = paragraph.getnext()
            if following is not None and local(following) == "p":
                place = 1 if len(following) and local(following[0]) == "pPr" else 0
                for index, child in enumerate(content):
                    following.insert(place + index, child)
                _remove(paragraph)
                continue
            if not content:
                _remove(paragraph)
                continue
        for mark in marks:
            parent = mark.getparent()
            _remove(mark)
            if parent is not None and not len(parent):
                _remove(parent)


def _restore(change: etree._Element) -> None:
    """Put the old properties that a change holds in the place of the new ones."""
    properties = change.getparent()
    if properties is None:
        return
    kept = (*_KEPT.get(local(change), ()), *_COME, *_GONE)
    for child in list(properties):
        if child is not change and local(child) not in kept:
            properties.remove(child)
    old = change[0] if len(change) else None
    kept_before = sum(local(child) in ("headerReference", "footerReference") for child in properties)
    for index, child in enumerate(list(old) if old is not None else []):
        properties.insert(kept_before + index, child)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
