"""The Word engine: docxtpl's language, compiled once, every error with its place."""

from generator.word.template import WordTemplate

__all__ = ["WordTemplate"]
