"""The documentation of a standard, from the standard itself: fields, rules, formulas in words, parameters, checks, changes.

The Word document is made by this program's own engine from the template beside this file, the page from the Jinja template.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import description_words as words
from generator.figures import Figure
from generator.form.look import rule, unit
from generator.formula.spoken import spoken
from generator.kept.light_classes import replace
from generator.standard import Cell, Section, Standard
from generator.standard.field_wording import wanted
from generator.standard.identity import standard_digest, standard_reference
from generator.standard.model import Change
from generator.standard.spoken_rules import rule_in_words

_HERE = Path(__file__).parent


def _prose(text: str, language: str) -> str:
    """A wording with its tags as places to fill: `{{ 单位.名称 }}报告` is “〔单位.名称〕报告”."""

    def place(match: re.Match[str]) -> str:
        return words.PLACE.filled(path=spoken(match[1].strip(), language)).in_language(language)

    return re.sub(r"\{\{((?:(?!\{\{).)*?)\}\}", place, text)


def description(standard: Standard, language: str = "zh") -> dict[str, Any]:
    """What the templates of the documentation print.

    Args:
        standard: the standard.
        language: of all words that are not the standard's own.
    """
    return {
        "词": {name: word.in_language(language) for name, word in words.HEADINGS.items()},
        "标题": standard.title,
        "名称": standard_reference(standard),
        "发布单位": standard.issuer or "—",
        "年度": str(standard.fiscal_year or "—"),
        "摘要": standard_digest(standard),
        "部分": [part for part in _parts(standard, language) if part["字段"]],
        "参数": [
            {"名称": name, "值": _value(parameter.value, language), "依据": standard.references.get(name, "—")}
            for name, parameter in standard.parameters.items()
        ],
        "校验": list(_checks(standard, language)),
        "文档": [{"模板": one.template, "名称": _prose(one.name.text, language)} for one in standard.documents],
        "变化": [
            {"版本": change.version, "内容": words.BETWEEN.in_language(language).join(_changed(change, language))}
            for change in reversed(standard.changes)
        ],
    }


def _changed(change: Change, language: str) -> list[str]:
    """What a version changed."""
    told = [words.RENAMED.filled(before=before, name=name) for before, name in change.renamed.items()]
    told += [words.ADDED.filled(path=path) for path in change.added]
    told += [words.REMOVED.filled(path=path) for path in change.removed]
    return [*(one.in_language(language) for one in told), *([change.note] if change.note else [])]


def _parts(standard: Standard, language: str) -> list[dict[str, Any]]:
    sections = ((_title(section, language), section.cells.items()) for section in standard.root.walk())
    return [{"标题": title, "字段": [_field(*cell, language) for cell in cells]} for title, cells in sections]


def _title(section: Section, language: str) -> str:
    if not section.path:
        return words.REPORT.in_language(language)
    return section.path.replace("[]", words.LISTED.in_language(language)).replace(".", " › ")


def _field(name: str, cell: Cell, language: str) -> dict[str, str]:
    field = cell.field
    if cell.section is not None:
        kind = words.LIST_BELOW if field.many else words.GROUP_BELOW
    else:
        kind = wanted(replace(field, many=False))
        plain = kind.in_language(language).split(words.EXAMPLE.in_language(language))[0]
        kind = words.LIST_OF.filled(kind=plain) if field.many else Text(plain, plain)
    demand = words.ORIGINS.get(cell.origin, words.REQUIRED if cell.demanded else words.OPTIONAL)
    said = rule(field, "", language) if cell.section is None and cell.origin == "data" else field.description
    return {
        "名称": name,
        "标签": field.label if field.label and field.label != name else "",
        "类型": kind.in_language(language),
        "单位": unit(field),
        "要求": demand.in_language(language),
        "规则": said or "",
        "公式": _prose(cell.formula, language) if cell.origin == "text" else spoken(cell.formula, language),
    }


def _checks(standard: Standard, language: str) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for section in standard.root.walk():
        for check in section.type.checks:
            said, graveness = (
                rule_in_words(section, check, language),
                words.WARNING if check.severity == "warning" else words.ERROR,
            )
            row = {"编号": check.id, "范围": _title(section, language), "规则": said}
            found.setdefault(f"{section.type.name}.{check.id}", {**row, "级别": graveness.in_language(language)})
    return list(found.values())


def _value(value: Any, language: str) -> str:
    if value is None:
        return words.UNSET.in_language(language)
    if isinstance(value, dict):
        listed = (f"{key} {_value(item, language)}" for key, item in value.items())
        return words.HEADINGS["间隔"].in_language(language).join(listed)
    if isinstance(value, list | tuple):
        return words.ENUMERATED.in_language(language).join(_value(item, language) for item in value)
    return str(Figure(value, places=8)) if isinstance(value, Decimal) else str(value)


def described_word(standard: Standard, language: str = "zh") -> bytes:
    """The documentation as a Word document."""
    from generator.documents.chart_workbooks import WordTemplate

    return WordTemplate(str(_HERE / "description.docx")).render(description(standard, language))


def described_page(standard: Standard, language: str = "zh") -> bytes:
    """The documentation as a page for a browser, which needs nothing beside it."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((_HERE / "description.html").read_text(encoding="utf-8"))
    return template.render(description(standard, language)).encode()
