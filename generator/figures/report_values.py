"""What holds while a report is printed: a list, a record or a truth value has no form in print, and blanks that print nothing are noted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_OF_REPORT: ContextVar[list[Any] | None] = ContextVar("of_report", default=None)  # the blanks that printed nothing
_KINDS = {bool: "condition", list: "list", tuple: "list", dict: "record"}


class Unprintable(TypeError):
    """A template of a report prints a value that has no form in print; `kind` is `list`, `record` or `condition`."""

    def __init__(self, kind: str):
        super().__init__(f"a {kind} cannot be printed")
        self.kind = kind


@contextmanager
def printing_a_report() -> Iterator[list[Any]]:
    """While a report's documents are rendered, values without a form in print are refused; gives what takes the blanks that print nothing
    as text where nobody meant that.

    Contexts without a standard keep Jinja's semantics: there `True` and `[1, 2]` print as Python writes them.
    """
    silent: list[Any] = []
    token = _OF_REPORT.set(silent)
    try:
        yield silent
    finally:
        _OF_REPORT.reset(token)


def check_printable(value: object) -> None:
    """Refuse a value that a report does not print.

    Raises:
        Unprintable: it is a list, a record or a truth value, and a report is being printed.
    """
    kind = _KINDS.get(type(value))
    if kind is not None and _OF_REPORT.get() is not None:
        raise Unprintable(kind)


def note_silent(blank: object) -> None:
    """Note a blank that prints nothing, if a report is being printed."""
    silent = _OF_REPORT.get()
    if silent is not None:
        silent.append(blank)
