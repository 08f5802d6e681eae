"""Yes or no: 是 / 否."""

from __future__ import annotations

from generator.diagnostics import Text
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
    hint = Text(f"请填“{meant}”。", f"Write {meant}.") if meant else None
    raise BadValue("value-not-boolean", hint, text=text[:40])


BOOLEAN_KIND = Kind(
    "boolean",
    lambda field: Text("“是”或“否”", "是 or 否 (yes or no)"),
    lambda field: BOOLEAN,
    lambda field: _read,
    lambda field: {"enum": ["是", "否", None]},
    lambda field: bool,
)
