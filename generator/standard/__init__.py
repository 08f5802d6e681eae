"""What a bureau issues: read from YAML, typed and compiled, found in the libraries."""

from generator.standard.blank import blank_data_file
from generator.standard.data_model import data_model
from generator.standard.library import Summary, libraries
from generator.standard.loading import available, examine_library, load_standard
from generator.standard.model import Cell, Check, Document, Field, RecordType, Section, Standard
from generator.standard.schema import json_schema

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
    "blank_data_file",
    "data_model",
    "examine_library",
    "json_schema",
    "libraries",
    "load_standard",
]
