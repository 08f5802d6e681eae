"""The report: the one model that every document prints."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from decimal import localcontext
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Diagnostic, Failure, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.suggest import asked, nearest
from generator.diagnostics.wording.report_reasons import has_items
from generator.formula import INVALID, InvalidInput, RecordBase
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.ooxml.saving import is_device
from generator.report.compute import ARITHMETIC, Computation
from generator.report.context import Contexts, parameter_value
from generator.report.draft_reading import draft_reading, twin
from generator.report.field_paths import find, steps, too_far
from generator.report.record import Record
from generator.source import Source
from generator.standard import Document, Standard

if TYPE_CHECKING:
    from generator.report.explanation import Explanation
    from generator.report.looked_up import LookedUp

MAX_NAME = 120
MAX_NAME_BYTES = 220  # leaves room for a number, two suffixes and the system's own bound of 255
_UNSAFE = {"\\": "＼", "/": "／", ":": "：", "*": "＊", "?": "？", '"': "”", "<": "〈", ">": "〉", "|": "｜"}
_BACKWARDS = lazy(r"\[\s*-\s*[0-9]+\s*\]")  # an index counted from the end, which there is none of
_COPIED = 5_000  # records of a report whose context is made once for several documents


@dataclass(frozen=True, slots=True)
class Planned:
    """A document that a report has.

    Args:
        template: the template's file.
        name: the document's file name.
        item: the name by which the template knows the record that the document is about; "" where it is about all.
        record: that record.
    """

    template: Path
    name: str
    item: str = ""
    record: Record | None = None


class WithItem(RecordBase):
    """The report as the formulas of a document see it that is about one record of a list."""

    __slots__ = ("item", "record")

    def __init__(self, record: Record, item: str):
        self.record = record
        self.item = item

    @property
    def root(self) -> Record:
        return self.record.root

    def exact(self, name: str) -> Any:
        return self.root.exact(name)

    def __getitem__(self, name: str) -> Any:
        return self.record if name == self.item else self.root[name]


class Report:
    """A data file after validation, computation and checks.

    Made by `read_report`; `diagnostics` holds the findings that do not stop it (of a draft, the missing values too).
    """

    def __init__(self, computation: Computation, diagnostics: tuple[Diagnostic, ...]):
        self._computation = computation
        self.standard: Standard = computation.standard
        self.source: Source = computation.source
        self.diagnostics = diagnostics

    @property
    def computation(self) -> Computation:
        """The records by section, and what was read."""
        return self._computation

    @property
    def root(self) -> Record:
        """The record of the whole report."""
        return self._computation.root

    def context(self) -> dict[str, Any]:
        """What templates see: every declared field by name, and the standard's parameters.

        Records are dicts, the same one wherever a record is reached; numbers are `Figure`s, paragraphs `Paragraphs`,
        dates `datetime.date`, what has no value a `Blank`. Each call makes a new one.
        """
        return self._context(Contexts())

    def _context(self, contexts: Contexts, root: Record | None = None) -> dict[str, Any]:
        found = {name: parameter_value(parameter) for name, parameter in self.standard.parameters.items()}
        found = {name: value for name, value in found.items() if value is not None}
        found.update(contexts.record(self._computation.root if root is None else root))
        return found

    def _named(self, name: str, contexts: Contexts, root: Record) -> Any:
        """One name of the context, made anew."""
        if name not in root.section.cells:
            return parameter_value(self.standard.parameters[name])
        cell = root.section.cells[name]
        return contexts.value(root, cell.field, cell.shape, root[name], name)

    def value(self, path: str) -> Any:
        """The value of a field, as templates see it.

        Args:
            path: `资金.执行率`, `指标[0].得分`, `指标["产出指标"].得分`.

        Raises:
            KeyError: there is no such field.
        """
        found = find(self._computation.root, path)
        if found is None:
            raise KeyError(path)
        record, name = found
        contexts = Contexts()
        return contexts.record(record)[name]

    def explain(self, path: str) -> Explanation:
        """How the value of a field came about.

        Raises:
            Failure: there is no such field.
        """
        from generator.report.explanation import explain, explain_item  # which checks and renders do without

        found = find(self._computation.root, path)
        if found is None:
            raise Failure([diagnostic("report-no-path", Location(file=self.source.name or None), path=path)])
        position = (steps(path) or [""])[-1]
        with localcontext(ARITHMETIC):
            if isinstance(position, int):  # one item of a list of texts or numbers
                return explain_item(self._computation, *found, position)
            return explain(self._computation, *found)

    def look_up(self, name: str) -> LookedUp:
        """What a name stands for: a field, a parameter, the fields of that last name, or records as a table.

        Args:
            name: a path (`指标[0].得分`, `指标[0]`, `指标`), a parameter, or the last name of a field.

        Raises:
            Failure: there is nothing of that name.
        """
        from generator.report.looked_up import field_names, look_up, loosened, plain_path  # as above

        with localcontext(ARITHMETIC):
            found = look_up(self._computation, name)
        if found is None:
            far = too_far(self._computation.root, _BACKWARDS.sub("[999999]", loosened(plain_path(name))))
            near = nearest(re.split(r"[.\]]", name)[-1], field_names(self._computation), 3)
            hint = has_items(*far) if far is not None else asked(near)
            at = Location(file=self.source.name or None)
            raise Failure([diagnostic("report-no-path", at, hint=hint, path=name)])
        return found

    def open_names(self) -> tuple[str, ...]:
        """What the fields are called that are computed and have no value, each once."""
        found: dict[str, None] = {}
        for records in self._computation.records.values():
            cells = [(name, cell) for name, cell in records[0].section.cells.items() if cell.origin != "data"]
            for name, cell in cells:
                if any(record[name] is None or record[name] is INVALID for record in records):
                    found[cell.field.label] = None
            for name, cell in records[0].section.cells.items():  # records that are not there
                if cell.shape is not None and not cell.field.many and not any(record[name] for record in records):
                    inner = cell.shape.cells.values()
                    found |= dict.fromkeys(one.field.label for one in inner if one.origin != "data")
        return tuple(found)

    def documents(self) -> list[tuple[Path, str]]:
        """The template of each document that the report has, and the document's file name.

        Names are made safe for every system: characters that Windows refuses become their full-width forms.
        """
        return [(planned.template, planned.name) for planned in self.planned()]

    def planned(self) -> list[Planned]:
        """The documents that the report has: those whose `when` holds, one for each record of their `for`."""
        found = []
        taken: set[str] = set()
        for document, item in self._chosen():
            suffix = PurePosixPath(document.template).suffix
            suffix = {".dotx": ".docx", ".dotm": ".docm"}.get(suffix.lower(), suffix.lower())
            names = self._computation.root if item is None else WithItem(item, document.item)
            try:
                base = safe_name(document.name.function(names) or "") or self.standard.id
            except InvalidInput:  # a draft whose name is still missing
                base = self.standard.id
            name, number = base + suffix, 2
            while name.casefold() in taken:
                name, number = f"{base}（{number}）{suffix}", number + 1
            taken.add(name.casefold())
            found.append(Planned(self.standard.template_path(document), name, document.item, item))
        return found

    def contexts(
        self,
        *,
        draft: bool = False,
        names_of: Callable[[Path], Collection[str]] | None = None,
    ) -> Iterator[tuple[Planned, dict[str, Any]]]:
        """The documents that the report has, each with what its template sees.

        No document shares its context with another, so that none could change what another prints.

        Args:
            draft: print what is missing or at fault as something to fill in.
            names_of: the names that a template reads, where the caller knows them: of a hundred documents of one `for`, each
                gets these made for it alone, and what it cannot reach is there once.
        """
        shared: dict[str, Any] | None = None
        whole: dict[str, Any] | None = None
        copied = Contexts().copied
        documents = self.planned()
        left = sum(planned.record is None for planned in documents)
        small = sum(map(len, self._computation.records.values())) <= _COPIED
        read = draft_reading(self._computation) if draft else self._computation
        root, marks = read.root, read.marks
        for planned in documents:
            contexts = Contexts(marks=marks)
            if planned.record is None:
                left -= 1
                if whole is None or not small:  # making one takes longer than copying one; two at once take memory
                    whole, copied = self._context(contexts, root), contexts.copied
                yield planned, copied(whole) if left and small else whole
                continue
            if shared is None or names_of is None:
                shared = self._context(Contexts(marks=marks), root)
            record = twin(planned.record, self._computation, read) if draft else planned.record
            own = {planned.item: contexts.record(record)}
            for name in names_of(planned.template) if names_of is not None else ():
                if name in shared and name != planned.item:
                    own[name] = self._named(name, contexts, root)
            yield planned, {**shared, **own}

    def _chosen(self) -> Iterator[tuple[Document, Record | None]]:
        root = self._computation.root
        for document in self.standard.documents:
            items: list[Record | None] = [None]
            if document.each is not None:
                with suppress(InvalidInput):
                    items = list(document.each.function(root))
            for item in items:
                try:
                    names = root if item is None else WithItem(item, document.item)
                    if document.when is None or document.when.function(names):
                        yield document, item
                except InvalidInput:  # a draft shows it
                    yield document, item


def safe_name(text: str) -> str:
    """A text as the name of a file on any system, without its suffix."""
    name = "".join(_UNSAFE.get(character, character) for character in text if character.isprintable())
    name = unicodedata.normalize("NFC", " ".join(name.split())).strip(". ")[:MAX_NAME]
    name = name.encode()[:MAX_NAME_BYTES].decode("utf-8", "ignore").strip(". ")
    if name.startswith("-"):  # a command that is given it would take it for an option
        name = f"－{name[1:]}"
    if not is_device(name):
        return name
    stem, dot, rest = name.partition(".")
    return f"{stem}_{dot}{rest}"
