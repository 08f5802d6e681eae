"""Marks that begin in one block and end in another: bookmarks, ranges of comments and of permissions of which a condition
or a loop printed one half."""

from __future__ import annotations

from lxml import etree

from generator.ooxml.package import parse_xml, part_bytes, take_out
from generator.ooxml.wordprocessing import Element, P, W, ancestor

_RANGES = tuple((f"{W}{name}Start", f"{W}{name}End") for name in ("bookmark", "commentRange", "perm"))


def whole_marks(content: bytes, member: str) -> bytes:
    """A rendered part whose marks are whole: an end without its beginning goes, what begins alone ends with its paragraph.

    Args:
        content: the part.
        member: its name.
    """
    root = parse_xml(content, part=member)
    changed = False
    for begin, end in _RANGES:
        open_marks: dict[str, Element] = {}
        for mark in list(root.iter(begin, end)):
            identity = mark.get(f"{W}id", "")
            if mark.tag == begin:
                open_marks[identity] = mark
            elif open_marks.pop(identity, None) is None:
                take_out(mark)
                changed = True
        for identity, mark in open_marks.items():
            _close(mark, end, identity)
            changed = True
    return part_bytes(root) if changed else content


def _close(mark: Element, end: str, identity: str) -> None:
    made = etree.Element(end)
    made.set(f"{W}id", identity)
    paragraph = ancestor(mark, P)
    if paragraph is not None:
        paragraph.append(made)
    else:
        mark.addnext(made)
