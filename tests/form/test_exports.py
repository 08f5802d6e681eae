"""`form --fill`: a list from an export of the accounting software."""

import io
from pathlib import Path

import openpyxl
import pytest

from generator.cli import run
from generator.diagnostics import Failure
from generator.form.conversion import convert
from generator.form.forms import form_of
from generator.source import read_source

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data" / "wanzhou-2020.yaml"
EXPORT = """万州区2020年支出表,,,
单位：万元,,,
科目,支出金额,年初预算数（万元）,备注
一般公共服务支出,"1,234.50",1200,
社会保障和就业支出,31.2,30.5,核过
"""


def subjects(content: bytes) -> list[dict[str, str]]:
    root = read_source(convert(content, ".yaml", "a.xlsx").content, "a.yaml").root
    return [{name: node.text for name, node in item.items()} for item in root["功能科目"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def it_reads_csv_in_any_encoding_below_its_titles(encoding, tmp_path):
    file = tmp_path / "导出.csv"
    file.write_bytes(EXPORT.encode(encoding))
    made = form_of(DATA, fills={"功能科目": str(file)}, columns={"支出金额": "决算数"})
    assert subjects(made.content) == [
        {"科目": "一般公共服务支出", "金额": "1234.5", "年初预算数": "1200"},
        {"科目": "社会保障和就业支出", "金额": "31.2", "年初预算数": "30.5"},
    ]
    assert [note.code for note in made.notes] == ["fill-left-out"]


def it_reads_workbooks(tmp_path):
    book = openpyxl.Workbook()
    for row in (["支出"], ["科目", "决算数", "年初预算数"], ["甲", 0.1, 5]):
        book.active.append(row)
    book.save(tmp_path / "导出.xlsx")
    made = form_of(DATA, fills={"功能科目": str(tmp_path / "导出.xlsx")})
    assert subjects(made.content) == [{"科目": "甲", "金额": "0.1", "年初预算数": "5"}]


def it_asks_for_the_columns_that_it_does_not_find(tmp_path):
    file = tmp_path / "导出.csv"
    file.write_text(EXPORT, encoding="utf-8")
    with pytest.raises(Failure) as refused:
        form_of(DATA, fills={"功能科目": str(file)})
    assert refused.value.diagnostics[0].code == "fill-columns"
    assert "决算数" in refused.value.diagnostics[0].message
    assert "支出金额" in (refused.value.diagnostics[0].hint or "")


def it_fills_a_list_of_texts_and_an_empty_form(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    file = tmp_path / "机构.csv"
    file.write_text("内设机构\n办公室\n会员部\n", encoding="utf-8")
    out = tmp_path / "表.xlsx"
    assert run(["form", "wanzhou-2020", "--fill", f"单位.内设机构={file}", "-o", str(out)]) == 0
    root = read_source(convert(out, ".yaml").content, "a.yaml").root
    assert [node.text for node in root["单位"]["内设机构"]] == ["办公室", "会员部"]
    assert capsys.readouterr().out == f"{out}\n"


@pytest.mark.parametrize("arguments", [["--fill", "功能科目"], ["--fill", "没有=a.csv"], ["--fill", "功能科目=a.doc"]])
def it_refuses_what_makes_no_sense(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    monkeypatch.chdir(tmp_path)
    Path("a.doc").write_bytes(b"x")
    assert run(["form", str(DATA), *arguments, "-o", "表.xlsx"]) == 2
    assert "[fill-" in capsys.readouterr().err
    assert not Path("表.xlsx").exists()


def it_names_the_export_that_cannot_be_opened(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("导出.xlsx").write_bytes(b"")
    assert run(["form", str(DATA), "--fill", "功能科目=导出.xlsx", "-o", "表.xlsx"]) == 2
    assert "导出.xlsx: 错误[file-empty] 文件是空的：导出.xlsx" in capsys.readouterr().err


def it_does_not_overwrite_a_form(tmp_path, capsys):
    out = tmp_path / "表.xlsx"
    assert run(["form", str(DATA), "-o", str(out)]) == 0
    assert run(["form", str(DATA), "-o", str(out)]) == 2
    assert run(["form", str(DATA), "-o", str(out), "--force"]) == 0
    assert run(["form", str(DATA), "-o", str(tmp_path / "表.pdf")]) == 2
    capsys.readouterr()


def it_moves_a_form_to_a_new_one(tmp_path):
    old = form_of(DATA).content
    book = openpyxl.load_workbook(io.BytesIO(old))
    assert "_generator" in book.sheetnames
    assert form_of(old, name="旧表.xlsx").notes == ()
