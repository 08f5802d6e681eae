"""Random sheets with loops, merges, formulas and formats, against a slow and obvious model: the rows written out by hand."""

import io
import itertools
from dataclasses import dataclass, field

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.formatting.rule import FormulaRule
from openpyxl.workbook.defined_name import DefinedName

from generator.diagnostics import InvalidTemplate
from generator.render.excel.template import ExcelTemplate

LAST = 1_048_576


@dataclass
class Row:
    """A rendered row: the template's row, the loops around it, the iteration of each, its number."""

    source: int
    loops: tuple[int, ...]
    instance: tuple[int, ...]
    value: int


@dataclass
class Sheet:
    """A template's rows, and what they become.

    Args:
        tags: the control tag of each source row, None for a row of cells.
        loops: the loops around each row of cells, by the row of their tag.
        rows: the rendered rows.
        data: the context, as nested as the loops.
    """

    tags: list[str | None] = field(default_factory=list)
    loops: dict[int, tuple[int, ...]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    data: dict[str, object] = field(default_factory=dict)

    def around(self, source: int) -> str:
        """The name of the innermost item around a row."""
        loops = self.loops[source]
        return f"x{loops[-1]}" if loops else "d"


@st.composite
def parts(draw, depth=0):
    """Runs of rows, loops with a number of items for each visit, conditions."""
    found = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["rows", "loop", "loop", "if"] if depth < 3 else ["rows"]))
        if kind == "rows":
            found.append(("rows", draw(st.integers(1, 3))))
        elif kind == "if":
            found.append(("if", draw(st.booleans()), draw(parts(depth=depth + 1))))
        else:
            found.append(
                ("loop", draw(st.lists(st.integers(0, 3), min_size=1, max_size=3)), draw(parts(depth=depth + 1)))
            )
    return found


def write_out(tree) -> Sheet:
    """The template's rows of a tree, and by hand the rows that it renders."""
    sheet = Sheet()

    def lay(tree, loops):
        steps = []
        owner = f"x{loops[-1]}" if loops else "d"
        for part in tree:
            if part[0] == "rows":
                first = len(sheet.tags) + 1
                sheet.tags += [None] * part[1]
                for row in range(first, first + part[1]):
                    sheet.loops[row] = loops
                    steps.append(("row", row))
                continue
            sheet.tags.append("")
            name = len(sheet.tags)
            if part[0] == "if":
                sheet.tags[name - 1] = f"{{%tr if d.c{name} %}}"
                sheet.data[f"c{name}"] = part[1]
                steps.append(("if", part[1], lay(part[2], loops)))
                sheet.tags.append("{%tr endif %}")
            else:
                sheet.tags[name - 1] = f"{{%tr for x{name} in {owner}.l{name} %}}"
                steps.append(("loop", name, part[1], lay(part[2], (*loops, name))))
                sheet.tags.append("{%tr endfor %}")
        return steps

    visits: dict[int, int] = {}

    def expand(steps, loops, instance, item):
        for step in steps:
            if step[0] == "row":
                value = len(sheet.rows) + 1
                item[f"v{step[1]}"] = value
                sheet.rows.append(Row(step[1], loops, instance, value))
            elif step[0] == "if":
                if step[1]:
                    expand(step[2], loops, instance, item)
            else:
                _, name, counts, inner = step
                visits[name] = visits.get(name, -1) + 1
                item[f"l{name}"] = items = [{} for _ in range(counts[visits[name] % len(counts)])]
                for index, child in enumerate(items):
                    expand(inner, (*loops, name), (*instance, index), child)

    expand(lay(tree, ()), (), (), sheet.data)
    return sheet


def seen(sheet: Sheet, first: int, last: int, at: Row | None) -> list[int]:
    """The output rows of source rows `first` to `last` as a formula in row `at` means them."""
    found = []
    for number, row in enumerate(sheet.rows, 1):
        if not first <= row.source <= last:
            continue
        if at is not None:
            shared = 0
            while shared < min(len(row.loops), len(at.loops)) and row.loops[shared] == at.loops[shared]:
                shared += 1
            if row.instance[:shared] != at.instance[:shared]:
                continue
        found.append(number)
    return found


def merged(sheet: Sheet, first: int, last: int) -> list[tuple[int, int]]:
    """Where a merge of source rows goes: once for each instance of the loops that both its ends stand in."""
    inside = [row for row in sorted(sheet.loops) if first <= row <= last]
    if not inside:
        return []
    head, tail = sheet.loops[inside[0]], sheet.loops[inside[-1]]
    shared = 0
    while shared < min(len(head), len(tail)) and head[shared] == tail[shared]:
        shared += 1
    groups: dict[tuple[int, ...], list[int]] = {}
    for number, row in enumerate(sheet.rows, 1):
        if first <= row.source <= last:
            groups.setdefault(row.instance[:shared], []).append(number)
    return [(min(rows), max(rows)) for rows in groups.values()]


@st.composite
def cases(draw):
    """A sheet, the ranges that its formulas sum by row, merges, a formatted range, a named range."""
    sheet = write_out(draw(parts()))
    row = st.integers(1, len(sheet.tags))
    ranges = st.tuples(row, row).map(sorted)
    formulas = {source: draw(ranges) for source in sheet.loops if draw(st.booleans())}
    merges: list[list[int]] = []
    for found in draw(st.lists(ranges, max_size=3)):
        if all(found[1] < other[0] or found[0] > other[1] for other in merges):
            merges.append(found)
    return sheet, formulas, merges, draw(ranges), draw(ranges)


def template_of(case) -> bytes:
    sheet, formulas, merges, formatted, named = case
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "表 一"
    for number, tag in enumerate(sheet.tags, 1):
        if tag is not None:
            page.cell(number, 1, tag)
            continue
        page.cell(number, 1, f"行{number}")
        page.cell(number, 2, f"{{{{ {sheet.around(number)}.v{number} }}}}")
        if number in formulas:
            first, last = formulas[number]
            page.cell(number, 3, f"=SUM(B{first}:B{last})")
    for first, last in merges:
        page.merge_cells(start_row=first, end_row=last, start_column=5, end_column=6)
    page.conditional_formatting.add(f"B{formatted[0]}:B{formatted[1]}", FormulaRule(formula=["TRUE"]))
    text = f"'表 一'!$B${named[0]}:$B${named[1]}"
    book.defined_names["名"] = DefinedName("名", attr_text=text)
    other = book.create_sheet("别处")
    other["A1"] = f"=SUM({text})"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@given(cases())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def it_renders_as_rows_written_out_by_hand(case):
    sheet, formulas, merges, formatted, named = case
    if not 1 <= len(sheet.rows) <= 150:
        return
    boxes = sorted(box for first, last in merges for box in merged(sheet, first, last))
    template = ExcelTemplate(template_of(case))
    if any(one[1] >= other[0] for one, other in itertools.pairwise(boxes)):
        with pytest.raises(InvalidTemplate) as refused:
            template.render({"d": sheet.data})
        assert {found.code for found in refused.value.diagnostics} == {"excel-merges-overlap"}
        return
    content = template.render({"d": sheet.data})
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book["表 一"]
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    found = [(page.cell(row, 1).value, page.cell(row, 2).value) for row in range(1, len(sheet.rows) + 1)]
    assert found == [(f"行{row.source}", row.value) for row in sheet.rows]
    numbers = [row.value for row in sheet.rows]
    for number, row in enumerate(sheet.rows, 1):
        if row.source not in formulas:
            assert page.cell(number, 3).value is None
            continue
        rows = seen(sheet, *formulas[row.source], row)
        first, last = (min(rows), max(rows)) if rows else (LAST, LAST)
        assert page.cell(number, 3).value == f"=SUM(B{first}:B{last})"
        assert values["表 一"].cell(number, 3).value == sum(numbers[first - 1 : last])
    assert sorted((area.min_row, area.max_row) for area in page.merged_cells.ranges) == boxes
    rules = [cell for ranges in page.conditional_formatting for area in ranges.cells.ranges for cell in area.rows]
    formats = {cell[0] for row in rules for cell in row}
    assert formats == set(seen(sheet, *formatted, None))
    rows = seen(sheet, *named, None)
    first, last = (min(rows), max(rows)) if rows else (LAST, LAST)
    assert book.defined_names["名"].attr_text == f"'表 一'!$B${first}:$B${last}"
    assert book["别处"]["A1"].value == f"=SUM('表 一'!$B${first}:$B${last})"
    assert values["别处"]["A1"].value == sum(numbers[first - 1 : last])
