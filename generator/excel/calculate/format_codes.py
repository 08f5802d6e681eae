"""Number formats read: sections with and without conditions, and what stands in them.

Source: Microsoft, "Number format codes". What is not taken here is doubtful.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.excel.calculate.cell_arrays import Doubtful
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass

Token = tuple[str, str]  # kind, text: "digit", "point", "literal", "percent", "text", "general", "date"


_TOKEN = lazy(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_(?P<blank>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<ampm>AM/PM|A/P|上午/下午)"
    r"|(?P<exponent>E[+-])|(?P<date>y+|m+|d+|h+|s+|a{3,4}|e+)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)"
    r"|(?P<text>@)|(?P<literal>[-+$():^'{}<>= /&~]|[^\x00-\x7f])",
    re.IGNORECASE | re.S,
)


_SECTION = lazy(r'((?:"[^"]*"|\\.|!.|\[[^\]]*\]|[^;"\\!\[])*)(?:;|$)', re.S)


_CONDITION = lazy(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")


_COLOUR = lazy(
    r"(?:black|white|red|green|blue|yellow|magenta|cyan|颜色\d+|color\d+|[黑白红绿蓝黄洋青]红?色?)", re.IGNORECASE
)


_CURRENCY = lazy(r"\$([^-]*)(?:-([0-9A-F]+))?", re.IGNORECASE)


_CHINESE = {"804", "1000804", ""}


@dataclass(frozen=True, slots=True)
class CodeSection:
    """A section of a number format."""

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None
    numerals: str = ""

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.tokens)


@lru_cache(maxsize=512)
def read_format(text: str) -> tuple[CodeSection, ...]:
    """The sections of a number format.

    Raises:
        Doubtful: it holds what is not taken here.
    """
    parts, at = [], 0
    while True:
        match = _SECTION.match(text, at)
        if match is None:
            raise Doubtful("a format that is not read")
        parts.append(match[1])
        at = match.end()
        if at >= len(text):
            if text[match.end(1) : at] == ";":
                parts.append("")
            break
    if len(parts) > 4:
        raise Doubtful("too many sections")
    return tuple(_read_section(part) for part in parts)


def _read_section(text: str) -> CodeSection:
    tokens: list[Token] = []
    condition, numerals, at = None, "", 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Doubtful("a format that is not read")
        at = match.end()
        kind = str(match.lastgroup)
        content = match[kind]
        if kind == "bracket":
            if re.fullmatch(r"h+|m+|s+", content, re.IGNORECASE):
                tokens.append(("elapsed", content.lower()))
            elif (found := _CONDITION.fullmatch(content)) is not None:
                condition = found[1], float(found[2])
            elif (found := re.fullmatch(r"DBNum([12])", content, re.IGNORECASE)) is not None:
                numerals = found[1]
            elif (found := _CURRENCY.fullmatch(content)) is not None:
                if (found[2] or "").upper().lstrip("0") not in _CHINESE:
                    raise Doubtful("another language")
                tokens += [("literal", letter) for letter in found[1]]
            elif not _COLOUR.fullmatch(content):
                raise Doubtful("a format that is not read")
        elif kind in ("quoted", "escaped", "literal"):
            tokens.append(("literal", content))
        elif kind == "blank":
            tokens.append(("literal", " "))
        elif kind != "fill":
            tokens.append((kind, content.lower() if kind == "date" else content))
    return CodeSection(tuple(tokens), condition, numerals)
