"""Accept or reject every revision of a Word document (ECMA-376 part 1, 17.13.5)."""

from __future__ import annotations

from lxml import etree

from generator.compare.package_facts import R
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import CONTENT_TYPES, Package, Source, local, open_package, take_out
from generator.ooxml.relationships import owner_of, related, relationships, relationships_member
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
    overlay = Overlay(open_package(source))
    loose: set[str] = set()
    for name, root in _stories(overlay.package):
        before = _referred(root)
        if settle(root, accept):
            overlay.write_xml(name, root)
            loose |= _let_go(overlay, name, before - _referred(root))
    _drop(overlay, loose)
    return overlay.build()


def _referred(root: etree._Element) -> set[str]:
    """The ids of relationships that a part's XML names."""
    return {str(value) for e in root.iter() for key, value in e.attrib.items() if str(key).startswith(R)}


def _let_go(overlay: Overlay, part: str, ids: set[str]) -> set[str]:
    """Take away the relationships that nothing names any more; the parts that they led to."""
    member = relationships_member(part)
    if not ids or member not in overlay:
        return set()
    links = relationships(overlay, part)
    root = overlay.xml(member)
    for item in list(root):
        if item.get("Id") in ids:
            root.remove(item)
    overlay.write_xml(member, root)
    return {link.target for identifier, link in links.items() if identifier in ids and not link.external}


def _drop(overlay: Overlay, loose: set[str]) -> None:
    """Leave out parts that no relationship leads to any more, and what they alone led to."""
    gone: set[str] = set()
    while loose:
        owners = (owner_of(member) for member in overlay.members() if member.endswith(".rels") and member in overlay)
        kept = {target for owner in owners for _, target in related(overlay, owner).values()}
        dropped = {part for part in loose - kept if part in overlay}
        loose = set()
        for part in dropped:
            loose |= {target for _, target in related(overlay, part).values()}
            for member in (part, relationships_member(part)):
                if member in overlay:
                    overlay.leave_out(member)
        gone |= dropped
    if gone:
        root = overlay.xml(CONTENT_TYPES)
        for element in list(root):
            if element.get("PartName", "").lstrip("/") in gone:
                root.remove(element)
        overlay.write_xml(CONTENT_TYPES, root)


def _stories(package: Package):
    for name in package.members:
        if name.startswith("word/") and name.endswith(".xml"):
            root = package.xml(name)
            if local(root) in ("document", "hdr", "ftr", "footnotes", "endnotes", "comments"):
                yield name, root


def settle(root: etree._Element, accept: bool) -> bool:
    """Accept or reject the revisions below an element; whether there were any."""
    stays, goes = (_COME, _GONE) if accept else (_GONE, _COME)
    touched = _settle_changes(root, accept)
    touched = _settle_rows(root, goes) or touched
    touched = _settle_runs(root, goes) or touched
    if not touched and root.find(f".//{W}pPr/{W}rPr/{W}ins") is None and root.find(f".//{W}pPr/{W}rPr/{W}del") is None:
        return False
    for element in list(root.iter(*(W + name for name in _LIVE))):
        element.tag = W + _LIVE[local(element)]
    for name in ("hyperlink", "fldSimple"):
        for element in list(root.iter(W + name)):
            if len(element) == 0:
                take_out(element)
    _marks(root, stays, goes)
    for table in list(root.iter(W + "tbl")):
        if table.find(f".//{W}tr") is None:
            take_out(table)
    for cell in root.iter(W + "tc"):
        if not len(cell) or local(cell[-1]) not in ("p", "sdt", "customXml"):
            etree.SubElement(cell, W + "p")
    return True


def _settle_changes(root: etree._Element, accept: bool) -> bool:
    """Changes of properties, and the marks of ranges."""
    found = list(root.iter(*(W + name for name in (*_CHANGES, *_RANGES))))
    for element in found:
        if not accept and local(element) in _CHANGES:
            _restore(element)
        take_out(element)
    return bool(found)


def _settle_rows(root: etree._Element, goes: tuple[str, ...]) -> bool:
    """Rows that came or went whole."""
    touched = False
    for row in list(root.iter(W + "tr")):
        marks = [m for m in row.iterfind(W + "trPr/*") if local(m) in (*_COME, *_GONE)]
        touched = touched or bool(marks)
        if any(local(mark) in goes for mark in marks):
            take_out(row)
            continue
        for mark in marks:
            take_out(mark)
    return touched


def _settle_runs(root: etree._Element, goes: tuple[str, ...]) -> bool:
    """What came or went within paragraphs."""
    touched = False
    for element in list(root.iter(*(W + name for name in (*_COME, *_GONE)))):
        parent = element.getparent()
        if parent is None or local(parent) in ("rPr", "trPr"):
            continue
        touched = True
        for child in () if local(element) in goes else list(element):
            element.addprevious(child)
        take_out(element)
    return touched


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
                take_out(paragraph)
                continue
            if not content:
                take_out(paragraph)
                continue
        for mark in marks:
            parent = mark.getparent()
            take_out(mark)
            if parent is not None and not len(parent):
                take_out(parent)


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
