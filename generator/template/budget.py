"""What one render may still spend: turns of loops, characters, time.

Nothing watches from outside: the generated code counts turns, and whatever makes text or lists says how much before it
makes it. Time is looked at wherever something is counted. A render's programs share one budget.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from generator.ooxml.limits import Limits, limits

ITEM = 8  # characters that an item of a list counts as
_KEPT = 1_000  # a list that weighs more is remembered with its weight, so that lists of lists are weighed once
_CONTAINERS = (list, tuple, dict, set, frozenset)
_MAX_BITS = 20_000  # of a number that a template computes
_MAX_EXPONENT = 6_000  # of a decimal number: as a whole number it would have about as many bits
_EVERY = 31  # turns between looks at the clock (a power of two less one)


def within_exponent(number: Decimal) -> None:
    """Let no decimal number through that as a whole number would fill pages, and take minutes to become one.

    Raises:
        LimitExceeded: it is one.
    """
    if not -_MAX_EXPONENT <= number.adjusted() <= _MAX_EXPONENT:  # 0 of what is no number
        raise LimitExceeded("text")


def fraction_bits(number: Fraction) -> int:
    """How long a fraction is: the longer of its two numbers, in bits."""
    return max(number.numerator.bit_length(), number.denominator.bit_length())


class LimitExceeded(Exception):
    """A render costs too much; `what` is "time", "turns", "text", "output" or "depth"."""

    def __init__(self, what: str, limit: float = 0):
        self.what = what
        self.limit = limit
        self.line: int | None = None  # of the tag, where what raised it was none
        super().__init__(what)


class Budget:
    """The budget of one render, which belongs to one thread.

    Args:
        bounds: those that hold where it is made, by default.
    """

    __slots__ = ("_begun", "_deadline", "_thread", "_weights", "bounds", "characters", "turn", "turns")

    def __init__(self, bounds: Limits | None = None):
        self.bounds = bounds or limits()
        self.characters = self.bounds.characters
        self._thread = threading.get_ident()
        self._begun = time.thread_time()
        self._deadline = time.monotonic() + self.bounds.seconds
        self._weights: dict[int, tuple[Any, int, int]] = {}
        self.turn, self.turns = _turns(self.bounds.turns, self)

    def tick(self) -> None:
        """End the render if its time is up: the time of its own thread, so that a busy machine costs nobody a render."""
        if time.monotonic() > self._deadline:
            self._late()

    def _late(self) -> None:
        if self._thread == threading.get_ident():
            left = self.bounds.seconds - (time.thread_time() - self._begun)
            if left > 0:
                self._deadline = time.monotonic() + left
                return
        raise LimitExceeded("time", self.bounds.seconds)

    def spend(self, characters: int) -> None:
        """Characters that are about to be made."""
        self.characters -= characters
        if self.characters < 0:
            raise LimitExceeded("text")
        if time.monotonic() > self._deadline:
            self._late()

    def counted(self, text: Callable[[Any, int], str]) -> Callable[[Any, int], str]:
        """The same function, what it gives counted: what is printed into a macro or a block is kept."""

        def counted(value: Any, line: int) -> str:
            printed = text(value, line)
            self.spend(len(printed))
            return printed

        return counted

    def made(self, value: Any) -> Any:
        """A value that an expression made, once it is counted.

        Raises:
            LimitExceeded: it is too long, holds too much (what stands in it twice counts twice), or nests too deep.
        """
        if value is True or value is False or value is None:
            return value
        if isinstance(value, str):
            self.spend(len(value))
        elif isinstance(value, _CONTAINERS):
            self.spend(ITEM * len(value))
            self.weigh(value)
        elif isinstance(value, int):
            if value.bit_length() > _MAX_BITS:
                raise LimitExceeded("text")
        elif isinstance(value, Decimal):
            within_exponent(value)
        elif isinstance(value, Fraction) and fraction_bits(value) > _MAX_BITS:
            raise LimitExceeded("text")
        return value

    def weigh(self, value: Any) -> int:
        """How many characters a value comes to when it is written out, about."""
        if isinstance(value, str):
            return len(value)
        if not isinstance(value, _CONTAINERS):
            return _weight_of_one(value)
        weight, depth = self._walk(value)
        if depth > self.bounds.depth:
            raise LimitExceeded("depth", self.bounds.depth)
        if weight > _KEPT:
            self._weights[id(value)] = (value, weight, depth)
        return weight

    def _walk(self, value: Any) -> tuple[int, int]:
        known = self._weights
        most, deepest = self.bounds.characters, self.bounds.depth
        weight, depth = 0, 1
        waiting = [(value, 1)]
        while waiting:
            item, level = waiting.pop()
            found = known.get(id(item))
            if found is not None:
                weight += found[1]
                depth = max(depth, level + found[2] - 1)
                if weight > most or depth > deepest:
                    break
                continue
            if level > depth:
                depth = level
            weight += ITEM * len(item)
            entries = (*item, *item.values()) if isinstance(item, dict) else item
            for entry in entries:
                if isinstance(entry, str):
                    weight += len(entry)
                elif isinstance(entry, _CONTAINERS):
                    waiting.append((entry, level + 1))
                elif isinstance(entry, int):
                    weight += entry.bit_length() // 3
            if weight > most or depth > deepest:
                break
        if depth > deepest:
            raise LimitExceeded("depth", self.bounds.depth)
        if weight > most:
            raise LimitExceeded("text")
        return weight, depth


def _turns(left: int, budget: Budget) -> tuple[Callable[[], None], Callable[[int], None]]:
    """What a loop calls once a turn, and what it calls for many turns at once."""
    bounds, thread, begun = budget.bounds, budget._thread, budget._begun
    now, used, here = time.monotonic, time.thread_time, threading.get_ident
    deadline = budget._deadline

    def look() -> None:
        nonlocal deadline
        if now() > deadline:
            rest = bounds.seconds - (used() - begun) if here() == thread else 0
            if rest <= 0:
                raise LimitExceeded("time", bounds.seconds)
            deadline = now() + rest

    def turn() -> None:
        nonlocal left
        left -= 1
        if left & _EVERY:
            return
        if left < 0:
            raise LimitExceeded("turns", bounds.turns)
        look()

    def turns(count: int) -> None:
        nonlocal left
        left -= count
        if left < -_EVERY:  # where a turn of them would have looked
            raise LimitExceeded("turns", bounds.turns)
        look()

    return turn, turns


def _weight_of_one(value: Any) -> int:
    if isinstance(value, int):
        return value.bit_length() // 3 + 1
    if isinstance(value, bytes | bytearray):
        return 4 * len(value)
    if isinstance(value, Mapping) or hasattr(value, "__len__"):
        return 64 * (1 + len(value))
    return 64
