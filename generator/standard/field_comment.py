"""What a clerk is told beside an empty field of a data file: label, demand, kind, bounds, one example, what a blank means."""

from __future__ import annotations

import re

from generator.diagnostics import Text
from generator.formula.spoken import spoken
from generator.standard.field_wording import wanted
from generator.standard.kinds import NUMERIC, WHOLE, bound_text
from generator.standard.model import Cell, Field, Section

_KINDS = {
    "text": Text("", ""),
    "paragraphs": Text("可分段", "paragraphs"),
    "integer": Text("整数", "a whole number"),
    "number": Text("数", "a number"),
    "score": Text("分", "points"),
    "percent": Text("百分数", "a percentage"),
    "year": Text("年份", "a year"),
    "date": Text("日期", "a date"),
}
_NAME = re.compile(r"[^\W\d]\w*\Z")


def field_comment(cell: Cell, section: Section, year: int | None, language: str) -> str:
    """The comment of a field.

    Args:
        cell: the field in its section.
        section: where it stands, for what stands in where it is left empty.
        year: of the standard; its examples are of that year.
        language: `zh` or `en`.
    """
    field = cell.field
    parts: list[Text] = []
    if field.label != field.name:
        parts.append(_same(field.label))
    if demands(cell):
        parts.append(Text("必填", "required"))
    if cell.section is None:
        parts.append(_kind(field))
        parts += _bounds(field)
    if field.description:
        parts.append(_same(field.description))
    if example := _example(field, year):
        parts.append(Text(f"例如 {example}", f"such as {example}"))
    parts.append(_instead(field, section))
    words = (part.in_language(language).replace("\n", " ") for part in parts)
    return Text("；", "; ").in_language(language).join(word for word in words if word)


def demands(cell: Cell) -> bool:
    """Whether something must be typed there: a value, items, or a value inside a record."""
    if cell.section is None or cell.field.many:
        return cell.demanded
    return cell.demanded and any(demands(inner) for inner in cell.section.cells.values())


def _same(text: str) -> Text:
    return Text(text, text)


def _kind(field: Field) -> Text:
    if field.kind == "money":
        return _same(field.unit)
    if field.kind not in _KINDS:
        return wanted(field) if not field.many else _same("")
    kind = _KINDS[field.kind]
    if field.kind in NUMERIC and field.unit not in ("", "%", "分"):
        kind = Text(f"{kind.zh}（{field.unit}）", f"{kind.en} ({field.unit})")
    if field.kind in NUMERIC and field.kind not in WHOLE and field.places != 2:
        kind = Text(f"{kind.zh}，至多{field.places}位小数", f"{kind.en}, {field.places} decimal places at most")
    return kind


def _bounds(field: Field) -> list[Text]:
    found = []
    unit = Text("项", " items") if field.many else Text("字", " characters")
    if not field.many and field.kind not in ("text", "paragraphs"):
        unit = _same("")
    for zh, en, bound in (("不小于", "at least", field.minimum), ("不大于", "at most", field.maximum)):
        if bound is not None and not (field.kind == "integer" and zh == "不小于" and bound == 0 and not field.many):
            shown = bound_text(field, bound)
            found.append(Text(f"{zh} {shown}{unit.zh}", f"{en} {shown}{unit.en}"))
    return found


def _example(field: Field, year: int | None) -> str:
    """One example, of the standard's year."""
    if field.kind == "year" and year is not None and not field.many:
        return str(year)
    if field.kind == "date":
        month_and_day = field.example[4:] if re.match(r"\d{4}-", field.example) else ""
        if not month_and_day:
            return field.example or f"{year or 2020}-12-31"
        if year is None or int(field.example[:4]) in (year, year + 1):
            return field.example
        return f"{year + 1}{month_and_day}"
    return field.example or {"year": "2020", "percent": "95%"}.get(field.kind, "")


def _instead(field: Field, section: Section) -> Text:
    """What stands where the field is left empty."""
    if isinstance(field.default, str) and field.default:
        return Text(f"不填时为“{field.default}”", f"“{field.default}” where empty")
    if field.default_formula is not None:
        formula = field.default_formula.text
        named = section.cells.get(formula) if _NAME.match(formula) else None
        if named is not None and named.field.description:
            return Text(f"不填时{named.field.description}", f"where empty: {named.field.description}")
        if " if " in formula or "~" in formula:
            return Text("不填时由程序得出", "worked out where empty")
        return Text(f"不填时为{spoken(formula)}", f"{spoken(formula, 'en')} where empty")
    if field.default is not None and field.kind in NUMERIC:
        shown = bound_text(field, field.default)
        return Text(f"不填时为 {shown}", f"{shown} where empty")
    if field.empty and not field.required:
        return Text(f"空着印“{field.empty}”", f"prints “{field.empty}” where empty")
    return _same("")
