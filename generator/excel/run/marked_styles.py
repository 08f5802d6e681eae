"""Cells of which a value asks for more than the template's format: dates without a date format, backgrounds."""

from __future__ import annotations

import re

from generator.excel.run.added_styles import StyleBook
from generator.kept.lazy_patterns import lazy

_MARKED = lazy(rb'( s="(\d+)")?((?: (?!s=)[\w:]+="[^"]*")*)((?:[\x04-\x06]|\x0e\w{6}\x0f)+)')
_MARK = lazy(rb"[\x04-\x06]|\x0e(\w{6})\x0f")
_KINDS = {b"\x04": "date", b"\x05": "time", b"\x06": "moment"}


def with_styles(row: bytes, styles: StyleBook) -> bytes:
    """A row whose dates and backgrounds have found their formats."""

    def style(match: re.Match[bytes]) -> bytes:
        number = int(match[2] or 0)
        for mark in _MARK.finditer(match[4]):
            number = styles.shaded(number, mark[1].decode()) if mark[1] else styles.dated(number, _KINDS[mark[0]])
        return (b' s="%d"' % number if number else b"") + match[3]

    return _MARKED.sub(style, row)
