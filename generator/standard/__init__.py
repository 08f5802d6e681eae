"""What a bureau issues: read from YAML, typed and compiled, found in the libraries."""

from generator.standard.library import Summary, libraries
from generator.standard.load import available, load_standard
from generator.standard.model import Cell, Check, Document, Field, RecordType, Section, Standard

__all__ = [
    "Cell",
    "Check",
    "Document",
    "Field",
    "RecordType",
    "Section",
    "Standard",
    "Summary",
    "available",
    "libraries",
    "load_standard",
]
