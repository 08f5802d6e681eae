"""YAML, JSON and filled-in forms to values that keep their text and place; nothing is converted.

`read_source` reads a file; `Scalar`, `Map` and `List` are what it says; `locate` and `position_in` turn a value, or a
character of a text, into the place that a finding names.
"""

from generator.source.nodes import (
    List,
    Map,
    Node,
    Refused,
    Scalar,
    Source,
    Written,
    locate,
    place_order,
    place_words,
    position_in,
)
from generator.source.plain import plain_values
from generator.source.read import holds_form, read_source

__all__ = [
    "List",
    "Map",
    "Node",
    "Refused",
    "Scalar",
    "Source",
    "Written",
    "holds_form",
    "locate",
    "place_order",
    "place_words",
    "plain_values",
    "position_in",
    "read_source",
]
