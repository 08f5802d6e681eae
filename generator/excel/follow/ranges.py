"""Cells and ranges that are no formulas: lists of areas, and things that stand on one cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from generator.excel.follow.layout import AxisLayout, Instance, Origin, Span
from generator.excel.follow.sheet_layouts import SheetLayout
from generator.kept.light_tuples import NamedTuple
from generator.ooxml.addresses import Area, columns_of, parse_area, parse_areas, rectangle, rows_of, write_area
from generator.ooxml.package import copy_of
from generator.ooxml.spreadsheet import put_instead


class Box(NamedTuple):
    """A rectangle of cells by its output rows and columns, all included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return write_area(self.area())

    def area(self) -> Area:
        """The rectangle as an area: by its corner cells even where it reaches from edge to edge, as lists of cells want it."""
        return rectangle(self.top, self.left, self.bottom, self.right)


class Placed(NamedTuple):
    """Where one instance of something went: its rectangle and the instances of its row and column."""

    box: Box
    row: Instance
    column: Instance


def spread(area: Area, sheet: SheetLayout) -> list[Box]:
    """Every place of an area's cells, as rectangles: what a conditional format or a validation covers."""
    return [
        Box(rows.first, columns.first, rows.last, columns.last)
        for columns in sheet.columns.spans(*columns_of(area))
        for rows in sheet.rows.spans(*rows_of(area))
    ]


def repeat(area: Area, sheet: SheetLayout) -> Iterator[Placed]:
    """An area once for each instance of the loops that it stands in: what a merge or a picture becomes."""
    columns = list(_instances(sheet.columns, *columns_of(area)))
    for row, rows in _instances(sheet.rows, *rows_of(area)):
        for column, across in columns:
            yield Placed(Box(rows.first, across.first, rows.last, across.last), row, column)


def repeat_children(
    group: etree._Element, sheet: SheetLayout, name: str, renew: Callable[[etree._Element, str], None] | None = None
) -> bool:
    """Children once for each instance of the area that they state in an attribute; whether anything changed.

    Args:
        group: their element, changed in place.
        sheet: where its cells went.
        name: of the attribute.
        renew: gives a copy behind the first, with its area, what it must not share with the others.
    """
    changed = False
    for child in list(group) if sheet.moved else ():
        area = parse_area(child.get(name, ""))
        refs = [] if area is None else [str(placed.box) for placed in repeat(area, sheet)]
        if area is None or refs == [child.get(name)]:
            continue
        changed = True
        copies = [copy_of(child) for _ in refs]
        for number, (twin, ref) in enumerate(zip(copies, refs, strict=True)):
            twin.set(name, ref)
            if number and renew is not None:
                renew(twin, ref)
        put_instead(child, copies)
    return changed


def _instances(axis: AxisLayout, first: int, last: int) -> Iterable[tuple[Instance, Span]]:
    return [((), Span(first, last))] if axis.identity else axis.instances(first, last)


def cover(area: Area, sheet: SheetLayout) -> Box | None:
    """The rectangle that covers an area's cells, for what there is only once (a filter, a print area); None: all gone."""
    rows = sheet.rows.cover(*rows_of(area)) if not sheet.rows.identity else Span(*rows_of(area))
    columns = sheet.columns.cover(*columns_of(area)) if not sheet.columns.identity else Span(*columns_of(area))
    return Box(rows.first, columns.first, rows.last, columns.last) if rows and columns else None


def anchor(row: int, column: int, sheet: SheetLayout) -> tuple[int, int]:
    """Where something on a cell goes that must stand somewhere, though its cell be gone."""
    return (
        row if sheet.rows.identity else sheet.rows.anchor(row),
        column if sheet.columns.identity else sheet.columns.anchor(column),
    )


def follow_list(text: str, sheet: SheetLayout) -> str:
    """A list of areas (`sqref`) after the move; empty if nothing of it is left."""
    boxes = [box for area in parse_areas(text) for box in spread(area, sheet)]
    return " ".join(map(str, boxes))


def covers_elsewhere(text: str, sheet: SheetLayout) -> bool:
    """Whether the cells of a list of areas moved, multiplied or vanished."""
    if not sheet.moved:
        return False
    areas = parse_areas(text)
    return [box for area in areas for box in spread(area, sheet)] != [
        Box(rows_of(area)[0], columns_of(area)[0], rows_of(area)[1], columns_of(area)[1]) for area in areas
    ]


def first_cells(area: Area, sheet: SheetLayout) -> list[tuple[Origin, int, Origin, int]]:
    """Where an area's first cell went: source row with instance and output row, source column with instance and output column.

    If the first row or column is gone, the next one inside that is there.
    """
    rows = _first(sheet.rows, *rows_of(area))
    columns = _first(sheet.columns, *columns_of(area))
    return [(row, top, column, left) for row, top in rows for column, left in columns]


def _first(axis: AxisLayout, first: int, last: int) -> list[tuple[Origin, int]]:
    if axis.identity:
        return [(Origin(first, ()), first)]
    for band in axis.bands:
        if band.last < first or band.first > last:
            continue
        source = max(first, band.first)
        found = [(Origin(source, instance), output) for instance, output in axis.outputs(source)]
        if found:
            return found
    return []
