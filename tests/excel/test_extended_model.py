"""Random workbooks with what Excel keeps beside the cells (x14 rules, sparklines, pivot sources), and with lists side by side,
against a slow and obvious model."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from tests.excel.feature_workbook import read_parts, write_parts
from tests.excel.test_model import Expanded, Source, expand, meant, trees, write_source
from tests.support.examples import examples
from tests.support.ooxml import assert_valid

SHEET = "xl/worksheets/sheet1.xml"
X14 = (
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
)
_PIVOT = (
    '<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" recordCount="0"><cacheSource '
    'type="worksheet"><worksheetSource ref="A{first}:B{last}" sheet="Sheet"/></cacheSource><cacheFields count="0"/>'
    "</pivotCacheDefinition>"
)


def extensions(bar: int, choice: tuple[int, int, int], line: int) -> str:
    """A data bar on a row, a list on one whose source are others, a sparkline of a row."""
    at, first, last = choice
    return (
        f'<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" {X14}><x14:conditionalFormattings>'
        '<x14:conditionalFormatting><x14:cfRule type="dataBar" id="{11111111-2222-3333-4444-555555555555}"><x14:dataBar>'
        '<x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/></x14:dataBar></x14:cfRule>'
        f"<xm:sqref>B{bar}</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>"
        f'<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" {X14}><x14:dataValidations count="1"><x14:dataValidation '
        f'type="list"><x14:formula1><xm:f>$B${first}:$B${last}</xm:f></x14:formula1><xm:sqref>D{at}</xm:sqref>'
        "</x14:dataValidation></x14:dataValidations></ext>"
        f'<ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" {X14}><x14:sparklineGroups><x14:sparklineGroup>'
        f"<x14:sparklines><x14:sparkline><xm:f>Sheet!B{line}:C{line}</xm:f><xm:sqref>E{line}</xm:sqref></x14:sparkline>"
        "</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst></worksheet>"
    )


def with_parts(book: openpyxl.Workbook, added: str, pivot: tuple[int, int]) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    parts = read_parts(stream.getvalue())
    parts[SHEET] = parts[SHEET].replace(b"</worksheet>", added.encode())
    parts["xl/pivotCache/pivotCacheDefinition1.xml"] = _PIVOT.format(first=pivot[0], last=pivot[1]).encode()
    relation = (
        '<Relationship Id="rIdP" Target="pivotCache/pivotCacheDefinition1.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/pivotCacheDefinition"/></Relationships>'
    )
    kind = (
        '<Override PartName="/xl/pivotCache/pivotCacheDefinition1.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.pivotCacheDefinition+xml"/></Types>'
    )
    caches = (
        '<pivotCaches><pivotCache cacheId="1" r:id="rIdP" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships"/></pivotCaches></workbook>'
    )
    for name, end, more in (
        ("xl/_rels/workbook.xml.rels", b"</Relationships>", relation),
        ("[Content_Types].xml", b"</Types>", kind),
        ("xl/workbook.xml", b"</workbook>", caches),
    ):
        parts[name] = parts[name].replace(end, more.encode())
    return write_parts(parts)


def rows_of(areas: str) -> set[int]:
    """The rows of a list of areas of one column."""
    found = set()
    for area in areas.split():
        first, _, last = re.sub("[A-Z$]", "", area).partition(":")
        found |= set(range(int(first), int(last or first) + 1))
    return found


def as_read_in(row: int, choices: str, first: int) -> str:
    """A range of a rule as one of its cells reads it: what has no `$` goes along from the rule's first row."""
    return re.sub(r"(?<![$\d])(\d+)", lambda match: str(int(match[1]) + row - first), choices)


@examples(10)
@given(trees(), st.data())
def it_lets_extended_rules_sparklines_and_pivot_sources_follow_as_the_expanded_model(tree, data):
    source = Source()
    write_source(tree, source)
    printing = sorted(source.loops)
    draw = lambda: data.draw(st.sampled_from(printing))  # noqa: E731
    bar, line, at = draw(), draw(), draw()
    low, high = sorted((draw(), draw()))
    pivot = sorted((draw(), draw()))
    book = openpyxl.Workbook()
    for address, text in source.cells.items():
        book.worksheets[0][address] = text
    template = with_parts(book, extensions(bar, (at, low, high), line), (pivot[0], pivot[1]))
    expanded = Expanded()
    context, _ = expand(tree, expanded, 0)

    def placed(first: int, last: int) -> set[int]:
        return {number for number, (row, _) in enumerate(expanded.rows, 1) if first <= row <= last}

    if len(placed(*pivot)) < 2:  # a head and a row, or Excel takes no pivot table
        return
    reference = (low, high, True, False)
    choices_at = {row: meant(expanded, source, reference, *expanded.rows[row - 1]) for row in placed(at, at)}
    apart = any(rows and rows[-1] - rows[0] >= len(rows) for rows in choices_at.values())
    if apart:  # a list takes its choices from cells that stand together
        with pytest.raises(InvalidTemplate) as refused:
            ExcelTemplate(template).render(context)
        assert {one.code for one in refused.value.diagnostics if one.severity == "error"} == {"excel-rows-apart"}
        return
    content = ExcelTemplate(template).render(context)
    assert_valid(content, template)
    parts = read_parts(content)
    xml = parts[SHEET].decode()
    bars = re.findall(r"</x14:cfRule>\s*<xm:sqref>([^<]*)<", xml)
    assert rows_of(" ".join(bars)) == placed(bar, bar)
    lines = re.findall(r"<xm:f>Sheet!B(\d+):C(\d+)</xm:f>\s*<xm:sqref>E(\d+)<", xml)
    assert lines == [(str(row),) * 3 for row in sorted(placed(line, line))]
    lists = re.findall(r"<xm:f>([^<]*)</xm:f></x14:formula1>\s*<xm:sqref>([^<]*)<", xml)
    assert rows_of(" ".join(where for _, where in lists)) == placed(at, at)
    for choices, where in lists:
        for row in rows_of(where):
            wanted = choices_at[row]
            found = sorted(rows_of(as_read_in(row, choices, min(rows_of(where)))))
            assert found == (wanted or [1_048_576])
    cache = parts["xl/pivotCache/pivotCacheDefinition1.xml"].decode()
    assert f'ref="A{min(placed(*pivot))}:B{max(placed(*pivot))}"' in cache
    if xml.count("<row") != len(source.loops):
        assert 'refreshOnLoad="1"' in cache


@examples(20)
@given(st.lists(st.integers(0, 99), max_size=4), st.lists(st.integers(0, 99), max_size=4), st.integers(1, 2), st.data())
def it_prints_lists_side_by_side_each_as_if_it_stood_alone(left, right, height, data):
    """Two lists of one or two rows an item, with formulas of their own and totals above and below."""
    above = data.draw(st.booleans())
    end = 3 + height
    cells: dict[str, Any] = {"A2": "{%tr for a in left %}", "D2": "{%tr for b in right %}"}
    cells |= {f"A{end}": "{%tr endfor %}", f"D{end}": "{%tr endfor %}"}
    for offset in range(height):
        cells |= {f"A{3 + offset}": "{{ a + %d }}" % offset, f"D{3 + offset}": "{{ b + %d }}" % offset}  # noqa: UP031
        cells |= {f"B{3 + offset}": f"=A{3 + offset}*2", f"E{3 + offset}": f"=D{3 + offset}*2"}
    total = 1 if above else end + 1
    cells |= {f"{column}{total}": f"=SUM({column}3)" for column in "ABDE"}
    book = openpyxl.Workbook()
    for address, text in cells.items():
        book.worksheets[0][address] = text
    stream = io.BytesIO()
    book.save(stream)
    content = ExcelTemplate(stream.getvalue()).render({"left": left, "right": right})
    assert_valid(content, stream.getvalue())
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    length = max(len(left), len(right)) * height
    for column, values in (("A", left), ("D", right)):
        twice = "B" if column == "A" else "E"
        wanted = [value + offset for value in values for offset in range(height)]
        wanted += [None] * (length - len(wanted))
        assert [sheet[f"{column}{row}"].value for row in range(2, 2 + length)] == wanted
        doubled = [sheet[f"{twice}{row}"].value for row in range(2, 2 + length)]
        assert doubled == [None if value is None else value * 2 for value in wanted]
        where = 1 if above else length + 2
        assert sheet[f"{column}{where}"].value == sum(values)
        assert sheet[f"{twice}{where}"].value == sum(values) * 2
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
