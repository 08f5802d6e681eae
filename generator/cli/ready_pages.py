"""The pages of `--help` as they were made beforehand: a command answers to it without Typer's import.

A file a language holds the pages of all commands at the width of 80 columns, which is Typer's widest; on a narrower window Typer
makes the page. A test holds the files equal to what Typer makes, and `--update-golden` writes them.
"""

from __future__ import annotations

import os
import sys

import generator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WIDEST = 80  # columns that a page of Typer's takes at most
_NEXT, _HEAD_END = "\f", "\n"
_VARIABLES = ("_GENERATOR_COMPLETE", "GENERATOR_LIMITS")  # with these the answer may be another


def ready_page(arguments: list[str], language: str) -> str | None:
    """What a command line that asks for a page or the version gets; None where this is not a matter of course.

    Args:
        arguments: without `--lang`.
        language: of the page.
    """
    if any(name in os.environ for name in _VARIABLES):
        return None
    if arguments in (["-V"], ["--version"]):
        return f"generator {generator.__version__}\n"
    if arguments and arguments[-1] not in ("-h", "--help"):
        return None
    if _columns() < _WIDEST:
        return None
    return read_pages(language).get(" ".join(arguments[:-1]))


def read_pages(language: str) -> Mapping[str, str]:
    """The pages of the commands by their words, `standard init`; that of the program by "". Empty where there is no file."""
    try:
        with open(pages_file(language), encoding="utf-8", newline="") as file:  # noqa: PTH123  pathlib takes 4 ms to import
            text = file.read()
    except OSError:
        return {}
    return {head: page for head, _, page in (one.partition(_HEAD_END) for one in text.split(_NEXT))}


def pages_file(language: str) -> str:
    """Where the pages in a language lie."""
    return os.path.join(os.path.dirname(__file__), f"help_pages.{language}.txt")  # noqa: PTH118, PTH120  as above


def written_pages(pages: Iterable[tuple[str, str]]) -> str:
    """The content of a file of pages."""
    return _NEXT.join(f"{head}{_HEAD_END}{page}" for head, page in pages)


def _columns() -> int:
    """The width of the window, as Python's `shutil.get_terminal_size` finds it."""
    given = os.environ.get("COLUMNS", "")
    try:
        columns = int(given)
    except ValueError:
        columns = 0
    if columns > 0:
        return columns
    if sys.__stdout__ is None:
        return _WIDEST
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _WIDEST
    except (ValueError, OSError):
        return _WIDEST
