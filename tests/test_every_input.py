"""Every numeric input of every data file, changed in turn: every dependent place changes, nothing else does.

What depends on an input is known from elsewhere than the documents compared: the report's values with and without the
change tell which fields change, and a rendering in which those fields print a mark tells where they stand. The checks
and the year are taken out of a copy of the standards, because one changed figure contradicts the others on purpose.
"""

from __future__ import annotations

import copy
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
import yaml
from lxml import etree

from generator import ExcelTemplate, WordTemplate
from generator.figures import Figure, Paragraphs
from generator.report import read_report
from generator.standard import load_standard

ROOT = Path(__file__).parent.parent
DATA = sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))
PARTS = 8  # of one data file's inputs, so that several processes share them
MARK = "▓"
_NUMBER = re.compile(r"(-?\d+)(\.\d+)?(%?)\Z")


def nodes(node: yaml.Node) -> Iterator[tuple[yaml.Node | None, yaml.Node]]:
    """Every value of a YAML document with its key."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key, value
            yield from nodes(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield None, value
            yield from nodes(value)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The templates with standards that have no checks."""
    folder = tmp_path_factory.mktemp("library") / "templates"
    shutil.copytree(ROOT / "templates", folder)
    for path in (folder / "standards").glob("*.yaml"):
        text = path.read_text("utf-8")
        root = yaml.compose(text, yaml.SafeLoader)
        assert root is not None
        spans = [
            (key.start_mark.index, value.end_mark.index)
            for key, value in nodes(root)
            if isinstance(key, yaml.ScalarNode) and key.value in ("checks", "remove_checks", "fiscal_year")
        ]
        for start, end in sorted(spans, reverse=True):  # a block ends where the next begins, behind its indentation
            text = text[:start] + text[start + len(text[start:end].rstrip()) :]
        path.write_text(text, "utf-8")
    return folder


def inputs(text: str) -> list[tuple[int, int, str]]:
    """Where the numbers of a data file stand, and what each becomes."""
    root = yaml.compose(text, yaml.SafeLoader)
    assert root is not None
    found = []
    for key, value in nodes(root):
        if isinstance(key, yaml.ScalarNode) and key.value == "标准":
            continue
        if isinstance(value, yaml.ScalarNode) and value.style is None and (match := _NUMBER.match(value.value)):
            step = -1 if match[3] and int(match[1]) >= 100 else 1  # a share of a whole has no more than all
            changed = f"{int(match[1]) + step}{match[2] or ''}{match[3]}"
            found.append((value.start_mark.index, value.end_mark.index, changed))
    return sorted(set(found))


def changed(one: Any, other: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of the values that print differently."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in one:
            yield from changed(one[name], other[name], (*path, name))
    elif isinstance(one, list) and isinstance(other, list) and not isinstance(one, Paragraphs):
        assert len(one) == len(other), path
        for index, pair in enumerate(zip(one, other, strict=True)):
            yield from changed(*pair, (*path, index))
    elif str(one) != str(other) or (isinstance(one, Figure) and one != other):
        yield path


class Marked(Figure):
    """A figure that prints as a mark and compares as it did."""

    def __str__(self) -> str:
        return MARK


def marked(context: dict[str, Any], paths: list[tuple[str | int, ...]], figures: bool) -> dict[str, Any]:
    """The context where those values print as a mark.

    Args:
        context: the values.
        paths: which of them.
        figures: whether figures stay figures, which templates may compare; texts otherwise, as a cell shows them.
    """
    context = copy.deepcopy(context)
    for path in paths:
        at: Any = context
        for step in path[:-1]:
            at = at[step]
        value = at[path[-1]]
        if isinstance(value, Paragraphs):
            at[path[-1]] = Paragraphs([MARK] * len(value))
        elif isinstance(value, Figure) and figures:
            at[path[-1]] = Marked(value.value, value.unit, value.places, value.form)
        else:
            at[path[-1]] = MARK
    return context


def lines(content: bytes) -> list[str]:
    """The paragraphs of a report, tables too, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    return ["".join(node.text or "" for node in paragraph.iter("{*}t")) for paragraph in body.iter("{*}p")]


def cells(content: bytes) -> dict[tuple[str, int, int], Any]:
    """The values of a workbook by sheet, row and column, those of formulas as they were kept."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        (name, row, column): value
        for name in book.sheet_names
        for row, values in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1)
        for column, value in enumerate(values, 1)
    }


def formulas_of(content: bytes) -> set[tuple[str, int, int]]:
    """Where a workbook has formulas."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        (sheet.title, cell.row, cell.column)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.mark.parametrize(
    ("name", "part"),
    [
        # every eighth input in the short run, none of the longest report
        pytest.param(name, part, marks=[pytest.mark.slow] if part or name == "wanzhou-2020" else [])
        for name in DATA
        for part in range(PARTS)
    ],
)
def it_changes_every_dependent_place_and_no_other(name: str, part: int, library: Path):
    text = (ROOT / "data" / f"{name}.yaml").read_text("utf-8")
    standard = load_standard(library / "standards" / f"{name}.yaml")
    before = read_report(text.encode(), standard, name=f"{name}.yaml").context()
    templates = {path.suffix: path for path in (standard.template_path(one) for one in standard.documents)}
    word, excel = WordTemplate(templates[".docx"]), ExcelTemplate(templates[".xlsx"])
    old_lines, old_book = lines(word.render(before)), excel.render(before)
    old_cells, formulas = cells(old_book), formulas_of(old_book)
    found = inputs(text)[part::PARTS]
    assert found
    silent = []
    for start, end, number in found:
        data = text[:start] + number + text[end:]
        after = read_report(data.encode(), standard, name=f"{name}.yaml").context()
        paths = list(changed(before, after))
        where = f"{text.count(chr(10), 0, start) + 1}: {text[start:end]} -> {number}"
        assert paths, where
        new_lines = lines(word.render(after))
        held = lines(word.render(marked(before, paths, figures=True)))
        dependent = {index for index, line in enumerate(held) if MARK in line}
        different = {index for index, pair in enumerate(zip(old_lines, new_lines, strict=True)) if len({*pair}) > 1}
        assert different == dependent, where
        new_cells = cells(excel.render(after))
        held_cells = cells(excel.render(marked(before, paths, figures=False)))
        assert new_cells.keys() == old_cells.keys() == held_cells.keys(), where
        dependent_cells = {at for at, one in held_cells.items() if MARK in str(one)}
        different_cells = {at for at, one in new_cells.items() if one != old_cells[at]}
        assert dependent_cells - formulas <= different_cells, where
        assert different_cells - dependent_cells <= formulas, where
        if new_lines == old_lines and not different_cells:
            silent.append(where)
    assert silent == []
