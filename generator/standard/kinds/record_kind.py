"""What is asked of a field that holds records: no base type, so no standard names it; it answers no to every question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.diagnostics.wording import value_words as words
from generator.formula import Type
from generator.standard.kinds.kind import Kind
from generator.standard.model import Field


def _no_text(field: Field) -> Callable[[str], Any]:
    raise AssertionError(f"{field.name} is no text")


RECORD_KIND = Kind(
    "record",
    lambda field: words.RECORD["yaml"],
    lambda field: Type("record", record=field.record),
    _no_text,
    lambda field: {"type": ["object", "null"]},
    lambda field: dict,
    words.RECORD,
)
