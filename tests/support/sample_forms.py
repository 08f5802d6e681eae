"""The filled-in forms of the samples, each made once a process: making one takes as long as what most tests do with it."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import openpyxl

from generator.form.forms import form_of

DATA = Path(__file__).parents[2] / "data"


@cache
def sample_form(name: str) -> bytes:
    """The form of `data/<name>.yaml`, filled in."""
    return form_of(DATA / f"{name}.yaml").content


def sample_book(name: str) -> openpyxl.Workbook:
    """That form, to be changed and saved."""
    return openpyxl.load_workbook(io.BytesIO(sample_form(name)))


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a form that was changed."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
