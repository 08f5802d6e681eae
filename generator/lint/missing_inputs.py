"""Computed fields that must have a value, and are worked out from what may be left empty."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.formula import FormulaError, parse_expression
from generator.formula.tree import Arithmetic, Attribute, Call, Name, Negative, Node
from generator.lint.formula_walk import FormulaWalk, may_be_blank
from generator.standard.model import Field, RecordType, Standard


def optional_inputs(standard: Standard, record: RecordType, field: Field, at: Location) -> Iterator[Diagnostic]:
    """A required field whose formula is blank where one input is; what it divides by is told by the walk of formulas.

    Args:
        standard: what it belongs to.
        record: where it stands.
        field: any field; an input has no formula.
        at: of the finding.
    """
    if field.formula is None or not field.needed:
        return
    try:
        tree = parse_expression(field.formula.text)
    except FormulaError:
        return
    walk = FormulaWalk(standard, record, at, None)
    for node in _needs(tree):
        if isinstance(node, Call):  # the least or greatest of a list that may have no items
            inside = node.arguments[0]
            found = _list_of(walk, inside)
            if found is not None and not found.required and found.fixed is None and found.formula is None:
                yield diagnostic("lint-optional-input", at, name=field.name, input=found.name)
                return
            continue
        found = walk.field(node, ())
        if found is not None and not found.computed and may_be_blank(found, standard):
            yield diagnostic("lint-optional-input", at, name=field.name, input=found.name)
            return


def _needs(node: Node) -> Iterator[Node]:
    """The parts of a formula without any of which it is blank, divisors apart."""
    match node:
        case Name() | Attribute():
            yield node
        case Negative(value=value):
            yield from _needs(value)
        case Arithmetic(operator="/", left=left):
            yield from _needs(left)
        case Arithmetic(left=left, right=right):
            yield from _needs(left)
            yield from _needs(right)
        case Call(function="abs" | "yuan" | "band", arguments=arguments):
            yield from _needs(arguments[0])
        case Call(function="min" | "max", arguments=arguments):
            if len(arguments) == 1:
                yield node
            else:
                for argument in arguments:
                    yield from _needs(argument)


def _list_of(walk: FormulaWalk, node: Node) -> Field | None:
    """The list that a path goes through."""
    field = walk.field(node, ())
    if field is not None and field.many:
        return field
    return _list_of(walk, node.base) if isinstance(node, Attribute) else None
