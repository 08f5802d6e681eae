"""Runs of merged cells."""

from generator.template.merging import Runs, same


def starts(rows):
    """The starting rows that a table of `vm` values gives."""
    runs, table = Runs(), "t"
    runs.begin(table)
    found = []
    for values in rows:
        runs.row(table)
        found.append([runs.start_of(table, column, value) for column, value in enumerate(values)])
    return found


def it_merges_while_the_value_and_all_to_its_left_stay_the_same():
    assert starts([("a", "x"), ("a", "x"), ("b", "x"), ("b", "y"), ("b", "y")]) == [
        [1, 1],
        [1, 1],
        [3, 3],
        [3, 4],
        [3, 4],
    ]


def it_tells_records_apart_that_read_alike():
    one, two = {"名称": "数量指标"}, {"名称": "数量指标"}
    assert starts([(one,), (one,), (two,)]) == [[1], [1], [3]]
    assert same(one, one)
    assert not same(one, two)
    assert same(1, 1.0)
    assert not same(1, True)


def it_ends_a_run_at_a_row_without_the_column_and_at_a_new_loop():
    runs = Runs()
    runs.begin("t")
    runs.row("t")
    assert not runs.continues("t", 0, "a")
    runs.row("t")
    runs.row("t")
    assert not runs.continues("t", 0, "a")
    runs.begin("t")
    runs.row("t")
    assert not runs.continues("t", 0, "a")
    runs.row("t")
    assert runs.continues("t", 0, "a")
