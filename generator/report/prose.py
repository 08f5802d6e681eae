"""What sentences claim in figures: numbers with their units, changes with their rates, years.

Works on printed text alone. Every rule leaves out what it is not sure of: a warning that is wrong costs more attention
than one that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from generator.diagnostics import Text
from generator.diagnostics.wording import report_reasons as reasons
from generator.figures import round_half_up
from generator.kept.kept_patterns import compiled
from generator.kept.lazy_patterns import lazy
from generator.kept.light_tuples import NamedTuple

SCALES = {name: Decimal(10**zeros) for name, zeros in {"亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3}.items()}
WINDOW = 120
MEASURES = (
    "大类|方面|部分|人次|公里|公斤|个|家|项|名|人|所|类|种|条|处|场|次|户|件|支|位|篇|份|套|期|批|亩|吨|台|辆|宗|起"
)
_POINTS = r"分(?![钟之别类布公支管会部局店行期批享工析解配担散红为组成])"
_DIGITS = r"(?<![0-9])(?:[0-9]{1,3}(?:,[0-9]{3})++(?:\.[0-9]++)?|[0-9]++(?:\.[0-9]++)?)"


class Number(NamedTuple):
    """A number with a unit, or a year, as it is written.

    Args:
        start, end: its place in the text.
        typed: its digits; `value` what they are, without the scale.
        scale: of 万, 亿 …, else 1.
        unit: `元`, `%`, `分`, a measure word; `年` of a year.
    """

    start: int
    end: int
    typed: str
    scale: Decimal
    unit: str

    @property
    def value(self) -> Decimal:
        """What the digits are, without the scale."""
        return Decimal(self.typed.replace(",", ""))

    @property
    def significant(self) -> int:
        """How many digits say something: zeros at the end of a whole number do not."""
        digits = self.typed if "." in self.typed else self.typed.rstrip("0")
        return len(digits.lstrip("0.")) - digits.count(",") - (digits.find(".") > 0 and digits[0] != "0")


@lru_cache(maxsize=64)
def _numbers(units: frozenset[str]) -> re.Pattern[str]:
    special = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    known = f"{special}|{MEASURES}" if special else MEASURES
    return compiled(
        rf"([0-9](?<![0-9A-Za-z.,〔\[第—–~～-][0-9])"  # begins with digits, at which a search goes on at once
        r"(?:[0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]*(?:\.[0-9]+)?))"
        rf"(?:(年)|[ 余多]{{0,2}}(亿|千万|百万|万|千)?[余多]?(元|[%％]|{_POINTS}|{known}))"
    )


def numbers(text: str, units: frozenset[str] = frozenset()) -> Iterator[Number]:
    """The numbers of a text that have a unit, and its years.

    Args:
        text: printed text.
        units: further units to know.
    """
    for found in _numbers(units).finditer(text):
        digits, year, scale, unit = found.groups()
        if year:
            if len(digits) == 4 and digits[:2] in ("19", "20"):
                yield Number(found.start(), found.end(), digits, Decimal(1), "年")
        else:
            unit = "%" if unit == "％" else unit
            yield Number(found.start(), found.end(), digits, SCALES.get(scale, Decimal(1)), unit)


# --- years

_PAST = lazy(
    "成立|组建|设立|建立|始建|创建|创办|建成|启动|实施|以来|自|从|起|始|至今|印发|出台|颁布|修订|施行|发布|批准|批复|换届|出生|历史|创作|编制|制定|竣工|投用"
)
_AHEAD = lazy(
    "将|拟|编制|编报|谋划|储备|申报|部署|结转|顺延|推迟|延期|延至|跨年|计划|规划|预计|打算|力争|目标|下一步|明年|今后|未来|远景|到|至"
)
_BEFORE_RANGE = lazy(r"[0-9年月日底初末]\s*[至到—–~～-]{1,2}\s*\Z")
_AFTER_RANGE = lazy(r"(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?[底初末]?\s*[至到—–~～-]{1,2}\s*[0-9]")
_MONTH = lazy(r"\s*[0-9]{1,2}\s*月")
_ENDS = lazy(r"[。；;！？\n]")
_PAUSES = lazy(r"[，,。；;：:！？\n（）()]")
_TITLES = lazy(r"《[^》]*》")


def titles(text: str) -> list[tuple[int, int]]:
    """Where titles stand, 《》 included: what is quoted there is not this report's."""
    return [found.span() for found in _TITLES.finditer(text, 0, text.rfind("》") + 1)] if "《" in text else []


def _around(text: str, start: int, end: int, limits: re.Pattern[str]) -> str:
    """The sentence or clause around a place, of which at most some characters on either side are looked at."""
    before, after = text[max(0, start - WINDOW) : start], text[end : end + WINDOW]
    cuts = [found.end() for found in limits.finditer(before)]
    cut = limits.search(after)
    return before[cuts[-1] if cuts else 0 :] + text[start:end] + (after[: cut.start()] if cut else after)


def stray_year(text: str, number: Number, year: int) -> bool:
    """Whether a year is neither the report's nor the one before, with no reason that the sentence shows.

    Founding years and those of rules and long-term matters, plans, periods (2019年至2023年, 2021—2025年), and the months
    after the report's year, in which it is written, are no finding.
    """
    stated = int(number.typed)
    if stated in (year, year - 1) or (stated == year + 1 and _MONTH.match(text, number.end)):
        return False
    if _BEFORE_RANGE.search(text[max(0, number.start - 8) : number.start]) or _AFTER_RANGE.match(text, number.end):
        return False
    if stated > year:
        return not _AHEAD.search(_around(text, number.start, number.end, _ENDS))
    return not _PAST.search(_around(text, number.start, number.end, _PAUSES))


# --- changes

_UP = "增加|增长|上升|提高|上涨|增幅"
_DOWN = "减少|下降|降低|压减|压缩|缩减|降幅"
_AMOUNT = rf"(?:{_DIGITS})(?:亿|万|千)?(?:元|{MEASURES})"
_PART = lazy(rf"({_DIGITS})(亿|万|千)?(元|{MEASURES})\Z")
_PERIOD = "上年|去年|上一年|(?:19|20)[0-9]{2}年|年初预算|年初|预算|往年"
_LINK = r"(?:\s|[，,（(]|同比|环比|相比|比率|即|约|(?:比|较|与|同)(?:上年|去年|年初预算|预算)(?:数|同期)?(?:相比)?)*"
_CHANGE = lazy(
    rf"(?P<verb>{_UP}|{_DOWN})[了额]?为?(?P<x>{_AMOUNT}){_LINK}"
    rf"(?P<verb2>{_UP}|{_DOWN})(?:比率|比例|幅度|率|幅)?[为了达约]{{0,2}}(?P<y>{_DIGITS})[%％]"
)
_BASE = lazy(rf"(?:比|较|与|同)(?:{_PERIOD})?[^，。；0-9]{{0,20}}?(?P<a>{_AMOUNT})[^，。；0-9]{{0,6}}[，,]?\Z")
_CURRENT = lazy(
    rf"(?P<c>{_AMOUNT})(?:[，,（(]占[^，。；]{{0,20}}%)?[，,。（(]?\s*"
    rf"(?:收支|支出|收入|同比|(?:总体)?(?:比|较|与|同)(?:{_PERIOD})[^，。；0-9]{{0,10}}?(?:相比)?[，,]?)*\Z"
)


class Contradiction(NamedTuple):
    """Two claims of a sentence that cannot both be true, or one that cannot.

    Args:
        start: where the doubted part stands; `text` the words in question.
        code: the diagnostic's.
        reason: why they disagree; "" where the words say it.
        of_figure: whether the figure alone is in doubt, wherever it is printed from.
    """

    start: int
    text: str
    code: str
    reason: Text = Text("", "")
    of_figure: bool = False


def _amount(text: str) -> tuple[Decimal, Decimal, str]:
    """An amount, the half of its last place, its unit."""
    found = _PART.search(text)
    assert found
    digits, scale, unit = found.groups()
    factor = SCALES.get(scale, Decimal(1))
    digits = digits.replace(",", "")
    exact = unit != "元"
    half = Decimal(0) if exact else Decimal(5).scaleb(-len(digits.partition(".")[2]) - 1) * factor
    return Decimal(digits) * factor, half, unit


def changes(text: str) -> Iterator[Contradiction]:
    """`增加X…，增长Y%` whose parts disagree: in direction, or with the base or the present amount stated just before."""
    for found in _CHANGE.finditer(text):
        start = found.start("y")
        up, up2 = (re.fullmatch(_UP, found[verb]) is not None for verb in ("verb", "verb2"))
        if up != up2:
            yield Contradiction(found.start("verb2"), found[0], "prose-direction")
            continue
        before = text[max(0, found.start() - 80) : found.start()]
        x, half_x, unit = _amount(found["x"])
        y = Decimal(found["y"].replace(",", ""))
        places = len(found["y"].partition(".")[2])
        half_y = Decimal(5).scaleb(-places - 1)
        if match := _BASE.search(before):
            base, half, of = _amount(match["a"])
            words = reasons.THE_BASE.filled(base=match["a"])
        elif match := _CURRENT.search(before):
            now, half, of = _amount(match["c"])
            base, half = now - x if up else now + x, half + half_x
            words = reasons.AFTER_CHANGE.filled(after=match["c"])
        else:
            continue
        if of != unit or base - half <= 0:
            continue
        low, high = (x - half_x) / (base + half) * 100, (x + half_x) / (base - half) * 100
        if low - half_y <= y <= high + half_y:
            continue
        right = round_half_up(x / base * 100, places)
        yield Contradiction(start, found[0], "prose-change", reasons.BY_WORDS.filled(words=words, right=right, typed=y))
