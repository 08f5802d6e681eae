"""Notes of a render, as a person sees them."""

from pathlib import Path

import openpyxl

from generator.cli import console, run
from generator.ooxml.limits import Limits


def it_tells_which_formulas_have_no_value(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    sheet["A1"], sheet["A2"], sheet["A3"] = "{{ 数 }}", "=NOW()", "=A1*2"
    book.save("表.xlsx")
    (tmp_path / "数.json").write_text('{"数": 3}', encoding="utf-8")
    assert run(["fill", "表.xlsx", "数.json", "-o", "出.xlsx"]) == 0
    out, err = capsys.readouterr()
    assert out == "出.xlsx\n"
    assert "表.xlsx: 表!A2: 提示[excel-not-computed] 公式“=NOW()”" in err
    assert openpyxl.load_workbook("出.xlsx", data_only=True)["表"]["A3"].value == 6


def it_tells_no_more_findings_than_the_bound(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text("标准: shifeng-2020\n甲: 1\n乙: 2\n丙: 3\n", encoding="utf-8")
    monkeypatch.setattr(console, "limits", lambda: Limits(findings=2))
    run(["migrate", "a.yaml", "--to", "shifeng-2020", "-o", "b.yaml"])
    err = capsys.readouterr().err
    assert err.count("[migrate-unknown]") == 2
    assert "另有 1 处" in err
