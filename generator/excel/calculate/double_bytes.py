"""Texts counted in bytes, as Excel does where Chinese is the language of editing: two for each letter beyond ASCII.

What would cut a letter in two is doubtful. Source: Microsoft, "LEFT, LEFTB functions" and the pages of the others.
"""

from __future__ import annotations

from typing import Any

from generator.excel.calculate.cell_arrays import Doubtful, error, lifted, number_of_value, same_length, text_of_value

_WILD = "*?~"


def _size(letter: str) -> int:
    if ord(letter) > 0xFFFF:
        raise Doubtful("letters that count as more")
    return 1 if ord(letter) < 128 else 2


def _total(text: str) -> int:
    return sum(map(_size, text))


def _count(value: Any, least: int = 0) -> int:
    number = int(number_of_value(value))
    if number < least:
        raise Doubtful("fewer than none")
    return number


def _letters(text: str, size: int) -> int:
    """How many letters take up `size` bytes."""
    taken = 0
    for number, letter in enumerate(text):
        if taken >= size:
            if taken > size:
                break
            return number
        taken += _size(letter)
    if taken > size:
        raise Doubtful("half a letter")
    return len(text)


@lifted
def length_in_bytes(value: Any) -> float:
    """LENB."""
    return float(_total(text_of_value(value)))


@lifted
def left_bytes(value: Any, count: Any = 1.0) -> str:
    """LEFTB."""
    text = text_of_value(value)
    return text[: _letters(text, _count(count))]


@lifted
def right_bytes(value: Any, count: Any = 1.0) -> str:
    """RIGHTB."""
    turned = text_of_value(value)[::-1]
    return turned[: _letters(turned, _count(count))][::-1]


@lifted
def middle_bytes(value: Any, start: Any, count: Any) -> str:
    """MIDB."""
    text = text_of_value(value)
    rest = text[_letters(text, _count(start, 1) - 1) :]
    return rest[: _letters(rest, _count(count))]


@lifted
def replaced_bytes(text: Any, start: Any, count: Any, new: Any) -> str:
    """REPLACEB."""
    whole = text_of_value(text)
    first = _letters(whole, _count(start, 1) - 1)
    rest = whole[first:]
    return whole[:first] + text_of_value(new) + rest[_letters(rest, _count(count)) :]


@lifted
def find_bytes(part: Any, text: Any, start: Any = 1.0) -> Any:
    """FINDB; not found is #VALUE!."""
    return _found(text_of_value(part), text_of_value(text), start)


@lifted
def search_bytes(part: Any, text: Any, start: Any = 1.0) -> Any:
    """SEARCHB: without case; `?` alone is the first letter of one byte (where the digits behind a Chinese word begin)."""
    wanted, whole = text_of_value(part), text_of_value(text)
    if wanted == "?":
        first = _letters(whole, _count(start, 1) - 1)
        at = next((number for number in range(first, len(whole)) if _size(whole[number]) == 1), -1)
        return error("Value") if at < 0 else float(_total(whole[:at]) + 1)
    if any(sign in wanted for sign in _WILD):
        raise Doubtful("what a sign stands for in bytes")
    return _found(wanted.casefold(), same_length(whole), start)


def _found(part: str, text: str, start: Any) -> Any:
    at = text.find(part, _letters(text, _count(start, 1) - 1))
    return error("Value") if at < 0 else float(_total(text[:at]) + 1)
