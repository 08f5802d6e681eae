"""From the text of a data file or a standard to a value of a field, or to what is wrong with it.

Nothing is guessed: a number is digits and a point, a percent carries its sign, a date exists in the calendar. How a kind
of field is read stands with it in `generator.standard.kinds`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from generator.kept.light_classes import replace
from generator.standard.kinds import kind_of
from generator.standard.model import Field


@lru_cache(maxsize=4096)
def convert(field: Field) -> Callable[[str], Any]:
    """The converter of a field, made once."""
    return converter(field)


@lru_cache(maxsize=4096)
def loose(field: Field) -> Callable[[str], Any]:
    """The converter of stated values: any number of places of a percent, no bounds."""
    places = 8 if kind_of(field).hundredths else field.places
    return converter(replace(field, places=places, minimum=None, maximum=None))


@lru_cache(maxsize=4096)
def single(field: Field) -> Field:
    """The field of one item of a list."""
    return replace(field, many=False, minimum=None, maximum=None)


def converter(field: Field) -> Callable[[str], Any]:
    """The function that makes a value of one item of the field from its text; it raises `BadValue`."""
    return kind_of(field).reader(field)
