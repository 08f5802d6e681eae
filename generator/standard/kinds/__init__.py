"""Kinds of fields, one object each: what a value takes in words, how it is read, typed, mended and shown in a form.

Who wants to know something of a field's value asks its kind, never the kind's name: another kind is one object in `KINDS`.
"""

from decimal import Decimal
from typing import Any

from generator.standard.kinds.boolean_kind import BOOLEAN_KIND
from generator.standard.kinds.date_kind import DATE_KIND
from generator.standard.kinds.image_kind import IMAGE_KIND
from generator.standard.kinds.kind import BadValue, FormCell, Kind, plainly_written
from generator.standard.kinds.mapping_kinds import mapping_kinds
from generator.standard.kinds.number_kinds import NUMBER_KINDS
from generator.standard.kinds.record_kind import RECORD_KIND
from generator.standard.kinds.text_kinds import TEXT_KINDS
from generator.standard.model import Field

TOO_LARGE = Decimal("1e24")  # of a computed number: no budget comes near


def kind_of(field: Field) -> Kind:
    """The kind of a field."""
    return KINDS.get(field.kind, RECORD_KIND)


def kind_named(name: str) -> Kind:
    """The kind of that name; of records, and of what may be anything, one that answers no to every question."""
    return KINDS.get(name, RECORD_KIND)


def bound_text(field: Field, bound: Any) -> str:
    """A bound of a field as people write it: 10, 95%, 2020-12-31; of a list, its number of items."""
    return plainly_written(bound) if field.many else kind_of(field).written(bound)


def stored_places(field: Field) -> int:
    """Places to which a number is rounded on storing, as a fraction where people write it times a hundred."""
    return field.places + 2 if kind_of(field).hundredths else field.places


_TEXT, _PARAGRAPHS, *_TEXTS = TEXT_KINDS
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        *(_TEXT, _PARAGRAPHS, *NUMBER_KINDS, DATE_KIND, *_TEXTS),
        *mapping_kinds(kind_of),
        *(BOOLEAN_KIND, IMAGE_KIND),
    )
}

__all__ = ["KINDS", "TOO_LARGE", "BadValue", "FormCell", "Kind", "bound_text", "kind_named", "kind_of", "stored_places"]
