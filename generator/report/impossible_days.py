"""Days that no calendar has, in texts: `11月31日`, `2023年2月29日`, `二月三十日`, `2020-13-01`, periods that go back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.diagnostics import Text
from generator.diagnostics.wording import report_reasons as reasons
from generator.figures.numerals import counted
from generator.kept.lazy_patterns import lazy

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # of the months; `calendar` imports much else
_LEAP = 2000  # a year in which February has 29 days: which year a text means is not always said
_MONTH = lazy(
    r"(?<![0-9.])([0-9]{1,6})月(?:([0-9]{1,3})(?:[日号]|(?=[至到—–~～-]{1,2}[0-9]{1,3}[日号])))?(?:[至到—–~～-]{1,2}([0-9]{1,3})[日号])?"
)
_MONTHS = lazy(r"(?<![0-9.])([0-9]{1,2})月?[至到—–~～-]{1,2}([0-9]{1,2})月(?![0-9]{1,2}[日号])")
_SURE = lazy(  # a month or a day as most are: of every year, and of no period
    r"(?:0?[1-9]|1[0-2])月(?:(?:1[0-9]|2[0-8]|0?[1-9])[日号](?![至到—–~～-])|(?![0-9份一二三四五六七八九十至到—–~～-]))"
)
_RANGE = frozenset("0123456789月至到—–~～-.")
_BEFORE, _BEHIND = 12, 30  # characters around a 月: no month, day or period is longer
_NUMERALS = "一二三四五六七八九十"
_N = rf"(?:[{_NUMERALS}]{{1,3}}|[0-9]{{1,2}})"
_SPELT = lazy(rf"({_N})月(?:份)?(?:({_N})[日号])?")
_NOT_BEFORE = "几数第个上下零〇百千万两廿卅"  # 几十三月, 第三月: no months
_NOT_BEHIND = "龄薪大内之"  # 十八月龄
_WRITTEN = lazy(r"(?<![0-9A-Za-z.〔\-/号])((?:19|20)[0-9]{2})([-./])([0-9]{1,2})\2([0-9]{1,2})(?![0-9.])")
_DATE = r"((?:19|20)[0-9]{2})年([0-9]{1,2})月(?:([0-9]{1,2})[日号])?"
_PERIOD = lazy(
    _DATE
    + r"(?:(?:起|开始|启动|开工)?[，,]?[至到—–~～-]{1,2}|[起，,、至]*(?:完成|结束|截止)(?:时间|日期)?[为是：:]?)"
    + _DATE
)
_WEEKDAY = lazy(
    r"((?:19|20)[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})[日号]\s*+(?:[（(]\s*+)?(?:星期|周|礼拜)([一二三四五六日天])[）)]?(?![0-9一二三四五六年])"
)
_QUARTER = lazy(r"第(?:[五六七八九十]|[5-9])季度")
_YEAR = lazy(r"((?:19|20)[0-9]{2})年\Z")


def may_name_days(text: str) -> bool:
    """Whether a text holds what no day, month or period is without."""
    if "月" in text or "季度" in text or "周" in text or "星期" in text:
        return True
    return not text.isalpha() and (text.count("-") > 1 or text.count("/") > 1 or text.count(".") > 1)


def impossible_days(text: str) -> Iterator[tuple[int, int, str, Text]]:
    """Start, end and words of the first day, month or period of a text that cannot be, with what is wrong of it."""
    found = (_in_months(text) or _backwards(text)) if "月" in text else None
    turned = found is not None and _is_turned(found)
    if found is None and (text.count("-") > 1 or text.count("/") > 1 or text.count(".") > 1):
        days = ((one, (int(one[1]), int(one[3]), int(one[4]))) for one in _WRITTEN.finditer(text))
        found = next((one for one, day in days if not _is_day(*day)), None)
    if found is None and ("周" in text or "星期" in text):
        found = next((one for one in _WEEKDAY.finditer(text) if not _falls_on(one)), None)
    if found is None and "季度" in text:
        found = _QUARTER.search(text)
    if found is not None:
        yield found.start(), found.end(), found[0], reasons.GOES_BACK if turned else reasons.NO_SUCH_DAY


def _is_turned(found: re.Match[str]) -> bool:
    """Whether a period lacks nothing but the order of its ends."""
    numbers = [int(part or 0) for part in found.groups() if not part or part.isdecimal()]
    if len(numbers) == 6:
        return True
    if len(numbers) == 3:
        return numbers[1] > numbers[2] > 0 and _is_day(_LEAP, numbers[0], numbers[1])
    return len(numbers) == 2 and 12 >= numbers[0] > numbers[1] > 0


def _falls_on(found: re.Match[str]) -> bool:
    """Whether a day is the day of the week that stands behind it."""
    year, month, day = (int(part) for part in found.groups()[:3])
    return not _is_day(year, month, day) or date(year, month, day).weekday() == "一二三四五六日".index(
        found[4].replace("天", "日")
    )


def _in_months(text: str) -> re.Match[str] | None:
    at = text.find("月")
    while at >= 0:
        if at and text[at - 1] in _NUMERALS and (found := _spelt(text, at)):
            return found
        start = at
        while start and at - start < _BEFORE and text[start - 1] in _RANGE:
            start -= 1
        if start < at and (found := _in_digits(text, start, at)):
            return found
        at = text.find("月", at + 1)
    return None


def _backwards(text: str) -> re.Match[str] | None:
    """The first period of full dates that goes back."""
    for found in _PERIOD.finditer(text) if text.count("年") > 1 else ():
        year, month, day, last_year, last_month, last_day = (int(part or 0) for part in found.groups())
        if (last_year, last_month, last_day or 31) < (year, month, day):
            return found
    return None


def _in_digits(text: str, start: int, at: int) -> re.Match[str] | None:
    """The day of the month at a place, whose figures begin at another, if no calendar has it."""
    if (sure := _SURE.match(text, start)) is not None and sure.end() > at:
        return None
    for found in _MONTH.finditer(text, start, at + _BEHIND):
        if found.start() > at:
            break
        month, first, second = (int(part) if part else None for part in found.groups())
        year = _year(text, found.start())
        backwards = first is not None and second is not None and first > second
        days = [day for day in (first, second) if day is not None] or [1]
        if backwards or not all(_is_day(year, month or 0, day) for day in days):
            return found
        spelt = _SPELT.match(text, found.start())
        if first is None and spelt and spelt[2] and not _is_day(year, month or 0, counted(spelt[2]) or 1):
            return spelt  # 2月三十日
    found = _MONTHS.search(text, start, at + _BEHIND)
    return found if found and found.start() < at and int(found[1]) > int(found[2]) else None


def _spelt(text: str, at: int) -> re.Match[str] | None:
    """The day of a month in Chinese numerals that ends at a place, if no calendar has it."""
    start = at
    while start and at - start < _BEFORE and text[start - 1] in _NUMERALS:
        start -= 1
    found = _SPELT.match(text, start)
    if found is None or text[start - 1 : start] in [*_NOT_BEFORE] or text[at + 1 : at + 2] in [*_NOT_BEHIND]:
        return None
    month, day = counted(found[1]), counted(found[2] or "1")
    return None if month is None or day is None or _is_day(_year(text, start), month, day) else found


def _year(text: str, at: int) -> int:
    """The year that stands before a month, else one that has every day."""
    found = _YEAR.search(text[max(0, at - 5) : at])
    return int(found[1]) if found else _LEAP


def _is_day(year: int, month: int, day: int) -> bool:
    common = year % 4 != 0 or (year % 100 == 0 and year % 400 != 0)
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1] - (common and month == 2)
