"""Number formats of cells, and the dates that they make of numbers (ECMA-376 part 1, 18.8.30 and 18.17.4)."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from generator.kept.lazy_patterns import lazy

# by their numbers: ECMA-376 part 1, 18.8.30, as programs in English show them
_STRETCHES = {
    0: ("General", "0", "0.00", "#,##0", "#,##0.00"),
    9: ("0%", "0.00%", "0.00E+00", "# ?/?", "# ??/??"),
    14: ("mm-dd-yy", "d-mmm-yy", "d-mmm", "mmm-yy", "h:mm AM/PM", "h:mm:ss AM/PM", "h:mm", "h:mm:ss", "m/d/yy h:mm"),
    37: ("#,##0 ;(#,##0)", "#,##0 ;[Red](#,##0)", "#,##0.00;(#,##0.00)", "#,##0.00;[Red](#,##0.00)"),
    45: ("mm:ss", "[h]:mm:ss", "mmss.0", "##0.0E+0", "@"),
}
BUILT_IN = {number: code for first, codes in _STRETCHES.items() for number, code in enumerate(codes, first)}
_DAYS = frozenset([*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58])
_CLOCKS = frozenset([*range(18, 22), *range(32, 36), 55, 56])  # 55 and 56 are times in Chinese workbooks
_QUIET = lazy(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\[\]]*\]', re.I)
_ELAPSED = lazy(r"\[(?:h+|m+|s+)\]", re.I)
_SINCE_1900 = datetime.datetime(1899, 12, 30)  # noqa: DTZ001  (a spreadsheet's dates have no zone)
_SINCE_1904 = datetime.datetime(1904, 1, 1)  # noqa: DTZ001
_LEAP = 60  # 29 February 1900, which spreadsheets count and which there was not
_MILLISECONDS = 86_400_000  # of a day

Moment = datetime.datetime | datetime.time | datetime.timedelta


def format_code(number: int, own: dict[int, str]) -> str:
    """The code of a number format: the workbook's own, a built-in one (those of Chinese workbooks too), else General.

    Args:
        number: `numFmtId` of a cell's style.
        own: the codes that the workbook defines.
    """
    if number in own:
        return own[number]
    if number in _DAYS:
        return "yyyy-mm-dd"
    if number in _CLOCKS:
        return "h:mm:ss"
    return BUILT_IN.get(number, "General")


@lru_cache(maxsize=1024)
def shows_date(code: str) -> bool:
    """Whether a number format shows dates or times: a letter of them outside quotes, brackets and escapes."""
    section = _QUIET.sub("", code).split(";")[0].lower()
    return bool(re.search(r"[ymdhs]", section)) and "general" not in section


@lru_cache(maxsize=1024)
def shows_elapsed(code: str) -> bool:
    """Whether a number format shows how much time went by (`[h]:mm`), which is no date."""
    return bool(_ELAPSED.search(_QUIET.sub("", code).split(";")[0]))


def moment(serial: float, since_1904: bool, elapsed: bool = False) -> Moment | None:
    """The date, time or duration of a number, to the millisecond; None where a spreadsheet shows none (below 0, past 9999).

    Args:
        serial: in days.
        since_1904: the workbook counts from 1904-01-01.
        elapsed: the cell shows a duration.
    """
    try:
        span = datetime.timedelta(milliseconds=round(serial * _MILLISECONDS))
        if elapsed:
            return span
        if serial < 0:
            return None
        if span.days == 0:
            return (_SINCE_1900 + span).time()
        if since_1904:
            return _SINCE_1904 + span
        return _SINCE_1900 + span + datetime.timedelta(days=1 if serial < _LEAP else 0)
    except (OverflowError, ValueError):
        return None


def iso_moment(text: str) -> datetime.datetime | datetime.time | None:
    """The date or time that a cell states in ISO 8601 (`t="d"`); None where it is none."""
    for read in (datetime.datetime.fromisoformat, datetime.time.fromisoformat):
        try:
            return read(text).replace(tzinfo=None)
        except ValueError:
            continue
    return None
