"""Semantic comparison of two documents, and their canonical text."""

from generator.compare.compare import compare, compare_folders, compare_rendered
from generator.compare.difference import Comparison, Difference, NotCompared, to_json, to_text
from generator.compare.page import to_html
from generator.compare.rules import Rules, read_rules
from generator.compare.show import show

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
