"""Formulas in a loop of a workbook: processor time of each beside the same rows without it, and what a long table takes.

    python tests/benchmarks/formulas.py [ROWS]      # 20,000 if not given; then 100,000 rows in a process of their own

The last of a row's cells is the formula; below the table stands a total of it, which reads every value.
"""

from __future__ import annotations

import gc
import io
import subprocess
import sys
import time
from typing import Any

from excel import peak_megabytes  # beside this file
from openpyxl import Workbook

from generator import ExcelTemplate

FORMULAS = [
    "A3*B3",
    "SUM(A3:B3)",
    "ROUND(A3*B3,2)",
    'IF(B3=0,"",A3/B3)',
    "IFERROR(A3/B3,0)",
    "A3/A$6",
    "N(C2)+A3-B3",
    "SUM(A$3:A3)",
    "A3*单位!B$1",
    "SUMIF(单位!A$1:A$20,B3,单位!B$1:B$20)",
    "VLOOKUP(B3,单位!A$1:B$20,2,FALSE)",
    "A3&B3",
]
LONG = ["A3*B3", "A3/A$6", "N(C2)+A3-B3", "SUM(A$3:A3)", "VLOOKUP(B3,单位!A$1:B$20,2,FALSE)"]


def template(formula: str | None) -> ExcelTemplate:
    """A table with a formula in each row and its total; None: without either."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["数量", "单价", "金额"], ["{%tr for x in items %}"]):
        sheet.append(row)
    sheet.append(["{{ x.a }}", "{{ x.b }}", *([f"={formula}"] if formula else [])])
    for row in (["{%tr endfor %}"], [], ["=SUM(A3)", None, "=SUM(C3)"] if formula else ["合计"]):
        sheet.append(row)
    units = book.create_sheet("单位")
    for number in range(1, 21):
        units.append([number, number * 10])
    stream = io.BytesIO()
    book.save(stream)
    return ExcelTemplate(stream.getvalue())


def items(count: int) -> dict[str, Any]:
    return {"items": [{"a": number * 1.5, "b": number % 20 + 1} for number in range(count)]}


def seconds(made: ExcelTemplate, data: dict[str, Any], runs: int) -> float:
    """Processor time of a render, the best."""
    found: list[float] = []
    for _ in range(runs):
        gc.collect()
        begin = time.process_time()
        made.render(data)
        found.append(time.process_time() - begin)
    return min(found)


def main(rows: int) -> None:
    data = items(rows)
    ground = seconds(template(None), data, 3)
    for formula in FORMULAS:
        took = seconds(template(formula), data, 3) - ground
        print(f"{formula:40}{took / rows * 1e6:>8.1f} µs a formula", flush=True)
    for formula in LONG:
        line = [sys.executable, __file__, "--one", formula]
        found = subprocess.run(line, check=True, capture_output=True, text=True).stdout
        print(f"{f'100,000 × {formula}, the data included':60}{found.strip()}", flush=True)


if __name__ == "__main__":
    if "--one" in sys.argv:
        own, made = items(100_000), template(sys.argv[2] if len(sys.argv) > 2 else "A3*B3")
        print(f"{seconds(made, own, 1):>8.2f} s {peak_megabytes():.0f} MB at its peak")
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
