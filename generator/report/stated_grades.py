"""Grades and total scores that a sentence states, against those of the report: `自评得分95分，评价等级为良` where they are 98 and 优."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.formula.functions import says
from generator.kept.lazy_patterns import lazy
from generator.kept.light_tuples import NamedTuple
from generator.report.compute import Computation
from generator.report.record import Record

_OF_SCORE = lazy(r"band\((?P<score>\w+), (?P<bands>\w+)\)\Z")
_GRADE = lazy(
    r"(?:等级|等次|档次|评价结果|自评结果)(?:评定|确定)?(?:为|是|：|:)[“\"]?(?P<grade>[\u4e00-\u9fff]{1,3}?)(?=[”\"]?(?:[级等]?[次级]?)(?:[，,。；;、）)]|\Z))"
)
_TOTAL = lazy(
    r"(?:自评|综合|评价|最终|绩效)(?:得分|总分|评分)(?:合计)?(?:为|是|：|:)?\s*(?P<total>[0-9]+(?:\.[0-9]+)?)分"
)
_SPOKEN = ("自评", "评价", "得分", "总分")
_ANOTHER = lazy("上年|去年|往年|目标|力争|争取|考核|满意|平均|项目|指标|单项|[0-9]{4}年")
_SENTENCE = lazy(r"[。；;！？!?\n]")


def may_state_grades(text: str) -> bool:
    """Whether a text states a grade or a total at all."""
    return bool(says(text, _SPOKEN)) and (_GRADE.search(text) or _TOTAL.search(text)) is not None


class Stated(NamedTuple):
    """A grade or a total that is not the report's: where it stands, its words, the field's label and value."""

    start: int
    text: str
    label: str
    value: str


class Grades:
    """The grade of a report and the score that it is of."""

    def __init__(self, computation: Computation):
        self.grade = self.score = None
        self.labels = ("", "")
        root = computation.root
        for name, cell in root.section.cells.items():
            found = _OF_SCORE.match(cell.formula) if cell.formula.startswith("band(") else None
            score = root.section.cells.get(found["score"]) if found else None
            if found and score is not None and found["bands"] in computation.standard.parameters:
                self.labels = cell.field.label, score.field.label
                self.names = {_plain(one) for one in computation.standard.parameters[found["bands"]].value}
                self.grade, self.score = root.get(name), root.get(found["score"])
                self.totals = {value for value in _scores(computation, found["score"]) if isinstance(value, Decimal)}

    def differing(self, text: str) -> Iterator[Stated]:
        """Every grade and total of a text that is not the report's."""
        if not isinstance(self.grade, str) or not isinstance(self.score, Decimal):
            return
        for found in (*_GRADE.finditer(text), *_TOTAL.finditer(text)):
            before = _SENTENCE.split(text[: found.start()])[-1]
            if _ANOTHER.search(before) or not says(before + found[0], _SPOKEN):
                continue
            stated = found.groupdict()
            grade = _plain(stated.get("grade") or "")
            if grade in self.names and grade != _plain(self.grade):
                yield Stated(found.start(), found[0], self.labels[0], self.grade)
            elif (total := stated.get("total")) and Decimal(total) not in self.totals:
                yield Stated(found.start(), found[0], self.labels[1], f"{self.score.normalize():f}")


def _scores(computation: Computation, name: str) -> Iterator[object]:
    """The values of a field of this name in all records."""
    records: list[Record] = [one for records in computation.records.values() for one in records]
    return (record.get(name) for record in records if name in record.section.cells)


def _plain(grade: str) -> str:
    """A grade without what some add to it: 优 and 优等 are the same."""
    return re.sub(r"[秀好等]\Z", "", grade)
