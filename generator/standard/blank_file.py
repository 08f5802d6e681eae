"""The text of a data file to fill in: every input with its label, unit, example and rule as comments."""

from __future__ import annotations

import re

from generator.source import List, Map, Node, Scalar
from generator.standard.field_wording import wanted
from generator.standard.kinds import NUMERIC, bound_text
from generator.standard.model import Cell, Field, Section, Standard

_WIDTH = 28  # display columns before a comment


def blank_data_file(standard: Standard, schema: str | None = None) -> str:
    """A data file of a standard with nothing filled in; `check` reports what is missing in it, and nothing else.

    Args:
        standard: the standard.
        schema: where editors find its JSON Schema; `<id>.schema.json` beside the data file where it is not given.
    """
    lines = [
        f"# yaml-language-server: $schema={schema or standard.id + '.schema.json'}",
        f"# {standard.title}" + (f"（{standard.fiscal_year}年度）" if standard.fiscal_year else ""),
        f"# {standard.issuer}；标准 {standard.id}，版本 {standard.version}"
        if standard.issuer
        else f"# 标准 {standard.id}，版本 {standard.version}",
        "#",
        "# 怎么填：",
        "#   值写在冒号和一个空格之后，例如 年度: 2020。没有的选填项留空，不要写“无”或“/”。",
        "#   金额、分数只写数，不写单位，不写千位分隔符；百分数带百分号，例如 95.5%；日期写 2020-12-31。",
        "#   文字里有冒号、井号、引号或以 { [ 开头的，两边加半角双引号。分段的文字写 |，换行后每行缩进。",
        '#   正文里引用报告中的数，写 {{ 字段 }}，例如 "支出{{ 资金.全年执行数 }}万元"，数只填一次。',
        "#   列表每项以“- ”开头；再加一项，就照样再写一组。",
        "#   合计、比率、得分等由程序计算，这里没有列出，不用填。",
        "#   填完后检查：generator check 文件名",
        "",
        f"标准: {standard.id}",
        "",
    ]
    lines += _section(standard.root, 0, commented=False, top=True)
    return "\n".join(lines).rstrip() + "\n"


def _section(section: Section, depth: int, commented: bool, top: bool = False, fixed: Map | None = None) -> list[str]:
    """The lines of a record; `fixed`: what the bureau prescribes of it."""
    lines: list[str] = []
    for name, cell in section.cells.items():
        if cell.origin != "data" or (cell.section is not None and not _inputs(cell.section)):
            continue
        made = _cell(name, cell, depth, commented, fixed.get(name) if fixed else None)
        if top and lines and (len(made) > 1 or (lines[-1] != "" and _grouped(lines))):
            lines.append("")
        lines += made
    for check in section.type.checks:
        note = f"# 校验“{check.id}”：{check.rule.text}"
        lines.append(_indented(note, depth, False))
    return lines


def _grouped(lines: list[str]) -> bool:
    """Whether the last thing written was a group of lines."""
    return lines[-1].startswith((" ", "#"))


def _inputs(section: Section) -> bool:
    return any(
        cell.origin == "data" and (cell.section is None or _inputs(cell.section)) for cell in section.cells.values()
    )


def _cell(name: str, cell: Cell, depth: int, commented: bool, fixed: Node | None) -> list[str]:
    field = cell.field
    if isinstance(fixed, Scalar):
        return [_line(f"{name}: {_quoted(fixed.text)}", "已规定，不要改", depth, commented)]
    head = _line(f"{name}:", _comment(cell), depth, commented)
    if cell.section is None:
        names = field.fixed.names if field.fixed else ()
        return [head, *(_indented(f"{_quoted(entry)}:", depth + 1, commented) for entry in names)]
    if not field.many:
        return [head, *_section(cell.section, depth + 1, commented)]
    lines = [head]
    # an optional list states no item: its first one is a comment to copy
    inner = commented or not field.required
    rows: list[Map | None] = [*(field.fixed.rows if field.fixed else ())]
    if isinstance(fixed, List):
        rows = [row for row in fixed if isinstance(row, Map)]
    for row in rows or [None]:
        body = _section(cell.section, depth + 2, inner, fixed=row)
        first = next(
            (index for index, line in enumerate(body) if not line.lstrip("# ").startswith("校验") and ":" in line), 0
        )
        body[first] = _dashed(body[first], depth + 1, inner)
        lines += body
    return lines


def _quoted(text: str) -> str:
    """A text as a value of YAML; in quotes where it could be read otherwise."""
    plain = re.fullmatch(r"[^\W\d][^:#\n\"']*", text) and text == text.strip()
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _dashed(line: str, depth: int, commented: bool) -> str:
    indent = "  " * depth
    content = line.removeprefix("# ") if commented else line
    return ("# " if commented else "") + indent + "- " + content[len(indent) + 2 :]


def _indented(text: str, depth: int, commented: bool) -> str:
    return ("# " if commented else "") + "  " * depth + text


def _line(text: str, comment: str, depth: int, commented: bool) -> str:
    line = _indented(text, depth, commented)
    width = sum(2 if ord(character) > 0x2E7F else 1 for character in line)
    return line + " " * max(2, _WIDTH - width) + "# " + comment


def _comment(cell: Cell) -> str:
    field = cell.field
    parts = []
    if field.label != field.name:
        parts.append(field.label)
    parts.append("必填" if cell.demanded else "选填")
    if cell.section is not None:
        if field.many:
            parts.append("列表，每项以“- ”开头" + ("" if field.required else "；要填时去掉下面各行开头的“# ”"))
    else:
        parts.append(_kind(field))
    for text, bound in (("不小于", field.minimum), ("不大于", field.maximum)):
        if bound is not None:
            unit = "项" if field.many else "字" if field.kind in ("text", "paragraphs") else ""
            parts.append(f"{text} {bound_text(field, bound)}{unit}")
    if field.description:
        parts.append(field.description)
    if field.example:
        parts.append(f"例如 {field.example}")
    if isinstance(field.default, str):
        parts.append(f"不填时为“{field.default}”")
    elif field.default_formula is not None:
        parts.append(f"不填时为 {field.default_formula.text}")
    elif field.default is not None and field.kind in NUMERIC:
        parts.append(f"不填时为 {bound_text(field, field.default)}")
    if field.empty and not field.required:
        parts.append(f"空着印“{field.empty}”")
    return "；".join(part.replace("\n", " ") for part in parts)


def _kind(field: Field) -> str:
    text = wanted(field).zh
    if field.kind in NUMERIC and field.unit and field.unit not in text and field.unit != "%":
        text += f"（{field.unit}）"
    if field.kind in NUMERIC and field.kind not in ("integer", "year") and field.places != 2:
        text += f"，至多{field.places}位小数"
    return text
