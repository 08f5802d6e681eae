"""Word rendering beside docxtpl, in alternating runs on the same work.

    python tests/benchmarks/word.py [--quick]

A is a realistic report (prose, three tables, a loop of 20 rows, merged headers, header and footer, a picture, 40 values),
B a table of 5,000 rows of 8 cells. Printed: medians of processor time and their ratios, the time to compile, whether the
output equals docxtpl's (C14N), the peak of memory for B, how B grows to 50,000 rows, and 1,000 × A on one process and two.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import multiprocessing
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import docxtpl
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from lxml import etree
from PIL import Image

from generator.word import WordTemplate

VALUES = [f"v{number:02}" for number in range(1, 41)]
COLUMNS = ["no", "unit", "item", "budget", "spent", "left", "rate", "note"]
HEADS = ["序号", "单位", "项目", "预算", "支出", "结余", "执行率", "备注"]
UNITS = ["市财政局", "市教育局", "市民政局", "区水利局", "市卫生健康委员会", "区住房和城乡建设局"]
ITEMS = ["义务教育保障经费", "农村饮水安全工程", "公路养护专项", "R&D <试点> 项目", "老旧小区改造"]
WORDS = (
    "根据年度预算编制的统一部署本单位认真组织决算审核汇总收入合计财政拨款占比较高项目支出坚持先有预算后有支出严格执行审批流程"
    "重点项目全过程绩效管理民生保障投入增加三公经费厉行节约政府采购计划备案合同验收国有资产清查账实相符内部控制制度持续完善"
)
SENTENCES = [WORDS[start : start + 40] + "，" for start in range(0, 90, 10)]


def prose(draw: random.Random, length: int) -> str:
    """Text with about the entropy of real prose."""
    out = ""
    while len(out) < length:
        start = draw.randrange(len(WORDS) - 4)
        out += WORDS[start : start + draw.randint(2, 4)]
    return out + "。"


def in_cell(cell: Any, text: str, *, bold: bool = False) -> None:
    block = cell.paragraphs[0]
    block.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = block.add_run(text)
    run.bold = bold
    run.font.size = Pt(9)
    run.font.name = "宋体"
    run._r.rPr.rFonts.set(qn("w:eastAsia"), "宋体")


def split(block: Any, text: str) -> None:
    """A tag over three runs with marks of the spelling checker between, as Word leaves it."""
    for part, mark in ((text[:2], "spellStart"), (text[2:-2], "spellEnd"), (text[-2:], "")):
        block.add_run(part)
        if mark:
            error = OxmlElement("w:proofErr")
            error.set(qn("w:type"), mark)
            block._p.append(error)


def add_loop(table: Any, spans: dict[int, int]) -> None:
    in_cell(table.add_row().cells[0], "{%tr for r in rows %}")
    cells, at = table.add_row().cells, 0
    for index, name in enumerate(COLUMNS):
        width = spans.get(index, 1)
        cell = cells[at] if width == 1 else cells[at].merge(cells[at + width - 1])
        at += width
        in_cell(cell, f"{{{{ r.{name} }}}}")
    in_cell(table.add_row().cells[0], "{%tr endfor %}")


def saved(made: Any) -> bytes:
    for style in list(made.styles.element.findall(qn("w:style"))):  # python-docx's own styles outweigh the report
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in ("TableNormal", "TableGrid"):
            made.styles.element.remove(style)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def report() -> bytes:
    """Template A."""
    draw = random.Random(3)
    made = docx.Document()
    names = iter(VALUES)

    def tag() -> str:
        return f"{{{{ {next(names)} }}}}"

    section = made.sections[0]
    section.header.paragraphs[0].add_run("部门决算报告  ")
    split(section.header.paragraphs[0], tag())
    section.footer.paragraphs[0].add_run(f"编制单位：{tag()}  审核：{tag()}")
    made.add_heading("年度部门决算报告（", 0).add_run(tag())
    picture = io.BytesIO()
    Image.frombytes("RGB", (260, 80), draw.randbytes(260 * 80 * 3)).save(picture, "PNG")
    made.add_picture(picture, width=Cm(5))
    inline = 0
    for part in range(6):
        made.add_heading(f"第{part + 1}部分 总体情况", 1)
        for number in range(9):
            block = made.add_paragraph()
            block.paragraph_format.first_line_indent = Pt(24)
            block.paragraph_format.line_spacing = 1.5
            block.add_run(SENTENCES[number % 9]).font.size = Pt(12)
            if number % 4 == 0 and inline < 14:
                if inline % 3:
                    block.add_run(tag())
                else:
                    split(block, tag())
                inline += 1
            else:
                block.add_run("有关").bold = True
            block.add_run(SENTENCES[(number + part) % 9]).font.size = Pt(12)
            block.add_run(prose(draw, 60)).font.size = Pt(12)
        if part in (1, 3):
            for text in (f"{{%p if flag{part} %}}", "本单位存在需要说明的重大事项，详见附注。", "{%p endif %}"):
                made.add_paragraph(text)
        if part == 0:
            table = made.add_table(rows=0, cols=4)
            table.style = "Table Grid"
            for number in range(5):
                cells = table.add_row().cells
                for at in (0, 2):
                    in_cell(cells[at], f"指标{2 * number + at}", bold=True)
                    in_cell(cells[at + 1], tag())
        if part == 2:
            table = made.add_table(rows=2, cols=9)
            table.style = "Table Grid"
            upper, lower = table.rows[0].cells, table.rows[1].cells
            for at, name in ((0, "序号"), (1, "单位"), (2, "项目"), (6, "执行率")):
                in_cell(upper[at].merge(lower[at]), name, bold=True)
            in_cell(upper[3].merge(upper[5]), "金额（万元）", bold=True)
            for at, name in ((3, "预算"), (4, "支出"), (5, "结余")):
                in_cell(lower[at], name, bold=True)
            in_cell(upper[7].merge(lower[8]), "备注", bold=True)
            add_loop(table, {7: 2})
            cells = table.add_row().cells
            in_cell(cells[0].merge(cells[2]), "合计", bold=True)
            for at in (3, 4, 5, 6):
                in_cell(cells[at], tag(), bold=True)
        if part == 4:
            table = made.add_table(rows=4, cols=4)
            table.style = "Table Grid"
            in_cell(table.cell(0, 0).merge(table.cell(3, 0)), "责任人", bold=True)
            for number in range(4):
                in_cell(table.cell(number, 1), f"岗位{number}")
                in_cell(table.cell(number, 2), tag())
    for name in names:
        made.add_paragraph("补充事项：").add_run(f"{{{{ {name} }}}}")
    return saved(made)


def long_table() -> bytes:
    """Template B."""
    made = docx.Document()
    made.add_paragraph("明细表 {{ title }}")
    table = made.add_table(rows=1, cols=8)
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, HEADS, strict=True):
        in_cell(cell, name, bold=True)
    add_loop(table, {})
    made.add_paragraph("以上合计 {{ total }}")
    return saved(made)


def rows(draw: random.Random, count: int) -> list[dict[str, str]]:
    found = []
    for number in range(count):
        budget = draw.randint(100, 999_999)
        spent = draw.randint(0, budget)
        found.append(
            {
                "no": str(number + 1),
                "unit": draw.choice(UNITS),
                "item": draw.choice(ITEMS),
                "budget": f"{budget / 7:.2f}",
                "spent": f"{spent / 7:.2f}",
                "left": f"{(budget - spent) / 7:.2f}",
                "rate": f"{100 * spent / budget:.1f}%",
                "note": "" if number % 3 else f"编号{draw.randint(0, 999_999):06}",
            }
        )
    return found


def context_a(number: int) -> dict[str, Any]:
    draw = random.Random(1000 + number)
    values = {
        name: draw.choice(UNITS) if draw.random() < 0.4 else f"{draw.randint(1, 10**8) / 100:.2f}" for name in VALUES
    }
    return {**values, "flag1": number % 2 == 0, "flag3": number % 3 == 0, "rows": rows(draw, 20)}


def context_b(count: int) -> dict[str, Any]:
    return {"title": "第1批", "total": f"{count}行", "rows": rows(random.Random(5), count)}


def with_docxtpl(template: bytes, context: dict[str, Any]) -> bytes:
    made = docxtpl.DocxTemplate(io.BytesIO(template))
    made.render(context, autoescape=True)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def taken(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return 1000 * (time.process_time() - begun)


def equal(one: bytes, other: bytes) -> bool:
    """Whether the parts that print are the same (C14N)."""
    with zipfile.ZipFile(io.BytesIO(one)) as a, zipfile.ZipFile(io.BytesIO(other)) as b:
        names = [name for name in b.namelist() if name.startswith("word/") and name.endswith(".xml")]
        return all(
            etree.tostring(etree.fromstring(a.read(name)), method="c14n")
            == etree.tostring(etree.fromstring(b.read(name)), method="c14n")
            for name in names
        )


def compare(name: str, template: bytes, contexts: list[dict[str, Any]], block: int, target: float) -> None:
    """The two in turns; in each turn one renders a block of contexts, as in a batch; the time is that of one document."""
    compiled = [taken(lambda: WordTemplate(template)) for _ in range(5)]
    made = WordTemplate(template)
    engines: dict[str, Callable[[dict[str, Any]], bytes]] = {
        "docxtpl": lambda context: with_docxtpl(template, context),
        "ours": made.render,
    }
    for render in engines.values():
        render(contexts[0])
    times: dict[str, list[float]] = {engine: [] for engine in engines}
    for first in range(0, len(contexts), block):
        turn = contexts[first : first + block]
        for engine, render in engines.items():
            gc.collect()  # nobody pays for another's garbage
            times[engine].append(
                taken(lambda render=render, turn=turn: [render(context) for context in turn]) / len(turn)
            )
    same = all(equal(made.render(context), with_docxtpl(template, context)) for context in contexts[:3])
    own, other = statistics.median(times["ours"]), statistics.median(times["docxtpl"])
    print(
        f"{name}: docxtpl {other:.1f} ms, ours {own:.2f} ms: {other / own:.1f}× (target {target:.0f}×); "
        f"compile {statistics.median(compiled):.1f} ms (docxtpl's render {other:.1f}); equal: {same}"
    )


_TEMPLATE: WordTemplate | None = None
_CONTEXTS = [context_a(number) for number in range(50)]


def _start(template: bytes) -> None:
    global _TEMPLATE
    _TEMPLATE = WordTemplate(template)


def _fifty(_: int) -> float:
    """The processor time of 50 documents in seconds."""
    assert _TEMPLATE is not None
    begun = time.process_time()
    for context in _CONTEXTS:
        _TEMPLATE.render(context)
    return time.process_time() - begun


def thousand(template: bytes) -> None:
    _start(template)
    begun = time.perf_counter()
    work = sum(_fifty(number) for number in range(20))
    alone = time.perf_counter() - begun
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    start = None if method == "fork" else _start  # a fork has the compiled template already
    begun = time.perf_counter()
    with multiprocessing.get_context(method).Pool(2, start, (template,) if start else ()) as pool:
        works = sum(pool.map(_fifty, range(20), chunksize=2))
    both = time.perf_counter() - begun
    print(
        f"1000 × A: one process {alone:.2f} s (processor {work:.2f} s), two {both:.2f} s (processor {works:.2f} s): "
        f"{alone / both:.2f}×, {method}"
    )


def lean(folder: Path, count: int) -> None:
    """The peak of a process that only renders: no docxtpl beside it, the context read from a file."""
    (folder / "b.docx").write_bytes(long_table())
    (folder / "b.json").write_text(json.dumps(context_b(count), ensure_ascii=False), encoding="utf-8")
    code = (
        "import json, re, sys\nfrom generator.word import WordTemplate\n"
        "t = WordTemplate(sys.argv[1])\nc = json.load(open(sys.argv[2], encoding='utf-8'))\n"
        "m = lambda: int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) / 1024\n"
        "before = m()\nt.render(c)\nprint(f'B, {len(c[\"rows\"])} rows: peak {m():.0f} MB, before rendering {before:.0f} MB')"
    )
    if not Path("/proc/self/status").exists():
        return
    subprocess.run([sys.executable, "-c", code, str(folder / "b.docx"), str(folder / "b.json")], check=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="fewer runs, no 50,000 rows, no 1,000 documents")
    quick = parser.parse_args().quick
    template_a, template_b = report(), long_table()
    compare("A", template_a, [context_a(number) for number in range(30 if quick else 210)], 10, 60)
    compare("B", template_b, [context_b(5000)] * (1 if quick else 5), 1, 45)
    with tempfile.TemporaryDirectory() as folder:
        lean(Path(folder), 5000)
    if quick:
        return
    made = WordTemplate(template_b)
    for count in (5_000, 20_000, 50_000):
        context = context_b(count)
        spent = min(taken(lambda context=context: made.render(context)) for _ in range(3))
        print(f"B, {count} rows: {spent:.0f} ms, {1000 * spent / count:.1f} µs a row")
    thousand(template_a)


if __name__ == "__main__":
    main()
