"""A fictional second unit renders without one name or figure of the first: nothing of a unit stands in a standard.

For every tests/cases/<id>-second-unit/data.yaml: no clause and no telling number of data/<id>.yaml comes out in the
second unit's documents, unless its own data holds it too.
"""

from __future__ import annotations

import re
from pathlib import Path

import docx
import openpyxl
import pytest
import yaml

from generator import load_standard

ROOT = Path(__file__).parent.parent
CLAUSE = 5  # characters from which a piece of text tells where it comes from
_PIECES = re.compile(r"\{\{.*?\}\}|[^\w%“”《》]+", re.S)
_NUMBERS = re.compile(r"\d+\.\d+|\d{3,}")


def units() -> list[str]:
    return sorted(path.parent.name for path in (ROOT / "tests/cases").glob("*-second-unit/data.yaml"))


def leaves(value: object) -> list[str]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in leaves(item)]
    return [str(value)]


def data(path: Path) -> list[str]:
    found = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return leaves({name: value for name, value in found.items() if name not in ("标准", "standard")})


def text_of(path: Path) -> str:
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        parts = [document.element.body, *(section.footer._element for section in document.sections)]
        return "\n".join(
            "".join(node.text or "" for node in paragraph.iter("{*}t"))
            for part in parts
            for paragraph in part.iter("{*}p")
        )
    book = openpyxl.load_workbook(path, data_only=True)
    return "\n".join(
        str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value is not None
    )


@pytest.mark.parametrize("case", units())
def it_prints_nothing_of_the_first_unit(case: str, tmp_path: Path):
    name = case.removesuffix("-second-unit")
    second = ROOT / "tests/cases" / case / "data.yaml"
    paths = [Path(path) for path in load_standard(name).read(second).render(tmp_path)]
    assert {path.suffix for path in paths} >= {".docx", ".xlsx"}
    printed = "\n".join([*(path.name for path in paths), *map(text_of, paths)])
    own = "\n".join(data(second))
    first = data(ROOT / "data" / f"{name}.yaml")
    clauses = {piece for leaf in first for piece in _PIECES.split(leaf) if len(piece) >= CLAUSE}
    numbers = {number for leaf in first for number in _NUMBERS.findall(leaf)} - {"100"}
    numbers -= {str(year) for year in range(2000, 2100)}  # both report on the standard's year
    assert len(clauses) > 50
    assert [clause for clause in sorted(clauses) if clause in printed and clause not in own] == []
    assert [
        number
        for number in sorted(numbers)
        if number not in _NUMBERS.findall(own) and number in _NUMBERS.findall(printed)
    ] == []
