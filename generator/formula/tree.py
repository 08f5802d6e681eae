"""The nodes of an expression: a short list, immutable, each with the code point where it starts.

The list is the whole of the language: what Jinja's parser reads beyond it (calls of methods, slices, tests, powers,
dictionaries …) is refused, so a standard from elsewhere cannot do more than read values and calculate.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.kept.light_classes import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal
    offset: int


@dataclass(frozen=True, slots=True)
class String:
    value: str
    offset: int


@dataclass(frozen=True, slots=True)
class Name:
    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Attribute:
    base: Node
    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Item:
    """`list["key"]` or `map[name]`."""

    base: Node
    key: Node
    offset: int


@dataclass(frozen=True, slots=True)
class Items:
    """`[a, b]`."""

    items: tuple[Node, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Arithmetic:
    operator: str
    left: Node
    right: Node
    offset: int


@dataclass(frozen=True, slots=True)
class Negative:
    value: Node
    offset: int


@dataclass(frozen=True, slots=True)
class Concatenation:
    parts: tuple[Node, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A chain: `0 <= a <= b` holds when each neighbouring pair does; each operand is evaluated once."""

    first: Node
    rest: tuple[tuple[str, Node], ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Logic:
    operator: str
    left: Node
    right: Node
    offset: int


@dataclass(frozen=True, slots=True)
class Not:
    value: Node
    offset: int


@dataclass(frozen=True, slots=True)
class Conditional:
    test: Node
    yes: Node
    no: Node | None
    offset: int


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Node, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Filtered:
    """`value | name(arguments)`: how a value prints, in narrative only."""

    value: Node
    filter: str
    arguments: tuple[Node, ...]
    offset: int


Node = (
    Number
    | String
    | Name
    | Attribute
    | Item
    | Items
    | Arithmetic
    | Negative
    | Concatenation
    | Comparison
    | Logic
    | Not
    | Conditional
    | Call
    | Filtered
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A `{{ }}` of a text: its expression, where the tag starts and ends in the text."""

    node: Node
    start: int
    end: int


def children(node: Node) -> Iterator[Node]:
    """The nodes directly inside a node, in reading order."""
    match node:
        case Attribute(base=base):
            yield base
        case Item(base=base, key=key):
            yield base
            yield key
        case Items(items=items):
            yield from items
        case Arithmetic(left=left, right=right) | Logic(left=left, right=right):
            yield left
            yield right
        case Negative(value=value) | Not(value=value):
            yield value
        case Concatenation(parts=parts):
            yield from parts
        case Comparison(first=first, rest=rest):
            yield first
            for _, operand in rest:
                yield operand
        case Conditional(test=test, yes=yes, no=no):
            yield yes
            yield test
            if no is not None:
                yield no
        case Call(arguments=arguments):
            yield from arguments
        case Filtered(value=value, arguments=arguments):
            yield value
            yield from arguments
        case _:
            return


def walk(node: Node) -> Iterator[Node]:
    """A node and everything inside it."""
    yield node
    for child in children(node):
        yield from walk(child)
