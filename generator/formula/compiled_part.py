"""A part of an expression, compiled: its Python, its static type, the fields that it reads.

The Python of a part is one operand over the record `r` (see `python_code`): names of the program's own, never a word of a standard.
"""

from __future__ import annotations

import operator as operators
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from generator.formula.typing import ANY, Type
from generator.kept.light_classes import dataclass

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an expression.

    Args:
        code: an operand: a name, a call, or an expression in brackets.
        type: its static type.
        paths: what it refers to.
        exact: the operand that gives a number before it was rounded on storing, where `code` gives a value.
        sure: whether it always has a value.
        true, false: of a condition, what asks whether it is true, or false, where nothing that it reads is invalid; "" for no
            shorter way than to ask its value.
    """

    code: str
    type: Type
    paths: tuple[Path, ...] = ()
    exact: str = ""
    sure: bool = False
    true: str = ""
    false: str = ""

    @property
    def is_true(self) -> str:
        """What asks whether a condition is true."""
        return self.true or (self.code if self.sure else f"({self.code} is True)")

    @property
    def is_false(self) -> str:
        """What asks whether it is false."""
        return self.false or (f"(not {self.code})" if self.sure else f"({self.code} is False)")


BROKEN = Part("None", ANY)


def exponent_of(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _equal(left: Any, right: Any) -> bool:
    return left == right if type(left) is type(right) else str(left) == str(right)


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
    "in": lambda left, right: left in right,
    "not in": lambda left, right: left not in right,
}
