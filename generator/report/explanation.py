"""How a figure came about: its formula, what it read, down to the lines of the data file."""

from __future__ import annotations

from typing import Any

from generator.diagnostics import NOWHERE, Location, Text
from generator.diagnostics.wording import report_reasons as reasons
from generator.formula import INVALID, InvalidInput, Parameter
from generator.formula.value_text import printer
from generator.kept.light_classes import dataclass, replace
from generator.report.blank_fields import why_without_value
from generator.report.compute import Computation
from generator.report.context import parameter_value
from generator.report.field_paths import steps
from generator.report.given import stored
from generator.report.read_records import ABOUT_THE_FILE
from generator.report.record import Record, evaluate
from generator.report.stated_text import says_nothing
from generator.source import List, Map, Node, Scalar, locate
from generator.standard.kinds import kind_of
from generator.standard.model import Cell, Field, Section
from generator.template.image import Image

MAX_DEPTH = 40
NOTHING = Text("", "")

ORIGINS = {
    "data": reasons.FROM_DATA,
    "default": reasons.FROM_DEFAULT,
    "set": reasons.FROM_STANDARD,
    "total": reasons.FROM_TOTAL,
    "formula": reasons.FROM_FORMULA,
    "text": reasons.FROM_WORDING,
    "parameter": reasons.FROM_PARAMETER,
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """A value, where it comes from, and what it was computed from.

    Args:
        path: the field's path (`指标[0].得分`), or a parameter's name.
        label: the form's wording.
        value: as it prints; "" for a blank.
        origin: `data`, `default`, `set`, `total`, `formula`, `text` or `parameter`.
        formula: the formula's text; "" for an input.
        location: the line of the data file where it is stated, or of the standard for a parameter.
        note: what is to be said of it: a stated value that differs, why it is blank, a parameter's reference.
        inputs: what the formula read, in reading order.
    """

    path: str
    label: str
    value: str
    origin: str
    formula: str = ""
    location: Location = NOWHERE
    note: Text = NOTHING
    inputs: tuple[Explanation, ...] = ()

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """The tree as JSON."""
        return {
            "path": self.path,
            "label": self.label,
            "value": self.value,
            "origin": self.origin,
            "formula": self.formula or None,
            "file": self.location.file,
            "line": self.location.line,
            "column": self.location.column,
            "place": self.location.place.in_language(language) if self.location.place else None,
            "anchor": dict(self.location.anchor) if self.location.anchor is not None else None,
            "note": self.note.in_language(language) or None,
            "inputs": [explained.as_json(language) for explained in self.inputs],
        }


def explain(computation: Computation, record: Record, name: str, depth: int = 0) -> Explanation:
    """The explanation of one field."""
    cell = record.section.cells[name]
    field = cell.field
    path = record.path_of(name)
    value = record[name]
    node = record.source.get(name)
    stated = not says_nothing(node)
    location = locate(computation.source, record.place_of(name), path) if stated else Location(path=path)
    shown = show(cell, value)
    if cell.origin == "data":
        if stated or (field.default is None and field.default_formula is None):
            note = NOTHING if stated or isinstance(value, Record) else reasons.NOT_GIVEN
            return Explanation(path, field.label, shown, "data", "", location, note)
        formula = field.default_formula.text if field.default_formula else ""
        return Explanation(path, field.label, shown, "default", formula, location)
    inputs, note, computed = (), NOTHING, value
    if depth < MAX_DEPTH:
        seen: dict[tuple[int, str], tuple[Any, str]] = {}
        try:
            computed = stored(computation, record, field, evaluate(record, cell, seen))
        except InvalidInput:
            note = reasons.DEPENDS_ON_FAULT
        inputs = tuple(explain(computation, other, inner, depth + 1) for other, inner in seen.values())
        inputs += tuple(one for name in sorted(cell.parameters) if (one := explain_parameter(computation, name)))
        if value is None and not note.zh:
            blanks = [given.label for given in inputs if not given.value]
            note = (
                why_without_value(cell.formula, any(given.value in ("0", "0%") for given in inputs))
                if not blanks
                else reasons.WITHOUT_VALUE.filled(zh="、".join(blanks), en=", ".join(blanks))
            )
    if stated and computed is not INVALID and computed is not None and computed != value:
        note = reasons.STATES_AND_IS.filled(shown=shown, text=show(cell, computed))
    return Explanation(path, field.label, shown, cell.origin, cell.formula, location, note, inputs)


def explain_item(computation: Computation, record: Record, name: str, position: int) -> Explanation:
    """One item of a list of texts or numbers; `position` from 0."""
    whole = explain(computation, record, name)
    path = f"{whole.path}[{position}]"
    cell = record.section.cells[name]
    node = record.source.get(name)
    location = whole.location
    if isinstance(node, List) and position < len(node):
        location = locate(computation.source, node[position], path)
    return replace(whole, path=path, value=show(cell, record[name][position]), location=location)


def explain_typed(computation: Computation, path: str) -> Explanation | None:
    """What the data file says at a path that no field of the report bears; None where it says nothing there."""
    node: Node | None = computation.source.root
    at: tuple[int, int] = (1, 1)
    field: Field | None = None
    section: Section | None = computation.standard.root
    parts = steps(path) or []
    for part in parts:
        if isinstance(node, Map):
            name = part.removeprefix("=") if isinstance(part, str) else str(part)
            if name not in node:
                return None
            at, node = node.key_at[name], node[name]
            if field is None or not kind_of(field).keyed:
                cell = section.cells.get(name) if section is not None else None
                field, section = (cell.field, cell.section) if cell is not None else (None, None)
        elif isinstance(node, List) and isinstance(part, int) and part < len(node):
            node = node[part]
            at = node.line, node.column
        else:
            return None
    if node is None or not parts:
        return None
    known = field is not None or parts[0] in ABOUT_THE_FILE
    note = NOTHING if known else reasons.NO_SUCH_FIELD
    where = node if isinstance(node, Scalar) else at
    return Explanation(path, "", _typed_text(node), "data", "", locate(computation.source, where, path), note)


def _typed_text(node: Node) -> str:
    """A value of the data file on one line."""
    if isinstance(node, Map):
        return "，".join(f"{name} {_typed_text(value)}" for name, value in node.items())
    if isinstance(node, List):
        return "、".join(map(_typed_text, node))
    return " ".join(node.text.split())


def explain_parameter(computation: Computation, name: str, entry: str = "") -> Explanation | None:
    """A parameter of the standard, or an entry of one: its value, and the rule that sets it; None if it has no such entry."""
    value = _constant(computation.standard.parameters[name])
    if entry:
        entries = parameter_value(computation.standard.parameters[name])
        if not isinstance(entries, dict) or entry not in entries:
            return None
        value = str(entries[entry])
    reference = computation.standard.references.get(name, "")
    path = f"{name}.{entry}" if entry else name
    return Explanation(path, entry or name, value, "parameter", "", NOWHERE, Text(reference, reference))


def _constant(parameter: Parameter) -> str:
    value = parameter_value(parameter)
    if isinstance(value, dict):
        return "，".join(f"{name} {item}" for name, item in value.items())
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


def _figures(record: Record) -> str:
    """What a record without a key holds: its fields that have a value and hold no records themselves."""
    shown = {name: show(cell, record[name]) for name, cell in record.section.cells.items() if cell.shape is None}
    return "，".join(f"{name} {text}" for name, text in shown.items() if text)


def show(cell: Cell, value: Any) -> str:
    """A value as its field prints it; "" for a blank."""
    if value is None or value is INVALID:
        return ""
    if isinstance(value, Record):
        return value.key_value or _figures(value) or "…"
    if isinstance(value, Map):
        return "…"
    if isinstance(value, Image):
        return value.name
    if isinstance(value, list):
        return "、".join(show(cell, item) for item in value)
    if isinstance(value, dict):
        of = cell.field.of.type if cell.field.of else cell.field.type
        return "，".join(f"{name} {printer(of)(item)}" for name, item in value.items() if item is not None)
    return printer(cell.field.type)(value)
