"""The public classes and functions, thin over the rooms; `generator` hands them on.

What a command does not need it should not pay for: each is imported when it is first used, for the engines bring docxtpl and openpyxl.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.api.differences import compare, marked
    from generator.api.engines import lint, open_template, read_context, with_page_numbers
    from generator.api.reports import Examination, Report, Standard, available_standards, examine, load_standard
    from generator.batch.render_batch import render_batch
    from generator.compare import Comparison, settled, show, tracked
    from generator.diagnostics import Failure, Invalid, InvalidDocument, InvalidReport, InvalidStandard, InvalidTemplate
    from generator.documents.chart_workbooks import WordTemplate
    from generator.excel.template import ExcelTemplate
    from generator.report.explanation import Explanation

_HOMES = {
    "generator.api.differences": ("compare", "marked"),
    "generator.api.engines": ("lint", "open_template", "read_context", "with_page_numbers"),
    "generator.api.reports": (
        "Examination", "Report", "Standard", "available_standards", "examine", "load_standard",
    ),
    "generator.batch.render_batch": ("render_batch",),
    "generator.compare": ("Comparison", "settled", "show", "tracked"),
    "generator.diagnostics": (
        "Failure", "Invalid", "InvalidDocument", "InvalidReport", "InvalidStandard", "InvalidTemplate",
    ),
    "generator.documents.chart_workbooks": ("WordTemplate",),
    "generator.excel.template": ("ExcelTemplate",),
    "generator.report": ("Explanation",),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Comparison",
    "Examination",
    "ExcelTemplate",
    "Explanation",
    "Failure",
    "Invalid",
    "InvalidDocument",
    "InvalidReport",
    "InvalidStandard",
    "InvalidTemplate",
    "Report",
    "Standard",
    "WordTemplate",
    "available_standards",
    "compare",
    "examine",
    "lint",
    "load_standard",
    "marked",
    "open_template",
    "read_context",
    "render_batch",
    "settled",
    "show",
    "tracked",
    "with_page_numbers",
]


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module 'generator.api' has no attribute {name!r}")
