"""Computes the fields of a report: narrative, defaults, `set`, `total`, formulas, wordings; and stated values.

A field is computed when it is first read, after what it reads. The standard has no cycles; texts of the data file may
refer to each other, so the texts that are being printed are remembered.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context
from typing import Any

from generator.formula import INVALID, InvalidInput
from generator.report.balance import balanced
from generator.report.blank_fields import BlankFields
from generator.report.draft_marks import DraftMarks
from generator.report.given import given, stored
from generator.report.record import Record, evaluate
from generator.report.session import Session
from generator.report.stated import compare_stated
from generator.report.stated_text import NO_VALUES, says_nothing
from generator.source import Source
from generator.standard import Cell, Standard
from generator.standard.record_programs import RecordProgram
from generator.standard.standard_programs import Programs, programs_of

# 34 digits are more than any budget needs; the decimal context of the calling program does not matter
ARITHMETIC = Context(prec=34, rounding=ROUND_HALF_UP)
MAX_CHAIN = 30  # texts that refer to texts that refer to texts …


class NarrativeCycle(InvalidInput):
    """Texts of the data file refer to each other in a circle; told where it closed."""


class Computation(Session):
    """The values of one data file in the making."""

    def __init__(self, standard: Standard, source: Source, marks: DraftMarks | None = None):
        super().__init__(standard, source, marks)
        self.root: Record = Record(self, standard.root, None, None, NO_VALUES)
        self.records: dict[str, list[Record]] = {}
        self.active: dict[tuple[int, str], tuple[Record, str]] = {}
        self.blanks = BlankFields(self)
        self.programs: Programs | None = None  # that know this file, when every field is computed

    def value(self, record: Record, name: str) -> Any:
        """The value of a field that is read for the first time; it is kept in the record.

        Raises:
            NarrativeCycle: the field is being computed already.
        """
        cell = record.section.cells[name]
        if cell.origin == "data" and name in record.source:
            found = self.guarded(record, name, cell)
        elif cell.origin == "data" and cell.field.default_formula is None:
            found = cell.field.default
        else:  # formulas have no cycles, so that every circle goes through a text of the data file
            try:
                found = self.compute(record, name, cell)
            except InvalidInput:
                found = INVALID
        record[name] = found
        return found

    def guarded(self, record: Record, name: str, cell: Cell) -> Any:
        """The value of an input, which may refer to other fields; a circle of references is told once."""
        key = (id(record), name)
        if key in self.active:
            self.cycle(key)
            raise NarrativeCycle
        if len(self.active) >= MAX_CHAIN:
            self.tell("narrative-too-deep", record.place_of(name), record.path_of(name), count=MAX_CHAIN)
            raise InvalidInput
        self.active[key] = (record, name)
        try:
            return self.compute(record, name, cell)
        except InvalidInput:
            return INVALID
        finally:
            del self.active[key]

    def cycle(self, key: tuple[int, str]) -> None:
        chain = list(self.active)
        ring = [self.active[other] for other in chain[chain.index(key) :]]
        texts = [pair for pair in ring if not says_nothing(pair[0].source.get(pair[1]))]
        record, name = texts[0] if texts else ring[0]
        shown = " → ".join(record.path_of(name) for record, name in [*ring, ring[0]])
        self.tell("narrative-cycle", record.place_of(name), record.path_of(name), chain=shown)

    def compute(self, record: Record, name: str, cell: Cell) -> Any:
        field, node = cell.field, record.source.get(name)
        if cell.origin == "data":
            if node is not None and field.kind != "record" and not says_nothing(node):
                return given(self, record, field, node)
            if field.default_formula is not None:
                found = stored(self, record, field, field.default_formula.function(record))
                return self.blank(record, cell) if found is None and field.needed else found
            return field.default
        if cell.balance is not None:
            found = balanced(self, record, cell)
        else:
            assert cell.compute is not None
            found = evaluate(record, cell) if cell.up else cell.compute(record)
            if found is not None:
                found = stored(self, record, field, found)
        if node is None or says_nothing(node):
            return self.blank(record, cell) if found is None and field.needed else found
        return compare_stated(self, record, cell, node, found)

    def compute_all(self) -> None:
        """Compute every field: those of the standard in dependency order, then the texts of the data file."""
        programs = programs_of(self.standard)
        tried: dict[str, RecordProgram] = {}
        done: set[tuple[str, str]] = set()
        for path, program in programs.records.items() if programs else ():
            records = self.records.get(path, ())
            if len([*filter(program.compute, records)]) == len(records):
                done.update((path, name) for name in program.fields)
            else:
                tried[path] = program
        for section, name in self.standard.order:
            path = section.path
            if (path, name) in done or path not in self.records:
                continue
            records = self.records[path]
            if path in tried and name == tried[path].again:
                for record in records:
                    if name not in record:
                        tried[path].compute(record)
            self._compute_each(records, name, section.cells[name])
        self.compute_stated()
        self.programs = programs

    def _compute_each(self, records: list[Record], name: str, cell: Cell) -> None:
        """Compute a field of several records."""
        field, compute = cell.field, cell.compute
        if compute is None or cell.up or cell.balance is not None:
            for record in records:
                if name not in record:
                    self.value(record, name)
            return
        for record in records:  # as `value` does where nothing is stated
            if name in record:
                continue
            if record.source.get(name) is not None:
                self.value(record, name)
                continue
            try:
                found = stored(self, record, field, compute(record))
                record[name] = self.blank(record, cell) if found is None and field.needed else found
            except InvalidInput:
                record[name] = INVALID

    def compute_stated(self) -> None:
        """Compute every field that the data file states."""
        for instances in self.records.values():
            cells = instances[0].section.cells
            for record in instances:
                for name in record.source:
                    if name not in record and name in cells:
                        record[name]

    def blank(self, record: Record, cell: Cell) -> Any:
        """A required field that comes out blank: told, and silent from here on."""
        self.blanks.tell(record, cell)
        return INVALID
