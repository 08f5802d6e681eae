"""What a fill-in workbook says of itself: which cell, row and column holds which field.

It is written with the workbook (a hidden sheet, as JSON in pieces that fit a cell) and read back without the standard. Row 1
of every sheet and its first column are hidden and hold marks that move with the cells: a sheet's mark (`generator:s1`), the
path of each row's field, the name of each column. Inserted, sorted or deleted rows, other columns, a renamed or a moved
sheet leave them true.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, get_args

from generator.kept.light_classes import as_dict, dataclass

FIRST_SHEET = "填报说明"
PLAN_SHEET = "_generator"
MARK = "generator:"  # of a sheet, before its id
HEAD = "#head"  # of a table's header row, in the hidden column
VALUE = "value"  # of the column of inputs, in the hidden row
FORMAT = 1
PIECE = 30_000  # characters; a cell holds 32,767

_MOST_PLACES = 30

Shape = Literal["records", "texts", "map", "stated"]
Role = Literal["field", "parent", "place", "number", "name", "value", "path", "reason"]


_EARLIER = {
    "paragraphs": "text",
    **dict.fromkeys(("integer", "money", "score", "year"), "number"),
    **dict.fromkeys(("phone", "boolean", "image"), "line"),
}
_NEEDED: dict[Shape, set[Role]] = {
    "records": {"field"},
    "texts": {"value"},
    "map": {"name", "value"},
    "stated": {"path", "value"},
}


@dataclass(frozen=True, slots=True)
class FormInput:
    """A field with a cell of its own.

    Args:
        kind: how what is typed is read, one of the readings of `generator.source.form_cells`.
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

    shape: Shape
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
        text = json.dumps({"format": FORMAT, **as_dict(self)}, ensure_ascii=False, separators=(",", ":"))
        return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


class _NoPlan(Exception):
    """What stands in a form is no plan as this program writes one."""


def load_plan(pieces: list[str]) -> FormPlan | None:
    """The plan of a form; None where the texts are none, or of a later format."""
    try:
        found = json.loads("".join(pieces))
    except (ValueError, RecursionError):
        return None
    try:
        if found["format"] != FORMAT:
            return None
        sheets = tuple(_sheet(sheet) for sheet in found["sheets"])
        return FormPlan(_text(found["standard"]), _text(found["version"]), _text(found["digest"]), sheets)
    except (_NoPlan, KeyError, TypeError, AttributeError):
        return None


def _of_today(found: dict[str, Any]) -> dict[str, Any]:
    """A cell of the plan, whose reading forms of earlier versions call by the name of its field's kind."""
    return {**found, "kind": _EARLIER.get(found["kind"], found["kind"])} if "kind" in found else found


def _sheet(found: dict[str, Any]) -> FormSheet:
    """A sheet of the plan, all of it as this program writes it: the plan stands in a file that anybody may have changed."""
    inputs, table = found["inputs"], found["table"]
    if inputs is not None:
        inputs = {_path(path): _checked(FormInput(**_of_today(one))) for path, one in inputs.items()}
    return FormSheet(_text(found["id"]), _text(found["title"]), inputs, None if table is None else _table(table))


def _table(found: dict[str, Any]) -> FormTable:
    columns = tuple(_checked(FormColumn(**_of_today(one))) for one in found["columns"])
    levels, parents = ([_checked(FormLevel(**one)) for one in found[key]] for key in ("levels", "parents"))
    places = found["places"]
    if places is not None:
        places = {_text(label): _path(path) for label, path in places.items()}
    shape = found["shape"]
    if shape not in get_args(Shape) or not columns or not (levels or shape == "stated"):
        raise _NoPlan(shape)
    for one in (*levels, *parents):
        _path(one.list)
    for column in columns:
        depth = len(parents) if column.role == "parent" else max(1, len(levels))
        if column.role not in get_args(Role) or not 0 <= column.level < depth:
            raise _NoPlan(column)
        if column.role == "field":
            _path(column.path)
    roles = {column.role for column in columns}
    if not _NEEDED[shape] <= roles or len({column.id for column in columns}) < len(columns):
        raise _NoPlan(shape)
    if sum(role == "parent" for role in (column.role for column in columns)) != len(parents):
        raise _NoPlan("parents")
    return FormTable(shape, columns, tuple(levels), tuple(parents), places)


_Part = TypeVar("_Part", FormInput, FormColumn, FormLevel)


def _checked(part: _Part) -> _Part:
    """A part of the plan whose values are of the types that they are declared with."""
    for name, declared in type(part).__annotations__.items():
        wanted = {"int": int, "bool": bool}.get(declared, str)
        if type(getattr(part, name)) is not wanted:
            raise _NoPlan(name)
    if not isinstance(part, FormLevel) and not 0 <= part.places <= _MOST_PLACES:
        raise _NoPlan(part.places)
    return part


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _NoPlan(value)
    return value


def _path(value: Any) -> str:
    if not all(_text(value).split(".")):
        raise _NoPlan(value)
    return value
