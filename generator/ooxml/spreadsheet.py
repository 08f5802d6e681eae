"""The elements of a worksheet around its rows: cut apart byte for byte, rewritten one by one.

An element that nothing moves keeps its own bytes; one that changes is parsed, rewritten and written again alone, with the
namespaces of its worksheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from xml.parsers import expat

from lxml import etree

from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass

_ROOT = lazy(rb"<(?![?!])[^>]+>", re.S)
_DECLARATION = lazy(rb"""\sxmlns(?::([\w.-]+))?\s*=\s*("[^"]*"|'[^']*')""")
_START = lazy(rb"""<[^\s/<>]++(?:[^<>"']++|"[^"<]*"|'[^'<]*')*+>""")


_SINGLE = lazy(rb"""(\s[\w:.-]+\s*=\s*)'([^'<]*)'""")


def double_quoted(xml: bytes) -> bytes:
    """A document whose attributes stand in double quotes, as nearly every program writes them."""
    if b"='" not in xml and b"= '" not in xml:
        return xml

    def tag(match: re.Match[bytes]) -> bytes:
        return _SINGLE.sub(lambda found: found[1] + b'"' + found[2].replace(b'"', b"&quot;") + b'"', match[0])

    return _START.sub(tag, xml)


@dataclass(frozen=True, slots=True)
class Piece:
    """A child of the worksheet by its local name, as it is written; `name` is empty for what stands between."""

    name: str
    xml: bytes


Rewrite = Callable[[etree._Element], "list[etree._Element] | None"]


@lru_cache(maxsize=32)  # a template's sheets, again and again
def cut(xml: bytes) -> tuple[Piece, ...]:
    """The children of a document's root, and by turns what stands before, between and behind them; joined, the document."""
    pieces: list[Piece] = []
    parser = expat.ParserCreate()
    depth = start = done = 0
    local = ""

    def opened(name: str, _: object) -> None:
        nonlocal depth, start, local
        depth += 1
        if depth == 2:
            start, local = parser.CurrentByteIndex, name.rpartition(":")[2]

    def closed(_: str) -> None:
        nonlocal depth, done
        if depth == 2:
            position = parser.CurrentByteIndex
            match = _START.match(xml, start)
            assert match is not None
            end = match.end() if position <= start or match[0].endswith(b"/>") else xml.index(b">", position) + 1
            if start > done:
                pieces.append(Piece("", xml[done:start]))
            pieces.append(Piece(local, xml[start:end]))
            done = end
        depth -= 1

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.Parse(xml, True)
    pieces.append(Piece("", xml[done:]))
    return tuple(pieces)


@lru_cache(maxsize=32)
def namespaces_of(head: bytes) -> bytes:
    """The namespace declarations of a document's root, as they are written."""
    root = _ROOT.search(head)
    return b"".join(match[0] for match in _DECLARATION.finditer(root[0])) if root else b""


def rewrite_element(xml: bytes, declarations: bytes, rewrite: Rewrite) -> bytes:
    """An element rewritten by `rewrite`, which changes it in place and returns what stands for it, or None: unchanged."""
    root = etree.fromstring(b"<root%b>%b</root>" % (declarations, xml))
    elements = rewrite(root[0])
    if elements is None:
        return xml
    return b"".join(write_element(element, declarations) for element in elements)


def write_element(element: etree._Element, declarations: bytes = b"") -> bytes:
    """An element as XML without the namespace declarations that its worksheet makes already."""
    written = etree.tostring(element, encoding="utf-8", with_tail=False)
    known = {match[1]: match[2][1:-1] for match in _DECLARATION.finditer(declarations)}
    start = _START.match(written)
    assert start is not None

    def keep(match: re.Match[bytes]) -> bytes:
        return b"" if known.get(match[1]) == match[2][1:-1] else match[0]

    return _DECLARATION.sub(keep, start[0]) + written[start.end() :]


def put_instead(element: etree._Element, others: Sequence[etree._Element]) -> None:
    """Put elements in the place of one, which may be among them."""
    for one in others:
        element.addprevious(one)
    if element not in others and (parent := element.getparent()) is not None:
        parent.remove(element)


def forget_uid(element: etree._Element) -> None:
    """Take away the identifier that an element must not share with its copies."""
    for attribute in [name for name in element.attrib if str(name).endswith("}uid")]:
        del element.attrib[attribute]


def set_attributes(element: etree._Element, values: Mapping[str, str]) -> bool:
    """Set attributes; whether any of them was another."""
    changed = False
    for name, value in values.items():
        if element.get(name) != value:
            element.set(name, value)
            changed = True
    return changed
