"""Tags in conditional formats and validations: their texts, and the literals of their formulas.

They see what the sheet sees; a rule whose cells lie in one loop is there once per item, and sees the loop's variables too (see
`looped_rules`). The formulas follow their cells before the literals are filled; a literal is known by its template text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from generator.excel.follow.looped_rules import LITERAL
from generator.kept.lazy_patterns import lazy
from generator.ooxml.escaping import escape
from generator.template.tags import find_tags, has_tags

# of old and of extended ones (x14)
_RULE = lazy(rb"<((?:\w+:)?(?:conditionalFormatting|dataValidation))(?:\s[^>]*?)?(?:/>|>.*?</\1\s*>)", re.S)
_TEXT = lazy(rb"""(\s(text|prompt|promptTitle|error|errorTitle)\s*=\s*)("[^"]*"|'[^']*')""")
_FORMULA = lazy(rb"(<(?:(?:\w+:)?formula[12]?|\w+:f)(?:\s[^>]*)?>)([^<]+)(?=</)")
_AREA = lazy(rb"""(?:\ssqref\s*=\s*["']|<\w+:sqref>)([^"'<]*)""")
_LIMITS = {"prompt": 255, "error": 255, "promptTitle": 32, "errorTitle": 32, "list": 255}  # ECMA-376 part 1, 18.3.1.32


def rule_texts(tail: bytes, *, tagged: bool = True) -> Iterator[tuple[str, str]]:
    """The areas and the text of every text with tags; of every text at all, a formula's literals as one, where not `tagged`."""
    for match in _RULE.finditer(tail):
        rule = match[0]
        area = _areas(rule)
        for text in _TEXT.finditer(rule):
            found = unescape(text[3][1:-1].decode())
            if has_tags(found) or not tagged:
                yield area, found
        for formula in _FORMULA.finditer(rule):
            if not tagged:
                yield area, literals_of(unescape(formula[2].decode()))
                continue
            for literal in LITERAL.finditer(unescape(formula[2].decode())):
                if has_tags(found := literal[1].replace('""', '"')):
                    yield area, found


def literals_of(formula: str) -> str:
    """The literals of a formula, one a line: braces that open in one may close in another."""
    return "\n".join(literal[1].replace('""', '"') for literal in LITERAL.finditer(formula))


def rule_faults(tail: bytes) -> Iterator[tuple[str, str]]:
    """The area and the formula, its literals left out, of every formula with tags outside its literals."""
    for match in _RULE.finditer(tail):
        for formula in _FORMULA.finditer(match[0]):
            rest = LITERAL.sub('""', unescape(formula[2].decode()))
            if has_tags(rest):
                yield _area(match[0]), rest


def unprinted_of_rules(tail: bytes) -> tuple[bytes, list[tuple[str, bytes]]]:
    """What stands behind the rows without its rules, and each rule's area with the rule without what is printed of it."""
    rules: list[tuple[str, bytes]] = []

    def keep(match: re.Match[bytes]) -> bytes:
        rules.append((_area(match[0]), _FORMULA.sub(rb"\1", _TEXT.sub(b"", match[0]))))
        return b""

    rest = _RULE.sub(keep, tail)
    return rest, rules


def _areas(rule: bytes) -> str:
    found = _AREA.search(rule)
    return found[1].decode() if found else ""


def _area(rule: bytes) -> str:
    return _areas(rule).split(" ")[0]


def fill_rules(
    tail: bytes, printed: Mapping[tuple[str, int | None, int | None], str]
) -> tuple[bytes, list[tuple[str, str, int]]]:
    """What stands behind the rows with the texts of its rules printed, and texts longer than the format takes.

    Args:
        tail: what stands behind the rows, after the move.
        printed: texts by their template text and output cell.

    Returns:
        The tail; and area, text and limit in characters of every text that is too long.
    """
    long: list[tuple[str, str, int]] = []

    def rule(match: re.Match[bytes]) -> bytes:
        area = _area(match[0])

        def checked(text: str, kind: str) -> str:
            limit = _LIMITS.get(kind)
            if limit and len(text) > limit:
                long.append((area, text, limit))
            return text

        def attribute(found: re.Match[bytes]) -> bytes:
            text = unescape(found[3][1:-1].decode())
            if not has_tags(text):
                return found[0]
            value = checked(printed.get((text, None, None), ""), found[2].decode())
            return found[1] + b'"' + escape(value, {'"': "&quot;", "\n": "&#10;"}).encode() + b'"'

        def formula(found: re.Match[bytes]) -> bytes:
            text = unescape(found[2].decode())
            if not has_tags(text):
                return found[0]

            def literal(one: re.Match[str]) -> str:
                key = one[1].replace('""', '"')
                value = printed.get((key, None, None), "") if has_tags(key) else key
                return '"' + value.replace('"', '""') + '"'

            written = LITERAL.sub(literal, text)
            if LITERAL.fullmatch(written):
                checked(written[1:-1], "list")
            return found[1] + escape(written).encode()

        return _FORMULA.sub(formula, _TEXT.sub(attribute, match[0]))

    return _RULE.sub(rule, tail), long


def first_tag(text: str) -> str:
    """The first tag of a text, as it is written."""
    return next(find_tags(text)).text
