"""Paragraphs and cells of parts that are written plainly, read by patterns: a quarter of the time that a parser takes.

Office programs and this one write no comments, no CDATA and no `>` but at the end of a tag, and bind each namespace once.
Of such parts patterns read what a parser reads; of any other these functions give None, and a parser is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import repeat

from generator.kept.lazy_patterns import lazy

_BINDING = lazy(rb"""xmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']""")
_DECLARATION = lazy(
    rb"""<\?xml\s+version=["']1\.0["'](?:\s+encoding=["'][Uu][Tt][Ff]-8["'])?(?:\s+standalone=["']\w+["'])?\s*\?>"""
)
_WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REFERENCE = lazy(r"&(#x[0-9A-Fa-f]+|#[0-9]+|\w+);")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

# boxes, twins, fields: paragraphs within paragraphs, live text
INVOLVED = (b"txbxContent", b"Fallback", b"fldChar", b"fldSimple")
_KEPT = 1 << 11  # bytes or characters of a paragraph or cell that is remembered
_LONG = 1 << 14  # bytes behind the last cell that are
OF_FORMULA = "="  # no kind of a cell

_TEXT = lazy(rb"<w:t(?:\s[^>]*)?>([^<]*)</w:t>")

_CELL = lazy(rb'<c r="([A-Z]+[0-9]+)"([^>]*)(?<!/)>')
_EMPTY_CELL = lazy(rb'<c r="[A-Z]+[0-9]+"[^>]*/>')
_TYPE = lazy(r'\st="(\w+)"')
_FORMULA = lazy(r"<f(\s[^>]*)?(?:/>|>([^<]*)</f>)")
_SHARED = lazy(r'\ssi="(\w+)"')
_VALUE = lazy(r"<v(?:\s[^>]*)?>([^<]*)</v>")
_INLINE = lazy(r"<t(?:\s[^>]*)?>([^<]*)</t>")

_Cell = tuple[str, str, str, str | None]  # address, kind (`t`), text, of a formula the group if it is shared
Line = Callable[[str, str, str, str | None], str | None]


def plain_paragraphs(data: bytes) -> list[str] | None:
    """The paragraphs of a Word part that say something, without white space; None where a parser must read them.

    A paragraph that was read is remembered: most of those of a template are the same in all its documents.

    Args:
        data: a part; with text boxes, twins of theirs, or fields it is not plain.
    """
    pieces = data.split(b"</w:p>")
    if not _begins_plainly(pieces[0], b"w", _WORD):
        return None
    try:
        return [*filter(None, map(_paragraph if max(map(len, pieces)) <= _KEPT else _read_paragraph, pieces))]
    except _Involved:
        return None


class _Involved(Exception):
    """A parser must read a piece."""


def _read_paragraph(piece: bytes) -> str:
    return (_paragraph if len(piece) <= _KEPT else _paragraph.__wrapped__)(piece)


@lru_cache(maxsize=2048)
def _paragraph(piece: bytes) -> str:
    """What is said in front of the end of a paragraph, since that of the one before.

    Raises:
        _Involved: a parser must read it.
    """
    if not _goes_on_plainly(piece, b"w", _WORD) or any(word in piece for word in INVOLVED):
        raise _Involved
    found = _TEXT.findall(piece)
    if len(found) != piece.count(b"</w:t>") or b"</w:t " in piece or b"</w:p " in piece:
        raise _Involved
    return "".join(_text(b"".join(found).decode()).split())


def plain_cells(data: bytes, alone: Line, among: Line) -> list[str] | None:
    """The cells of a sheet that say something: `B4 12.0`, `C4 =SUM(C1:C3)`; None where a parser must read them.

    A cell that was read is remembered: labels and formulas are the same in all workbooks of a template.

    Args:
        data: the sheet's part.
        alone: the line of a cell, "" where it says nothing; None where it takes more than the cell to tell.
        among: the line of such a cell, in the order of the sheet.
    """
    *pieces, rest = data.split(b"</c>")
    if not _begins_plainly(pieces[0] if pieces else rest, b"", _SHEET):
        return None
    read = _line if max(map(len, pieces), default=0) <= _KEPT else _read_line
    try:
        (_end if len(rest) <= _LONG else _end.__wrapped__)(rest)
        found = [*map(read, pieces, repeat(alone))]
    except _Involved:
        return None
    return [line for one in found if one and (line := one if isinstance(one, str) else among(*one))]


@lru_cache(maxsize=64)
def _end(piece: bytes) -> None:
    """Look whether patterns may cut what stands behind the last cell of a sheet."""
    if _cell(piece, last=True) is None:
        raise _Involved


def _read_line(piece: bytes, alone: Line) -> str | _Cell:
    return (_line if len(piece) <= _KEPT else _line.__wrapped__)(piece, alone)


@lru_cache(maxsize=4096)
def _line(piece: bytes, alone: Line) -> str | _Cell:
    """The line of the cell before whose end a piece of a sheet ends, "" where it says nothing; what it holds where that does not tell.

    Raises:
        _Involved: a parser must read it.
    """
    found = _cell(piece, last=False)
    if found is None:
        raise _Involved
    line = alone(*found) if found[0] else ""
    return found if line is None else line


def _cell(piece: bytes, *, last: bool) -> _Cell | None:
    """The cell before whose end a piece of a sheet ends: its address, kind (`t`) and text, of a formula the group if it is shared.

    None where a parser must read it; no address where there is none, behind the `last` cell.
    """
    if not _goes_on_plainly(piece, b"", _SHEET) or b"<rPh" in piece or b"<c>" in piece or b"<c/>" in piece:
        return None
    empty = piece.count(b"<c ") - (not last)
    if empty < 0 or len(_EMPTY_CELL.findall(piece)) != empty:
        return None
    if last:
        return "", "", "", None
    opened = _CELL.match(piece, piece.rfind(b"<c "))
    if opened is None:
        return None
    place, attributes, content = opened[1].decode(), opened[2].decode(), piece[opened.end() :].decode()
    if not content:
        return "", "", "", None
    if found := _FORMULA.search(content):
        shared = _SHARED.search(found[1]) if found[1] and 't="shared"' in found[1] else None
        return place, OF_FORMULA, _text(found[2] or ""), shared[1] if shared else None
    of_type = _TYPE.search(attributes)
    if of_type is not None and of_type[1] == "inlineStr":
        if "<r>" in content and ("</t><r>" in content or "</r><t" in content):
            return None
        return place, "inlineStr", _text("".join(_INLINE.findall(content))), None
    value = _VALUE.search(content)
    return place, of_type[1] if of_type else "n", _text(value[1]) if value else "", None


def _begins_plainly(data: bytes, prefix: bytes, namespace: bytes) -> bool:
    """Whether a part is of UTF-8, and its first bindings are those that the patterns go by."""
    declaration = _DECLARATION.match(data)
    if declaration is None and data.startswith(b"<?"):
        return False
    return (prefix, namespace) in _BINDING.findall(data)


def _goes_on_plainly(data: bytes, prefix: bytes, namespace: bytes) -> bool:
    """Whether patterns may cut a part, or a piece of it that begins and ends between tags."""
    if data.count(b"<") != data.count(b">") or (b"!" in data and b"<!" in data):
        return False
    if b"?" in data:
        declaration = _DECLARATION.match(data)
        if data.find(b"<?", declaration.end() if declaration else 0) >= 0:
            return False
    return all((name == prefix) == (uri == namespace) for name, uri in _BINDING.findall(data))


def _text(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    name = reference[1]
    if name.startswith("#"):
        return chr(int(name[2:], 16) if name[1] == "x" else int(name[1:]))
    return _NAMED[name]
