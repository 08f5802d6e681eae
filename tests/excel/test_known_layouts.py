"""What renders of one template have alike is worked out once: nobody sees it."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.diagnostics import Diagnostic, InvalidTemplate
from generator.excel.template import ExcelTemplate

CASES = Path(__file__).parent.parent / "cases" / "excel-following"
NAMES = sorted(path.stem for path in CASES.glob("*.json") if path.with_suffix(".xlsx").exists())


def book(**cells: Any) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "表"
    for address, value in cells.items():
        sheet[address] = value
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


LOOP = {
    "A1": "{%tr for x in xs %}",
    "A2": "{{ x.name }}",
    "B2": "{{ x.amount }}",
    "C2": "=B2*2",
    "A3": "{%tr endfor %}",
    "B4": "=SUM(B2:B2)",
    "C4": "=SUM(C2:C2)/B4",
    "D4": "{{ total }}",
}


def rows(count: int, amount: float) -> dict[str, Any]:
    return {"xs": [{"name": f"第{at}项", "amount": amount + at} for at in range(count)], "total": count}


def it_renders_in_any_order_what_a_new_template_renders():
    source = book(**LOOP)
    draw = random.Random(5)
    used = ExcelTemplate(source)
    for _ in range(40):
        context = rows(draw.choice((0, 1, 2, 3, 4, 5, 6, 7, 30)), draw.choice((1.5, 10.0, -3.0)))
        assert used.render(context) == ExcelTemplate(source).render(context)


def outcome(template: ExcelTemplate, context: dict[str, Any]) -> tuple[bytes, list[Diagnostic]]:
    """A document and its notes, or nothing and the faults."""
    try:
        rendered = template.render_with_notes(context)
    except InvalidTemplate as refusal:
        return b"", list(refusal.diagnostics)
    return rendered.content, list(rendered.notes)


@pytest.mark.parametrize("name", NAMES)
def it_renders_a_case_a_second_time_as_the_first_with_the_same_findings(name):
    source, context = CASES / f"{name}.xlsx", json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    used = ExcelTemplate(source)
    assert outcome(used, context) == outcome(used, context)


def it_tells_in_every_render_which_formulas_have_no_value():
    used = ExcelTemplate(book(**LOOP, A6='=INFO("osversion")'))
    told = [[note.code for note in used.render_with_notes(rows(2, 1.0)).notes] for _ in range(3)]
    assert told == [["excel-not-computed"]] * 3


def it_remembers_no_layout_of_a_long_sheet():
    """A long irregular sheet would fill memory with what no other render asks for."""
    cells = {
        "A1": "{%tr for x in xs %}",
        "A2": "{%tr if x.odd %}",
        "A3": "{{ x.n }}",
        "A4": "{%tr endif %}",
        "A5": "{%tr if not x.odd %}",
        "B6": "{{ x.n }}",
        "A7": "{%tr endif %}",
        "A8": "{%tr endfor %}",
    }
    used = ExcelTemplate(book(**cells))
    used.render({"xs": [{"n": at, "odd": at % 3 == 1} for at in range(6_000)]})
    assert used._layouts._last == ()
    used.render({"xs": [{"n": at, "odd": at % 3 == 1} for at in range(60)]})
    assert len(used._layouts._last) == 1
