"""Percents that cannot be, in sentences: `合格率120%`, `满意度0.98%`, `执行率为0.95`, `下降150%`, `下降了-5%`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.diagnostics.wording import report_reasons as reasons
from generator.kept.lazy_patterns import lazy
from generator.report.prose import Contradiction

_SHARE = lazy(
    r"(?P<name>满意[度率]|(?:合格|及时|覆盖|到位|知晓|办结|利用|参与|回收|收回|优良|达标|出勤|签约|化解|调解成功)率|占比|比重)"
    r"(?:分别|平均|均)?(?:为|是|达到?|：|:)?\s*(?P<n>[0-9]+(?:\.[0-9]+)?)[%％]"
)
_NO_SIGN = lazy(
    r"(?P<name>满意[度率]|(?:执行|完成|合格|及时|覆盖|到位|知晓|办结|结案|利用|参与|支付|达标|出勤)率)(?:分别|平均|均)?(?:为|是|达到?)\s*"
    r"(?P<n>0\.[0-9]+)(?![0-9]*\s*[%％‰])(?![0-9]*个百分点)"
)
_LESS = lazy(r"(?:下降|减少|降低|压减|压缩|缩减)了?(?P<sign>[-－−])?(?P<n>[0-9]+(?:\.[0-9]+)?)[%％]")


def impossible_percents(text: str) -> Iterator[Contradiction]:
    """Every share above the whole, share that is typed as a fraction, and decrease by more than all or below zero."""
    percents = "%" in text or "％" in text
    for found in _SHARE.finditer(text) if percents else ():
        number = Decimal(found["n"])
        fraction = 0 < number < 1 and found["name"] not in ("占比", "比重")
        if number > 100 or fraction:
            reason = reasons.FRACTION if fraction else reasons.OVER_ALL
            yield Contradiction(found.start(), found[0], "prose-percent", reason)
    for found in _NO_SIGN.finditer(text) if "0." in text else ():
        yield Contradiction(found.start(), found[0], "prose-percent", reasons.FRACTION)
    for found in _LESS.finditer(text) if percents else ():
        if found["sign"] or Decimal(found["n"]) > 100:
            reason = reasons.TWICE_LESS if found["sign"] else reasons.LESS_THAN_ALL
            yield Contradiction(found.start(), found[0], "prose-percent", reason)
