"""Amounts that are typed as text: `52家`, `≥95%`, `292万余元`; the number and the unit of the only one in a text."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from generator.kept.lazy_patterns import lazy

_NUMBER = lazy(
    r"(?<![\d.第])(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?!\d)\s*(?:[余多]\s*)?(?P<times>[十百千万亿]?)(?:[余多]\s*)?(?P<unit>[%％‰]|[\u4e00-\u9fff])?"
)
_TIMES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_DATES = {"年", "月", "日", "号", "季", "时", "点", "届"}
MAX_TEXT = 200  # characters; a longer text is a description, not an amount


@lru_cache(maxsize=4096)  # a check and the texts of a batch ask for the same again
def amount(text: str | None) -> tuple[Decimal, str] | None:
    """The number and the first character of the unit of a text that holds one amount; None where it holds none or several.

    Dates and ordinals do not count; `万` and `亿` multiply, a percent is its printed number.
    """
    if not text or len(text) > MAX_TEXT:
        return None
    found = [match for match in _NUMBER.finditer(text) if match["unit"] not in _DATES]
    if len(found) != 1:
        return None
    (match,) = found
    number = Decimal(match["number"].replace(",", "")) * _TIMES[match["times"]]
    return number, (match["unit"] or "").replace("％", "%")


def number_in(text: str | None) -> Decimal | None:
    """The number of the one amount in a text."""
    found = amount(text)
    return found[0] if found else None


def unit_in(text: str | None) -> str | None:
    """The first character of the unit of the one amount in a text, "" where it has none."""
    found = amount(text)
    return found[1] if found else None
