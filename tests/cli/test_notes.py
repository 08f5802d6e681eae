"""Notes of a render, as a person sees them."""

import openpyxl

from generator.cli import run


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
