"""Workbooks: ours beside openpyxl (load, fill, save) and XlsxWriter, alternating in one run, processor time, medians.

    python tests/benchmarks/excel.py            # C: a score table of 60 rows; D: 100,000 rows of 10 columns
    python tests/benchmarks/excel.py --rows     # a million rows from an iterator: time and peak memory by size

C is a form with a two-row header, merges above and below the loop, fills, borders and number formats; D the same columns
without the form. Peaks are those of a process of its own that renders once, data included.
"""

from __future__ import annotations

import argparse
import copy
import gc
import io
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

COLUMNS = ["no", "code", "name", "budget", "spent", "left", "rate", "count", "day", "note"]
HEADS = ["序号", "编码", "单位", "预算", "支出", "结余", "执行率", "笔数", "日期", "备注"]
FORMATS = {"budget": "#,##0.00", "spent": "#,##0.00", "left": "#,##0.00", "rate": "0.0%", "no": "0", "count": "0"}
UNITS = ["市财政局", "市教育局", "市民政局", "市水利局", "市交通运输局", "R&D <试点> 中心"]
TITLES = {"A1": "{{ title }}", "A2": "单位：{{ unit }}", "F2": "日期：{{ date }}"}


def template(form: bool) -> bytes:
    """The template of C (with its form) or of D."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "成绩表"
    line = Side(style="thin", color="FF808080")

    def put(row: int, column: int, value: Any, head: bool = False, number_format: str | None = None) -> None:
        cell = sheet.cell(row, column, value)
        cell.font = Font(name="宋体", size=11, bold=head)
        cell.border = Border(left=line, right=line, top=line, bottom=line)
        cell.alignment = Alignment(horizontal="center", vertical="center")
        if head:
            cell.fill = PatternFill("solid", fgColor="FFD9E1F2")
        if number_format:
            cell.number_format = number_format

    row = 1
    if form:
        for address, text in TITLES.items():
            sheet[address] = text
        row = 4
    for column, head in enumerate(HEADS, 1):
        put(3 if form and column not in (4, 5, 6) else row, column, head, head=True)
    if form:
        put(3, 4, "金额（万元）", head=True)
        for area in ("A1:J1", "A2:E2", "F2:J2", "D3:F3", *(f"{letter}3:{letter}4" for letter in "ABCGHIJ")):
            sheet.merge_cells(area)
    sheet.cell(row + 1, 1, "{%tr for r in rows %}")
    for column, name in enumerate(COLUMNS, 1):
        put(row + 2, column, "{{ r.%s }}" % name, number_format=FORMATS.get(name))  # noqa: UP031
    sheet.row_dimensions[row + 2].height = 18
    sheet.cell(row + 3, 1, "{%tr endfor %}")
    if form:
        put(row + 4, 1, "合计", head=True)
        sheet.merge_cells(start_row=row + 4, start_column=1, end_row=row + 4, end_column=3)
        for column, name in ((4, "budget"), (5, "spent"), (6, "left")):
            put(row + 4, column, "{{ sum_%s }}" % name, head=True, number_format="#,##0.00")  # noqa: UP031
        sheet.cell(row + 5, 1, "审核人：{{ auditor }}")
        sheet.merge_cells(start_row=row + 5, start_column=1, end_row=row + 5, end_column=10)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Rows of the same data on every run."""
    draw = random.Random(9000)
    for number in range(count):
        budget = draw.randint(1000, 99_999_999)
        spent = draw.randint(0, budget)
        yield {
            "no": number + 1,
            "code": f"{draw.randint(0, 999_999):06d}",
            "name": draw.choice(UNITS) + str(number % 997),
            "budget": budget / 100 + 0.01,
            "spent": spent / 100 + 0.01,
            "left": round((budget - spent) / 100, 2) + 0.001,
            "rate": round(spent / budget, 4) + 0.00001,
            "count": draw.randint(1, 500),
            "day": f"2026-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
            "note": f"编号{draw.randint(0, 999_999):06d}" if number % 3 == 0 else "无",
        }


def context(count: int) -> dict[str, Any]:
    own = list(rows(count))
    sums = {f"sum_{name}": round(sum(row[name] for row in own), 2) for name in ("budget", "spent", "left")}
    return {"title": "考核成绩表", "unit": UNITS[0], "date": "2026-11-20", "auditor": "张三", "rows": own, **sums}


def ours(source: bytes) -> Callable[[dict[str, Any]], bytes]:
    from generator.excel.template import ExcelTemplate

    return ExcelTemplate(source).render


def openpyxl_fill(source: bytes) -> Callable[[dict[str, Any]], bytes]:
    """What one writes with openpyxl: load, insert the rows with the body row's styles, move the rest, save."""
    from openpyxl import load_workbook
    from openpyxl.utils import range_boundaries

    def render(data: dict[str, Any]) -> bytes:
        book = load_workbook(io.BytesIO(source))
        sheet = book.active
        assert sheet is not None
        start = next(cell.row for cell in sheet["A"] if str(cell.value).startswith("{%tr for")) + 1
        below = [range_boundaries(str(area)) for area in sheet.merged_cells.ranges if area.min_row > start]
        for left, top, right, bottom in below:
            sheet.unmerge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        footer = [[copy.copy(cell) for cell in row] for row in sheet.iter_rows(min_row=start + 2)]
        styles = [copy.copy(sheet.cell(start, column)._style) for column in range(1, 11)]
        for number, record in enumerate(data["rows"]):
            for column, name in enumerate(COLUMNS, 1):
                cell = sheet.cell(start - 1 + number, column, record[name])
                cell._style = styles[column - 1]
        first = start - 1 + len(data["rows"])
        shift = first - (start + 2)
        for offset, line in enumerate(footer):
            for cell in line:
                value = cell.value
                if isinstance(value, str) and "{{" in value:
                    head, _, rest = value.partition("{{ ")
                    found = data[rest.partition(" }}")[0]]
                    value = head + str(found) if head else found
                target = sheet.cell(first + offset, cell.column, value)
                target._style = copy.copy(cell._style)
        for left, top, right, bottom in below:
            sheet.merge_cells(start_row=top + shift, start_column=left, end_row=bottom + shift, end_column=right)
        for address, text in TITLES.items():
            if isinstance(sheet[address].value, str) and "{{" in sheet[address].value:
                sheet[address] = text.split("{{")[0] + str(data[text.split("{{ ")[1].split(" }}")[0]])
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return render


def xlsxwriter_fill(_: bytes) -> Callable[[dict[str, Any]], bytes]:
    """The table alone, written from nothing in constant memory."""
    import xlsxwriter

    def render(data: dict[str, Any]) -> bytes:
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"constant_memory": True, "in_memory": True})
        sheet = book.add_worksheet("成绩表")
        look = {"font_name": "宋体", "border": 1, "align": "center"}
        formats = [book.add_format({**look, "num_format": FORMATS.get(name, "General")}) for name in COLUMNS]
        for column, head in enumerate(HEADS):
            sheet.write(0, column, head)
        for number, record in enumerate(data["rows"], 1):
            for column, name in enumerate(COLUMNS):
                sheet.write(number, column, record[name], formats[column])
        book.close()
        return stream.getvalue()

    return render


ENGINES = {"ours": ours, "openpyxl": openpyxl_fill, "xlsxwriter": xlsxwriter_fill}


def compare(name: str, count: int, form: bool, runs: int, documents: int) -> None:
    """Engines in turns; in each turn one renders `documents`, as in a batch; the time is that of one document."""
    source, data = template(form), context(count)
    renders = {engine: make(source) for engine, make in ENGINES.items()}
    times: dict[str, list[float]] = {engine: [] for engine in renders}
    for _ in range(runs):
        for engine, render in renders.items():
            gc.collect()  # nobody pays for another's garbage
            begin = time.process_time()
            for _ in range(documents):
                render(data)
            times[engine].append((time.process_time() - begin) / documents)
    middle = {engine: statistics.median(found) for engine, found in times.items()}
    for engine, seconds in middle.items():
        print(f"{name} {engine:<11}{seconds * 1000:>10.2f} ms {seconds / middle['ours']:>8.1f}×")


def peak_megabytes() -> float:
    """The peak of this process; `ru_maxrss` would be its parent's, were that larger."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peak(engine: str, count: int, lazily: bool = False) -> tuple[float, float]:
    """Seconds of processor time and peak MB of a process that renders once."""
    found = subprocess.run(
        [sys.executable, __file__, "--one", engine, "--count", str(count), *(["--lazily"] if lazily else [])],
        check=True,
        capture_output=True,
        input=template(form=False),
    )
    seconds, megabytes = found.stdout.split()
    return float(seconds), float(megabytes)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", action="store_true")
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--one")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--lazily", action="store_true")
    options = parser.parse_args()
    if options.one:
        render = ENGINES[options.one](sys.stdin.buffer.read())
        data = {"rows": rows(options.count)} if options.lazily else context(options.count)
        begin = time.process_time()
        render(data)
        print(time.process_time() - begin, peak_megabytes())
        return
    if options.rows:
        for count in (100_000, 300_000, 1_000_000):
            seconds, megabytes = peak("ours", count, lazily=True)
            print(f"{count:>9} rows {seconds:>7.1f} s {seconds / count * 1e6:>6.1f} µs a row {megabytes:>7.0f} MB")
        return
    compare("C", 60, True, options.runs, 10)
    compare("D", 100_000, False, max(1, options.runs // 7), 1)
    for engine in ENGINES:
        seconds, megabytes = peak(engine, 100_000)
        print(f"D {engine:<11}{megabytes:>10.0f} MB peak, data included")


if __name__ == "__main__":
    main()
