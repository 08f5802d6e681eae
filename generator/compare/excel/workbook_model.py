"""A workbook as a person sees it: typed values, formulas, resolved formats; no ids, no shared strings, no calculation chain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.compare.canonical import Properties
from generator.kept.light_classes import dataclass, field
from generator.kept.light_tuples import NamedTuple

# A number is a float, text is str, an empty cell None; a truth value is ("b", "TRUE"), an error ("e", "#N/A").
CellValue = float | str | tuple[str, str] | None
Area = tuple[int, int, int, int]  # first row, first column, last row, last column, from 1


class RowData(NamedTuple):
    """A row's cells side by side; `looks` are numbers of resolved formats in the comparison's `Looks`."""

    columns: tuple[int, ...]
    values: tuple[CellValue, ...]
    formulas: tuple[str | None, ...] | None
    looks: tuple[int, ...]


class Line(NamedTuple):
    """A row's or column's own properties: size, whether it is hidden, outline level, look."""

    size: str = ""
    custom: bool = False
    hidden: bool = False
    outline: int = 0
    look: int = 0


class Rule(NamedTuple):
    """A validation or conditional format: where it holds, its formulas, what else it says, how it looks."""

    areas: tuple[Area, ...]
    formulas: tuple[str, ...]
    what: Any
    look: Any = ()


class Drawing(NamedTuple):
    """A picture, chart or shape: kind, top left cell (row, column), what it is, size and position, how it looks."""

    kind: str
    row: int
    column: int
    value: Any
    frame: Any = ()


class TableData(NamedTuple):
    """An Excel table: name, area, what else it says."""

    name: str
    area: Area
    what: Any


@dataclass(slots=True)
class Sheet:
    """A sheet."""

    name: str
    state: str = "visible"
    numbers: list[int] = field(default_factory=list)
    rows: list[RowData] = field(default_factory=list)
    lines: dict[int, Line] = field(default_factory=dict)
    columns: dict[int, Line] = field(default_factory=dict)
    rich: dict[tuple[int, int], Any] = field(default_factory=dict)
    merges: tuple[Area, ...] = ()
    validations: tuple[Rule, ...] = ()
    conditionals: tuple[Rule, ...] = ()
    links: dict[Area, tuple[str, str]] = field(default_factory=dict)
    comments: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    drawings: tuple[Drawing, ...] = ()
    tables: tuple[TableData, ...] = ()
    filter: Area | None = None
    page: Properties = ()
    view: Properties = ()
    header_footer: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, Any] = field(default_factory=dict)
    session: Any = ()


@dataclass(slots=True)
class Workbook:
    """A whole workbook; `picture` gives a picture by its digest."""

    name: str
    sheets: list[Sheet]
    names: dict[tuple[str, str], tuple[str, bool]]  # (name, sheet or "") -> (formula, hidden)
    settings: Properties
    properties: Mapping[str, str]
    traces: Mapping[str, str]
    parts: Mapping[str, str]
    default_look: int
    date1904: bool = False
    looks: Looks | None = None
    picture: Callable[[str], bytes | None] | None = None


@dataclass
class Looks:
    """The formats of both workbooks of a comparison, each once (0 is none at all), what the named styles set, and which workbook
    counts its days from 1904 (ECMA-376 part 1, 18.17.4.1). `seen` says that formats are compared as a reader sees them."""

    numbers: dict[Any, int] = field(default_factory=lambda: {(): 0})
    looks: list[Any] = field(default_factory=lambda: [()])
    styles: dict[str, dict[str, Any]] = field(default_factory=dict)
    since_1904: tuple[bool, bool] = (False, False)
    seen: bool = False

    def number(self, look: Any) -> int:
        """The number of a resolved format."""
        found = self.numbers.setdefault(look, len(self.looks))
        if found == len(self.looks):
            self.looks.append(look)
        return found
