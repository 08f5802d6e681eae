"""Kinds of fields, one object each: what a value takes in words, how it is read, typed and described to editors."""

from generator.standard.kinds.boolean_kind import BOOLEAN_KIND
from generator.standard.kinds.date_kind import DATE_KIND
from generator.standard.kinds.image_kind import IMAGE_KIND
from generator.standard.kinds.kind import BadValue, Kind, bound_text
from generator.standard.kinds.mapping_kinds import mapping_kinds
from generator.standard.kinds.number_kinds import NUMBER_KINDS
from generator.standard.kinds.text_kinds import TEXT_KINDS
from generator.standard.model import Field


def kind_of(field: Field) -> Kind:
    """The kind of a field that holds no records."""
    return KINDS[field.kind]


_TEXT, _PARAGRAPHS, *_TEXTS = TEXT_KINDS
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        *(_TEXT, _PARAGRAPHS, *NUMBER_KINDS, DATE_KIND, *_TEXTS),
        *mapping_kinds(kind_of),
        *(BOOLEAN_KIND, IMAGE_KIND),
    )
}
BASE_TYPES = tuple(KINDS)
NUMERIC = frozenset(name for name, kind in KINDS.items() if kind.numeric)
WHOLE = frozenset(name for name, kind in KINDS.items() if kind.whole)
HUNDREDTHS = frozenset(name for name, kind in KINDS.items() if kind.hundredths)
PROSE = frozenset(name for name, kind in KINDS.items() if kind.prose)
KEYED = frozenset(name for name, kind in KINDS.items() if kind.keyed)
UNITS = {name: kind.unit for name, kind in KINDS.items() if kind.unit}

__all__ = [
    "BASE_TYPES",
    "HUNDREDTHS",
    "KEYED",
    "KINDS",
    "NUMERIC",
    "PROSE",
    "UNITS",
    "WHOLE",
    "BadValue",
    "Kind",
    "bound_text",
    "kind_of",
]
