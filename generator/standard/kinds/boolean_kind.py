"""Yes or no: 是 / 否."""

from __future__ import annotations

from generator.diagnostics.wording import value_words as words
from generator.formula import BOOLEAN
from generator.standard.kinds.kind import BadValue, Kind

_MEANT = {
    **dict.fromkeys(("true", "yes", "y", "1", "√", "✓", "对", "有", "真"), "是"),
    **dict.fromkeys(("false", "no", "n", "0", "×", "✗", "不是", "没有", "无", "假"), "否"),
}


def _read(text: str) -> bool:
    text = text.strip()
    if text in ("是", "否"):
        return text == "是"
    meant = _MEANT.get(text.lower())
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
