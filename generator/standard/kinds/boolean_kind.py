"""Yes or no: 是 / 否."""

from __future__ import annotations

from generator.diagnostics.wording import value_words as words
from generator.formula import BOOLEAN
from generator.standard.kinds.kind import BadValue, Kind
from generator.standard.kinds.meant_values import choice_meant


def _read(text: str) -> bool:
    text = text.strip()
    if text in ("是", "否"):
        return text == "是"
    meant = choice_meant(text, ("是", "否"))
    hint = words.BOOLEAN_MEANT.filled(meant=meant) if meant else None
    raise BadValue("value-not-boolean", hint, text=text[:40])


BOOLEAN_KIND = Kind(
    "boolean",
    lambda field: words.BOOLEAN,
    lambda field: BOOLEAN,
    lambda field: _read,
    lambda field: {"enum": ["是", "否", None]},
    lambda field: bool,
)
