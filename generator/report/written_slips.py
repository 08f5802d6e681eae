"""Slips of writing that a text shows by itself, wherever it stands: days that no calendar has, marks without their other half, words
twice, what a form or a program leaves.

Works on printed text alone, and leaves out what it is not sure of. Most texts show nothing: every rule asks first for what it cannot do
without, by means that cost little of a long text and compile no pattern.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.diagnostics import Text
from generator.diagnostics.wording import report_reasons as reasons
from generator.formula.functions import says
from generator.kept.lazy_patterns import lazy
from generator.kept.light_tuples import NamedTuple
from generator.report.impossible_days import impossible_days, may_name_days
from generator.report.point_order import points_out_of_order

SHOWN = 20  # letters of a text that a finding shows
FEW = 40  # characters of a text whose letters are counted before they are compared
_TO_FILL = lazy(r"请?在?此处?填写|请填写|【?待(?:填|补充?|定(?![期点岗位性])|核实)】?")
_EMPTY = lazy(r"(?<![A-Za-z])[XxＸｘ×＊*]{2,}(?![A-Za-z])|[×＊*_＿?？]{2,}|\A\s*(?:…{1,2}|\.{3,})")
_BLANK_LETTERS = ("x", "X", "Ｘ", "ｘ")
_BLANK_SIGNS = (*_BLANK_LETTERS, "×", "＊", "*", "_", "＿", "?", "？")  # without one of them no search is worth it
_REMARK = lazy(r"【[^【】]{0,20}(?:核实|批注|补充|修改|确认|更新|待)[^【】]{0,20}】")
_SENTENCE = lazy(r"(?<![^。；;！？\n])[^。；;！？\n]{10,}[。；;！？]")
_STAMP = lazy(r"（(?:公章|盖章|此处|略)[^（）]{0,6}）|（\s*）|\(\s*\)")
_STAMPED = ("章", "（）", "()", "（ ", "此处", "（略")
_PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "【": "】", "〔": "〕", "「": "」", "[": "]"}
_SAME = str.maketrans("()", "（）")
_MARKS = lazy(r"[“”‘’《》（）()【】〔〕「」\[\]\"'](?:(?<!')|(?<=[\u3000-\u9fff]')|(?=[\u3000-\u9fff]))")
_COUNTS = lazy(r"[0-9一二三四五六七八九十a-zA-Z]\Z")
_NAMES = lazy(r"([\u4e00-\u9fff]{5,20}|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{3,4})、\1(?![\u4e00-\u9fff](?<![和及与等]))")
_SHORTEST, _LONGEST = 3, 20  # letters of such a name
_WORDS = lazy(r"([\u4e00-\u9fff]{2,6})\1")
_WORD = range(2, 7)  # letters of such a word
_REDOUBLED = lazy(r"一|逐|[大小多少高低上下左右来往点滴]")  # 一步一步, 方方面面: so they are said
_PARTICLES = lazy(r"的的(?!确)|与与|及及|和和(?![美气睦平谐])|(?<!一)将将(?!就)")
_SIGNS = lazy(r"[，。、；：！][，。、；：！]")
_UNITS = lazy(
    r"[0-9万亿千百](?:多(?=多)|余(?=余))|[0-9二两三四五六七八九十][余多]?(万余?元|元|万|[%％]|人次|[家个人次名件户篇场期项])(?=[万元%％人家个次名件户篇场期项])"
    r"(?!个[体人案性税]|家[庭具长畜电属风校政居园]|名[师医家企录单牌校誉称额优人]|项目|人[才员民群口大士事]|条[件例款]|场[地馆所景]|篇[章幅]|期[间刊货]|户[籍主外口])"
    r"|[0-9](年)(?=年[0-9])"
)
_OF_PROGRAMS = ("#", "<", "&", "\\", "=", "错误", "Error!", "E+", "E-", "NaN", "undefined", "null", "None")
_RESIDUE = lazy(
    r"#(?:REF|DIV/0|N/A|NAME|VALUE|NULL|NUM)(?![A-Za-z])[!?]?|#{4,}|错误[！!]\s*未(?:找到|指定|定义)[^。，]{0,8}|Error! [A-Z][A-Za-z ]{0,40}"
    r"|</?(?:b|i|u|p|br|div|span|font|strong|em|table|tr|td)(?:\s[^<>]{0,80})?/?>|&(?:nbsp|lt|gt|amp|quot|#[0-9]{2,5});"
    r"|\\[nrt](?![A-Za-z])|(?<!\w)=(?:SUM|IF|ROUND|AVERAGE|VLOOKUP|COUNT)\(|(?<![0-9A-Za-z.])[0-9](?:\.[0-9]+)?E[+-][0-9]{2}(?![0-9])"
    r"|(?<![A-Za-z])(?:NaN|undefined|null|None)(?![A-Za-z])"
)
LOOKS_ALIKE = "\u2e80-\u2fdf\uf900-\ufaff岀収"  # characters that look like others
_LOOK_ALIKE = lazy(rf"[{LOOKS_ALIKE}](?!”)")
_OF_ITS_LOOK = dict(
    zip(
        "岀収⻅⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "出收见贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)  # Unicode folds the others


class Found(NamedTuple):
    """A slip: where it begins and ends in the printed text, its code, what its message names, and why where that differs."""

    start: int
    end: int
    code: str
    text: str
    reason: Text | None = None


def slips_of(text: str, odd: bool = True) -> tuple[Found, ...]:
    """The slips of a text, by kind.

    Args:
        text: as it prints.
        odd: whether it may hold one of the characters that look like others.
    """
    letters = text.isalpha()  # nothing but letters: no digit, no sign, no space
    found: list[Found] = []
    if may_name_days(text):
        found += (Found(start, end, "text-no-such-day", words, why) for start, end, words, why in impossible_days(text))
    if says(text, _OF_PROGRAMS):
        found += (
            Found(one.start(), one.end(), "text-residue", one[0], reasons.FROM_PROGRAM)
            for one in _RESIDUE.finditer(text)
        )
    if odd:
        found += _alike(text)
    found += _left(text, letters)
    found += _twice(text, letters)
    return tuple(found) if letters else (*found, *_unpaired(text), *_out_of_order(text))


def _out_of_order(text: str) -> Iterator[Found]:
    """Points that do not follow each other."""
    for start, end, words, why in points_out_of_order(text):
        yield Found(start, end, "text-point-order", words, why)


def _alike(text: str) -> Iterator[Found]:
    """The first character that only looks like the one that is meant."""
    if (alike := _LOOK_ALIKE.search(text)) is not None:
        meant = _OF_ITS_LOOK.get(alike[0]) or unicodedata.normalize("NFKC", alike[0])
        why = reasons.LOOKS_LIKE.filled(point=f"U+{ord(alike[0]):04X}", meant=meant)
        why = reasons.FROM_PROGRAM if meant == alike[0] else why
        yield Found(alike.start(), alike.end(), "text-residue", alike[0], why)


def _left(text: str, letters: bool) -> list[Found]:
    """What a form leaves for the filler."""
    patterns = [_TO_FILL] if "填" in text or "待" in text else []
    if not letters and "【" in text:
        patterns.append(_REMARK)
    if says(text, _BLANK_LETTERS if letters else _BLANK_SIGNS) or (not letters and text.lstrip()[:1] in ("…", ".")):
        patterns.append(_EMPTY)
    if not letters and ("（" in text or "(" in text) and says(text, _STAMPED):
        patterns.append(_STAMP)
    return [
        Found(found.start(), found.end(), "text-placeholder", found[0].strip())
        for pattern in patterns
        for found in pattern.finditer(text)
    ]


# --- twice


def _twice(text: str, letters: bool) -> list[Found]:
    """Units, words and signs that stand twice."""
    found: list[Found] = []
    in_a_row, side_by_side = _repeats(text)
    if in_a_row:
        found += _units_twice(text)
    if not letters:
        found += map(_said_again, _SIGNS.finditer(text))
    if in_a_row:
        found += map(_said_again, _PARTICLES.finditer(text))
    if not letters and _may_name_twice(text):
        found += map(_said_again, _NAMES.finditer(text))
    if not letters and text.count("。") + text.count("；") > 1:
        found += _sentences_twice(text)
    if side_by_side:
        found += (_said_again(one) for one in _WORDS.finditer(text) if not _REDOUBLED.match(one[1]))
    return found


def _said_again(found: re.Match[str]) -> Found:
    return Found(found.start(), found.end(), "text-twice", found[0])


def _repeats(text: str) -> tuple[bool, bool]:
    """Whether a character may stand twice in a row, and whether a word may, one beside the other.

    The text is read as one number and taken with itself moved on: where characters are the same, nothing is left.
    """
    if len(text) < FEW and len(set(text)) == len(text):
        return False, False
    drawn = text.encode("utf-16-le", "surrogatepass")
    number, size = int.from_bytes(drawn, "little"), len(drawn)
    in_a_row = b"\0\0" in (number ^ number >> 16).to_bytes(size, "little")
    for letters in _WORD:
        if b"\0\0" * letters in (number ^ number >> 16 * letters).to_bytes(size, "little"):
            return in_a_row, True
    return in_a_row, False


def _units_twice(text: str) -> Iterator[Found]:
    for found in _UNITS.finditer(text):
        start = found.start(found.lastindex or 0) + (not found.lastindex)
        if text.startswith(found[0][-1], found.end()):
            yield Found(start, found.end() + 1, "text-twice", text[start : found.end() + 1])


def _may_name_twice(text: str) -> bool:
    """Whether the end of what stands before a 、 stands behind it once more."""
    at = text.find("、", _SHORTEST)
    while at >= 0:
        if text.find(text[at - _SHORTEST : at], at + 1, at + 1 + _LONGEST) >= 0:
            return True
        at = text.find("、", at + 1)
    return False


def _sentences_twice(text: str) -> Iterator[Found]:
    """A sentence that stands there once already."""
    sentences = [one.strip() for one in _SENTENCE.findall(text)]
    if len({*sentences}) == len(sentences):
        return
    seen: set[str] = set()
    for found in _SENTENCE.finditer(text):
        sentence = found[0].strip()
        if sentence in seen:
            yield Found(found.start(), found.end(), "text-twice", f"{sentence[:SHOWN]}…")
            return
        seen.add(sentence)


# --- marks of pairs


def _unpaired(text: str) -> Iterator[Found]:
    """The first mark of a pair that has no other half."""
    marks = _MARKS.findall(text)
    if marks[1::2] == [_PAIRS.get(mark) for mark in marks[::2]]:
        return  # every one is followed by its other half, as most are
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
