"""What a target names and its result does not reach: `3—5期` and 2期, `每季度1次` and 3次, `2期100人` and 80人, `6月底前` and 9月.

Speaks where both are sure: amounts of one unit, of which none in the result reaches the target; one day or month each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from generator.figures.numerals import counted
from generator.kept.lazy_patterns import lazy
from generator.kept.light_tuples import NamedTuple

MAX_TEXT = 1000  # characters; a longer text is a chapter
_NUMERALS = "零一二三四五六七八九十两"
_MEASURES = "期次场家个人名项件篇份条批户套部本册起例处所座台辆天"
_CHINESE = r"[一二两三四五六七八九十]{1,3}"
_SPELT = lazy(
    rf"(?<![第统同专单唯某任这那另首逐十百千万每近〇一二两三四五六七八九0-9])(?P<n>{_CHINESE})"
    rf"(?=[余多]?(?:至{_CHINESE})?[{_MEASURES}](?:次|以上|以内|以下|左右|[，,。；;、）)]|\Z))"
)
_SPELT_END = lazy(rf"(?<=[0-9]至)(?P<n>{_CHINESE})(?=[{_MEASURES}])")
_OF_HUNDRED = lazy(rf"百分之(?P<n>{_CHINESE}|[0-9]+(?:\.[0-9]+)?)")
_TENTHS = lazy(
    r"(?<![完落建达组构现生形促合养收])(?P<n>[一二三四五六七八九])成(?P<half>半|[一二三四五六七八九])?(?=以上|以内|左右|多|[，,。；;]|\Z)"
)
_DIGITS = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_AMOUNT = lazy(
    rf"(?<![0-9.第〔])(?<![0-9][:：])(?P<low>{_DIGITS})(?![0-9]|[:：][0-9])\s*(?:(?P<percent>[%％])?\s*(?:[-—–~～至到]{{1,2}}\s*(?P<high>{_DIGITS})|±\s*(?P<about>{_DIGITS})))?"
    r"\s*[余多]?(?P<times>[十百千万亿]?)[余多]?(?P<unit>[%％‰]|小时|分钟|个?工作日|个月|周|[\u4e00-\u9fff])?"
)
_TIMES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_HOURS = {"分钟": Decimal(1) / 60, "小时": Decimal(1), "天": Decimal(24), "周": Decimal(168), "个月": Decimal(744)}
_NOT_COUNTED = frozenset("年月日号季时点届度楼级")
_LEAST = lazy(r"(?:≥|≧|>=?|＞|不少于|不低于|不小于|至少|不下于|达到?)\s*\Z")
_MOST = lazy(r"(?:≤|≦|<=?|＜|不超过|不高于|不多于|不大于|低于|少于|小于|至多|控制在|压减到|降到|降至)\s*\Z")
_INSIDE = lazy(r"(?:人次|元)?(?:以内|之内|以下|内)")
_UPWARDS = lazy(r"(?:次|元)?及?以上")
_ABOUT = lazy(r"(?:近|(?<!节)约|大约)\s*\Z")
_AROUND = lazy(r"(?:元|次)?(?:左右|上下)")
_CLAUSE = lazy(r"[，,。；;：:\n]")
_EACH = lazy(r"每(?:个?(?P<of>半年|季度?|月|年)|.)|(?P<behind>[/／](?P<per>季|月|年)?)")
_IN_A_YEAR = {"半年": 2, "季": 4, "季度": 4, "月": 12, "年": 1}
_SHARED = 5  # letters in a row that two clauses about the same thing share
_OBJECT = 4  # letters of the word before two numbers that tells the same thing
_NEARLY = Decimal("0.9")  # of 左右, 约
_DAY = lazy(
    r"(?:(?P<year>20[0-9]{2})年|(?P<next>次年|下一?年|明年))?(?:(?<![0-9.—–~～-])(?P<month>1[0-2]|[1-9])月(?:份|(?P<day>[0-9]{1,2})[日号]|(?P<part>[上中下]旬|初|底|末))?"
    r"|(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度|(?P<end>年底|年末))"
)
_SPAN = lazy(r"[0-9月日旬]\s*[至到—–~～-]{1,2}\s*[0-9]|每|启动|开始|起")
_TENTH = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "底": (21, 31), "末": (21, 31)}
_PLACE = lazy(rf"(?:前|第)(?P<n>[0-9]{{1,3}}|{_CHINESE})(?:名|位)?")


class _Amount(NamedTuple):
    low: Decimal
    high: Decimal
    unit: str
    each: str
    most: bool
    least: bool
    around: bool
    clause: str
    words: str


@lru_cache(maxsize=4096)  # a check and the texts of a batch ask for the same again
def missed(target: str | None, result: str | None, direction: str | None) -> str | None:
    """The words of a target that its result does not reach; None where it reaches all, or it is not sure.

    Args:
        target, result: texts, as `每季度1次` and `全年3次`.
        direction: what amounts mean where the target does not say it: `≥` at least, `≤` at most; else they are left alone.
    """
    if not target or not result or target == result or max(len(target), len(result)) > MAX_TEXT:
        return None
    late = _late(target, result) or _behind(target, result)
    if late or direction not in ("≥", "≤"):
        return late
    done = [*_amounts(_in_digits(result))]
    return next((one.words for one in _amounts(_in_digits(target)) if _is_missed(one, done, direction)), None)


def _is_missed(wanted: _Amount, done: list[_Amount], direction: str) -> bool:
    found = [one for one in done if _factor(wanted, one) is not None]
    related = [one for one in found if _share(wanted.clause, one.clause)] or _of_one_object(wanted, found)
    reached = [_scaled(one, _factor(wanted, one) or Decimal(1)) for one in related or found]
    if not reached:
        return False
    if wanted.most or (direction == "≤" and not wanted.least):
        return len(reached) == 1 and reached[0][0] > wanted.high * (2 - _NEARLY if wanted.around else 1)
    least = wanted.low * (_NEARLY if wanted.around else 1)
    return all(high < least for _, high in reached)


def _of_one_object(wanted: _Amount, found: list[_Amount]) -> list[_Amount]:
    """The only amount behind the word that the target's own stands behind, of its unit: `困难问题不少于30个` and `困难问题29个`."""
    thing = _LEAST.sub("", wanted.clause)[-_OBJECT:]
    alike = [one for one in found if one.clause.endswith(thing)]
    return alike if len(thing) == _OBJECT and len(alike) == 1 and alike[0].unit == wanted.unit else []


def _factor(wanted: _Amount, done: _Amount) -> Decimal | None:
    """What a result is multiplied by to be compared; None where it is another thing."""
    if wanted.unit in _HOURS and done.unit in _HOURS:
        factor = _HOURS[done.unit] / _HOURS[wanted.unit]
    elif wanted.unit[:1] != done.unit[:1] and not (wanted.unit == "个" and done.unit[:1] in _MEASURES):
        return None  # 100个 may be 255家
    else:
        factor = Decimal(1)
    if wanted.each == done.each:
        return factor
    times = _IN_A_YEAR.get(wanted.each) if not done.each else None
    return factor / times if times else None


def _scaled(one: _Amount, factor: Decimal) -> tuple[Decimal, Decimal]:
    return one.low * factor, one.high * factor


def _share(one: str, other: str) -> bool:
    """Whether two clauses have some letters in a row in common."""
    return any(one[at : at + _SHARED] in other for at in range(len(one) - _SHARED + 1))


def _amounts(text: str) -> Iterator[_Amount]:
    begin = 0
    for found in _AMOUNT.finditer(text):
        unit = (found["unit"] or found["percent"] or "").replace("％", "%")
        if unit in _NOT_COUNTED:
            continue
        times = _TIMES[found["times"]]
        low = high = _number(found["low"]) * times
        if found["high"]:
            high = max(low, _number(found["high"]) * times)
        elif found["about"]:
            low, high = low - _number(found["about"]) * times, high + _number(found["about"]) * times
        pause = [match.end() for match in _CLAUSE.finditer(text, begin, found.start())]
        before, behind = text[pause[-1] if pause else begin : found.start()], text[found.end() :]
        each = _EACH.search(before) or _EACH.match(behind)
        least = bool(_LEAST.search(before) or _UPWARDS.match(behind))
        yield _Amount(
            low,
            high,
            unit,
            (each["of"] or each["per"] or each[0]) if each else "",
            not least and bool(_MOST.search(before) or _INSIDE.match(behind)),
            least,
            bool(_ABOUT.search(before) or _AROUND.match(behind)),
            re.sub(r"[0-9.,]", "", before),
            found[0].strip(),
        )
        begin = found.end()


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _in_digits(text: str) -> str:
    """A text whose counts and percents are written in digits: `两期` as `2期`, `百分之九十五` as `95%`, `九成` as `90%`."""
    if not any(numeral in text for numeral in _NUMERALS):
        return text
    text = _OF_HUNDRED.sub(lambda found: f"{found['n'] if found['n'][0].isascii() else counted(found['n'])}%", text)
    text = _TENTHS.sub(
        lambda found: (
            f"{_NUMERALS.index(found['n'])}{5 if found['half'] == '半' else _NUMERALS.index(found['half'] or '零')}%"
        ),
        text,
    )
    text = _SPELT.sub(lambda found: str(counted(found["n"]) or found["n"]), text)
    return _SPELT_END.sub(lambda found: str(counted(found["n"]) or found["n"]), text)


def _late(target: str, result: str) -> str | None:
    """The day or month of a target that lies before the one of its result."""
    if _SPAN.search(target) or _SPAN.search(result):
        return None
    wanted, done = [*_DAY.finditer(target)], [*_DAY.finditer(result)]
    if len(wanted) != 1 or len(done) != 1:
        return None
    (due,), (came,) = wanted, done
    years = [int(found["year"]) if found["year"] else 0 for found in (due, came)]
    if all(years) and years[0] != years[1]:
        return None  # another year is told by the rules about years
    if not all(years):
        years = [0, 1 if came["next"] and not due["next"] else 0]
    return due[0] if (years[1], *_days(came)[0]) > (years[0], *_days(due)[1]) else None


def _days(found: re.Match[str]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Month and day at which a day, month, quarter or half begins and ends."""
    if found["month"]:
        month = int(found["month"])
        first, last = _TENTH.get(found["part"], (1, 31)) if not found["day"] else (int(found["day"]),) * 2
        return (month, first), (month, last)
    if found["half"]:
        return ((1, 1), (6, 31)) if found["half"] == "上" else ((7, 1), (12, 31))
    if found["quarter"]:
        quarter = counted(found["quarter"]) or 1
        return (quarter * 3 - 2, 1), (quarter * 3, 31)
    return (12, 1), (12, 31)


def _behind(target: str, result: str) -> str | None:
    """`前3名` and `第5名`."""
    wanted, done = _PLACE.search(target), _PLACE.search(result)
    if wanted is None or done is None or not wanted[0].startswith("前") or not done[0].startswith("第"):
        return None
    named = wanted[0].endswith(("名", "位")) and done[0].endswith(("名", "位"))
    return wanted[0] if named and (counted(done["n"]) or 0) > (counted(wanted["n"]) or 0) else None
