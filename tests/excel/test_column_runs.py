"""Runs of formulas that read beyond their row, computed as columns: the engine's very doubles, or left to the engine."""

import io
import random
from typing import Any

import openpyxl
import pytest

from generator import ExcelTemplate
from generator.excel.calculate import column_runs, formula_values, formula_work
from generator.excel.calculate.column_cells import ColumnCells
from generator.kept.light_classes import replace
from generator.ooxml.limits import limits

DATA = ["{{ x.n }}", "{{ x.a }}", "{{ x.b }}", "{{ x.k }}"]
TABLE = ["{%tr for x in items %}"], ["{%tr endfor %}"]
# the first row of the loop is row 4, the total row 7; the column of the formula is E, the next F
BY_COLUMNS = [
    *("B4/B$7", "B4/B$2", "N(E3)+B4-C4", "SUM(E3,B4)", "SUM(B$4:B4)", "AVERAGE(C$4:C4)", "MAX(B$4:B4)-MIN(B$4:B4)"),
    *("COUNT(B$4:B4)", "B4/SUM(B$4:B$4)", "IF(B4>AVERAGE(B$4:B$4),B4,0)", "ROUND(B4/B$7*100,2)", "B4*单位!B$1"),
    *("VLOOKUP(D4,单位!A$1:B$20,2,FALSE)", "SUMIF(单位!A$1:A$20,D4,单位!B$1:B$20)", "COUNTIF(D$4:D$4,D4)"),
    *("SUMIF(D$4:D$4,D4,B$4:B$4)", "IF(N(D3)=D4,N(E3)+1,1)", "IFERROR(VLOOKUP(D4,单位!A:B,2,0),0)"),
    *("SUM(B3:B5)", "SUM(B$2,B4)", "B4/(C4-C$4)", 'IF(N(C3)+B4>1000,"多",B4)', "B7-B4", "明细!B2/B4"),
    *("MAX(N(E3)-C4,0)", "VLOOKUP(D4,单位!A$1:B$20,1,FALSE)*C4", "-(E3+0)*0.5+B4", "E3*0.9+B4"),
]
LEFT = [
    *("B4&B$2", "SUM(B4:B$4)", "IF(B4>B6,1,2)", "SUM(E$2:E3)+B4", "IF(A4=A3,1,2)", "RANK(B4,B$4:B$4)", "B4-B6"),
    *(
        "IF(D4=D5,1,2)",
        'IF(N(E3)+B4>1000,"多",B4)',
        "B4+N(E5)",
        "SUM(明细!B$2:C2)",
        "VLOOKUP(A4,单位!A$1:B$20,2,FALSE)",
    ),
    *("IFERROR(VLOOKUP(D4+0,单位!A:B,2,0),0)", "B4/A$4", "LEFT(A4,1)&B$2"),
]


def workbook(*formulas: str, above: tuple[Any, ...] = ("", 5.5, 6, 7, 1.25)) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    loop = [*DATA, *(f"={formula}" for formula in formulas)]
    total = ["合计", *(f"=SUM({letter}4)" for letter in "BCDE")]
    for row in (["名称"], list(above), TABLE[0], loop, TABLE[1], [], total):
        sheet.append(list(row))
    detail = made.create_sheet("明细")
    for row in (TABLE[0], ["{{ x.n }}", "{{ x.a }}", "{{ x.b }}"], TABLE[1]):
        detail.append(list(row))
    units = made.create_sheet("单位")
    for number in range(1, 21):
        units.append([number, number * 10.1])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def items(count: int = 60, **changes: Any) -> list[dict[str, Any]]:
    draw = random.Random(5)
    found = [
        {
            "n": f"项目{at}",
            "a": round(draw.uniform(-900, 9000), 2),
            "b": round(draw.uniform(1, 90), 3),
            "k": draw.randint(1, 9),
        }
        for at in range(count)
    ]
    return [one | changes if at == 40 else one for at, one in enumerate(found)]


def rendered(content: bytes, many: list[dict[str, Any]]) -> tuple[bytes, list[str]]:
    found = ExcelTemplate(content).render_with_notes({"items": many})
    return found.content, [str(note) for note in found.notes]


def values(content: bytes, column: str, rows: range) -> list[Any]:
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    return [sheet[f"{column}{row}"].value for row in rows]


@pytest.fixture
def engine_runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The runs that the engine takes, of at least eight formulas."""
    taken: list[str] = []
    given = formula_values.set_run
    monkeypatch.setattr(column_runs, "LEAST", 8)
    monkeypatch.setattr(
        formula_values, "set_run", lambda book, run, number: [taken.append(run.first.text), given(book, run, number)][1]
    )
    return taken


def by_engine(monkeypatch: pytest.MonkeyPatch, content: bytes, many: list[dict[str, Any]]) -> tuple[bytes, list[str]]:
    monkeypatch.setattr(column_runs, "LEAST", 10**9)
    return rendered(content, many)


@pytest.mark.parametrize("formula", BY_COLUMNS)
def it_gives_the_doubles_of_the_engine(formula: str, engine_runs: list[str], monkeypatch: pytest.MonkeyPatch):
    content = workbook(formula)
    found = rendered(content, items())
    assert not engine_runs
    assert found == by_engine(monkeypatch, content, items())
    assert None not in values(found[0], "E", range(3, 63))


@pytest.mark.parametrize("formula", LEFT)
def it_leaves_everything_else_to_the_engine(formula: str, engine_runs: list[str], monkeypatch: pytest.MonkeyPatch):
    content = workbook(formula)
    found = rendered(content, items())
    assert engine_runs
    assert found == by_engine(monkeypatch, content, items())


ODD = [
    {"a": "文"},
    {"a": None},
    {"a": 0},
    {"k": 99},
    {"k": "x"},
    {"a": 1e25},
    {"b": 0.1 + 0.2},
    {"k": 3.0000000000000004},
]


@pytest.mark.parametrize("odd", ODD, ids=str)
def it_reads_what_is_no_plain_number_as_the_engine_does(
    odd: dict[str, Any], engine_runs: list[str], monkeypatch: pytest.MonkeyPatch
):
    content = workbook(
        "B4/B$7", "N(F3)+B4", "SUM(B$4:B4)", "VLOOKUP(D4,单位!A$1:B$20,2,FALSE)", "C4/B4", "IF(B4>B3,1,2)"
    )
    found = rendered(content, items(**odd))
    assert found == by_engine(monkeypatch, content, items(**odd))


def it_computes_columns_that_read_each_other_in_their_order(engine_runs: list[str], monkeypatch: pytest.MonkeyPatch):
    content = workbook("F4/G$7+G4", "N(F3)+G4*2", "B4/B$2", "E4/E$7", above=("", 2, 3, 4, "甲", "乙", "丙", "丁"))
    content = _with_totals(content, "FG")
    found = rendered(content, items())
    assert not engine_runs
    assert found == by_engine(monkeypatch, content, items())
    assert None not in values(found[0], "H", range(3, 63))


def _with_totals(content: bytes, letters: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for letter in letters:
        book.worksheets[0][f"{letter}7"] = f"=SUM({letter}4)"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def it_leaves_columns_to_the_engine_that_read_each_other_in_turn(
    engine_runs: list[str], monkeypatch: pytest.MonkeyPatch
):
    content = workbook("N(F3)+B4", "N(E4)*0.5")
    found = rendered(content, items())
    assert found == by_engine(monkeypatch, content, items())


def it_lets_the_engine_compute_the_first_below_a_heading(engine_runs: list[str], monkeypatch: pytest.MonkeyPatch):
    above = "", 2, 3, "编号", "序号"
    content = workbook("IF(D4=D3,1,2)", "E4+IF(B4=B3,0,E3)", above=above)
    found = rendered(content, items())
    assert found == by_engine(monkeypatch, content, items())


def it_counts_a_growing_sum_on_where_the_engine_would_read_too_much(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(formula_work, "limits", lambda: replace(limits(), cells=10_000))
    many = [{"n": "甲", "a": 0.5, "b": 1, "k": 1} for _ in range(300)]
    found, notes = rendered(workbook("SUM(B$4:B4)"), many)
    assert not notes
    assert values(found, "E", range(301, 303)) == [149.5, 150]


def it_reads_a_column_a_few_times_however_many_single_formulas_it_holds(monkeypatch: pytest.MonkeyPatch):
    made = openpyxl.Workbook()
    sheet, draw = made.worksheets[0], random.Random(1)
    for row in range(1, 301):
        sheet.append([row, f"=A{row}+A{draw.randint(1, 300)}", f"=B{row}*2+A$1"])
    sheet["D1"] = "{{ 1 }}"
    file = io.BytesIO()
    made.save(file)
    asked: list[int] = []
    read = ColumnCells.read
    monkeypatch.setattr(
        ColumnCells, "read", lambda cells, row, step, count: [asked.append(row), read(cells, row, step, count)][1]
    )
    found, _ = rendered(file.getvalue(), [])
    assert None not in values(found, "C", range(1, 301))
    assert 0 < len(asked) < 10
