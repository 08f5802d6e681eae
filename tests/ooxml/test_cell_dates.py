"""Which formats of cells show dates, and which moment a number is: as openpyxl reads them, and where it cannot, as Excel shows."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from generator.ooxml.cell_dates import BUILT_IN, format_code, iso_moment, moment, shows_date, shows_elapsed

CODES = [
    "General",
    "@",
    "0.00",
    'yyyy"年"m"月"d"日"',
    "[h]:mm",
    "[Red]0",
    '0"日"',
    r"0\d",
    "[$-804]yyyy-mm-dd",
    "#,##0;[Blue]d",
]


@pytest.mark.parametrize("code", sorted({*BUILTIN_FORMATS.values(), *BUILT_IN.values(), *CODES} - {'0"日"'}))
def it_knows_a_format_of_dates(code):
    assert shows_date(code) == is_date_format(code)
    assert shows_elapsed(code) == is_timedelta_format(code)


@given(st.integers(1, 2_900_000), st.integers(0, 86_399), st.booleans())
def it_reads_the_moment_of_a_number(days, seconds, since_1904):
    serial = days + seconds / 86_400
    epoch = CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900
    if not since_1904 and days == 60:  # 29 February 1900, which there was not
        return
    assert moment(serial, since_1904) == from_excel(serial, epoch)


def it_shows_times_durations_and_nothing_beyond_the_calendar():
    assert moment(0.5, False) == datetime.time(12)
    assert moment(1.5, False, elapsed=True) == datetime.timedelta(days=1, hours=12)
    assert moment(-1, False) is None
    assert moment(-1, False, elapsed=True) == datetime.timedelta(days=-1)
    assert moment(3_000_000, False) is None
    assert moment(1e300, False) is None


def it_takes_the_workbooks_own_code_first_and_general_last():
    assert format_code(14, {14: "0"}) == "0"
    assert [format_code(number, {}) for number in (9, 14, 20, 31, 55, 999)] == [
        "0%",
        "yyyy-mm-dd",
        "h:mm:ss",
        "yyyy-mm-dd",
        "h:mm:ss",
        "General",
    ]


def it_reads_what_a_cell_states_in_iso():
    assert iso_moment("2024-03-05T12:30:00Z") == datetime.datetime(2024, 3, 5, 12, 30)  # noqa: DTZ001
    assert iso_moment("12:30:00") == datetime.time(12, 30)
    assert iso_moment("三月") is None
