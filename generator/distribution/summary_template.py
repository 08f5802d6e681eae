"""A summary in the bureau's own template: `{%tr for 单位 in 报送 %}`, a row a department, in Excel or Word."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.diagnostics.wording.summary_words import STATES
from generator.distribution.collection import Collection, all_findings
from generator.distribution.submission import Submission
from generator.distribution.summary_columns import Column, Value, name_path
from generator.distribution.summary_lines import state_of
from generator.documents.any_template import open_template
from generator.figures import Blank, Figure
from generator.report.context import Contexts, parameter_value
from generator.standard import Standard
from generator.template.rendered import Rendered

HANDED_IN = "报送"


def used_names(template: str | Path) -> frozenset[str]:
    """The names of a report's fields that a template uses of each department: what need not be kept is not.

    Raises:
        InvalidTemplate: the template is at fault.
        Failure: it cannot be read.
    """
    found = set()
    for path in open_template(template).variables():
        head, dot, rest = path.partition("[].")
        if head == HANDED_IN and dot:
            found.add(rest.split(".")[0].removesuffix("[]"))
    return frozenset(found)


def summary_document(template: str | Path, collection: Collection, standard: Standard) -> Rendered:
    """The template's document, and the notes of its rendering.

    The template sees 报送 (each with the report's fields and 文件, 状况, 错误数, 提醒数, 所用标准), 未报送, 名册外, 问题, 合计 and 平均
    by the headings of the columns, 标准, and the numbers 应报, 已报, 未报.

    Raises:
        InvalidTemplate: the template is at fault, or cannot print the summary.
        Failure: it cannot be read.
    """
    columns = collection.columns
    context = {
        HANDED_IN: [_department(number, one, standard) for number, one in enumerate(collection.submissions, 1)],
        "未报送": [{"名称": name, "状况": STATES["missing"].zh} for name in collection.missing],
        "名册外": [{"名称": name} for name in collection.extra],
        "问题": list(_findings(collection)),
        "合计": _sums(columns, collection.totals),
        "平均": _sums(columns, collection.averages),
        "等级": [{"名称": grade, "个数": count} for grade, count in collection.grades.items()],
        "标准": {
            "名称": collection.standard,
            "标题": collection.title,
            "发布单位": collection.issuer,
            "摘要": collection.digest,
        },
        "应报": len(collection.handed_in) if collection.listed is None else collection.listed,
        "已报": len(collection.handed_in),
        "未报": len(collection.missing),
    }
    return open_template(template).render_with_notes(context, trusted=True)


def _department(number: int, one: Submission, standard: Standard) -> dict[str, Any]:
    """What the template sees of a department; of a bad data file, its name and blanks."""
    found = dict(one.context) if one.context is not None else _blanks(one, standard)
    own = {
        "序号": number,
        "文件": one.file,
        "状况": state_of(one, "zh"),
        "错误数": one.errors,
        "提醒数": one.warnings,
        "所用标准": one.stated,
    }
    return {**own, **found}


def _blanks(one: Submission, standard: Standard) -> dict[str, Any]:
    parameters = {name: parameter_value(parameter) for name, parameter in standard.parameters.items()}
    found = {name: value for name, value in parameters.items() if value is not None}
    found.update(Contexts().empty_row(standard.root, ""))
    path = name_path(standard)
    if path:
        found[path[0]] = _named(found[path[0]], path[1:], one.name)
    return found


def _named(blank: Any, path: tuple[str, ...], name: str) -> Any:
    """A blank record whose field of that path is the department's name."""
    if not path:
        return name
    parts = dict(blank.parts or {}) if isinstance(blank, Blank) else dict(blank)
    parts[path[0]] = _named(parts.get(path[0], Blank()), path[1:], name)
    return parts


def _sums(columns: tuple[Column, ...], sums: tuple[Value, ...]) -> dict[str, Any]:
    return {
        column.heading: Figure(value, column.unit, column.places, column.form)
        if isinstance(value, Decimal)
        else Blank(column.heading, column.heading)
        for column, value in zip(columns, sums, strict=True)
    }


def _findings(collection: Collection) -> Iterator[dict[str, Any]]:
    for _, one, finding in all_findings(collection):
        where = finding.location
        place = where.place.zh if where.place else f"第{where.line}行" if where.line else ""
        yield {
            "单位": one.name,
            "文件": one.file,
            "级别": "错误" if finding.severity == "error" else "提醒",
            "问题": finding.message,
            "怎么改": finding.hint or "",
            "位置": place,
            "字段": where.path or "",
            "编号": finding.code,
        }
