"""A template out of the cache, and rows from an iterator: a fault half-way is told at its tag, never printed over."""

import docx
import openpyxl
import pytest

from generator import InvalidTemplate
from generator.api import open_template


@pytest.fixture(params=["word", "excel"])
def template(request, tmp_path):
    """A template that divides by each of its rows."""
    tags = ("{TR for r in rows %}", "{{ 1 / r }}", "{TR endfor %}")
    if request.param == "word":
        document = docx.Document()
        for tag in tags:
            document.add_paragraph(tag.replace("TR", "%p"))
        path = tmp_path / "甲.docx"
        document.save(path)
    else:
        book = openpyxl.Workbook()
        for tag in tags:
            book.active.append([tag.replace("TR", "%tr")])
        path = tmp_path / "甲.xlsx"
        book.save(path)
    return path


@pytest.mark.parametrize("opened_before", [False, True])
def it_tells_a_fault_half_way_at_its_tag(template, opened_before, tmp_path, monkeypatch):
    monkeypatch.setenv("GENERATOR_CACHE", str(tmp_path / "kept"))
    for _ in range(2 if opened_before else 1):
        opened = open_template(template)
    for _ in range(2):
        with pytest.raises(InvalidTemplate) as told:
            opened.render({"rows": iter([1, 2, 0, 4, 5])})
        (fault,) = told.value.diagnostics
        assert fault.code == "template-failed"
        assert fault.location.place is not None
        assert fault.arguments["tag"] == "{{ 1 / r }}"


def it_prints_no_document_where_a_hidden_iterator_failed(template, tmp_path, monkeypatch):
    monkeypatch.setenv("GENERATOR_CACHE", str(tmp_path / "kept"))
    for _ in range(2):
        opened = open_template(template)
        with pytest.raises((InvalidTemplate, ZeroDivisionError)):
            opened.render({"rows": _Once([1, 0, 3])}, trusted=True)


class _Once:
    """Rows that are there once, in something that is no iterator itself."""

    def __init__(self, rows):
        self.rows = iter(rows)

    def __iter__(self):
        return self.rows
