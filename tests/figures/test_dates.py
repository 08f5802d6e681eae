"""Dates are read as they are typed and print in Chinese, whatever the machine."""

import copy
import datetime
import io
import pickle

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.figures import Blank, Date, NoDate, NoSuchDate, chinese_date, read_date

DAYS = st.dates(datetime.date(1000, 1, 1))


@given(DAYS)
def it_reads_what_it_prints(day):
    date = Date.of(day)
    assert read_date(str(date)) == day
    assert read_date(day.isoformat()) == day
    assert str(date) == f"{day.year}年{day.month}月{day.day}日"


@given(DAYS)
def it_stays_a_date(day):
    date = Date.of(day)
    assert isinstance(date, datetime.date)
    assert date == day
    assert hash(date) == hash(day)
    assert date.isoformat() == day.isoformat()
    assert f"{date}" == str(date) == "".join([str(copy.deepcopy(date))])
    restored = pickle.loads(pickle.dumps(date))
    assert restored == date
    assert str(restored) == str(date)


def it_is_a_date_in_a_workbook():
    book = openpyxl.Workbook()
    book.active["A1"] = read_date("2021年3月5日")
    file = io.BytesIO()
    book.save(file)
    assert openpyxl.load_workbook(file).active["A1"].value == datetime.datetime(2021, 3, 5)  # noqa: DTZ001


@pytest.mark.parametrize("text", ["2020-12-31", "2020年12月31日", " 2020-12-31 "])
def it_reads_both_forms(text):
    assert read_date(text) == datetime.date(2020, 12, 31)


@pytest.mark.parametrize("text", ["2020-2-30", "2021-02-29", "2020年13月1日", "2020-00-10", "0000-01-01", "2020-1-0"])
def it_refuses_days_that_there_are_not(text):
    with pytest.raises(NoSuchDate):
        read_date(text)


@pytest.mark.parametrize(
    "text", ["", "2020", "2020-12", "2020/12/31", "20201231", "2020.12.31", "２０２０-12-31", "2020-12-31T00:00", "2020年12月"]
)  # fmt: skip
def it_refuses_other_forms(text):
    with pytest.raises(NoDate) as caught:
        read_date(text)
    assert not isinstance(caught.value, NoSuchDate)


def it_prints_any_date_and_the_empty_wording_of_none():
    assert chinese_date(datetime.date(2021, 3, 5)) == "2021年3月5日"
    assert chinese_date(Date(2021, 3, 5), "%Y.%m.%d") == "2021.03.05"
    assert chinese_date(Blank(empty="无")) == "无"
    with pytest.raises(TypeError):
        chinese_date(20210305)
