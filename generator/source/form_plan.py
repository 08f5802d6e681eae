"""What a fill-in workbook says of itself: which cell, row and column holds which field.

It is written with the workbook (a hidden sheet, as JSON in pieces that fit a cell) and read back without the standard. Row 1
of every sheet and its first column are hidden and hold marks that move with the cells: a sheet's mark (`generator:s1`), the
path of each row's field, the name of each column. Inserted, sorted or deleted rows, other columns, a renamed or a moved
sheet leave them true.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

FIRST_SHEET = "填报说明"
PLAN_SHEET = "_generator"
MARK = "generator:"  # of a sheet, before its id
HEAD = "#head"  # of a table's header row, in the hidden column
VALUE = "value"  # of the column of inputs, in the hidden row
FORMAT = 1
PIECE = 30_000  # characters; a cell holds 32,767

Role = Literal["field", "parent", "place", "number", "name", "value", "path", "reason"]


@dataclass(frozen=True, slots=True)
class FormInput:
    """A field with a cell of its own.

    Args:
        kind: of the standard; it tells how a number, percent or date in the cell is meant, nothing else.
        label: as the sheet prints it.
        places: of a computed number, to which a value typed over it is rounded.
        computed: whether the cell holds what the program computes: a formula there is no input.
    """

    kind: str
    label: str = ""
    places: int = 2
    computed: bool = False


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of a table.

    Args:
        id: its mark in the hidden row.
        role: what it holds: a `field` of the item of `level` (`path` within it); the item of an upper list that the row
            belongs to (`parent`, of `level` among `parents`); a choice of `place`; the `number` by which other sheets call
            the item; the `name` and `value` of a map; the `value` of a list of texts; a `path`, and a `reason`.
    """

    id: str
    role: Role
    label: str
    level: int = 0
    path: str = ""
    kind: str = "text"
    places: int = 2
    computed: bool = False


@dataclass(frozen=True, slots=True)
class FormLevel:
    """A list whose items the rows of a table hold.

    Args:
        list: its path within the item above (or the report).
        key: the field by which its items are told apart; "" without one.
    """

    list: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class FormTable:
    """The table of a sheet.

    Args:
        shape: rows are `records` (of several levels where the sheet flattens lists of lists), `texts`, entries of a `map`,
            or `stated` values of any field.
        levels: the lists, the outermost first.
        parents: the lists of the items that the rows belong to, the outermost first; they stand on other sheets.
        places: by label, the paths of the list or map where several share the sheet; {"": path} for one.
    """

    shape: Literal["records", "texts", "map", "stated"]
    columns: tuple[FormColumn, ...]
    levels: tuple[FormLevel, ...] = ()
    parents: tuple[FormLevel, ...] = ()
    places: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet of a form: inputs by path, or a table."""

    id: str
    title: str
    inputs: Mapping[str, FormInput] | None = None
    table: FormTable | None = None


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A form's standard as data files name it, its version and digest, and its sheets."""

    standard: str
    version: str
    digest: str
    sheets: tuple[FormSheet, ...]

    def dump(self) -> list[str]:
        """As texts that fit into cells."""
        text = json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, separators=(",", ":"))
        return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


def load_plan(pieces: list[str]) -> FormPlan | None:
    """The plan of a form; None where the texts are none, or of a later format."""
    try:
        found = json.loads("".join(pieces))
        if found["format"] != FORMAT:
            return None
        sheets = tuple(_sheet(sheet) for sheet in found["sheets"])
        return FormPlan(str(found["standard"]), str(found["version"]), str(found["digest"]), sheets)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _sheet(found: dict[str, Any]) -> FormSheet:
    inputs, table = found["inputs"], found["table"]
    if inputs is not None:
        inputs = {path: FormInput(**one) for path, one in inputs.items()}
    if table is not None:
        parts = {key: tuple(FormLevel(**one) for one in table[key]) for key in ("levels", "parents")}
        columns = tuple(FormColumn(**one) for one in table["columns"])
        table = FormTable(table["shape"], columns, parts["levels"], parts["parents"], table["places"])
    return FormSheet(found["id"], found["title"], inputs, table)
