"""Points of a text that are numbered out of order: `一是…；三是…`, `（一）…（二）…（四）…`, `1. … 1. …`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Text
from generator.diagnostics.wording import report_reasons as reasons
from generator.figures.numerals import counted
from generator.kept.lazy_patterns import lazy

_NUMERALS = "一二三四五六七八九十"
_N = rf"([{_NUMERALS}]{{1,3}})"
_BEGUN = r"(?:(?<=[。；;：:！？\s”）].)|(?<![^\n].))"  # behind the first character of a point: it can begin there
_PAUSED = r"(?:(?<=[，,、。；;：:！？\s”）].)|(?<![^\n].))"
_FORMS = tuple(
    lazy(form)
    for form in (
        rf"([{_NUMERALS}]{_PAUSED}[{_NUMERALS}]{{0,2}})(?:是(?![一二三四五六七八九十])|要(?!点))",
        rf"第{_PAUSED}{_N}[，,、：:]",
        rf"[（(]{_BEGUN}{_N}[)）]",
        rf"([{_NUMERALS}]{_BEGUN}[{_NUMERALS}]{{0,2}})、",
        rf"[（(]{_BEGUN}([0-9]{{1,2}})[)）]",
        rf"([0-9]{_BEGUN}[0-9]?)(?:[、．)）]|\.(?![0-9]))",
        rf"([①-⑳]{_PAUSED})",
    )
)
_POINT = lazy(rf"[{_NUMERALS}0-9①-⑳](?:(?<=[①-⑳])|[是要，,、：:)）．.])")  # what every form ends with
_FIRST = lazy(rf"首{_PAUSED}先(?:[，,、：:是]|要(?!求))")
_SECOND = lazy(
    "其次|第二|二是|二要|然后|接着|接下来|随后|之后|而后|继而|进而|另外|此外|同时|再者|还|又|再(?!次)|首先|最后"
)
_THIRD = lazy(rf"(再{_PAUSED}次)(?:[，,、：:是]|要(?!求))")


def points_out_of_order(text: str) -> Iterator[tuple[int, int, str, Text]]:
    """Start, end and words of the first point of each form whose number does not follow, with the reason.

    Lists may stand one behind the other and one in the other; what can be read as such lists is left out.
    """
    if (skipped := _skipped(text)) is not None:
        yield skipped
    if len(_POINT.findall(text)) < 2:
        return
    for form in _FORMS:
        found = list(form.finditer(text))
        if len(found) < 2:
            continue
        open_lists: list[int] = []
        for at, point in enumerate(found):
            number = _number(point[1])
            before = found[at - 1][0] if at else ""
            again = at > 0 and point[0] == before and len(found) == 2
            while number != 1 and open_lists and open_lists[-1] != number - 1:
                open_lists.pop()
            if at and (again or (number != 1 and not open_lists)):
                reason = reasons.AGAIN if point[0] == before else reasons.AFTER_POINT.filled(before=before)
                yield point.start(), point.end(), point[0], reason
                break
            if number == 1:
                open_lists.append(1)
            else:
                open_lists[-1:] = [number]


def _skipped(text: str) -> tuple[int, int, str, Text] | None:
    """`首先，…；再次，…` without a second point of any words between them."""
    first = _FIRST.search(text) if "首先" in text and "再次" in text else None
    third = _THIRD.search(text, first.end()) if first else None
    if first is None or third is None or _SECOND.search(text, first.end(), third.start()):
        return None
    return third.start(1), third.end(1), third[1], reasons.AFTER_POINT.filled(before="首先")


def _number(text: str) -> int:
    return ord(text) - ord("①") + 1 if "①" <= text <= "⑳" else counted(text) or 0
