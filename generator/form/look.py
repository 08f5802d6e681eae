"""How a form looks: the formats of its cells, what may be typed into them, and what a clerk is told beside them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from generator.standard.field_wording import wanted
from generator.standard.kinds import HUNDREDTHS, NUMERIC, PROSE, WHOLE, bound_text
from generator.standard.model import Field

FONT = "宋体"
INK, GREY, LINE = "#1F2A37", "#6B7280", "#B8C2CC"
HEAD, INPUT, COMPUTED, FIXED, NEED = "#DCE6F1", "#FFFBE6", "#EDEDED", "#E3E8EE", "#C00000"
Properties = dict[str, Any]


def number_format(field: Field | None) -> str:
    """The number format of a field's cell; a number without fixed places is `General`, which shows when a percent is
    typed into it."""
    if field is None:
        return "@"
    if field.kind in HUNDREDTHS:
        return "0." + "0" * field.places + "%" if field.places else "0%"
    if field.kind in WHOLE:
        return "0"
    if field.kind in NUMERIC:
        return "0." + "0" * field.places if field.form == "fixed" and field.places else "General"
    if field.kind == "date":
        return "yyyy-mm-dd"
    return "@"


def cell_look(field: Field | None, state: str = "input") -> Properties:
    """The format of a cell that is filled in, computed or fixed."""
    number = field is not None and field.kind in NUMERIC
    fill = {"input": INPUT, "computed": COMPUTED, "fixed": FIXED}[state]
    return {
        "font_name": FONT,
        "font_size": 10.5,
        "border": 1,
        "border_color": LINE,
        "bg_color": fill,
        "text_wrap": not number,
        "valign": "vcenter" if number else "top" if field is not None and field.kind == "paragraphs" else "vcenter",
        "align": "right" if number else "left",
        "num_format": number_format(field),
        "locked": state != "input",
        "font_color": INK if state == "input" else GREY,
    }


def unit(field: Field) -> str:
    """What the unit column prints."""
    return field.unit if field.kind in NUMERIC and field.unit != "%" else "%" if field.kind in HUNDREDTHS else ""


def rule(field: Field, demand: str) -> str:
    """What a field takes, in one line for a clerk: demand, kind, bounds, description, example, default."""
    parts = [demand] if demand else []
    if field.kind in NUMERIC - HUNDREDTHS and field.kind != "year":
        if field.kind in WHOLE:
            parts.append("整数")
        elif field.places != 2:
            parts.append(f"至多{field.places}位小数")
    elif field.kind == "phone":
        parts.append("电话号码")
    elif field.kind == "choice":
        parts.append("从下拉列表选")
    elif field.kind == "paragraphs":
        parts.append("可分段，Alt+Enter 换行")
    elif field.kind not in HUNDREDTHS and field.kind not in ("text", "year", "date"):
        parts.append(wanted(field).zh)
    for words, bound in (("不小于", field.minimum), ("不大于", field.maximum)):
        if bound is not None:
            parts.append(f"{words}{bound_text(field, bound)}" + ("字" if field.kind in PROSE else ""))
    if field.description:
        parts.append(field.description.replace("\n", " "))
    example = field.example or {"percent": "95.5%", "date": "2020-12-31"}.get(field.kind, "")
    if example:
        parts.append(f"例如 {example}")
    if isinstance(field.default, str) and field.default:
        parts.append(f"不填时为“{field.default}”")
    elif isinstance(field.default, Decimal):
        parts.append(f"不填时为 {bound_text(field, field.default)}")
    elif field.default_formula is not None:
        parts.append("不填时自动生成")
    if field.empty and not field.required:
        parts.append(f"空着印“{field.empty}”")
    return "；".join(parts)


def validation(field: Field, address: str, demand: str, options: str = "") -> Properties | None:
    """What may be typed into a cell.

    Args:
        field: of the cell.
        address: of the cell, relative, for the rule's formula.
        demand: `必填`, `选填`, …
        options: the range that holds the choices, where they are too long for a rule.
    """
    told = rule(field, demand)
    about: Properties = {
        "input_title": field.label[:32],
        "input_message": told[:254],
        "error_title": "填得不对",
        "error_message": told[:254] or "请按要求填写。",
        "ignore_blank": True,
    }
    if field.kind == "choice" or field.kind == "boolean":
        choices = list(field.choices) or ["是", "否"]
        source: Any = (
            choices if len(",".join(choices)) <= 250 and not any("," in one for one in choices) else f"={options}"
        )
        return {**about, "validate": "list", "source": source}
    if field.kind in NUMERIC:
        places = field.stored_places if field.kind not in WHOLE else 0
        tests = [f"ISNUMBER({address})", f"ABS(ROUND({address},{places})-{address})<0.0000000001"]
        if field.kind == "year":
            tests += [f"{address}>=1900", f"{address}<=2999"]
        for sign, bound in ((">=", field.minimum), ("<=", field.maximum)):
            if isinstance(bound, Decimal):
                tests.append(f"{address}{sign}{bound}")
        kind = "要填百分数，例如 95%。" if field.kind in HUNDREDTHS else "要填数，不写单位。"
        about["error_message"] = (kind + told)[:254]
        return {**about, "validate": "custom", "value": f"=AND({','.join(tests)})"}
    if field.kind == "date":
        low = field.minimum if isinstance(field.minimum, datetime.date) else datetime.date(1900, 1, 1)
        high = field.maximum if isinstance(field.maximum, datetime.date) else datetime.date(2999, 12, 31)
        about["error_message"] = ("要填日期，例如 2020-12-31。" + told)[:254]
        return {**about, "validate": "date", "criteria": "between", "minimum": low, "maximum": high}
    if isinstance(field.minimum, Decimal) or isinstance(field.maximum, Decimal):
        low, high = int(field.minimum or 0), int(field.maximum or 32767)  # type: ignore[arg-type]
        return {**about, "validate": "length", "criteria": "between", "minimum": low, "maximum": high}
    return {**about, "validate": "any"} if told else None


def refusal(label: str, why: str = "由程序计算，不用填。") -> Properties:
    """A rule that lets nothing be typed: the cell is computed, or the bureau's."""
    return {
        "validate": "custom",
        "value": "=FALSE",
        "input_title": label[:32],
        "input_message": why,
        "error_title": "不用填",
        "error_message": why,
    }
