"""Semantic comparison of two documents, and their canonical text."""

from generator.compare.compare import compare, compare_folders, compare_rendered
from generator.compare.difference import Comparison, Difference, NotCompared, to_json, to_text
from generator.compare.lines import show
from generator.compare.page import to_html
from generator.compare.rules import Rules, read_rules

__all__ = [
    "Comparison",
    "Difference",
    "NotCompared",
    "Rules",
    "compare",
    "compare_folders",
    "compare_rendered",
    "read_rules",
    "show",
    "to_html",
    "to_json",
    "to_text",
]
