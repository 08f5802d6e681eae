"""`verify`: what a document was made from, whether it was changed since, and where."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
import pytest

from generator.cli import run
from tests.security.attacks import with_relation

ROOT = Path(__file__).parents[2]
WORD = "石峰区工商业联合会2020年度部门整体支出绩效自评报告.docx"
EXCEL = "石峰区工商业联合会2020年度绩效自评表.xlsx"


@pytest.fixture(autouse=True)
def rendered(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    Path("数据.yaml").write_bytes((ROOT / "data" / "shifeng-2020.yaml").read_bytes())
    assert run(["render", "数据.yaml"]) == 0
    capsys.readouterr()


@pytest.mark.parametrize("name", [WORD, EXCEL])
def it_says_what_a_document_was_made_from(name, capsys):
    assert run(["verify", name]) == 0
    told = capsys.readouterr().out
    assert "标准：shifeng-2020@1.0.0" in told
    assert "文字：生成后没有改动。" in told
    assert run(["verify", name, "数据.yaml"]) == 0
    assert "数据：与生成时相同。" in capsys.readouterr().out


def it_tells_where_a_word_document_was_changed(capsys):
    document = docx.Document(WORD)
    cell = document.tables[0].rows[4].cells[3]
    cell.paragraphs[0].runs[0].text = "999.99"
    document.save("改过.docx")
    assert run(["verify", "改过.docx"]) == 1
    assert "文字：生成后被改动过。" in capsys.readouterr().out
    assert run(["verify", "改过.docx", "数据.yaml"]) == 1
    told = capsys.readouterr().out
    assert "表1" in told
    assert "999.99" in told


def it_tells_where_a_workbook_was_changed_as_json(capsys):
    book = openpyxl.load_workbook(EXCEL)
    sheet = book.worksheets[0]
    cell = next(
        cell for row in sheet.iter_rows() for cell in row if cell.data_type == "n" and cell.value not in (None, 0)
    )
    cell.value = 12345
    book.save("改过.xlsx")
    assert run(["verify", "改过.xlsx", "数据.yaml", "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["unchanged"] is False
    assert told["same_data"] is True
    assert any(f"{sheet.title}!{cell.coordinate}" in one["place"] for one in told["differences"])


def it_tells_that_the_data_changed_since(capsys):
    text = Path("数据.yaml").read_text(encoding="utf-8")
    Path("数据.yaml").write_text(text.replace("退休人数: 3", "退休人数: 4"), encoding="utf-8")
    assert run(["verify", WORD, "数据.yaml"]) == 1
    told = capsys.readouterr().out
    assert "文字：生成后没有改动。" in told
    assert "数据：与生成时不同。" in told


@pytest.mark.parametrize(
    ("kind", "target", "code"), [("attachedTemplate", "http://x/y.dotm", 1), ("hyperlink", "file:///c:/x", 0)]
)
def it_says_what_in_a_document_acts_by_itself(kind, target, code, capsys):
    Path("动.docx").write_bytes(with_relation(Path(WORD).read_bytes(), kind, target))
    assert run(["verify", "动.docx"]) == code
    told = capsys.readouterr()
    assert "文字：生成后没有改动。" in told.out
    assert "active-content" in told.err
    assert run(["verify", "动.docx", "--format", "json"]) == code
    assert [one["code"] for one in json.loads(capsys.readouterr().out)["active"]] == ["active-content"]
