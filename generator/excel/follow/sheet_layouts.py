"""The sheets of a rendered workbook, and where the rows and columns of each went."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from generator.excel.follow.layout import AxisLayout, Origin
from generator.kept.light_classes import dataclass, field


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet of the rendered workbook.

    Args:
        source: the sheet's name in the template.
        name: its name in the rendered workbook.
        rows, columns: where its rows and columns went.
        loop: what names the loop over sheets that it comes from; None for a sheet that is there once.
        index: its iteration of that loop, from 0.
        row_loops: what names its own loops of rows, by their number.
    """

    source: str
    name: str
    rows: AxisLayout
    columns: AxisLayout
    loop: str | None = None
    index: int = 0
    row_loops: Mapping[int, str] = field(default_factory=dict)

    @property
    def moved(self) -> bool:
        """Whether any row or column left its place."""
        return not (self.rows.identity and self.columns.identity)


@dataclass(frozen=True, slots=True)
class WorkbookLayout:
    """The sheets of the rendered workbook, in their order there.

    Args:
        sheets: the rendered sheets.
        removed: the names of the template's sheets that were not rendered.
        unmoved: whether every sheet kept its name and every row and column its place.
    """

    sheets: tuple[SheetLayout, ...]
    removed: tuple[str, ...] = ()
    unmoved: bool = field(init=False)
    _outputs: Mapping[str, tuple[SheetLayout, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        outputs: dict[str, tuple[SheetLayout, ...]] = {}
        for name, group in groupby(self.sheets, lambda sheet: sheet.source.casefold()):
            outputs[name] = (*outputs.get(name, ()), *group)
        moved = self.removed or any(
            sheet.source != sheet.name or sheet.loop is not None or sheet.moved for sheet in self.sheets
        )
        object.__setattr__(self, "unmoved", not moved)
        object.__setattr__(self, "_outputs", outputs)

    def outputs(self, source: str) -> tuple[SheetLayout, ...]:
        """The sheets that a template's sheet became: none, one, or one per item. Excel compares names without case."""
        return self._outputs.get(source.casefold(), ())

    def seen_from(self, source: str, origin: SheetLayout | None, row: Origin | None = None) -> tuple[SheetLayout, ...]:
        """The sheets that a template's sheet means to a formula on the sheet `origin` (None: a defined name) in a row of it.

        A sheet from the same loop means the one of the same iteration, of that loop of sheets or of rows; otherwise all.
        """
        found = self.outputs(source)
        if origin is not None and origin.loop is not None:
            same = tuple(sheet for sheet in found if sheet.loop == origin.loop and sheet.index == origin.index)
            if same:
                return same
        if origin is not None and row is not None and origin.row_loops and found and found[0].loop is not None:
            for depth, loop in enumerate(origin.rows.loops(row.source)):
                if origin.row_loops.get(loop) == found[0].loop and depth < len(row.instance):
                    return tuple(sheet for sheet in found if sheet.index == row.instance[depth])
        return found
