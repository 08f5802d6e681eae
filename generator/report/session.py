"""What one reading of a data file knows and finds: its standard, its text, its findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from generator.diagnostics import Diagnostic, Severity, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording.entry import Spelling
from generator.formula import Compiled, Tag
from generator.report.draft_marks import DraftMarks
from generator.report.shape_hints import shape_hint
from generator.source import Node, Source, locate
from generator.standard import Field, RecordType, Standard
from generator.standard.field_wording import wanted
from generator.standard.kinds import BadValue
from generator.standard.standard_faults import shape

ALSO_WARNINGS = 10  # findings of any kind that end an examination, over the errors that do


class EnoughTold(Exception):
    """So much is wrong that nothing more is looked at."""


class Session:
    """The inputs of one data file and the findings about it.

    Args:
        standard: what the data file is read by.
        source: the data file.
        marks: of a draft, what stands where a value is missing or at fault; None where texts print nothing there.
    """

    as_written = False  # whether texts with references, and names of pictures, stay the texts that they are

    def __init__(self, standard: Standard, source: Source, marks: DraftMarks | None = None):
        self.standard = standard
        self.source = source
        self.marks = marks
        self.diagnostics: dict[Diagnostic, None] = {}
        self.most: int | None = None  # errors that end the examination; None: it goes to its end
        self.errors = 0  # noted since they were last counted
        self.missing: set[tuple[int, str]] = set()  # of a record's identity: fields that lack a value
        self.compiled: dict[tuple[RecordType, str], list[str | tuple[Tag, Compiled]]] = {}
        self.printed: dict[int, list[tuple[int, str, bool]]] = {}  # of a text by node: where each part is written
        self.doubled: set[int] = set()  # of items: records that stand twice
        self.misnamed: set[int] = set()  # of items: records that bear the name of another
        self.namesakes: set[int] = set()  # of items: records whose name another bears, too: one of the two is wrong
        self.hollow: set[int] = set()  # of items: records in which nothing is stated, which one finding tells
        self.failures: list[Any] = []  # checks that fail
        self.became: dict[Diagnostic, Diagnostic] = {}  # of a finding: the one that was put in its place
        self.balanced: dict[tuple[int, str, str], dict[int, Decimal]] = {}  # by list and field: the items' values
        self.lacking: list[tuple[Any, str, Diagnostic]] = []  # record, field and finding of what is missing
        self.unknown: list[tuple[Any, str, Diagnostic]] = []  # the same of names that the standard does not know
        self.unknown_are_many = False  # more than are told
        self.spelling: Spelling = source.spelling
        self.quiet = False  # within a row that is told to be absent, what it lacks is not told

    def tell(
        self,
        code: str,
        at: Node | tuple[int, int],
        path: str,
        hint: Text | None = None,
        severity: Severity | None = None,
        **arguments: Any,
    ) -> Diagnostic:
        """Note a finding at a place of the data file."""
        found = self.made(code, at, path, hint, severity, **arguments)
        self.note(found)
        if self.marks is not None and found.severity is Severity.ERROR:
            self.marks.at_fault(path, None if isinstance(at, tuple) else at)
        return found

    def note(self, found: Diagnostic) -> None:
        """Note a finding.

        Raises:
            EnoughTold: there are more than the examination may tell.
        """
        before = len(self.diagnostics)
        self.diagnostics[found] = None
        if self.most is None or len(self.diagnostics) == before:
            return
        self.errors += found.severity is Severity.ERROR
        if self.errors > self.most or before >= ALSO_WARNINGS * self.most:
            self.errors = sum(one.severity is Severity.ERROR for one in self.diagnostics)  # some were left out since
            if self.errors > self.most or before >= ALSO_WARNINGS * self.most:
                raise EnoughTold

    def made(
        self,
        code: str,
        at: Node | tuple[int, int],
        path: str,
        hint: Text | None = None,
        severity: Severity | None = None,
        **arguments: Any,
    ) -> Diagnostic:
        """A finding at a place of the data file, not yet noted."""
        where = locate(self.source, at, path)
        return diagnostic(code, where, hint=hint, severity=severity, spelling=self.spelling, **arguments)

    def put(self, told: Diagnostic, first: Diagnostic, gone: Iterable[Diagnostic]) -> None:
        """Put a finding in the place of one that is noted, and leave out those that it tells of, too."""
        left_out = set(gone)
        if told != first:
            self.became[first] = told
        self.diagnostics = {
            (told if one is first else one): None for one in self.diagnostics if one is first or one not in left_out
        }

    def told_for(self, found: Diagnostic) -> Diagnostic | None:
        """What is told of a finding by now: itself, or what was put in its place; None where it was left out."""
        followed: set[Diagnostic] = set()
        while found not in self.diagnostics and found in self.became and found not in followed:
            followed.add(found)
            found = self.became[found]
        return found if found in self.diagnostics else None

    def replace_all(self, changed: Mapping[Diagnostic, Diagnostic | None]) -> None:
        """Put findings in the place of others; None leaves one out."""
        kept = (changed.get(found, found) for found in self.diagnostics)
        self.diagnostics = {found: None for found in kept if found is not None}

    def tell_missing(
        self, code: str, at: tuple[int, int], path: str, hint: Text | None = None, **arguments: Any
    ) -> Diagnostic | None:
        """Note that a value is missing, unless its row is told to be absent."""
        if self.quiet:
            return None
        found = self.made(code, at, path, hint, **arguments)
        self.note(found)  # nothing stands there that could be at fault
        return found

    def bad_value(self, bad: BadValue, node: Node, field: Field, path: str) -> None:
        """Note what is wrong with a value."""
        self.tell(bad.code, node, path, bad.hint, label=field.label, **bad.arguments)

    def wrong_shape(self, field: Field, node: Node, path: str) -> None:
        """Note that a value is a list, a mapping or a single value where it should not be."""
        hint, found = shape_hint(field, node, self.spelling), shape(node, self.spelling)
        word = wanted(field, self.spelling)
        self.tell("wrong-shape", node, path, hint, label=field.label, wanted=word, found=found)
