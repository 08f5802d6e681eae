"""Cells of which a value asks for more than the template's format: dates without a date format, backgrounds."""

from __future__ import annotations

import re

from generator.excel.run.added_styles import StyleBook
from generator.kept.lazy_patterns import lazy

_OTHERS = rb'((?: (?!s=)[\w:]+="[^"]*")*+)'
_MARKED = lazy(  # a cell's element as far as its marks; its style is one of its attributes
    rb"(<(?:[\w.-]++:)?c)(?:" + _OTHERS + rb' s="(\d++)")?+' + _OTHERS + rb"((?:[\x04-\x06]|\x0e\w{6}\x0f)++)"
)
_MARK = lazy(rb"[\x04-\x06]|\x0e(\w{6})\x0f")
_KINDS = {b"\x04": "date", b"\x05": "time", b"\x06": "moment"}


def with_styles(row: bytes, styles: StyleBook) -> bytes:
    """A row whose dates and backgrounds have found their formats."""

    def style(match: re.Match[bytes]) -> bytes:
        number = int(match[3] or 0)
        for mark in _MARK.finditer(match[5]):
            number = styles.shaded(number, mark[1].decode()) if mark[1] else styles.dated(number, _KINDS[mark[0]])
        return match[1] + (match[2] or b"") + (b' s="%d"' % number if number else b"") + match[4]

    return _MARKED.sub(style, row)
