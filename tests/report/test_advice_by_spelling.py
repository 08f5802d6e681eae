"""What is advised fits the kind of data file: YAML, JSON or a form."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import openpyxl
import pytest

from generator.diagnostics import Diagnostic
from generator.diagnostics.wording.entry import Spelling
from generator.diagnostics.wording.report_wording import WORDING as REPORT
from generator.form.forms import form_of
from generator.report import examine
from generator.standard import load_standard

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data" / "shifeng-2020.yaml"


def hints(data: bytes, name: str) -> dict[str, str]:
    standard = load_standard(str(ROOT / "templates" / "standards" / "shifeng-2020.yaml"))
    return {f"{one.code} {one.location.path}": str(one.hint) for one in examine(data, standard, name=name)[1]}


def refused(text: str) -> list[Diagnostic]:
    return list(examine(text.encode(), name="a.json")[1])


def form(change) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(form_of(DATA).content))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def it_speaks_of_rows_of_a_sheet_in_a_form():
    told = hints(form(lambda book: book["指标"].delete_rows(6, 40)), "填报.xlsx")
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


MARKS_OF_YAML = re.compile(r"“- |缩进|“\||[^{“ ]+: …|\{\{\w+: |第一行|\.yaml|indent")


@pytest.mark.parametrize("code", [code for code, one in REPORT.items() if one.hint])
@pytest.mark.parametrize("spelling", ["json", "form"])
def it_names_no_mark_of_yaml_to_others(code: str, spelling: Spelling):
    advice = REPORT[code].advice(spelling)
    assert advice is not None
    if spelling == "form" and code in ("report-no-standard", "report-standard-digest"):
        return  # what a form names is written by the program
    found = re.sub(r'"\w+": |\{\{"', "", advice.zh + advice.en)
    assert not MARKS_OF_YAML.search(found), found


def it_says_in_json_into_which_braces_a_field_goes():
    text = '{"标准": "shifeng-2020", "年度": 2020, "全年执行数": 161.4, "资金": {"当年财政拨款": {"全年预算数": 160}}}'
    told = hints(text.encode(), "a.json")
    assert told["unknown-field 全年执行数"] == "“全年执行数”是“资金”里的，请移到它的花括号里。"


def it_names_the_column_too_where_json_may_stand_on_one_line():
    assert "第1行第2列" in str(refused('{"年度": 2020, "年度": 2021}')[0].message)


def it_tells_of_braces_where_json_holds_no_mapping():
    assert "花括号" in str(refused('["a"]')[0].hint)
    assert "花括号" in str(refused("null")[0].hint)


JSON = {"标准": "shifeng-2020", "年度": 2020}


@pytest.mark.parametrize(
    ("more", "code", "hint"),
    [
        (
            {"单位": {"名称": "某某局", "称谓": {"公布": "丙"}}},
            "exception-without-reason 单位.称谓",
            '{"公布": "值", "理由": "原因"}',
        ),
        ({"保留": {"处": "x"}}, "kept-shape 保留", '{"处": "成绩[1].内容"'),
        ({"保留": [{"处": "预期目标", "文字": "x"}]}, "kept-without-reason 保留[0]", '"理由": "…"'),
        ({"另载": [{"字段": "总分"}]}, "also-stated-shape 另载[0]", '{"字段": "总分", "值": "97"'),
        ({"收入": {"财政拨款收入": [1, 2]}}, "wrong-shape 收入.财政拨款收入", "generator convert"),
        ({"单位": {"内设机构": "办公室、会员部"}}, "wrong-shape 单位.内设机构", '["办公室", "会员部"]'),
        ({"指标": {"名称": "产出指标"}}, "wrong-shape 指标", "[{…}]"),
    ],
)
def it_advises_in_json(more, code, hint):
    assert hint in hints(json.dumps(JSON | more, ensure_ascii=False).encode(), "a.json")[code]


@pytest.mark.parametrize(
    ("sheet", "row", "code", "hint"),
    [
        ("公布值", {2: "年度", 3: 2020, 4: "例"}, "exception-on-input 年度", "填在这个字段的格里"),
        ("保留", {2: "预期目标[0]"}, "kept-shape 保留[0]", "“保留”表"),
        ("另载", {2: "总分"}, "also-stated-shape 另载[0]", "“另载”表"),
    ],
)
def it_advises_in_a_form(sheet, row, code, hint):
    def fill(book) -> None:
        for column, value in row.items():
            book[sheet].cell(6, column).value = value

    assert hint in hints(form(fill), "填报.xlsx")[code]
