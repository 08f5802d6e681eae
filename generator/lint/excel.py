"""Excel templates examined before any data exists: their tags, and their paths against a standard."""

from __future__ import annotations

from generator.diagnostics import Diagnostic, InvalidDocument, InvalidTemplate
from generator.lint.paths import PlacedUse, check_uses, placed_use
from generator.package import Source
from generator.render.excel.template import ExcelTemplate
from generator.render.paths import uses
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
    offered = template._environment.globals
    placed: list[PlacedUse] = []
    for sheet in template._sheets:
        for tree in sheet.trees:
            for use in uses(tree, lambda name: name.startswith("__") or name in offered):
                if 0 < use.line <= len(sheet.places):
                    placed.append(placed_use(use, sheet.places[use.line - 1]))
    return check_uses(placed, standard) if standard is not None else [], placed
