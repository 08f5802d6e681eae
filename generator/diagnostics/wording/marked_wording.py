"""What a workbook with marks says in its notes and in its sheet of differences."""

from __future__ import annotations

import re

from generator.diagnostics import Text

SHEET = Text("差异", "Differences")
NUMBER = Text("序号", "No.")
PLACE = Text("位置", "Place")
KIND = Text("种类", "Kind")
BEFORE = Text("旧", "Old")
AFTER = Text("新", "New")
DIFFERENCE = Text("差异", "Difference")
OLD = Text("旧值：{old}", "Old: {old}")
EMPTY = Text("（空）", "(empty)")
MORE = Text("另有 {n} 处没有列出", "{n} more are not listed")
NOTHING = Text("没有差异", "no difference")
_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)
