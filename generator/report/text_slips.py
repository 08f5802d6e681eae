"""Slips of writing that a text shows by itself: days that no calendar has, marks without their other half, words twice, what a form
leaves for the filler, references without their braces, items that carry a number of their own.

Works on printed text alone, and leaves out what it is not sure of.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from generator.diagnostics import Text
from generator.diagnostics.wording import level_words as words
from generator.diagnostics.wording import report_reasons as reasons
from generator.kept.lazy_patterns import lazy
from generator.kept.light_tuples import NamedTuple
from generator.report.broken_off import PHRASE, broken_off
from generator.report.compute import Computation
from generator.report.impossible_days import impossible_days
from generator.report.kept_words import Kept
from generator.report.point_order import points_out_of_order
from generator.report.record import Record
from generator.report.repeated_items import title_of
from generator.report.repeated_leads import repeated_lead
from generator.report.spoken_texts import Prose
from generator.source import List, Node, Scalar
from generator.standard.kinds import kind_of

REMEMBERED = 2_000  # characters of a text that is remembered for the next data file
_PERSON = 4  # letters of a person's name, which may be spaced out
_GAP = lazy(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_SPOKEN_OF = ("check-failed", "narrative-unit")  # a text that is told of already
SHOWN = 20  # letters of a text that a finding shows
_TO_FILL = lazy(r"请?在?此处?填写|请填写|【?待(?:填|补充?|定(?![期点岗位性])|核实)】?")
_NOTE = lazy(r"\A\s*(?:待确认|公布稿(?:没有|未))|由(?:单位|本单位|部门|人)(?:来)?(?:确认|核实)[。]?\s*\Z")
_TITLES, _BODIES, _LONG_TITLE = (
    ("标题", "名称"),
    ("内容", "摘要", "说明"),
    60,
)  # letters of a title that goes on for long
_EMPTY = lazy(r"(?<![A-Za-z])[XxＸｘ×＊*]{2,}(?![A-Za-z])|[×＊*_＿?？]{2,}|\A\s*(?:…{1,2}|\.{3,})")
_BLANK_SIGNS = frozenset("XxＸｘ×＊*_＿?？")  # without one of them no search is worth it
_REMARK = lazy(r"【[^【】]{0,20}(?:核实|批注|补充|修改|确认|更新|待)[^【】]{0,20}】")
_SENTENCE = lazy(r"(?<![^。；;！？\n])[^。；;！？\n]{10,}[。；;！？]")
_FIGURE = lazy(r"[0-9]+(?:\.[0-9]+)?")
_STAMP = lazy(r"（(?:公章|盖章|此处|略)[^（）]{0,6}）|（\s*）|\(\s*\)")
_PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "【": "】", "〔": "〕", "「": "」", "[": "]"}
_SAME = str.maketrans("()", "（）")
_MARKS = lazy(r"[“”‘’《》（）()【】〔〕「」\[\]\"]|(?<=[\u3000-\u9fff])'|'(?=[\u3000-\u9fff])")
_COUNTS = lazy(r"[0-9一二三四五六七八九十a-zA-Z]\Z")
_NAMES = lazy(r"([\u4e00-\u9fff]{5,20}|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{3,4})、\1(?![\u4e00-\u9fff](?<![和及与等]))")
_WORDS = lazy(r"([\u4e00-\u9fff]{2,6})\1")
_REDOUBLED = lazy(r"一|逐|[大小多少高低上下左右来往点滴]")  # 一步一步, 方方面面: so they are said
_PARTICLES = lazy(r"的的(?!确)|与与|及及|和和(?![美气睦平谐])|(?<!一)将将(?!就)")
_SIGNS = lazy(r"[，。、；：！][，。、；：！]")
_UNITS = lazy(
    r"[0-9万亿千百](?:多(?=多)|余(?=余))|[0-9二两三四五六七八九十][余多]?(万余?元|元|万|[%％]|人次|[家个人次名件户篇场期项])(?=[万元%％人家个次名件户篇场期项])"
    r"(?!个[体人案性税]|家[庭具长畜电属风校政居园]|名[师医家企录单牌校誉称额优人]|项目|人[才员民群口大士事]|条[件例款]|场[地馆所景]|篇[章幅]|期[间刊货]|户[籍主外口])"
    r"|[0-9](年)(?=年[0-9])"
)
_NUMBERED = lazy(
    r"\s*([0-9]{1,2}(?:[、．)）]|\.(?![0-9]))|[（(][0-9一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳]"
    r"|[一二三四五六七八九十]是|第[一二三四五六七八九十][，,、：:])"
)
_MARKDOWN = ("text-residue", "text-point-order")  # what means something in Markdown
_OF_PROGRAMS = ("#", "<", "&", "\\", "=", "错误", "Error!", "E+", "E-", "NaN", "undefined", "null", "None")
_RESIDUE = lazy(
    r"#(?:REF|DIV/0|N/A|NAME|VALUE|NULL|NUM)(?![A-Za-z])[!?]?|#{4,}|错误[！!]\s*未(?:找到|指定|定义)[^。，]{0,8}|Error! [A-Z][A-Za-z ]{0,40}"
    r"|</?(?:b|i|u|p|br|div|span|font|strong|em|table|tr|td)(?:\s[^<>]{0,80})?/?>|&(?:nbsp|lt|gt|amp|quot|#[0-9]{2,5});"
    r"|\\[nrt](?![A-Za-z])|(?<!\w)=(?:SUM|IF|ROUND|AVERAGE|VLOOKUP|COUNT)\(|(?<![0-9A-Za-z.])[0-9](?:\.[0-9]+)?E[+-][0-9]{2}(?![0-9])"
    r"|(?<![A-Za-z])(?:NaN|undefined|null|None)(?![A-Za-z])"
)
_LOOK_ALIKE = lazy("[\u2e80-\u2fdf\uf900-\ufaff岀収](?!”)")
_OF_ITS_LOOK = dict(
    zip(
        "岀収⻅⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "出收见贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)  # Unicode folds the others
_DOUBLED = lazy(r"【【|〔〔|「「|《《|（（|<<|\[\[|\(\(")
_PATH = lazy(r"(?<!\w)[\d_]*+([^\W\d_]\w*+)\.([^\W\d_]\w*)")


class Found(NamedTuple):
    """A slip: where it begins and ends in the printed text, its code, what its message names, and why where that differs."""

    start: int
    end: int
    code: str
    text: str
    reason: Text | None = None


class Slips:
    """What is told of the slips of one report's texts: the first of each kind in a text.

    Args:
        computation: the report.
        kept: what the data file keeps as it stands.
    """

    def __init__(self, computation: Computation, kept: Kept):
        self.computation = computation
        self.kept = kept
        self.exchanged: set[str] = set()  # titles that stand in the place of texts
        self._unended: dict[int, bool] = {}  # by list: whether all of its texts but one end
        self._numbered: dict[object, Node] = {}  # by list: the first of its texts or titles that carries a number
        self.doubted = {found.location.path for found in computation.diagnostics if found.code in _SPOKEN_OF}

    def tell(self, prose: Prose) -> None:
        """Tell the slips of a text, unless a check speaks of it."""
        text = prose.printed
        slips = _slips(text) if len(text) <= REMEMBERED else _slips.__wrapped__(text)
        field = prose.record.section.cells[prose.name].field
        if field.markdown:
            slips = tuple(
                one for one in slips if one.code not in _MARKDOWN and one.text.strip("*_")
            )  # bold, headings, lists
        if _speaks_to_checkers(text) and not _not_printed(prose):
            slips = (*slips, _note(text))
        if slips or "." in text:
            self._tell_found(prose, (*slips, *_bare_references(self.computation, prose)))
        if self._tell_exchanged(prose):
            return
        self._tell_repeated_lead(prose, field.label)
        if len(text) >= PHRASE and not field.markdown and prose.can_refer:
            self._tell_broken_off(prose, kind_of(field).lines)
        if ("\n" in text or "\t" in text) and self._broken(prose):
            self._tell_lines(prose)
        elif prose.suffix.startswith("[") or _is_title(prose):
            self._tell_numbered(prose)
        elif field.plain and len(text) > _PERSON and (gap := _GAP.search(text)):
            self.kept.tell("text-gap", prose, gap.start(), text=text[:SHOWN])

    def _tell_found(self, prose: Prose, slips: tuple[Found, ...]) -> None:
        told: set[str] = set()
        for slip in slips:
            offset, literal = prose.written(slip.start)
            last, ends = prose.written(max(slip.start, slip.end - 1))
            if slip.code not in told and (literal or ends) and prose.path not in self.doubted:
                told.add(slip.code)
                said = {"text": slip.text} | ({"reason": slip.reason} if slip.reason else {})
                self.kept.tell(slip.code, prose, offset if literal else last, **said)

    def _tell_repeated_lead(self, prose: Prose, label: str) -> None:
        """Tell of a text that begins with the words that are printed before it."""
        found = repeated_lead(label, prose.printed)
        if found and prose.path not in self.doubted:
            offset, literal = prose.written(found[0])
            if literal:
                self.kept.tell("text-repeated-lead", prose, offset, text=found[1], label=label)

    def _tell_broken_off(self, prose: Prose, paragraphs: bool) -> None:
        """Tell of a text that stops in the middle of a sentence."""
        items = prose.record.source.get(prose.name) if prose.suffix.startswith("[") else None
        found = broken_off(prose.printed, paragraphs, isinstance(items, List) and self._one_unended(items))
        if found and prose.path not in self.doubted:
            offset, literal = prose.written(found[0] - 1)
            if literal:
                self.kept.tell("text-breaks-off", prose, offset, text=found[1])

    def _one_unended(self, items: List) -> bool:
        """Whether all texts of a list but one end with a full stop; asked of each of them."""
        if id(items) not in self._unended:
            whole = sum(getattr(one, "text", "").rstrip().endswith("。") for one in items)
            self._unended[id(items)] = len(items) > 2 and whole == len(items) - 1
        return self._unended[id(items)]

    @staticmethod
    def _broken(prose: Prose) -> bool:
        """Whether a line ends inside a name, a title or an item of a list, of which each is one line."""
        field = prose.record.section.cells[prose.name].field
        if field.markdown or kind_of(field).lines:
            return False
        return prose.suffix.startswith("[") or _is_title(prose) or field.plain or not prose.can_refer

    def _tell_lines(self, prose: Prose) -> None:
        """Tell of a name, a title or an item of a list that goes over several lines: several items, or a name pasted so."""
        written = prose.node.text
        lines = [line.strip() for line in re.split(r"[\n\t]+", written.strip()) if line.strip()]
        if len(lines) > 1:
            several = prose.suffix.startswith("[") and sum(len(line) > _PERSON for line in lines) > 1
            advice = words.ITEMS_IN_ONE if several else words.LINES_JOINED.filled(text="".join(lines)[: 2 * SHOWN])
            at = min((index for sign in "\n\t" if (index := written.strip().find(sign)) >= 0), default=0)
            self.kept.tell("text-lines", prose, at, text=lines[0][:SHOWN], count=len(lines), advice=advice)

    def _tell_exchanged(self, prose: Prose) -> bool:
        """Tell of a title that is a text of sentences, beside a text that is none and shorter; whether it is one."""
        if prose.name not in _TITLES or "。" not in prose.node.text:
            return False
        for name in _BODIES:
            body = prose.record.source.get(name)
            if isinstance(body, Scalar) and body.text.strip() and "。" not in body.text and "{" not in body.text:
                if len(body.text) < min(len(prose.node.text), _LONG_TITLE):
                    said = {"title": prose.name, "body": name, "text": prose.printed[:SHOWN]}
                    self.kept.tell("title-and-text", prose, 0, **said)
                    self.exchanged.add(prose.path)
                    self.kept.spare((prose.path, prose.record.path_of(name)))
                    return True
                break
        return False

    def _tell_numbered(self, prose: Prose) -> None:
        """Tell of a list of texts whose items carry numbers, at the first of them: the template numbers them."""
        found = _NUMBERED.match(prose.node.text)
        items = prose.record.source.get(prose.name)
        if found is None or (found[1] == "一是" and "二是" in prose.node.text):
            return
        held = id(items) if isinstance(items, List) else (id(prose.record.parent), prose.record.section.path)
        if self._numbered.setdefault(held, prose.node) is prose.node:
            self.kept.tell("text-numbered", prose, found.start(1), text=found[1])


def _speaks_to_checkers(text: str) -> bool:
    """Whether a text is a note to those who check the report."""
    return _NOTE.search(text) is not None if "确认" in text or "公布稿" in text else False


def _note(text: str) -> Found:
    found = _NOTE.search(text)
    assert found is not None
    return Found(found.start(), found.end(), "text-placeholder", text[found.start() : found.start() + SHOWN])


def _not_printed(prose: Prose) -> bool:
    """Whether a field is a note itself."""
    field = prose.record.section.cells[prose.name].field
    return "待确认" in prose.name or "不印" in str(field.description or "")


def _is_title(prose: Prose) -> bool:
    """Whether a text is what an item of a list without keys begins with."""
    section = prose.record.section
    return prose.record.index is not None and not section.type.key and title_of(section) == prose.name


@lru_cache(maxsize=1024)  # indicators repeat each other's words, departments those of the standard's sample
def _slips(text: str) -> tuple[Found, ...]:
    days = (Found(start, end, "text-no-such-day", words, why) for start, end, words, why in impossible_days(text))
    points = (Found(start, end, "text-point-order", words, why) for start, end, words, why in points_out_of_order(text))
    return (*days, *_residue(text), *_left(text), *_twice(text), *_unpaired(text), *points)


def _residue(text: str) -> Iterator[Found]:
    """What a copy from a workbook, a page or a program brings along."""
    if any(sign in text for sign in _OF_PROGRAMS):
        for found in _RESIDUE.finditer(text):
            yield Found(found.start(), found.end(), "text-residue", found[0], reasons.FROM_PROGRAM)
    if (alike := _LOOK_ALIKE.search(text)) is not None:
        meant = _OF_ITS_LOOK.get(alike[0]) or unicodedata.normalize("NFKC", alike[0])
        why = reasons.LOOKS_LIKE.filled(point=f"U+{ord(alike[0]):04X}", meant=meant)
        why = reasons.FROM_PROGRAM if meant == alike[0] else why
        yield Found(alike.start(), alike.end(), "text-residue", alike[0], why)


def _left(text: str) -> Iterator[Found]:
    """What a form leaves for the filler."""
    for pattern in _left_open(text):
        for found in pattern.finditer(text):
            yield Found(found.start(), found.end(), "text-placeholder", found[0].strip())


def _twice(text: str) -> Iterator[Found]:
    """Units, words and signs that stand twice."""
    for found in _UNITS.finditer(text):
        start = found.start(found.lastindex or 0) + (not found.lastindex)
        if text.startswith(found[0][-1], found.end()):
            yield Found(start, found.end() + 1, "text-twice", text[start : found.end() + 1])
    for found in (*_SIGNS.finditer(text), *_PARTICLES.finditer(text)):
        yield Found(found.start(), found.end(), "text-twice", found[0])
    for found in _NAMES.finditer(text) if "、" in text else ():
        yield Found(found.start(), found.end(), "text-twice", found[0])
    yield from _sentences_twice(text)
    for found in _WORDS.finditer(text):
        if not _REDOUBLED.match(found[1]):
            yield Found(found.start(), found.end(), "text-twice", found[0])


def _sentences_twice(text: str) -> Iterator[Found]:
    """A sentence that stands there once already."""
    seen: set[str] = set()
    for found in _SENTENCE.finditer(text) if text.count("。") + text.count("；") > 1 else ():
        sentence = found[0].strip()
        if sentence in seen:
            yield Found(found.start(), found.end(), "text-twice", f"{sentence[:SHOWN]}…")
            return
        seen.add(sentence)


def _left_open(text: str) -> Iterator[re.Pattern[str]]:
    """The patterns of what a form leaves to fill in that a text may hold."""
    if "填" in text or "待" in text:
        yield _TO_FILL
    if "【" in text:
        yield _REMARK
    if text.lstrip()[:1] in ("…", ".") or not _BLANK_SIGNS.isdisjoint(text):
        yield _EMPTY
    if "章" in text or "（）" in text or "()" in text or "（ " in text or "此处" in text or "（略" in text:
        yield _STAMP


def _unpaired(text: str) -> Iterator[Found]:
    """The first mark of a pair that has no other half."""
    opened: list[tuple[str, int]] = []
    quotes: dict[str, list[int]] = {'"': [], "'": []}
    for found in _MARKS.finditer(text):
        mark, at = found[0], found.start()
        if mark in quotes:
            quotes[mark].append(at)
        elif mark in _PAIRS:
            opened.append((mark, at))
        elif opened and _PAIRS[opened[-1][0]].translate(_SAME) == mark.translate(_SAME):
            opened.pop()
        elif mark in ")）" and _COUNTS.search(text[:at]):
            continue  # 1）, （一)
        elif mark == "’" and at and text[at - 1].isascii():
            continue  # an apostrophe
        else:
            yield _mark(text, at)
            return
    odd = [places[-1] for places in quotes.values() if len(places) % 2]
    if opened or odd:
        yield _mark(text, opened[-1][1] if opened else odd[0])


def _mark(text: str, at: int) -> Found:
    shown = text[max(0, at - SHOWN // 2) : at + SHOWN // 2 + 1]
    return Found(at, at + 1, "text-unpaired", " ".join(shown.split()))


def _bare_references(computation: Computation, prose: Prose) -> Iterator[Found]:
    """`事实.走访家数` without its braces, which would print as it is."""
    text = prose.printed
    if not _joins_names(text) or not prose.can_refer:
        return
    for found in _PATH.finditer(text):
        for record in (prose.record, computation.root):
            holder = max((name for name in record.section.cells if found[1].endswith(name)), key=len, default="")
            names = _inside(record, holder) if holder else []
            name = max((name for name in names if found[2].startswith(name)), key=len, default="")
            if name:
                start, end = found.end(1) - len(holder), found.start(2) + len(name)
                around = text[:start].rstrip()[-1:] + text[end:].lstrip()[:1]
                if set(around) & set("{}｛｝﹛﹜$＄«»‹›#＃@%％<>") or _DOUBLED.search(text[:start].rstrip()[-2:]):
                    return  # told as braces
                yield Found(start, end, "text-bare-reference", f"{holder}.{name}")
                return


def _joins_names(text: str) -> bool:
    """Whether a point stands before a letter anywhere."""
    at = text.find(".")
    while at >= 0:
        behind = text[at + 1 : at + 2]
        if behind == "_" or (behind.isalnum() and not behind.isdecimal()):
            return True
        at = text.find(".", at + 1)
    return False


def _inside(record: Record, name: str) -> list[str]:
    """The names that can stand behind the name of a record or map and a point."""
    cell = record.section.cells[name]
    if cell.field.many:
        return []
    value = record.get(name)
    if isinstance(value, dict) and kind_of(cell.field).facts:
        return [str(key) for key in value]
    return list(cell.section.cells) if cell.section is not None else []
