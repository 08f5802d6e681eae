"""The paths of the context that a template uses: `{"name", "rows[].total", …}`.

Loops, `{% set %}`, `{% with %}` and macro arguments are followed; filters and tests do not change a path, calls end it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

from jinja2 import nodes

from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass

How = Literal["print", "loop", "test", "value", "arithmetic"]
_KEEPING = frozenset(
    ("sort", "list", "reverse", "unique", "selectattr", "rejectattr", "default", "d", "select", "reject")
)  # what they give is like what they take
_ORDERING = frozenset(("list", "reverse", "unique", "sort"))
_ONE_OF = frozenset(("first", "last"))
_CALCULATING = frozenset(("round", "abs", "sum"))
_OTHERWISE = frozenset(
    ("length", "count", "join", "map", "max", "min", "first", "last", "groupby", "batch", "slice", "dictsort", "items")
)  # what they give prints otherwise than what they take
_EQUALITIES = frozenset(("eq", "ne", "in", "notin"))
_EQUAL = frozenset(("equalto", "eq", "==", "ne", "!=", "in"))  # tests of selectattr
_STEP = lazy(r"[.\[]")
_BY_ATTRIBUTE = frozenset(("selectattr", "rejectattr", "groupby"))


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a path.

    Args:
        path: from the context's root: `资金.执行率`, `rows[].total`.
        line: of its tag in the source.
        how: printed, looped over, tested, taken as another value, or calculated with.
        guarded: whether a condition around it asks for its value, or for a record on its path, or another value stands in.
        against: the texts that it is compared with (`==`, `!=`, `in`).
        numbers: the numbers that it is compared with.
        defaulted: whether another value is printed where the context has no such path.
    """

    path: str
    line: int
    how: How
    guarded: bool = False
    against: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    defaulted: bool = False


Scope = dict[str, str | None]  # a name's path; None for a name that is no path of the context


def uses(tree: nodes.Template, own_names: Callable[[str], bool] = lambda name: False) -> list[Use]:
    """Every use of a path in a template, in order.

    Args:
        tree: the parsed template.
        own_names: tells names that the engine put there itself, or the environment offers.
    """
    walker = _Walker(own_names)
    walker.body(tree.body, {})
    return walker.found


def variables(found: list[Use]) -> set[str]:
    """The full paths of uses: those that no longer path goes through, loops marked by `[]`."""
    paths = {use.path for use in found}
    return paths - {path[: step.start()] for path in paths for step in _STEP.finditer(path)}


class _Walker:
    def __init__(self, own_names: Callable[[str], bool]):
        self.own_names = own_names
        self.found: list[Use] = []
        self.defaulted = ""  # the path that the filter around it gives another value for
        self.guards: list[str] = []  # what the conditions around ask for

    def body(self, body: list[nodes.Node], scope: Scope) -> None:
        for node in body:
            self.statement(node, scope)

    def statement(self, node: nodes.Node, scope: Scope) -> None:
        if (walk := _STATEMENTS.get(type(node))) is not None:
            walk(self, node, scope)
            return
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self.expression(child, scope, "value")
            else:
                self.statement(child, dict(scope))

    def output(self, node: nodes.Output, scope: Scope) -> None:
        for child in node.nodes:
            if not isinstance(child, nodes.TemplateData):
                self.expression(child, scope, "print")

    def loop(self, node: nodes.For, scope: Scope) -> None:
        inner = {**scope, "loop": None}
        # a loop may stand for several side by side, each with its own target and list
        for one in getattr(node, "beside", None) or [node]:
            path = self.expression(one.iter, scope, "loop")
            self.bind(one.target, None if path is None else f"{path}[]", inner)
        if node.test:
            self.expression(node.test, inner, "test")
        self.body(node.body, inner)
        self.body(node.else_, dict(scope))

    def branches(self, node: nodes.If, scope: Scope) -> None:
        asked = self.condition(node.test, scope)
        for branch in (node.body, node.else_):
            self.body(branch, scope)
        for elif_ in node.elif_:
            self.statement(elif_, scope)
        del self.guards[len(self.guards) - asked :]

    def assign(self, node: nodes.Assign, scope: Scope) -> None:
        self.bind(node.target, self.expression(node.node, scope, "value"), scope)

    def assign_block(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self.body(node.body, dict(scope))
        self.bind(node.target, None, scope)

    def with_names(self, node: nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            self.bind(target, self.expression(value, scope, "value"), inner)
        self.body(node.body, inner)

    def macro(self, node: nodes.Macro | nodes.CallBlock, scope: Scope) -> None:
        if isinstance(node, nodes.Macro):
            scope[node.name] = None
        else:
            self.expression(node.call, scope, "print")
        inner = {**scope, "caller": None, "varargs": None, "kwargs": None}
        inner |= {argument.name: None for argument in node.args}
        self.body(node.body, inner)

    def filter_block(self, node: nodes.FilterBlock, scope: Scope) -> None:
        for argument in node.filter.args:
            self.expression(argument, scope, "value")
        self.body(node.body, dict(scope))

    def condition(self, test: nodes.Node, scope: Scope) -> int:
        """Record what a condition uses; how many guards it adds."""
        known = len(self.found)
        self.expression(test, scope, "test")
        asked = [use.path for use in self.found[known:]]
        self.guards += asked
        return len(asked)

    def guarded(self, path: str) -> bool:
        return any(path == guard or path.startswith(f"{guard}.") for guard in self.guards)

    def bind(self, target: nodes.Node, path: str | None, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = path
        else:
            for name in target.find_all(nodes.Name):
                scope[name.name] = None

    def expression(self, node: nodes.Node, scope: Scope, how: How) -> str | None:
        """Record what an expression uses; its own path if it is one."""
        path = self.path(node, scope)
        if path is not None:
            if path:
                self.found.append(Use(path, node.lineno, how, self.guarded(path), defaulted=path == self.defaulted))
            return path or None
        match node:
            case nodes.Filter():
                if node.node is None:
                    return None
                return self.filtered(node, scope, how)
            case nodes.List() | nodes.Tuple() | nodes.Dict():
                how = "value"
            case nodes.BinExpr():
                how = "value" if isinstance(node, nodes.And | nodes.Or) else "arithmetic"
            case nodes.UnaryExpr():
                how = "test" if isinstance(node, nodes.Not) else "arithmetic"
            case nodes.Compare():
                how = "test"
                self.compared(node, scope)
            case nodes.Test():
                how = "test"
            case nodes.CondExpr():
                asked = self.condition(node.test, scope)
                for branch in (node.expr1, node.expr2):
                    if branch is not None:
                        self.expression(branch, scope, how)
                del self.guards[len(self.guards) - asked :]
                return None
            case nodes.Call(node=nodes.Getattr() as method):  # d.items() uses d
                self.expression(method.node, scope, "value")
                for argument in (*node.args, *(pair.value for pair in node.kwargs)):
                    self.expression(argument, scope, "value")
                return None
            case nodes.Getattr() | nodes.Getitem() | nodes.Call():
                how = "value"
        for child in self.children(node):
            self.expression(child, scope, how)
        return None

    def filtered(self, node: nodes.Filter, scope: Scope, how: How) -> str | None:
        """Record what a filtered expression uses; its path if the filter keeps it."""
        assert node.node is not None
        for argument in (*node.args, *(pair.value for pair in node.kwargs)):
            self.expression(argument, scope, "value")
        inside: How = how
        if node.name in _CALCULATING:
            inside = "arithmetic"
        elif node.name in _OTHERWISE and how != "arithmetic":
            inside = "value"
        attribute = _attribute(node)
        standing_in = self.path(node.node, scope) if _stands_in(node) else None
        if node.name in ("default", "d"):
            self.defaulted = self.path(node.node, scope) or ""
        if standing_in:
            self.guards.append(standing_in)
        whole = self.expression(node.node, scope, "value" if attribute else inside)
        self.defaulted = ""
        if standing_in:
            self.guards.pop()
        if attribute and (of := whole or self.path(node.node, scope)):
            as_what: How = "arithmetic" if inside == "arithmetic" else "value"
            self.found.append(Use(f"{of}[].{attribute}", node.lineno, as_what, against=_selected(node)))
        return whole if node.name in _KEEPING else None

    def compared(self, node: nodes.Compare, scope: Scope) -> None:
        """Record each path that is compared with texts."""
        left: nodes.Expr = node.expr
        for operand in node.ops:
            for one, other in ((left, operand.expr), (operand.expr, left)):
                path = self.path(one, scope)
                if path and operand.op in _EQUALITIES and (texts := _texts(other)):
                    self.found.append(Use(path, node.lineno, "test", against=texts))
                if path and isinstance(other, nodes.Const) and isinstance(other.value, int | float):
                    self.found.append(Use(path, node.lineno, "test", numbers=(other.value,)))
            left = operand.expr

    def children(self, node: nodes.Node) -> Iterator[nodes.Node]:
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                yield child
            else:  # operands, keyword arguments, pairs
                yield from self.children(child)

    def path(self, node: nodes.Node, scope: Scope) -> str | None:
        """The path of a name, attribute or item; "" if it is none of the context, None if the node is no path."""
        match node:
            case nodes.Name():
                if node.name in scope:
                    return scope[node.name] or ""
                return "" if self.own_names(node.name) else node.name
            case nodes.Getattr():
                inner = self.path(node.node, scope)
                return f"{inner}.{node.attr}" if inner else inner
            case nodes.Getitem(arg=nodes.Const(value=key)):
                inner = self.path(node.node, scope)
                if not inner:
                    return inner
                return f"{inner}.{key}" if isinstance(key, str) else f"{inner}[]"
            case nodes.Filter(node=nodes.Expr() as of, name=name) if name in _ONE_OF and not (node.args or node.kwargs):
                inner = self.path(of, scope)
                return f"{inner}[]" if inner else inner
            case nodes.Filter(node=nodes.Expr() as of, name=name) if name in _ORDERING and _attribute(node) is None:
                constant = all(isinstance(argument, nodes.Const) for argument in node.args)
                return self.path(of, scope) if constant else None
        return None


_STATEMENTS: dict[type[nodes.Node], Callable[[_Walker, Any, Scope], None]] = {
    nodes.Output: _Walker.output,
    nodes.For: _Walker.loop,
    nodes.If: _Walker.branches,
    nodes.Assign: _Walker.assign,
    nodes.AssignBlock: _Walker.assign_block,
    nodes.With: _Walker.with_names,
    nodes.Macro: _Walker.macro,
    nodes.CallBlock: _Walker.macro,
    nodes.FilterBlock: _Walker.filter_block,
}


def _attribute(node: nodes.Filter) -> str | None:
    """The attribute of each item that a filter names."""
    found = next((pair.value for pair in node.kwargs if pair.key == "attribute"), None)
    if found is None and node.name in _BY_ATTRIBUTE and node.args:
        found = node.args[0]
    named = found.value if isinstance(found, nodes.Const) and isinstance(found.value, str) else None
    return named.split(",")[0].strip() if named is not None and node.name == "sort" else named  # sort takes several


def _stands_in(node: nodes.Filter) -> bool:
    """Whether a filter prints another value in place of a blank: `|default("无", true)`."""
    if node.name not in ("default", "d"):
        return False
    boolean = node.args[1] if len(node.args) > 1 else None
    boolean = next((pair.value for pair in node.kwargs if pair.key == "boolean"), boolean)
    return isinstance(boolean, nodes.Const) and bool(boolean.value)


def _selected(node: nodes.Filter) -> tuple[str, ...]:
    """The texts that `selectattr("类别", "equalto", "基建")` compares with."""
    if node.name not in ("selectattr", "rejectattr") or len(node.args) < 3:
        return ()
    test = node.args[1]
    return _texts(node.args[2]) if isinstance(test, nodes.Const) and test.value in _EQUAL else ()


def _texts(node: nodes.Expr) -> tuple[str, ...]:
    """The texts that an expression writes out: one, or those of a list."""
    items = node.items if isinstance(node, nodes.List | nodes.Tuple) else [node]
    return tuple(item.value for item in items if isinstance(item, nodes.Const) and isinstance(item.value, str))
