"""What commands and their parameters are declared with: the annotation of each parameter says how it is typed and what it means.

Two read the declarations: `typer_application`, for help, completion and all that is wrong, and `plain_arguments`, for command lines in
which nothing is to be found out. Importing Typer takes longer than checking a data file, so that commands name it nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


class Parameter:
    """How a parameter is typed and what it means.

    Args:
        names: of an option, `-o` and `--output`; none of an argument.
        metavar: what stands for its value in help.
        help: what it means, in the language of the run.
        min: the least whole number.
        max: the greatest.
        autocompletion: what completes a value that was begun.
    """

    __slots__ = ("autocompletion", "help", "max", "metavar", "min", "names")

    def __init__(
        self,
        *names: str,
        metavar: str | None = None,
        help: str = "",  # noqa: A002  as Typer calls it
        min: int | None = None,  # noqa: A002  as Typer calls it
        max: int | None = None,  # noqa: A002  as Typer calls it
        autocompletion: Callable[[str], list[str]] | None = None,
    ) -> None:
        self.names = names
        self.metavar = metavar
        self.help = help
        self.min = min
        self.max = max
        self.autocompletion = autocompletion


class Option(Parameter):
    """What is typed behind its name, or is asked for by it."""

    __slots__ = ()


class Argument(Parameter):
    """What is typed in its place."""

    __slots__ = ()


class Commands(Protocol):
    """What commands are added to."""

    def command(self, *, help: str) -> Callable[[Function], Function]:  # noqa: A002  as Typer calls it
        """Add a function as the command of its name."""
        ...

    def group(self, name: str, *, help: str) -> Commands:  # noqa: A002  as Typer calls it
        """Add a group of commands."""
        ...
