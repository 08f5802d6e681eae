"""Random workbooks with loops, conditions, merges and formulas, against a slow and obvious model: expanded by hand."""

import io
import re
from dataclasses import dataclass, field

import openpyxl
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from generator.excel.template import ExcelTemplate
from tests.support.examples import examples
from tests.support.ooxml import assert_valid


@dataclass
class Node:
    """A run of rows, a loop or a condition; `number` names a loop's or condition's data."""

    kind: str
    rows: int = 0
    number: int = 0
    times: list[int] = field(default_factory=list)
    parts: list["Node"] = field(default_factory=list)


@st.composite
def trees(draw, depth=0):
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["rows", "loop", "if"] if depth < 2 else ["rows"]))
        if kind == "rows":
            parts.append(Node("rows", rows=draw(st.integers(1, 2))))
        else:
            times = draw(st.lists(st.integers(0, 3 if kind == "loop" else 1), min_size=1, max_size=3))
            parts.append(Node(kind, times=times, parts=draw(trees(depth=depth + 1))))
    return parts


@dataclass
class Source:
    """A template's rows: what stands in column A, and for every row that prints its loops."""

    cells: dict[str, str] = field(default_factory=dict)
    loops: dict[int, tuple[int, ...]] = field(default_factory=dict)
    row: int = 0
    count: int = 0


def write_source(nodes, source, loops=()):
    for node in nodes:
        if node.kind == "rows":
            for _ in range(node.rows):
                source.row += 1
                source.loops[source.row] = loops
                path = "".join("/{{ v%d.i }}" % loop for loop in loops)  # noqa: UP031
                source.cells[f"A{source.row}"] = f"r{source.row}{path}"
                terms = " + ".join([str(source.row), *(f"v{loop}.i * {10**n * 100}" for n, loop in enumerate(loops))])
                source.cells[f"B{source.row}"] = "{{ %s }}" % terms  # noqa: UP031
            continue
        source.count += 1
        node.number = source.count
        owner = f"v{loops[-1]}." if loops else ""
        source.row += 1
        if node.kind == "loop":
            source.cells[f"A{source.row}"] = "{%%tr for v%d in %sl%d %%}" % (node.number, owner, node.number)  # noqa: UP031
            write_source(node.parts, source, (*loops, node.number))
        else:
            source.cells[f"A{source.row}"] = "{%%tr if %sc%d %%}" % (owner, node.number)  # noqa: UP031
            write_source(node.parts, source, loops)
        source.row += 1
        source.cells[f"A{source.row}"] = "{%tr endfor %}" if node.kind == "loop" else "{%tr endif %}"


@dataclass
class Expanded:
    """What the rendered sheet must hold: source row and instance of each output row."""

    rows: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    visits: dict[int, int] = field(default_factory=dict)


def expand(nodes, expanded, position, instance=()):
    """The data of one level, and its rows; `position` is the source row before the nodes."""
    data = {}
    for node in nodes:
        if node.kind == "rows":
            for _ in range(node.rows):
                position += 1
                expanded.rows.append((position, instance))
            continue
        visit = expanded.visits.get(node.number, 0)
        expanded.visits[node.number] = visit + 1
        times = node.times[visit % len(node.times)]
        position += 1
        end = position
        if node.kind == "loop":
            items = []
            for number in range(times):
                own, end = expand(node.parts, expanded, position, (*instance, number))
                items.append({"i": number, **own})
            data[f"l{node.number}"] = items
            end = position + size(node.parts)
        else:
            data[f"c{node.number}"] = bool(times)
            if times:
                own, _ = expand(node.parts, expanded, position, instance)
                data |= own
            end = position + size(node.parts)
        position = end + 1
    return data, position


def size(nodes):
    return sum(node.rows if node.kind == "rows" else size(node.parts) + 2 for node in nodes)


def value_of(row, instance):
    return row + sum(number * 10**n * 100 for n, number in enumerate(instance))


def seen(expanded, source, first, last, row, instance):
    """Output rows of the source range, those of shared loops in the same iteration only."""
    found = []
    for number, (other, its) in enumerate(expanded.rows, 1):
        if not first <= other <= last:
            continue
        shared = 0
        for one, two in zip(source.loops[other], source.loops[row], strict=False):
            if one != two:
                break
            shared += 1
        shared = min(shared, len(instance))
        if its[:shared] == instance[:shared]:
            found.append(number)
    return found


def meant(expanded, source, reference, row, instance):
    """Output rows that a range means to a formula: exactly those of its rows between the first and the last that it sees.

    With `$` at both ends it sees its whole loop from inside, with one at its first row the loop down to here.
    """
    first, last, anchored, running = reference
    inside = [source.loops[other] for other in source.loops if first <= other <= last]
    common = inside[0]
    for loops in inside:
        common = common[: next((n for n in range(len(common)) if loops[n : n + 1] != common[n : n + 1]), len(common))]
    own = source.loops[row]
    found = seen(expanded, source, first, last, row, instance)
    if common and anchored and own[: len(common)] == common:
        found = seen(expanded, source, first, last, row, instance[: len(common) - 1])
    elif common and running and common == own:
        begun = seen(expanded, source, first, last, row, instance[:-1])
        found = [*begun[:1], *found]
    if not found:
        return []
    return [
        number
        for number, (other, _) in enumerate(expanded.rows, 1)
        if first <= other <= last and min(found) <= number <= max(found)
    ]


def areas(rows):
    """Areas of column B for output rows."""
    found = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return ",".join(f"B{low}:B{high}" if low < high else f"B{low}" for low, high in found)


TOTALS = {
    "SUM(": sum,
    "COUNT(": len,
    "MAX(": lambda values: max(values, default=0),
    "SUBTOTAL(9,": sum,
    "SUBTOTAL(4,": lambda values: max(values, default=0),
    "AVERAGE(": lambda values: sum(values) / len(values) if values else "#DIV/0!",
}


@examples(30)
@given(trees(), st.data())
def it_renders_what_the_expanded_model_holds(tree, data):
    source = Source()
    write_source(tree, source)
    printing = sorted(source.loops)
    book = openpyxl.Workbook()
    sheet = book.active
    for address, text in source.cells.items():
        sheet[address] = text
    formulas = {}
    for row in data.draw(st.lists(st.sampled_from(printing), max_size=4, unique=True)):
        first, last = sorted((data.draw(st.sampled_from(printing)), data.draw(st.sampled_from(printing))))
        anchored, running = data.draw(st.sampled_from([(False, False), (True, False), (False, True)]))
        total = data.draw(st.sampled_from(list(TOTALS)))
        formulas[row] = total, (first, last, anchored, running)
        top, bottom = "$" * (anchored or running), "$" * anchored
        sheet[f"C{row}"] = f"={total}B{top}{first}:B{bottom}{last})"
    merges = []
    for column in range(5, 5 + data.draw(st.integers(0, 3))):
        first, last = sorted((data.draw(st.sampled_from(printing)), data.draw(st.sampled_from(printing))))
        if first < last:
            merges.append((column, first, last))
            sheet.merge_cells(start_row=first, start_column=column, end_row=last, end_column=column)
    stream = io.BytesIO()
    book.save(stream)
    expanded = Expanded()
    context, _ = expand(tree, expanded, 0)
    if not expanded.rows:
        return

    content = ExcelTemplate(stream.getvalue()).render(context)

    assert_valid(content, stream.getvalue())
    result = openpyxl.load_workbook(io.BytesIO(content)).active
    computed = openpyxl.load_workbook(io.BytesIO(content), data_only=True).active
    for number, (row, instance) in enumerate(expanded.rows, 1):
        assert result.cell(number, 1).value == "/".join([f"r{row}", *map(str, instance)])
        assert result.cell(number, 2).value == value_of(row, instance)
        if row in formulas:
            total, reference = formulas[row]
            rows = meant(expanded, source, reference, row, instance)
            text = result.cell(number, 3).value.replace("$", "")
            assert re.sub(r"B(\d+):B\1\b", r"B\1", text) == f"={total}{areas(rows or [1_048_576])})"
            wanted = TOTALS[total]([value_of(*expanded.rows[one - 1]) for one in rows])
            cached = computed.cell(number, 3).value
            assert cached == (wanted if isinstance(wanted, str) else pytest.approx(wanted))
    assert result.max_row == len(expanded.rows)
    wanted = set()
    for column, first, last in merges:
        letter = openpyxl.utils.get_column_letter(column)
        depth = 0
        for one, two in zip(source.loops[first], source.loops[last], strict=False):
            if one != two:
                break
            depth += 1
        groups = {}
        for number, (row, instance) in enumerate(expanded.rows, 1):
            if first <= row <= last:
                groups.setdefault(instance[:depth], []).append(number)
        wanted |= {f"{letter}{min(rows)}:{letter}{max(rows)}" for rows in groups.values() if min(rows) < max(rows)}
    assert {str(merge) for merge in result.merged_cells.ranges} == wanted
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()) == len(
        expanded.rows
    )
    assert len(pandas.read_excel(io.BytesIO(content), header=None, engine="calamine")) == len(expanded.rows)
    assert ExcelTemplate(stream.getvalue()).render(context) == content


@examples(20)
@given(
    st.lists(st.sampled_from(["fixed", "loop", "nested", "if"]), min_size=1, max_size=5),
    st.lists(st.integers(0, 3), min_size=1, max_size=4),
    st.integers(0, 3),
    st.booleans(),
)
def it_repeats_columns_as_the_expanded_model_does(kinds, counts, rows, shown):
    """A head row, a loop of rows with a sum over all columns, a foot row that sums each column."""
    book = openpyxl.Workbook()
    sheet = book.active
    context = {"rows": list(range(1, rows + 1)), "shown": shown}
    column, wanted = 1, []
    letters = openpyxl.utils.get_column_letter

    def put(expression):
        sheet.cell(1, column, "{{ " + expression + " }}")
        sheet.cell(3, column, "{{ (" + expression + ") * r }}")
        sheet.cell(5, column, f"=SUM({letters(column)}3)")

    for number, kind in enumerate(kinds):
        count = counts[number % len(counts)]
        if kind == "fixed":
            put(str(number + 1))
            wanted.append(number + 1)
            column += 1
            continue
        opening = {"loop": f"for x in xs{number}", "nested": f"for x in xs{number}", "if": "if shown"}[kind]
        sheet.cell(1, column, "{%tc " + opening + " %}")
        column += 1
        context[f"xs{number}"] = list(range(count))
        if kind == "nested":
            sheet.cell(1, column, "{%tc for y in rows %}")
            column += 1
            put("x * 10 + y")
            wanted += [x * 10 + y for x in range(count) for y in context["rows"]]
            column += 1
            sheet.cell(1, column, "{%tc endfor %}")
        else:
            put("x + 100" if kind == "loop" else "7")
            wanted += [x + 100 for x in range(count)] if kind == "loop" else [7] * shown
        column += 1
        sheet.cell(1, column, "{%tc " + ("endif" if kind == "if" else "endfor") + " %}")
        column += 1
    sheet.cell(2, 1, "{%tr for r in rows %}")
    sheet.cell(3, column, f"=SUM(A3:{letters(column - 1)}3)")
    sheet.cell(4, 1, "{%tr endfor %}")
    stream = io.BytesIO()
    book.save(stream)

    content = ExcelTemplate(stream.getvalue()).render(context)

    assert_valid(content, stream.getvalue())
    result = openpyxl.load_workbook(io.BytesIO(content), data_only=True).active
    found = [[result.cell(row, one).value for one in range(1, len(wanted) + 1)] for row in range(1, rows + 3)]
    assert found[0] == wanted
    assert found[1 : rows + 1] == [[value * r for value in wanted] for r in context["rows"]]
    assert found[rows + 1] == [sum(value * r for r in context["rows"]) for value in wanted]
    sums = [result.cell(row, len(wanted) + 1).value for row in range(2, rows + 2)]
    assert sums == [sum(wanted) * r for r in context["rows"]]
