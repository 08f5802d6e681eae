"""A standard from nothing: from tagged templates, whose tags name the fields; or a small example to be changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from generator.diagnostics import Failure, InvalidStandard, Location
from generator.diagnostics.catalogue import diagnostic
from generator.distribution.derive import Derived, check_new, year_of
from generator.documents.any_template import open_template
from generator.kept.light_classes import dataclass, field
from generator.ooxml.file_endings import EXCEL_ENDINGS
from generator.ooxml.package import open_package, read_bytes, write_together
from generator.ooxml.workbook_cells import read_workbook_cells
from generator.ooxml.worksheet_cells import Unsound
from generator.standard import load_standard

_HERE = Path(__file__).parent  # the templates of the example lie beside this file
_UNITS = (("万元", "money"), ("%", "number"), ("％", "number"), ("分", "score"))  # a percent prints its own sign
_COUNTED = ("人", "个", "名", "项", "家", "次", "辆", "件", "户", "批")
_ENDINGS = (
    (("率", "占比", "比例", "比重"), "percent"),
    (("日期", "时间"), "date"),
    (("年度", "年份"), "year"),
    (("得分", "分值", "总分", "评分"), "score"),
    (("金额", "预算数", "执行数", "决算数", "经费", "资金", "支出", "收入"), "money"),
    (("人数", "个数", "数量", "家数", "户数"), "integer"),
    (("电话", "手机"), "phone"),
    (("说明", "情况", "内容", "措施", "问题"), "paragraphs"),
)


@dataclass
class _Name:
    """A name that templates use: what is below it, and whether it is a list."""

    many: bool = False
    below: dict[str, _Name] = field(default_factory=dict)


def from_templates(new_id: str, templates: Sequence[str], folder: Path, issuer: str = "") -> Derived:
    """A standard whose fields are those that templates print; types are guessed from formats, units and names.

    Raises:
        InvalidTemplate: a template is at fault.
        InvalidStandard: the tags cannot all be fields.
        Failure: a file cannot be read or written, or the name is taken.
    """
    root = _Name()
    hints: dict[str, str] = {}
    for template in templates:
        for path in sorted(open_template(template).variables()):
            _add(root, path)
        for name, kind in (_excel_hints(template) if _is_excel(template) else _word_hints(template)).items():
            hints.setdefault(name, kind)
    if not root.below:
        raise Failure([diagnostic("init-no-tags", Location(file=templates[0]), name=templates[0])])
    kept: list[tuple[str, str]] = []
    for template in templates:
        place, number = f"{_folder(template)}/{new_id}{Path(template).suffix.lower()}", 2
        while place in dict(kept):
            place, number = f"{_folder(template)}/{new_id}-{number}{Path(template).suffix.lower()}", number + 1
        kept.append((place, template))
    files = {place: read_bytes(name)[1] for place, name in kept}
    return _write(new_id, folder, _text(new_id, issuer, root, hints, [place for place, _ in kept]), files)


def _folder(template: str) -> str:
    return "xlsx" if _is_excel(template) else "docx"


def _is_excel(template: str) -> bool:
    return Path(template).suffix.lower() in EXCEL_ENDINGS


def _add(root: _Name, path: str) -> None:
    at = root
    for step in path.split("."):
        name = step.removesuffix("[]")
        at = at.below.setdefault(name, _Name())
        at.many = at.many or step.endswith("[]")


def _word_hints(template: str) -> dict[str, str]:
    """The types that the words behind a tag suggest: `{{ 金额 }}万元`."""
    from generator.compare import show

    return _hints_in(show(template))


def _hints_in(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in re.finditer(r"\{\{\s*([\w.]+)\s*(?:\|[^{}]*)?\}\}(.{0,2})", text):
        name, behind = match[1].rpartition(".")[2], match[2]
        for unit, kind in _UNITS:
            if behind.startswith(unit):
                found.setdefault(name, kind)
        if behind.startswith(_COUNTED):
            found.setdefault(name, "integer")
        elif behind.startswith("年") and name.endswith(("年", "年度")):
            found.setdefault(name, "year")
    return found


def _excel_hints(template: str) -> dict[str, str]:
    """The types that number formats suggest, and the words behind a tag within a text."""
    found: dict[str, str] = {}
    try:
        sheets = read_workbook_cells(open_package(template)).sheets
    except Unsound:  # the engine takes more than this reader, and types are only guessed from it
        return found
    for sheet in sheets:
        for row in sheet.rows.values():
            for cell in row.values():
                text = cell.value if isinstance(cell.value, str) else ""
                whole = re.fullmatch(r"\s*\{\{\s*([\w.]+)\s*(?:\|[^}]*)?\}\}\s*", text)
                if whole and (kind := _of_format(cell.number_format)):
                    found.setdefault(whole[1].rpartition(".")[2], kind)
                for name, kind in _hints_in(text).items():
                    found.setdefault(name, kind)
    return found


def _of_format(number_format: str) -> str:
    form = number_format.lower()
    if "%" in form:
        return "percent"
    if "yy" in form:
        return "date"
    if re.search(r"0\.0", form):
        return "money"
    return "integer" if re.fullmatch(r"#?,?#*0", form) else ""


def _guess(name: str, hints: dict[str, str]) -> str:
    return hints.get(name) or next((kind for endings, kind in _ENDINGS if name.endswith(endings)), "text")


def _text(new_id: str, issuer: str, root: _Name, hints: dict[str, str], templates: Sequence[str]) -> str:
    types: list[str] = []
    fields = _fields(root, hints, types, 1, set())
    documents = [
        f'  - {{template: {place}, name: "{_document_name(root)}{number if number > 1 else ""}"}}'
        for number, place in enumerate(templates, 1)
    ]
    year = year_of(new_id)
    head = [
        "# 由模板里的标签生成；类型是猜的，请逐项核对，再补上说明、公式和校验。",
        f"standard: {new_id}",
        "title: 报告                  # 改成报告的标题",
        f"issuer: {issuer or '（发布单位）'}",
        *([f"fiscal_year: {year}"] if year else []),
        "version: 1.0.0",
        "",
    ]
    body = ["types:", *types, ""] if types else []
    return "\n".join([*head, *body, "fields:", *fields, "", "documents:", *documents]) + "\n"


def _document_name(root: _Name) -> str:
    unit = root.below.get("单位")
    name = "{{ 单位.名称 }}" if unit and "名称" in unit.below else "{{ 单位名称 }}" if "单位名称" in root.below else ""
    return name + "报告"


def _fields(at: _Name, hints: dict[str, str], types: list[str], depth: int, taken: set[str]) -> list[str]:
    indent = "  " * depth
    lines: list[str] = []
    for name, one in at.below.items():
        if one.many and one.below:
            kind, number = name, 2
            while kind in taken:
                kind, number = f"{name}{number}", number + 1
            taken.add(kind)
            inner = _fields(one, hints, types, 3, taken)
            types += [f"  {kind}:", "    fields:", *inner]
            lines.append(f"{indent}{name}: list of {kind}")
        elif one.below:
            lines += [f"{indent}{name}:", f"{indent}  fields:", *_fields(one, hints, types, depth + 2, taken)]
        else:
            lines.append(f"{indent}{name}: {'list of ' if one.many else ''}{_guess(name, hints)}")
    return lines


def _write(new_id: str, folder: Path, text: str, templates: dict[str, bytes]) -> Derived:
    target = folder / "standards" / f"{new_id}.yaml"
    check_new(new_id, target)
    files = {target: text.encode(), **{folder / place: content for place, content in templates.items()}}
    for path in files:
        check_new(new_id, path)
    write_together(files)
    try:
        load_standard(target)
    except InvalidStandard:
        for path in files:
            path.unlink()
        raise
    return Derived(tuple(files), ())


_EXAMPLE = """# 一份能用的小标准：改成自己的字段、公式和校验，再改两个模板。
standard: {id}
title: 绩效自评报告
issuer: {issuer}
{year}version: 1.0.0

parameters:
  等级标准: {{value: {{优: 90, 良: 80, 中: 60, 差: 0}}, reference: 评分办法}}

types:
  单位:
    fields: {{名称: {{type: text, label: 单位名称, example: 青河市水务局}}, 电话: optional phone}}
  项目:
    key: 名称
    fields:
      名称: {{type: text, label: 项目名称}}
      预算数: money
      执行数: money
      执行率: percent = 执行数 / 预算数

fields:
  年度: year
  单位: 单位
  项目: list of 项目
  预算合计: money = sum(项目.预算数)
  执行合计: money = sum(项目.执行数)
  执行率: percent = 执行合计 / 预算合计
  得分: {{type: score, label: 自评得分, min: 0, max: 100}}
  等级: text = band(得分, 等级标准)
  上年执行合计: optional money
  说明: {{type: paragraphs, label: 情况说明, required: false, empty: 无。}}

checks:
  - {{id: 不超预算, rule: 执行合计 <= 预算合计, severity: warning, message: "执行合计{{{{ 执行合计 }}}}万元，超过预算合计{{{{ 预算合计 }}}}万元"}}

documents:
  - {{template: docx/{id}.docx, name: "{{{{ 单位.名称 }}}}{{{{ 年度 }}}}年度绩效自评报告"}}
  - {{template: xlsx/{id}.xlsx, name: "{{{{ 单位.名称 }}}}{{{{ 年度 }}}}年度项目表"}}

carry: {{上年执行合计: 执行合计, keep: [单位]}}
summary:
  columns: {{单位: 单位.名称, 预算合计: 预算合计, 执行合计: 执行合计, 执行率: 执行率, 得分: 得分, 等级: 等级}}
"""


def example(new_id: str, folder: Path, issuer: str = "") -> Derived:
    """A small standard that works, with a Word and an Excel template.

    Raises:
        Failure: the name is none or taken, or nothing can be written.
    """
    year = year_of(new_id)
    text = _EXAMPLE.format(id=new_id, issuer=issuer or "（发布单位）", year=f"fiscal_year: {year}\n" if year else "")
    templates = {
        f"{suffix}/{new_id}.{suffix}": (_HERE / f"example.{suffix}").read_bytes() for suffix in ("docx", "xlsx")
    }
    return _write(new_id, folder, text, templates)
