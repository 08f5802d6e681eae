"""A report printed by one of its templates, the same in this process and in one of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from generator.documents.printed_blanks import printed_blanks
from generator.figures import printing_a_report
from generator.template.single_braces import refuse_single_braces

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic
    from generator.documents.chart_workbooks import WordTemplate
    from generator.excel.template import ExcelTemplate
    from generator.ooxml.overlay import Overlay


def render_report(
    template: WordTemplate | ExcelTemplate, context: Mapping[str, Any], *, draft: bool
) -> tuple[Overlay, list[Diagnostic]]:
    """The document before it is written, and what is to be told of it.

    Args:
        template: of either engine.
        context: the report's values, as templates see them.
        draft: print what is missing as highlighted 【待填：…】.

    Raises:
        InvalidTemplate: it means a field by single braces, or cannot print the report.
    """
    refuse_single_braces(template.single_braces(), context)
    with printing_a_report() as silent:
        document, notes = template.unwritten(context, draft=draft)
    return document, [*notes, *printed_blanks(silent, template.uses())]
