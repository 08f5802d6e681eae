"""What a field takes, in words, for the people who fill it in."""

from __future__ import annotations

from typing import Literal

from generator.diagnostics import Text
from generator.standard.kinds import KINDS
from generator.standard.model import Field

Spelling = Literal["yaml", "json", "form"]

_RECORD = {
    "yaml": Text("一组“字段: 值”", "a mapping of fields"),
    "json": Text('花括号里的一组 "字段": 值', "an object of fields"),
    "form": Text("一组要填的格", "a group of cells"),
}
_LIST = {
    "yaml": Text("一个列表（每项一行，以“- ”开头），每项是", "a list, each item "),
    "json": Text("一个列表（写在方括号里，各项用逗号隔开），每项是", "a list in square brackets, each item "),
    "form": Text("一个列表（在它的工作表里一行一项），每项是", "a list, a row of its sheet each item, "),
}
_PUBLISHED = {
    "json": Text(
        '计算字段不用填，可以删去；若已公布不能改，写成 {{"公布": {stated}, "理由": "…"}}。',
        'A computed field need not be given; if it was published so, write {{"公布": {stated}, "理由": "…"}}.',
    ),
    "form": Text(
        "计算字段不用填，可以清空；若已公布不能改，在“公布值”表里写字段、公布的值（{stated}）和理由。",
        "A computed field need not be given; if it was published so, put field, value ({stated}) and reason into the sheet 公布值.",
    ),
}


def wanted(field: Field, spelling: Spelling = "yaml") -> Text:
    """What a field takes.

    Args:
        field: the field.
        spelling: of the data file that the words are for.
    """
    word = _RECORD[spelling] if field.kind == "record" else KINDS[field.kind].wanted(field)
    if field.many:
        start = _LIST[spelling]
        return Text(f"{start.zh}{word.zh}", f"{start.en}{word.en}")
    return word


def published_advice(stated: str, spelling: Spelling) -> Text | None:
    """How a published value is kept in a JSON file or a form; None: as the catalogue says it, for YAML."""
    advice = _PUBLISHED.get(spelling)
    return Text(advice.zh.format(stated=stated), advice.en.format(stated=stated)) if advice else None
