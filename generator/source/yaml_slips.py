"""The slips that people make in a line of YAML, one by one, each with its code and the line as it was meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from generator.diagnostics.wording import source_hints as hints
from generator.kept.lazy_patterns import lazy
from generator.source.pair_slips import Slip, of_brackets, of_other_sign, of_value

ODD_SPACES = "\u3000\xa0\u2000-\u200f\u202f\u205f\u2060\ufeff"
NO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
WIDE_QUOTES = "“”‘’＂＇„‟"
KEY = r"[^\s:：#\"'\[\]{}，。,；;&*!|>%@`?“”-][^\s:：#\"'\[\]{}，。,；;“”]{0,59}"

WRONG_DASH = lazy(r"[－—–•·●−◆◇■□▪►▶➢√✓★☆※](?![－—–•·●−])\s*(?=\S)|(?:[*+]|--)[ \u3000]+(?=\S)")

_INDENT_TAB = lazy(r" *\t[ \t]*(?=\S)")
_INDENT_ODD = lazy(rf"[ \t]*[{ODD_SPACES}][ \t{ODD_SPACES}]*(?=\S)")
_HEAD = lazy(r" *(?:- +)*")
_WIDE_COLON = lazy(rf"{KEY}(：)(?!：)")
_TIGHT_COLON = lazy(rf"(?!https?:|ftp:|file:|mailto:)(?![0-9]){KEY}(:)(?=[^ \t\n/\\:])")
_PAIR = lazy(r"(?:(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*') *|[^\s:#\"'\[\]{},][^:#]*+):(?: +|$)")
_BLOCK_HEADER = lazy(r"[|>](?:[1-9][+-]?|[+-][1-9]?)?(?: +#.*| *)$")
_BLOCK_LINE = lazy(rf"( *+)(?:- +)*+(?:.*?: +)?(?:[&!]\S+ +){{0,4}}{_BLOCK_HEADER.pattern}")
_COLON_BEHIND = lazy(r" *(：|:(?=[^\s]))")
_QUOTED = {'"': lazy(r'"(?:[^"\\]|\\.)*"'), "'": lazy(r"'(?:[^']|'')*'")}
NUMBERED = lazy(
    r"([0-9]{1,2}[.、．)）]|[（(][0-9一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳])(?=\s*\S)(?![^:]*: )"
)
_CUT = lazy(r"\s#(?=\S)")


def block_lines(lines: Sequence[str]) -> set[int]:
    """The numbers of the lines that are text of a block scalar (`|` or `>`)."""
    inside: set[int] = set()
    limit = -1
    for number, shown in enumerate(lines, 1):
        blank = not shown.strip()
        if limit >= 0 and (blank or len(shown) - len(shown.lstrip(" ")) > limit):
            inside.add(number)
            continue
        limit = -1
        if blank or shown.lstrip().startswith("#") or ("|" not in shown and ">" not in shown):
            continue
        found = _BLOCK_LINE.match(shown)
        if found:
            limit = len(found[1])
    return inside


def opens_block(shown: str) -> bool:
    """Whether a line ends in `|` or `>`, below which a text stands."""
    return _BLOCK_LINE.match(shown) is not None


def slip_of(shown: str, context: str, problem: str) -> Slip | None:
    """The first slip of a line that reading stumbled over, or None.

    Args:
        shown: the line.
        context: libyaml's words for what it was reading, where that began on this line.
        problem: its words for what it stumbled over.
    """
    found = _INDENT_TAB.match(shown)
    if found:
        tab = shown.index("\t")
        return Slip("yaml-tab", tab + 1, {}, found[0].replace("\t", "  ") + shown[found.end() :])
    found = _INDENT_ODD.match(shown)
    if found:
        first = len(shown) - len(shown.lstrip(" \t"))
        spaces = re.sub(rf"[{ODD_SPACES}]", lambda odd: "  " if odd[0] == "\u3000" else " ", found[0])
        return Slip("odd-indentation", first + 1, indented_with(shown[first]), spaces + shown[found.end() :])
    head = _HEAD.match(shown)
    start = head.end() if head else 0
    rest = shown[start:]
    if not rest or rest.startswith("#"):
        return None
    return (
        _of_number(shown, start, context)
        or _of_dash(shown, start)
        or _of_colon(shown, start)
        or _of_value(shown, start, problem)
        or (of_other_sign(shown, start) if "simple key" in context else None)
        or _of_missing_colon(shown, start, context)
    )


def code_point(character: str) -> str:
    """A character that cannot be seen, as U+3000."""
    return f"U+{ord(character):04X}"


def indented_with(character: str) -> dict[str, Any]:
    """What is said of a character at the beginning of a line: a space of another width, or one that takes no room."""
    if character in NO_WIDTH:
        return {"found": hints.UNSEEN_AT_START, "hint": hints.DELETE_UNSEEN, "character": code_point(character)}
    return {"found": hints.WIDE_INDENTATION, "character": code_point(character)}


def at_least(character: str) -> dict[str, Any]:
    """What is said of `>=` where a value is expected: the sign was meant."""
    return {"character": character, "hint": hints.AT_LEAST}


def _of_number(shown: str, start: int, context: str) -> Slip | None:
    """`2. 文字`: an item that is numbered as in a report, instead of begun with a dash."""
    found = NUMBERED.match(shown, start) if start == len(shown) - len(shown.lstrip(" ")) else None
    if found is None or ("simple key" not in context and "block" not in context):
        return None
    return Slip(
        "yaml-numbered-item", start + 1, {"shown": found[1]}, shown[:start] + "- x" + "x" * len(shown[start + 3 :])
    )


def _of_dash(shown: str, start: int) -> Slip | None:
    rest = shown[start:]
    if re.match(r"-[^\s\d.-]", rest):
        return Slip("yaml-dash-without-space", start + 1, {}, shown[:start] + "- " + rest[1:])
    found = WRONG_DASH.match(rest)
    if found:
        return Slip(
            "yaml-wrong-dash", start + 1, {"character": found[0].strip()}, shown[:start] + "- " + rest[found.end() :]
        )
    return None


def _of_colon(shown: str, start: int) -> Slip | None:
    pair = _PAIR.match(shown, start)
    for pattern, code in ((_WIDE_COLON, "fullwidth-colon"), (_TIGHT_COLON, "yaml-colon-without-space")):
        found = pattern.match(shown, start)
        if found and (pair is None or found.end(1) < pair.end()):
            at = found.start(1)
            rest = shown[at + 1 :].lstrip(" \u3000")
            return Slip(code, at + 1, {"key": shown[start:at]}, shown[:at] + ": " + rest)
    return None


def _of_value(shown: str, start: int, problem: str) -> Slip | None:
    pair = _PAIR.match(shown, start)
    if pair:
        start = pair.end()
    value = shown[start:].rstrip()
    if not value:
        return None
    filler = shown[:start] + "x" * (len(shown) - start)

    def slip(code: str, offset: int = 0, mended: str = filler, **arguments: Any) -> Slip:
        return Slip(code, start + offset + 1, arguments, mended)

    first = value[0]
    if value[:2] in ("{{", "{%", "{#"):
        return slip("yaml-braces-then-text", shown=value[:2])
    if first in _QUOTED:
        return _of_quoted(shown, start, value, slip, named=pair is not None)
    if first in WIDE_QUOTES:
        return slip("fullwidth-quote", shown=first)
    if paired := of_brackets(shown, start, value) if first in "[{" else of_value(shown, start, value):
        return paired
    if first in "[{":
        return _of_brackets(value, slip)
    if signed := _of_first_sign(shown, start, value, problem, slip):
        return signed
    if pair and re.match(r"- |-$", value):
        return slip("yaml-list-on-line")
    colon = re.search(r":(?: |$)", value)
    if colon and (pair or ("mapping values" in problem and not value.endswith(":"))):
        return slip("yaml-colon-in-text", colon.start())
    cut = _CUT.search(value)
    if cut:
        return slip("yaml-cut-text", cut.start() + 1, rest=_short(value[cut.end() - 1 :]))
    return None


def _of_quoted(shown: str, start: int, value: str, slip: Any, *, named: bool) -> Slip | None:
    """What is wrong behind a quotation mark, or with a name that stands in a pair of them."""
    closed = _QUOTED[value[0]].match(value)
    if closed is None:
        return slip("yaml-unclosed-quote", quote=value[0])
    behind = value[closed.end() :]
    colon = None if named else _COLON_BEHIND.match(behind)
    if colon:  # a quoted name
        at = start + closed.end() + colon.start(1)
        code = "fullwidth-colon" if colon[1] == "：" else "yaml-colon-without-space"
        return Slip(code, at + 1, {"key": closed[0][1:-1]}, f"{shown[:at]}: {shown[at + 1 :].lstrip()}")
    if behind and not re.match(r"\s+#|\s*[:,\]}]", behind):
        return slip("yaml-text-after-quote", closed.end() - 1, quote=value[0])
    return None


def _of_first_sign(shown: str, start: int, value: str, problem: str, slip: Any) -> Slip | None:
    """A value that begins with a sign that YAML reads as something else: a reference, a tag, a block."""
    first = value[0]
    if first in "&*" and re.match(r"[^\x00-\x7f]", value[1:]):
        name = re.match(r"\S+", value[1:])
        long = 1 + name.end() if name else 1
        if first == "*":
            return slip("yaml-reference-name", shown=value[:long])
        return slip("yaml-reference-name", 0, shown[:start] + " " * long + shown[start + long :], shown=value[:long])
    if first in "@`%,]}" or (first in "!&*" and "expected" in problem):
        return slip("yaml-special-start", character=first)
    if first in "|>" and not _BLOCK_HEADER.match(value):
        if first == ">" and re.match(r">\s*[0-9=]", value):  # a comparison
            if value.rstrip() == ">=":
                return slip("yaml-special-start", **at_least(first))
            return slip("yaml-special-start", character=first)
        return slip("yaml-block-on-line", 0, shown[:start] + first, character=first)
    return None


def _of_brackets(value: str, slip: Any) -> Slip | None:
    before = slip("").mended.removesuffix("x" * len(value))
    # in braces a comma that stands before another pair; a comma inside a text is nobody's slip
    wide = re.search("[，：]" if value[0] == "[" else rf"，(?=\s*{KEY}[:：])|(?<=[^\s])：", value)
    if wide:
        mended = before + value.replace("，", ", ").replace("：", ": ")
        if wide[0] == "，":
            return slip("fullwidth-comma", wide.start(), mended)
        key = re.split(r"[\[{,，\s]", value[: wide.start()])[-1]
        return slip("fullwidth-colon", wide.start(), mended, key=key)
    closing = {"[": "]", "{": "}"}[value[0]]
    end = value.rfind(closing)
    if end < 0:
        return None
    behind = value[end + 1 :]
    if behind and not re.match(r"\s+#|\s*[:,\]}]", behind):
        return slip("yaml-special-start", character=value[0])
    tight = re.search(rf"[{{,] *{KEY}(:)(?=[^\s,}}\]])", value)
    if tight:
        at = tight.start(1)
        mended = before + value[: at + 1] + " " + value[at + 1 :]
        return slip("yaml-colon-without-space", at, mended, key=tight[0].strip("{, :"))
    return None


def _of_missing_colon(shown: str, start: int, context: str) -> Slip | None:
    if "simple key" not in context:
        return None
    found = re.match(rf"({KEY})(?:\s+(?=\S)|$)", shown[start:])
    if found is None:
        return None
    at = start + found.end(1)
    return Slip("yaml-missing-colon", at + 1, {"key": found[1]}, shown[:at] + ":" + shown[at:])


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"
