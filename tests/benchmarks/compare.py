"""Comparing: two reports of twenty pages, two workbooks of 100,000 × 10 cells, identical files; as whole processes.

    python tests/benchmarks/compare.py

prints seconds and peak memory; the targets are 0.6 s, 20 s and 1 GB, which holds for two workbooks that differ in a million
cells too (run by itself, that is `/usr/bin/time -v generator diff`).
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx
import xlsxwriter

PAGES = 20
ROWS = 100_000


def report(path: Path, changed: bool) -> None:
    """Twenty pages of prose with a table on every other page."""
    document = docx.Document()
    for page in range(PAGES):
        document.add_heading(f"第{page + 1}部分", 1)
        for index in range(14):
            amount = page * 14 + index + (0.5 if changed and (page, index) == (9, 3) else 0)
            document.add_paragraph(
                f"第{index + 1}项：本年支出{amount}万元，" + "走访调研企业和商会，完成年度任务。" * 5
            )
        if page % 2:
            table = document.add_table(12, 6)
            for r, row in enumerate(table.rows):
                for c, cell in enumerate(row.cells):
                    cell.text = f"指标{r}" if c == 0 else str(page + r * c)
    if changed:
        document.tables[3].add_row().cells[0].text = "新指标"
    document.save(str(path))


def workbook(path: Path, changed: bool) -> None:
    """Rows of a name, a text, seven numbers and a formula; one row more and one number else where changed."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("数据")
        line = 0
        for row in range(ROWS):
            if changed and row == ROWS // 2:
                sheet.write_row(line, 0, ["新增单位", "文字", *([1] * 7)])
                sheet.write_formula(line, 9, f"=SUM(C{line + 1}:I{line + 1})", None, 7)
                line += 1
            values = [row * column * 0.37 for column in range(7)]
            if changed and row == ROWS - 10:
                values[3] = 1
            sheet.write_row(line, 0, [f"单位{row}", f"文字{row % 97}", *values])
            sheet.write_formula(line, 9, f"=SUM(C{line + 1}:I{line + 1})", None, row)
            line += 1


def different(path: Path, more: float) -> None:
    """A million numbers, each other than in the other workbook."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("数据")
        for row in range(ROWS):
            sheet.write_row(row, 0, [row * 10 + column + more for column in range(10)])


def measure(title: str, *arguments: str) -> None:
    """Run the command and print its wall time, processor time and peak memory."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "generator", "diff", *arguments], stdout=subprocess.PIPE)
    output = process.stdout.read() if process.stdout else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    lines = output.decode().count("\n")
    cpu = usage.ru_utime + usage.ru_stime
    print(
        f"{title}: {wall:.2f} s wall, {cpu:.2f} s processor, {usage.ru_maxrss / 1024:.0f} MB, "
        f"exit {process.returncode}, {lines} lines"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for changed in (False, True):
            report(root / f"{changed}.docx", changed)
            workbook(root / f"{changed}.xlsx", changed)
        for level in ("structure", "format"):
            measure(f"reports, {level}", str(root / "False.docx"), str(root / "True.docx"), "--level", level)
            measure(f"workbooks, {level}", str(root / "False.xlsx"), str(root / "True.xlsx"), "--level", level)
        different(root / "million-a.xlsx", 0)
        different(root / "million-b.xlsx", 0.25)
        measure("a million cells differ", str(root / "million-a.xlsx"), str(root / "million-b.xlsx"))
        for suffix in ("docx", "xlsx"):
            measure(f"identical {suffix}", str(root / f"False.{suffix}"), str(root / f"False.{suffix}"))


if __name__ == "__main__":
    main()
