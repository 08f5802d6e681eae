"""The commands, as a person types them: what they print, what they write, how they exit."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from docx import Document

from generator.cli import run

ROOT = Path(__file__).parents[2]
WORD = "石峰区工商业联合会2020年度部门整体支出绩效自评报告.docx"
EXCEL = "石峰区工商业联合会2020年度绩效自评表.xlsx"


@pytest.fixture(autouse=True)
def in_a_folder_of_ones_own(tmp_path, monkeypatch):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    monkeypatch.delenv("GENERATOR_LANG", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def data(tmp_path):
    """A copy of the sample, and a function that writes it with a text replaced."""

    def write(old: str = "", new: str = "", name: str = "数据.yaml") -> str:
        text = (ROOT / "data" / "shifeng-2020.yaml").read_text(encoding="utf-8")
        assert old in text
        Path(name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return name

    return write


def it_finds_nothing_in_a_sound_data_file(data, capsys):
    assert run(["check", data()]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "1 个文件，没有发现问题。\n"


def it_tells_every_finding_with_its_place_the_line_and_a_caret(data, capsys):
    assert run(["check", data("行政编制: 2", "行政编制: 两")]) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith("数据.yaml:")
    source, caret = captured.out.splitlines()[1:3]
    assert source.endswith("|   行政编制: 两")
    assert caret.index("^") == source.index("|") + 2 + len("  行政编制: ") + 4  # four characters are two columns wide
    assert "字段：人员.行政编制" in captured.out
    assert "1 个文件：1 个错误" in captured.err


def it_prints_findings_as_json_alone_on_stdout(data, capsys):
    assert run(["check", data("行政编制: 2", "行政编制: 两"), "--format", "json"]) == 1
    captured = capsys.readouterr()
    printed = json.loads(captured.out)
    assert printed["errors"] == 1
    (finding,) = printed["diagnostics"]
    assert set(finding) == {
        *("code", "severity", "message", "file", "line", "column", "path", "place", "anchor", "hint"),
    }
    assert finding["file"] == "数据.yaml"
    assert finding["path"] == "人员.行政编制"
    assert captured.err == ""


def it_speaks_english_on_demand(data, capsys):
    assert run(["check", data("行政编制: 2", "行政编制: 两"), "--lang", "en"]) == 1
    captured = capsys.readouterr()
    assert ": error[" in captured.out
    assert captured.err == "1 file: 1 error, 0 warnings\n"


def it_renders_the_report_and_the_workbook_and_prints_their_paths(data, capsys):
    assert run(["render", data(), "-o", "成稿 目录"]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines() == [str(Path("成稿 目录") / WORD), str(Path("成稿 目录") / EXCEL)]
    document = Document(captured.out.splitlines()[0])
    assert document.paragraphs[0].text == "石峰区工商业联合会"
    assert openpyxl.load_workbook(Path("成稿 目录") / EXCEL).sheetnames == ["附件1", "附件2"]
    assert python_calamine.load_workbook(Path("成稿 目录") / EXCEL).sheet_names == ["附件1", "附件2"]
    assert sorted(path.name for path in Path("成稿 目录").iterdir()) == sorted([WORD, EXCEL])


def it_leaves_no_file_behind_an_error(data, capsys):
    assert run(["render", data("行政编制: 2", "行政编制: 两"), "-o", "out"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "人员.行政编制" in captured.err
    assert not Path("out").exists()


def it_goes_on_after_a_bad_file_of_a_batch_and_sums_up(data, capsys):
    Path("批").mkdir()
    data("", "", "批/1.yaml")
    data("行政编制: 2", "行政编制: 两", "批/2.yaml")
    text = Path("批/1.yaml").read_text(encoding="utf-8").replace("名称: 石峰区工商业联合会", "名称: 某某区工商业联合会")
    Path("批/3.yaml").write_text(text, encoding="utf-8")
    assert run(["render", "批", "-o", "out"]) == 1
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 4
    assert "[2/3] " in captured.err
    assert "3 个文件：1 个错误" in captured.err


def it_does_not_write_two_reports_to_one_file(data, capsys):
    data("", "", "1.yaml")
    data("", "", "2.yaml")
    assert run(["render", "1.yaml", "2.yaml", "-o", "out"]) == 1
    assert "错误[same-output]" in capsys.readouterr().err


def it_makes_warnings_errors_with_strict(data, capsys):
    name = data()
    text = Path(name).read_text(encoding="utf-8")
    lost = text.replace(
        "            分值: 15\n            得分: 15\n", "            分值: 15\n            得分: 14\n", 1
    )
    assert lost != text
    Path(name).write_text(lost, encoding="utf-8")
    assert run(["check", name]) == 0
    assert "警告[" in capsys.readouterr().out
    assert run(["check", name, "--strict"]) == 1
    assert "警告[" not in capsys.readouterr().out
    assert run(["render", name, "--strict", "-o", "out"]) == 1
    assert not Path("out").exists()


def it_says_that_a_file_or_a_standard_is_missing(data, capsys):
    assert run(["check", "没有.yaml"]) == 2
    assert "错误[file-missing]" in capsys.readouterr().out
    assert run(["render", data("标准: shifeng-2020", "标准: shifeng-2019"), "-o", "out"]) == 2
    error = capsys.readouterr().err
    assert "错误[standard-not-found]" in error
    assert "shifeng-2020" in error
    Path("空").mkdir()
    assert run(["check", "空"]) == 2
    assert "错误[no-data-files]" in capsys.readouterr().err


def it_explains_a_figure_down_to_the_lines_of_the_data_file(data, capsys):
    name = data()
    assert run(["explain", name, "总分"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("总分 = 97")
    line = next(
        number
        for number, text in enumerate(Path(name).read_text(encoding="utf-8").splitlines(), 1)
        if text.startswith("  全年执行数: 161.4")
    )
    assert f"全年执行数 = 161.4  ← 数据.yaml:{line}:" in shown
    assert run(["explain", name, "资金.执行率", "--format", "json"]) == 0
    tree = json.loads(capsys.readouterr().out)
    assert tree["value"] == "100%"
    assert [given["path"] for given in tree["inputs"]] == ["资金.全年执行数", "资金.合计.全年预算数"]
    assert run(["explain", name, "总分数"]) == 2
    assert "错误[report-no-path]" in capsys.readouterr().err


def it_lists_the_paths_of_a_field_that_several_records_have(data, capsys):
    name = data()
    assert run(["explain", name, "全年执行数"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].endswith("请写其中一个的路径：")
    assert any(line.startswith("  资金.全年执行数 = 161.4  ← 数据.yaml:") for line in shown)
    assert run(["--lang", "en", "explain", name, "全年执行数"]) == 0
    assert "give the path of one:" in capsys.readouterr().out


def it_shows_a_list_of_records_as_a_table_whose_computed_columns_bear_a_star(data, capsys):
    assert run(["explain", data(), "指标"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert "得分*" in shown[1].split()
    assert shown[2].split()[:2] == ["指标[0]", "产出指标"]
    assert any(line.startswith("  得分* ← ") for line in shown)


def it_explains_figures_of_a_file_that_is_at_fault(data, capsys):
    name = data("  全年执行数: 161.4", "  全年执行数: 很多")
    assert run(["explain", name, "资金.执行率"]) == 1
    assert "〔所依据的数据有错〕" in capsys.readouterr().out
    for field in ("等级标准", "指标", "指标[0]", "得分", "指标[0].得分"):
        assert run(["explain", name, field, "--format", "json"]) == 1
        assert json.loads(capsys.readouterr().out)


def it_writes_a_data_file_whose_check_reports_exactly_what_is_missing(capsys):
    assert run(["new", "shifeng-2020", "-o", "新.yaml"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "新.yaml\n"
    assert captured.err.endswith("generator schema shifeng-2020 -o shifeng-2020.schema.json\n")
    first = Path("新.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=shifeng-2020.schema.json"
    assert run(["check", "新.yaml", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["diagnostics"]
    assert {finding["code"] for finding in found} <= {
        "missing-value",
        "missing-record",
        "missing-list",
        "computed-blank",
    }
    assert len(found) > 5
    assert run(["new", "shifeng-2020", "-o", "新.yaml"]) == 2
    assert "错误[output-exists]" in capsys.readouterr().err
    assert run(["new", "shifeng-2020", "-o", "新.yaml", "--force"]) == 0


def it_prints_a_json_schema(capsys):
    assert run(["schema", "shifeng-2020"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["type"] == "object"
    assert "资金" in schema["properties"]


def it_lists_the_standards(capsys):
    assert run(["standards", "--format", "json"]) == 0
    listed = {one["id"]: one for one in json.loads(capsys.readouterr().out)["standards"]}
    assert listed["shifeng-2020"]["issuer"] == "株洲市石峰区财政局"
    assert listed["shifeng-2020"]["version"] == "1.0.0"
    assert "common" not in listed


def it_shows_a_template_and_a_document_as_text(data, capsys):
    assert run(["show", str(ROOT / "templates" / "docx" / "shifeng-2020.docx")]) == 0
    assert "{%tr for 一级 in 指标 %}" in capsys.readouterr().out
    run(["render", data(), "-o", "out"])
    capsys.readouterr()
    assert run(["show", f"out/{WORD}"]) == 0
    assert "石峰区工商业联合会主要职责如下：" in capsys.readouterr().out


def it_tells_differences_of_documents_and_exits_1(data, capsys):
    run(["render", data(), "-o", "a"])
    run(["render", data("退休人数: 3", "退休人数: 4", "b.yaml"), "-o", "b"])
    capsys.readouterr()
    assert run(["diff", f"a/{WORD}", f"a/{WORD}"]) == 0
    assert capsys.readouterr().out == ""
    assert run(["diff", f"a/{WORD}", f"b/{WORD}"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert [line for line in told if not line.startswith("（未比较）")] == ["正文 第13段：文字 “11” → “12”；“3” → “4”"]
    assert run(["diff", f"a/{WORD}", f"b/{WORD}", "--format", "json"]) == 1
    (difference,) = json.loads(capsys.readouterr().out)["differences"]
    assert difference["place"].startswith("正文 第")
    assert run(["diff", f"a/{WORD}", "b.yaml"]) == 1
    assert run(["diff", f"a/{WORD}", "数据.yaml"]) == 0
    assert run(["diff", f"a/{WORD}", "没有.docx"]) == 2


def it_fills_any_template_with_any_context(tmp_path, capsys):
    document = Document()
    document.add_paragraph("{{ 收件人 }}：{% for x in 项 %}{{ x.n * 2 }}；{% endfor %}")
    document.save("信.docx")
    book = openpyxl.Workbook()
    book.active["A1"] = "{{ 收件人 }}"
    book.active["A2"] = "{{ 项[0].n }}"
    book.save("表.xlsx")
    Path("数.json").write_text('{"收件人": "A & <B>", "项": [{"n": 1.5}, {"n": 2}]}', encoding="utf-8")
    assert run(["fill", "信.docx", "数.json", "-o", "出.docx"]) == 0
    assert Document("出.docx").paragraphs[0].text == "A & <B>：3.0；4；"
    assert run(["fill", "表.xlsx", "数.json", "-o", "出.xlsx"]) == 0
    sheet = openpyxl.load_workbook("出.xlsx").active
    assert (sheet["A1"].value, sheet["A2"].value) == ("A & <B>", 1.5)
    Path("数.json").write_text('{"项": []}', encoding="utf-8")
    capsys.readouterr()
    for template, output, ending in (("信.docx", "无.xlsx", ".docx"), ("表.xlsx", "无.DOCX", ".xlsx")):
        assert run(["fill", template, "数.json", "-o", output]) == 2
        assert f"请把“{output}”的后缀改成 {ending}。" in capsys.readouterr().err
        assert not Path(output).exists()
    assert run(["fill", "信.docx", "数.json", "-o", "无.docx"]) == 2
    assert "收件人" in capsys.readouterr().err
    assert not Path("无.docx").exists()
    assert run(["fill", "信.docx", "数.json", "-o", "无.docx", "--empty"]) == 0
    assert Document("无.docx").paragraphs[0].text == "："
    assert run(["fill", "数.json", "数.json", "-o", "无.docx"]) == 2
    assert "错误[template-unknown-type]" in capsys.readouterr().err


def it_sets_the_date_of_the_properties_on_demand(data, monkeypatch, capsys):
    run(["render", data(), "-o", "out", "--date", "2021-03-05"])
    core = zipfile.ZipFile(Path("out") / WORD).read("docProps/core.xml").decode()
    assert core.count("2021-03-05T00:00:00Z") == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    run(["render", data(), "-o", "out"])
    assert "1970-01-02T00:00:00Z" in zipfile.ZipFile(Path("out") / WORD).read("docProps/core.xml").decode()
    capsys.readouterr()
    assert run(["render", data(), "-o", "out", "--date", "2021-13-05"]) == 2
    assert "错误[bad-date]" in capsys.readouterr().err


def it_renders_a_half_filled_data_file_as_a_draft(data, capsys):
    name = data("  在职人数: 8\n", "")
    assert run(["render", name, "-o", "out"]) == 1
    assert not Path("out").exists()
    capsys.readouterr()
    assert run(["render", name, "-o", "out", "--draft"]) == 0
    told = capsys.readouterr().err
    assert "警告[missing-value] 缺少“实际在职人数”" in told
    assert "错误[" not in told
    text = "\n".join(paragraph.text for paragraph in Document(Path("out") / WORD).paragraphs)
    assert "【待填：" in text


@pytest.mark.office
def it_makes_pdfs(data, capsys):
    from generator.diagnostics import Failure
    from generator.documents.pdf import find_soffice

    try:
        find_soffice()
    except Failure:
        pytest.skip("LibreOffice (soffice) is not installed")
    assert run(["render", data(), "-o", "out", "--pdf"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert {Path(line).suffix for line in printed} == {".docx", ".xlsx", ".pdf"}
    for line in printed[2:]:
        assert Path(line).read_bytes().startswith(b"%PDF")


def it_says_that_libreoffice_is_missing_before_it_writes_anything(data, monkeypatch, capsys):
    from generator.documents import pdf

    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    monkeypatch.setattr(pdf, "_elsewhere", list)
    assert run(["render", data(), "-o", "out", "--pdf"]) == 2
    assert "错误[soffice-missing]" in capsys.readouterr().err
    assert not Path("out").exists()


def it_calls_an_internal_error_by_its_name(data, monkeypatch, capsys):
    import generator.report

    def broken(*_):
        raise RuntimeError("cogs")

    monkeypatch.setattr(generator.report, "examine", broken)
    assert run(["check", data()]) == 2
    error = capsys.readouterr().err
    assert "错误[internal-error] 程序内部错误，不是数据的问题：RuntimeError: cogs" in error


def it_tells_which_formulas_excel_has_to_compute(capsys):
    book = openpyxl.Workbook()
    book.active["A1"] = "{{ n }}"
    book.active["A2"] = "=A1*2"
    book.active["A3"] = "=TODAY()"
    book.save("表.xlsx")
    Path("数.json").write_text('{"n": 4}', encoding="utf-8")
    assert run(["fill", "表.xlsx", "数.json", "-o", "出.xlsx"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "出.xlsx\n"
    assert "Sheet!A3" in captured.err
    assert "Sheet!A2" not in captured.err
    assert openpyxl.load_workbook("出.xlsx", data_only=True).active["A2"].value == 8


def it_lets_git_diff_go_on_at_a_damaged_document(tmp_path, monkeypatch):
    def git(*arguments):
        identity = ["-c", "user.name=甲", "-c", "user.email=a@example.com"]
        return subprocess.run(["git", *identity, *arguments], cwd=tmp_path, capture_output=True, text=True, check=True)

    git("init", "-q")
    (tmp_path / ".gitattributes").write_text("*.docx diff=generator\n")
    git("config", "diff.generator.textconv", f'"{sys.executable}" -m generator show')
    (tmp_path / "报告.docx").write_bytes((ROOT / "templates/docx/dayu-2020.docx").read_bytes())
    git("add", ".")
    git("commit", "-qm", "一")
    (tmp_path / "报告.docx").write_bytes(b"PK broken")
    told = git("diff").stdout
    assert "-# " in told
    assert "+（“报告.docx”" in told


def it_takes_a_fault_that_comes_of_an_interruption_for_one(monkeypatch, capsys):
    """A pool of processes that was interrupted while it began raises another fault when it is closed."""

    def interrupted():
        try:
            raise KeyboardInterrupt
        finally:
            raise RuntimeError("cannot join thread before it is started")

    from generator.cli.app import carry_out

    assert carry_out(interrupted, "en") == 2
    assert capsys.readouterr().err == "interrupted\n"
