"""References to bookmarks within loops: each turn has its own bookmark, and what refers to it follows."""

from __future__ import annotations

import re
from bisect import bisect_right

from generator.kept.lazy_patterns import lazy

_BOOKMARK = lazy(r'<w:bookmarkStart\b[^<>]*? w:name="([^"{]*)"')
_CODE = lazy(r"(<w:instrText(?: [^<>]*)?>)([^<{]*)|( w:instr=\")([^\"{]*)")
_REFERENCE = lazy(r"""(\b(?:REF|PAGEREF|NOTEREF)\s+(?:"|&quot;)?|\bHYPERLINK\s+\\l\s+(?:"|&quot;)?)([^\s"&\\]+)""")
_LINK = lazy(r'(<w:hyperlink\b[^<>]*? w:anchor=")([^"{]*)"')


class LoopAnchors:
    """Where the bookmarks of a part stand, and its outermost loops.

    Args:
        xml: the part.
        spans: begin and end of its outermost loops, in order.
    """

    def __init__(self, xml: str, spans: list[tuple[int, int]]):
        self._spans = spans
        self._begins = [begin for begin, _ in spans]
        self._marks = {match[1]: match.start() for match in _BOOKMARK.finditer(xml)} if spans else {}

    def follow(self, text: str, start: int) -> str:
        """A text of a loop whose references follow their bookmarks.

        Args:
            text: a literal of the part.
            start: where it begins in the part.
        """
        if not self._marks:
            return text
        if " w:anchor=" in text:
            text = _LINK.sub(lambda match: f'{match[1]}{self._name(match[2], start + match.start())}"', text)
        if "w:instr" in text:
            text = _CODE.sub(lambda match: self._code(match, start), text)
        return text

    def _code(self, match: re.Match[str], start: int) -> str:
        head, code = (match[1], match[2]) if match[1] else (match[3], match[4])
        return head + _REFERENCE.sub(lambda found: found[1] + self._name(found[2], start + match.start()), code)

    def _name(self, name: str, position: int) -> str:
        """The name, or source for the one of this turn where its bookmark stands in the same outermost loop."""
        mark = self._marks.get(name)
        number = bisect_right(self._begins, position) - 1
        if mark is None or number < 0 or not self._spans[number][0] <= mark <= self._spans[number][1]:
            return name
        return f"{{{{\n __anchor({name!r}, {mark > position}) }}}}"
