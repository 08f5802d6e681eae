"""Standards made anew: from an example, from templates, from another standard, from last year's."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from generator.cli import run
from generator.standard import load_standard

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GENERATOR_LIBRARY", raising=False)
    for name in ("XDG_DATA_HOME", "HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


FILLED = """标准: baihe-2024
年度: 2024
单位: {名称: 白河县水务局}
项目:
  - {名称: 供水, 预算数: 100, 执行数: 95.5}
  - {名称: 河道, 预算数: 60, 执行数: 60}
得分: 92
"""


def it_makes_a_small_standard_that_works_at_once(capsys):
    assert run(["standard", "init", "baihe-2024", "--issuer", "白河县财政局"]) == 0
    capsys.readouterr()
    assert run(["lint", "baihe-2024"]) == 0
    assert capsys.readouterr().out == ""  # no finding: whoever begins has nothing to wonder at
    Path("a.yaml").write_text(FILLED, encoding="utf-8")
    assert run(["render", "a.yaml", "-o", "out"]) == 0
    text = "\n".join(
        paragraph.text for paragraph in docx.Document("out/白河县水务局2024年度绩效自评报告.docx").paragraphs
    )
    assert "2024年预算合计160万元，执行合计155.5万元，执行率97.19%。自评得分92分，等级为优。\n" in text
    assert "联系电话" not in text
    Path("b.yaml").write_text(FILLED.replace("水务局", "林业局") + "上年执行合计: 140\n", encoding="utf-8")
    assert run(["render", "b.yaml", "-o", "out"]) == 0
    text = docx.Document("out/白河县林业局2024年度绩效自评报告.docx").paragraphs[1].text
    assert text.endswith("等级为优。上年执行合计140万元。")
    sheet = openpyxl.load_workbook("out/白河县水务局2024年度项目表.xlsx", data_only=True).worksheets[0]
    assert [cell.value for cell in sheet[5]] == ["合计", 160, 155.5, pytest.approx(0.971875)]


def it_lays_the_templates_of_a_small_standard_out():
    assert run(["standard", "init", "baihe-2024"]) == 0
    sheet = openpyxl.load_workbook("templates/xlsx/baihe-2024.xlsx").worksheets[0]
    assert [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()] == [
        ["{{ 单位.名称 }}{{ 年度 }}年度项目表"],
        ["项目名称", "预算数（万元）", "执行数（万元）", "执行率"],
        ["{%tr for 项 in 项目 %}"],
        ["{{ 项.名称 }}", "{{ 项.预算数 }}", "{{ 项.执行数 }}", "{{ 项.执行率 }}"],
        ["{%tr endfor %}"],
        ["合计", "=SUM(B4:B4)", "=SUM(C4:C4)", '=IF(B6=0,"",C6/B6)'],
    ]
    assert [sheet.column_dimensions[letter].width for letter in "ABCD"] == [36, 16, 16, 12]
    assert [sheet.cell(row, 1).font.b for row in range(1, 7)] == [True, True, False, False, False, True]
    assert [sheet.cell(row, 1).font.sz for row in range(1, 7)] == [16, 11, 11, 11, 11, 11]
    assert [cell.number_format for cell in sheet[4]] == ["General", "0.00", "0.00", "0.00%"]
    assert [bool(sheet.cell(row, 2).border.left.style) for row in range(1, 7)] == [False, True, True, True, True, True]
    table = docx.Document("templates/docx/baihe-2024.docx").tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["项目名称", "预算数（万元）", "执行数（万元）", "执行率"]
    assert [cell.text for cell in table.rows[2].cells] == [
        "{{ 项.名称 }}",
        "{{ 项.预算数 }}",
        "{{ 项.执行数 }}",
        "{{ 项.执行率 }}",
    ]


def it_guesses_fields_and_types_from_templates():
    document = docx.Document()
    for line in (
        "{{ 单位.名称 }}{{ 年度 }}年度自评报告，在职{{ 在职 }}人",
        "支出{{ 总额 }}万元，完成{{ 进度 }}%，得{{ 结果 }}分",
        "{%p for 条 in 问题 %}",
        "{{ 条 }}",
        "{%p endfor %}",
    ):
        document.add_paragraph(line)
    document.save("报告.docx")
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "{%tr for 项 in 项目 %}"
    for column, (text, form) in enumerate(
        (("{{ 项.名称 }}", "@"), ("{{ 项.额 }}", "0.00"), ("{{ 项.比 }}", "0.0%"), ("{{ 项.始 }}", "yyyy-mm-dd")), 1
    ):
        sheet.cell(2, column, text).number_format = form
    sheet["A3"] = "{%tr endfor %}"
    book.save("表.xlsx")
    assert run(["standard", "init", "heishui-2024", "--template", "报告.docx", "--template", "表.xlsx"]) == 0
    fields = load_standard("heishui-2024").fields
    kinds = {name: (field.kind, field.many) for name, field in fields.items()}
    assert kinds["年度"] == ("year", False)
    assert kinds["在职"] == ("integer", False)
    assert kinds["总额"] == ("money", False)
    assert kinds["进度"] == ("number", False)
    assert kinds["结果"] == ("score", False)
    assert kinds["问题"][1] is True
    rows = fields["项目"].record
    assert rows is not None
    assert {name: field.kind for name, field in rows.fields.items()} == {
        "名称": "text",
        "额": "money",
        "比": "percent",
        "始": "date",
    }
    assert run(["lint", "heishui-2024"]) == 0
    assert Path("templates/xlsx/heishui-2024.xlsx").read_bytes() == Path("表.xlsx").read_bytes()


@pytest.mark.parametrize("name", SAMPLES)
def it_rolls_every_sample_over_to_next_year(name, capsys, monkeypatch):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    region, _, year = name.rpartition("-")
    new = f"{region}-{int(year) + 1}"
    assert run(["standard", "roll", name, new]) == 0
    monkeypatch.setenv("GENERATOR_LIBRARY", "templates")
    rolled = load_standard(new)
    assert (rolled.fiscal_year, rolled.version, rolled.issuer) == (
        int(year) + 1,
        "1.0.0",
        load_standard(ROOT / f"templates/standards/{name}.yaml").issuer,
    )
    assert rolled.carry is not None
    assert rolled.carry.keep[0] == "单位"
    assert run(["lint", new]) == 0
    assert run(["migrate", str(ROOT / "data" / f"{name}.yaml"), "--to", new, "-o", "新.yaml"]) == 0
    told = capsys.readouterr().err
    assert "[migrate-year]" in told
    assert run(["check", "新.yaml"]) == 1
    found = capsys.readouterr().out
    assert "[missing-value]" in found or "[missing-record]" in found
    assert "[unknown-field]" not in found


def it_pairs_fields_of_last_year_with_those_of_this_year(capsys, monkeypatch):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    assert run(["standard", "roll", "beita-2023", "beita-2024"]) == 0
    text = Path("templates/standards/beita-2024.yaml").read_text(encoding="utf-8")
    assert "上年决算数: 三公经费" in text or "上年决算数: " in text
    assert "[roll-old-year]" in capsys.readouterr().err or "2023" not in text


def it_starts_from_another_standard(monkeypatch):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    assert run(["standard", "init", "baihe-2020", "--from", "shifeng-2020", "--issuer", "白河县财政局"]) == 0
    made = load_standard(Path("templates/standards/baihe-2020.yaml"))
    assert (made.issuer, made.fiscal_year) == ("白河县财政局", 2020)
    assert {path.parent.resolve() for path in made.files} == {Path("templates/standards").resolve()}
    text = (ROOT / "data" / "shifeng-2020.yaml").read_text(encoding="utf-8")
    Path("a.yaml").write_text(text.replace("shifeng-2020", "baihe-2020", 1), encoding="utf-8")
    monkeypatch.delenv("GENERATOR_LIBRARY")
    assert run(["render", "a.yaml", "-o", "out"]) == 0


def it_overwrites_nothing(capsys):
    assert run(["standard", "init", "baihe-2024"]) == 0
    before = Path("templates/standards/baihe-2024.yaml").read_bytes()
    assert run(["standard", "init", "baihe-2024"]) == 2
    assert run(["standard", "roll", "baihe-2024", "baihe-2024"]) == 2
    assert run(["standard", "init", "../外面"]) == 2
    assert Path("templates/standards/baihe-2024.yaml").read_bytes() == before
