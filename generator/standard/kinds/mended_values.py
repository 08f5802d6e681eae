"""A value as its field wants it, from one with a slip of the keyboard, where that leaves no choice.

Each function is given the field (of a list, that of one item), the text as it is typed, and whether a text would be taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from generator.kept.lazy_patterns import lazy
from generator.standard.model import Field

# Characters that take no ink: spaces other than those that are typed, joiners and marks of direction, private use.
INVISIBLE = "\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff\ue000-\uf8ff\U000f0000-\U0010fffd"
INVISIBLE_CHARACTER = lazy(f"[{INVISIBLE}]")
_GROUPS = lazy(r"(-?[0-9]{1,3}(?:,[0-9]{3})+)(?=\.|%|\D|\Z)")
_SPACED = lazy(r"-?[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?%?\Z")
_WITH_UNIT = lazy(r"(-?[0-9]+(?:\.[0-9]+)?)\s*([^\d\s.%-][^\d\s]*)\Z")
DAY_OF_OTHER_SIGNS = lazy(r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})\Z")
_QUOTED = lazy(r"[“‘'\"「]\s*([^“”‘’'\"「」\s]+)\s*[”’'\"」]\Z")
_OF_YUAN = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "万": Decimal(10_000),
    "亿元": Decimal(100_000_000),
}
_COUNTED = lazy(r"([0-9]+)\s*[人名个位家户辆次]\Z")
_SIGNS = {">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤", "≧": "≥", "≦": "≤", "==": "="}
_MINUS = str.maketrans("－−–", "---")
Taken = Callable[[str], bool]


def _ordinary(text: str) -> str:
    """The text in ordinary characters: halves of double width, nothing unseen."""
    wide = unicodedata.normalize("NFKC", INVISIBLE_CHARACTER.sub("", text).replace("\u3000", " ")).strip()
    return wide.translate(_MINUS)


def mended_word(field: Field, text: str, taken: Taken) -> str | None:
    """A text of ordinary characters."""
    return _ordinary(text)


def mended_number(field: Field, text: str, taken: Taken) -> str | None:
    """A number without separators, or its unit: the field's own, or another amount of money that the field's can say exactly."""
    plain = re.sub(r"(?<=[0-9])[。](?=[0-9])", ".", _ordinary(text))
    if _SPACED.match(plain):
        plain = plain.replace(" ", "")
    plain = _GROUPS.sub(lambda found: found[1].replace(",", ""), plain.replace("，", ","))
    plain = re.sub(r"\A\+(?=[0-9.])", "", plain)
    plain = re.sub(r"\A(-?)(?=\.[0-9])", r"\g<1>0", plain)
    plain = re.sub(r"(?<!\s)\s++(?=%\Z)", "", plain)
    quoted = _QUOTED.match(plain)
    plain = quoted[1] if quoted else plain
    if taken(plain):
        return plain
    found = _WITH_UNIT.match(plain)
    return _without_unit(field, found[1], found[2], taken) if found else None


def _without_unit(field: Field, digits: str, unit: str, taken: Taken) -> str | None:
    if unit == field.unit:
        return digits
    if unit in _OF_YUAN and field.unit in _OF_YUAN:
        shown = format((Decimal(digits) * _OF_YUAN[unit] / _OF_YUAN[field.unit]).normalize(), "f")
        return shown if taken(shown) else None
    return None


def mended_count(field: Field, text: str, taken: Taken) -> str | None:
    """A whole number without what it counts: `8人`."""
    found = _COUNTED.match(_ordinary(text))
    return found[1] if found and taken(found[1]) else mended_number(field, text, taken)


def mended_year(field: Field, text: str, taken: Taken) -> str | None:
    """A year, which may be followed by 年."""
    return mended_number(field, text, taken) or mended_number(field, _ordinary(text).removesuffix("年"), taken)


def mended_day(field: Field, text: str, taken: Taken) -> str | None:
    """A day with hyphens."""
    return DAY_OF_OTHER_SIGNS.sub(lambda day: f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}", _ordinary(text))


def mended_choice(field: Field, text: str, taken: Taken) -> str | None:
    """The one choice that is written so in ordinary characters."""
    plain = _ordinary(text)
    plain = _SIGNS.get(plain, plain)
    alike = [choice for choice in field.choices if _ordinary(choice) == plain or choice == plain]
    return alike[0] if len(alike) == 1 else None
