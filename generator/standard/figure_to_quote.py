"""A figure of a standard that shows how a text quotes one: `{{ 部门预算 }}万元`, with the unit that stands behind it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.standard.kinds import kind_of
from generator.standard.model import Cell, Section, Standard


def figure_to_quote(standard: Standard) -> str:
    """A reference with its unit: to an amount that must be given, best one with an example; else to what there is."""
    found = list(_inputs(standard.root, ""))
    numbers = [(path, cell) for path, cell in found if kind_of(cell.field).numeric and cell.field.unit]
    amounts = [one for one in numbers if kind_of(one[1].field).money]
    wanted = [one for one in amounts if one[1].demanded]
    shown = next(
        (
            group[0]
            for group in ([one for one in wanted if one[1].field.example], wanted, amounts, numbers, found)
            if group
        ),
        None,
    )
    if shown is None:
        return "{{ 字段 }}"
    path, cell = shown
    return f"{{{{ {path} }}}}{cell.field.unit}"


def _inputs(section: Section, path: str) -> Iterator[tuple[str, Cell]]:
    """The single values that a data file gives outside lists."""
    for name, cell in section.cells.items():
        own = f"{path}.{name}" if path else name
        if cell.field.many or cell.origin != "data" or kind_of(cell.field).keyed:
            continue
        if cell.section is not None:
            yield from _inputs(cell.section, own)
        elif not kind_of(cell.field).lines:
            yield own, cell
