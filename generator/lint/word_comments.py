"""Comments added to a Word document (ECMA-376 part 1 §17.13.4), at paragraphs of its body.

Word takes no comments in headers, footers, notes and text boxes: what is said of those stands at the first paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from generator.ooxml.overlay import Overlay
from generator.ooxml.package import Package
from generator.ooxml.relationships import main_document, related_part, relationships, resolve
from generator.ooxml.stated_numbers import whole
from generator.ooxml.wordprocessing import RUN, TEXT_BOX, P, W, ancestor
from generator.word.compile import stories

AUTHOR = "generator lint"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_MAIN = W[1:-1]

Anchor = Mapping[str, Any]


def commented(package: Package, told: Sequence[tuple[Anchor, str]]) -> bytes:
    """The document with a comment for each text at its place; those of no paragraph of the body at its first.

    Args:
        package: a Word document.
        told: places and texts.
    """
    main, overlay = main_document(package), Overlay(package)
    placed = [
        (element, anchor)
        for element, anchor in stories.paragraphs(package, main)
        if anchor["part"] == "body" and ancestor(element, TEXT_BOX) is None
    ]
    if not placed:
        return overlay.build()
    member, comments = _comments(package, main)
    number = max((whole(one.get(f"{W}id", "0"), signed=True) for one in comments), default=-1) + 1
    for anchor, text in told:
        _mark(_paragraph(placed, anchor), number)
        comments.append(_comment(number, text))
        number += 1
    if member not in overlay:
        _link(overlay, main, member)
    overlay.write_xml(main, placed[0][0])
    overlay.write_xml(member, comments)
    return overlay.build()


def _comments(package: Package, main: str) -> tuple[str, etree._Element]:
    """The part of comments, a new one where there is none."""
    if member := related_part(package, main, "comments"):
        return member, package.xml(member)
    member, number = resolve(main, "comments.xml"), 1
    while member in package:
        number += 1
        member = resolve(main, f"comments{number}.xml")
    return member, etree.Element(f"{W}comments", nsmap={"w": _MAIN})


def _link(overlay: Overlay, main: str, member: str) -> None:
    """Write the relationship and the content type of a new part."""
    known, number = relationships(overlay, main), 1
    while f"rIdLint{number}" in known:
        number += 1
    overlay.declare((member, _TYPE))
    overlay.relate(main, [(f"rIdLint{number}", _KIND, member, False)])


def _paragraph(placed: Sequence[tuple[etree._Element, Anchor]], anchor: Anchor) -> etree._Element:
    """The paragraph of a place: that very one, else the first of its cell, its row, its table, the document."""
    wanted: Anchor | None = anchor if anchor.get("part") == "body" else None
    for dropped in ((), ("paragraph",), ("nested", "paragraph"), ("column",), ("row",)):
        if wanted is None:
            break
        wanted = {name: value for name, value in wanted.items() if name not in dropped}
        names = [name for name in wanted if name != "nested"]
        for element, at in placed:
            same = all(at.get(name) == wanted[name] for name in names)
            if same and ("nested" not in wanted or at.get("nested") == wanted["nested"]):
                return element
    return placed[0][0]


def _mark(paragraph: etree._Element, number: int) -> None:
    """The range of a comment around all that a paragraph holds, and its reference."""
    identity = {f"{W}id": str(number)}
    first = 1 if len(paragraph) and paragraph[0].tag == f"{W}pPr" else 0
    paragraph.insert(first, etree.Element(f"{W}commentRangeStart", identity))
    etree.SubElement(paragraph, f"{W}commentRangeEnd", identity)
    etree.SubElement(etree.SubElement(paragraph, RUN), f"{W}commentReference", identity)


def _comment(number: int, text: str) -> etree._Element:
    found = etree.Element(f"{W}comment", {f"{W}id": str(number), f"{W}author": AUTHOR, f"{W}initials": "lint"})
    for line in text.split("\n"):
        written = etree.SubElement(etree.SubElement(etree.SubElement(found, P), RUN), f"{W}t")
        written.text = line
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return found
