"""Values of the command line that need no conversion are taken as they are.

Typer has each value pass through a pydantic adapter, made when a command is called; importing pydantic and making the
adapters takes as long as checking a data file does. Texts, lists of texts, whole numbers and choices are what the
commands take, and the rules for these that are sound are plain. All else, and all that is wrong, goes Typer's way, which
words the errors.
"""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import Any

NOT_PLAIN = object()  # stands for a value that goes Typer's way


def take_plainly(command: Any) -> None:
    """Have the parameters of a command, its `--help` too, and of those under it, take plain values as they are."""
    for parameter in getattr(command, "params", ()):
        parameter.process_value = partial(_processed, parameter, parameter.process_value)
    if (get_help_option := getattr(command, "get_help_option", None)) is not None:
        command.get_help_option = partial(_with_plain_help, get_help_option)
    for one in getattr(command, "commands", {}).values():
        take_plainly(one)


def _with_plain_help(get_help_option: Any, context: Any) -> Any:
    parameter = get_help_option(context)
    if parameter is not None and not isinstance(parameter.process_value, partial):
        parameter.process_value = partial(_processed, parameter, parameter.process_value)
    return parameter


def _processed(parameter: Any, process: Any, context: Any, value: Any) -> Any:
    if parameter.required and parameter.value_is_missing(value):
        return process(context, value)
    taken = plain_value(value, parameter.type_descriptor.annotation, many=parameter.multiple or parameter.nargs == -1)
    if taken is NOT_PLAIN or not is_between(taken, getattr(parameter, "min", None), getattr(parameter, "max", None)):
        return process(context, value)
    return taken if parameter.callback is None else parameter.callback(context, parameter, taken)


def is_between(taken: Any, low: int | None, high: int | None) -> bool:
    """Whether a number keeps to the bounds of its option; other values have none."""
    if type(taken) is not int:
        return True
    return (low is None or low <= taken) and (high is None or taken <= high)


def plain_value(value: Any, annotation: Any, *, many: bool) -> Any:
    """The value as what it is declared to be; `NOT_PLAIN` where this is not a matter of course."""
    if value is None:
        return () if many else None
    if annotation is bool:
        return value if type(value) is bool else NOT_PLAIN
    if annotation is str:
        return value if type(value) is str else NOT_PLAIN
    if annotation == list[str]:
        fitting = isinstance(value, list | tuple) and all(type(one) is str for one in value)
        return list(value) if fitting else NOT_PLAIN
    if annotation is int:
        if type(value) is str and value.isascii() and value.isdigit() and len(value) < 10:
            return int(value)
        return value if type(value) is int else NOT_PLAIN
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return next((choice for choice in annotation if value is choice or value == choice.value), NOT_PLAIN)
    return NOT_PLAIN
