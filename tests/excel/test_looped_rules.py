"""Validations and conditional formats of looped rows, whose texts print the item of their row."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from tests.support.ooxml import assert_valid

ROWS = [
    {"n": "一", "opts": ["优", "良"], "bad": "差"},
    {"n": "二", "opts": ["优", "良"], "bad": "差"},
    {"n": '"三"{{ q }}', "opts": ["大", "小"], "bad": "小"},
]
LOOP = {"A2": "{%tr for r in rows %}", "A3": "{{ r.n }}", "A4": "{%tr endfor %}", "A5": "末"}
CHOICES = '''"{{ r.opts|join(',') }},其他"'''


def book(cells: dict[str, str]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "表"
    for address, text in cells.items():
        sheet[address] = text
    return made


def rule(sheet: Any, area: str, **texts: str) -> None:
    found = DataValidation(type="list", sqref=area, **texts)
    sheet.add_data_validation(found)


def rendered(made: openpyxl.Workbook, context: dict[str, Any]) -> Any:
    stream = io.BytesIO()
    made.save(stream)
    content = ExcelTemplate(stream.getvalue()).render(context)
    assert_valid(content, stream.getvalue())
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def validations(sheet: Any) -> dict[str, tuple[str | None, ...]]:
    return {
        str(one.sqref): (one.formula1, one.prompt, one.promptTitle, one.error)
        for one in sheet.data_validations.dataValidation
    }


@pytest.mark.parametrize("count", [0, 1, 3])
def it_gives_each_item_the_choices_and_texts_of_its_own(count):
    made = book(LOOP)
    texts = {"prompt": "请为{{ r.n }}选", "promptTitle": "{{ 单位 }}", "error": "{{ r.n }}错"}
    rule(made.worksheets[0], "B3:C3", formula1=CHOICES, **texts)
    found = validations(rendered(made, {"单位": "局", "rows": ROWS[:count]}))
    expected = {
        f"B{row}:C{row}": (f'"{",".join(one["opts"])},其他"', f"请为{one['n']}选", "局", f"{one['n']}错")
        for row, one in enumerate(ROWS[:count], 2)
    }
    assert found == expected


def it_keeps_one_rule_for_items_that_print_the_same():
    made = book({**LOOP, "A1": "名"})
    sheet = made.worksheets[0]
    rule(sheet, "B3", formula1=CHOICES)
    fill = PatternFill(bgColor="FF0000", fill_type="solid")
    sheet.conditional_formatting.add("A3:B3", FormulaRule(formula=['$A3="{{ r.bad }}"'], fill=fill))
    result = rendered(made, {"rows": ROWS})
    assert {area: found[0] for area, found in validations(result).items()} == {
        "B2:B3": '"优,良,其他"',
        "B4": '"大,小,其他"',
    }
    formats = {str(one.sqref): one.rules[0].formula for one in result.conditional_formatting}
    assert formats == {"A2:B3": ['$A2="差"'], "A4:B4": ['$A4="小"']}


def it_prints_a_rule_around_the_loop_once_and_refuses_the_loops_variable_there():
    made = book(LOOP)
    rule(made.worksheets[0], "B1:B5", formula1='"{{ 单位 }},其他"')
    assert validations(rendered(made, {"单位": "局", "rows": ROWS}))["B1:B5"][0] == '"局,其他"'
    made = book(LOOP)
    rule(made.worksheets[0], "B3:B5", formula1='"{{ r.n }}"')
    with pytest.raises(InvalidTemplate) as caught:
        rendered(made, {"rows": ROWS})
    (found,) = caught.value.diagnostics
    assert (found.code, found.location.place and found.location.place.zh) == ("template-undefined", "表!B3:B5")


def it_repeats_rules_with_the_items_of_an_inner_loop_and_of_two_lists():
    cells = {"A2": "{%tr for g in gs %}", "A3": "{{ g.n }}", "A4": "{%tr for x in g.xs %}", "A5": "{{ x }}"}
    made = book({**cells, "A6": "{%tr endfor %}", "A7": "{%tr endfor %}"})
    rule(made.worksheets[0], "A3:B3", formula1='"{{ g.n }}"')
    rule(made.worksheets[0], "B5", formula1='"{{ g.n }}{{ x }}"')
    found = validations(rendered(made, {"gs": [{"n": "甲", "xs": "ab"}, {"n": "乙", "xs": ""}]}))
    assert {area: one[0] for area, one in found.items()} == {
        "A2:B2": '"甲"',
        "A5:B5": '"乙"',
        "B3": '"甲a"',
        "B4": '"甲b"',
    }
    lists = {
        "A2": "{%tr for a in left %}",
        "D2": "{%tr for b in right %}",
        "A4": "{%tr endfor %}",
        "D4": "{%tr endfor %}",
    }
    made = book({**lists, "A3": "{{ a }}", "D3": "{{ b }}"})
    rule(made.worksheets[0], "A3", formula1='"{{ a }}"')
    rule(made.worksheets[0], "D3", formula1='"{{ b }}"')
    found = validations(rendered(made, {"left": "ab", "right": "x"}))
    assert {area: one[0] for area, one in found.items()} == {"A2": '"a"', "A3": '"b"', "D2": '"x"'}


def it_does_the_same_for_extended_validations():
    stream = io.BytesIO()
    book(LOOP).save(stream)
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    own = (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{x14}"><x14:dataValidations '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1"><x14:dataValidation type="list" '
        'prompt="选{{ r.n }}"><x14:formula1><xm:f>"{{ r.opts|join(\',\') }}"</xm:f></x14:formula1><xm:sqref>B3</xm:sqref>'
        "</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    template = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(template, "w") as target:
        for name in source.namelist():
            data = source.read(name).decode() if name.endswith("sheet1.xml") else source.read(name)
            target.writestr(name, data.replace("</worksheet>", own) if isinstance(data, str) else data)
    content = ExcelTemplate(template.getvalue()).render({"rows": ROWS})
    with zipfile.ZipFile(io.BytesIO(content)) as result:
        xml = result.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r"<xm:f>([^<]*)</xm:f>", xml) == ['"优,良"', '"优,良"', '"大,小"']
    assert re.findall(r"<xm:sqref>([^<]*)</xm:sqref>", xml) == ["B2", "B3", "B4"]
    assert 'count="3"' in xml
