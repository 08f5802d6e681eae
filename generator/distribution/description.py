"""The documentation of a standard, from the standard itself: fields, rules, formulas in words, parameters, checks, changes.

The Word document is made by this program's own engine from the template beside this file, the page from the Jinja template.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.figures import Figure
from generator.form.look import rule, unit
from generator.formula.spoken import spoken
from generator.kept.light_classes import replace
from generator.standard import Cell, Section, Standard
from generator.standard.field_wording import wanted
from generator.standard.identity import standard_digest, standard_reference
from generator.standard.spoken_rules import rule_in_words

_HERE = Path(__file__).parent
_ORIGINS = {"set": "由上级给出", "total": "各项相加", "formula": "计算", "text": "自动行文"}


def _prose(text: str) -> str:
    """A wording with its tags as places to fill: `{{ 单位.名称 }}报告` is “〔单位.名称〕报告”."""
    return re.sub(r"\{\{((?:(?!\{\{).)*?)\}\}", lambda match: f"〔{spoken(match[1].strip())}〕", text)


def description(standard: Standard) -> dict[str, Any]:
    """What the templates of the documentation print."""
    return {
        "标题": standard.title,
        "名称": standard_reference(standard),
        "发布单位": standard.issuer or "—",
        "年度": str(standard.fiscal_year or "—"),
        "摘要": standard_digest(standard),
        "部分": [part for part in _parts(standard) if part["字段"]],
        "参数": [
            {
                "名称": name,
                "值": _value(parameter.value),
                "依据": standard.references.get(name, "—"),
            }
            for name, parameter in standard.parameters.items()
        ],
        "校验": list(_checks(standard)),
        "文档": [{"模板": one.template, "名称": _prose(one.name.text)} for one in standard.documents],
        "变化": [
            {
                "版本": change.version,
                "内容": "；".join(
                    [
                        *(f"{before} 改名为 {name}" for before, name in change.renamed.items()),
                        *(f"新增 {path}" for path in change.added),
                        *(f"取消 {path}" for path in change.removed),
                        *([change.note] if change.note else []),
                    ]
                ),
            }
            for change in reversed(standard.changes)
        ],
    }


def _parts(standard: Standard) -> list[dict[str, Any]]:
    return [
        {"标题": _title(section), "字段": [_field(name, cell) for name, cell in section.cells.items()]}
        for section in standard.root.walk()
    ]


def _title(section: Section) -> str:
    if not section.path:
        return "报告"
    return section.path.replace("[]", "（列表）").replace(".", " › ")


def _field(name: str, cell: Cell) -> dict[str, str]:
    field = cell.field
    if cell.section is not None:
        kind = "列表，见下" if field.many else "一组字段，见下"
    else:
        kind = wanted(replace(field, many=False)).zh.split("，例如")[0]
        kind = f"列表，每项是{kind}" if field.many else kind
    demand = _ORIGINS.get(cell.origin, "必填" if cell.demanded else "选填")
    said = rule(field, "") if cell.section is None and cell.origin == "data" else field.description
    return {
        "名称": name,
        "标签": field.label if field.label and field.label != name else "",
        "类型": kind,
        "单位": unit(field),
        "要求": demand,
        "规则": said or "",
        "公式": _prose(cell.formula) if cell.origin == "text" else spoken(cell.formula),
    }


def _checks(standard: Standard) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for section in standard.root.walk():
        for check in section.type.checks:
            place = _title(section)
            key = f"{section.type.name}.{check.id}"
            found.setdefault(
                key,
                {
                    "编号": check.id,
                    "范围": place,
                    "规则": rule_in_words(section, check),
                    "级别": "提醒" if check.severity == "warning" else "错误",
                },
            )
    return list(found.values())


def _value(value: Any) -> str:
    if value is None:
        return "（未定）"
    if isinstance(value, dict):
        return "，".join(f"{key} {_value(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return "、".join(_value(item) for item in value)
    return str(Figure(value, places=8)) if isinstance(value, Decimal) else str(value)


def described_word(standard: Standard) -> bytes:
    """The documentation as a Word document."""
    from generator.documents.chart_workbooks import WordTemplate

    return WordTemplate(str(_HERE / "description.docx")).render(description(standard))


def described_page(standard: Standard) -> bytes:
    """The documentation as a page for a browser, which needs nothing beside it."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((_HERE / "description.html").read_text(encoding="utf-8"))
    return template.render(description(standard)).encode()
