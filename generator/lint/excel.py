"""Excel templates examined before any data exists: their tags, and their paths against a standard."""

from __future__ import annotations

from generator.diagnostics import Diagnostic, InvalidDocument, InvalidTemplate
from generator.lint.paths import PlacedUse, check_uses, placed_use
from generator.package import Source
from generator.render.excel.template import ExcelTemplate
from generator.standard import Standard


def lint_excel(source: Source, standard: Standard | None = None) -> tuple[list[Diagnostic], list[PlacedUse]]:
    """Everything that can be said of an Excel template before data.

    Args:
        source: path, bytes or binary file.
        standard: whose fields it prints; without one its paths are not checked.

    Returns:
        The findings, and every use of a path, for fields that no template prints.

    Raises:
        Failure: there is no such file.
    """
    try:
        template = ExcelTemplate(source)
    except (InvalidTemplate, InvalidDocument) as fault:
        return list(fault.diagnostics), []
    placed = [placed_use(use, tag) for use, tag in template.uses()]
    return check_uses(placed, standard) if standard is not None else [], placed
