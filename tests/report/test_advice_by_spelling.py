"""What is advised fits the kind of data file: YAML, JSON or a form."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from generator.form.forms import form_of
from generator.report import examine
from generator.standard import load_standard

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data" / "shifeng-2020.yaml"


def hints(data: bytes, name: str) -> dict[str, str]:
    standard = load_standard(str(ROOT / "templates" / "standards" / "shifeng-2020.yaml"))
    return {f"{one.code} {one.location.path}": str(one.hint) for one in examine(data, standard, name=name)[1]}


def form(change) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(form_of(DATA).content))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def it_speaks_of_rows_of_a_sheet_in_a_form():
    told = hints(form(lambda book: book.remove(book["指标"])), "填报.xlsx")
    assert "工作表里一行一项" in told["missing-value 指标"]


def it_names_the_sheet_for_published_values_in_a_form():
    told = hints(form(lambda book: book["填报"].__setitem__("C9", "差")), "填报.xlsx")
    assert "“公布值”表" in told["stated-differs 等级"]


def it_speaks_of_brackets_in_json():
    assert "方括号" in hints('{"标准": "shifeng-2020", "年度": 2020}'.encode(), "a.json")["missing-value 指标"]


def it_speaks_of_dashes_and_braces_in_yaml():
    assert "“- ”" in hints("标准: shifeng-2020\n年度: 2020\n".encode(), "a.yaml")["missing-value 指标"]
    stated = DATA.read_text("utf-8").replace("\n年度: 2020", "\n年度: 2020\n等级: 差", 1)
    assert "{公布: 差, 理由: …}" in hints(stated.encode(), "a.yaml")["stated-differs 等级"]
