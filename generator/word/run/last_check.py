"""The last check of a part that was written: that it is well-formed.

Parts are well-formed by construction: blocks are proved to be balanced when a template is compiled, values are escaped,
markup is held to what may stand where it is printed. A part that is not is a fault of this program, and names the tag
behind which it shows; no document leaves with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from generator.diagnostics import InvalidTemplate
from generator.ooxml.saving import file_finding
from generator.template.plain_rows import LastRows


class UnsoundPart(Exception):
    """A part that this program wrote is not well-formed: an error of its own."""


def parsed(chunks: Iterator[bytes], member: str, rows: LastRows | None = None) -> Iterator[bytes]:
    """The same chunks, each parsed as it passes.

    Of the rows of a loop that differ in escaped text alone, those that come first are parsed: if they close all that they open, and
    nothing else, so do all others.

    Args:
        chunks: of one part.
        member: its name.
        rows: those that were printed at once last.

    Raises:
        UnsoundPart: the part is not well-formed.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        sound: set[int] = set()
        for chunk in chunks:
            if rows is None or chunk is not rows.content:
                parser.Parse(chunk, False)
            elif id(rows.pieces) not in sound and _balanced(parser, chunk):
                sound.add(id(rows.pieces))
            yield chunk
        parser.Parse(b"", True)
    except expat.ExpatError as fault:
        reason = expat.errors.messages[fault.code] if fault.code in expat.errors.messages else str(fault)
        raise UnsoundPart(f"{member} is not well-formed: {reason}") from None


def _balanced(parser: expat.XMLParserType, chunk: bytes) -> bool:
    """Parse a chunk; whether it closes what it opens, and nothing that stands around it."""
    depth = lowest = 0

    def opened(name: str, attributes: object) -> None:
        nonlocal depth
        depth += 1

    def closed(name: str) -> None:
        nonlocal depth, lowest
        depth -= 1
        lowest = min(lowest, depth)

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.Parse(chunk, False)
    parser.StartElementHandler = parser.EndElementHandler = None
    return depth == lowest == 0


def refuse_odd_names(content: bytes, member: str, name: str) -> None:
    """Refuse a template's part that bears names which XML 1.0 has since its fifth edition alone: libxml2 reads them, this check does not.

    Raises:
        InvalidTemplate: it does.
    """
    try:
        for _ in parsed(iter([content]), member):
            pass
    except UnsoundPart as fault:
        raise InvalidTemplate([file_finding("xml-damaged", name, part=member, reason=str(fault))]) from None
