"""Yes or no: 是 / 否."""

from __future__ import annotations

from generator.diagnostics.wording import value_words as words
from generator.formula import BOOLEAN
from generator.standard.kinds.kind import BadValue, Kind
from generator.standard.kinds.meant_values import choice_meant

YES_AND_NO = ("是", "否")


def _read(text: str) -> bool:
    text = text.strip()
    if text in YES_AND_NO:
        return text == YES_AND_NO[0]
    meant = choice_meant(text, YES_AND_NO)
    hint = words.BOOLEAN_MEANT.filled(meant=meant) if meant else None
    raise BadValue("value-not-boolean", hint, text=text[:40])


BOOLEAN_KIND = Kind(
    "boolean",
    lambda field: words.BOOLEAN,
    lambda field: BOOLEAN,
    lambda field: _read,
    lambda field: {"enum": [*YES_AND_NO, None]},
    lambda field: bool,
    options=lambda field: YES_AND_NO,
    truth=True,
)
