"""Whole processes, from nothing to a document on the disk: our commands, and one report by this program, docxtpl and Carbone.

    npm i --prefix DIR carbone
    python tests/benchmarks/cold.py [--node DIR] [--runs N]

In rounds each runs once in turn; printed is the least processor time of a process, its children's included, in seconds. The report
is the one of peers.py (60 values, 20 rows of 8 cells); each output is read and compared with the data. What the command line keeps
compiled lies in a folder of its own, filled by the first round; "anew" runs without it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import docx
from peers import CELLS, word_data, word_template  # beside this file

ROOT = Path(__file__).resolve().parents[2]
DOCXTPL = """
import json, sys
from docxtpl import DocxTemplate
made = DocxTemplate(sys.argv[1])
made.render(json.load(open(sys.argv[2], encoding="utf-8")), autoescape=True)
made.save(sys.argv[3])
"""
CARBONE = """
const fs = require("fs"), [, , template, data, out] = process.argv;
require("carbone").render(template, JSON.parse(fs.readFileSync(data, "utf8")), (fault, made) => {
  if (fault) throw fault;
  fs.writeFileSync(out, made);
  process.exit(0);
});
"""


def commands(folder: Path, node: str) -> dict[str, list[str]]:
    """What is run, by its title."""
    data = word_data(60, 20)
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    for syntax in ("jinja", "carbone"):
        (folder / f"{syntax}.docx").write_bytes(word_template(syntax, 60))
    own = [sys.executable, "-m", "generator"]
    sample = str(ROOT / "data" / "shifeng-2020.yaml")
    fill = [*own, "fill", "jinja.docx", "data.json", "-o"]
    found = {
        "generator --help": [*own, "--help"],
        "generator check": [*own, "check", sample],
        "generator render (Word and Excel)": [*own, "render", sample, "-o", "out"],
        "report: generator fill": [*fill, "kept.docx"],
        "report: generator fill, anew": [*fill, "anew.docx", "--no-cache"],
    }
    (folder / "docxtpl_run.py").write_text(DOCXTPL, "utf-8")
    found["report: docxtpl"] = [sys.executable, "docxtpl_run.py", "jinja.docx", "data.json", "docxtpl.docx"]
    if node and shutil.which("node"):
        (folder / "carbone.cjs").write_text(CARBONE, "utf-8")
        found["report: Carbone"] = ["node", "carbone.cjs", "carbone.docx", "data.json", "carbone_made.docx"]
    return found


def seconds(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    """The processor time of a process and of its children."""
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        assert process.stderr is not None
        raise SystemExit(f"{command[:4]}: {process.stderr.read().decode()[-500:]}")
    return used.ru_utime + used.ru_stime


def compared(folder: Path) -> None:
    """Hold each document against the data."""
    wanted = [[row[name] for name in CELLS] for row in word_data(60, 20)["rows"]]
    for path in sorted(folder.glob("*.docx")):
        if path.stem in ("jinja", "carbone"):
            continue
        made = docx.Document(str(path))
        rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
        values = [paragraph.text for paragraph in made.paragraphs if "指标完成情况" in paragraph.text]
        if rows != wanted or len(values) != 60 or "值177" not in values[59]:
            raise SystemExit(f"{path.name} is another document")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--node", default="")
    parser.add_argument("--runs", type=int, default=9)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {
            **os.environ,
            "GENERATOR_CACHE": str(folder / "cache"),
            "NODE_PATH": f"{asked.node}/node_modules",
        }
        environment["GENERATOR_LIBRARY"] = str(ROOT / "templates")
        (folder / "cache").mkdir(mode=0o700)
        found = commands(folder, asked.node)
        times: dict[str, list[float]] = {title: [] for title in found}
        for _ in range(asked.runs):
            for title, command in found.items():
                times[title].append(seconds(command, folder, environment))
        compared(folder)
    for title, own in times.items():
        print(f"{title:40}{min(own):>8.3f} s")


if __name__ == "__main__":
    main()
