"""The HTML page: numbers, dates, formats in words, pictures, columns that came, what moved."""

import datetime
import io
import re
from collections.abc import Mapping

import docx
import openpyxl
import pytest
from docx.shared import Cm, Pt
from lxml import html
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from generator.compare import compare, to_html
from generator.compare.compare import compare_folders


def picture(colour):
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(buffer, "PNG")
    buffer.seek(0)
    return buffer


def saved(made):
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def report(changed=False):
    made = docx.Document()
    for n in range(4):
        made.add_paragraph(f"第{n}段，用于各项工作。")
    if changed:
        made.paragraphs[1].runs[0].font.size = Pt(16)
        made.add_paragraph("事项零", style="List Number")
    made.add_paragraph("事项一", style="List Number")
    made.add_paragraph("图：").add_run().add_picture(picture("red" if changed else "blue"), width=Cm(2))
    return saved(made)


def workbook(changed=False):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for n in range(12):
        row = [f"单位{n}", datetime.date(2020, 1, n + 1), n * 1.5]
        sheet.append([row[0], f"科{n}", *row[1:]] if changed else row)
    sheet.add_image(SheetImage(picture("red" if changed else "blue")), "H2")
    if changed:
        sheet["C5"] = datetime.date(2021, 3, 4)
        sheet["D6"].number_format = "0.00"
    return saved(book)


@pytest.fixture(scope="module")
def document_html():
    return to_html(compare(report(), report(True), level="format"))


@pytest.fixture(scope="module")
def sheet_html():
    return to_html(compare(workbook(), workbook(True), level="format"))


def it_prints_the_numbers_of_lists(document_html):
    assert '<span class="num">1.</span> 事项零' in document_html
    assert '<span class="num">2.</span> 事项一' in document_html


def it_says_formats_in_words(document_html, sheet_html):
    assert '<small class="told">“第1段，用于各项工作。”字符格式 字号 11磅 → 16磅</small>' in document_html
    assert '<small class="told">数字格式 General → 0.00</small>' in sheet_html


def it_shows_both_pictures(document_html, sheet_html):
    assert document_html.count("data:image/png;base64,") == sheet_html.count("data:image/png;base64,") == 2


def it_prints_days_as_dates_and_colours_the_columns_that_came(sheet_html):
    assert "2020-01-05" in sheet_html
    assert "2021-03-04" in sheet_html
    assert '<td class="come">科4</td>' in sheet_html


def it_makes_large_pictures_smaller(monkeypatch):
    from generator.compare import page_pictures

    noise = io.BytesIO()
    Image.effect_noise((1200, 900), 80).convert("RGB").save(noise, "PNG")
    address = page_pictures.data_uri(noise.getvalue())
    assert address.startswith("data:image/jpeg;base64,")
    assert len(address) < 400_000
    assert page_pictures.data_uri(b"no picture") == ""


def it_goes_on_where_a_document_of_a_folder_cannot_be_read(tmp_path):
    for side in ("a", "b"):
        (tmp_path / side).mkdir()
        (tmp_path / side / "同.docx").write_bytes(b"neither")
        (tmp_path / side / "报告.docx").write_bytes(report(side == "b"))
        (tmp_path / side / "坏.docx").write_bytes(report() if side == "a" else b"PK broken")
    found = compare_folders(tmp_path / "a", tmp_path / "b")
    assert [(file.name, file.state) for file in found.files] == [
        ("同.docx", "same"),
        ("坏.docx", "unreadable"),
        ("报告.docx", "changed"),
    ]
    told = next(d for d in found if d.kind == "file")
    assert told.message.startswith("文件 坏.docx：不能比较：")
    assert told.old != told.new
    assert any("逐字节相同" in str(entry) for entry in found.not_compared)


def it_tells_one_change_of_characters_over_blanks():
    def made(changed):
        document = docx.Document()
        run = document.add_paragraph().add_run("第2段 本年支出2万元 用于各项工作。")
        if changed:
            run.bold, run.font.size = True, Pt(16)
        return saved(document)

    assert [d.message for d in compare(made(False), made(True), level="format")] == [
        "正文 第1段：“第2段 本年支出2万元 用于各项工作。”字符格式 加粗 无 → 是；字号 11磅 → 16磅"
    ]


def rows_shown(old: str, new: str, heights: Mapping[int, tuple[int, int]] | None = None) -> str:
    """The numbers of the rows that the page shows side by side, - where a side has none, … for a gap.

    Args:
        heights: heights of rows in points, of the old book and of the new.
    """

    def book(words: str, side: int) -> bytes:
        made = openpyxl.Workbook()
        for number, word in enumerate(words, 1):
            if word != "_":
                made.worksheets[0].cell(number, 1).value = f"第{word}项工作" if word.isalpha() else int(word)
        for number, height in (heights or {}).items():
            made.worksheets[0].row_dimensions[number].height = height[side]
        return saved(made)

    page = html.document_fromstring(to_html(compare(book(old, 0), book(new, 1), level="format")))
    sides = [
        [
            re.sub(r"[↑↓]?(\d+|…|).*", r"\1", head.text_content().strip()) or "-"
            for head in grid.xpath(".//tr[position() > 1]/th")
        ]
        for grid in page.xpath("//table[contains(@class, 'grid')]")
    ]
    return " ".join(f"{one}/{other}" for one, other in zip(*sides, strict=True))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("甲乙丙丁", "甲乙戊丁", "1/1 2/2 3/3 4/4"),
        ("甲乙丙丁", "甲乙丁", "1/1 2/2 3/- 4/3"),
        ("甲乙丁", "甲乙丙丁", "1/1 2/2 -/3 3/4"),
        ("甲乙丙丁", "乙丙丁", "1/- 2/1 3/2"),
        ("甲乙丙", "甲乙丙丁戊", "2/2 3/3 4/4 5/5"),  # behind the end, rows face each other
        ("甲乙丙丁戊", "甲乙丙", "2/2 3/3 4/4 5/5"),
        ("甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊己庚辛壬子", "8/8 9/9 10/10"),
        ("1乙丙丁戊己庚辛壬2", "3乙丙丁戊己庚辛壬4", "1/1 2/2 3/3 …/… 8/8 9/9 10/10"),
        ("甲_丙", "甲_丁", "1/1 2/2 3/3"),
        ("", "甲乙", "1/1 2/2"),
        ("甲乙", "", "1/1 2/2"),
    ],
)
def it_shows_the_rows_of_a_sheet_side_by_side(old, new, shown):
    assert rows_shown(old, new) == shown


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("甲乙", "甲乙", "3/3 4/4 5/5"),
        ("甲", "甲", "3/3 4/4 5/5"),
        ("甲乙丙", "乙丙", "1/- 2/1 3/2 4/3 5/4 -/5"),
        ("乙丙", "甲乙丙", "-/1 1/2 2/3 3/4 4/5 5/-"),
        ("", "", "3/3 4/4 5/5"),
    ],
)
def it_lets_the_rows_behind_the_last_words_face_each_other(old, new, shown):
    """A row that is high, and says nothing, stands in the fifth row of each: 30 points here and 50 there."""
    assert rows_shown(old, new, {5: (30, 50)}) == shown
