"""The structure of a sheet and the contents of its cells as statements of its program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from jinja2 import nodes

from generator.diagnostics import Location
from generator.excel.compile.axes import Block, Branch, Mark, Part, Statement, Stretch, Structure
from generator.excel.compile.compiled_sheet import ABSENT, COLUMN, FORMULA, HEIGHT, BandHeights, Measure, MergeSpec
from generator.excel.compile.program import BandPlan, Call, Calls, Cells, Event, RowPlan, RowStart, planned
from generator.excel.compile.side_by_side import SideBlock, together
from generator.excel.compile.side_texts import Side
from generator.excel.compile.tagged_texts import Content, TagReader, tag_source
from generator.excel.follow.layout import Band
from generator.excel.read.sheet_xml import SheetXml, SourceCell, SourceRow, without
from generator.excel.read.workbook import Workbook
from generator.excel.run.cell_values import run_mark
from generator.excel.run.row_heights import MergedAreas, Widths, content_text, height, surely_short
from generator.kept.light_classes import dataclass, field, replace
from generator.ooxml.addresses import MAX_COLUMNS, column_letters


@dataclass(slots=True)
class Ground:
    """What the builders of one sheet share; `measures` and `merge_specs` grow as cells are built.

    Args:
        location: of a source row and column.
        report: takes a code, the mark at fault and the wording's arguments.
        contents: of the cells with tags, by row and column.
        sides: texts with tags beside the cells.
        headers: row and column of the header cells of tables.
    """

    workbook: Workbook
    xml: SheetXml
    reader: TagReader
    location: Callable[[int, int], Location]
    report: Callable[..., None]
    merged: MergedAreas
    widths: Widths
    rows: Structure
    columns: Structure
    contents: dict[tuple[int, int], Content] = field(default_factory=dict)
    sides: list[tuple[Side, Content]] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    merge_specs: list[MergeSpec] = field(default_factory=list)
    headers: frozenset[tuple[int, int]] = frozenset()
    _lists: list[tuple[list[Band], tuple[SideBlock, ...]]] | None = None  # of loops with lists beside each other

    def present(self, row: int, column: int) -> nodes.Expr | None:
        """Of a cell in a list beside others: whether the list goes on. None for any other cell."""
        if self._lists is None:
            self._lists = list(self._side_by_side())
        for bands, beside in self._lists:
            if any(band.first <= row <= band.last for band in bands):
                block = next(one for one in beside if one.first <= column <= one.last)
                return nodes.Name(block.present, "load", lineno=1)
        return None

    def _side_by_side(self) -> Iterator[tuple[list[Band], tuple[SideBlock, ...]]]:
        for part in self.rows.parts:
            if isinstance(part, Block) and (beside := part.branches[0].mark.beside):
                stretches = [one for one in part.branches[0].parts if isinstance(one, Stretch)]
                yield [self.rows.bands[one.band] for one in stretches], beside


class Faulty(Exception):
    """A tag could not be compiled; its finding is noted."""


class AxisBuilder:
    """Turns a structure into statements; `band` says what a band is."""

    def __init__(self, ground: Ground, axis: Structure):
        self.ground = ground
        self.axis = axis

    def band(self, index: int) -> list[nodes.Node]:
        raise NotImplementedError

    def iterated(self, expression: nodes.Node) -> nodes.Node:
        """What a loop runs over."""
        return expression

    def tested(self, expression: nodes.Node) -> nodes.Node:
        """What a condition asks."""
        return expression

    def event(self, number: int) -> list[nodes.Node]:
        return [planned(Event(number))]

    def parts(self, parts: Iterable[Part]) -> list[nodes.Node]:
        body: list[nodes.Node] = []
        for part in parts:
            if isinstance(part, Stretch):
                body += self.band(part.band)
            elif isinstance(part, Statement):
                body += self._parse(part.mark, tag_source(part.mark.tag))
            else:
                body += self._block(part)
        return body

    def _parse(self, mark: Mark, source: str) -> list[nodes.Node]:
        line = self.ground.reader.place(self.ground.location(mark.row, mark.column), mark.tag)
        found = self.ground.reader.parse(source, line)
        if found is None:
            raise Faulty
        return found

    def _block(self, block: Block) -> list[nodes.Node]:
        mark = block.branches[0].mark
        if mark.beside:
            loops = [self._parse(one.mark, f"{{% {one.mark.tag.body} %}}{{% endfor %}}")[0] for one in mark.beside]
            whole = together([loop for loop in loops if isinstance(loop, nodes.For)], mark.beside)
            whole.body = [*self.event(block.depth), *self.parts(block.branches[0].parts)]
            return [whole, *self.event(~block.depth)]
        (node, *_) = self._parse(mark, f"{{% {mark.tag.body} %}}{{% end{block.word} %}}")
        if isinstance(node, nodes.For):
            if node.recursive:
                self.ground.report("excel-tag-not-for-rows", mark, name="recursive")
                raise Faulty
            node.iter = self.iterated(node.iter)
            node.body = [*self.event(block.depth), *self.parts(block.branches[0].parts)]
            after = self.event(~block.depth)
            if len(block.branches) > 1:
                node.else_ = self.parts(block.branches[1].parts)
            return [node, *after]
        if isinstance(node, nodes.If):
            node.test = self.tested(node.test)
            node.body = self.parts(block.branches[0].parts)
            for branch in block.branches[1:]:
                if branch.mark.tag.keyword == "else":
                    node.else_ = self.parts(branch.parts)
                else:
                    node.elif_.append(self._elif(branch))
            return [node]
        assert isinstance(node, nodes.With)
        node.body = self.parts(block.branches[0].parts)
        return [node]

    def _elif(self, branch: Branch) -> nodes.If:
        (node,) = self._parse(branch.mark, f"{{% if 0 %}}{{% {branch.mark.tag.body} %}}{{% endif %}}")
        assert isinstance(node, nodes.If)
        found = node.elif_[0]
        found.test = self.tested(found.test)
        found.body = self.parts(branch.parts)
        return found


class RowBuilder(AxisBuilder):
    """The rows of a sheet."""

    def __init__(self, ground: Ground):
        super().__init__(ground, ground.rows)
        self.columns = ground.columns
        self.contents = ground.contents
        self.prefix = ground.xml.prefix
        self.targets: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {}
        self._beside: dict[int | None, list[tuple[Side, Content]]] = {}
        for side, content in ground.sides:
            self._beside.setdefault(side.row, []).append((side, content))
        self.heights = [self._heights(band) for band in ground.rows.bands]

    def _heights(self, band: Band) -> BandHeights:
        """Which rows of a band are measured: those that cells with tags and wrapped text make grow."""
        own = self.ground.xml.rows_within(band.first, band.last)
        grow = {row.number for row in own if not row.fixed_height}
        standard = self.ground.widths.row_height
        base = {row.number - band.first: row.height or standard for row in own}
        measured: dict[int, float] = {}
        for row in own:
            for cell in row.cells:
                if (cell.row, cell.column) not in self.contents or not self.wraps(cell):
                    continue
                rows, _ = self.ground.merged.size(cell.row, cell.column)
                covered = [number for number in range(cell.row, cell.row + rows) if number <= band.last]
                targets = [number for number in covered if number in grow]
                if targets:
                    target = targets[-1]
                    measured[target - band.first] = 0.0
                    others = tuple(number - band.first for number in covered if number != target)
                    self.targets[cell.row, cell.column] = (target - band.first, others)
        for row in own:
            place = row.number - band.first
            if place in measured:
                fixed = [self._fixed_height(cell) for cell in row.cells if (cell.row, cell.column) not in self.contents]
                measured[place] = max([standard, *fixed])
        return BandHeights(measured, base)

    def _fixed_height(self, cell: SourceCell) -> float:
        """What a wrapped text without tags needs."""
        if not self.wraps(cell) or self.ground.merged.size(cell.row, cell.column)[0] > 1:
            return 0.0
        text = ""
        if cell.kind == "s" and cell.value.isdecimal():
            text = self.ground.workbook.shared_texts[int(cell.value)]
        elif cell.kind == "inlineStr":
            text = content_text(b't="inlineStr">' + cell.inner)
        if not text:
            return 0.0
        size = self.ground.workbook.format(cell.style).size
        return height(text, self._capacity(cell), size, self.ground.widths.row_height)

    def _capacity(self, cell: SourceCell) -> float:
        kind = self.ground.workbook.format(cell.style)
        _, columns = self.ground.merged.size(cell.row, cell.column)
        return self.ground.widths.capacity(cell.column, cell.column + columns - 1, kind.size, kind.indent)

    def opening(self) -> list[nodes.Node]:
        """What is printed before the rows: texts that stand on no cell."""
        return [node for side, content in self.ground.sides if side.row is None for node in _side(side, content, None)]

    def _sides(self, row: SourceRow, offset: int, first: int = 1, last: int = MAX_COLUMNS) -> list[nodes.Node]:
        """The texts beside the cells of a row, within these columns."""
        return [
            node
            for side, content in self._beside.get(row.number, ())
            if side.column is not None and first <= side.column <= last
            for node in self._where(row.number, side.column, _side(side, content, offset))
        ]

    def _where(self, row: int, column: int, found: list[nodes.Node]) -> list[nodes.Node]:
        """Statements of a cell; in a list beside others only as long as it goes on."""
        present = self.ground.present(row, column)
        return [nodes.If(present, found, [], [], lineno=present.lineno)] if found and present is not None else found

    def band(self, index: int) -> list[nodes.Node]:
        band = self.axis.bands[index]
        rows = self.ground.xml.rows_within(band.first, band.last)
        if not self.columns.fixed:
            body: list[nodes.Node] = [] if rows else [planned(BandPlan(index, []))]
            for place, row in enumerate(rows):
                start: RowPlan = [without(self._start(index, row, row.number - band.first), b"spans") + b">"]
                body.append(planned(RowStart(index, place, start)))
                body += _CellBuilder(self, row, row.number - band.first).parts(self.columns.parts)
            return body
        before: list[nodes.Node] = []
        plans: list[RowPlan] = []
        for row in rows:
            offset = row.number - band.first
            before += self._sides(row, offset)
            plan: RowPlan = [self._start(index, row, offset)]
            if not row.cells:
                plan.append(b"/>")
            else:
                plan.append(b">")
                for cell in row.cells:
                    content = self.contents.get((cell.row, cell.column))
                    if content is not None:
                        before += self._where(cell.row, cell.column, content.before)
                    letters = column_letters(cell.column).encode()
                    plan += self.cell(cell, content, letters, offset)
                plan.append(b"</%brow>" % self.prefix)
            plans.append(_condensed(plan))
        return [*before, planned(BandPlan(index, plans))]

    def _start(self, index: int, row: SourceRow, offset: int) -> bytes:
        if offset in self.heights[index].measured:
            return without(row.start, b"ht", b"customHeight") + HEIGHT
        return row.start

    def wraps(self, cell: SourceCell) -> bool:
        return self.ground.workbook.format(cell.style).wrap

    def cell(self, cell: SourceCell, content: Content | None, letters: bytes, offset: int) -> RowPlan:
        """What a cell prints."""
        start = cell.start.replace(b'"%b\0"' % column_letters(cell.column).encode(), b'"%b\0"' % letters, 1)
        present = self.ground.present(cell.row, cell.column)
        if present is not None and content is None and (cell.formula or cell.inner):
            line = present.lineno
            if cell.formula:
                return [without(start, b"t"), Call("plain", (FORMULA,), line, present, ABSENT)]
            kind = b' t="%b"' % cell.kind.encode() if cell.kind else b""
            inner = kind + b">" + cell.inner + b"</%bc>" % self.prefix
            return [without(start, b"t"), Call("plain", (inner,), line, present, b"/>")]
        if content is None:
            if cell.formula:
                return [without(start, b"t") + FORMULA]
            if not cell.inner:
                return [start + b"/>"]
            return [start + b">" + cell.inner + b"</%bc>" % self.prefix]
        start = without(start, b"t", b"cm", b"vm", b"ph")
        call = self._call(content, (cell.row, cell.column) in self.ground.headers)
        if content.merges:
            words = tuple(word for word, _ in content.merges)
            expressions = [expression for _, expression in content.merges]
            call = Call("merged", (len(self.ground.merge_specs), call, *expressions), content.place)
            self.ground.merge_specs.append(MergeSpec(offset, cell.column, words))
        if (cell.row, cell.column) in self.targets:
            target, others = self.targets[cell.row, cell.column]
            size = self.ground.workbook.format(cell.style).size
            vertical = any(word == "vm" for word, _ in content.merges)
            call = Call("measured", (len(self.ground.measures), call), content.place)
            capacity = self._capacity(cell)
            short = surely_short(capacity, size, self.ground.widths.row_height)
            self.ground.measures.append(Measure(offset, cell.column, target, others, capacity, size, vertical, short))
        if present is not None:
            call = replace(call, when=present, otherwise=b"/>")
        return [start, call]

    def _call(self, content: Content, text: bool) -> Call:
        """The call that writes a cell; `text`: whatever it holds, as text."""
        line = content.place
        if text and content.alone is not None and not content.properties:
            return Call("joined", (content.alone,), line)
        if content.alone is not None:
            if content.properties:
                return Call("styled", (content.alone, content.properties[0]), line)
            return Call("cell", (content.alone,), line)
        if content.properties:
            return Call("rich", (content.properties, *content.pieces), line)
        return Call("joined", tuple(content.pieces), line)


class ColumnBuilder(AxisBuilder):
    """The program that places the columns; what its loops and conditions see is kept for the rows."""

    def __init__(self, ground: Ground):
        super().__init__(ground, ground.columns)

    def band(self, index: int) -> list[nodes.Node]:
        return [planned(BandPlan(index, []))]

    def iterated(self, expression: nodes.Node) -> nodes.Node:
        return _filtered(expression, "__kept_list")

    def tested(self, expression: nodes.Node) -> nodes.Node:
        return _filtered(expression, "__kept_test")


class _CellBuilder(AxisBuilder):
    """The cells of one row where columns repeat: loops and conditions go by what the column program saw."""

    def __init__(self, rows: RowBuilder, row: SourceRow, offset: int):
        super().__init__(rows.ground, rows.columns)
        self.rows = rows
        self.row = row
        self.offset = offset

    def band(self, index: int) -> list[nodes.Node]:
        band = self.axis.bands[index]
        before = self.rows._sides(self.row, self.offset, band.first, band.last)
        cells: list[tuple[int, RowPlan]] = []
        for cell in self.row.cells:
            if band.first <= cell.column <= band.last:
                content = self.rows.contents.get((cell.row, cell.column))
                if content is not None:
                    before += self.rows._where(cell.row, cell.column, content.before)
                plan = self.rows.cell(cell, content, COLUMN, self.offset)
                cells.append((cell.column - band.first, _condensed(plan)))
        return [*before, planned(Cells(index, cells))]

    def event(self, number: int) -> list[nodes.Node]:
        return []

    def iterated(self, expression: nodes.Node) -> nodes.Node:
        return _filtered(nodes.Const(0, lineno=expression.lineno), "__again")

    def tested(self, expression: nodes.Node) -> nodes.Node:
        return _filtered(nodes.Const(0, lineno=expression.lineno), "__again")


def _side(side: Side, content: Content, offset: int | None) -> list[nodes.Node]:
    pieces: list[str | nodes.Expr | Call] = [*content.pieces]
    if content.alone is not None:
        run = content.properties[0] if content.properties else b""
        pieces = [run_mark(int(run)), content.alone] if run else [content.alone]
    if side.kind == "header":  # `&` begins a code there; the template's own stay
        pieces = [
            Call("doubled", (piece,), content.place) if isinstance(piece, nodes.Expr) and not content.before else piece
            for piece in pieces
        ]
    call = Call("side", (side.key, offset, side.column, *pieces), content.place)
    return [*content.before, planned(Calls([call]), content.place)]


def _filtered(expression: nodes.Node, name: str) -> nodes.Node:
    assert isinstance(expression, nodes.Expr)
    return nodes.Filter(expression, name, [], [], None, None, lineno=expression.lineno)


def _condensed(plan: RowPlan) -> RowPlan:
    """The same plan with neighbouring bytes joined."""
    joined: RowPlan = []
    for piece in plan:
        if isinstance(piece, bytes) and joined and isinstance(joined[-1], bytes):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined
