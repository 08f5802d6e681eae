"""Points of a text that are numbered out of order: `一是…；三是…`, `（一）…（二）…（四）…`, `1. … 1. …`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Text
from generator.diagnostics.wording import report_reasons as reasons
from generator.figures.numerals import counted
from generator.kept.lazy_patterns import lazy

_NUMERALS = "一二三四五六七八九十"
_N = rf"([{_NUMERALS}]{{1,3}})"
_BEGINS = r"(?:(?<=[。；;：:！？\s”）])|(?<![^\n]))"  # where a point can begin
_PAUSED = r"(?:(?<=[，,、。；;：:！？\s”）])|(?<![^\n]))"
_FORMS = tuple(
    lazy(form)
    for form in (
        rf"{_PAUSED}{_N}(?:是(?![一二三四五六七八九十])|要(?!点))",
        rf"{_PAUSED}第{_N}[，,、：:]",
        rf"{_BEGINS}[（(]{_N}[)）]",
        rf"{_BEGINS}{_N}、",
        rf"{_BEGINS}[（(]([0-9]{{1,2}})[)）]",
        rf"{_BEGINS}([0-9]{{1,2}})(?:[、．)）]|\.(?![0-9]))",
        rf"{_PAUSED}([①-⑳])",
    )
)
_SIGNS = ("是", "要", "第", "（", "(", "、", ".", "．", ")", *"①②③④⑤")


def points_out_of_order(text: str) -> Iterator[tuple[int, int, str, Text]]:
    """Start, end and words of the first point of each form whose number does not follow, with the reason.

    Lists may stand one behind the other and one in the other; what can be read as such lists is left out.
    """
    if not any(sign in text for sign in _SIGNS):
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


def _number(text: str) -> int:
    return ord(text) - ord("①") + 1 if "①" <= text <= "⑳" else counted(text) or 0
