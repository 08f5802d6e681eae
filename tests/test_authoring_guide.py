"""The guide of those who write standards: every command is typed, every template made, every example printed; both languages alike."""

from __future__ import annotations

import io
import re
import shlex
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from generator.cli import run
from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from generator.figures.report_values import printing_a_report
from generator.report import examine
from generator.word import WordTemplate
from tests.support import words
from tests.support.guide import cells, excel_template, word_template
from tests.support.words import document, paragraph

DOCS = Path(__file__).parents[1] / "docs"
CHINESE, ENGLISH = ((DOCS / name).read_text(encoding="utf-8") for name in ("authoring.zh-CN.md", "authoring.md"))
FENCE = re.compile(r"(?ms)^( *)```(\w+)\n(.*?)^ *```$")


def blocks(language: str, guide: str = CHINESE) -> list[str]:
    return [body for indent, name, body in FENCE.findall(guide) if name == language and not indent]


STANDARD, DATA = blocks("yaml")[:2]
TEMPLATE, SECTIONS = (next(one for one in blocks("jinja") if one.startswith(start)) for start in ("# ", "{%p for 组"))


def rows(guide: str, *header: str) -> list[list[str]]:
    """The rows of the table with that header."""
    lines = guide[guide.index("| " + " | ".join(header) + " |") :].splitlines()[2:]
    return [cells(line) for line in lines[: next(n for n, line in enumerate(lines) if not line.startswith("|"))]]


def grid() -> dict[str, str]:
    """The worksheet of the guide: cells by address."""
    header = ("", "A", "B", "C", "D", "E")
    lines = CHINESE[CHINESE.index("| | A |") :].split("\n\n")[0].splitlines()[2:]
    found = {}
    for number, *texts in map(cells, lines):
        found |= {f"{letter}{number}": text.strip("`") for letter, text in zip(header[1:], texts, strict=True) if text}
    return found


def headings(guide: str) -> list[int]:
    outside = FENCE.sub("", guide)
    return [len(signs) for signs in re.findall(r"(?m)^(#+) ", outside)]


def it_says_the_same_in_both_languages():
    assert headings(CHINESE) == headings(ENGLISH)
    assert [one[1:] for one in FENCE.findall(CHINESE)] == [one[1:] for one in FENCE.findall(ENGLISH)]
    assert re.findall(r"images/[\w-]+\.png", CHINESE) == re.findall(r"images/[\w-]+\.png", ENGLISH)
    assert rows(CHINESE, "写法", "印出") == rows(ENGLISH, "construct", "prints")
    silenced = rows(ENGLISH, "where", "what", "holds for")
    assert [row[1].strip("`") for row in silenced] == SILENT
    wanted = rows(CHINESE, "想做", "结果", "改成")
    assert [row[:2] for row in wanted] == [row[:2] for row in rows(ENGLISH, "you want", "what happens", "do this")]
    assert CHINESE[CHINESE.index("| | A |") :].split("\n\n")[0] == ENGLISH[ENGLISH.index("| | A |") :].split("\n\n")[0]


@pytest.fixture
def clerk(tmp_path, monkeypatch, capsys) -> Any:
    """Types commands in an empty folder; gives what is told."""
    monkeypatch.chdir(tmp_path)
    for name in ("XDG_DATA_HOME", "HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    for name in ("GENERATOR_LIBRARY", "GENERATOR_LANG"):
        monkeypatch.delenv(name, raising=False)

    def types(arguments: list[str], code: int = 0) -> str:
        capsys.readouterr()
        obtained = run(arguments)
        captured = capsys.readouterr()
        assert obtained == code, f"{arguments}\n{captured.out}{captured.err}"
        return captured.out

    return types


def commands() -> list[list[list[str]]]:
    """The commands of the guide, a list a block."""
    typed = [[shlex.split(line) for line in one.splitlines() if line.strip()] for one in blocks("sh")]
    assert all(line[0] == "generator" for one in typed for line in one)
    return [[line[1:] for line in one] for one in typed]


def write_standard() -> None:
    Path("templates/standards/qingxi-2024.yaml").write_text(STANDARD, encoding="utf-8")


def write_templates() -> None:
    word_template(TEMPLATE).save("templates/docx/qingxi-2024.docx")
    excel_template(grid()).save("templates/xlsx/qingxi-2024.xlsx")


def write_data() -> None:
    Path("数据.yaml").write_text(DATA, encoding="utf-8")


def it_leads_from_nothing_to_a_tested_standard(clerk):
    typed = iter(commands())
    for arguments in next(typed):  # begin
        clerk(arguments)
    write_standard()
    (linting,) = next(typed)
    told = clerk(linting, code=1)
    assert blocks("text")[0] in told
    (asking,) = next(typed)
    assert "lint-unknown-path" in clerk(asking)
    write_templates()
    (linting,) = next(typed)
    assert clerk(linting) == ""
    for arguments in next(typed):  # blank files
        clerk(arguments)
    assert Path("空白.yaml").is_file()
    assert Path("填报.xlsx").is_file()
    write_data()
    checking, rendering, explaining = next(typed)
    assert clerk(checking) == ""
    clerk(rendering)
    assert clerk(explaining) == blocks("text")[1]
    for arguments in next(typed):  # prove
        clerk(arguments)
    has_printed_the_documents()
    (annotating,) = next(typed)
    assert clerk(annotating) == ""
    writing, knowing = next(typed)
    clerk(writing)
    assert clerk(knowing) == ""
    for_tools, for_github = next(typed)
    assert '"version": "2.1.0"' in clerk(for_tools)
    assert clerk(for_github) == ""
    (listing,) = next(typed)
    assert next(typed, None) is None
    assert "templates/standards/qingxi-2024.yaml" in clerk(listing).replace("\\", "/")


def has_printed_the_documents() -> None:
    shown = docx.Document("out/青溪县水务局2024年度绩效自评报告.docx")
    texts = [one.text for one in shown.paragraphs]
    assert texts[:3] == ["青溪县水务局2024年度部门整体支出绩效自评报告", "一、部门概况", "青溪县水务局的主要职责："]
    assert "联系电话：" not in "".join(texts)
    assert "（二）效益指标得29分（满分30分）。" in texts
    assert "2.清淤河道长度：20分，得18分。偏差原因：汛期停工两周。" in texts
    assert texts[-2:] == ["全年支出247万元，执行率95%。", "新增供水人口一千余人。"]
    assert [cell.text for cell in shown.tables[0].rows[-1].cells] == ["合计", "", "260", "247", "95%"]
    sheet = openpyxl.load_workbook("out/青溪县水务局2024年度自评表.xlsx").worksheets[0]
    assert [sheet[address].value for address in ("A3", "B5", "D4", "E5")] == [
        "产出指标",
        "水质达标率",
        18,
        "一次抽检不合格",
    ]
    assert (sheet["C6"].value, sheet["B7"].value, sheet["D8"].value) == ("=SUM(C3:C5)", 0.95, "=D6+D7")
    assert "A3:A4" in map(str, sheet.merged_cells.ranges)


@pytest.fixture
def context(tmp_path, monkeypatch) -> Any:
    """What the templates of the guide's standard see of its data."""
    monkeypatch.chdir(tmp_path)
    Path("templates/standards").mkdir(parents=True)
    write_standard()
    write_data()
    report, found = examine("数据.yaml")
    assert report is not None
    assert found == []
    return next(iter(report.contexts()))[1]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def in_word(text: str, context: Any) -> str:
    template = WordTemplate(document(*map(paragraph, escaped(text).splitlines())))
    with printing_a_report():
        return "\n".join(words.texts(template.render(context)))


@pytest.mark.parametrize(("construct", "printed"), rows(CHINESE, "写法", "印出"))
def it_prints_a_construct_in_word_and_in_excel(context, construct, printed):
    text = construct.strip("`")
    assert in_word(text, context) == printed
    book = excel_template({"A1": "题", "A2": text})
    stream = io.BytesIO()
    book.save(stream)
    with printing_a_report():
        content = ExcelTemplate(stream.getvalue()).render(context)
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    obtained = sheet["A2"].value
    assert obtained == printed if isinstance(obtained, str) else text.startswith("{{") and text.endswith("}}")


SILENT = [row[1].strip("`") for row in rows(CHINESE, "写在哪里", "写法", "管哪里")]


def it_silences_as_it_says(clerk):
    for arguments in commands()[0]:
        clerk(arguments)
    standard = STANDARD.replace("  成效: ", f"  {SILENT[2]}\n  成效: ")
    Path("templates/standards/qingxi-2024.yaml").write_text(standard, encoding="utf-8")
    write_templates()
    changed = TEMPLATE.replace("## 二、资金", f"（请填写）{SILENT[0]}{SILENT[1]}\n## 二、资金")
    made = word_template(changed)
    made.paragraphs[0].runs[0].font.name = "Calibri"
    made.paragraphs[0].add_run("ABC").font.name = "Calibri"
    made.save("templates/docx/qingxi-2024.docx")
    assert clerk(["lint", "qingxi-2024"]) == ""
    bare = re.sub(r"\{# lint.*?#\}", "", changed)
    made = word_template(bare)
    made.paragraphs[0].add_run("ABC").font.name = "Calibri"
    made.save("templates/docx/qingxi-2024.docx")
    Path("templates/standards/qingxi-2024.yaml").write_text(
        standard.partition("  # lint")[0] + standard.partition("unprinted")[2], encoding="utf-8"
    )
    told = clerk(["lint", "qingxi-2024"])
    assert set(re.findall(r"\[(lint-[a-z-]+)\]", told)) == {
        "lint-guidance-left",
        "lint-font-unnamed",
        "lint-field-unprinted",
    }


def it_prints_sections_in_loops(context):
    assert in_word(SECTIONS, context) == blocks("text")[-1].rstrip()


@pytest.mark.parametrize(("construct", "code", "instead"), rows(CHINESE, "想做", "结果", "改成"))
def it_refuses_what_does_not_work(context, construct, code, instead):
    with pytest.raises(InvalidTemplate) as caught:
        in_word(construct.strip("`"), context)
    assert [f"`{finding.code}`" for finding in caught.value.diagnostics] == [code]


def it_knows_where_the_users_library_lies(monkeypatch):
    from platformdirs.macos import MacOS
    from platformdirs.unix import Unix

    for guide, header in ((CHINESE, ("系统", "你自己的库")), (ENGLISH, ("system", "your own library"))):
        windows, mac, linux = (row[1] for row in rows(guide, *header))
        assert windows == r"`%APPDATA%\generator\library`"  # platformdirs: the roaming folder, without an author's
        given = {"appauthor": False, "roaming": True}
        home = str(Path.home())
        assert mac.strip("`").replace("~", home) == MacOS("generator", **given).user_data_dir + "/library"
        monkeypatch.delenv("XDG_DATA_HOME", raising=False)
        assert linux.split("`")[1].replace("~", home) == Unix("generator", **given).user_data_dir + "/library"
