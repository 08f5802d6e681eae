"""Counts that a text announces, against what it lists: `3个，分别为`, `3篇：《…》、《…》`, `…等2家`, `20余家，包括`, `不少于100项`, `三个方面：一是…`; halves of what
is counted one by one: `25.5家`.

Works on printed text alone, and leaves out what it is not sure of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from generator.diagnostics.wording import report_reasons as reasons
from generator.figures.numerals import counted
from generator.formula.functions import says
from generator.kept.lazy_patterns import lazy
from generator.report.prose import MEASURES, Contradiction

_N = r"(?P<n>[0-9]{1,3}|[二两三四五六七八九十]{1,3})"
_NUMERALS = "二两三四五六七八九十"
_FREE = rf"(?<![第0-9.{_NUMERALS}])"
_FREE_N = (  # the same number, looked for by its first character
    rf"(?P<n>[0-9{_NUMERALS}](?<![第0-9.{_NUMERALS}].)(?:(?<=[0-9])[0-9]{{0,2}}|(?<=[{_NUMERALS}])[{_NUMERALS}]{{0,2}}))"
)
_COUNT = lazy(
    rf"(?P<bound>不少于|至少|不低于|不下|超过|多于|最多|不超过|不多于|近|约)?{_FREE}"
    rf"(?P<count>{_N}(?P<more>[余多])?(?:{MEASURES})(?P<around>以上|左右|以内)?)"
    r"[^\s，,。；;：:、（）()0-9]{0,12}?"
    r"(?:[，,：:（(—]*(?P<how>分别(?:为|是|有)|(?:具体|主要)?包括)|[，,：:（(—]+(?P<is>为|是|即))[：:]?"
    r"(?P<names>[^。；;！？\n]+)"
)
_IS = lazy("[，,：:（(—][为是即]")
_HOW = ("分别为", "分别是", "分别有", "包括")
_LEAST = ("不少于", "至少", "不低于", "不下", "超过", "多于", "以上")
_MOST = ("最多", "不超过", "不多于", "以内")
_ABOUT = ("近", "约", "左右")
_QUOTED = lazy(r"《[^》]{0,400}》|“[^”]{0,400}”|（[^（）]*）|\([^()]*\)|「[^」]{0,400}」")
_AND = lazy("以及|和|及|与|或")
_SUBJECTS = "方面|举措|措施|问题|任务|经验|做法|原因|特点|不足|建议|环节|步骤"
_POINTS = lazy(
    rf"(?P<count>{_FREE_N}(?:[个大项条类]?[^\s，,。；;：:、0-9]{{0,6}}?(?:{_SUBJECTS})|点))"
    r"[^。；;！？\n：:0-9]{0,20}[。：:，,；;]?\s*(?P<first>一是|第一[，,、是]|一要|（一）|1[.．、]|①)"
)
_COLON = lazy(
    rf"(?P<count>{_FREE_N}(?:大类|方面|个|家|项|名|类|种|条|篇|份|套)[^\s，,。；;：:、（）()0-9《》]{{0,10}})[：:]"
    r"(?P<names>(?![为是即])[^\s，,。；;：:！？（）()0-9“”《》、]{2,20}(?:、[^\s，,。；;：:！？（）()0-9“”《》、]{2,20}){1,12})(?:[。；;]|\Z)"
)
_TITLES = lazy(
    rf"(?P<count>{_FREE_N}(?:篇|部|份|项|本|个|件|册|期)[^\s，,。；;：:、（）()0-9《》]{{0,12}})[：:，,]?(?P<titles>(?:《[^《》]{{1,60}}》[、，,和及与]?){{2,}}+)(?!等)"
)
_NO_NAME = "\\s，,。；;：:！？（）()0-9“”《》"
_OTHERS = rf"等(?P<count>{_N}(?:个|家|名|项|类|种|所|条|位|大类)(?![分人]))"
_AND_OTHERS = lazy(rf"(?P<names>[^{_NO_NAME}]{{1,40}}(?:、[^{_NO_NAME}、]{{1,40}}){{1,30}}){_OTHERS}")
_OTHERS_COUNTED = lazy(_OTHERS)
_OTHERS_LONGEST = 6  # characters of a count behind 等, with the one that may not follow
_NAMED_BEFORE = lazy(rf"[^{_NO_NAME}]++")
_LISTED_BEHIND = lazy(rf"[：:](?![为是即])[^{_NO_NAME}、]{{2,20}}、")
_TITLES_LISTED = tuple(f"》{between}《" for between in ("", "、", "，", ",", "和", "及", "与"))
_HALF = lazy(
    r"(?P<count>[0-9](?<![0-9.].)[0-9]*+\.(?=0*+[1-9])[0-9]++[余多]?(?:人次|场次|家|名|位|件|场|户|篇|份|册|期|批|辆|条|次|起|支|个(?!百分点|多?小时|多?月|工作日|学时|点)))"
)
_MINUS = lazy(
    r"(?P<count>[-－−](?<=[\u4e00-\u9fff].)(?<![零一二两三四五六七八九十百千万亿余多几年月日号第元个家项名人所类种条处场次户件支位篇份套期批].)"
    rf"[0-9]++(?:{MEASURES}|(?:\.[0-9]++)?[万亿]?[余多]?元))"
)
# 147000亿元: the unit was taken for another
_HUGE = lazy(r"[1-9](?<![0-9.].)[0-9]{4,}+(?:\.[0-9]++)?(?:亿元|万[人户家](?!次))")
_DIFFERENCE = lazy("[增减比较差变超欠升降]")
_AVERAGE = lazy("[每均约/比率倍]")
_FIRSTS = ("一是", "第一", "一要", "（一）", "1.", "1．", "1、", "①")
_HUGE_UNITS = ("亿元", "万人", "万户", "万家")
_ORDINALS = {"一是": "{}是", "一要": "{}要", "第一": "第{}", "（一）": "（{}）"}


def counts(text: str) -> Iterator[Contradiction]:
    """Every count that is followed by another number of names or points, is no whole number, is below zero, or too much."""
    listed = "、" in text
    if (listed or "分别" in text) and (says(text, _HOW) or _IS.search(text)):
        yield from _lists(text)
    if says(text, _FIRSTS):
        yield from _points(text)
    if listed and _LISTED_BEHIND.search(text):
        yield from _after_colon(text)
    if "》" in text and says(text, _TITLES_LISTED):
        yield from _titles(text)
    if listed and "等" in text and _OTHERS_COUNTED.search(text):
        yield from _and_others(text)
    if text.isalpha():
        return
    if "." in text:
        yield from _halves(text)
    if says(text, _HUGE_UNITS):
        for found in _HUGE.finditer(text):
            yield Contradiction(found.start(), found[0], "prose-count", reasons.TOO_MUCH, of_figure=True)
    if "-" in text or "－" in text or "−" in text:
        yield from _below_zero(text)


def _below_zero(text: str) -> Iterator[Contradiction]:
    """`座谈会-6次`: what is counted is not below zero; several of them are a list with dashes, others a difference."""
    found = list(_MINUS.finditer(text))
    if len(found) == 1 and not _DIFFERENCE.search(text[max(0, found[0].start() - 12) : found[0].start()]):
        yield Contradiction(found[0].start(), found[0]["count"], "prose-count", reasons.BELOW_ZERO, of_figure=True)


def _halves(text: str) -> Iterator[Contradiction]:
    """`25.5家`: what is counted one by one, unless an average is spoken of."""
    for found in _HALF.finditer(text):
        before = re.split("[，。；、,;\n]", text[max(0, found.start() - 12) : found.start()])[-1]
        if not _AVERAGE.search(before) and not text.startswith(("/", "每"), found.end()):
            yield Contradiction(found.start(), found["count"], "prose-count", reasons.NOT_WHOLE, of_figure=True)


def _lists(text: str) -> Iterator[Contradiction]:
    for found in _COUNT.finditer(text):
        announced = counted(found["n"])
        bounds = _names(found["names"], (found["how"] or "").startswith("分别"))
        words = {found["bound"], found["around"]} - {None}
        if announced is None or not bounds or words & {*_ABOUT}:
            continue
        least, most = bounds
        low, high = announced, announced
        if found["more"] or words & {*_LEAST}:
            high = max(announced, most)
        elif words & {*_MOST}:
            low = 0
        if low <= most and least <= high:
            continue
        listed = str(least) if least == most or high < least else f"{least}–{most}"
        start = found.start("bound") if found["bound"] else found.start("n")
        shown = text[start : found.end("count")]
        yield Contradiction(start, shown, "prose-count", reasons.LISTED.filled(listed=listed))


def _after_colon(text: str) -> Iterator[Contradiction]:
    """`三项制度：财务制度、考勤制度。`: a list that is nothing but names, up to the end of its sentence."""
    for found in _COLON.finditer(text):
        announced, bounds = counted(found["n"]), _names(found["names"], respectively=False)
        if announced is None or bounds is None or bounds[0] <= announced <= bounds[1]:
            continue
        reason = reasons.LISTED.filled(listed=bounds[0])
        yield Contradiction(found.start("count"), found["count"], "prose-count", reason)


def _titles(text: str) -> Iterator[Contradiction]:
    """`3篇报告：《甲》、《乙》`: more are named than there are, or fewer where no 等 leaves others out."""
    for found in _TITLES.finditer(text):
        announced, listed = counted(found["n"]), found["titles"].count("《")
        if announced is not None and announced != listed:
            yield Contradiction(
                found.start("count"), found["count"], "prose-count", reasons.LISTED.filled(listed=listed)
            )


def _and_others(text: str) -> Iterator[Contradiction]:
    """`甲、乙、丙等2家`: more are named than there are. Names are looked for where nothing parts them from a 等."""
    at = 0
    for names in _NAMED_BEFORE.finditer(text):
        if text.find("等", names.start(), names.end()) < 0:
            continue
        for found in _AND_OTHERS.finditer(text, max(at, names.start()), names.end() + _OTHERS_LONGEST):
            if found.start() >= names.end():
                break
            at = found.end()
            announced, listed = counted(found["n"]), found["names"].count("、") + 1
            if announced is not None and announced < listed:
                reason = reasons.NAMED_BEFORE.filled(listed=listed)
                yield Contradiction(found.start("count"), found["count"], "prose-count", reason)


def _points(text: str) -> Iterator[Contradiction]:
    """`三个方面：一是…；二是…`, up to the end of the paragraph or the next `一是`."""
    for found in _POINTS.finditer(text):
        announced = counted(found["n"])
        first = found["first"] if found["first"] == "（一）" else found["first"][:2]
        rest = text[found.end("first") :].split("\n")[0].split(first)[0]
        numerals = "一二三四五六七八九十" if first in _ORDINALS else "①②③④⑤⑥⑦⑧⑨⑩" if first == "①" else "123456789"
        marks = [_ORDINALS.get(first, "{}" + first[1:]).format(numeral) for numeral in numerals]
        listed = 1 + sum(1 for _ in takewhile(rest.__contains__, marks[1:]))
        if announced is None or announced == listed or any(mark in rest for mark in marks[listed:]):
            continue  # it agrees; or a number is left out, which is told of the points
        reason = reasons.GOES_ON_TO.filled(mark=marks[listed - 1], listed=listed)
        yield Contradiction(found.start("n"), found["count"], "prose-count", reason)


def _names(text: str, respectively: bool) -> tuple[int, int] | None:
    """The least and the greatest number of names that a list can hold; None where it is no complete list of names."""
    text = _QUOTED.sub(lambda found: "名" * len(found[0]), text)
    text = re.split("[）)]", text)[0]
    listed = re.split("[，,]", text)[0]
    if "、" not in listed and respectively and "、" not in text and re.search("[，,]", text):
        listed = re.sub("[，,]", "、", text)
    if re.search(r"[0-9]|等[^、]{0,12}\Z|[一二两三四五六七八九十](?:个|家|名|人|项)", listed):
        return None
    parts = listed.split("、")
    no_list = len(parts) == 1 and not (respectively and len(listed) <= 30)
    if no_list or any(not part.strip() or len(part) > 40 for part in parts):
        return None
    return len(parts), len(parts) + len(_AND.findall(parts[-1]))
