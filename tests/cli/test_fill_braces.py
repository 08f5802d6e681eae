"""`fill` refuses a name of its context in one pair of braces, in this process and in one of its own."""

from pathlib import Path

import openpyxl
from docx import Document

from generator.cli import run


def it_refuses_to_fill_a_name_in_one_pair_of_braces(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENERATOR_LANG", "zh")
    document = Document()
    document.add_paragraph("收件人：{ 收件人 }，{备注}")
    document.save("信.docx")
    book = openpyxl.Workbook()
    book.worksheets[0]["B2"] = "收件人：{收件人}"
    book.save("表.xlsx")
    Path("数.json").write_text('{"收件人": "张三"}', encoding="utf-8")
    for apart in ([], ["--isolated"]):
        for template, place, output in (("信.docx", "正文 第1段", "出.docx"), ("表.xlsx", "Sheet!B2", "出.xlsx")):
            assert run([*apart, "fill", template, "数.json", "-o", output]) == 2
            told = capsys.readouterr().err
            assert f"{place}: 错误[lint-single-braces]" in told
            assert "请写成 {{ 收件人 }}。" in told
            assert told.count("错误[") == 1  # {备注} is no name of the context
            assert not Path(output).exists()
    Path("数.json").write_text("[1]", encoding="utf-8")
    assert run(["fill", "信.docx", "数.json", "-o", "出.docx"]) == 2
    assert "lint-single-braces" not in capsys.readouterr().err
