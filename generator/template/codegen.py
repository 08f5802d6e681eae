"""Templates compiled to programs that yield UTF-8 bytes.

Jinja yields every literal and every value apart, as text. Here the literals are encoded once, when the template is
compiled, and a run of literals and values is one bytes-format; only frames that Jinja buffers (macros, `{% set %}` and
`{% filter %}` blocks) stay text. Values go through the render's own `Output`, with the line of their tag, so a compiled
program holds no state of a render and may be shared by threads.

Every tag stands on a line of its own in the source (the parts put a line break behind its opening delimiter), so a
line is a tag: `fault_frames.fault_line` names the tag at which a render failed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from types import FunctionType
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst

from generator.kept.light_classes import replace
from generator.template.literals import placed
from generator.template.plain_rows import RowPlan, row_plan
from generator.template.program_pieces import RootStatement

_CHANGING = ("in", "notin")
_SIDES = (nodes.Const, nodes.TemplateData)
_SETTING: tuple[type[nodes.Node], ...] = (
    nodes.Assign,
    nodes.AssignBlock,
    nodes.Macro,
    nodes.Block,
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
    nodes.Extends,
)
_VALUES = 400  # of the root that one format takes
CONTENT = "__content"  # stands in a block's filter for what the block holds


class BytesGenerator(CodeGenerator):
    """Jinja's code generator with bytes for output and dict keys before attributes; what it writes counts its own work:
    turns of loops, lists and text that expressions make."""

    _written = 0
    _together = True  # whether rows of plain values may be printed together

    def __init__(self, *arguments: Any, **named: Any):
        super().__init__(*arguments, **named)
        self.literals: list[str] = []  # long ones, which stand in the source by their number
        self._bodies: dict[
            int, RowPlan | None
        ] = {}  # of loops, by the identity of their list; how rows print that are plain
        self._methods: set[int] = set()  # attributes that are called
        self.spans: list[RootStatement] = []  # the statements of the root
        self.end = 0  # behind them

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("output = context.output")
        self.writeline("write_value = output.write")
        self.writeline("guard = output.guard")
        self.writeline("budget = output.budget")
        self.writeline("turn, tick, spend, made = budget.turn, budget.tick, budget.spend, budget.made")
        self.writeline("text_value = budget.counted(output.text)")
        self.writeline("each = output.each")
        self.writeline("unpacked = output.unpacked")
        self.writeline("captured = output.buffers.captured")
        self.writeline("filtered = output.buffers.filtered")
        self.writeline("flat, called = output.buffers.flat, output.buffers.called")
        self.writeline("Macro = output.macro")
        self.writeline("own = environment.own")
        self.writeline("batches, Printed = output.batches, output.printed")

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:  # noqa: N802 Jinja's name
        if isinstance(node.value, float) and node.value == math.inf:
            self.write("1e999")  # Jinja writes the name that Python prints it by, which is none of Python's
        else:
            super().visit_Const(node, frame)

    def buffer(self, frame: Frame) -> None:
        super().buffer(frame)
        self.writeline("tick()")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 Jinja's name
        straight = self._together and frame.buffer is None and not frame.require_output_check
        plan = self._row_plan(node) if straight and self._make_finalize().src is None else None
        self._bodies[id(node.body)] = plan
        items = node.iter
        if plan is not None:
            node.iter = nodes.MarkSafe(items, lineno=items.lineno)
            node.iter.plan = plan  # type: ignore[attr-defined]  a node carries its plan
        super().visit_For(node, frame)
        node.iter = items

    def _row_plan(self, loop: nodes.For) -> RowPlan | None:
        """How the rows of a loop may be printed together."""
        plan = row_plan(loop)
        if plan is None:
            return None
        return replace(plan, pieces=tuple(placed(str(piece), self.literals).encode() for piece in plan.pieces))

    def visit_MarkSafe(self, node: nodes.MarkSafe, frame: Frame) -> None:  # noqa: N802 Jinja's name
        plan: RowPlan | None = getattr(node, "plan", None)
        if plan is None:
            super().visit_MarkSafe(node, frame)
            return
        self.write("batches(")
        self.visit(node.expr, frame)
        self.write(f", {', '.join(map(repr, (plan.pieces, plan.keys, plan.lines, *plan.place)))})")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        if id(nodes) in self._bodies:
            if (plan := self._bodies[id(nodes)]) is not None:
                item = frame.symbols.ref(plan.item)
                self.writeline(f"if type({item}) is Printed:")
                self.indent()
                self.writeline(f"yield {item}.content")
                if plan.numbered:
                    self.writeline(f"{frame.symbols.ref('loop')}.index0 += {item}.count - 1")
                self.writeline("continue")
                self.outdent()
            self.writeline("turn()")
        if not frame.rootlevel or frame.require_output_check:
            super().blockvisit(nodes, frame)
            return
        self.writeline("pass")
        for node in nodes:
            for part in _parted(node):
                moves = not isinstance(part, _SETTING) and next(part.find_all(_SETTING), None) is None
                self.spans.append(RootStatement(self._position(), moves))
                self.visit(part, frame)
        self.end = self._position()

    def _position(self) -> int:
        """How much is written."""
        return self.stream.tell()  # type: ignore[attr-defined]  a `StringIO`

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 Jinja's name
        if frame.require_output_check:
            if self.has_known_extends:
                return
            self.writeline("if parent_template is None:")
            self.indent()
        finalize = self._make_finalize().src
        pieces: list[str | nodes.Expr] = []
        for child in node.nodes:
            if not isinstance(child, nodes.TemplateData):
                pieces.append(child)
            elif pieces and isinstance(pieces[-1], str):
                pieces[-1] += child.data
            else:
                pieces.append(child.data)
        literal = sum(len(piece) for piece in pieces if isinstance(piece, str))
        pieces = [placed(piece, self.literals) if isinstance(piece, str) else piece for piece in pieces]
        if frame.buffer is None:
            self._yield(pieces, frame, finalize)
        else:
            if literal:
                self.writeline(f"spend({literal})")
            self.writeline(f"{frame.buffer}.extend((")
            self.indent()
            for piece in pieces:
                if isinstance(piece, str):
                    self.writeline(f"{piece!r},")
                else:
                    self._value("text_value", piece, frame, finalize)
            self.outdent()
            self.writeline("))")
        if frame.require_output_check:
            self.outdent()

    def _yield(self, pieces: list[str | nodes.Expr], frame: Frame, finalize: str | None) -> None:
        values = [piece for piece in pieces if not isinstance(piece, str)]
        if not values:
            self.writeline(f"yield {''.join(map(str, pieces)).encode()!r}")
            return
        layout = b"".join(piece.encode().replace(b"%", b"%%") if isinstance(piece, str) else b"%b" for piece in pieces)
        self.writeline(f"yield {layout!r} % (")
        self.indent()
        for value in values:
            self._value("write_value", value, frame, finalize)
        self.outdent()
        self.writeline(")")

    def _value(self, function: str, value: nodes.Expr, frame: Frame, finalize: str | None) -> None:
        self.newline(value)
        self.write(f"{function}({finalize or ''}")
        self.visit(value, frame)
        self.write(f"{')' if finalize else ''}, {value.lineno}),")

    def start_write(self, frame: Frame, node: nodes.Node | None = None) -> None:
        # what a call block, a filter block or a recursive loop gives has been written once already
        function = "called" if isinstance(node, nodes.CallBlock) else "flat"
        self.writeline(f"yield {function}(" if frame.buffer is None else f"{frame.buffer}.append({function}(", node)
        self._written = node.lineno if node is not None else 0

    def simple_write(self, s: str, frame: Frame, node: nodes.Node | None = None) -> None:
        # what a block yields within a macro or another buffer
        super().simple_write("event.decode()" if s == "event" else s, frame, node)

    def end_write(self, frame: Frame) -> None:
        self.write(f", {self._written}).encode()" if frame.buffer is None else f", {self._written}))")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        self.writeline(f"return captured(concat({frame.buffer}))")

    def visit_Assign(self, node: nodes.Assign, frame: Frame) -> None:  # noqa: N802 Jinja's name
        self.newline(node)  # Jinja looks whether `a.b` may be set before it says at which line
        super().visit_Assign(node, frame)

    def visit_ExprStmt(self, node: nodes.ExprStmt, frame: Frame) -> None:  # noqa: N802 Jinja's name
        self.newline(node)
        self.write("bool(")  # of an unknown name it fails, which nothing else would tell of
        self.visit(node.node, frame)
        self.write(")")

    def visit_AssignBlock(self, node: nodes.AssignBlock, frame: Frame) -> None:  # noqa: N802 Jinja's name
        self.push_assign_tracking()
        block = frame.inner()
        block.require_output_check = False
        block.symbols.analyze_node(node)
        self.enter_frame(block)
        self.buffer(block)
        self.blockvisit(node.body, block)
        self.newline(node)
        self.visit(node.target, frame)
        self.write(" = ")
        if node.filter is not None:
            self._filtered(node.filter, block)
        else:
            self.write(f"captured(concat({block.buffer}))")
        self.pop_assign_tracking(frame)
        self.leave_frame(block)

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:  # noqa: N802 Jinja's name
        block = frame.inner()
        block.symbols.analyze_node(node)
        self.enter_frame(block)
        self.buffer(block)
        self.blockvisit(node.body, block)
        self.start_write(frame, node)
        self._filtered(node.filter, block)
        self.end_write(frame)
        self.leave_frame(block)

    def _filtered(self, node: nodes.Filter, frame: Frame) -> None:
        """A buffer through the filters of its block; the engine's own take it as it is."""
        if node.name.startswith("__"):
            self.visit_Filter(node, frame)
            return
        self.write(f"filtered(concat({frame.buffer}), lambda content: ")
        first = node
        while isinstance(first.node, nodes.Filter):
            first = first.node
        first.node = nodes.Name(CONTENT, "load", lineno=node.lineno)
        self.visit_Filter(node, frame)
        first.node = None
        self.write(")")

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802 Jinja's name
        if node.name == CONTENT:
            self.write("content")
        else:
            super().visit_Name(node, frame)

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 Jinja's name
        if isinstance(node.node, nodes.Getattr):
            self._methods.add(id(node.node))
        if forward_caller or not self._is_own(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("own(context, ")
        self.visit(node.node, frame)
        for argument in node.args:
            self.write(", ")
            self.visit(argument, frame)
        self.write(")")

    def _is_own(self, node: nodes.Call) -> bool:
        """Whether a call is one of the engine's own functions, with nothing but values."""
        if type(node.node) is not nodes.Name or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return False
        function = self.environment.globals.get(node.node.name)
        return type(function) is FunctionType and function in self.environment.own_functions  # type: ignore[attr-defined]  it is a `TemplateEnvironment`

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 Jinja's name
        self.write("environment.concatenate(context, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802 Jinja's name
        one_is_plain = isinstance(node.expr, _SIDES) or isinstance(node.ops[0].expr, _SIDES)
        if len(node.ops) == 1 and node.ops[0].op not in _CHANGING and one_is_plain:
            super().visit_Compare(node, frame)
            return
        self.write("(tick() or ")
        super().visit_Compare(node, frame)
        self.write(")")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802 Jinja's name
        self._made(node, node.items, super().visit_List, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802 Jinja's name
        self._made(node, node.items if node.ctx == "load" else (), super().visit_Tuple, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802 Jinja's name
        self._made(
            node, [*(pair.key for pair in node.items), *(pair.value for pair in node.items)], super().visit_Dict, frame
        )

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802 Jinja's name
        self._made(node, [node.arg] if isinstance(node.arg, nodes.Slice) else (), super().visit_Getitem, frame)

    def _made(self, node: Any, parts: Sequence[nodes.Node], write: Callable[[Any, Frame], None], frame: Frame) -> None:
        """An expression that makes a value of its parts; constants alone cost what their source does."""
        if all(isinstance(part, nodes.Const) for part in parts):
            write(node, frame)
            return
        self.write("made(")
        write(node, frame)
        self.write(")")

    def _reference(self, name: str, frame: Frame) -> str:
        """The variable that holds what a name stands for, or is missing."""
        return frame.symbols.ref(name)

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 Jinja's name
        if id(node) in self._methods:
            self.write("environment.method(")
            self.visit(node.node, frame)
            self.write(f", {node.attr!r})")
            return
        if not isinstance(node.node, nodes.Name):
            key = repr(node.attr)
            self.write(f"(owner[{key}] if type(owner := ")
            self.visit(node.node, frame)
            self.write(f") is dict and {key} in owner else environment.getattr(owner, {key}))")
            return
        name, key = self._reference(node.node.name, frame), repr(node.attr)
        self.write(f"({name}[{key}] if type({name}) is dict and {key} in {name} else environment.getattr(")
        self.visit(node.node, frame)
        self.write(f", {key}))")


def _parted(node: nodes.Node) -> Iterable[nodes.Node]:
    """A statement of the root; an output of many values as several."""
    if type(node) is not nodes.Output or len(node.nodes) <= 2 * _VALUES or hasattr(node, "plan"):
        return [node]
    parts = (node.nodes[start : start + 2 * _VALUES] for start in range(0, len(node.nodes), 2 * _VALUES))
    return [nodes.Output(part, lineno=part[0].lineno) for part in parts]
