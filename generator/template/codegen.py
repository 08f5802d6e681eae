"""Templates compiled to programs that yield UTF-8 bytes.

Jinja yields every literal and every value apart, as text. Here the literals are encoded once, when the template is
compiled, and a run of literals and values is one bytes-format; only frames that Jinja buffers (macros, `{% set %}` and
`{% filter %}` blocks) stay text. Values go through the render's own `Output`, with the line of their tag, so a compiled
program holds no state of a render and may be shared by threads.

Every tag stands on a line of its own in the source (the parts put a line break behind its opening delimiter), so a
line is a tag: `Fault.line` names the tag at which a render failed.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import CodeType, TracebackType
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.runtime import Context, Undefined
from jinja2.utils import missing

from generator.diagnostics import InvalidTemplate, Text
from generator.diagnostics.catalogue import diagnostic
from generator.template.budget import Budget, LimitExceeded
from generator.template.captured import Buffers, CapturingMacro

_MOST_VARIABLES = 500  # of a program that suggestions are looked for among, beside the context's: reading them is slow
_CHANGING = ("in", "notin")
_SIDES = (nodes.Const, nodes.TemplateData)


@dataclass(slots=True)
class Output:
    """What one render writes through; a part of Word or Excel gives its own.

    Args:
        write: a value and its tag's line -> UTF-8 bytes of XML.
        text: the same as text, for frames that Jinja buffers.
        render: what the render keeps beside its output (ids, relationships, merges); functions with `pass_context`
            find it as `context.output.render`.
        recorder: of a second run that collects every fault: takes (exception, line) and lets the render go on.
        budget: what the render may still spend; its programs share it.
        buffers: what becomes of what a template captures.
    """

    write: Callable[[Any, int], bytes]
    text: Callable[[Any, int], str]
    render: Any = None
    recorder: Callable[[Exception, int], None] | None = None
    budget: Budget = field(default_factory=Budget)
    buffers: Buffers = field(default_factory=Buffers)

    macro = CapturingMacro

    @staticmethod
    def unpacked(value: Any, width: int) -> tuple[Any, ...]:
        """A value taken apart for several names."""
        return unpacked(value, width)

    def guard(self, evaluate: Callable[[], Any], line: int, otherwise: Any = "") -> Any:
        """A value, or `otherwise` where it cannot be had; the fault goes to the recorder."""
        try:
            value = evaluate()
            if otherwise == () and not hasattr(value, "__next__"):
                iter(value)
            elif otherwise is False:
                bool(value)
        except (LimitExceeded, RecursionError):
            raise
        except Exception as fault:
            if self.recorder is None:
                raise
            self.recorder(fault, line)
            return otherwise
        return value

    def each(self, items: Iterable[Any], width: int, line: int) -> Iterator[Any]:
        """The items of a loop up to a fault of their iterator, without those that its names cannot take."""
        try:
            for item in items:
                if width and self.guard(lambda item=item: unpacked(item, width), line, None) is None:
                    continue
                yield item
        except LimitExceeded:
            raise
        except Exception as fault:
            if self.recorder is None:
                raise
            self.recorder(fault, line)


def unpacked(value: Any, width: int) -> tuple[Any, ...]:
    """A value for several names, as Python takes it apart.

    Raises:
        TypeError: it cannot be taken apart.
        ValueError: it has more or fewer items.
    """
    if not hasattr(value, "__iter__") and not hasattr(value, "__getitem__"):
        raise TypeError(f"cannot unpack non-iterable {type(value).__name__} object")
    items = tuple(value)
    if len(items) != width:
        few = len(items) < width
        raise ValueError(
            f"not enough values to unpack (expected {width}, got {len(items)})"
            if few
            else f"too many values to unpack (expected {width})"
        )
    return items


class RenderContext(Context):
    """A Jinja context that knows what its render writes through."""

    output: Output

    def derived(self, locals: dict[str, Any] | None = None) -> Context:  # noqa: A002 Jinja's name
        context = super().derived(locals)
        context.output = self.output  # type: ignore[attr-defined]
        return context


_CONTENT = "__content"  # stands in a block's filter for what the block holds


class BytesGenerator(CodeGenerator):
    """Jinja's code generator with bytes for output and dict keys before attributes; what it writes counts its own work:
    turns of loops, lists and text that expressions make."""

    _written = 0

    def __init__(self, *arguments: Any, **named: Any):
        super().__init__(*arguments, **named)
        self._bodies: set[int] = set()  # of loops, by the identity of their list
        self._methods: set[int] = set()  # attributes that are called

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

    def buffer(self, frame: Frame) -> None:
        super().buffer(frame)
        self.writeline("tick()")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 Jinja's name
        self._bodies.add(id(node.body))
        super().visit_For(node, frame)

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        if id(nodes) in self._bodies:
            self.writeline("turn()")
        super().blockvisit(nodes, frame)

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
        if frame.buffer is None:
            self._yield(pieces, frame, finalize)
        else:
            if literal := sum(len(piece) for piece in pieces if isinstance(piece, str)):
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

    def end_write(self, frame: Frame) -> None:
        self.write(f", {self._written}).encode()" if frame.buffer is None else f", {self._written}))")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        self.writeline(f"return captured(concat({frame.buffer}))")

    def visit_Assign(self, node: nodes.Assign, frame: Frame) -> None:  # noqa: N802 Jinja's name
        self.newline(node)  # Jinja looks whether `a.b` may be set before it says at which line
        super().visit_Assign(node, frame)

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
        first.node = nodes.Name(_CONTENT, "load", lineno=node.lineno)
        self.visit_Filter(node, frame)
        first.node = None
        self.write(")")

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802 Jinja's name
        if node.name == _CONTENT:
            self.write("content")
        else:
            super().visit_Name(node, frame)

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if isinstance(node.node, nodes.Getattr):
            self._methods.add(id(node.node))
        super().visit_Call(node, frame, forward_caller=forward_caller)

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
            self.write("environment.getattr(")
            self.visit(node.node, frame)
            self.write(f", {node.attr!r})")
            return
        name, key = self._reference(node.node.name, frame), repr(node.attr)
        self.write(f"({name}[{key}] if type({name}) is dict and {key} in {name} else environment.getattr(")
        self.visit(node.node, frame)
        self.write(f", {key}))")


class RecordingGenerator(BytesGenerator):
    """The same program, each expression guarded by itself, so that one run finds every place that fails.

    Names of the context are looked up where they stand: for each guard Python's compiler copies the set of all variables around
    it, which makes a template of thousands of names quadratic.
    """

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
        for statement in node.find_all(nodes.ExprStmt):
            self._guarded[id(statement.node)] = "''"
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
        if node.ctx == "load" and node.name != _CONTENT and self._looked_up(node.name, frame):
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


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled template; `chunks` runs it."""

    environment: Environment
    template: Template
    source: nodes.Template | str | None  # None where it was kept by another process
    code: CodeType

    def __freeze__(self) -> tuple[Environment, CodeType]:
        return self.environment, self.code

    @staticmethod
    def __thaw__(environment: Environment, code: CodeType) -> Program:
        return Program(environment, _template(environment, code), None, code)

    def chunks(self, context: Mapping[str, Any], output: Output) -> Iterator[bytes]:
        """What the template prints with a context, in pieces of UTF-8.

        Raises:
            LimitExceeded: the render takes too long.
            Exception: whatever an expression raises; `fault_line` finds the tag.
        """
        jinja_context = self.template.new_context(dict(context))
        jinja_context.output = output  # type: ignore[attr-defined]
        return self.template.root_render_func(jinja_context)  # type: ignore[return-value]

    def within(self, environment: Environment) -> Program:
        """The same program with another environment (other undefined names)."""
        return Program(environment, _template(environment, self.code), self.source, self.code)

    def recording(self) -> Program:
        """The same program with every expression guarded: see `RecordingGenerator`."""
        environment = self.environment.overlay()
        environment.code_generator_class = RecordingGenerator
        return compile_program(environment, self.source or "")


def compile_program(environment: Environment, source: str | nodes.Template) -> Program:
    """Compile a template's source, or its tree.

    Raises:
        jinja2.TemplateSyntaxError: with the line of the tag.
        InvalidTemplate: Python cannot compile so much at once.
    """
    try:
        code = environment.compile(source)  # type: ignore[arg-type]
    except (RecursionError, MemoryError, SyntaxError):
        reason = Text("条件、循环或算式套得太深", "blocks or expressions stand in one another too deep")
        raise InvalidTemplate([diagnostic("template-too-complex", where=Text("", ""), reason=reason)]) from None
    return Program(environment, _template(environment, code), source, code)


def _template(environment: Environment, code: CodeType) -> Template:
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


def fault_line(fault: BaseException) -> int | None:
    """The line of the tag at which a program raised; None if it was not within a program.

    Of an endless recursion it is the tag that began it: where the stack ends is chance.
    """
    line = None
    trace: TracebackType | None = fault.__traceback__
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            line = template.get_corresponding_lineno(trace.tb_lineno)
            if isinstance(fault, RecursionError):
                break
        trace = trace.tb_next
    return line


def fault_names(fault: BaseException) -> set[str]:
    """The names that the failing tag could see, for suggestions."""
    names: set[str] = set()
    frames = [frame for frame, _ in traceback.walk_tb(fault.__traceback__)]
    if frames:
        frames += [frame for frame, _ in traceback.walk_stack(frames[0].f_back)]
    for frame in frames:
        code = frame.f_code
        if "__jinja_template__" in frame.f_globals and code.co_nlocals + len(code.co_cellvars) <= _MOST_VARIABLES:
            for name, value in frame.f_locals.items():
                if (
                    name.startswith("l_")
                    and name.count("_") >= 2
                    and value is not missing
                    and not isinstance(value, Undefined)
                ):
                    names.add(name.split("_", 2)[2])
                elif isinstance(value, Context):
                    names |= set(value.parent) - set(value.environment.globals)
    return {name for name in names if not name.startswith("__")}


def limited(chunks: Iterable[bytes], budget: Budget) -> Iterator[bytes]:
    """The same chunks, up to the size that a part may have."""
    size, limit = 0, budget.bounds.output
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise LimitExceeded("output")
        yield chunk
