"""Computed fields that come out blank: a hole in the report, told with the inputs that are missing."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import report_reasons as reasons
from generator.formula import INVALID, InvalidInput, Recorder
from generator.kept.lazy_patterns import lazy
from generator.report.record import Record, Seen, evaluate
from generator.report.session import Session
from generator.report.stated_text import says_nothing
from generator.source import place_words
from generator.standard import Cell

SHOWN_MISSING = 6
_OF_ITEMS = lazy(r"\b(sum|join|min|max)\(")

Key = tuple[int, str]


def why_without_value(formula: str, zeros: bool) -> Text:
    """Why a formula gives nothing although all that it reads has a value; `zeros`: whether any of that is 0."""
    if "/" in formula and zeros:
        return reasons.DIVIDES_BY_ZERO
    if "band(" in formula:
        return reasons.NO_BAND
    if _OF_ITEMS.search(formula):
        return reasons.NO_ITEM
    return reasons.NO_SUCH_VALUE


class BlankFields:
    """The blanks of one report that were told; one cause is told once, at the input that it lies in."""

    def __init__(self, session: Session):
        self.session = session
        self.causes: set[Key] = set()

    def tell(self, record: Record, cell: Cell) -> None:
        """A required computed field is blank: tell which inputs are missing, or why there is no value.

        Everything that depends on the field is then silent, and a draft leaves its place open.
        """
        name = cell.field.name
        self.session.missing.add((id(record), name))
        if self.session.hollow and any(id(at) in self.session.hollow for at in record.chain()):
            return
        absent, others = _inputs(record, cell)
        causes = {(id(other), inner) for other, inner in absent}
        if causes and causes <= self.causes:
            return
        self.causes |= causes
        if absent:
            self._missing(record, cell, absent)
        else:
            self._without_value(record, cell, others)

    def _missing(self, record: Record, cell: Cell, absent: list[tuple[Record, str]]) -> None:
        shown: list[Text] = []
        for other, name in absent[:SHOWN_MISSING]:
            path, place = other.path_of(name), place_words(self.session.source, other.place_of(name))
            label = other.section.cells[name].field.label
            own = "" if label == name else f"“{label}”"
            shown.append(Text(f"{own}{path}（{place.zh}）", f"{own}{path} ({place.en})"))
        more = len(absent) - len(shown)
        zh = "、".join(text.zh for text in shown) + (f" 等{len(absent)}项" if more else "")
        en = ", ".join(text.en for text in shown) + (f" and {more} more" if more else "")
        inputs = tuple(other.path_of(name) for other, name in absent)
        reason = reasons.MISSING.filled(zh=zh, en=en)
        hint = reasons.FILL_IN if len(absent) == 1 else reasons.FILL_IN_SOME
        self._tell(absent[0][0].place_of(absent[0][1]), record, cell, reason, hint, inputs)

    def _without_value(self, record: Record, cell: Cell, inputs: list[tuple[Record, str]]) -> None:
        zeros = [(other, name) for other, name in inputs if other[name] == 0]
        formula = cell.formula or ""
        reason = why_without_value(formula, bool(zeros))
        at = zeros[0] if zeros and "/" in formula else next(iter(inputs), None)
        place = record.place
        if at is not None and at[0].source.get(at[1]) is not None:
            place = at[0].place_of(at[1])
        cause = at if at is not None else (record, cell.field.name)
        if "/" in formula and (id(cause[0]), cause[1]) in self.causes:
            return
        self.causes.add((id(cause[0]), cause[1]))
        self._tell(place, record, cell, reason, reasons.CHECK_INPUTS)

    def _tell(
        self, place: tuple[int, int], record: Record, cell: Cell, reason: Text, hint: Text, inputs: tuple[str, ...] = ()
    ) -> None:
        path, told = record.path_of(cell.field.name), {"label": cell.field.label, "reason": reason, "inputs": inputs}
        self.session.tell_missing("computed-blank", place, path, hint, **told)


def _inputs(record: Record, cell: Cell) -> tuple[list[tuple[Record, str]], list[tuple[Record, str]]]:
    """The inputs of a blank field in reading order: those that say nothing, and the others."""
    absent: list[tuple[Record, str]] = [(record, cell.field.name)] if cell.origin == "data" else []
    others: list[tuple[Record, str]] = []
    queue = list(_read(record, cell).values())
    told: set[Key] = set()
    while queue:
        other, name = queue.pop(0)
        if (id(other), name) in told:
            continue
        told.add((id(other), name))
        inner = other.section.cells[name]
        value = other[name]
        if value is INVALID:
            continue
        blank = value is None
        # what is given, or a default that is computed
        if inner.compute is None or inner.origin == "data" or not says_nothing(other.source.get(name)):
            (absent if blank and inner.origin == "data" else others).append((other, name))
        elif blank:
            queue += _read(other, inner).values()
        else:
            others.append(_stated(other, name))
    return absent, others


def _stated(record: Record, name: str) -> tuple[Record, str]:
    """Of a computed value the first input below it that the data file states with the same value; else itself."""
    queue: list[tuple[Record, str]] = [(record, name)]
    told: set[Key] = set()
    while queue:
        other, inner = queue.pop(0)
        if (id(other), inner) in told:
            continue
        told.add((id(other), inner))
        if not says_nothing(other.source.get(inner)) and other[inner] == record[name]:
            return other, inner
        queue += _read(other, other.section.cells[inner]).values()
    return record, name


def _read(record: Record, cell: Cell) -> dict[Key, tuple[Any, str]]:
    seen: Seen = {}
    default = cell.field.default_formula
    with suppress(InvalidInput):
        if cell.compute is not None:
            evaluate(record, cell, seen)
        elif default is not None:
            default.function(Recorder(record, seen))
    return seen
