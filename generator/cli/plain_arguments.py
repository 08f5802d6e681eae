"""Command lines in which nothing is to be found out, read without Typer.

Options are written out, values are of their kind, nothing is twice, missing or too much. All else, help
and completion go Typer's way, which words what is wrong; a test holds that both read the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from generator.cli.declared import Function, Option, Parameter
from generator.cli.parameters import NOT_PLAIN, is_between, plain_value


class _Plain:
    """Commands by their words."""

    def __init__(self, found: dict[tuple[str, ...], Callable[..., Any]], *words: str) -> None:
        self.found = found
        self._words = words

    def command(self, *, help: str) -> Callable[[Function], Function]:  # noqa: A002  as Typer calls it
        def add(function: Function) -> Function:
            self.found[*self._words, function.__name__] = function
            return function

        return add

    def group(self, name: str, *, help: str) -> _Plain:  # noqa: A002  as Typer calls it
        return _Plain(self.found, *self._words, name)


def plain_call(
    arguments: Sequence[str], register: Callable[[Any, str], None], language: str
) -> Callable[[], Any] | None:
    """What a command line asks for, to be called; None where it is not plain.

    Args:
        arguments: the command's words and what follows.
        register: adds the command, or the group, that the first word names.
        language: of what it prints.
    """
    if "_GENERATOR_COMPLETE" in os.environ:
        return None
    commands: dict[tuple[str, ...], Callable[..., Any]] = {}
    register(_Plain(commands), language)
    for words, function in commands.items():
        if tuple(arguments[: len(words)]) == words:
            values = _values(function, arguments[len(words) :])
            return None if values is None else partial(function, **values)
    return None


def _values(function: Callable[..., Any], words: Sequence[str]) -> dict[str, Any] | None:
    """The arguments of a function as they were typed; None where they are not plain."""
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    required = names[: len(names) - len(function.__defaults__ or ())]
    declared = {name: function.__annotations__[name] for name in names}
    values: dict[str, Any] = {}
    options = {typed: name for name, one in declared.items() for typed in one.__metadata__[0].names}
    rest: list[str] = []
    pending = iter(words)
    for word in pending:
        typed, equals, value = word.partition("=") if word[:2] == "--" else (word, "", "")
        name = options.get(typed)
        if name is None:
            if (word[:1] == "-" and word != "-") or not word:
                return None
            rest.append(word)
        elif (equals and _kind(declared[name].__origin__)[0] is bool) or not _take_option(
            values, name, declared[name], iter([value]) if equals else pending
        ):
            return None
    arguments = [(name, one) for name, one in declared.items() if not isinstance(one.__metadata__[0], Option)]
    if not _take_arguments(values, arguments, rest) or not values.keys() >= {*required}:
        return None
    return values


def _take_option(values: dict[str, Any], name: str, declared: Any, pending: Any) -> bool:
    """Take what follows an option; whether that is plain."""
    kind, many = _kind(declared.__origin__)
    if name in values and not many:
        return False
    if kind is bool:
        values[name] = True
        return True
    word = next(pending, "")
    if not word or (word[0] == "-" and word != "-"):
        return False
    value = _value(word, kind, declared.__metadata__[0])
    values[name] = [*values.get(name, ()), value] if many else value
    return value is not NOT_PLAIN


def _take_arguments(values: dict[str, Any], declared: list[tuple[str, Any]], words: list[str]) -> bool:
    """Take what stands in its place; whether each has one, and each place what it needs."""
    for position, (name, one) in enumerate(declared):
        kind, many = _kind(one.__origin__)
        if many:  # the last
            taken, words = words, []
            if not taken or position < len(declared) - 1:
                return False
            values[name] = taken
        elif words:
            values[name] = _value(words.pop(0), kind, one.__metadata__[0])
            if values[name] is NOT_PLAIN:
                return False
    return not words


def _kind(annotation: Any) -> tuple[Any, bool]:
    """Of what kind a value is, or each of several; and whether there are several."""
    kinds = [one for one in getattr(annotation, "__args__", ()) if one is not type(None)]
    if getattr(annotation, "__origin__", None) is list:
        return kinds[0], True
    return _kind(kinds[0]) if kinds else (annotation, False)


def _value(word: str, kind: Any, parameter: Parameter) -> Any:
    value = plain_value(word, kind, many=False)
    return value if is_between(value, parameter.min, parameter.max) else NOT_PLAIN
