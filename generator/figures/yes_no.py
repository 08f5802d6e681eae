"""Yes or no in a report: prints 是 or 否, and is true or false in a condition."""

from __future__ import annotations


class YesNo(str):
    """A text that prints 是 or 否 and counts as a condition: 否 is false.

    It compares with 是 and 否, and with true and false.
    """

    __slots__ = ()

    def __new__(cls, value: bool) -> YesNo:
        return super().__new__(cls, "是" if value else "否")

    def __bool__(self) -> bool:
        return str.__eq__(self, "是")

    def __eq__(self, other: object) -> bool:
        return bool(self) is other if isinstance(other, bool) else str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__
