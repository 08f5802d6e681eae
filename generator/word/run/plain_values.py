"""Many values of a table's rows printed together: texts, numbers and figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from itertools import repeat
from typing import Any

from generator.ooxml.escaping import QUOTE, escape
from generator.template.plain_rows import Together

_LONG = 1 << 20  # characters that are not put together
_BETWEEN = "\x1f"  # texts; none can hold it
_CONTROLS = bytes(range(0x1F))
_NUMBERED = {str, int}


def printed_together(write: Callable[[Any, int], bytes], elsewhere: Set[int], numbers: Set[type]) -> Together:
    """The function that prints values of rows.

    Args:
        write: prints one value at the tag of a line.
        elsewhere: lines of tags that stand where text needs more than escaping.
        numbers: kinds of values beside text that print alike, whatever was printed before them.
    """
    known = {str, *numbers}

    def together(values: Sequence[Any], lines: tuple[int, ...]) -> tuple[Sequence[bytes], bool] | None:
        kinds = set(map(type, values))
        if not kinds <= known:
            return None
        if kinds == _NUMBERED:
            values = _numbers_as_text(values, [line in elsewhere for line in lines])
            kinds = set(map(type, values))
        alike = kinds == {str}
        if sum(map(len, values) if alike else (len(value) for value in values if type(value) is str)) > _LONG:
            return None
        if alike and elsewhere.isdisjoint(lines) and (texts := _texts(values)) is not None:
            return texts, True
        found, plain = [b""] * len(values), True
        for number, line in enumerate(lines):
            column = values[number :: len(lines)]
            kinds = set(map(type, column))
            own = _texts(column) if line not in elsewhere and kinds == {str} else None
            plain = plain and (own is not None or (line not in elsewhere and str not in kinds))
            found[number :: len(lines)] = [*map(write, column, repeat(line))] if own is None else own
        return found, plain

    return together


def _numbers_as_text(values: Sequence[Any], kept: Sequence[bool]) -> Sequence[Any]:
    """The same values, columns of whole numbers as texts, but for those that are kept."""
    found = [*values]
    for number, keep in enumerate(kept):
        if not keep and set(map(type, column := found[number :: len(kept)])) == {int}:
            found[number :: len(kept)] = map(str, column)
    return found


def _texts(values: Sequence[str]) -> list[bytes] | None:
    """Texts as XML; None where one holds more than escaping takes care of (see `value_xml`)."""
    whole = _BETWEEN.join(values)
    if "\u2028" in whole:
        return None
    encoded = escape(whole, QUOTE).encode()
    if len(encoded.translate(None, _CONTROLS)) != len(encoded) or (b"\xef" in encoded and _odd(encoded)):
        return None
    texts = encoded.split(_BETWEEN.encode())
    return texts if len(texts) == len(values) else None


def _odd(encoded: bytes) -> bool:
    """Whether a text may hold one of U+FDD2 to U+FDD6, U+FFFE and U+FFFF."""
    return b"\xef\xb7" in encoded or b"\xef\xbf" in encoded
