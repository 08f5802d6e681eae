"""What a kind of field is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording.entry import Spelling
from generator.formula import Type
from generator.formula.typing import MONEY_UNITS
from generator.kept.light_classes import dataclass, field
from generator.standard.model import Field


class BadValue(Exception):
    """A text that is no value of its field."""

    def __init__(self, code: str, hint: Text | None = None, **arguments: Any):
        self.code = code
        self.hint = hint
        self.arguments = arguments
        super().__init__(code)


def plainly_written(value: Any) -> str:
    """A value as people type it: 10, 2020-12-31."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def no_text(of: Field) -> Callable[[str], Any]:
    """The reader of values that are read entry by entry, never from one text."""
    raise AssertionError(f"{of.name} is no text")


def _no_example(of: Field, year: int | None) -> str:
    return of.example


def _never_meant(of: Field, text: str, taken: Callable[[str], bool]) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class FormCell:
    """The cell of a value in an Excel form.

    Args:
        typed: how what a clerk types is read, one of the readings of `generator.source.form_cells`.
        look: its number format.
        told: what a clerk is told beside it of what it takes; None for nothing, where the cell shows it itself.
            Where no function is given, what the field takes.
        example: what is shown where the standard gives none.
    """

    typed: str = "line"
    look: Callable[[Field], str] = lambda of: "@"
    told: Callable[[Field], Text | None] | None = None
    example: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of field; each function is given the field (of a list, that of one item).

    Args:
        name: the base type in a standard.
        wanted: what a field takes, in words; `spelled` in files of other spellings, where they are others.
        static: what formulas know of it: how it prints and what it can be compared with follows from that.
        reader: the function that makes a value from its text; it raises `BadValue`.
        schema: its JSON Schema, as YAML reads a value (a number may stand quoted).
        python: the type of its values.
        written: a value as people type it.
        mended: what a slip of the keyboard meant, if that leaves no choice: given the text, and whether a text would be taken.
        comment: what it takes, beside an empty field of a data file, where that is other than `wanted`.
        example: that of the standard, else its own, of a year where the standard is of one.
        cell: of a form.
        options: what it can be, where that is a few.
        numeric: whether its values are numbers; `whole` whether they are whole ones, `hundredths` whether people write them
            times a hundred, with `%`; `limits` the least and greatest that there are.
        unit: that its numbers have where the standard states none; `units` the only ones that it may state.
        year: whether its numbers are years: nothing that is added up; the first that a report states is its own.
        points: whether its numbers are scores.
        day: whether its values are days, which have a year, a month and a day, and fall in the report's year.
        ordered: whether a standard may bound its values.
        telephone: whether its values are telephone numbers.
        prose: whether its values are texts of sentences, which may refer to fields; `lines` whether they have paragraphs.
        chosen: whether the standard states its options.
        truth: whether its values are yes and no.
        file: whether its values are files beside the data file.
        keyed: whether its values are names with values; `bounds` whether these are the lower bounds of bands.
    """

    name: str
    wanted: Callable[[Field], Text]
    static: Callable[[Field], Type]
    reader: Callable[[Field], Callable[[str], Any]]
    schema: Callable[[Field], dict[str, Any]]
    python: Callable[[Field], Any]
    spelled: Mapping[Spelling, Text] = field(default_factory=dict)
    written: Callable[[Any], str] = plainly_written
    mended: Callable[[Field, str, Callable[[str], bool]], str | None] = _never_meant
    comment: Callable[[Field], Text] | None = None
    example: Callable[[Field, int | None], str] = _no_example
    cell: FormCell = FormCell()
    options: Callable[[Field], tuple[str, ...]] = lambda of: of.choices
    numeric: bool = False
    whole: bool = False
    hundredths: bool = False
    limits: tuple[int, int] | None = None
    unit: str = ""
    units: tuple[str, ...] = ()
    year: bool = False
    points: bool = False
    day: bool = False
    ordered: bool = False
    prose: bool = False
    telephone: bool = False
    lines: bool = False
    chosen: bool = False
    truth: bool = False
    file: bool = False
    keyed: bool = False
    bounds: bool = False

    @property
    def amount(self) -> bool:
        """Whether its numbers count or measure something."""
        return self.numeric and not self.year

    @property
    def money(self) -> bool:
        """Whether its numbers are amounts of money."""
        return self.units == MONEY_UNITS

    @property
    def sentence(self) -> bool:
        """Whether its values are texts of sentences in one piece."""
        return self.prose and not self.lines

    @property
    def facts(self) -> bool:
        """Whether its values are facts by their names, that texts refer to and a standard may prescribe."""
        return self.keyed and not self.bounds


def bounded(of: Field, value: Any, written: Callable[[Any], str] = plainly_written) -> Any:
    """The value, which lies within the field's bounds.

    Raises:
        BadValue: it does not.
    """
    if of.minimum is not None and value < of.minimum:
        raise BadValue("value-below", text=written(value), limit=written(of.minimum))
    if of.maximum is not None and value > of.maximum:
        raise BadValue("value-above", text=written(value), limit=written(of.maximum))
    return value
