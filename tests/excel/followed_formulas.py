"""Workbooks whose loops move what formulas refer to, rendered, and the formulas that come out."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import openpyxl.comments

from generator.diagnostics import Diagnostic
from generator.excel.template import ExcelTemplate
from tests.excel.small_sheets import workbook
from tests.support.ooxml import assert_valid

CASES = Path(__file__).parent.parent / "cases" / "excel-following"


def filled(name: str, context: dict[str, Any] | None = None) -> bytes:
    """The workbook of a case, rendered with its data or others."""
    template = (CASES / f"{name}.xlsx").read_bytes()
    data = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    content = ExcelTemplate(template).render(data if context is None else context)
    assert_valid(content, template)
    return content


def rendered(cells: dict[str, Any], context: dict[str, Any], **others: dict[str, Any]) -> bytes:
    """A workbook with a sheet `表` and others, rendered."""
    template = workbook(cells, **others)
    content = ExcelTemplate(template).render(context)
    assert_valid(content, template)
    return content


def place(finding: Diagnostic) -> str:
    """The cell of a finding."""
    anchor = finding.location.anchor or {}
    return f"{anchor['sheet']}!{anchor['cell']}"


def formulas(content: bytes, sheet: str = "表") -> dict[str, tuple[str, Any]]:
    """The formulas of a sheet by cell, each with its value."""
    read = openpyxl.load_workbook(io.BytesIO(content))[sheet]
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)[sheet]
    return {
        cell.coordinate: (cell.value, values[cell.coordinate].value)
        for row in read.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    }
