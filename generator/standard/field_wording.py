"""What a field takes, in words, for the people who fill it in."""

from __future__ import annotations

from generator.diagnostics import Text
from generator.standard.kinds import KINDS
from generator.standard.model import Field

_RECORD = Text("一组“字段: 值”", "a mapping of fields")


def wanted(field: Field) -> Text:
    """What a field takes."""
    word = _RECORD if field.kind == "record" else KINDS[field.kind].wanted(field)
    if field.many:
        return Text(f"一个列表（每项一行，以“- ”开头），每项是{word.zh}", f"a list, each item {word.en}")
    return word
