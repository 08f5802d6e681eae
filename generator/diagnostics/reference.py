"""The reference of diagnostics: what a code means, with an example of it as it was told, and what to do."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import import_module, resources

from generator.diagnostics.catalogue import ROOMS, catalogue
from generator.diagnostics.finding import SEVERITIES, Text

_BRACES = re.compile(r"\{(\w+)\}")
_ROOM_NAMES = {
    "package": Text("文件", "Files and packages"),
    "source": Text("数据文件的文字", "The text of data files"),
    "syntax": Text("YAML 和 JSON 的写法", "How YAML and JSON are written"),
    "form": Text("填报表", "Forms"),
    "formula": Text("公式", "Formulas"),
    "standard": Text("标准", "Standards"),
    "report": Text("数据", "Data by their standard"),
    "template": Text("模板", "Templates"),
    "word": Text("Word 模板", "Word templates"),
    "objects": Text("图片、子文档等值", "Pictures, sub-documents and the like"),
    "excel": Text("Excel 模板", "Excel templates"),
    "excel_addresses": Text("Excel 地址和公式的值", "Addresses and values in workbooks"),
    "lint": Text("标准和模板的检查", "Lint of standards and templates"),
    "lint_rules": Text("标准里规则的检查", "Lint of a standard's rules"),
    "compare": Text("比较", "Comparison"),
    "distribution": Text("标准的分发与汇总", "Distribution and collection"),
    "cli": Text("命令行", "The command line"),
}


@cache
def examples() -> dict[str, dict[str, str]]:
    """An example of each code by language, as a golden case of the tests has it."""
    text = resources.files("generator.diagnostics").joinpath("examples.json").read_text(encoding="utf-8")
    return json.loads(text)


def code_as_json(code: str, language: str) -> dict[str, str | None]:
    """What a code means: `{"code", "severity", "meaning", "example", "hint"}`, null where there is none.

    Raises:
        KeyError: there is no such code.
    """
    wording = catalogue()[code]
    return {
        "code": code,
        "severity": wording.severity.value,
        "meaning": _open((wording.meaning or wording.message).in_language(language)),
        "example": examples().get(code, {}).get(language),
        "hint": _open(wording.hint.in_language(language)) if wording.hint is not None else None,
    }


def describe_code(code: str, language: str) -> list[str]:
    """The lines that explain a code.

    Raises:
        KeyError: there is no such code.
    """
    _, _, *told = code_as_json(code, language).values()
    lines = [f"{label}{text}" for label, text in zip(_labels(language), told, strict=True) if text is not None]
    return [f"{SEVERITIES[catalogue()[code].severity].in_language(language)}[{code}]", *lines]


def page(language: str) -> str:
    """`docs/diagnostics.md`: every code with its meaning, an example and what to do, by room."""
    title = Text("# 诊断代码\n", "# Diagnostics\n").in_language(language)
    intro = Text(
        "程序的每一条提示都有一个代码。`generator explain 代码` 说明它的意思。本页由程序的文字目录生成。\n",
        "Every finding of the program has a code. `generator explain CODE` tells what it means. This page is made from the program's own wording.\n",
    ).in_language(language)
    out = [title, intro]
    for room in ROOMS:
        module = import_module(f"generator.diagnostics.wording.{room}_wording")
        name = _ROOM_NAMES.get(room, Text(room, room)).in_language(language)
        out.append(f"## {name}\n")
        for code in module.WORDING:
            head, *lines = describe_code(code, language)
            out.append(f"### {code}\n")
            out.append("\n".join([f"- {head.partition('[')[0]}", *(f"- {_plain(line)}" for line in lines)]) + "\n")
    return "\n".join(out)


def _labels(language: str) -> tuple[str, str, str]:
    return ("意思：", "例如：", "怎么办：") if language == "zh" else ("meaning: ", "example: ", "what to do: ")


def _open(text: str) -> str:
    """A wording with what is filled in shown as `…`."""
    return _BRACES.sub("…", text).replace("{{", "{").replace("}}", "}").strip()


def _plain(text: str) -> str:
    """A line as Markdown prints it: nothing in it is markup."""
    return re.sub(r"([\\`*_<>|#\[\]])", r"\\\1", text)
