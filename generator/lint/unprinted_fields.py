"""Fields of a standard that none of its templates prints, and what else they may be there for: formulas, checks, other standards."""

from __future__ import annotations

from collections.abc import Iterable

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.formula.scope import ROOT
from generator.standard.kinds import kind_of
from generator.standard.model import Cell, Section, Standard
from generator.template.paths import Use


def unprinted(uses: Iterable[Use], standard: Standard) -> list[Diagnostic]:
    """Fields that no template of a standard prints.

    A record none of whose fields is printed is told once, and so is a field of a type that is used several times. A
    field that a formula or a check reads, that an included library declares, or that is a map is none of them.
    """
    found = list(uses)
    used = {use.path for use in found}

    def touched(path: str) -> bool:
        return any(other == path or other.startswith((f"{path}.", f"{path}[]")) for other in used)

    # what is given away whole (to a macro, a call) is printed there, unless its fields are seen to be taken one by one
    given = {use.path for use in found if use.how in ("value", "print")}
    whole = {path for path in given if not any(other.startswith((f"{path}.", f"{path}[]")) for other in used)}

    def passed_on(path: str) -> bool:
        return any(path.startswith((f"{other}.", f"{other}[]")) for other in whole)

    unseen: dict[tuple[str, int, int], tuple[str, Cell]] = {}
    seen: set[tuple[str, int, int]] = set()

    def visit(section: Section) -> None:
        for name, cell in section.cells.items():
            path = f"{section.path}.{name}" if section.path else name
            if not touched(path) and not passed_on(path):
                unseen.setdefault(_declaration(cell), (path, cell))
                continue
            seen.add(_declaration(cell))
            if cell.section is not None and path not in whole:
                visit(cell.section)

    visit(standard.root)
    read = _read(standard)
    # a type that stands in several places need not be printed whole in each; what is read or shared has its purpose
    return [
        _unprinted(path, cell, standard)
        for key, (path, cell) in unseen.items()
        if key not in seen and not _serves(path, cell, read, standard)
    ]


def _declaration(cell: Cell) -> tuple[str, int, int]:
    source = cell.field.source
    return ("" if source is None else str(source.name), *cell.field.at)


def _serves(path: str, cell: Cell, read: set[str], standard: Standard) -> bool:
    """Whether a field that nothing prints is there for something else: formulas, other standards, narrative."""
    plain = path.replace("[]", "")
    source = cell.field.source
    shared = source is not None and source.name != standard.source.name  # a library's: other standards print it
    facts = kind_of(cell.field).facts  # what the narrative of data files refers to
    return shared or facts or any(other == plain or other.startswith(f"{plain}.") for other in read)


def _unprinted(path: str, cell: Cell, standard: Standard) -> Diagnostic:
    source = cell.field.source
    location = Location(
        file=str(source.name) if source is not None else str(standard.path),
        line=cell.field.at[0],
        column=cell.field.at[1],
        path=path,
    )
    return diagnostic("lint-field-unprinted", location, name=path)


def _read(standard: Standard) -> set[str]:
    """The paths, without marks of lists, that formulas and checks read."""
    found: set[str] = set()
    for section in standard.root.walk():
        for cell in section.cells.values():
            own: Section | None = section
            for _ in range(cell.up):
                own = own.parent if own else None
            found |= {_from_root(own, path) for path in cell.paths}
        for check in section.type.checks:
            parts = (check.rule, check.when, check.message)
            found |= {_from_root(section, path) for part in parts if part is not None for path in part.paths}
    documents = [part for one in standard.documents for part in (one.when, one.name)]
    columns = standard.summary.columns.values() if standard.summary else ()
    found |= {_from_root(standard.root, path) for part in (*documents, *columns) if part for path in part.paths}
    return found


def _from_root(section: Section | None, path: tuple[str, ...]) -> str:
    if path[:1] == (ROOT,):
        return ".".join(path[1:])
    prefix = section.path.replace("[]", "") if section else ""
    return ".".join((prefix, *path) if prefix else path)
