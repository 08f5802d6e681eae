"""How a value of an expression prints in a text: as its field says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from generator.figures import chinese_date, figure_text
from generator.formula.typing import Type

MAX_TEXT = 100_000


def printer(found: Type) -> Callable[[Any], str]:
    """A function that prints a value of this type; a blank is not passed to it."""
    if found.kind == "number":
        unit, places, form = found.unit, found.places, found.form
        return lambda value: figure_text(value, unit, places, form)
    if found.kind == "date":
        return chinese_date
    if found.kind == "boolean":
        return yes_no
    return str


def yes_no(value: Any) -> str:
    """A condition in words."""
    return "是" if value else "否"


def plain(value: Any) -> str:
    """A value in a message, whatever it is."""
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, Decimal):
        return figure_text(value, "", 10, "trim")
    if isinstance(value, date):
        return chinese_date(value)
    return str(value)


def contradicting(unit: str, following: str) -> str:
    """What follows a printed number and contradicts its unit (`}}%`, 元 after 万元); "" where nothing does.

    Args:
        unit: of the number; `%` for a percent, which prints its sign.
        following: the text behind the tag.
    """
    after = following.lstrip()
    if unit == "%" and after[:1] in ("%", "％"):
        return after[:1]
    if unit == "万元" and after.startswith("元"):
        return "元"
    if unit == "元" and after.startswith("万元"):
        return "万元"
    if unit == "亿元":
        return next((other for other in ("万元", "元") if after.startswith(other)), "")
    return ""
