"""Types an expression and compiles it into a function over a record.

Typing comes first and finds every fault of the expression at once, at its code point. The compiled function takes the
record in which the expression stands and gives a value, None for a blank or an unknown condition, or raises
`InvalidInput` where it needs an invalid value.
"""

from __future__ import annotations

from functools import partial

from generator.formula.compiled_part import Part, Path
from generator.formula.conditions import reason
from generator.formula.expression_parts import ExpressionCompiler
from generator.formula.formula_faults import Fault, FormulaError
from generator.formula.python_code import Constants, Function, is_of_fields
from generator.formula.scope import Names
from generator.formula.tree import Node, Tag
from generator.formula.typing import TEXT, Type
from generator.formula.unparse import show
from generator.kept.light_classes import dataclass


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled expression.

    Args:
        function: from the record to the value.
        type: its static type.
        paths: every field that it may read, as names from the report (`报告` first) or from its own record.
        parameters: the parameters that it reads.
        text: the expression as written or shown.
        leads: of records, the paths to the lists that they are of.
    """

    function: Function
    type: Type
    paths: tuple[Path, ...]
    parameters: frozenset[str]
    text: str
    leads: tuple[Path, ...] = ()


def compile_expression(
    node: Node, names: Names, condition: bool = False, text: str | None = None, rule: bool = False
) -> Compiled:
    """Compile one expression.

    Args:
        node: its tree.
        names: what its names mean.
        condition: whether it stands where a condition belongs (`rule`, `when`).
        text: how messages show it; made from the tree where not given.
        rule: whether a text alone is a reason that is demanded, as one beside `or`.

    Raises:
        FormulaError: with every fault of the expression.
    """
    compiler = ExpressionCompiler(names)
    try:
        kind = partial(reason, compiler) if rule else compiler.condition if condition else compiler.part
        part = kind(node)
    except RecursionError:
        raise FormulaError([Fault("formula-too-complex", node.offset)]) from None
    compiler.finish()
    shown, read = text or show(node), tuple(compiler.read)
    leads = part.paths if part.type.kind == "record" else ()
    function = compiler.constants.function(part.code)
    return Compiled(function, part.type, read, frozenset(compiler.parameters), shown, leads)


def compile_text(parts: tuple[str | Tag, ...], names: Names, lenient: bool = False, text: str = "") -> Compiled:
    """Compile a text with `{{ }}` into one that prints.

    A blank value prints its field's `empty`; without one the whole text is blank, or, where `lenient`, the value
    prints nothing.

    Raises:
        FormulaError: with every fault of the text.
    """
    compiler = ExpressionCompiler(names)
    pieces = [
        compiler.constants.constant(piece) if isinstance(piece, str) else compiler.printed(piece.node).code
        for piece in parts
    ]
    compiler.finish()
    fill = "filled_without_blanks" if lenient else "filled"
    function = compiler.constants.function(f"{fill}(({''.join(f'{piece}, ' for piece in pieces)}))")
    return Compiled(function, TEXT, tuple(compiler.read), frozenset(compiler.parameters), text)


def compile_printed(node: Node, names: Names) -> Compiled:
    """Compile the expression of one tag of a narrative: its text, or None where the value is blank."""
    compiler = ExpressionCompiler(names)
    part = compiler.printed(node)
    compiler.finish()
    function = compiler.constants.function(part.code)
    return Compiled(function, part.type, tuple(compiler.read), frozenset(compiler.parameters), show(node))


def part_of_program(
    node: Node, names: Names, constants: Constants, condition: bool = False, rule: bool = False
) -> Part | None:
    """The Python of an expression as a part of a program; None where it needs more than fields of the record and the report.

    Args:
        node: its tree, which has been compiled by itself.
        names: what its names mean.
        constants: of the program.
        condition, rule: as for `compile_expression`.
    """
    compiler = ExpressionCompiler(names, constants)
    constants.is_split = False
    kind = partial(reason, compiler) if rule else compiler.condition if condition else compiler.part
    part = kind(node)
    compiler.finish()
    return part if is_of_fields(part.code) and not constants.is_split else None
