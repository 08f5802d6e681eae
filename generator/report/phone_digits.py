"""Telephone numbers with a digit too many or too few: `0752-000`, a mobile number of ten digits, a post code."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.kept.lazy_patterns import lazy
from generator.report.compute import Computation
from generator.standard import Cell, Section
from generator.standard.kinds import kind_of

_SEVERAL = lazy(r"[/、；;，,]")
_COUNTRY = lazy(r"\A(?:\+|00)86[-\s]?|\A86-")
_EXTENSION = lazy(r"[转xX].*\Z|(?<=[0-9*]{7})[-—][0-9]{1,5}\Z")
_SPLIT = lazy(r"[-—\s()（）]+")


def check_phones(computation: Computation) -> None:
    """Tell of telephone numbers whose digits are too many or too few; digits that are hidden by `*` count."""
    for records in computation.records.values():
        for name, cell in _telephones(records[0].section):
            for record in records:
                text = record.get(name)
                if not isinstance(text, str) or record.source.get(name) is None:
                    continue
                odd = next((one for one in _SEVERAL.split(text) if not _likely(one.strip())), None)
                if odd is not None:
                    count = len(re.findall(r"[0-9*]", odd))
                    at = record.place_of(name), record.path_of(name)
                    computation.tell("phone-digits", *at, label=cell.field.label, text=odd.strip(), count=count)


@lru_cache(maxsize=4096)
def _telephones(section: Section) -> tuple[tuple[str, Cell], ...]:
    cells = section.cells.items()
    return tuple(
        (name, cell)
        for name, cell in cells
        if cell.origin == "data" and not cell.field.many and kind_of(cell.field).telephone
    )


def _likely(text: str) -> bool:
    """Whether a number has as many digits as numbers of its kind have: 7 or 8, an area code before them, 11 of a mobile."""
    parts = [part for part in _SPLIT.split(_EXTENSION.sub("", _COUNTRY.sub("", text))) if part]
    digits = "".join(parts)
    if len(parts) == 2 and len(parts[0]) in (3, 4) and parts[0].startswith("0"):
        return len(parts[1]) in (7, 8)
    if (digits.startswith("1") and len(digits) == 11) or (digits[:3] in ("400", "800") and len(digits) == 10):
        return True
    if len(set(digits)) == 1 or "*" in digits:  # what stands for a number that is not published
        return len(digits) in (7, 8, 10, 11, 12)
    return len(digits) in (5, 7, 8) or (digits.startswith("0") and len(digits) in (10, 11, 12))
