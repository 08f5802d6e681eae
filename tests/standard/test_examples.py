"""The page of examples: each is loaded, checked and printed as it says; every construct of the language stands in one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest
import yaml

from generator.diagnostics.catalogue import catalogue
from generator.figures import PRINT_FILTERS, printing_a_report
from generator.formula.functions import FUNCTIONS
from generator.lint import lint_standard
from generator.report import Report, examine
from generator.standard import load_standard
from generator.standard.entries import (
    ChangeEntry,
    CheckEntry,
    DocumentEntry,
    FieldEntry,
    FileEntry,
    ParameterEntry,
    SummaryEntry,
    TypeEntry,
)
from generator.standard.kinds import KINDS
from generator.word import WordTemplate
from tests.support.words import document, paragraph, texts

DOCS = Path(__file__).parents[2] / "docs"
CHINESE, ENGLISH = ((DOCS / name).read_text(encoding="utf-8") for name in ("examples.zh-CN.md", "examples.md"))


class Example(NamedTuple):
    """An example of the page: YAML blocks, rows of its table."""

    title: str
    blocks: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]

    @property
    def standard(self) -> str:
        return next(one for one in self.blocks if one.startswith("standard:"))

    @property
    def data(self) -> str:
        return next(one for one in self.blocks if one.startswith("标准:"))


def examples(page: str) -> Iterator[Example]:
    for part in re.split(r"(?m)^## ", page)[1:]:
        rows = re.findall(r"(?m)^\| `(.+)` \| (.+) \|$", part)
        yield Example(
            part.splitlines()[0],
            tuple(re.findall(r"(?ms)^```yaml\n(.*?)^```$", part)),
            tuple((what.replace("\\|", "|"), result) for what, result in rows),
        )


EXAMPLES = list(examples(CHINESE))


def it_says_the_same_in_both_languages():
    assert [one[1:] for one in examples(ENGLISH)] == [one[1:] for one in EXAMPLES]


@pytest.fixture(params=EXAMPLES, ids=[one.title for one in EXAMPLES])
def example(request, tmp_path, monkeypatch) -> Example:
    """An example as its reader saves it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GENERATOR_LIBRARY", raising=False)
    one: Example = request.param
    for block in one.blocks:
        if not block.startswith("标准:"):
            name = re.match(r"(?:standard|library): (\S+)", block)
            assert name
            path = Path("templates/standards") / f"{name[1]}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block, encoding="utf-8")
    for template in re.findall(r"template: (docx/\S+\.docx)", one.standard):
        path = Path("templates") / template
        path.parent.mkdir(exist_ok=True)
        docx.Document().save(str(path))
    Path("数据.yaml").write_text(one.data, encoding="utf-8")
    return one


def shown(value: Any) -> str:
    return "／".join(value) if isinstance(value, tuple) else str(value)


def printed(report: Report, tag: str) -> str:
    escaped = tag.replace("&", "&amp;").replace("<", "&lt;")
    with printing_a_report():
        return "／".join(texts(WordTemplate(document(paragraph(escaped))).render(report.context())))


def summed_up(report: Report) -> str:
    from generator.distribution.collection import collect

    found = collect("例-2024", ["数据.yaml"])
    return "、".join(str(value) for value in found.submissions[0].values)


def it_comes_out_as_it_says(example):
    report, found = examine("数据.yaml")
    assert report is not None, [str(one) for one in found]
    told = [(one.code, f"{one.location.line}:{one.location.column}") for one in found]
    assert told == [row for row in example.rows if row[0] in catalogue()]
    for what, result in example.rows:
        if what in catalogue():
            continue
        if "{{" in what or "{%" in what:
            assert printed(report, what) == result, what
        elif what == "documents":
            assert "、".join(name for _, name in report.documents()) == result
        elif what == "summary":
            assert summed_up(report) == result
        else:
            assert shown(report.value(what)) == result, what


def it_is_sound(example):
    """Lint has nothing against an example but that it has no templates."""
    quiet = ("lint-field-unprinted", "lint-no-floor")
    found = [one for one in lint_standard(load_standard("例-2024")) if one.code not in quiet]
    assert [str(one) for one in found] == []


def keys(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield str(key)
            yield from keys(value)
    elif isinstance(node, list):
        for value in node:
            yield from keys(value)


def constructs() -> dict[str, set[str]]:
    """What the language has, by kind, as the program reads it."""
    entries = (FileEntry, FieldEntry, TypeEntry, CheckEntry, ParameterEntry, DocumentEntry, ChangeEntry, SummaryEntry)
    said = {"template", "description"}  # a summary's own template, a file's description: told in the guides
    return {
        "key": {key for entry in entries for key in entry.keys} - said,
        "type": {*KINDS, "list of", "optional"},
        "function": set(FUNCTIONS),
        "operator": {
            "+",
            "-",
            "*",
            "/",
            "~",
            "==",
            "<",
            ">",
            "<=",
            "and",
            "or",
            "not",
            "in",
            "not in",
            "if",
            "本.",
            "报告.",
        },
        "data": {"标准", "另载", "保留", "公布", "理由"},
    }


@pytest.mark.parametrize("kind", constructs())
def it_has_an_example_of_every_construct(kind):
    standards = [one for example in EXAMPLES for one in example.blocks if not one.startswith("标准:")]
    data = [example.data for example in EXAMPLES]
    wanted = constructs()[kind]
    if kind == "key":
        there = {key for one in standards for key in keys(yaml.safe_load(one))}
    elif kind == "data":
        there = {key for one in data for key in keys(yaml.safe_load(one))}
    elif kind == "function":
        there = {name for one in standards for name in re.findall(r"(\w+)\(", one)}
    elif kind == "type":
        there = {word for word in wanted for one in standards if re.search(rf"(?<!\w){word}(?!\w)", one)}
    else:
        there = {sign for sign in wanted for one in standards if sign in one}
    assert wanted - there == set()


def it_prints_by_every_kind_of_filter():
    there = {name for example in EXAMPLES for what, _ in example.rows for name in re.findall(r"\|(\w+)", what)}
    assert {"fixed", "千分位", "date", "编号"} <= there & {*PRINT_FILTERS}
