"""The JSON Schema of a standard's data files, for editors: completion, hover texts, first checks while typing.

Draft 7, which the YAML language server of editors understands. What JSON Schema cannot say (formulas, checks, stated
values) is left to `generator check`.
"""

from __future__ import annotations

from typing import Any

from generator.standard.model import NUMERIC, WHOLE, Cell, Field, Section, Standard
from generator.standard.wording import bound_text, wanted

_SCALAR = ["string", "number", "boolean", "null"]


def json_schema(standard: Standard) -> dict[str, Any]:
    """The JSON Schema of the data files of a standard."""
    root = _record(standard.root)
    properties = {
        "标准": {"type": "string", "title": "标准", "description": "数据文件所用的标准。", "enum": _names(standard)},
        "standard": {"type": "string", "title": "标准", "description": "同“标准”。", "enum": _names(standard)},
        **root["properties"],
        "另载": {
            "type": ["array", "null"],
            "title": "另载",
            "description": "同一个数在报告别处又出现一次，核对两处是否一致。",
            "items": {
                "type": "object",
                "properties": {key: {"type": _SCALAR} for key in ("字段", "值", "处", "理由")},
                "required": ["字段", "值"],
                "additionalProperties": False,
            },
        },
        "保留": {
            "type": ["array", "null"],
            "title": "保留",
            "description": "文字中的数照原样保留，不再提醒。",
            "items": {
                "type": "object",
                "properties": {key: {"type": _SCALAR} for key in ("处", "文字", "理由")},
                "required": ["处", "文字", "理由"],
                "additionalProperties": False,
            },
        },
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"{standard.title}（{standard.id} {standard.version}）",
        "type": "object",
        "properties": properties,
        "required": root.get("required", []),
        "additionalProperties": False,
    }


def _names(standard: Standard) -> list[str]:
    return [standard.id, f"{standard.id}@{standard.version}"] if standard.version else [standard.id]


def _record(section: Section) -> dict[str, Any]:
    properties = {}
    required = []
    for name, cell in section.cells.items():
        properties[name] = _cell(cell)
        field = cell.field
        if cell.origin == "data" and demanded(cell) and (field.many or cell.section is None or _demands(cell.section)):
            required.append(name)
    found: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    if required:
        found["required"] = required
    return found


def demanded(cell: Cell) -> bool:
    """Whether the data file must give the field."""
    field = cell.field
    return cell.origin == "data" and field.required and field.default is None and field.default_formula is None


def _demands(section: Section) -> bool:
    return any(
        demanded(cell) and (cell.field.many or cell.section is None or _demands(cell.section))
        for cell in section.cells.values()
    )


def _cell(cell: Cell) -> dict[str, Any]:
    field = cell.field
    found: dict[str, Any] = {"title": field.label, "description": _description(cell)}
    if cell.section is not None:
        body = _record(cell.section)
        if field.many:
            found.update(type=["array", "null"], items=body)
        elif field.required:
            found.update(body)
            found["type"] = ["object", "null"]
        else:
            found.update(body)
            found["type"] = ["object", "null"]
    elif field.many:
        found.update(type=["array", "null"], items=_value(field))
    else:
        found.update(_value(field))
    if cell.origin != "data" and cell.section is None:
        published = {
            "type": "object",
            "properties": {"公布": _value(field), "理由": {"type": _SCALAR}},
            "required": ["公布", "理由"],
            "additionalProperties": False,
        }
        found = {"title": found["title"], "description": found["description"], "anyOf": [_value(field), published]}
    if field.example:
        found["examples"] = [field.example]
    return found


def _description(cell: Cell) -> str:
    field = cell.field
    parts = [field.description] if field.description else []
    if cell.origin != "data":
        parts.append(f"计算字段，不用填：{cell.formula}" if cell.formula else "计算字段，不用填")
    else:
        parts.append(("必填：" if demanded(cell) else "选填：") + wanted(field).zh)
    if field.minimum is not None and not field.many:
        parts.append(f"不小于 {bound_text(field, field.minimum)}")
    if field.maximum is not None and not field.many:
        parts.append(f"不大于 {bound_text(field, field.maximum)}")
    if field.example:
        parts.append(f"例如 {field.example}")
    return "。".join(parts) + "。"


def _value(field: Field) -> dict[str, Any]:
    """The schema of one value, as YAML reads it: a number may stand quoted."""
    kind = field.kind
    if kind == "percent":
        places = rf"(\.[0-9]{{1,{field.places}}})?" if field.places else ""
        return {"type": ["string", "null"], "pattern": rf"^-?[0-9]+{places}%$"}
    if kind in NUMERIC:
        whole = kind in WHOLE or not field.places
        places = "" if whole else rf"(\.[0-9]{{1,{field.places}}})?"
        found: dict[str, Any] = {"type": ["integer" if whole else "number", "string", "null"]}
        found["pattern"] = rf"^-?[0-9]+{places}$"
        if field.minimum is not None:
            found["minimum"] = float(bound_text(field, field.minimum))
        if field.maximum is not None:
            found["maximum"] = float(bound_text(field, field.maximum))
        return found
    if kind == "date":
        pattern = r"^[0-9]{4}(-[0-9]{1,2}-[0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)$"
        return {"type": ["string", "null"], "pattern": pattern}
    if kind == "choice":
        return {"enum": [*field.choices, None]}
    if kind in ("map", "bands"):
        return {"type": ["object", "null"], "additionalProperties": _value(field.of) if field.of else {}}
    if kind == "paragraphs":
        return {"type": [*_SCALAR, "array"], "items": {"type": _SCALAR}}
    return {"type": list(_SCALAR)}
