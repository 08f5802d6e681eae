"""Names with values: a map, bands of lower bounds, a record of fields. They are read entry by entry, not from one text."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from generator.diagnostics.wording import value_words as words
from generator.formula import Type
from generator.standard.kinds.kind import Kind, no_text
from generator.standard.model import Field


def mapping_kinds(kind_of: Callable[[Field], Kind]) -> tuple[Kind, ...]:
    """The kinds of mappings.

    Args:
        kind_of: the kind of a field, for the values of a map.
    """

    def static(field: Field) -> Type:
        return Type("map", of=field.of.type if field.of else Type("number"))

    def schema(field: Field) -> dict[str, Any]:
        inner = kind_of(field.of).schema(field.of) if field.of else {}
        return {"type": ["object", "null"], "additionalProperties": inner}

    def python(field: Field) -> Any:
        return dict[str, kind_of(field.of).python(field.of) if field.of else Decimal]

    return (
        Kind("map", lambda field: words.MAP, static, no_text, schema, python, words.MAPS, keyed=True),
        Kind(
            "bands", lambda field: words.BANDS, static, no_text, schema, python, words.BANDED, keyed=True, bounds=True
        ),
    )
