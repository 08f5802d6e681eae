"""What is asked of a field that holds records: no base type, so no standard names it; it answers no to every question."""

from __future__ import annotations

from generator.diagnostics.wording import value_words as words
from generator.formula import Type
from generator.standard.kinds.kind import Kind, no_text

RECORD_KIND = Kind(
    "record",
    lambda field: words.RECORD["yaml"],
    lambda field: Type("record", record=field.record),
    no_text,
    lambda field: {"type": ["object", "null"]},
    lambda field: dict,
    words.RECORD,
)
