"""Addresses of cells and areas: read, moved, left out where there is no such cell."""

import pytest

from generator.ooxml.addresses import parse_area, parse_areas, shift_area


def corners(text: str) -> tuple:
    area = parse_area(text)
    assert area is not None
    return area.left, area.top, area.right, area.bottom, area.single


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("B3", ((2, False), (3, False), (2, False), (3, False), True)),
        ("B3:C5", ((2, False), (3, False), (3, False), (5, False), False)),
        ("C5:B3", ((2, False), (3, False), (3, False), (5, False), False)),  # corners in any order
        ("$B3:B$5", ((2, True), (3, False), (2, False), (5, True), False)),  # each corner keeps its own $
        ("$A$1:A1", ((1, True), (1, True), (1, False), (1, False), False)),
        ("B:C", ((2, False), None, (3, False), None, False)),
        ("C:$B", ((2, True), None, (3, False), None, False)),
        ("3:5", (None, (3, False), None, (5, False), False)),
        ("$5:3", (None, (3, False), None, (5, True), False)),
        ("XFD1048576", ((16384, False), (1048576, False), (16384, False), (1048576, False), True)),
    ],
)
def it_reads_an_area(text, expected):
    assert corners(text) == expected


@pytest.mark.parametrize("text", ["", "B0", "XFE1", "A1048577", "A1:XFE2", "A1:B1048577", "5", "B", "一1"])
def it_knows_what_is_no_area(text):
    assert parse_area(text) is None


def it_reads_the_areas_of_a_list():
    assert [area.single for area in parse_areas("A1 B2:C3 nothing D4")] == [True, False, True]


@pytest.mark.parametrize(
    ("text", "rows", "columns", "expected"),
    [
        ("A1:B2", 1, 2, "C2:D3"),
        ("A1", 1, 2, "C2"),
        ("$A1:B$2", 1, 2, "$A2:D$2"),
        ("A:B", 5, 1, "B:C"),
        ("1:2", 5, 1, "6:7"),
        ("B2:C3", -1, -1, "A1:B2"),
        ("B2:C3", -2, 0, None),
        ("B2:C3", 0, -2, None),
        ("A1:XFC1", 0, 1, "B1:XFD1"),
        ("A1:XFD1", 0, 1, None),
        ("A1:A1048576", 1, 0, None),
    ],
)
def it_moves_an_area_as_a_copied_formula_does(text, rows, columns, expected):
    area = parse_area(text)
    assert area is not None
    assert shift_area(area, rows, columns) == (None if expected is None else parse_area(expected))
