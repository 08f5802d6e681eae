"""Sheets as programs: a band of rows is one yield of ready bytes.

On top of the shared byte generator: an `Output` node that carries a plan is written as that plan. A band yields its
number and one bytes-format for each row, in which the row's own number is still a NUL byte (the driver puts it in, since
only it knows it), or, of a row of plain values, these as they are; a loop yields its depth when an iteration begins and the depth's complement when it ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from jinja2 import Environment, nodes, pass_context
from jinja2.compiler import Frame

from generator.excel.compile.side_by_side import beside
from generator.kept.light_classes import dataclass, field, replace
from generator.template.codegen import BytesGenerator
from generator.template.jinja_program import Program, compile_program
from generator.template.output import Output, RenderContext
from generator.template.plain_rows import Keys, item_of, keys_of
from generator.template.plain_rows import RowPlan as JoinedRows
from generator.template.recording import RecordingGenerator

Constant = str | bytes | int | float | tuple[Any, ...] | None


@dataclass(slots=True)
class Call:
    """A call of one of the render's functions (see `SheetOutput`): its name, its arguments, the tag's line.

    With `when`, it is made where that holds; elsewhere `otherwise` is written.
    """

    function: str
    arguments: tuple[Argument, ...]
    line: int
    when: nodes.Expr | None = None
    otherwise: bytes = b""


_SEVERAL = 2  # values of a row that are handed on as they are

Argument = nodes.Expr | Constant | Call
RowPlan = list["bytes | Call"]


@dataclass(slots=True)
class BandPlan:
    """A band of rows: its index, and for each row that holds anything what it prints."""

    band: int
    rows: list[RowPlan]


@dataclass(slots=True)
class Event:
    """Something that the driver must know: a number that is yielded bare."""

    number: int


@dataclass(slots=True)
class RowStart:
    """On a sheet whose columns repeat: a row begins; its band, which of the band's rows, its start tag."""

    band: int
    row: int
    start: RowPlan


@dataclass(slots=True)
class Cells:
    """On a sheet whose columns repeat: the cells of a band of columns, each with its column's place within the band."""

    band: int
    cells: list[tuple[int, RowPlan]]


@dataclass(slots=True)
class Values:
    """Expressions by name, yielded as a dictionary."""

    values: dict[str, nodes.Expr | Call]


@dataclass(slots=True)
class Calls:
    """Calls for what they note, not for what they print."""

    calls: list[Call]


Plan = BandPlan | Event | RowStart | Cells | Values | Calls


FUNCTIONS = (
    *("cell", "joined", "rich", "styled", "measured", "measured_cell", "measured_joined", "merged"),
    *("side", "doubled", "text", "truth", "plain"),
)
_TOGETHER = ("cell", "joined")  # that are written and measured by one function


@dataclass(slots=True)
class SheetOutput(Output):
    """What a sheet's program writes through: the functions that its calls name, each taking its tag's line last.

    `cell`, `joined`, `rich` and `styled` write a cell (see `cells.Writer`); `merged` and `measured` take a written cell and
    note its merging tags and the height that its text needs (see `render.SheetRun`), `measured_cell` and `measured_joined`
    write it as well. `written` takes the rows of a loop together.
    """

    functions: dict[str, Callable[..., Any]] = field(default_factory=dict)
    written: Callable[..., Any] | None = None

    def batches(self, rows: Any, pieces: tuple[bytes, ...], keys: Keys, lines: tuple[int, ...], *place: int) -> Any:
        """The items of a loop that is one row of values, many of them as a `RowBatch` that the driver writes."""
        if self.written is None or type(rows) is not list:
            return rows
        return self.written(rows, pieces, keys, lines, *place)


def planned(plan: Plan, line: int = 1) -> nodes.Output:
    """An output node that is written as `plan`."""
    output = nodes.Output([found for piece in _pieces(plan) for found in _expressions(piece)], lineno=line)
    output.plan = plan  # type: ignore[attr-defined]  a node carries its plan to the code generator
    return output


def _expressions(piece: Argument) -> Iterator[nodes.Expr]:
    """The expressions in a call, or the one that is none."""
    if isinstance(piece, nodes.Expr):
        yield piece
    elif isinstance(piece, Call):
        for inner in (piece.when, *piece.arguments):
            yield from _expressions(inner)


def _pieces(plan: Plan) -> Iterable[Argument]:
    if isinstance(plan, Values):
        return plan.values.values()
    if isinstance(plan, Calls):
        return plan.calls
    if isinstance(plan, Event):
        return ()
    if isinstance(plan, RowStart):
        return plan.start
    return chain.from_iterable(plan.rows if isinstance(plan, BandPlan) else (cell for _, cell in plan.cells))


class _Plans(BytesGenerator):
    """Writes output nodes that carry a plan."""

    def write_commons(self) -> None:
        super().write_commons()
        for name in FUNCTIONS:
            self.writeline(f"x_{name} = output.functions[{name!r}]")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 Jinja's name
        plan: Plan | None = getattr(node, "plan", None)
        if plan is None:
            super().visit_Output(node, frame)
        elif isinstance(plan, Event):
            self.writeline(f"yield {plan.number}")
        elif isinstance(plan, BandPlan) and self._plain(plan):
            self._values(plan, node, frame)
        elif isinstance(plan, BandPlan):
            with self._over_lines(f"yield ({plan.band},", ")", node):
                for row in plan.rows:
                    self._row(row, frame)
        elif isinstance(plan, Calls):
            for call in plan.calls:
                self.newline(node)
                self._call(call, frame)
        elif isinstance(plan, Values):
            with self._over_lines("yield {", "}", node):
                for name, value in plan.values.items():
                    self.newline(value if isinstance(value, nodes.Node) else nodes.Const(None, lineno=value.line))
                    self.write(f"{name!r}: ")
                    self._argument(value, frame)
                    self.write(",")
        elif isinstance(plan, RowStart):
            with self._over_lines(f"yield ({plan.band}, {plan.row},", ")", node):
                self._row(plan.start, frame)
        else:
            with self._over_lines(f"yield [{plan.band},", "]", node):
                for column, cell in plan.cells:
                    self.writeline(f"{column},")
                    self._row(cell, frame)

    @contextmanager
    def _over_lines(self, opening: str, closing: str, node: nodes.Node | None = None) -> Iterator[None]:
        """An expression in brackets, what it holds in lines of its own."""
        self.writeline(opening, node)
        self.indent()
        yield
        self.outdent()
        self.writeline(closing)

    def _row_plan(self, loop: nodes.For) -> JoinedRows | None:
        """Of a loop that is nothing but one row of values of its item's own."""
        item = item_of(loop)
        begin, band = ([getattr(node, "plan", None) for node in loop.body] + [None, None])[:2]
        if item is None or len(loop.body) != 2 or not isinstance(begin, Event) or not isinstance(band, BandPlan):
            return None
        if len(band.rows) != 1 or not self._alone(band):
            return None
        pieces, calls = _around(band.rows[0])
        values = [value for call in calls for value in call.arguments if isinstance(value, nodes.Expr)]
        keys = keys_of(values, item) if len(values) == len(calls) else None
        lines = tuple(call.line for call in calls)
        return None if keys is None else JoinedRows(item, pieces, keys, lines, (band.band, begin.number))

    def _plain(self, plan: BandPlan) -> bool:
        """Whether a band is one row of values alone in their cells, of which the driver may put many together."""
        several = len(plan.rows) == 1 and sum(isinstance(piece, Call) for piece in plan.rows[0]) >= _SEVERAL
        return several and self._alone(plan)

    def _alone(self, plan: BandPlan) -> bool:
        """Whether what a band prints are values alone in their cells."""
        calls = (piece for row in plan.rows for piece in row if isinstance(piece, Call))
        return all(call.function == "cell" and call.when is None for call in calls)

    def _values(self, plan: BandPlan, node: nodes.Output, frame: Frame) -> None:
        """A row of values: its band, what stands around them, the lines of their tags, the values."""
        pieces, calls = _around(plan.rows[0])
        lines = tuple(call.line for call in calls)
        with self._over_lines(f"yield ({plan.band}, {pieces!r}, {lines!r}, (", "))", node):
            for call in calls:
                self.newline(nodes.Const(None, lineno=call.line))
                self._argument(call.arguments[0], frame)
                self.write(",")

    def _row(self, row: RowPlan, frame: Frame) -> None:
        calls = [piece for piece in row if isinstance(piece, Call)]
        if not calls:
            self.writeline(f"{b''.join(piece for piece in row if isinstance(piece, bytes))!r},")
            return
        layout = b"".join(piece.replace(b"%", b"%%") if isinstance(piece, bytes) else b"%b" for piece in row)
        with self._over_lines(f"{layout!r} % (", "),"):
            for call in calls:
                self.newline(nodes.Const(None, lineno=call.line))
                self._call(call, frame)
                self.write(",")

    def _call(self, call: Call, frame: Frame) -> None:
        if call.when is not None:
            self.write("(")
            self._call(replace(call, when=None), frame)
            self.write(" if ")
            self.visit(call.when, frame)
            self.write(f" else {call.otherwise!r})")
            return
        self.write(f"x_{call.function}(")
        for argument in call.arguments:
            self._argument(argument, frame)
            self.write(", ")
        self.write(f"{call.line})")

    def _argument(self, argument: Argument, frame: Frame) -> None:
        if isinstance(argument, nodes.Expr):
            self.visit(argument, frame)
        elif isinstance(argument, Call):
            self._call(argument, frame)
        else:
            self.write(repr(argument))


def _around(row: RowPlan) -> tuple[tuple[bytes, ...], list[Call]]:
    """What stands around the calls of a row, and these."""
    pieces, calls = [b""], list[Call]()
    for piece in row:
        if isinstance(piece, Call):
            calls.append(piece)
            pieces.append(b"")
        else:
            pieces[-1] += piece
    return tuple(pieces), calls


class SheetGenerator(_Plans, BytesGenerator):
    """Sheets as programs."""

    def _call(self, call: Call, frame: Frame) -> None:
        inner = call.arguments[-1] if call.function == "measured" and call.when is None else None
        if isinstance(inner, Call) and inner.function in _TOGETHER and inner.when is None:
            arguments = (*call.arguments[:-1], *inner.arguments)
            call = Call(f"{call.function}_{inner.function}", arguments, inner.line)
        super()._call(call, frame)


class SheetRecordingGenerator(_Plans, RecordingGenerator):
    """The same with every expression guarded, so that one run finds every place that fails."""

    def _plain(self, plan: BandPlan) -> bool:
        return False  # each value is guarded as its cell is written

    def _call(self, call: Call, frame: Frame) -> None:
        self.write("guard(lambda: (")
        super()._call(call, frame)
        self.write(f"), {call.line}, b'')")


@pass_context
def _kept_list(context: RenderContext, values: Any) -> list[Any]:
    found = list(values)
    context.output.render.append(found)
    return found


@pass_context
def _kept_test(context: RenderContext, value: Any) -> bool:
    found = bool(value)
    context.output.render.append(found)
    return found


@pass_context
def _again(context: RenderContext, _: Any) -> Any:
    return next(context.output.render)


def sheet_environment(environment: Environment) -> Environment:
    """The environment of a sheet's program: text is escaped when its cell is written, not before."""
    own = environment.overlay(autoescape=False)
    own.code_generator_class = SheetGenerator
    own.filters = {
        **own.filters,
        "__kept_list": _kept_list,
        "__kept_test": _kept_test,
        "__again": _again,
        "__beside": beside,
    }
    return own


def recording(program: Program) -> Program:
    """The program with every expression guarded."""
    environment = program.environment.overlay()
    environment.code_generator_class = SheetRecordingGenerator
    return compile_program(environment, program.source or "")
