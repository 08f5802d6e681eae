"""Slips around pairs and brackets of a line: another sign for the colon, two pairs on a line, brackets of the wrong kind or without
their other half, a comma that is missing or too much."""

from __future__ import annotations

import re
from typing import Any

from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field

_NAME = r"[^\W\d][^\s:：#\"'\[\]{}（）()，。,；;=、︰∶﹕ː꞉]{0,30}"
_OTHER_SIGN = lazy(rf"({_NAME})\s*([;；=＝→︰∶﹕ː꞉])\s*(?=\S)(?![^:]*: )")
_WIDE_BRACKETS = {"（": "）", "(": ")", "｛": "｝", "【": "】", "「": "」", "<": ">", "〈": "〉"}
_PAIR_INSIDE = lazy(rf"\s*{_NAME}[:：] ?")
_NUMBER_THEN_PAIR = lazy(rf"-?[0-9][0-9.]*%?(?:(?=[^\S ]*+ )\s++|\s*+[,，;；、/]\s*+)({_NAME}): ")
_BARE_PAIRS = lazy(rf"{_NAME}: +[^,:{{}}]{{1,20}}, *{_NAME}: ++[^:{{}}]*(?:, *{_NAME}: ++[^:{{}}]*)*\Z")
_COMMA_LACKS = lazy(rf"[{{,]\s*{_NAME}: (?: *+\"[^\"]*\"[\s;；、]+|[^,，{{}}\[\]\"':]*?[\s;；、])({_NAME}): ")


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of one line: code, column from 1, arguments of the wording, the line as it was meant."""

    code: str
    column: int
    arguments: dict[str, Any] = field(default_factory=dict)
    mended: str = ""


def of_other_sign(shown: str, start: int) -> Slip | None:
    """`捐款; 49.1`, `捐款 = 49.1`: another sign in the place of the colon."""
    found = _OTHER_SIGN.match(shown, start)
    if found is None:
        return None
    mended = shown[:start] + found[1] + ": " + shown[found.end() :]
    return Slip("yaml-other-colon", found.start(2) + 1, {"key": found[1], "shown": found[2]}, mended)


def of_value(shown: str, start: int, value: str) -> Slip | None:
    """Slips of what stands behind a name or dash.

    Args:
        shown: the line.
        start: where the value begins.
        value: it.
    """
    filler = shown[:start] + "x" * (len(shown) - start)
    closing = _WIDE_BRACKETS.get(value[0])
    if closing and _PAIR_INSIDE.match(value, 1):
        end = len(value) - 1 if value[-1] in (closing, "}") else len(value)
        mended = shown[:start] + "{" + value[1:end] + "}"
        return Slip("yaml-wrong-bracket", start + 1, {"shown": value[0], "right": "{"}, mended)
    if value[-1] == "}" and "{" not in value and ": " in value:
        at = start if _PAIR_INSIDE.match(value) else len(shown) - len(shown.lstrip(" -"))
        return Slip("yaml-bracket-not-opened", at + 1, {"shown": "}", "right": "{"}, shown[:at] + "{" + shown[at:])
    if _BARE_PAIRS.match(value):
        return Slip("yaml-brackets-missing", start + 1, {"shown": value[:20]}, shown[:start] + "{" + value + "}")
    found = _NUMBER_THEN_PAIR.match(value)
    if found:
        return Slip("yaml-two-pairs", start + found.start(1) + 1, {"key": found[1]}, filler)
    return None


def of_brackets(shown: str, start: int, value: str) -> Slip | None:
    """Slips of a value that begins with `{` or `[`."""
    closing = {"[": "]", "{": "}"}[value[0]]
    tail = value.rstrip()
    wrong = {"{": "｝）)】]", "[": "】］）)}"}[value[0]]
    if closing not in tail and tail[-1] in wrong:
        at = start + len(tail) - 1
        mended = shown[:at] + closing
        return Slip("yaml-wrong-bracket", at + 1, {"shown": tail[-1], "right": closing}, mended)
    if value[0] == "{" and tail[-1] == closing:
        found = _COMMA_LACKS.search(value)
        if found:
            at = start + found.start(1)
            mended = shown[:at].rstrip() + ", " + shown[at:]
            return Slip("yaml-comma-missing", at + 1, {"key": found[1]}, mended)
    extra = re.search(rf"{re.escape(closing)}\s*([,，;；。、{re.escape(closing)}])\Z", tail)
    if extra and (extra[1] != closing or tail.count(closing) > tail.count(value[0])):
        at = start + extra.start(1)
        return Slip("yaml-extra-sign", at + 1, {"shown": extra[1]}, shown[:at].rstrip())
    return None
