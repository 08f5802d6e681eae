"""Sentences that tell of the year before as if it were the report's: `2019年12月3日召开了大会` in a report on 2020, copied from last year's.

Works on printed text alone, and leaves out what it is not sure of: comparisons, foundings, sums that are carried over, sentences that
name the report's year too.
"""

from __future__ import annotations

from generator.kept.lazy_patterns import lazy
from generator.report.prose import WINDOW, Number

_ENDS = lazy(r"[。！？\n]")
_PAUSES = lazy(r"[，,、；;：:（）()]")
_MONTH = lazy(r"\s*(?:[0-9]{1,2}|元|[一二三四五六七八九十]{1,2})月")
_SPAN = lazy(r"度?(?:年?[初底末]|全年|期间|以?内|上半年|下半年|[一二三四第]{1,2}季度)")
_OPENS = lazy(r"(?:\A|[。；;，,、：:\n“（(]|截至|截止|根据|按照|围绕|依据|在|自|从|于|至)\s*\Z")
_GOES_ON = lazy(r"[。；;，,！：:]")
_BACK = lazy(
    "比|较|上年|去年|上一年|前一年|往年|今年|本年|当年|现在|目前|以来|(?<![发一唤引])起|基数|基础|成立|组建|设立|建立|始建|创建|创办|建成|启动|立项|"
    "印发|出台|颁布|修订|施行|发布|批准|批复|下发|换届|竣工|投用|(?<!召)开工|追加|结转|结余|决算|清算|补发|应休|补助|考核奖|述职|"
    "历史|连续|滚存|出生|任职|调任|至今|延续|继续|遗留|剩余"
)
_GUIDED = lazy(r"(?:根据|按照|围绕|依据)\s*\Z")
_GUIDES = lazy("通知|意见|办法|文件|要求|结果|精神|规定|批复|决议|标准")
_RANGE = lazy(r"[—–~～-]\s*\Z")
_SPAN_ON = lazy(r"(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?[底初末]?\s*[至到—–~～-]{1,2}\s*20[0-9]{2}年")
_FORMS = ("{}年", "{}—", "{}-", "{}至", "{}度")


def tells_last_year(text: str, number: Number, year: int) -> bool:
    """Whether the year before stands where a report tells of its own year.

    Args:
        text: printed text.
        number: a year in it.
        year: the report's.
    """
    if int(number.typed) != year - 1:
        return False
    before, behind = text[max(0, number.start - WINDOW) : number.start], text[number.end : number.end + WINDOW]
    begins = [found.end() for found in _ENDS.finditer(before)]
    before = before[begins[-1] :] if begins else before
    end = _ENDS.search(behind)
    sentence = before + "," + (behind[: end.start()] if end else behind)
    if _SPAN_ON.match(behind):
        return False  # 2019年6月至2021年5月
    dated = _MONTH.match(behind)
    if not (dated or _SPAN.match(behind) or (_OPENS.search(before) and _GOES_ON.search(behind))):
        return False
    clause = _PAUSES.split(before)[-1] + "," + _PAUSES.split(behind)[0]
    if _BACK.search(clause if dated else sentence) or any(form.format(year) in sentence for form in _FORMS):
        return False
    return not (_GUIDED.search(before) and _GUIDES.search(behind)) and not _RANGE.search(before)
