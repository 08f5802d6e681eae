"""Peers beside us, like for like: each reads its template and the data's rows, and gives the bytes of a document.

    npm i --prefix DIR carbone docx-templates docxtemplater pizzip easy-template-x xlsx-template
    pip install docxtpl openpyxl xlsxwriter pyexcelerate rustpy-xlsxwriter rustypyxl
    python tests/benchmarks/peers.py [--node DIR] [--runs N] [--only TITLE]

None of them is a dependency; those that are not installed are named. In rounds each engine renders once in turn, JavaScript in a
process of its own; printed is the least processor time of a render. Each output is read by another library and compared with
the data. The template is read anew each time, by ours too ("kept": compiled once, as it is meant to be used).
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import io
import json
import math
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from excel import COLUMNS, TITLES, context, openpyxl_fill  # beside this file
from excel import template as sheet_template
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from generator import ExcelTemplate, WordTemplate

HERE = Path(__file__).parent
CELLS = ["no", "unit", "item", "budget", "spent", "left", "rate", "note"]
Render = Callable[[], bytes]


# Templates


def word_template(syntax: str, values: int) -> bytes:
    """A Word template of paragraphs with one value each, and a table of rows of eight cells, as an engine writes them."""
    made = docx.Document()
    for number in range(values):
        made.add_paragraph(f"第{number}项指标完成情况：" + VALUE[syntax].format(f"v{number}") + "，按年度计划执行。")
    table = made.add_table(0, len(CELLS))
    for cells in TABLE[syntax]:
        row = table.add_row().cells
        for cell, text in zip(row, cells, strict=False):
            cell.text = text
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


VALUE = {"jinja": "{{{{ {} }}}}", "braces": "{{{}}}", "commands": "+++INS {}+++", "carbone": "{{d.{}}}"}
TABLE = {
    "jinja": [["{%tr for r in rows %}"], ["{{ r.%s }}" % name for name in CELLS], ["{%tr endfor %}"]],  # noqa: UP031
    "braces": [["{#rows}{no}", *("{%s}" % name for name in CELLS[1:-1]), "{note}{/rows}"]],  # noqa: UP031
    "commands": [["+++FOR r IN rows+++"], [f"+++INS $r.{name}+++" for name in CELLS], ["+++END-FOR r+++"]],
    "carbone": [["{d.rows[%s].%s}" % (index, name) for name in CELLS] for index in ("i", "i+1")],  # noqa: UP031
}


def word_data(values: int, rows: int) -> dict[str, Any]:
    own = [{name: f"{name}{number}·{number * 7 % 1000}" for name in CELLS} for number in range(rows)]
    return {"rows": own, **{f"v{number}": f"值{number * 3}" for number in range(values)}}


def foreign_sheet(cells: list[list[str]]) -> bytes:
    book = Workbook()
    for row in cells:
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# Engines of Python


def docxtpl_render(template: bytes, data: dict[str, Any]) -> bytes:
    from docxtpl import DocxTemplate

    made = DocxTemplate(io.BytesIO(template))
    made.render(data, autoescape=True)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def openpyxl_write(rows: list[dict[str, Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row.values()))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsxwriter_write(rows: list[dict[str, Any]]) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, "in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row.values())
    book.close()
    return stream.getvalue()


def pyexcelerate_write(rows: list[dict[str, Any]]) -> bytes:
    from pyexcelerate import Workbook as Fast  # type: ignore[import-not-found]

    book = Fast()
    book.new_sheet("S", data=[list(row.values()) for row in rows])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rustpy_write(rows: list[dict[str, Any]]) -> bytes:
    from rustpy_xlsxwriter import write_worksheet  # type: ignore[import-not-found]

    stream = io.BytesIO()
    write_worksheet(rows, stream, sheet_name="S")
    return stream.getvalue()


def rustypyxl_write(rows: list[dict[str, Any]]) -> bytes:
    from rustypyxl import Workbook as Rusty  # type: ignore[import-not-found]

    book = Rusty()
    book.create_sheet("S")
    book.write_rows("S", [list(row.values()) for row in rows])
    return book.save_to_bytes()


def rustypyxl_stream(rows: list[dict[str, Any]]) -> bytes:
    from rustypyxl import WriteOnlyWorkbook  # type: ignore[import-not-found]

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.xlsx"
        with WriteOnlyWorkbook(str(file)) as book:
            book.create_sheet("S")
            book.append_rows([list(row.values()) for row in rows])
        return file.read_bytes()


def rustypyxl_fill(source: bytes) -> Callable[[dict[str, Any]], bytes]:
    """The same as `openpyxl_fill`: load, insert the rows with the body row's styles, move what stands below, save."""
    from rustypyxl import load_workbook  # type: ignore[import-not-found]

    def render(data: dict[str, Any]) -> bytes:
        book = load_workbook(source)
        sheet, columns = book.active, range(1, len(COLUMNS) + 1)
        name = sheet.title

        def look(row: int, column: int) -> dict[str, Any]:
            place = name, row, column
            return {
                "font": book.get_cell_font(*place),
                "fill": book.get_cell_fill(*place),
                "border": book.get_cell_border(*place),
                "alignment": book.get_cell_alignment(*place),
                "number_format": book.get_cell_number_format(*place),
            }

        start = next(at for at in range(1, 20) if str(book.get_cell_value(name, at, 1) or "").startswith("{%tr for"))
        below = [str(area) for area in sheet.merged_cells if int(re.findall("[0-9]+", str(area))[0]) > start]
        for area in below:
            sheet.unmerge_cells(area)
        footer = [
            [(book.get_cell_value(name, row, column), look(row, column)) for column in columns]
            for row in range(start + 3, sheet.max_row + 1)
        ]
        looks = [look(start + 1, column) for column in columns]
        book.write_rows(name, [[record[field] for field in COLUMNS] for record in data["rows"]], start)
        for at in range(start, start + len(data["rows"])):
            for column in columns:
                book.set_cell_style(name, at, column, **looks[column - 1])
        first = start + len(data["rows"])
        for at, line in enumerate(footer, first):
            for column, (value, style) in enumerate(line, 1):
                if isinstance(value, str) and "{{" in value:
                    head, _, rest = value.partition("{{ ")
                    found = data[rest.partition(" }}")[0]]
                    value = head + str(found) if head else found
                book.set_cell_value(name, at, column, value)
                book.set_cell_style(name, at, column, **style)
        for area in below:
            sheet.merge_cells(re.sub("[0-9]+", lambda row: str(int(row[0]) + first - start - 3), area))
        for address, text in TITLES.items():
            cell = sheet[address]
            cell.value = text.split("{{")[0] + str(data[text.split("{{ ")[1].split(" }}")[0]])
        return book.save_to_bytes()

    return render


WRITERS = {
    "openpyxl": openpyxl_write,
    "xlsxwriter": xlsxwriter_write,
    "pyexcelerate": pyexcelerate_write,
    "rustpy_xlsxwriter": rustpy_write,
    "rustypyxl": rustypyxl_write,
    "rustypyxl, stream": rustypyxl_stream,
}
NODE_WORD = {"docxtemplater": "braces", "easy-template-x": "braces", "docx-templates": "commands", "carbone": "carbone"}
NODE_SHEET = {
    "carbone": [["{d.rows[%s].%s}" % (index, name) for name in COLUMNS] for index in ("i", "i+1")],  # noqa: UP031
    "xlsx-template": [["${table:rows.%s}" % name for name in COLUMNS]],  # noqa: UP031
}


# Measuring


class Table:
    """One piece of work, its engines and what they take."""

    def __init__(self, title: str, check: Callable[[bytes], None]):
        self.title = title
        self.check = check
        self.engines: dict[str, Callable[[], float]] = {}
        self.best: dict[str, float] = {}
        self.left: dict[str, str] = {}

    def python(self, name: str, render: Render, module: str | None = None) -> None:
        """An engine that is called here."""
        if module is not None and importlib.util.find_spec(module) is None:
            self.left[name] = "missing"
            return

        def once() -> float:
            gc.collect()
            begin = time.process_time()
            content = render()
            took = (time.process_time() - begin) * 1000
            self.check(content)
            return took

        self.engines[name] = once

    def node(self, name: str, folder: str | None, template: bytes, data: Path, ending: str, runs: int) -> None:
        """An engine of npm."""
        if folder is None or not (Path(folder) / "node_modules" / name).exists():
            self.left[name] = "missing"
            return
        file, out = data.parent / f"{name}{ending}", data.parent / f"{name}-out{ending}"
        file.write_bytes(template)

        def once() -> float:
            command = ["node", str(HERE / "peers.mjs"), str(Path(folder).resolve()), name, file, data, out, str(runs)]
            found = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
            if found.returncode:
                raise RuntimeError(found.stderr.strip() or "no output")
            self.check(out.read_bytes())
            return min(json.loads(found.stdout))

        self.engines[name] = once

    def run(self, rounds: int) -> None:
        for _ in range(rounds):
            for name, once in list(self.engines.items()):
                try:
                    took = once()
                except Exception as fault:
                    self.left[name] = str(fault).splitlines()[0][:90] or type(fault).__name__
                    del self.engines[name]
                    continue
                self.best[name] = min(took, self.best.get(name, took))
        print(f"\n{self.title}")
        ours = self.best["ours"]
        for name, took in sorted(self.best.items(), key=lambda item: item[1]):
            print(f"  {name:<18}{took:>10.2f} ms {took / ours:>8.2f}×", flush=True)
        for name, reason in self.left.items():
            print(f"  {name:<18}{reason}")


def check_word(data: dict[str, Any], content: bytes) -> None:
    """Compare a document with the data, as python-docx reads it."""
    made = docx.Document(io.BytesIO(content))
    texts = [block.text for block in made.paragraphs if block.text]
    wanted = [f"第{n}项指标完成情况：{data[f'v{n}']}，按年度计划执行。" for n in range(len(data) - 1)]
    rows = made.tables[0]._tbl.tr_lst
    told = [["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in rows[at].tc_lst] for at in (0, -1)]
    expected = [list(data["rows"][at].values()) for at in (0, -1)]
    if texts != wanted or len(rows) != len(data["rows"]) or told != expected:
        raise RuntimeError(f"another document: {len(rows)} rows, {told[0][:2]}, {texts[:1]}")


def check_sheet(rows: list[dict[str, Any]], content: bytes) -> None:
    """Compare a workbook with the data, as calamine reads it."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = [row for row in book.get_sheet_by_index(len(book.sheet_names) - 1).to_python() if row and row[0] != ""]
    found = found[len(found) - len(rows) :]
    told = [[str(value) for value in found[at][1:3]] for at in (0, -1)] if found else []
    wanted = [[rows[at]["code"], rows[at]["name"]] for at in (0, -1)]
    if len(found) != len(rows) or told != wanted:
        raise RuntimeError(f"another workbook: {len(found)} rows, {told}")


def small(title: str, runs: int) -> None:
    """A form of 60 rows: a template filled."""
    own, data = sheet_template(form=True), context(60)
    work = Table(title, lambda content: check_form(data, content))
    kept, by_openpyxl, by_rusty = ExcelTemplate(own), openpyxl_fill(own), rustypyxl_fill(own)
    work.python("ours", lambda: ExcelTemplate(own).render(data))
    work.python("ours, kept", lambda: kept.render(data))
    work.python("openpyxl", lambda: by_openpyxl(data), "openpyxl")
    work.python("rustypyxl", lambda: by_rusty(data), "rustypyxl")
    work.run(10 * runs)


def check_form(data: dict[str, Any], content: bytes) -> None:
    """Compare a form with the data, as openpyxl reads it: its rows, what stands above and below them, looks, merges."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    rows, first = data["rows"], 5
    last = first + len(rows) - 1
    wanted = [[row[name] for name in COLUMNS] for row in rows]
    lines = zip(sheet.iter_rows(first, last, 1, len(COLUMNS)), wanted, strict=True)
    same = all(
        cell.value == value or math.isclose(float(str(cell.value)), value, rel_tol=1e-14)  # openpyxl writes 16 digits
        for line, own in lines
        for cell, value in zip(line, own, strict=True)
    )
    beside = [sheet["A1"].value, sheet.cell(last + 1, 4).value, sheet.cell(last + 2, 1).value]
    looks = {(cell.border.left.style, cell.font.name) for row in (first, last) for cell in sheet[row]}
    merges = {str(area) for area in sheet.merged_cells.ranges}
    if (
        not same
        or beside != [data["title"], data["sum_budget"], f"审核人：{data['auditor']}"]
        or looks != {("thin", "宋体")}
        or [sheet.cell(last, column).number_format for column in (4, 7)] != ["#,##0.00", "0.0%"]
        or not {"D3:F3", f"A{last + 1}:C{last + 1}", f"A{last + 2}:J{last + 2}"} <= merges
    ):
        raise RuntimeError(f"another workbook: {beside}, {looks}, {sorted(merges)[-2:]}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--node", help="folder with node_modules")
    parser.add_argument("--runs", type=int, default=3, help="rounds")
    parser.add_argument("--only", default="", help="a part of the title of what is measured")
    options = parser.parse_args()
    node = options.node if shutil.which("node") else None
    with tempfile.TemporaryDirectory() as temporary:
        for title, values, rows, runs in (
            ("Word report: 60 values, a table of 20 rows of 8 cells", 60, 20, 20),
            ("Word table: 5,000 rows of 8 cells", 0, 5_000, 2),
        ):
            if options.only not in title:
                continue
            data, own = word_data(values, rows), word_template("jinja", values)
            work = Table(title, lambda content, data=data: check_word(data, content))
            kept = WordTemplate(own)
            work.python("ours", lambda own=own, data=data: WordTemplate(own).render(data))
            work.python("ours, kept", lambda kept=kept, data=data: kept.render(data))
            work.python("docxtpl", lambda own=own, data=data: docxtpl_render(own, data), "docxtpl")
            file = Path(temporary) / f"word{rows}.json"
            file.write_text(json.dumps(data), encoding="utf-8")
            for name, syntax in NODE_WORD.items():
                work.node(name, node, word_template(syntax, values), file, ".docx", runs)
            work.run(options.runs)
        title = "Small workbook: 60 rows of 10 cells, formats, merges"
        if options.only in title:
            small(title, options.runs)
        title = "Workbook: 100,000 rows of 10 cells (the writers: no template, no formats)"
        if options.only not in title:
            return
        own, data = sheet_template(form=False), context(100_000)
        work = Table(title, lambda c: check_sheet(data["rows"], c))
        work.python("ours", lambda: ExcelTemplate(own).render(data))
        for name, write in WRITERS.items():
            work.python(name, lambda write=write: write(data["rows"]), name.partition(",")[0])
        file = Path(temporary) / "sheet.json"
        file.write_text(json.dumps(data), encoding="utf-8")
        for name, cells in NODE_SHEET.items():
            work.node(name, node, foreign_sheet(cells), file, ".xlsx", 1)
        work.run(max(1, options.runs - 1))


if __name__ == "__main__":
    main()
