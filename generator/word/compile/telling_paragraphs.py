"""Large parts: which of their paragraphs matter to compilation, and their text without a second copy of it.

The tree of a part takes eight times the memory of its text. Of a body of a hundred thousand paragraphs those that hold nothing but
text without braces need no place, and are not kept.
"""

from __future__ import annotations

from itertools import chain
from typing import IO, cast

from lxml import etree

from generator.figures.foreign_placeholders import DOUBLED_BRACKETS, SIGNS
from generator.ooxml.wordprocessing import INSTRUCTION, MC, Element, P, W, ancestor

_MANY = 5_000
_BRACES = " or ".join(f"contains(., '{sign}')" for sign in (*"{}｛", *SIGNS, *DOUBLED_BRACKETS))
_BRACED = etree.XPath(f"//*[text()[{_BRACES}] or @*[{_BRACES}]]")
_MORE_THAN_TEXT = (
    *(INSTRUCTION, f"{W}delInstrText", f"{W}fldSimple", f"{W}hyperlink", f"{W}drawing", f"{W}pict", f"{W}object"),
    f"{MC}AlternateContent",
)


def telling_paragraphs(root: Element) -> set[Element] | None:
    """The paragraphs that may hold tags, fields, links, controls or drawings; None: all, since they are not many."""
    if sum(1 for _ in root.iter(P)) < _MANY:
        return None
    found: set[Element] = set()
    braced = cast("list[Element]", _BRACED(root))
    for element in chain(braced, root.iter(*_MORE_THAN_TEXT)):
        own = element if element.tag == P else ancestor(element, P)
        while own is not None:
            found.add(own)
            own = ancestor(own, P)
    for control in root.iter(f"{W}sdt"):
        found.update(control.iter(P))
        if (own := ancestor(control, P)) is not None:
            found.add(own)
    return found


def written_in_pieces(root: Element) -> list[bytes]:
    """A tree as UTF-8."""
    pieces = _Pieces()
    etree.ElementTree(root).write(cast(IO[bytes], pieces), encoding="UTF-8", xml_declaration=False)
    return pieces.written


class _Pieces:
    """A file that keeps what is written to it in pieces."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, content: bytes) -> None:
        self.written.append(content)
