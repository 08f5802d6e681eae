"""A workbook that is compiled: what every render of it starts from."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment

from generator.excel.compile.compiled_sheet import CompiledSheet
from generator.excel.compile.property_texts import Properties
from generator.excel.read.formula_cells import FormulaCell
from generator.excel.read.workbook import Workbook
from generator.kept.light_classes import dataclass
from generator.template.single_braces import SingleBraces


@dataclass(frozen=True, slots=True)
class CompiledWorkbook:
    """A template, ready to render; nothing in it changes.

    Args:
        workbook: as it was read.
        environment: of its programs.
        sheets: one for each sheet of the workbook; None for chart sheets and the like.
        formulas: the formula cells of each.
        properties: document properties with tags.
        braced: names in one pair of braces.
    """

    workbook: Workbook
    environment: Environment
    sheets: tuple[CompiledSheet | None, ...]
    formulas: tuple[Mapping[tuple[int, int], FormulaCell], ...]
    properties: Properties | None = None
    braced: tuple[SingleBraces, ...] = ()

    @property
    def tagged(self) -> bool:
        """Whether there is anything to render."""
        return self.properties is not None or any(
            sheet is not None and (sheet.tagged or sheet.head is not None) for sheet in self.sheets
        )
