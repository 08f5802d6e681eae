"""What the parts of an expression need of the compiler that compiles them."""

from __future__ import annotations

from typing import Any, Protocol

from generator.diagnostics import Text
from generator.formula.compiled_part import Part, Path
from generator.formula.python_code import Constants
from generator.formula.scope import Names
from generator.formula.tree import Node
from generator.formula.typing import Scope, Type


class Compiler(Protocol):
    """Compiles the nodes of one expression and collects its faults.

    Args:
        names: what the names of the expression mean.
        items: the lists whose items a second expression sees, the innermost last, with the paths that lead to them.
        constants: of its Python.
    """

    names: Names
    constants: Constants
    items: list[tuple[Scope, tuple[Path, ...]]]

    def fault(self, code: str, offset: int, hint: Text | None = None, **arguments: Any) -> Part:
        """Note a fault; the part of the expression is broken."""
        ...

    def part(self, node: Node) -> Part:
        """Any part; what it refers to is read."""
        ...

    def base(self, node: Node) -> Part:
        """A part that a path goes through: it is read only as far as the path leads."""
        ...

    def reference(self, part: Part) -> Part:
        """Note that what a part refers to is read."""
        ...

    def number(self, node: Node, part: Part | None = None) -> Part:
        """A part that must be one number."""
        ...

    def printed(self, node: Node) -> Part:
        """A part as it prints."""
        ...

    def condition(self, node: Node) -> Part:
        """A part where a condition belongs."""
        ...

    def combined(self, operator: str, left: Type, right: Type, offset: int) -> Type:
        """The type of an arithmetic result."""
        ...
