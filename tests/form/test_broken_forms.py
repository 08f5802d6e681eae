# ruff: noqa: DTZ001  (a spreadsheet's dates have no zone)
"""Forms as clerks leave them: rows moved, sheets copied, numbers typed as text, formulas, dates, notes beside the table."""

import datetime
import io
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from generator.api import examine
from tests.support.sample_forms import sample_book, sample_form

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data" / "shifeng-2020.yaml"


@cache
def wanted() -> dict[str, bytes]:
    report = examine(DATA).report
    assert report is not None
    return {document.name: document.content for document in report.documents()}


@pytest.fixture
def book():
    return sample_book("shifeng-2020")


def cell_of(book, path):
    """The input cell of a field, by its mark in the hidden column."""
    sheet = book["填报"]
    return next(sheet.cell(row, 3) for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == path)


def column_of(sheet, label):
    return next(cell.column for cell in sheet[5] if str(cell.value).removesuffix(" *") == label)


def examined(book, name="填报.xlsx"):
    content = io.BytesIO()
    book.save(content)
    return examine(content.getvalue(), name=name)


def errors(book):
    return [(found.code, found.location.place.zh) for found in examined(book).diagnostics if found.severity == "error"]


def same(book):
    """The form renders to what the data file renders to."""
    found = examined(book)
    assert found.report is not None, [str(one) for one in found.diagnostics]
    return {document.name: document.content for document in found.report.documents()} == wanted()


class DescribeMovedCells:
    def it_follows_inserted_rows(self, book):
        book["填报"].insert_rows(5, 3)
        book["填报"].insert_rows(20, 2)
        book["指标"].insert_rows(8)
        book["指标"].insert_rows(2, 2)
        assert same(book)

    def it_follows_inserted_columns(self, book):
        book["填报"].insert_cols(3)
        book["指标"].insert_cols(2)
        book["指标"].insert_cols(1)
        book["项目支出"].insert_cols(5, 2)
        assert same(book)

    def it_does_not_mind_deleted_empty_rows_and_headings(self, book):
        book["填报"].delete_rows(2, 2)
        sheet = book["指标"]
        sheet.delete_rows(sheet.max_row - 3, 4)
        assert same(book)

    def it_finds_the_table_without_its_hidden_row(self, book):
        book["指标"].delete_rows(1)
        assert same(book)

    def it_finds_the_inputs_by_their_names_without_the_hidden_column(self, book):
        sheet = book["填报"]
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, 1).value = None
        assert same(book)

    def it_reads_rows_sorted_by_another_column(self, book):
        sheet = book["指标"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=18)]
        by_score = sorted(rows, key=lambda row: -(row[column_of(sheet, "分值") - 1] or 0))
        for offset, row in enumerate(by_score):
            for index, value in enumerate(row, 1):
                sheet.cell(6 + offset, index).value = value
        found = examined(book)
        assert found.report is not None
        of_data = examine(DATA).report
        assert of_data is not None
        assert found.report.value("总分") == of_data.value("总分")
        names = [item["名称"] for item in found.report._computed.context()["指标"]]
        assert sorted(names) == sorted(["产出指标", "效益指标", "满意度指标"])

    def it_lets_a_repeated_upper_name_be_left_out(self, book):
        sheet = book["指标"]
        for column in (2, 3):
            before = None
            for row in range(6, 19):
                cell = sheet.cell(row, column)
                upper_changes = column == 3 and sheet.cell(row, 2).value is not None
                if cell.value == before and not upper_changes:
                    cell.value = None
                else:
                    before = cell.value
        assert same(book)

    def it_reads_merged_upper_cells(self, book):
        sheet = book["指标"]
        last = max(row for row in range(6, 19) if sheet.cell(row, 2).value == "产出指标")
        sheet.merge_cells(start_row=6, end_row=last, start_column=2, end_column=2)
        assert same(book)

    def it_reads_a_merged_input_cell(self, book):
        row = cell_of(book, "单位.名称").row
        book["填报"].merge_cells(start_row=row, end_row=row, start_column=3, end_column=4)
        assert same(book)

    def it_reads_hidden_rows_and_widened_columns(self, book):
        book["指标"].row_dimensions[9].hidden = True
        book["指标"].column_dimensions["D"].width = 99
        book["填报"].row_dimensions[6].hidden = True
        assert same(book)

    def it_knows_a_renamed_sheet(self, book):
        book["指标"].title = "绩效指标（已填）"
        book["填报"].title = "Sheet1"
        book.move_sheet("正文", 5)
        assert same(book)

    def it_reads_the_original_of_a_copied_sheet_and_says_so(self, book):
        copy = book.copy_worksheet(book["指标"])
        copy["J6"].value = 99
        assert same(book)
        found = [one for one in examined(book).diagnostics if one.code == "form-sheet-copied"]
        assert [one.severity for one in found] == ["warning"]

    def it_says_that_a_sheet_was_deleted(self, book):
        del book["指标"]
        found = examined(book).diagnostics
        assert ("form-sheet-missing", "指标", "error") in [(one.code, one.location.path, one.severity) for one in found]

    def it_says_that_a_column_was_deleted(self, book):
        book["指标"].delete_cols(column_of(book["指标"], "分值"))
        assert "form-column-missing" in [one.code for one in examined(book).diagnostics]

    def it_says_that_the_row_of_an_input_was_deleted(self, book):
        book["填报"].delete_rows(cell_of(book, "单位.名称").row)
        told = [(one.code, one.severity) for one in examined(book).diagnostics]
        assert told == [("form-row-missing", "error")]  # that the value is missing follows from it

    def it_lets_notes_stand_beside_the_table(self, book):
        book["指标"]["Z7"] = "问一下老王"
        book["填报"]["H9"] = "待核"
        assert same(book)

    def it_takes_rows_below_the_table(self, book):
        sheet = book["主要职能"]
        sheet.cell(sheet.max_row + 1, 2).value = "另外一条职能"
        found = examined(book)
        assert found.report is not None
        assert found.report.value("单位.主要职能")[-1] == "另外一条职能"


class DescribeValues:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [(0.1, "0.1"), (0.1 + 0.2, "0.3"), ("0.1", "0.1"), (" 0.1 ", "0.1"), ("'0.1", "0.1"), (1.10, "1.1"), (3, "3")],
    )
    def it_reads_numbers_as_typed(self, book, typed, meant):
        cell_of(book, "收入.其他收入").value = typed
        found = examined(book)
        assert str(found.report._computed.root["收入"]["其他收入"]) == meant if found.report else False

    @pytest.mark.parametrize("typed", ["无", "０．９６", "1,234.5", "0.96万元", "约1"])
    def it_refuses_a_text_in_a_number_cell_with_its_cell(self, book, typed):
        cell = cell_of(book, "收入.其他收入")
        cell.value = typed
        assert errors(book) == [("value-not-number", f"填报!{cell.coordinate}")]

    def it_refuses_a_formula_in_an_input_once(self, book):
        cell = cell_of(book, "收入.其他收入")
        cell.value = "=0.5+0.46"
        assert errors(book) == [("form-formula", f"填报!{cell.coordinate}")]

    def it_refuses_a_formula_in_a_table(self, book):
        cell = book["指标"].cell(7, column_of(book["指标"], "得分"))
        cell.value = "=K7"
        assert errors(book) == [("form-formula", f"指标!{cell.coordinate}")]

    def it_refuses_an_error_value(self, book):
        cell = cell_of(book, "收入.其他收入")
        cell.value = "#DIV/0!"
        cell.data_type = "e"
        assert errors(book) == [("form-error-value", f"填报!{cell.coordinate}")]

    def it_ignores_what_formulas_show_in_computed_cells(self, book):
        cell_of(book, "收入.合计").value = "=1+1"
        assert same(book)

    def it_compares_a_number_typed_over_a_computed_one(self, book):
        cell = cell_of(book, "收入.合计")
        cell.value = 161.4
        assert errors(book) == []
        cell.value = 160
        assert ("stated-differs", f"填报!{cell.coordinate}") in errors(book)

    def it_refuses_a_date_where_a_text_belongs(self, book):
        cell = book["项目支出"].cell(6, column_of(book["项目支出"], "项目总实施期"))
        cell.value = datetime.datetime(2020, 12, 1)
        cell.number_format = "yyyy年m月"
        assert errors(book) == [("form-date-for-text", f"项目支出!{cell.coordinate}")]

    def it_refuses_a_date_where_a_number_belongs(self, book):
        cell = cell_of(book, "收入.其他收入")
        cell.value = datetime.datetime(2020, 12, 1)
        assert errors(book) == [("form-date-for-number", f"填报!{cell.coordinate}")]

    def it_refuses_a_percent_in_a_cell_of_amounts(self, book):
        cell = cell_of(book, "收入.其他收入")
        cell.value = 0.96
        cell.number_format = "0%"
        assert errors(book) == [("value-not-number", f"填报!{cell.coordinate}")]

    def it_tells_an_upper_name_that_another_sheet_does_not_know(self, book):
        cell = book["项目支出-支出明细"].cell(6, 2)
        cell.value = "没有的项目"
        assert ("form-no-parent", f"项目支出-支出明细!{cell.coordinate}") in errors(book)

    def it_tells_a_duplicate_by_its_cells(self, book):
        sheet = book["项目支出-支出明细"]
        sheet.cell(7, 3).value = sheet.cell(6, 3).value
        found = next(one for one in examined(book).diagnostics if one.code == "duplicate-item")
        assert found.location.anchor == {"sheet": "项目支出-支出明细", "cell": "C7"}
        assert "项目支出-支出明细!C6" in found.message

    def it_tells_a_field_given_twice(self, book):
        sheet = book["填报"]
        cell = cell_of(book, "单位.简称")
        sheet.cell(60, 1).value = "单位.简称"
        sheet.cell(60, 3).value = "另一个"
        assert cell.value == "区工商联"
        assert ("form-two-values", "填报!C60") in errors(book)


class DescribePercentsAndDates:
    """The fields of beita-2023 and wanzhou-2020 that are percents and dates."""

    @pytest.mark.parametrize(("typed", "shown"), [(0.9812, "98.12%"), ("98.12%", "98.12%"), (0.07, "7%"), (1, "100%")])
    def it_reads_percents(self, typed, shown):
        book = sample_book("wanzhou-2020")
        sheet = book["开展绩效自评的项目-指标"]
        sheet.cell(6, column_of(sheet, "完成比例")).value = typed
        found = examined(book)
        assert found.report is not None
        assert str(found.report.value("项目[0].指标[0].完成比例")) == shown

    @pytest.mark.parametrize(
        ("typed", "code"), [(95, "form-percent-unsure"), ("95", "value-percent"), ("九成", "value-not-number")]
    )
    def it_refuses_percents_that_could_be_something_else(self, typed, code):
        book = sample_book("wanzhou-2020")
        sheet = book["开展绩效自评的项目-指标"]
        cell = sheet.cell(6, column_of(sheet, "完成比例"))
        cell.value = typed
        assert errors(book) == [(code, f"{sheet.title}!{cell.coordinate}")]

    @pytest.mark.parametrize(
        "typed", [datetime.date(2024, 7, 30), datetime.datetime(2024, 7, 30), "2024-07-30", "2024年7月30日"]
    )
    def it_reads_dates(self, typed):
        book = sample_book("beita-2023")
        cell_of(book, "填报.填报日期").value = typed
        found = examined(book)
        assert found.report is not None
        assert found.report.value("填报.填报日期") == datetime.date(2024, 7, 30)

    @pytest.mark.parametrize("typed", [45503, "30/7/2024", datetime.datetime(2024, 7, 30, 8, 30)])
    def it_refuses_dates_that_are_none(self, typed):
        book = sample_book("beita-2023")
        cell = cell_of(book, "填报.填报日期")
        cell.value = typed
        if isinstance(typed, int):
            cell.number_format = "General"
        assert [place for _, place in errors(book)] == [f"填报!{cell.coordinate}"]

    def it_keeps_the_zeros_of_a_telephone_number(self):
        book = sample_book("beita-2023")
        cell = cell_of(book, "填报.联系电话")
        assert cell.value == "00000000000"
        cell.value = 13800000000
        found = examined(book)
        assert found.report is not None
        assert found.report.value("填报.联系电话") == "13800000000"


class DescribeOtherFiles:
    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "form-other-format"),
            ("表.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "form-other-format"),
            ("表.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "package-old-format"),
            ("表.csv", "甲,乙\n".encode(), "form-other-format"),
            ("表.xlsx", "甲,乙\n".encode(), "package-not-zip"),
            ("表.xlsx", b"", "file-empty"),
        ],
    )
    def it_refuses_them_clearly(self, name, content, code, tmp_path):
        (tmp_path / name).write_bytes(content)
        found = examine(tmp_path / name)
        assert found.report is None
        assert [one.code for one in found.diagnostics] == [code]

    def it_refuses_a_workbook_that_is_no_form(self):
        content = io.BytesIO()
        book = openpyxl.Workbook()
        book.active["A1"] = "年度"
        book.save(content)
        assert [one.code for one in examine(content.getvalue(), name="a.xlsx").diagnostics] == ["form-not-ours"]

    def it_refuses_a_damaged_workbook(self):
        found = examine(sample_form("shifeng-2020")[:-200], name="a.xlsx")
        assert found.report is None

    def it_refuses_a_form_of_another_standard(self):
        from generator import load_standard

        found = examine(sample_form("shifeng-2020"), load_standard("dayu-2020"), "填报.xlsx")
        assert [one.code for one in found.diagnostics] == ["report-other-standard"]

    def it_says_that_a_form_is_of_an_older_version(self, book):
        sheet = book["_generator"]
        sheet["A2"].value = sheet["A2"].value.replace('"version":"1.0.0"', '"version":"0.9.0"')
        found = [one for one in examined(book).diagnostics if one.code == "form-older-version"]
        assert [one.severity for one in found] == ["warning"]
        assert "0.9.0" in found[0].message
        assert "1.0.0" in found[0].message

    def it_refuses_a_form_of_a_later_program(self, book):
        sheet = book["_generator"]
        sheet["A2"].value = sheet["A2"].value.replace('"format":1', '"format":7')
        assert [one.code for one in examined(book).diagnostics] == ["form-later"]


def it_is_read_after_another_program_saved_it(tmp_path):
    """openpyxl drops what it does not know and writes everything anew."""
    book = sample_book("shifeng-2020")
    book.active = 3
    assert same(book)
