"""What stands for a value that a report cannot print: nothing that Python would write, a blank's wording, a mark of a draft."""

from decimal import Decimal

import pytest

from generator.figures import Blank, Figure
from generator.figures.figure import number_of, read_number
from generator.figures.marked_text import MARKED, MarkedText
from generator.figures.numerals import capital, chinese_number
from generator.figures.print_filters import fixed, thousands, trim, wan_yuan, yi_yuan, yuan
from generator.figures.report_values import Unprintable, check_printable, printing_a_report
from generator.figures.yes_no import YesNo


@pytest.mark.parametrize(("value", "kind"), [([1], "list"), ((1,), "list"), ({"a": 1}, "record"), (True, "condition")])
def it_refuses_what_has_no_form_in_print_while_a_report_is_printed(value, kind):
    check_printable(value)
    with printing_a_report():
        with pytest.raises(Unprintable) as refused:
            check_printable(value)
        check_printable("甲")
        check_printable(Figure(Decimal(1)))
    assert refused.value.kind == kind
    check_printable(value)


def it_prints_yes_or_no_and_is_a_condition():
    yes, no = YesNo(True), YesNo(False)
    assert (str(yes), str(no), bool(yes), bool(no)) == ("是", "否", True, False)
    assert yes == "是" == yes
    assert yes == True  # noqa: E712
    assert no == False  # noqa: E712
    assert (yes != "否", no != False, yes != no) == (True, False, True)  # noqa: E712
    assert len({yes, "是", no, "否"}) == 2


@pytest.mark.parametrize("prints", [fixed, trim, thousands, yuan, wan_yuan, yi_yuan, capital, chinese_number])
def it_leaves_a_blank_as_it_prints(prints):
    assert str(prints(Blank("金额", "金额", "无"))) == "无"


def it_tells_where_blanks_printed_nothing_that_nobody_meant():
    silent, worded, meant = Blank("甲"), Blank("乙", empty="—"), Blank("丙", intended=True)
    assert str(silent) == ""
    with printing_a_report() as printed:
        assert (str(silent), str(worded), str(meant)) == ("", "—", "")
    assert printed == [silent]
    assert not silent
    assert [*silent] == []


def it_shows_in_a_draft_what_is_to_be_filled_in_or_wrong():
    missing, wrong = Blank("甲", "金额", required=True, draft=True), Blank("乙", draft=True, typed="三千")
    optional = Blank("丙", empty="无", draft=True)
    assert (str(missing), str(wrong), str(optional)) == ("【待填：金额】", "【有误：三千】", "无")
    assert [one.open for one in (missing, wrong, optional)] == [True, True, False]
    listed = Blank("丁", item=missing)
    assert ([*listed], len(listed)) == ([missing], 1)


def it_keeps_the_blanks_of_a_text_beside_its_marks_until_a_filter_changes_it():
    blank = Blank("甲", "金额", required=True, draft=True)
    text = MarkedText(f"支出{blank}万元", [blank])
    assert text == "支出【待填：金额】万元"
    assert text.blanks == (blank,)
    assert [found[0] for found in MARKED.finditer(text)] == ["【待填：金额】"]
    assert type(text.strip()) is str


def it_is_a_number_to_python_that_cannot_be_calculated_with():
    figure = Figure(Decimal("161.4"), "万元")
    assert (float(figure), int(figure), bool(figure), bool(Figure(Decimal(0)))) == (161.4, 161, True, False)
    assert figure == Decimal("161.4") == figure
    assert figure < 162
    assert hash(figure) == hash(Decimal("161.4"))


@pytest.mark.parametrize("value", [True, "三", None, float("inf"), "nan"])
def it_reads_nothing_else_as_a_number(value):
    with pytest.raises(TypeError):
        read_number(value)
    assert number_of(True) is None


def it_reads_numbers_as_they_are_written():
    assert [read_number(value) for value in (0.9, " 1.50 ", 3, Figure(Decimal("2.5"), "%"))] == [
        Decimal("0.9"),
        Decimal("1.50"),
        Decimal(3),
        Decimal("2.5"),
    ]
