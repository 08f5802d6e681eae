"""A standard after loading: record types with typed fields, compiled formulas and checks, and where each type is used.

A `RecordType` is declared once; a `Section` is one use of it in the report (`指标[].二级指标[]`), because `set` and
`total` give the same type other sources of values at each use. A `Cell` is one field of one section.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from generator.diagnostics import Diagnostic, Severity
from generator.formula import Compiled, Parameter, Type
from generator.kept.light_classes import dataclass, field
from generator.source import Map, Source

Form = Literal["trim", "fixed"]
Position = tuple[int, int]

PUBLISHED, REASON = "公布", "理由"  # of a computed value that was published differently


@dataclass(frozen=True, slots=True)
class Prescribed:
    """Rows that the bureau prescribes.

    Args:
        rows: of a list of records, what the bureau states of each; `names` of a map its entries.
        open: whether a department may add its own.
    """

    rows: tuple[Map, ...] = ()
    names: tuple[str, ...] = ()
    open: bool = False


@dataclass(slots=True, eq=False)
class Field:
    """A field of a record type.

    Args:
        name: its identifier.
        kind: a base type, or `record`.
        many: whether it is a list.
        record: the type of its records.
        required: whether a report cannot do without it.
        label: the form's wording.
        unit: of a number.
        places: decimal places; of a percent, of the printed digits.
        form: whether trailing zeros are dropped (`trim`) or kept (`fixed`).
        empty: what a blank prints; `says_empty` whether the standard says so, be it nothing.
        of: of a map, the field that its values are like.
        choices: of a choice, what it can be.
        minimum, maximum: bounds, inclusive; of a list, its number of items; of a text, its characters.
        rows: least number of rows that templates see of a list.
        width, height: of a picture, as `40mm`; "" its own.
        fixed: rows that the bureau prescribes.
        plain: whether `{{ }}` in its text is text.
        markdown: whether its text is Markdown.
        default: a value that stands where the data file gives none; `default_formula` likewise.
        formula, texts: what computes it.
        set: formulas, in the enclosing record, for fields of its records; `total`: the records that it adds up.
        balance: what the rounded values of a field of its items add up to, in the enclosing record, by field name.
    """

    name: str
    kind: str
    many: bool = False
    record: RecordType | None = None
    required: bool = True
    label: str = ""
    description: str = ""
    example: str = ""
    unit: str = ""
    places: int = 2
    form: Form = "trim"
    empty: str = ""
    says_empty: bool = False
    of: Field | None = None
    choices: tuple[str, ...] = ()
    minimum: Decimal | date | None = None
    maximum: Decimal | date | None = None
    rows: int = 0
    width: str = ""
    height: str = ""
    fixed: Prescribed | None = None
    plain: bool = False
    markdown: bool = False
    default: Any = None
    default_formula: Compiled | None = None
    formula: Compiled | None = None
    texts: tuple[tuple[Compiled | None, Compiled], ...] = ()
    set: Mapping[str, Compiled] = field(default_factory=dict)
    total: tuple[Compiled, ...] = ()
    balance: Mapping[str, Compiled] = field(default_factory=dict)
    source: Source | None = None
    at: Position = (1, 1)
    type: Type = field(default_factory=lambda: Type("any"))

    @property
    def computed(self) -> bool:
        """Whether its type computes it (a use of the type may compute more, by `set` and `total`)."""
        return self.formula is not None or bool(self.texts)

    @property
    def needed(self) -> bool:
        """Whether a blank would be a hole: the standard says neither `required: false` nor what a blank prints."""
        return self.required and not self.says_empty


@dataclass(slots=True, eq=False)
class Check:
    """A rule across the fields of a record; `description` says in the bureau's words what those who fill in must heed."""

    id: str
    rule: Compiled
    when: Compiled | None
    severity: Severity
    message: Compiled
    source: Source
    at: Position
    description: str = ""


@dataclass(slots=True, eq=False)
class RecordType:
    """Named fields with their checks; serves formulas as the names that they see."""

    name: str
    key: str | None = None
    fields: dict[str, Field] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    source: Source | None = None
    at: Position = (1, 1)

    def type_of(self, name: str) -> Type | None:
        """The static type of a field."""
        found = self.fields.get(name)
        return found.type if found else None

    def names(self) -> Iterable[str]:
        """The names of its fields."""
        return self.fields


@dataclass(slots=True, eq=False)
class Cell:
    """A field in one use of its type.

    Args:
        field: the field.
        origin: where its value comes from: the data file, or what computes it.
        compute: gives the value from the record in which the field stands; None for an input.
        formula: the formula's text, for people.
        paths: what the formula reads, as paths from the report.
        up: how many records outwards the formula's own record is (1 for `set`).
        section: of a field that holds records, their section.
        parameters: the parameters that the formula reads.
        leads: of a computed list of records, the paths to the lists that they are of.
        sources: the sections of these records.
        balance: what the items of a list add up to in this field, in the enclosing record.
    """

    field: Field
    origin: Literal["data", "set", "total", "formula", "text"]
    compute: Callable[[Any], Any] | None = None
    formula: str = ""
    paths: tuple[tuple[str, ...], ...] = ()
    up: int = 0
    section: Section | None = None
    parameters: frozenset[str] = frozenset()
    leads: tuple[tuple[str, ...], ...] = ()
    sources: tuple[Section, ...] = ()
    balance: Compiled | None = None

    @property
    def shape(self) -> Section | None:
        """What its records are like: their own section, or that of the records of the report that it chooses."""
        return self.section or (self.sources[0] if self.sources else None)

    @property
    def demanded(self) -> bool:
        """Whether the data file must give the field."""
        field = self.field
        return self.origin == "data" and field.required and field.default is None and field.default_formula is None


@dataclass(slots=True, eq=False)
class Section:
    """One use of a record type in the report; `path` is its place: `指标[].二级指标[]`, "" for the report."""

    type: RecordType
    path: str = ""
    parent: Section | None = None
    cells: dict[str, Cell] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The field of the section above that holds it."""
        return self.path.rpartition(".")[2].removesuffix("[]")

    def walk(self) -> Iterator[Section]:
        """This section and all below it."""
        yield self
        for cell in self.cells.values():
            if cell.section:
                yield from cell.section.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """A document that the standard names.

    Args:
        template: relative to the library.
        name: how its file is called.
        when: the condition under which there is one; None: always.
        each: the list of records of which each has a document of its own; None: one document for the report.
        item: the name by which that document's template and file name know the record.
    """

    template: str
    name: Compiled
    source: Source
    at: Position
    when: Compiled | None = None
    each: Compiled | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class Carry:
    """What next year's data file takes over from this year's; the rest is left empty.

    Args:
        moved: by the path of a field of this standard, the path of last year's field whose value it takes.
        keep: paths whose values stay as they are, records and lists with all that they hold.
    """

    moved: Mapping[str, str] = field(default_factory=dict)
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What a version of the standard changed in its data files.

    Args:
        version: the version that brought it.
        renamed: by the path before (lists without brackets: `项目.科室`), the field's new name.
        added, removed: paths that came or went.
        note: what a person is to know of it.
    """

    version: str
    renamed: Mapping[str, str] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """What many departments' reports are summed up in: columns by heading, or a template that loops over the reports."""

    columns: Mapping[str, Compiled] = field(default_factory=dict)
    template: str = ""


@dataclass(frozen=True, eq=False)
class Standard:
    """What a bureau issues for one report, one region, one year.

    Args:
        id: its name, as data files state it.
        title, issuer, version: as the bureau states them; `fiscal_year` the year reported on.
        path: its file; `library` the folder that its template paths are relative to.
        root: the fields of the report and everything below them.
        types: every named type, by name; `parameters` every constant.
        documents: what a report renders to.
        order: the computed cells in dependency order.
        carry: what next year's data file takes over; None where the standard does not say.
        changes: what each version changed, oldest first.
        summary: what many reports are summed up in; None where the standard does not say.
        diagnostics: warnings of loading.
        files: its own file and those that it includes.
        fingerprint: the digest of their content, where it is kept between runs.
    """

    id: str
    title: str
    issuer: str
    fiscal_year: int | None
    version: str
    path: Path
    library: Path
    root: Section
    types: Mapping[str, RecordType]
    parameters: Mapping[str, Parameter]
    references: Mapping[str, str]
    documents: tuple[Document, ...]
    order: tuple[tuple[Section, str], ...]
    source: Source
    carry: Carry | None = None
    changes: tuple[Change, ...] = ()
    summary: SummaryTable | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    files: tuple[Path, ...] = ()
    fingerprint: str = ""

    @property
    def templates(self) -> tuple[str, ...]:
        """The templates that it names, relative to its library, each once."""
        named = [document.template for document in self.documents]
        if self.summary and self.summary.template:
            named.append(self.summary.template)
        return tuple(dict.fromkeys(named))

    @property
    def read_from(self) -> tuple[Path, ...]:
        """The files that it is made from, templates included: no output takes their place."""
        return (self.path, *self.files, *(self.library / template for template in self.templates))

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields of the report."""
        return self.root.type.fields

    def template_path(self, document: Document) -> Path:
        """The template's file."""
        return self.library / document.template
