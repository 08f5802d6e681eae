"""An expression as text again, for messages."""

from __future__ import annotations

from generator.formula.tree import (
    Arithmetic,
    Attribute,
    Call,
    Comparison,
    Concatenation,
    Conditional,
    Filtered,
    Item,
    Items,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Number,
    String,
)


def show(node: Node) -> str:
    """The expression in its shortest spelling."""
    match node:
        case Number(value=value):
            return format(value, "f")
        case String(value=value):
            return f'"{value}"'
        case Name(name=name):
            return name
        case Attribute(base=base, name=name):
            return f"{show(base)}.{name}"
        case Item(base=base, key=key):
            return f"{show(base)}[{show(key)}]"
        case Items(items=items):
            return "[" + ", ".join(map(show, items)) + "]"
        case Arithmetic(operator=operator, left=left, right=right):
            return f"{_inner(left)} {operator} {_inner(right)}"
        case Negative(value=value):
            return f"-{_inner(value)}"
        case Concatenation(parts=parts):
            return " ~ ".join(map(_inner, parts))
        case Comparison(first=first, rest=rest):
            return show(first) + "".join(f" {operator} {show(operand)}" for operator, operand in rest)
        case Logic(operator=operator, left=left, right=right):
            return f"{_inner(left)} {operator} {_inner(right)}"
        case Not(value=value):
            return f"not {_inner(value)}"
        case Conditional(test=test, yes=yes, no=no):
            return f"{show(yes)} if {show(test)}" + (f" else {show(no)}" if no is not None else "")
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(map(show, arguments))})"
        case Filtered(value=value, filter=name, arguments=arguments):
            inside = f"({', '.join(map(show, arguments))})" if arguments else ""
            return f"{show(value)} | {name}{inside}"


def _inner(node: Node) -> str:
    text = show(node)
    if isinstance(node, Arithmetic | Comparison | Logic | Conditional | Concatenation):
        return f"({text})"
    return text
