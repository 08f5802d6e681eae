"""The value that a slip of the keyboard meant: written as the field wants it, or nothing where that would be a guess.

Only what leaves no choice: digits and signs of double width, characters that nobody sees, thousands separators in groups of
three, the unit behind the number. A percent without its sign, a rounded amount, a missing digit are a person's to decide.
What is mended how is the kind's own (`generator.standard.kinds`).
"""

from __future__ import annotations

from generator.standard.convert import loose
from generator.standard.kinds import BadValue, kind_of
from generator.standard.model import Field


def meant(field: Field, text: str) -> str | None:
    """What `text` means as a value of a field that does not take it as it is written; None where nothing is certain.

    Args:
        field: one item of it, where it is a list.
        text: as it is written in the data file.
    """
    if not text.strip() or _taken(field, text):
        return None
    found = kind_of(field).mended(field, text, lambda other: _taken(field, other))
    return found if found is not None and found != text and _taken(field, found) else None


def _taken(field: Field, text: str) -> bool:
    """Whether the field takes a value in this form; bounds are another matter."""
    try:
        loose(field)(text)
    except BadValue:
        return False
    return True
