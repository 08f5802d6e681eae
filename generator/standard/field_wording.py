"""What a field takes, in words, for the people who fill it in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from generator.diagnostics import Text
from generator.standard.kinds import KINDS
from generator.standard.model import Field


def wanted(field: Field) -> Text:
    """What a field takes."""
    words = {
        "text": Text("一段文字", "a text"),
        "paragraphs": Text("文字（可分段）", "text in paragraphs"),
        "integer": Text("整数", "a whole number"),
        "number": Text("数", "a number"),
        "money": Text(f"金额（{field.unit}）", f"an amount ({field.unit})"),
        "percent": Text("百分数，例如 95%", "a percentage such as 95%"),
        "score": Text("分数", "a score"),
        "year": Text("年份，例如 2020", "a year such as 2020"),
        "date": Text("日期，例如 2020-12-31", "a date such as 2020-12-31"),
        "phone": Text("电话号码", "a telephone number"),
        "choice": Text(f"{'、'.join(field.choices)}之一", f"one of {', '.join(field.choices)}"),
        "map": Text("一组“名称: 值”", "a mapping"),
        "bands": Text("一组“名称: 下限”", "a mapping of lower bounds"),
        "record": Text("一组“字段: 值”", "a mapping of fields"),
    }
    word = KINDS[field.kind].wanted if field.kind in KINDS else words[field.kind]
    if field.many:
        return Text(f"一个列表（每项一行，以“- ”开头），每项是{word.zh}", f"a list, each item {word.en}")
    return word


def bound_text(field: Field, bound: Any) -> str:
    """A bound of a field as people write it: 10, 95%, 2020-12-31."""
    if isinstance(bound, Decimal):
        scaled = bound * 100 if field.kind == "percent" else bound
        return format(scaled.normalize(), "f") + ("%" if field.kind == "percent" else "")
    return str(bound)
