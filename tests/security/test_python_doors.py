"""What a Python caller hands in by mistake: a finding or a `TypeError` in plain words, never an error of what lies within."""

import datetime
import io
import os
import shutil
import sys
from pathlib import Path

import pytest

import generator
from generator import ExcelTemplate, WordTemplate, compare, load_standard, marked, render_batch, show, tracked
from generator.api import examine, lint, open_template, read_context, with_page_numbers
from generator.diagnostics import Failure, Invalid, InvalidTemplate
from generator.ooxml.limits import Limits, within
from generator.ooxml.package import read_bytes
from tests.security.attacks import one_cell
from tests.support.words import document, paragraph

ROOT = Path(__file__).parents[2]
DOCUMENT = document(paragraph("{{ x }}"))
WORKBOOK = one_cell("{{ x }}")


class NoNumberOfBytes:
    def read(self, *_: object) -> int:
        return 5


class WithoutEnd:
    name = 5  # as of a file that is opened by its descriptor

    def read(self, count: int = -1) -> bytes:
        return b"\0" * (count if count > 0 else 1 << 20)


ODD = {
    "nothing": None, "a number": 5, "a fraction": 1.5, "a truth value": True, "a list": ["a"], "a mapping": {"a": 1}, "a class": str,
    "an object": object(), "a generator": (one for one in "a"), "a text file": io.StringIO("标准: shifeng-2020"),
    "what reads numbers": NoNumberOfBytes(), "a date": datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC), "a set": {"a"},
    "a null character": "a\0b", "half a character": "\ud800", "a very long name": "x" * 100_000, "no name": "", "no bytes": b"",
    "bytes that are no file": b"PK\3\4", "a folder": ".", "an empty file": io.BytesIO(b""), "a path that leads nowhere": Path("nope"),
    "signs of a terminal": "\x1b[31m\u202e",
}  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    shutil.copyfile(ROOT / "data" / "shifeng-2020.yaml", "s.yaml")


@pytest.fixture(scope="module")
def standard():
    return load_standard(ROOT / "templates" / "standards" / "shifeng-2020.yaml")


@pytest.fixture(scope="module")
def report(standard):
    return standard.read(ROOT / "data" / "shifeng-2020.yaml")


DOORS = {
    "load_standard": lambda odd, *_: load_standard(odd),
    "read": lambda odd, standard, _: standard.read(odd),
    "form": lambda odd, standard, _: standard.form(odd) if odd is not None else None,
    "value": lambda odd, _, report: report.value(odd),
    "explain": lambda odd, _, report: report.explain(odd),
    "look_up": lambda odd, _, report: report.look_up(odd),
    "date": lambda odd, _, report: report.documents(date=odd) if odd else None,
    "Word": lambda odd, *_: WordTemplate(odd),
    "Excel": lambda odd, *_: ExcelTemplate(odd),
    "Word's context": lambda odd, *_: WordTemplate(DOCUMENT).render(odd),
    "Excel's context": lambda odd, *_: ExcelTemplate(WORKBOOK).render(odd),
    "lint": lambda odd, *_: lint(odd),
    "lint by a standard": lambda odd, *_: lint("a.docx", odd),
    "open_template": lambda odd, *_: open_template(odd),
    "read_context": lambda odd, *_: read_context(odd),
    "show": lambda odd, *_: show(odd),
    "compare": lambda odd, *_: compare(odd, DOCUMENT),
    "compare with": lambda odd, *_: compare(DOCUMENT, odd),
    "level": lambda odd, *_: compare(DOCUMENT, DOCUMENT, level=odd),
    "tolerance": lambda odd, *_: compare(DOCUMENT, DOCUMENT, tolerance=odd),
    "a rule": lambda odd, *_: compare(DOCUMENT, DOCUMENT, ignore=[odd]),
    "rules": lambda odd, *_: compare(DOCUMENT, DOCUMENT, rules=odd),
    "marked": lambda odd, *_: marked(WORKBOOK, odd),
    "tracked": lambda odd, *_: tracked(odd, DOCUMENT),
    "examine": lambda odd, *_: examine(odd),
    "examine by": lambda odd, *_: examine("s.yaml", odd),
    "page numbers": lambda odd, *_: with_page_numbers(odd),
    "batch": lambda odd, *_: render_batch(odd, "o"),
    "batch of one": lambda odd, *_: render_batch([odd], "o"),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", ODD)
def it_refuses_in_plain_words(door, name, standard, report):
    odd = ODD[name]
    if isinstance(odd, io.IOBase):
        odd.seek(0)
    refused: Exception | None = None
    try:
        DOORS[door](odd, standard, report)
    except (Invalid, TypeError) as fault:
        refused = fault
    except KeyError:
        refused = None if door == "value" else AssertionError("no name of a field")  # as it says
    assert refused is None or str(refused)
    assert not isinstance(refused, AssertionError)
    assert all(found.message for found in getattr(refused, "diagnostics", ()))


def it_holds_every_public_name():
    tried = {
        "WordTemplate",
        "ExcelTemplate",
        "compare",
        "load_standard",
        "marked",
        "render_batch",
        "show",
        "tracked",
        "with_page_numbers",
    }
    made = {"Failure", "InvalidDocument", "InvalidReport", "InvalidStandard", "InvalidTemplate", "Report", "Standard"}
    assert tried | made | {"settled"} == set(generator.__all__)


def it_reads_no_file_without_an_end():
    with within(Limits(package=1 << 22)), pytest.raises(Failure) as refusal:
        read_bytes(WithoutEnd())  # type: ignore[arg-type]
    assert [found.code for found in refusal.value.diagnostics] == ["package-too-large"]


def it_takes_bytes_of_every_kind_and_files_by_their_descriptor(tmp_path, standard):
    for content in (bytearray(DOCUMENT), memoryview(DOCUMENT), io.BytesIO(DOCUMENT)):
        assert WordTemplate(content).render({"x": 1}) == WordTemplate(DOCUMENT).render({"x": 1})  # type: ignore[arg-type]
    descriptor = os.open("s.yaml", os.O_RDONLY)
    with os.fdopen(descriptor, "rb") as file:  # its name is a number
        assert standard.read(file).value("年度") is not None


def it_takes_one_name_for_one_file():
    assert [result.data for result in render_batch("s.yaml", "o")] == ["s.yaml"]
    assert [result.data for result in render_batch(Path("s.yaml"), "o")] == ["s.yaml"]


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "长" * 300])
def it_tells_of_names_that_no_system_takes_in_a_batch(name):
    (result,) = render_batch([name], "o")
    assert {found.code for found in result.diagnostics} <= {"file-missing", "file-unreadable"}
    assert result.diagnostics


class Key(str):
    """A key that does not say what it is."""

    __hash__ = str.__hash__

    def __str__(self) -> str:
        raise RuntimeError("never asked")

    def __format__(self, form: str) -> str:
        raise RuntimeError("never asked")

    __repr__ = __str__


class Pretender:
    """An object that lies about its class, or fails to say it."""

    @property
    def __class__(self):  # pyright: ignore[reportIncompatibleMethodOverride]
        raise RuntimeError("never asked")


@pytest.mark.parametrize(
    "context",
    [
        {"x": Pretender()},
        {"x": {Key("a"): 1}},
        {Key("x"): 1},
        {"x": {Key("a")}},
        {"x": [Pretender()]},
        {"x": {(Key("a"),)}},
    ],
)
def it_asks_odd_objects_in_a_context_nothing(context):
    for template in (WordTemplate(DOCUMENT), ExcelTemplate(WORKBOOK)):
        with pytest.raises(InvalidTemplate) as refusal:
            template.render(context)
        assert {found.code for found in refusal.value.diagnostics} == {"template-context-value"}


def it_survives_a_context_of_very_many_levels():
    deep: list[object] = []
    for _ in range(sys.getrecursionlimit() * 20):
        deep = [deep]
    for template in (WordTemplate(DOCUMENT), ExcelTemplate(WORKBOOK)):
        with pytest.raises(InvalidTemplate):
            template.render({"x": deep})
