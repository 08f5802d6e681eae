"""Semantic comparison of two documents, and their canonical text."""

from generator.compare.show import show

__all__ = ["show"]
