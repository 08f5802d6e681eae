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


class UnsoundPart(Exception):
    """A part that this program wrote is not well-formed: an error of its own."""


def parsed(chunks: Iterator[bytes], member: str) -> Iterator[bytes]:
    """The same chunks, each parsed as it passes.

    Args:
        chunks: of one part.
        member: its name.

    Raises:
        UnsoundPart: the part is not well-formed.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield chunk
        parser.Parse(b"", True)
    except expat.ExpatError as fault:
        reason = expat.errors.messages[fault.code] if fault.code in expat.errors.messages else str(fault)
        raise UnsoundPart(f"{member} is not well-formed: {reason}") from None


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
