"""What is told of slips of writing where they stand: those that a text shows by itself, and texts that are wrong in their place: titles
that are sentences, items that carry a number of their own, references without their braces.

Leaves out what it is not sure of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics.wording import level_words as words
from generator.kept.lazy_patterns import lazy
from generator.report.broken_off import PHRASE, broken_off
from generator.report.compute import Computation
from generator.report.kept_words import Kept
from generator.report.record import Record
from generator.report.repeated_items import title_of
from generator.report.repeated_leads import repeated_lead
from generator.report.spoken_texts import Prose
from generator.report.written_slips import SHOWN, Found
from generator.source import List, Node, Scalar
from generator.standard import Field
from generator.standard.kinds import kind_of

_PERSON = 4  # letters of a person's name, which may be spaced out
_GAP = lazy(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_SPOKEN_OF = ("check-failed", "narrative-unit")  # a text that is told of already
_NOTE = lazy(r"\A\s*(?:待确认|公布稿(?:没有|未))|由(?:单位|本单位|部门|人)(?:来)?(?:确认|核实)[。]?\s*\Z")
TITLES, _BODIES = ("标题", "名称"), ("内容", "摘要", "说明")
_LONG_TITLE = 60  # letters of a title that goes on for long
_NUMBERED = lazy(
    r"\s*([0-9]{1,2}(?:[、．)）]|\.(?![0-9]))|[（(][0-9一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳]"
    r"|[一二三四五六七八九十]是|第[一二三四五六七八九十][，,、：:])"
)
_NUMBERING = frozenset("0123456789（(一二三四五六七八九十第①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")  # what that begins with
_MARKDOWN = ("text-residue", "text-point-order")  # what means something in Markdown
_DOUBLED = lazy(r"【【|〔〔|「「|《《|（（|<<|\[\[|\(\(")
_PATH = lazy(r"(?<!\w)[\d_]*+([^\W\d_]\w*+)\.([^\W\d_]\w*)")


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

    def tell(self, prose: Prose, slips: tuple[Found, ...]) -> None:
        """Tell the slips of a text, of which those of writing are known, unless a check speaks of it."""
        text = prose.printed
        field = prose.record.section.cells[prose.name].field
        if field.markdown:
            slips = tuple(
                one for one in slips if one.code not in _MARKDOWN and one.text.strip("*_")
            )  # bold, headings, lists
        if speaks_to_checkers(text) and not not_printed(field):
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
        if prose.name not in TITLES or "。" not in prose.node.text:
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


def starts_with_number(text: str) -> bool:
    """Whether a text carries the number of an item."""
    return text.lstrip()[:1] in _NUMBERING and _NUMBERED.match(text) is not None


def speaks_to_checkers(text: str) -> bool:
    """Whether a text is a note to those who check the report."""
    return _NOTE.search(text) is not None if "确认" in text or "公布稿" in text else False


def _note(text: str) -> Found:
    found = _NOTE.search(text)
    assert found is not None
    return Found(found.start(), found.end(), "text-placeholder", text[found.start() : found.start() + SHOWN])


def not_printed(field: Field) -> bool:
    """Whether a field is a note itself."""
    return "待确认" in field.name or "不印" in str(field.description or "")


def _is_title(prose: Prose) -> bool:
    """Whether a text is what an item of a list without keys begins with."""
    section = prose.record.section
    return prose.record.index is not None and not section.type.key and title_of(section) == prose.name


def _bare_references(computation: Computation, prose: Prose) -> Iterator[Found]:
    """`事实.走访家数` without its braces, which would print as it is."""
    text = prose.printed
    if not joins_names(text) or not prose.can_refer:
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


def joins_names(text: str) -> bool:
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
