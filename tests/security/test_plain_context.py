"""Templates get plain values, figures and what prints; a path, a file, a model or a function is the caller's own decision."""

import collections
import csv
import dataclasses
import datetime
import decimal
import enum
import io
import os
import pathlib
import types

import docxtpl
import pydantic
import pytest
from markupsafe import Markup

from generator.api import examine
from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from generator.figures import Figure
from generator.ooxml.limits import Limits, within
from generator.template.image import image
from generator.word import WordTemplate
from tests.security.attacks import one_cell
from tests.support.pictures import picture
from tests.support.words import document, paragraph, texts

ROOT = pathlib.Path(__file__).parents[2]


class Account:
    """What a web application might hand over."""

    secret = "口令"

    def drop(self) -> str:
        raise AssertionError("a template called it")


class Model(pydantic.BaseModel):
    name: str = "甲"


@dataclasses.dataclass
class Row:
    name: str = "甲"


class Colour(enum.Enum):
    RED = 1


class Named(dict):  # type: ignore[type-arg]
    def drop(self) -> None:
        raise AssertionError("a template called it")


def report() -> object:
    return examine(ROOT / "data" / "shifeng-2020.yaml").report


ODD = {
    "object": Account,
    "class": lambda: Account,
    "function": lambda: print,
    "method": lambda: "x".upper,
    "lambda": lambda: lambda: 1,
    "path": lambda: pathlib.Path("/etc/passwd"),
    "file": lambda: io.StringIO("x"),
    "module": lambda: io,
    "model": Model,
    "dataclass": Row,
    "enumeration": lambda: Colour.RED,
    "namespace": lambda: types.SimpleNamespace(a=1),
    "mapping of its own": Named,
    "report": report,
    "range that takes for ever to look through": lambda: range(10**12),
    "template": lambda: WordTemplate(document(paragraph("甲"))),
}
PLACES = {
    "x": lambda value: {"x": value},
    "x.a": lambda value: {"x": {"a": value}},
    "x[1]": lambda value: {"x": [1, value]},
    "x[0].a": lambda value: {"x": [{"a": value}, {"a": 1}]},
    "x[0][0].b": lambda value: {"x": [({"b": value},)]},
}
PLAIN = {
    "values": [None, True, 1, 1.5, decimal.Decimal("1.10"), "甲", b"x"],
    "dates": [datetime.date(2020, 1, 2), datetime.datetime(2020, 1, 2, 3, 4, tzinfo=datetime.UTC), datetime.time(1, 2)],
    "containers": [{"a": [1, (2, 3)], 4: {5}}, collections.OrderedDict(a=1), collections.deque([1])],
    "named tuples": [collections.namedtuple("P", "a b")(1, 2)],
    "figures": [Figure(decimal.Decimal("1.1"))],
    "markup": [Markup("x")],
    "objects": [docxtpl.RichText("甲"), docxtpl.Listing("甲\n乙"), image(picture())],
}


def templates() -> list[WordTemplate | ExcelTemplate]:
    return [WordTemplate(document(paragraph("{{ y }}"))), ExcelTemplate(one_cell("{{ y }}"))]


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("path", PLACES)
def it_refuses_anything_else_and_names_where_it_is(kind, path):
    for template in templates():
        with pytest.raises(InvalidTemplate) as caught:
            template.render({"y": 1, **PLACES[path](ODD[kind]())})
        (finding,) = caught.value.diagnostics
        assert finding.code == "template-context-value"
        assert f"“{path}”" in finding.message


@pytest.mark.parametrize("kind", PLAIN)
def it_takes_what_prints(kind):
    for template in templates():
        template.render({"y": 1, "x": PLAIN[kind]})


def it_lets_anything_through_where_the_caller_trusts_the_template():
    template = WordTemplate(document(paragraph("{{ x.secret }}")))
    assert texts(template.render({"x": Account()}, trusted=True)) == ["口令"]
    with pytest.raises(InvalidTemplate):
        template.render({"x": Account()})


def it_looks_at_the_items_of_iterators_as_they_run():
    for make in (
        iter,
        lambda rows: (row for row in rows),
        lambda rows: map(dict, rows),
        lambda rows: filter(None, rows),
    ):
        template = WordTemplate(document(paragraph("{% for r in rows %}{{ r.a }}{% endfor %}")))
        assert texts(template.render({"rows": make([{"a": 1}, {"a": 2}])})) == ["12"]
        with pytest.raises(InvalidTemplate) as caught:
            template.render({"rows": make([{"a": 1}, {"a": Account()}])})
        assert "“rows[1].a”" in caught.value.diagnostics[0].message
    template = ExcelTemplate(one_cell("{% for r in rows %}{{ r[0] }}{% endfor %}"))
    assert template.render({"rows": csv.reader(["甲,乙"])})


def it_leaves_the_callers_context_as_it_was():
    rows = iter([1, 2])
    context = {"x": {"rows": rows}, "y": 1}
    templates()[0].render(context)
    assert context["x"] == {"rows": rows}  # type: ignore[comparison-overlap]
    assert list(rows) == [1, 2]


def it_takes_a_context_that_holds_itself():
    loop: dict[str, object] = {"y": 1}
    loop["self"] = loop
    loop["list"] = [loop]
    for template in templates():
        assert template.render(loop)


@pytest.mark.parametrize("trusted", [False, True])
@pytest.mark.parametrize("make", [WordTemplate, ExcelTemplate])
def it_prints_none_that_holds_itself_or_unfolds_without_end(make, trusted):
    loop: dict[str, object] = {}
    loop["a"] = [loop]
    doubled: list[object] = ["甲"]
    for _ in range(40):
        doubled = [doubled, doubled]
    template = make(document(paragraph("{{ x }}")) if make is WordTemplate else one_cell("{{ x }}"))
    for value, code in ((loop, "template-too-complex"), (doubled, "template-too-large")):
        with within(Limits(characters=1_000_000)), pytest.raises(InvalidTemplate) as caught:
            template.render({"x": value}, trusted=trusted)
        assert [one.code for one in caught.value.diagnostics] == [code]


def it_hides_nothing_in_keys_defaults_or_depths():
    deep: object = Account()
    for _ in range(300):
        deep = [deep]
    for value, path in (
        ({(Account, 1): 1}, "x.keys()[0]"),
        (collections.defaultdict(Account), "x"),
        (memoryview(b"a"), "x"),
        (deep, "x" + "[0]" * 26 + "[…"),
    ):
        for template in templates():
            with pytest.raises(InvalidTemplate) as caught:
                template.render({"x": value, "y": 1})
            assert f"“{path}”" in caught.value.diagnostics[0].message
    assert templates()[0].render({"x": collections.defaultdict(list), "y": 1})


def it_is_what_docxtpl_lets_through(tmp_path):
    """docxtpl hands whatever it gets to the template, which calls it."""
    path = tmp_path / "a.docx"
    path.write_bytes(
        document(paragraph("{{ x.__class__.__mro__[-1].__subclasses__()|length > 1 }}{{ p.read_text() }}"))
    )
    (tmp_path / "secret").write_text("口令", encoding="utf-8")
    template = docxtpl.DocxTemplate(path)
    template.render({"x": 1, "p": tmp_path / "secret"})
    template.save(tmp_path / "b.docx")
    assert texts((tmp_path / "b.docx").read_bytes()) == ["True口令"]


def it_looks_at_every_one_of_many_rows(tmp_path):
    """Python's collector tracks neither such rows nor this entry of a folder, so it cannot tell them from plain ones."""
    (tmp_path / "secret").touch()
    with os.scandir(tmp_path) as entries:
        rows = [{"a": number, "b": "x"} for number in range(5_000)]
        rows[152] = {"a": next(entries), "b": "x"}
    template = WordTemplate(document(paragraph("{% for r in rows %}{{ r.a.path }}{% endfor %}")))
    with pytest.raises(InvalidTemplate) as refused:
        template.render({"rows": rows})
    assert [(found.code, found.arguments["path"]) for found in refused.value.diagnostics] == [
        ("template-context-value", "rows[152].a")
    ]


def it_prints_a_set_in_one_order_whatever_the_hash_seed():
    """Texts of a set come in another order in every process: the same data gave other bytes."""
    words = [f"第{n:03}项" for n in range(200)]
    template = WordTemplate(
        document(paragraph("{{ s|join(',') }}"), paragraph("{{ a.b[0]|first }}{{ '第005项' in s }}"))
    )
    assert texts(template.render({"s": {*words}, "a": {"b": [frozenset(words)]}})) == [",".join(words), "第000项True"]
