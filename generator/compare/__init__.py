"""Semantic comparison of two documents, and their canonical text."""

from generator.compare.ci_reports import to_github, to_junit, to_markdown
from generator.compare.compare import compare, compare_folders, compare_rendered
from generator.compare.difference import Comparison, Difference, NotCompared, to_json, to_text
from generator.compare.excel.marked_workbook import marked
from generator.compare.lines import show
from generator.compare.page import to_html
from generator.compare.rules import Rules, read_rules
from generator.compare.tally import to_summary
from generator.compare.word.settle_revisions import settled
from generator.compare.word.tracked_document import tracked

__all__ = [
    "Comparison",
    "Difference",
    "NotCompared",
    "Rules",
    "compare",
    "compare_folders",
    "compare_rendered",
    "marked",
    "read_rules",
    "settled",
    "show",
    "to_github",
    "to_html",
    "to_json",
    "to_junit",
    "to_markdown",
    "to_summary",
    "to_text",
    "tracked",
]
