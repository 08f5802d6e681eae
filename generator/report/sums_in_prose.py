"""Amounts of a sentence that do not add up: parts above their whole, shares of it, `由100万元增加到80万元`, an amount and its capitals, a
decrease below zero; an amount without its unit.

Works on printed text alone, and leaves out what it is not sure of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.diagnostics.wording import report_reasons as reasons
from generator.figures import round_half_up
from generator.formula.functions import says
from generator.kept.lazy_patterns import lazy
from generator.report.prose import SCALES, Contradiction

_N = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_SCALE = "亿|千万|百万|万|千"
_MONEY = lazy(rf"(?<![0-9.,-])(?P<n>{_N})(?P<scale>{_SCALE})?元")
_WHOLE = lazy(
    rf"(?P<whole>(?<![0-9.,-]){_N}(?:{_SCALE})?元)[，,（(：:]?\s*其中[：:，,]?(?P<parts>[^。；;！？\n（）()]+)"
)
_COMPARED = lazy(r"[增减较比超差余多近约]|上年|年初|结转|人均|每|累计|不超|以[上下内]")
_ANOTHER = lazy(r"总|合计|共计|[0-9]年|年度|上年|去年")  # another whole begins
_OF_MONEY = lazy(r"支出|收入|经费|资金|拨款|费|补助|贷款")
_SHARE = lazy(
    r"占(?:比|(?:总|全部)?(?:支出|收入|额|资金|经费|预算)?的?)(?:比重|比例)?(?:为|约)?\s*(?P<p>[0-9]+(?:\.[0-9]+)?)[%％]"
)
_CLAUSE = lazy(r"[，,、]")
_FROM_TO = lazy(
    rf"[由从](?:[^，。；0-9]{{0,8}}?)(?P<a>{_N})(?P<sa>{_SCALE})?(?P<unit>元|人次|[家个人户件次名])[，,]?"
    rf"(?P<verb>增加|增长|提高|上升|扩大|减少|下降|降低|压减|缩减)[到至为](?P<b>{_N})(?P<sb>{_SCALE})?(?P=unit)"
    r"(?:[，,（(](?:同比|环比)?(?:增长|增加|上升|提高|增幅|下降|减少|降低|压减|降幅)(?:率|幅度)?[了为达约]{0,2}(?P<p>[0-9]+(?:\.[0-9]+)?)[%％])?"
)
_UP = ("增加", "增长", "提高", "上升", "扩大")
_LESS = lazy(rf"(?:下降|减少|降低|压减|压缩|缩减|节约)了?[-－−]{_N}(?:{_SCALE})?元")
_NO_UNIT = lazy(
    r"(?:支出|收入|资金|预算数?|经费|拨款|执行数|决算数)(?:共计?|合计|总额|总计|累计)?(?:为|是|达到?)?(?P<n>[0-9]+\.[0-9]{1,2})(?=[，。；、）]|\Z)"
)
_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_CAPITAL = rf"[{_FIGURES}拾佰仟万亿]{{2,}}[元圆](?:整|(?:零?[{_FIGURES}]角)?(?:零?[{_FIGURES}]分)?)"
_SPELT = lazy(
    rf"(?P<n>{_N})(?P<scale>{_SCALE})?元[（(，,：:]?(?:人民币)?(?:大写)?[：:]?(?:人民币)?(?P<c>{_CAPITAL})"
    rf"|(?P<c2>{_CAPITAL})[（(，,：:]?(?:人民币)?(?:小写)?[：:]?[¥￥]?(?P<n2>{_N})(?P<scale2>{_SCALE})?元"
)
_SENTENCE = lazy(r"(?<=[。；;\n])[^。；;！？\n]{6,60}(?=[。；;！？\n])|\A[^。；;！？\n]{6,60}(?=[。；;！？\n])")
_FIGURE = lazy(r"[0-9]+(?:\.[0-9]+)?")
_FOR_CERTAIN = lazy(r"全年|全县|全区|全市|本年|年度|共|累计|合计|总")  # of the whole, which is one figure
_PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def sums(text: str) -> Iterator[Contradiction]:
    """Every amount of a text that contradicts another beside it, or lacks its unit."""
    if "其中" in text:
        yield from _parts(text)
    if "由" in text or "从" in text:
        yield from _from_to(text)
    if "元" in text and ("-" in text or "－" in text or "−" in text):
        for found in _LESS.finditer(text):
            yield Contradiction(found.start(), found[0], "prose-change", reasons.TWICE_LESS)
    if "元" in text or "圆" in text:
        yield from _capitals(text)
    if "。" in text or "；" in text:
        yield from _said_twice(text)
    for found in _NO_UNIT.finditer(text) if "." in text else ():
        yield Contradiction(found.start("n"), found["n"], "prose-no-unit")


def _said_twice(text: str) -> Iterator[Contradiction]:
    """`全年召开会议5次。全年召开会议8次。`: two sentences that differ in their one figure alone."""
    seen: dict[str, str] = {}
    if len(_FIGURE.findall(text)) < 2 or not _FOR_CERTAIN.search(text):
        return
    for found in _SENTENCE.finditer(text):
        figures = _FIGURE.findall(found[0])
        if len(figures) != 1 or not _FOR_CERTAIN.search(found[0]):
            continue
        frame = _FIGURE.sub("#", found[0])
        if seen.setdefault(frame, figures[0]) != figures[0]:
            reason = reasons.SAID_BEFORE.filled(figure=seen[frame])
            yield Contradiction(found.start(), found[0], "prose-change", reason)
            return


def _money(digits: str, scale: str | None) -> Decimal:
    return Decimal(digits.replace(",", "")) * SCALES.get(scale or "", Decimal(1))


def _half(digits: str, scale: str | None) -> Decimal:
    """The half of the last place of an amount."""
    return Decimal(5).scaleb(-len(digits.partition(".")[2]) - 1) * SCALES.get(scale or "", Decimal(1))


def _parts(text: str) -> Iterator[Contradiction]:
    """`支出30万元，其中基本支出20万元、项目支出12万元`; `其中基本支出60万元，占比70%` of 100万元; shares above 100 %."""
    for found in _WHOLE.finditer(text):
        whole_found = _MONEY.search(found["whole"])
        assert whole_found is not None
        whole, exact = _money(whole_found["n"], whole_found["scale"]), _half(whole_found["n"], whole_found["scale"])
        parts = found["parts"].split("其中")[0]
        added, slack = Decimal(0), exact
        begin = found.start("parts")
        last: re.Match[str] | None = None
        for clause in _clauses(parts):
            if _ANOTHER.search(clause[1]):
                break
            amount, share = _MONEY.search(clause[1]), _SHARE.search(clause[1])
            if amount and (_COMPARED.search(clause[1]) or not _OF_MONEY.search(clause[1])):
                last = None
                continue
            if amount:
                added += _money(amount["n"], amount["scale"])
                slack += _half(amount["n"], amount["scale"])
            last = amount or last
            if share and last and whole:
                yield from _wrong_share(begin + clause[0], share, last, whole)
        if added > whole + slack:
            reason = reasons.PARTS_ABOVE.filled(parts=_shown(added), whole=found["whole"])
            yield Contradiction(found.start(), found["whole"], "prose-change", reason)
    for sentence in re.finditer(r"(?<![^。；;！？\n])[^。；;！？\n]*其中[^。；;！？\n]*", text):
        shares = [Decimal(one["p"]) for one in _SHARE.finditer(sentence[0], sentence[0].index("其中"))]
        if len(shares) > 1 and sum(shares) > Decimal("100.5") and _OF_MONEY.search(sentence[0]):
            first = _SHARE.search(sentence[0], sentence[0].index("其中"))
            assert first is not None
            reason = reasons.SHARES_ABOVE.filled(sum=sum(shares))
            yield Contradiction(sentence.start() + first.start(), first[0], "prose-percent", reason)


def _clauses(text: str) -> Iterator[tuple[int, str]]:
    begin = 0
    for found in _CLAUSE.finditer(text):
        yield begin, text[begin : found.start()]
        begin = found.end()
    yield begin, text[begin:]


def _wrong_share(begin: int, share: re.Match[str], part: re.Match[str], whole: Decimal) -> Iterator[Contradiction]:
    """A share that is not the part's of the whole."""
    stated, places = Decimal(share["p"]), len(share["p"].partition(".")[2])
    right = _money(part["n"], part["scale"]) / whole * 100
    if abs(right - stated) > Decimal(6).scaleb(-places - 1) + _half(part["n"], part["scale"]) / whole * 100:
        reason = reasons.BY_WORDS.filled(
            words=reasons.THE_PARTS, right=round_half_up(right, max(places, 1)), typed=stated
        )
        yield Contradiction(begin + share.start(), share[0], "prose-change", reason)


def _shown(yuan: Decimal) -> str:
    return f"{format((yuan / 10_000).normalize(), 'f')}万元"


def _from_to(text: str) -> Iterator[Contradiction]:
    """`由100万元增加到80万元`, `由100万元增加到120万元，增长30%`."""
    for found in _FROM_TO.finditer(text):
        before, after = _money(found["a"], found["sa"]), _money(found["b"], found["sb"])
        if before == after or not before:
            continue
        if (after > before) != (found["verb"] in _UP):
            yield Contradiction(found.start(), found[0], "prose-change", reasons.OTHER_WAY)
        elif found["p"]:
            right, stated = abs(after - before) / before * 100, Decimal(found["p"])
            places = len(found["p"].partition(".")[2])
            slack = (_half(found["a"], found["sa"]) + _half(found["b"], found["sb"])) / before * 200
            if abs(right - stated) > Decimal(6).scaleb(-places - 1) + slack * (found["unit"] == "元"):
                told = {"words": reasons.THE_PARTS, "right": round_half_up(right, max(places, 1)), "typed": stated}
                yield Contradiction(found.start("p"), found[0], "prose-change", reasons.BY_WORDS.filled(**told))


# --- capitals


def _capitals(text: str) -> Iterator[Contradiction]:
    """An amount beside its capitals, which say another."""
    if not says(text, "壹贰叁肆伍陆柒捌玖"):
        return
    for found in _SPELT.finditer(text):
        spelt = found["c"] or found["c2"]
        amount = _money(found["n"] or found["n2"], found["scale"] or found["scale2"])
        said = capitals_value(spelt)
        if said is not None and said != amount:
            reason = reasons.CAPITALS.filled(spelt=spelt, value=format(said.normalize(), "f"))
            yield Contradiction(found.start(), found[0], "prose-change", reason)


def capitals_value(text: str) -> Decimal | None:
    """What an amount in capitals (`贰拾伍万肆仟贰佰元整`) is in 元; None where it is none."""
    whole, _, rest = text.replace("圆", "元").partition("元")
    total = section = figure = 0
    for letter in whole:
        if letter in _FIGURES:
            figure = _FIGURES.index(letter)
        elif letter in _PLACES:
            section += (figure or 1) * _PLACES[letter]
            figure = 0
        else:
            total = total + (section + figure) * 10_000 if letter == "万" else (total + section + figure) * 100_000_000
            section = figure = 0
    value = Decimal(total + section + figure)
    for letter, unit in (("角", Decimal("0.1")), ("分", Decimal("0.01"))):
        if letter in rest:
            value += _FIGURES.index(rest[rest.index(letter) - 1]) * unit
    return value
