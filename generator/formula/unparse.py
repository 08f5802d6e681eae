"""An expression as text again, for messages."""

from __future__ import annotations

from generator.formula import tree


def show(node: tree.Node) -> str:
    """The expression in its shortest spelling."""
    match node:
        case tree.Number(value=value):
            return format(value, "f")
        case tree.String(value=value):
            return f'"{value}"'
        case tree.Name(name=name):
            return name
        case tree.Attribute(base=base, name=name):
            return f"{show(base)}.{name}"
        case tree.Item(base=base, key=key):
            return f"{show(base)}[{show(key)}]"
        case tree.Items(items=items):
            return "[" + ", ".join(map(show, items)) + "]"
        case tree.Arithmetic() | tree.Logic():
            return f"{_inner(node.left)} {node.operator} {_inner(node.right)}"
        case tree.Negative(value=value):
            return f"-{_inner(value)}"
        case tree.Concatenation(parts=parts):
            return " ~ ".join(map(_inner, parts))
        case tree.Comparison(first=first, rest=rest):
            return show(first) + "".join(f" {operator} {show(operand)}" for operator, operand in rest)
        case tree.Not(value=value):
            return f"not {_inner(value)}"
        case tree.Conditional(test=test, yes=yes, no=no):
            return f"{show(yes)} if {show(test)}" + (f" else {show(no)}" if no is not None else "")
        case tree.Call(function=function, arguments=arguments):
            return f"{function}({', '.join(map(show, arguments))})"
        case tree.Filtered(value=value, filter=name, arguments=arguments):
            inside = f"({', '.join(map(show, arguments))})" if arguments else ""
            return f"{show(value)} | {name}{inside}"


def _inner(node: tree.Node) -> str:
    text = show(node)
    if isinstance(node, tree.Arithmetic | tree.Comparison | tree.Logic | tree.Conditional | tree.Concatenation):
        return f"({text})"
    return text
