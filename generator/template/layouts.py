"""What the layouts of a template print: `format` of a text, `strftime` and `strptime` of a date.

A field of a layout may name an attribute (`{0.upper}`) that is no value, and a date's layout may ask for what the machine
alone knows, or for more than it is itself a thousand times over.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEscapeFormatter, SandboxedFormatter
from markupsafe import Markup

from generator.kept.lazy_patterns import lazy
from generator.template.bounded import Format
from generator.template.budget import LimitExceeded
from generator.template.printable import printable

MAX_LAYOUT = 1_000  # characters of a date's layout
MAX_WIDTH = 100  # a width within it, where the system takes one (`%99Y`)
_DATES = (datetime.date, datetime.time)
_SECONDS = lazy(r"%[^%A-Za-z]*s")
"""Seconds since 1970 by the machine's own time zone, where the system knows that letter."""


def check_date_layout(layout: str) -> None:
    """Hold the layout of a date to what a document prints.

    Raises:
        LimitExceeded: it is too long, or asks for too wide a number.
        SecurityError: it asks for what depends on the machine.
    """
    if len(layout) > MAX_LAYOUT:
        raise LimitExceeded("text")
    if any(len(number) > 4 or int(number) > MAX_WIDTH for number in re.findall(r"%\D?(\d+)", layout)):
        raise LimitExceeded("text")
    if _SECONDS.search(layout.replace("%%", "")):
        raise SecurityError("access to attribute 'timestamp' of 'datetime' object is unsafe.")


def within_date_method(owner: Any, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    """Look at the layout that a method of a date, a time or their types is called with.

    Raises:
        LimitExceeded, SecurityError: see `check_date_layout`.
    """
    if name not in ("strftime", "strptime", "__format__"):
        return
    if isinstance(owner, _DATES) or (isinstance(owner, type) and issubclass(owner, _DATES)):
        for layout in (*args, *kwargs.values()):
            if isinstance(layout, str):
                check_date_layout(layout)


class _Fields(SandboxedFormatter):
    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        value, first = super().get_field(field_name, args, kwargs)
        printable(value)
        return value, first

    def format_field(self, value: Any, format_spec: str) -> Any:
        if isinstance(value, _DATES):
            check_date_layout(format_spec)
        return super().format_field(value, format_spec)


class _EscapedFields(_Fields, SandboxedEscapeFormatter):
    pass


def wrapped_format(environment: Any, value: Any) -> Format | None:
    """`format` or `format_map` of a text, its fields held to the sandbox and to what prints; None for any other value."""
    if not isinstance(value, MethodType | BuiltinMethodType) or value.__name__ not in ("format", "format_map"):
        return None
    layout = value.__self__
    if not isinstance(layout, str):
        return None
    marked = isinstance(layout, Markup)
    fields = _EscapedFields(environment, escape=layout.escape) if marked else _Fields(environment)
    kind, of_map = type(layout), value.__name__ == "format_map"

    def run(*args: Any, **kwargs: Any) -> str:
        if not of_map:
            return kind(fields.vformat(layout, args, kwargs))
        if kwargs or len(args) != 1:
            raise TypeError(f"format_map() takes exactly one argument ({len(args) + len(kwargs)} given)")
        return kind(fields.vformat(layout, (), args[0]))

    return Format(layout, run)
