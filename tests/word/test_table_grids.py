"""Grids of tables whose columns come and go, or that hold tables (trap 8)."""

from tests.support import words
from tests.support.words import W, document, paragraph, row, table
from tests.word.both_engines import ours, theirs


def it_keeps_the_grids_of_tables_that_hold_tables():  # trap 8
    inner = table(row(*"12345"), columns=5)
    template = document(table(row("{{ a }}", inner + paragraph("")), columns=2))

    def grids(content):
        return [len(one.findall(f"{W}gridCol")) for one in words.root(content).iter(f"{W}tblGrid")]

    assert grids(theirs(template, {"a": 1})) == [5, 5]
    assert grids(ours(template, {"a": 1})) == [2, 5]


def it_keeps_the_grid_of_rows_that_leave_columns_out():  # trap 8
    template = document(table(row("{{ a }}", "b", properties='<w:gridAfter w:val="1"/>'), columns=3))

    def grid(content):
        return len(list(words.root(content).iter(f"{W}gridCol")))

    assert grid(theirs(template, {"a": 1})) == 2
    assert grid(ours(template, {"a": 1})) == 3


def it_makes_grids_follow_columns_that_come_and_go():  # trap 8
    template = document(
        table(
            row("{%tc for c in cs %}", "{{ c }}", "{%tc endfor %}"),
            row("{% colspan cs|length %}合计"),
            columns=3,
        )
    )
    for count in (1, 3, 5):
        content = ours(template, {"cs": list(range(count))})
        assert len(list(words.root(content).iter(f"{W}gridCol"))) == count
