"""What a bureau issues: read from YAML, typed and compiled, found in the libraries."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from generator.standard.library import Summary, libraries
from generator.standard.load import available, load_standard
from generator.standard.model import Cell, Check, Document, Field, RecordType, Section, Standard

if TYPE_CHECKING:
    from generator.standard.blank_file import blank_data_file
    from generator.standard.build_standard import examine_library
    from generator.standard.editor_schema import json_schema
    from generator.standard.pydantic_models import data_model

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

# what reading a report does not need it should not pay for
_LATER = {
    "blank_data_file": "generator.standard.blank_file",
    "data_model": "generator.standard.pydantic_models",
    "examine_library": "generator.standard.build_standard",
    "json_schema": "generator.standard.editor_schema",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'generator.standard' has no attribute {name!r}")
