"""Where each type is used in the report, what computes each field there, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from graphlib import CycleError, TopologicalSorter
from typing import Any

from generator.diagnostics import Text
from generator.formula import INVALID, Compiled, InvalidInput
from generator.formula.functions import total as add_up
from generator.standard.kinds import kind_of
from generator.standard.model import Cell, Field, RecordType, Section
from generator.standard.standard_faults import Findings

MAX_SECTIONS = 5000
MAX_CYCLES = 20

Key = tuple[str, str]
Given = dict[str, "Cell | Given"]


def expand(root: RecordType, findings: Findings) -> Section:
    """The tree of sections of a report; a type that holds itself is told."""
    section = Section(root)
    count = [0]
    _expand(section, (root,), {}, findings, count)
    for inside in section.walk():
        for cell in inside.cells.values():
            if cell.leads:
                cell.sources = tuple(_sources(cell, inside, section, ()))
    return section


def _sources(cell: Cell, section: Section, root: Section, through: tuple[Cell, ...]) -> list[Section]:
    """The sections of the records that a computed field chooses, through other computed lists too."""
    if cell in through:  # a circle of formulas, which is told
        return []
    found: list[Section] = []
    for path in cell.leads:
        at = [root] if path[:1] == ("报告",) else [section]
        for name in path[1:] if path[:1] == ("报告",) else path:
            steps = [(inner, inner.cells[name]) for inner in at if name in inner.cells]
            at = []
            for inner, step in steps:
                at += [step.section] if step.section else _sources(step, inner, root, (*through, cell))
        found += [one for one in at if one not in found]
    return found


def _expand(
    section: Section, stack: tuple[RecordType, ...], given: Given, findings: Findings, count: list[int]
) -> None:
    """Fill a section's cells. `given` is what `set` and `total` of the use provide, by field name."""
    count[0] += 1
    for name, field in section.type.fields.items():
        provided = given.get(name)
        cell = provided if isinstance(provided, Cell) else _cell(field)
        section.cells[name] = cell
        if isinstance(balance := given.get(_balance(name)), Cell):
            cell.balance = balance.balance
            if cell.compute is None:
                findings.add("standard-balance-field", field.source, field.at, name=name)
        if field.record is None or field.formula is not None:
            continue
        if field.record in stack or count[0] > MAX_SECTIONS:
            findings.add("standard-recursive-type", field.source, field.at, name=name, type=field.record.name)
            continue
        path = f"{section.path}.{name}" if section.path else name
        child = Section(field.record, path + ("[]" if field.many else ""), section)
        cell.section = child
        inner = {**(provided if isinstance(provided, dict) else {}), **_given(field, findings)}
        _expand(child, (*stack, field.record), inner, findings, count)


def _cell(field: Field) -> Cell:
    """The cell of a field that its own type computes, or that the data file gives."""
    if field.formula is not None:
        formula = field.formula
        return Cell(
            field,
            "formula",
            formula.function,
            formula.text,
            formula.paths,
            parameters=formula.parameters,
            leads=formula.leads if field.record is not None else (),
        )
    if field.texts:
        paths = tuple(path for pair in field.texts for compiled in pair if compiled for path in compiled.paths)
        shown = "；".join(compiled.text for _, compiled in field.texts)
        read = frozenset(name for pair in field.texts for compiled in pair if compiled for name in compiled.parameters)
        return Cell(field, "text", _first_text(field.texts), shown, paths, parameters=read)
    if field.default_formula is not None:
        return Cell(field, "data", None, "", field.default_formula.paths)
    return Cell(field, "data")


def _first_text(texts: tuple[tuple[Compiled | None, Compiled], ...]) -> Callable[[Any], Any]:
    """The first wording whose condition holds; an unknown condition gives a blank."""

    def choose(record: Any) -> Any:
        for when, text in texts:
            decision = True if when is None else when.function(record)
            if decision is None:
                return None
            if decision:
                return text.function(record)
        return None

    return choose


def _given(field: Field, findings: Findings) -> Given:
    """What `set` and `total` of a use provide."""
    found: Given = {}
    assert field.record is not None
    if field.total:
        found = _totals(field.record, field.total, (), 1)
        if not found:
            findings.add("standard-total-nothing", field.source, field.at, name=field.name)
    for name, compiled in field.set.items():
        found[name] = Cell(
            field.record.fields[name],
            "set",
            compiled.function,
            compiled.text,
            compiled.paths,
            1,
            parameters=compiled.parameters,
        )
    for name, compiled in field.balance.items():
        found[_balance(name)] = Cell(field.record.fields[name], "formula", balance=compiled)
    return found


def _balance(name: str) -> str:
    """How what a use provides is called that a field's values add up to."""
    return f"={name}"


def _totals(record: RecordType, sources: tuple[Compiled, ...], inside: tuple[str, ...], up: int) -> Given:
    """Cells that add up each numeric input of several records, and the same for the records inside them."""
    found: Given = {}
    for name, field in record.fields.items():
        steps = (*inside, name)
        having = tuple(source for source in sources if _has(source, steps))
        if field.computed or not having or field.many:
            continue
        if field.record is not None:
            if inner := _totals(field.record, having, steps, up + 1):
                found[name] = inner
        elif kind_of(field).amount and not kind_of(field).hundredths:
            paths = tuple((*path, *steps) for source in having for path in source.paths)
            text = " + ".join(".".join((source.text, *steps)) for source in having)
            found[name] = Cell(field, "total", _adder(having, steps), text, paths, up)
    return found


def _has(source: Compiled, steps: tuple[str, ...]) -> bool:
    scope: Any = source.type.record
    for step in steps:
        found = scope.type_of(step) if scope else None
        if found is None:
            return False
        scope = found.record
    return True


def _adder(sources: tuple[Compiled, ...], steps: tuple[str, ...]) -> Callable[[Any], Any]:
    functions = [source.function for source in sources]

    def add(record: Any) -> Any:
        values: list[Any] = []
        for function in functions:
            found = function(record)
            for item in found if isinstance(found, list) else [found]:
                value = item
                for step in steps:
                    if value is None:
                        break
                    value = value[step]
                    if value is INVALID:
                        raise InvalidInput
                values.append(value)
        return add_up(values)

    return add


def order(root: Section, findings: Findings) -> tuple[tuple[Section, str], ...]:
    """The computed cells in dependency order; every cycle is told, with the names on it."""
    cells: dict[Key, tuple[Section, Cell]] = {}
    graph: dict[Key, set[Key]] = {}
    for section in root.walk():
        for name, cell in section.cells.items():
            key = (section.path, name)
            cells[key] = (section, cell)
            graph[key] = _dependencies(section, cell, root)
    for _ in range(MAX_CYCLES):
        try:
            ordered = list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            cycle: list[Key] = list(reversed(error.args[1]))
            _tell_cycle(cycle, cells, findings)
            graph[cycle[0]].discard(cycle[1])
            continue
        break
    else:
        ordered = []
    return tuple(
        (cells[key][0], key[1])
        for key in ordered
        if key in cells and (cells[key][1].origin != "data" or cells[key][1].field.default_formula)
    )


def _tell_cycle(cycle: list[Key], cells: dict[Key, tuple[Section, Cell]], findings: Findings) -> None:
    shown = [f"{path}.{name}" if path else name for path, name in cycle]
    field = cells[cycle[0]][1].field
    chain = " → ".join(shown)
    findings.add("standard-cycle", field.source, field.at, chain=Text(chain, chain))


def _dependencies(section: Section, cell: Cell, root: Section) -> set[Key]:
    """The cells that a cell's formula reads."""
    own = section
    for _ in range(cell.up):
        own = own.parent or own
    found = _read(own, cell.paths, root)
    if cell.balance is not None:
        found |= _read(section.parent or root, cell.balance.paths, root)
    return found


def _read(own: Section, paths: Iterable[tuple[str, ...]], root: Section) -> set[Key]:
    """The cells that paths lead through."""
    found: set[Key] = set()
    for path in paths:
        at = [own]
        for index, name in enumerate(path):
            if index == 0 and name == "报告":
                at = [root]
                continue
            cells = [(inner, inner.cells[name]) for inner in at if name in inner.cells]
            found |= {(inner.path, name) for inner, _ in cells}
            at = [below for _, step in cells for below in ((step.section,) if step.section else step.sources)]
    return found
