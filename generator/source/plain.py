"""A document as plain Python values, for contexts without a standard.

Numbers and words become what YAML 1.2's core schema and JSON say (`12` an integer, `0.5` a float, `true`, `null`); what
YAML 1.1 would mangle stays text (`010`, `12:30`, `yes`, `2020-12-31`), and so does everything quoted. A fraction of
YAML prints as it was typed: `1.10` is a version as often as an amount. It stays a number where numbers are computed or written
into a cell, so that no sum misses it.
"""

from __future__ import annotations

import math
import re
from typing import Any

from generator.diagnostics import Invalid
from generator.diagnostics.catalogue import diagnostic
from generator.kept.lazy_patterns import lazy
from generator.source.nodes import List, Map, Node, Scalar, Source, locate

_INTEGER = lazy(r"[-+]?(?:0|[1-9][0-9]*)\Z", re.ASCII)
_FLOAT = lazy(r"[-+]?(?:0|[1-9][0-9]*)?(?:\.[0-9]+|(?<=[0-9])\.)?(?:[eE][-+]?[0-9]+)?\Z", re.ASCII)
_SOME = lazy(r"[-+.0]*[1-9]", re.ASCII)  # a digit that counts, before any exponent
_WORDS = {"true": True, "false": False}
_TYPED = ("plain", "json-number", "json-word")
_MAX_DIGITS = 4000  # Python refuses to read longer integers


class TypedNumber(float):
    """A number that prints as it was typed: `1.10`, `161.40`, `1e3`."""

    __slots__ = ("typed",)

    def __new__(cls, typed: str) -> TypedNumber:
        made = super().__new__(cls, typed)
        made.typed = typed
        return made

    def __str__(self) -> str:
        return self.typed

    def __reduce__(self) -> tuple[type[TypedNumber], tuple[str]]:
        return TypedNumber, (self.typed,)


def plain_values(source: Source) -> Any:
    """The document's values: dicts, lists, text, int, float, bool, None.

    Raises:
        Invalid: it holds numbers that no program computes with; every one.
    """
    beyond: list[Scalar] = []
    values = _plain(source.root, beyond)
    if beyond:
        raise Invalid([diagnostic("number-out-of-range", locate(source, one)) for one in beyond])
    return values


def _plain(node: Node, beyond: list[Scalar]) -> Any:
    if isinstance(node, Map):
        return {key: _plain(value, beyond) for key, value in node.items()}
    if isinstance(node, List):
        return [_plain(item, beyond) for item in node]
    if node.is_null:
        return None
    text = node.text
    if node.style not in _TYPED:
        return text
    if text.lower() in _WORDS and text in ("true", "false", "True", "False", "TRUE", "FALSE"):
        return _WORDS[text.lower()]
    if _INTEGER.match(text) and len(text) < _MAX_DIGITS:
        return int(text)
    if text[:1] in "+-.0123456789" and any(digit in text for digit in "0123456789") and _FLOAT.match(text):
        number = float(text)
        if abs(number) == math.inf or (number == 0 and _SOME.match(text)):
            beyond.append(node)
        return number if node.style != "plain" or repr(number) == text else TypedNumber(text)
    return text
