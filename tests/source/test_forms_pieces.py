"""Pieces that read a filled-in form or say where a value is written: cells as text, plans, paths of a tree, extents."""

import datetime
import json

import pytest

from generator.ooxml.worksheet_cells import SheetCell
from generator.source import List, Map, Written, read_source
from generator.source.extents import extent
from generator.source.form_cells import Unreadable, cell_text, is_blank, is_typed
from generator.source.form_plan import FormInput, FormPlan, FormSheet, load_plan
from generator.source.tree_places import as_shown, put, set_path

AT = (1, 1)


def cell(value, number_format="General", **more) -> SheetCell:
    kind = "s" if isinstance(value, str) else "n"
    return SheetCell(**{"value": value, "number_format": number_format, "data_type": kind, **more})


@pytest.mark.parametrize(
    ("value", "reading", "text"),
    [
        ("  甲\r\n乙 ", "text", "  甲\n乙 "),
        ("\u00a0‘甲", "line", "甲"),
        ("‘甲", "choice", "‘甲"),
        (12, "number", "12"),
        (161.4, "number", "161.4"),
        (0.1 + 0.2, "number", "0.3"),
        (True, "line", "是"),
        (datetime.datetime(2024, 3, 5), "date", "2024-03-05"),  # noqa: DTZ001
        (None, "number", ""),
        (" ", "text", ""),
    ],
)
def it_reads_a_cell_as_a_data_file_would_say(value, reading, text):
    assert cell_text(cell(value), reading) == text


def it_reads_a_percent_as_the_cell_shows_it():
    assert cell_text(cell(0.812, "0.0%"), "percent") == "81.2%"
    assert cell_text(cell(0.812, '0.0"%"'), "percent") == "0.812"
    with pytest.raises(Unreadable) as refused:
        cell_text(cell(95.5, "0.0%"), "percent")
    assert (refused.value.code, refused.value.arguments) == ("form-percent-unsure", {"text": "9550%", "meant": "95.5%"})


@pytest.mark.parametrize(
    ("made", "reading", "code"),
    [
        (cell(1, formula="1+1"), "number", "form-formula"),
        (cell("#N/A", data_type="e"), "text", "form-error-value"),
        (cell(20240430.0), "date", "form-number-for-date"),
        (cell(10**15), "text", "form-long-number"),
        (cell(datetime.date(2024, 1, 1)), "number", "form-date-for-number"),
        (cell(datetime.date(2024, 1, 1)), "text", "form-date-for-text"),
        (cell(datetime.time(1)), "text", "form-time"),
    ],
)
def it_refuses_a_cell_that_cannot_be_taken_as_it_stands(made, reading, code):
    with pytest.raises(Unreadable) as refused:
        cell_text(made, reading)
    assert refused.value.code == code


def it_knows_what_is_blank_and_what_is_typed():
    assert [is_blank(one) for one in (None, cell(None), cell(" "), cell(0), cell(None, formula="1"))] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert [is_typed(one) for one in (cell("甲"), cell(1, formula="1"), cell("#N/A", data_type="e"), None)] == [
        True,
        False,
        False,
        False,
    ]


def it_reads_the_plan_that_it_wrote_and_no_other():
    plan = FormPlan("样表", "1.0.0", "00", (FormSheet("s1", "填报", {"甲.乙": FormInput("number", "乙")}),))
    pieces = plan.dump()
    assert load_plan(pieces) == plan
    told = json.loads("".join(pieces))
    for change in (
        {"format": 2},
        {"standard": 1},
        {
            "sheets": [
                {"id": "s1", "title": "填报", "inputs": {"甲..乙": told["sheets"][0]["inputs"]["甲.乙"]}, "table": None}
            ]
        },
        {"sheets": [{"id": "s1", "title": "填报", "inputs": {"甲": {"kind": "number", "places": 31}}, "table": None}]},
        {"sheets": [{"id": "s1", "title": "填报", "inputs": None, "table": {"shape": "cube"}}]},
        {"sheets": 5},
    ):
        assert load_plan([json.dumps({**told, **change})]) is None
    assert load_plan(["{"]) is None


def it_sets_values_by_paths_of_names_indexes_and_keys():
    root = Map(*AT)
    put(root, "甲.乙", Written("1", *AT), AT)
    item = Map(*AT)
    item.put("名称", Written("产出 ", *AT), AT)
    items = List(*AT)
    items.append(item)
    root.put("指标", items)
    keys = frozenset(["名称"])
    assert set_path(root, '指标["产出"].分值', Written("2", *AT), AT, keys)
    assert set_path(root, "指标[0].得分", Written("3", *AT), AT, keys)
    assert set_path(root, "丙.丁", Written("4", *AT), AT, keys)
    for nowhere in ("指标[1].分值", '指标["无"].分值', "甲.乙.丙", "甲[0].乙", "指标[0]", "", "甲 .乙"):
        assert not set_path(root, nowhere, Written("5", *AT), AT, keys)
    assert [item[name].text for name in ("分值", "得分")] == ["2", "3"]
    assert root["丙"]["丁"].text == "4"


@pytest.mark.parametrize(
    ("text", "made", "shown"),
    [
        ("81.20000000001%", None, "81.20%"),
        ("81.2%", cell(0.812, "0.00%"), "81.20%"),
        ("81.2%", cell("81.2%", "0.00%"), "81.2%"),
        ("约八成", cell("约八成"), "约八成"),
        ("3.5", cell(3.5), "3.5"),
    ],
)
def it_takes_a_typed_computed_value_with_the_digits_that_are_seen(text, made, shown):
    assert as_shown(text, made, 2) == shown


@pytest.mark.parametrize(
    ("written", "between"),
    [
        ("甲: 数 1 # 注\n", "数 1"),
        ('甲: "a\\nb" # 注\n', "a\\nb"),
        ("甲: 'it''s'\n", "it''s"),
        ("甲: |\n  一\n\n  二\n乙: 1\n", "  一\n\n  二"),
        ("甲: >\n  one\n  two\n", "  one\n  two"),
    ],
)
def it_says_where_a_value_is_written(written, between):
    source = read_source(written.encode(), "data.yaml")
    found = extent(source, source.root["甲"])
    assert found is not None
    assert source.text[slice(*found)].rstrip("\n") == between


def it_says_nothing_where_that_cannot_be_told():
    source = read_source("甲: one\n  two\n".encode(), "data.yaml")
    assert extent(source, source.root["甲"]) is None
