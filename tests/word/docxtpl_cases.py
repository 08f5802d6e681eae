"""Templates that print alike with docxtpl, and their contexts."""

from __future__ import annotations

import io
from typing import Any

import docx
from docxtpl import Listing, RichText, RichTextParagraph

ROWS = [
    {"name": "数量指标", "score": "8", "items": ["甲", "乙"]},
    {"name": "质量指标", "score": "7.5", "items": []},
    {"name": "时效指标", "score": "10", "items": ["丙"]},
]


def saved(made: Any) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def paragraphs(*texts: str) -> bytes:
    made = docx.Document()
    for text in texts:
        made.add_paragraph(text)
    return saved(made)


def table(*rows: list[str], spans: dict[tuple[int, int], int] | None = None) -> bytes:
    """A document with a table; `spans` merges that many cells from one to the right."""
    made = docx.Document()
    grid = made.add_table(len(rows), max(map(len, rows)), style="Table Grid")
    for (row, column), width in (spans or {}).items():
        grid.cell(row, column).merge(grid.cell(row, column + width - 1))
    for row, texts in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            if text:
                cell.text = text
    made.add_paragraph("完")
    return saved(made)


def split_runs() -> bytes:
    """Tags that Word has split over runs of different formats."""
    made = docx.Document()
    paragraph = made.add_paragraph("前")
    for piece, bold in (("{", True), ("{ na", False), ("me }", True), ("} 后", False)):
        paragraph.add_run(piece).bold = bold
    paragraph = made.add_paragraph()
    for piece in ("{", "% if na", "me %", "}有{% e", "ndif %}"):
        paragraph.add_run(piece).italic = len(piece) % 2 == 0
    return saved(made)


def everywhere() -> bytes:
    """Tags in headers and footers of two sections and of first pages."""
    made = docx.Document()
    made.add_paragraph("{{ name }}")
    section = made.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "眉{{ name }}"
    section.footer.paragraphs[0].text = "脚{% if name %}{{ name }}{% endif %}"
    section.first_page_header.paragraphs[0].text = "首{{ name }}"
    second = made.add_section()
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "二{% for r in rows %}{{ r.score }}、{% endfor %}"
    made.core_properties.title = "{{ name }}的标题"
    made.core_properties.author = "{{ name }}"
    return saved(made)


CASES: dict[str, tuple[bytes, dict[str, Any]]] = {
    "print": (paragraphs("{{ name }}，{{ rows[0].name }}，{{ missing }}。"), {"name": "某单位", "rows": ROWS}),
    "if": (paragraphs("{% if a %}甲{% elif b %}乙{% else %}丙{% endif %}"), {"b": 1}),
    "for": (paragraphs("{% for r in rows %}{{ loop.index }}.{{ r.name }}；{% endfor %}"), {"rows": ROWS}),
    "for-paragraphs": (paragraphs("一", "{%p for r in rows %}", "{{ r.name }}", "{%p endfor %}", "二"), {"rows": ROWS}),
    "if-paragraphs": (
        paragraphs("{%p if a %}", "甲", "{%p else %}", "乙", "{%p endif %}", "{%p if b %}", "丙", "{%p endif %}"),
        {"b": True},
    ),
    "nested-paragraphs": (
        paragraphs(
            "{%p for r in rows %}",
            "{{ r.name }}",
            "{%p for i in r['items'] %}",
            "　{{ i }}",
            "{%p endfor %}",
            "{%p endfor %}",
        ),
        {"rows": ROWS},
    ),
    "rows": (
        table(["名称", "分"], ["{%tr for r in rows %}", ""], ["{{ r.name }}", "{{ r.score }}"], ["{%tr endfor %}", ""]),
        {"rows": ROWS},
    ),
    "no-rows": (table(["名称"], ["{%tr for r in rows %}"], ["{{ r.name }}"], ["{%tr endfor %}"]), {"rows": []}),
    "columns": (
        table(
            ["名称", "{%tc for r in rows %}", "{{ r.name }}", "{%tc endfor %}"],
            ["分值", "{%tc for r in rows %}", "{{ r.score }}", "{%tc endfor %}"],
        ),
        {"rows": ROWS},
    ),
    "dynamic-table": (
        table(
            ["表", "{%tc for c in columns %}", "{{ c }}", "{%tc endfor %}"],
            ["{%tr for r in rows %}", "", "", ""],
            ["{{ r.name }}", "{%tc for c in columns %}", "{{ r.score }}{{ c }}", "{%tc endfor %}"],
            ["{%tr endfor %}", "", "", ""],
        ),
        {"rows": ROWS, "columns": ["一", "二", "三", "四", "五"]},
    ),
    "cells-of-one-row": (
        table(["{% for r in rows %}{{ r.name }}", "{{ r.score }}{% endfor %}", "共{{ rows|length }}"]),
        {"rows": ROWS},
    ),
    "vm": (
        table(
            ["名称", "分"],
            ["{%tr for r in rows %}", ""],
            ["{% vm %}合并", "{{ r.score }}"],
            ["{%tr endfor %}", ""],
        ),
        {"rows": ROWS},
    ),
    "hm": (
        table(
            ["{%tc for r in rows %}", "{% hm %}跨列", "{%tc endfor %}"],
            ["{%tc for r in rows %}", "{{ r.name }}", "{%tc endfor %}"],
        ),
        {"rows": ROWS},
    ),
    "colspan": (
        table(
            ["{% colspan rows|count %}跨{{ rows|count }}列"],
            ["{%tc for r in rows %}", "{{ r.name }}", "{%tc endfor %}"],
            spans={(0, 0): 3},
        ),
        {"rows": ROWS},
    ),
    "cellbg": (
        table(
            ["{%tr for r in rows %}", ""],
            ["{% cellbg r.colour %}{{ r.name }}", "x"],
            ["{%tr endfor %}", ""],
        ),
        {"rows": [{"name": "红", "colour": "FF0000"}, {"name": "绿", "colour": "00FF00"}]},
    ),
    "comments": (paragraphs("甲{# 说明 #}乙", "{#p 整段说明 #}", "丙"), {}),
    "escapes": (paragraphs("{_{ 原样 }_} {_% if %_}", "{% raw %}{{ 不动 }}{% endraw %}"), {}),
    "whitespace": (paragraphs("甲{%- if a -%}", "乙", "{%- endif -%}", "丙"), {"a": 1}),
    "split-runs": (split_runs(), {"name": "某单位"}),
    "spaces": (paragraphs("{{ a }} {{ b }}  {{ c }}"), {"a": " 前", "b": "后 ", "c": "  "}),
    "text-with-breaks": (paragraphs("{{ text }}！"), {"text": "一行\n二行\t制表\a二段\f换页"}),
    "listing": (paragraphs("清单：{{ text }}"), {"text": Listing("甲\n乙\t<丙> & 丁\a戊")}),
    "rich": (paragraphs("前{{r text }}后"), {"text": RichText("粗", bold=True)}),
    "rich-in-run": (paragraphs("{{r text }}"), {"text": RichText("斜\n行", italic=True, color="#00FF00")}),
    "rich-paragraphs": (
        paragraphs("前", "{{p text }}", "后"),
        {"text": RichTextParagraph("标题", parastyle="Heading1")},
    ),
    "everywhere": (everywhere(), {"name": "某单位", "rows": ROWS}),
    "filters": (
        paragraphs("{{ name|upper }} {{ rows|length }} {{ rows|map(attribute='score')|join('、') }}"),
        {"name": "ab", "rows": ROWS},
    ),
    "set": (paragraphs("{% set n = rows|length %}共{{ n }}项", "{%p set m = 2 %}", "{{ m }}"), {"rows": ROWS}),
    "macro": (paragraphs("{% macro f(x) %}【{{ x }}】{% endmacro %}{{ f('甲') }}{{ f(1) }}"), {}),
    "curly-quotes": (paragraphs("{% if name == “某单位” %}是{% endif %}{{ ‘甲’ }}"), {"name": "某单位"}),
    "operators": (paragraphs("{% if 1 < 2 and 3 > 2 %}对{% endif %}"), {}),
}
