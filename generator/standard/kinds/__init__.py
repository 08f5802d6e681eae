"""Kinds of fields that are one object each: what a value takes in words, how it is read, typed and described to editors."""

from generator.standard.kinds.boolean_kind import BOOLEAN_KIND
from generator.standard.kinds.image_kind import IMAGE_KIND
from generator.standard.kinds.kind import BadValue, Kind

KINDS: dict[str, Kind] = {kind.name: kind for kind in (BOOLEAN_KIND, IMAGE_KIND)}

__all__ = ["KINDS", "BadValue", "Kind"]
