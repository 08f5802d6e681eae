"""The columns of a summary: what the standard declares in `summary:`, else what most reports have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from generator.formula import INVALID, InvalidInput
from generator.formula.typing import MONEY_UNITS, Type
from generator.kept.light_classes import dataclass, replace
from generator.standard import Cell, Section, Standard
from generator.standard.kinds import kind_of

Holds = Literal["text", "number", "date"]
Value = str | Decimal | date | None

_DEEPEST = 3  # records within records that the default looks into
_MOST_AMOUNTS = 6
_MOST_RATES = 3
_TOTALS = ("合计", "年初预算数", "全年预算数", "全年执行数", "决算数")
_SCORES = ("总分", "总得分", "自评总分", "得分")
_RATE = "执行率"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the summary.

    Args:
        heading: what stands above it.
        holds: what its values are.
        unit: of a number (`万元`, `%` for a fraction that prints as a percent, `分`, "").
        places, form: how a number prints; of a percent, its printed digits.
        value: from the record of a report to the value.
        name: whether it names the department.
        grade: whether its texts are grades, which are counted.
    """

    heading: str
    holds: Holds
    value: Callable[[Any], Any]
    unit: str = ""
    places: int = 2
    form: Literal["trim", "fixed"] = "trim"
    name: bool = False
    grade: bool = False

    @property
    def adds_up(self) -> bool:
        """Whether a total makes sense: of amounts and counts, not of rates and scores."""
        return self.holds == "number" and (self.unit in MONEY_UNITS or self.places == 0)

    @property
    def stored_places(self) -> int:
        """Places to which its totals and averages are rounded, as a fraction where it is a percent."""
        return self.places + 2 if self.unit == "%" else self.places

    def of(self, root: Any) -> Value:
        """Its value in a report; None where there is none.

        Args:
            root: the report's record.
        """
        try:
            found = self.value(root)
        except InvalidInput:
            return None
        if found is None or found is INVALID:
            return None
        return found if isinstance(found, Decimal | date) else str(found)


def summary_columns(standard: Standard) -> tuple[Column, ...]:
    """The columns of a standard's summary, the department's name first."""
    if standard.summary and standard.summary.columns:
        declared = [
            _column(heading, compiled.type, compiled.function, "band(" in compiled.text)
            for heading, compiled in standard.summary.columns.items()
        ]
        return _named(declared, standard)
    return _named([*_amounts(standard.root), *_rates(standard.root), *_results(standard.root)], standard)


def _column(heading: str, of_type: Type, value: Callable[[Any], Any], grade: bool = False) -> Column:
    holds: Holds = "number" if of_type.kind == "number" else "date" if of_type.kind == "date" else "text"
    return Column(heading, holds, value, of_type.unit, of_type.places, of_type.form, grade=grade and holds == "text")


def _named(columns: list[Column], standard: Standard) -> tuple[Column, ...]:
    """The columns with one that names the department: the first text of those declared, else that of the report."""
    for index, column in enumerate(columns):
        if column.holds == "text" and not column.grade:
            named = replace(column, name=True)
            return (named, *columns[:index], *columns[index + 1 :])
    path = name_path(standard)
    return (Column("单位", "text", _reader(path) if path else lambda root: None, name=True), *columns)


def name_path(standard: Standard) -> tuple[str, ...]:
    """The path of the department's name: `单位.名称`, else the first text whose name ends so; () where there is none."""
    if "单位" in standard.root.cells and (section := standard.root.cells["单位"].section) and "名称" in section.cells:
        return ("单位", "名称")
    for path, cell in _fields(standard.root):
        if kind_of(cell.field).sentence and path[-1].endswith(("名称", "单位")):
            return path
    return ()


def _fields(section: Section, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Cell]]:
    """The fields outside lists, with their paths, those of a record behind those beside it."""
    inner = []
    for name, cell in section.cells.items():
        path = (*above, name)
        if cell.field.many:
            continue
        if cell.section is not None:
            inner.append((cell.section, path))
        else:
            yield path, cell
    for below, path in inner:
        if len(path) < _DEEPEST:
            yield from _fields(below, path)


def _reader(path: tuple[str, ...]) -> Callable[[Any], Any]:
    def read(root: Any) -> Any:
        value = root
        for name in path:
            if value is None or value is INVALID:
                return None
            value = value[name]
        return value

    return read


def _of_field(path: tuple[str, ...], cell: Cell) -> Column:
    field = cell.field
    own = field.label or field.name
    if len(path) == 1 or path[-2] in own or (own != field.name and not own.endswith(_TOTALS)):
        heading = own
    else:
        heading = "".join((*path[:-1], own))
    return _column(heading, field.type, _reader(path), "band(" in cell.formula)


def _amounts(root: Section) -> list[Column]:
    """Totals of money: fields called so, and the amounts of records called so."""
    found = [
        _of_field(path, cell)
        for path, cell in _fields(root)
        if kind_of(cell.field).money and (path[-1].endswith(_TOTALS) or (len(path) > 1 and path[-2] in _TOTALS))
        if not any(step.startswith("上年") for step in path)
        if len(path) < _DEEPEST or path[-2] == "合计"
    ]
    return found[:_MOST_AMOUNTS]


def _rates(root: Section) -> list[Column]:
    found = [
        _of_field(path, cell)
        for path, cell in _fields(root)
        if kind_of(cell.field).hundredths and path[-1].endswith(_RATE)
    ]
    return found[:_MOST_RATES]


def _results(root: Section) -> list[Column]:
    """The score and the grade: fields of the report itself."""
    cells = {name: cell for name, cell in root.cells.items() if cell.section is None and not cell.field.many}
    scores = [name for name in _SCORES if name in cells and kind_of(cells[name].field).points]
    grades = [name for name, cell in cells.items() if cell.formula.lstrip().startswith("band(")]
    return [_of_field((name,), cells[name]) for name in [*scores[:1], *grades[:1]]]
