"""A kind of field that the program does not have: a month, in one object."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.diagnostics import Text
from generator.formula import TEXT
from generator.standard.kinds import BadValue, FormCell, Kind
from generator.standard.model import Field

_MONTH = re.compile(r"([0-9]{4})[-./年](0?[1-9]|1[0-2])月?")
WANTED = Text("月份，例如 2020-05", "a month such as 2020-05")


def _reader(field: Field) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text.strip()):
            raise BadValue("value-of-no-kind", text=text.strip()[:40], wanted=WANTED)
        return text.strip()

    return read


def _mended(field: Field, text: str, taken: Callable[[str], bool]) -> str | None:
    found = _MONTH.fullmatch(text.strip())
    return f"{found[1]}-{int(found[2]):02}" if found else None


MONTH = Kind(
    "month",
    lambda field: WANTED,
    lambda field: TEXT,
    _reader,
    lambda field: {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}$"},
    lambda field: str,
    mended=_mended,
    comment=lambda field: Text("月份", "a month"),
    example=lambda field, year: field.example or f"{year or 2020}-05",
    cell=FormCell("line", lambda field: "@", lambda field: Text("月份", "a month"), "2020-05"),
)
