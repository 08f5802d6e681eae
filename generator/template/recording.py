"""Compiled templates of a second run, which finds every place that fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jinja2 import nodes
from jinja2.compiler import Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE

from generator.template.codegen import CONTENT, BytesGenerator


class RecordingGenerator(BytesGenerator):
    """The same program, each expression guarded by itself, so that one run finds every place that fails.

    Names of the context are looked up where they stand: for each guard Python's compiler copies the set of all variables around
    it, which makes a template of thousands of names quadratic.
    """

    _together = False

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 Jinja's name
        self._stored = {name.name for name in node.find_all(nodes.Name) if name.ctx != "load"}
        self._stored |= {macro.name for macro in node.find_all(nodes.Macro)}
        self._guarded: dict[int, str] = {}
        self._apart: dict[int, int] = {}  # values that several names take
        for output in node.find_all(nodes.Output):
            self._guarded |= {id(child): "''" for child in output.nodes if not isinstance(child, nodes.TemplateData)}
        self._widths: dict[int, int] = {}
        for loop in node.find_all(nodes.For):
            self._guarded[id(loop.iter)] = "()"
            self._widths[id(loop.iter)] = _width(loop.target)
            if loop.test:
                self._guarded[id(loop.test)] = "False"
        for condition in node.find_all(nodes.If):
            self._guarded[id(condition.test)] = "False"
        for assignment in node.find_all(nodes.Assign):
            self._guarded[id(assignment.node)] = self._taken(assignment.target, assignment.node)
        for block in node.find_all(nodes.With):
            for target, value in zip(block.targets, block.values, strict=True):
                self._guarded[id(value)] = self._taken(target, value)
        super().visit_Template(node, frame)

    def _looked_up(self, name: str, frame: Frame) -> bool:
        """Whether a name is the context's wherever it stands."""
        load = frame.symbols.find_load(frame.symbols.ref(name))
        return load is not None and load[0] == VAR_LOAD_RESOLVE and name not in self._stored

    def _reference(self, name: str, frame: Frame) -> str:
        if self._looked_up(name, frame):
            return f"{self.get_resolve_func()}({name!r})"
        return super()._reference(name, frame)

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802 Jinja's name
        if node.ctx == "load" and node.name != CONTENT and self._looked_up(node.name, frame):
            found = self._reference(node.name, frame)
            self.write(f"(undefined(name={node.name!r}) if {found} is missing else {found})")
        else:
            super().visit_Name(node, frame)

    def enter_frame(self, frame: Frame) -> None:
        with self._variables_alone(frame):
            super().enter_frame(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        with self._variables_alone(frame):
            super().leave_frame(frame, with_python_scope)

    @contextmanager
    def _variables_alone(self, frame: Frame) -> Iterator[None]:
        """A frame without the names that are looked up where they stand."""
        loads = frame.symbols.loads
        frame.symbols.loads = {
            target: load for target, load in loads.items() if load[0] != VAR_LOAD_RESOLVE or load[1] in self._stored
        }
        yield
        frame.symbols.loads = loads

    def _taken(self, target: nodes.Node, value: nodes.Node) -> str:
        """What the names of an assignment take where its value fails."""
        width = _width(target)
        if width:
            self._apart[id(value)] = width
        return repr(("",) * width) if width else "''"

    def visit(self, node: nodes.Node, *arguments: Any, **named: Any) -> Any:
        otherwise = self._guarded.pop(id(node), None) if hasattr(self, "_guarded") else None
        if otherwise is None:
            return super().visit(node, *arguments, **named)
        width = self._widths.get(id(node))
        apart = self._apart.get(id(node))
        self.write("each(" if width is not None else "")
        self.write("guard(lambda: (unpacked(" if apart else "guard(lambda: (")
        super().visit(node, *arguments, **named)
        self.write(f", {apart})), {node.lineno}, {otherwise})" if apart else f"), {node.lineno}, {otherwise})")
        self.write(f", {width}, {node.lineno})" if width is not None else "")
        return None

    def visit_ExprStmt(self, node: nodes.ExprStmt, frame: Frame) -> None:  # noqa: N802 Jinja's name
        self.newline(node)
        self.write("guard(lambda: bool(")
        self.visit(node.node, frame)
        self.write(f"), {node.lineno})")

    def start_write(self, frame: Frame, node: nodes.Node | None = None) -> None:
        super().start_write(frame, node)
        self.write("guard(lambda: ")

    def end_write(self, frame: Frame) -> None:
        self.write(f", {self._written}, '')")
        super().end_write(frame)

    def _value(self, function: str, value: nodes.Expr, frame: Frame, finalize: str | None) -> None:
        self.newline(value)
        empty = "b''" if function == "write_value" else "''"
        self.write(f"guard(lambda: {function}({finalize or ''}")
        self.visit(value, frame)
        self.write(f"{')' if finalize else ''}, {value.lineno}), {value.lineno}, {empty}),")


def _width(target: nodes.Node) -> int:
    """How many names take an item, 0 for one."""
    return len(target.items) if isinstance(target, nodes.Tuple) else 0
