"""Command lines that are read without Typer: the same values as Typer reads, and only where nothing is to be found out."""

import inspect
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

from generator.cli.app import COMMANDS, registers
from generator.cli.declared import Option
from generator.cli.parameters import take_plainly
from generator.cli.plain_arguments import plain_call
from generator.cli.typer_application import build

WORDS = [
    "a",
    "b.yaml",
    "-",
    "5",
    "0",
    "99",
    "-1",
    "x=y",
    "",
    "text",
    "json",
    "docx",
    "visual",
    "--",
    "--help",
    "-x",
    "--strict",
]


@cache
def application(name):
    command = get_command(build("zh", [name]))
    take_plainly(command)
    return command


def read_by_typer(arguments):
    """The values by name, as a command's function gets them."""
    command, context = application(arguments[0]), None
    words, name = [*arguments], "generator"
    while True:
        context = command.make_context(name, words, parent=context)
        if not hasattr(command, "commands"):
            return context.params
        name, command, words = command.resolve_command(context, [*context._protected_args, *context.args])


def read_plainly(arguments):
    """The same without Typer; None where the line is not plain."""
    call = plain_call(arguments, registers(arguments[0]), "zh")
    if call is None:
        return None
    defaults = {name: one.default for name, one in inspect.signature(call.func).parameters.items()}
    return {**defaults, **call.keywords}


def without_empty_lists(values):
    return {name: value or None if isinstance(value, list | tuple) else value for name, value in values.items()}


def declared(name):
    """The words of every command under a name, with its parameters."""
    found = {}

    class Taking:
        def __init__(self, *words):
            self.words = words

        def command(self, **_):
            def add(function):
                found[*self.words, function.__name__] = [
                    (one.__metadata__[0], one.__origin__)
                    for key, one in function.__annotations__.items()
                    if key != "return"
                ]

            return add

        def group(self, name, **_):
            return Taking(*self.words, name)

    registers(name)(Taking(), "zh")
    return found


EVERY = {words: parameters for name in COMMANDS for words, parameters in declared(name).items()}


@st.composite
def lines(draw):
    """Command lines of every command: most of them as it wants them, some with words that it does not."""
    words, parameters = draw(st.sampled_from(sorted(EVERY.items(), key=lambda one: one[0])))
    parts = []
    for parameter, kind in parameters:
        value = draw(st.sampled_from(WORDS[:8]))
        choices = [
            choice.value
            for one in (kind, *getattr(kind, "__args__", ()))
            for choice in getattr(one, "__members__", {}).values()
        ]
        if choices:
            value = draw(st.sampled_from(choices))
        if kind is int or kind == int | None:
            value = draw(st.sampled_from(["1", "5", "0", "70", "x", "007", "٣"]))
        if not isinstance(parameter, Option):
            parts += [[value]] * draw(st.sampled_from([1, 1, 1, 2, 0]))
        elif draw(st.integers(0, 2)) == 0 or "-o" in parameter.names:
            typed = draw(st.sampled_from(parameter.names))
            parts.append(
                [typed]
                if kind is bool
                else draw(st.sampled_from([[typed, value], [typed, value], [f"{typed}={value}"]]))
            )
    if draw(st.integers(0, 4)) == 0:
        parts.append([draw(st.sampled_from(WORDS))])
    return [*words, *(word for part in draw(st.permutations(parts)) for word in part)]


@given(lines())
def it_reads_as_typer_does(arguments):
    plain = read_plainly(arguments)
    if plain is not None:
        assert without_empty_lists(plain) == without_empty_lists(read_by_typer(arguments))


@pytest.mark.parametrize(
    "line",
    [
        "check a.yaml",
        "check a.yaml b.yaml --strict --format json --workers 2",
        "check --mark m.xlsx --format=json -",
        "render a.yaml -o out --force --only docx",
        "fill t.docx c.json -o out.docx --empty",
        "lint shifeng-2020 --standard x",
        "diff a.docx b.docx --ignore x --ignore y --level format --max=3",
        "form shifeng-2020 -o f.xlsx --fill a=b --fill c=d",
        "standard init x --template a.docx --template b.docx",
        "cache clear",
        "verify a.docx",
    ],
)
def it_reads_plain_lines_by_itself(line):
    plain = read_plainly(line.split())
    assert plain is not None
    assert without_empty_lists(plain) == without_empty_lists(read_by_typer(line.split()))


@pytest.mark.parametrize(
    "line",
    [
        "check",
        "check --strict",
        "check a.yaml --format=yaml",
        "check a.yaml --strict=1",
        "check a.yaml --mark=",
        "check a.yaml --format yaml",
        "check a.yaml --stric",
        "check a.yaml --workers x",
        "check a.yaml --workers 1 --workers 2",
        "check a.yaml -- --strict",
        "check a.yaml --help",
        "check a.yaml --mark",
        "check a.yaml --mark --strict",
        "diff a.docx b.docx c.docx",
        "diff a.docx b.docx --max 0",
        "fill t.docx c.json",
        "standard",
        "standard nonsense",
    ],
)
def it_leaves_all_else_to_typer(line):
    assert read_plainly(line.split()) is None


def it_leaves_completion_to_typer(monkeypatch):
    monkeypatch.setenv("_GENERATOR_COMPLETE", "complete_bash")
    assert read_plainly(["check", "a.yaml"]) is None
