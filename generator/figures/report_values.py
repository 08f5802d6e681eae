"""What a report does not print: a list, a record or a truth value would print as Python writes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_OF_REPORT: ContextVar[bool] = ContextVar("of_report", default=False)
_KINDS = {bool: "condition", list: "list", tuple: "list", dict: "record"}


class Unprintable(TypeError):
    """A template of a report prints a value that has no form in print; `kind` is `list`, `record` or `condition`."""

    def __init__(self, kind: str):
        super().__init__(f"a {kind} cannot be printed")
        self.kind = kind


@contextmanager
def printing_a_report() -> Iterator[None]:
    """While a report's documents are rendered, values without a form in print are refused.

    Contexts without a standard keep Jinja's semantics: there `True` and `[1, 2]` print as Python writes them.
    """
    token = _OF_REPORT.set(True)
    try:
        yield
    finally:
        _OF_REPORT.reset(token)


def check_printable(value: object) -> None:
    """Refuse a value that a report does not print.

    Raises:
        Unprintable: it is a list, a record or a truth value, and a report is being printed.
    """
    kind = _KINDS.get(type(value))
    if kind is not None and _OF_REPORT.get():
        raise Unprintable(kind)
