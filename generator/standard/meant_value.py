"""The value that a slip of the keyboard meant: written as the field wants it, or nothing where that would be a guess.

Only what leaves no choice: digits and signs of double width, characters that nobody sees, thousands separators in groups of
three, the unit behind the number. A percent without its sign, a rounded amount, a missing digit are a person's to decide.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from generator.standard.convert import loose
from generator.standard.kinds import NUMERIC, BadValue
from generator.standard.kinds.text_kinds import INVISIBLE
from generator.standard.model import Field

_UNSEEN = re.compile(f"[{INVISIBLE}]")
_GROUPS = re.compile(r"(-?[0-9]{1,3}(?:,[0-9]{3})+)(?=\.|%|\D|\Z)")
_SPACED = re.compile(r"-?[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?%?\Z")
_WITH_UNIT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)\s*([^\d\s.%-][^\d\s]*)\Z")
_DAY = re.compile(r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})\Z")
_OF_YUAN = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_SIGNS = {">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤", "≧": "≥", "≦": "≤", "==": "="}
_MINUS = str.maketrans("－−–", "---")


def meant(field: Field, text: str) -> str | None:
    """What `text` means as a value of a field that does not take it as it is written; None where nothing is certain.

    Args:
        field: one item of it, where it is a list.
        text: as it is written in the data file.
    """
    if _taken(field, text) or not text.strip():
        return None
    if field.kind in NUMERIC:
        found = _number(field, text)
    elif field.kind == "date":
        found = _day(text)
    elif field.kind == "choice":
        found = _choice(field, text)
    elif field.kind == "phone":
        found = _plain(text)
    else:
        return None
    return found if found is not None and found != text and _taken(field, found) else None


def _plain(text: str) -> str:
    """The text in ordinary characters: halves of double width, nothing unseen."""
    wide = unicodedata.normalize("NFKC", _UNSEEN.sub("", text).replace("\u3000", " ")).strip()
    return wide.translate(_MINUS)


def _number(field: Field, text: str) -> str | None:
    plain = re.sub(r"(?<=[0-9])[。](?=[0-9])", ".", _plain(text))
    if _SPACED.match(plain):
        plain = plain.replace(" ", "")
    plain = _GROUPS.sub(lambda found: found[1].replace(",", ""), plain.replace("，", ","))
    plain = re.sub(r"\A\+(?=[0-9.])", "", plain)
    plain = re.sub(r"\A(-?)(?=\.[0-9])", r"\g<1>0", plain)
    plain = re.sub(r"(?<!\s)\s++(?=%\Z)", "", plain)
    if _taken(field, plain):
        return plain
    found = _WITH_UNIT.match(plain)
    return _without_unit(field, Decimal(found[1]), found[1], found[2]) if found else None


def _without_unit(field: Field, value: Decimal, digits: str, unit: str) -> str | None:
    """The number without its unit: the field's own, or another amount of money that the field's unit can say exactly."""
    if unit == field.unit or (field.kind == "year" and unit == "年"):
        return digits
    if unit in _OF_YUAN and field.unit in _OF_YUAN:
        shown = format((value * _OF_YUAN[unit] / _OF_YUAN[field.unit]).normalize(), "f")
        return shown if _taken(field, shown) else None
    return None


def _day(text: str) -> str:
    plain = _plain(text)
    return _DAY.sub(lambda day: f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}", plain)


def _choice(field: Field, text: str) -> str | None:
    plain = _plain(text)
    plain = _SIGNS.get(plain, plain)
    alike = [choice for choice in field.choices if _plain(choice) == plain or choice == plain]
    return alike[0] if len(alike) == 1 else None


def _taken(field: Field, text: str) -> bool:
    """Whether the field takes a value in this form; bounds are another matter."""
    try:
        loose(field)(text)
    except BadValue:
        return False
    return True
