"""Workbooks with their differences marked: shaded cells, notes of old values, a sheet of differences, all else as it was."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from generator.cli import run
from generator.compare import compare
from generator.compare.excel.marked_workbook import marked
from generator.diagnostics import InvalidDocument
from tests.support import ooxml, words

ROWS = [
    ["指标", "名称", "分值", "得分"],
    ["产出", "走访企业", 10, 8],
    ["产出", "培训会员", 5, 4],
    ["效益", "促进就业", 20, 19.5],
    ["满意度", "会员满意", 10, 9],
]


def workbook(rows=ROWS, change=lambda book: None):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "自评表"
    for row in rows:
        sheet.append(row)
    sheet["D2"].comment = Comment("原有批注", "审核人")
    book.create_sheet("说明 一")["A1"] = "填表说明"
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def opened(old, new, language="zh"):
    content = marked(new, compare(old, new, level="format"), language)
    assert not ooxml.new_findings(new, content)
    return openpyxl.load_workbook(io.BytesIO(content))


def colour(cell):
    return cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None


def changed(book):
    sheet = book["自评表"]
    sheet["D2"] = 9
    sheet["B4"] = "促进就业和创业"
    sheet["F2"] = "新填"
    sheet["C5"] = None


def it_shades_what_changed_and_notes_the_old_value():
    sheet = opened(workbook(), workbook(change=changed))["自评表"]
    assert [colour(sheet[cell]) for cell in ("D2", "B4", "F2", "C5", "B2")] == ["FFFFF0C2"] * 4 + [None]
    assert sheet["D2"].comment.text == "原有批注\n旧值：8\n数值 8 → 9"
    assert sheet["F2"].comment.text.startswith("旧值：（空）")
    assert sheet["C5"].comment.text.startswith("旧值：10")
    assert sheet["D2"].value == 9


def it_lists_the_differences_with_a_link_to_each():
    book = opened(workbook(), workbook(change=changed), "en")
    assert book.sheetnames == ["自评表", "说明 一", "Differences"]
    sheet = book["Differences"]
    assert [cell.value for cell in sheet[1]] == ["No.", "Place", "Kind", "Old", "New", "Difference"]
    listed = {
        row[1].value: (getattr(row[1].hyperlink, "location", ""), row[3].value, row[4].value)
        for row in sheet.iter_rows(min_row=2)
    }
    assert listed["自评表!D2"] == ("自评表!D2", "8", "9")
    assert len(listed) == 4


def it_marks_rows_that_came_and_notes_those_that_went_where_they_were():
    new = [ROWS[0], ROWS[1], ["产出", "举办活动", 6, 6], ROWS[2], ROWS[4]]
    sheet = opened(workbook(), workbook(new))["自评表"]
    assert [colour(cell) for cell in sheet[3]] == ["FFD5EFD5"] * 4
    assert colour(sheet["A5"]) == "FFFFD6D3"
    assert "删除第4行（效益 | 促进就业 | 20 | 19.5）" in sheet["A5"].comment.text


def it_marks_a_sheet_name_with_blanks_and_takes_a_free_name_for_its_own():
    def change(book):
        book["说明 一"]["A1"] = "填表说明和附注"
        book.create_sheet("差异")["A1"] = 1

    book = opened(workbook(change=lambda book: book.create_sheet("差异")), workbook(change=change))
    assert book.sheetnames[-1] == "差异 2"
    assert getattr(book["差异 2"]["B2"].hyperlink, "location", "") == "'说明 一'!A1"


def it_keeps_every_other_part_as_it_was():
    new = workbook(change=changed)
    before, after = words.members(new), words.members(marked(new, compare(workbook(), new)))
    touched = {name for name in before if before[name] != after[name]}
    assert touched <= {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
        "xl/drawings/vmlDrawing1.vml",
    }


def it_says_so_where_nothing_differs():
    assert opened(workbook(), workbook())["差异"]["B2"].value == "没有差异"


def it_shades_cells_of_a_workbook_without_styles():
    def bare(content):
        members = {n: data for n, data in words.members(content).items() if n != "xl/styles.xml"}
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            text = members[name].decode()
            members[name] = "<".join(p for p in text.split("<") if "styles" not in p).encode()
        return words.pack(members)

    new = bare(workbook(change=changed))
    content = marked(new, compare(bare(workbook()), new))
    assert "xl/styles.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert colour(openpyxl.load_workbook(io.BytesIO(content))["自评表"]["D2"]) == "FFFFF0C2"


def it_refuses_a_word_document():
    document = words.document(words.paragraph(words.run("正文")))
    with pytest.raises(InvalidDocument) as refusal:
        marked(document, compare(document, document))
    assert refusal.value.diagnostics[0].code == "compare-marked-kind"


def diff(*arguments):
    return run(["diff", *map(str, arguments)])


def it_writes_a_file_but_never_over_an_input(tmp_path, capsys):
    a, b, out = (tmp_path / name for name in ("a.xlsx", "b.xlsx", "m.xlsx"))
    a.write_bytes(workbook())
    b.write_bytes(new := workbook(change=changed))
    assert diff(a, b, "--marked", out) == 1
    assert openpyxl.load_workbook(out).sheetnames[-1] == "差异"
    for target, code in (
        (a, "output-is-input"),
        (b, "output-is-input"),
        (tmp_path / "m.xlsm", "compare-output-suffix"),
    ):
        assert diff(a, b, "--marked", target) == 2
        told = capsys.readouterr().err
        assert code in told
        assert code != "output-is-input" or "请用 --marked 写另一个文件名" in told
    assert b.read_bytes() == new
    assert diff(a, b, "--tracked", tmp_path / "t.docx") == 2


def it_writes_no_tracked_document_over_an_input(tmp_path, capsys):
    a, b = tmp_path / "a.docx", tmp_path / "b.docx"
    a.write_bytes(words.document(words.paragraph(words.run("甲"))))
    b.write_bytes(new := words.document(words.paragraph(words.run("乙"))))
    assert diff(a, b, "--tracked", b) == 2
    assert "请用 --tracked 写另一个文件名" in capsys.readouterr().err
    assert b.read_bytes() == new
