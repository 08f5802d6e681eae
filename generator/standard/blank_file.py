"""The text of a data file to fill in: every input with its label, unit, example and rule as comments.

Whatever is told once is not told again: what holds for the whole file stands at its head, a record's fields and checks are
explained where the record first occurs.
"""

from __future__ import annotations

import re

from generator.diagnostics import Text
from generator.source import List, Map, Node, Scalar
from generator.standard.field_comment import demands, field_comment
from generator.standard.model import Cell, Check, Field, RecordType, Section, Standard
from generator.standard.spoken_rules import rule_in_words

_WIDTH = 28  # display columns before a comment


def blank_data_file(standard: Standard, schema: str | None = None, language: str = "zh") -> str:
    """A data file of a standard with nothing filled in; `check` reports what is missing in it, and nothing else.

    Args:
        standard: the standard.
        schema: where editors find its JSON Schema; `<id>.schema.json` beside the data file where it is not given.
        language: of the comments, `zh` or `en`; names and labels are the standard's.
    """
    lines = [
        f"# yaml-language-server: $schema={schema or standard.id + '.schema.json'}",
        *(f"# {line}".rstrip() for line in _head(standard, language)),
        "",
        f"标准: {standard.id}@{standard.version}",
        "",
        *_Form(standard, language).section(standard.root, 0, commented=False),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(standard: Standard, language: str) -> list[str]:
    """What holds for the whole file."""
    year = standard.fiscal_year or 2020
    issued = f"{standard.issuer}；" if standard.issuer else ""
    if language == "zh":
        return [
            standard.title + (f"（{year}年度）" if standard.fiscal_year else ""),
            f"{issued}标准 {standard.id}，版本 {standard.version}",
            "",
            "怎么填：",
            f"  值写在冒号和一个空格之后，例如 年度: {year}。注明“必填”的都要填；其余的没有就空着，不要写“无”或“/”。",
            f"  金额、分数只写数，不写单位，不写千位分隔符；百分数带百分号，例如 95.5%；日期写 {year}-12-31。",
            "  文字里有冒号、井号、引号或以 { [ 开头的，两边加半角双引号。注明“可分段”的，要分段就先写 |，换行后每行缩进。",
            '  正文里引用报告中的数，写 {{ 字段 }}，例如 "支出{{ 资金.全年执行数 }}万元"，数只填一次。',
            "  “- ”开头的是列表：一项一组（或一行），再加一项就照样再写；整组空着就算没有。",
            "  合计、比率、得分等由程序计算，这里没有列出，不用填。",
            "  “校验”是填完后要对得上的，“提醒”是对不上时请核实的。同样的一组字段只在第一次出现的地方说明。",
            "  填完后检查：generator check 文件名",
        ]
    return [
        standard.title + (f" ({year})" if standard.fiscal_year else ""),
        f"{issued}standard {standard.id}, version {standard.version}",
        "",
        "How to fill it in:",
        f"  A value stands after the colon and a space: 年度: {year}. What is marked “required” must be given; leave the rest",
        "  empty where there is nothing to say.",
        f"  Amounts and scores are bare numbers, without unit or separators; percentages carry %: 95.5%; dates: {year}-12-31.",
        "  A text that holds a colon, #, quotation marks or begins with { [ goes into double quotes. Where it says",
        "  “paragraphs”, write | and indent the lines below to make several.",
        '  To use a figure of the report in a text, write {{ field }}: "支出{{ 资金.全年执行数 }}万元".',
        "  “- ” starts an item of a list: copy its lines for another one; an item that is left empty does not count.",
        "  Totals, rates and scores are computed and do not stand here.",
        "  “Check”: must hold when all is filled in; “Remark”: please look again where it does not. The same group of fields",
        "  is explained where it first occurs.",
        "  Then: generator check FILE",
    ]


class _Form:
    """Writes the sections of a standard, each type explained once."""

    def __init__(self, standard: Standard, language: str):
        self.year = standard.fiscal_year
        self.language = language
        self.explained: dict[RecordType, tuple[str, set[str]]] = {}  # where a type first occurs, the fields explained

    def say(self, zh: str, en: str) -> str:
        return Text(zh, en).in_language(self.language)

    def section(self, section: Section, depth: int, commented: bool, fixed: Map | None = None) -> list[str]:
        """The lines of a record; `fixed`: what the bureau prescribes of it."""
        first = section.type not in self.explained
        _, known = self.explained.setdefault(section.type, (section.path, set()))
        lines: list[str] = []
        for name, cell in section.cells.items():
            if cell.origin != "data" or (cell.section is not None and not _inputs(cell.section)):
                continue
            made = self.cell(name, section, depth, commented, name in known, fixed.get(name) if fixed else None)
            known.add(name)
            if section.parent is None and lines and (len(made) > 1 or _grouped(lines)):
                lines.append("")
            lines += made
        if first:
            checks = [_indented(self.check(section, check), depth, False) for check in section.type.checks]
            if checks and section.parent is None:
                lines.append("")
            lines += checks
        return lines

    def check(self, section: Section, check: Check) -> str:
        word = self.say("提醒", "Remark ") if check.severity == "warning" else self.say("校验", "Check ")
        return f"# {word}“{check.id}”{self.say('：', ': ')}{rule_in_words(section, check, self.language)}"

    def cell(
        self, name: str, section: Section, depth: int, commented: bool, known: bool, fixed: Node | None
    ) -> list[str]:
        """The lines of a field; `known`: its type is explained further up."""
        cell = section.cells[name]
        field = cell.field
        if isinstance(fixed, Scalar):
            return [_line(f"{name}: {_quoted(fixed.text)}", self.say("已规定，不要改", "prescribed"), depth, commented)]
        lines = [_line(f"{name}:", self.comment(cell, section, known), depth, commented)]
        if cell.section is None:
            if field.fixed:
                lines += [_indented(f"{_quoted(entry)}:", depth + 1, commented) for entry in field.fixed.names]
            elif field.many:
                lines.append(_indented("- ", depth + 1, commented))
            return lines
        if not field.many:
            return lines + self.section(cell.section, depth + 1, commented)
        # an optional list of which the bureau prescribes rows is a comment: rows that say something would count
        inner = commented or (not field.required and _prescribes(field))
        rows: list[Map | None] = [*(field.fixed.rows if field.fixed else ())]
        if isinstance(fixed, List):
            rows = [row for row in fixed if isinstance(row, Map)]
        for row in rows or [None]:
            body = self.section(cell.section, depth + 2, inner, row)
            lines += [_dashed(body[0], depth + 1, inner), *body[1:]]
        return lines

    def comment(self, cell: Cell, section: Section, known: bool) -> str:
        field = cell.field
        if known:
            return self.say("必填", "required") if demands(cell) else ""
        earlier = self.explained.get(cell.section.type) if cell.section is not None else None
        parts = [field_comment(cell, section, self.year, self.language)]
        if earlier is not None:
            above = earlier[0].replace("[]", "")
            parts.append(self.say(f"填法同上面的“{above}”", f"as “{above}” above"))
        if cell.section is not None and not field.required and _prescribes(field) and field.many:
            parts.append(self.say("要填时去掉下面各行开头的“# ”", "remove the “# ” below to fill it in"))
        return self.say("；", "; ").join(part for part in parts if part)


def _grouped(lines: list[str]) -> bool:
    """Whether the last thing written was a group of lines."""
    return lines[-1].startswith((" ", "#"))


def _inputs(section: Section) -> bool:
    return any(
        cell.origin == "data" and (cell.section is None or _inputs(cell.section)) for cell in section.cells.values()
    )


def _prescribes(field: Field) -> bool:
    """Whether the bureau states rows of a list, or of a list inside it."""
    if field.fixed is not None:
        return True
    return field.record is not None and any(map(_prescribes, field.record.fields.values()))


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
    if not comment:
        return line
    width = sum(2 if ord(character) > 0x2E7F else 1 for character in line)
    return line + " " * max(2, _WIDTH - width) + "# " + comment
