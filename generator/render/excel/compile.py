"""A sheet compiled: its rows and columns as a structure, its cells as a program.

Every tag has a place, numbered from 1; the number is its line in the program, so a fault at run time names sheet, cell and
tag. All faults of a sheet are found in one pass.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.diagnostics import Diagnostic, Location
from generator.messages import diagnostic
from generator.places import describe
from generator.render.codegen import Program, compile_program
from generator.render.excel import structure
from generator.render.excel.cells import run_mark
from generator.render.excel.heights import MergedAreas, content_text, height, merged_areas, widths
from generator.render.excel.layout import MAX_COLUMNS, MAX_ROWS, Band
from generator.render.excel.program import (
    BandPlan,
    Call,
    Cells,
    Event,
    RowPlan,
    RowStart,
    planned,
    sheet_environment,
)
from generator.render.excel.references import cell as cell_name
from generator.render.excel.references import column_letters
from generator.render.excel.sheetheads import SheetHead, head_tree
from generator.render.excel.sheetxml import Cell, Row, Run, SheetXml, rich_runs, without
from generator.render.excel.structure import Block, Branch, Mark, Part, Statement, Stretch, Structure
from generator.render.excel.workbook import Sheet, Workbook
from generator.render.faults import MERGES, PlacedTag, check_tag, match_blocks, syntax_fault
from generator.render.tags import Tag, find_tags, has_tags

FORMULA = b"\x01"  # stands for a formula until the layout of the whole workbook is known
HEIGHT = b"\x07"  # stands for the height of a row whose text wraps
COLUMN = b"\x08"  # stands for the letters of a cell's column, where columns move


@dataclass(frozen=True, slots=True)
class Measure:
    """A cell whose text wraps.

    Args:
        target: the place within its band of the row that grows: its own, or the last of its merge.
        others: the places of the other rows of its merge.
        capacity: of its line, in half-widths of its font.
        size: of its font, in points.
        row, column: its row's place within its band, its source column.
        vertical: it has a `vm`: its rows are known only when the sheet is complete.
    """

    row: int
    column: int
    target: int
    others: tuple[int, ...]
    capacity: float
    size: float
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class MergeSpec:
    """The merging tags of a cell: its row's place within the band, its source column, and the tags in their order."""

    row: int
    column: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BandHeights:
    """The rows of a band whose height is measured (with what their fixed texts need), and the height of every row."""

    measured: Mapping[int, float]
    base: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class CompiledSheet:
    """A sheet ready to render; nothing in it changes.

    Args:
        sheet: of the workbook.
        xml: its rows and cells.
        program: None for a sheet without tags.
        rows: the bands of its rows, and for each band the place of every row that holds anything within it.
        columns: the bands of its columns; None where columns stay.
        column_program: places the columns; None where they stay.
        formulas: for each band, the cells that hold a formula by the row's place within the band.
        places: of its tags, by line (from 1).
        measures, heights: cells whose text wraps, and the rows of each band.
        merge_specs: cells with merging tags.
        merged: the template's merges.
        row_height: of a row that says nothing, in points.
        trees: what was compiled, for the paths that it uses.
        head: the sheet's own tags; None if it has none.
        tagged: whether any cell holds tags.
    """

    sheet: Sheet
    xml: SheetXml
    program: Program | None
    rows: tuple[Band, ...]
    offsets: tuple[tuple[int, ...], ...]
    columns: tuple[Band, ...] | None
    column_program: Program | None
    formulas: tuple[tuple[tuple[int, tuple[Cell, ...]], ...], ...]
    places: tuple[PlacedTag, ...]
    measures: tuple[Measure, ...]
    heights: tuple[BandHeights, ...]
    merge_specs: tuple[MergeSpec, ...]
    merged: MergedAreas
    row_height: float
    trees: tuple[nodes.Template, ...]
    head: SheetHead | None = None
    tagged: bool = False

    @property
    def has_formulas(self) -> bool:
        return any(self.formulas)

    @property
    def deferred(self) -> bool:
        """Whether rows are completed only when the whole workbook's layout is known."""
        return self.has_formulas or any(measure.vertical for measure in self.measures)


@dataclass(slots=True)
class Content:
    """What a cell with tags holds, before it becomes part of a program.

    Args:
        place: the cell's line.
        alone: the one expression of a cell that holds nothing else.
        pieces: text, run marks and expressions in turns, for any other cell.
        properties: the run properties that run marks number; empty for plain text.
        before: statements that run before the cell's row is printed.
        merges: `vm`, `hm`, `colspan`, `cellbg` with their expressions.
    """

    place: int
    alone: nodes.Expr | None = None
    pieces: list[str | nodes.Expr] = field(default_factory=list)
    properties: tuple[bytes, ...] = ()
    before: list[nodes.Node] = field(default_factory=list)
    merges: list[tuple[str, nodes.Expr | None]] = field(default_factory=list)


def tag_source(tag: Tag) -> str:
    """A tag as Jinja reads it: normalised, without its scope."""
    end = {"{{": "}}", "{%": "%}", "{#": "#}"}[tag.mark]
    return f"{tag.mark}{tag.left} {tag.body} {tag.right}{end}"


class Compiler:
    """Compiles the sheets of one workbook; `findings` holds what is wrong with them."""

    def __init__(self, workbook: Workbook, environment: Environment):
        self.workbook = workbook
        self.environment = sheet_environment(environment)
        self.findings: list[Diagnostic] = []

    def sheet(self, sheet: Sheet, xml: SheetXml) -> CompiledSheet:
        """Compile one sheet; faults go to `findings`, and the sheet is then not to be rendered."""
        return _SheetCompiler(self, sheet, xml).compile()


class _SheetCompiler:
    def __init__(self, compiler: Compiler, sheet: Sheet, xml: SheetXml):
        self.workbook = compiler.workbook
        self.environment = compiler.environment
        self.findings = compiler.findings
        self.sheet = sheet
        self.xml = xml
        self.places: list[PlacedTag] = []
        self.lines: dict[tuple[int, int], int] = {}
        self.blocks = 0
        self.texts: dict[tuple[int, int], list[Run]] = {}
        self.measures: list[Measure] = []
        self.merge_specs: list[MergeSpec] = []
        self.merged = merged_areas(xml)
        self.widths = widths(xml, compiler.workbook.format(0).size)
        self.trees: list[nodes.Template] = []
        self.sheet_tags: dict[int, list[tuple[int, Tag]]] = {}

    # Places and faults

    def place(self, row: int, column: int, tag: Tag) -> int:
        """The line of a place; each tag has its own."""
        self.places.append(PlacedTag(tag, self.location(row, column)))
        return len(self.places)

    def location(self, row: int, column: int) -> Location:
        anchor = {"sheet": self.sheet.name, "cell": cell_name(row, column)}
        return Location(place=describe(anchor), anchor=anchor)

    def report(self, code: str, mark: Mark, **arguments: Any) -> None:
        location = self.location(mark.row, mark.column)
        self.findings.append(diagnostic(code, location, tag=mark.tag.text, **arguments))

    # The sheet

    def compile(self) -> CompiledSheet:
        for row in self.xml.rows:
            for cell in row.cells:
                runs = self._runs(cell)
                if runs is not None:
                    self.texts[cell.row, cell.column] = runs
        head = self._head()
        rows = self._axis("tr", MAX_ROWS)
        columns = self._axis("tc", MAX_COLUMNS)
        offsets, formulas = self._offsets(rows), self._formulas(rows)
        program = column_program = None
        heights: list[BandHeights] = []
        if self.texts:
            contents = {
                key: self._content(*key, runs)
                for key, runs in self.texts.items()
                if key[0] not in rows.controls and key[1] not in columns.controls
            }
            by_number = {row.number: row for row in self.xml.rows}
            build = _RowBuilder(self, rows, columns, contents, by_number)
            try:
                program = self._program(build.parts(rows.parts))
                if not columns.fixed:
                    column_program = self._program(_ColumnBuilder(self, columns).parts(columns.parts))
            except _Faulty:
                program = None
            heights = build.heights
        return CompiledSheet(
            self.sheet,
            self.xml,
            program,
            tuple(rows.bands),
            offsets,
            None if columns.fixed else tuple(columns.bands),
            column_program,
            formulas,
            tuple(self.places),
            tuple(self.measures),
            tuple(heights),
            tuple(self.merge_specs),
            self.merged,
            self.widths.row_height,
            tuple(self.trees),
            head,
            bool(self.texts),
        )

    def _head(self) -> SheetHead | None:
        """The tags of the sheet as a whole, and its name."""
        loop = condition = name = hidden = None
        loop_text = None
        for (row, column), runs in sorted(self.texts.items()):
            for tag in find_tags("".join(run.text for run in runs)):
                if tag.keyword != "sheet":
                    continue
                self.sheet_tags.setdefault(row, []).append((column, tag))
                line = self.place(row, column, tag)
                body = tag.body.removeprefix("sheet").strip()
                word, _, rest = body.partition(" ")
                mark = Mark(tag, row, column)
                if not tag.closed:
                    self.check(mark)
                elif word == "for" and loop is None:
                    found = self.parse(f"{{% {body} %}}{{% endfor %}}", line)
                    if found and isinstance(found[0], nodes.For):
                        loop, loop_text = found[0], body
                elif word == "if" and condition is None:
                    condition = self.expression(rest, line)
                elif word == "name" and name is None:
                    name = self.expression(rest, line)
                elif word == "hide" and hidden is None:
                    hidden = self.expression(rest or "true", line)
                else:
                    self.report("excel-sheet-tag", mark)
        if name is None and has_tags(self.sheet.name):
            name = self._name()
        if loop is None and condition is None and name is None and hidden is None:
            return None
        program = self._program(head_tree(loop, condition, name, hidden))
        return SheetHead(program, loop_text) if program else None

    def _name(self) -> nodes.Expr | None:
        """The sheet's name, where it holds tags itself."""
        text, pieces, position = self.sheet.name, [], 0
        location = Location(place=describe({"sheet": text}), anchor={"sheet": text})
        line = 1
        for tag in find_tags(text):
            placed = PlacedTag(tag, location)
            self.places.append(placed)
            line = len(self.places)
            self.findings += check_tag(self.environment, placed)
            if tag.mark == "{%":
                self.findings.append(placed.finding("excel-sheet-name-control"))
            pieces.append(nodes.Const(text[position : tag.start], lineno=line))
            if tag.mark == "{{" and tag.closed and (found := self.expression(tag.body, line)) is not None:
                pieces.append(found)
            position = tag.end
        return nodes.Concat([*pieces, nodes.Const(text[position:], lineno=line)], lineno=line)

    def _program(self, body: list[nodes.Node]) -> Program | None:
        if self.findings:
            return None
        tree = nodes.Template(body, lineno=1)
        tree.set_environment(self.environment)
        self.trees.append(tree)
        return compile_program(self.environment, tree)

    def _runs(self, cell: Cell) -> list[Run] | None:
        if cell.kind == "s":
            text = cell.value
            runs = self.workbook.tagged_strings.get(int(text)) if text.isdecimal() else None
            return list(runs) if runs else None
        if b"{" not in cell.inner and b"&#" not in cell.inner:
            return None
        if cell.kind == "inlineStr":
            from lxml import etree

            # the slice has lost its namespaces; its names keep their prefix
            source = re.sub(rb"(</?)\w+:", rb"\1", cell.inner)
            runs = rich_runs(etree.fromstring(source))
        elif cell.kind == "str" and not cell.formula:
            runs = [Run(b"", cell.value)]
        else:
            if cell.formula and re.search(rb"\{\{|\{%", cell.inner):
                text = re.search(rb"<(?:\w+:)?f[^>]*>([^<]*)", cell.inner)
                if text and has_tags(text[1].decode()):
                    self._fault("excel-tag-in-formula", cell.row, cell.column)
            return None
        return runs if has_tags("".join(run.text for run in runs)) else None

    def _fault(self, code: str, row: int, column: int, **arguments: Any) -> None:
        self.findings.append(diagnostic(code, self.location(row, column), **arguments))

    def _axis(self, host: str, limit: int) -> Structure:
        """The structure of the rows (`tr`) or columns (`tc`)."""
        found: dict[int, list[tuple[int, list[Mark], str]]] = {}
        for (row, column), runs in sorted(self.texts.items()):
            text = "".join(run.text for run in runs)
            marks = [Mark(tag, row, column) for tag in find_tags(text) if tag.host == host and tag.mark == "{%"]
            if marks:
                position, other = (row, column) if host == "tr" else (column, row)
                found.setdefault(position, []).append((other, marks, text))
        if host == "tr":
            for row, tags in self.sheet_tags.items():
                found.setdefault(row, [])
                self._only_controls(host, row, Mark(tags[0][1], row, tags[0][0]))
        controls: list[tuple[int, list[Mark]]] = []
        for position, cells in sorted(found.items()):
            if not cells:
                controls.append((position, []))
                continue
            texts = {text.strip() for _, _, text in cells}
            marks = cells[0][1] if len(texts) == 1 else [mark for _, own, _ in sorted(cells) for mark in own]
            controls.append((position, [mark for mark in marks if mark.tag.closed]))
            for mark in marks:
                self.check(mark)
            self._only_controls(host, position, cells[0][1][0])
        return structure.build(controls, limit, self.report)

    def _only_controls(self, host: str, position: int, mark: Mark) -> None:
        """Report what else stands in a control row or column: it would be lost."""
        for row in self.xml.rows:
            for cell in row.cells:
                if (cell.row if host == "tr" else cell.column) != position or not cell.inner:
                    continue
                runs = self.texts.get((cell.row, cell.column))
                text = "".join(run.text for run in runs) if runs else None
                if text is None:
                    if cell.kind == "s" and not self.workbook.shared_texts[int(cell.value)].strip():
                        continue
                else:
                    rest = _without_tags(text, host)
                    if not rest.strip():
                        continue
                    if host == "tc" and (
                        cell.row in self.sheet_tags or any(tag.host == "tr" for tag in find_tags(text))
                    ):
                        continue  # a control row disappears before its cells count
                code = "excel-control-row-mixed" if host == "tr" else "excel-control-column-mixed"
                shown = str(position) if host == "tr" else column_letters(position)
                self._fault(code, cell.row, cell.column, tag=mark.tag.text, position=shown)

    def _offsets(self, rows: Structure) -> tuple[tuple[int, ...], ...]:
        return tuple(
            tuple(row.number - band.first for row in self.xml.rows if band.first <= row.number <= band.last)
            for band in rows.bands
        )

    def _formulas(self, rows: Structure) -> tuple[tuple[tuple[int, tuple[Cell, ...]], ...], ...]:
        found = []
        for band in rows.bands:
            cells = []
            for row in self.xml.rows:
                if band.first <= row.number <= band.last:
                    own = tuple(cell for cell in row.cells if cell.formula)
                    if own:
                        cells.append((row.number - band.first, own))
            found.append(tuple(cells))
        return tuple(found)

    # Cells

    def check(self, mark: Mark) -> bool:
        """Whether a tag is well-formed by itself; what is wrong goes to the findings."""
        found = check_tag(self.environment, PlacedTag(mark.tag, self.location(mark.row, mark.column)))
        self.findings += found
        return not found

    def parse(self, source: str, line: int) -> list[nodes.Node] | None:
        """The nodes of a snippet, all at `line`; a fault that its tags did not show by themselves is a finding."""
        place = self.places[line - 1]
        try:
            tree = self.environment.parse(source)
        except TemplateSyntaxError as fault:
            if not self.findings:
                self.findings.append(syntax_fault(place, fault))
            return None
        for name in tree.find_all(nodes.Name):
            if name.name.startswith("__"):
                self.findings.append(place.finding("excel-name-reserved", name=name.name))
                return None
        if tree.find(nodes.Block):
            self.findings.append(place.finding("template-unsupported-statement", name="block"))
            return None
        tree.set_lineno(line, override=True)
        return tree.body

    def expression(self, body: str, line: int) -> nodes.Expr | None:
        """One expression."""
        found = self.parse("{{ " + body + " }}", line)
        if not found or not isinstance(found[0], nodes.Output):
            return None
        return found[0].nodes[0]

    def _content(self, row: int, column: int, runs: list[Run]) -> Content:
        text = "".join(run.text for run in runs)
        tags = list(find_tags(text))
        shown = replace(tags[0], text=text.strip()) if len(tags) > 1 else tags[0]
        line = self.place(row, column, shown)
        content = Content(line)
        content.properties = tuple(run.properties for run in runs) if any(run.properties for run in runs) else ()
        sound = True
        for tag in tags:
            mark = Mark(tag, row, column)
            if tag.host == "p":
                self.report("excel-tag-of-word", mark)
            sound = self.check(mark) and sound
        if not sound:
            return content
        found = match_blocks(
            [PlacedTag(tag, self.location(row, column)) for tag in tags if tag.host not in ("tr", "tc")]
        )
        if found:
            self.findings += found
            return content
        plain: list[Tag] = []
        for tag in tags:
            if tag.mark == "{%" and tag.keyword in MERGES:
                body = tag.body[len(tag.keyword) :].strip()
                own = self.place(row, column, tag)
                content.merges.append((tag.keyword, self.expression(body, own) if body else None))
            else:
                plain.append(tag)
        removed = [(tag.start, tag.end) for tag in tags if tag not in plain]
        pieces = _cut(text, runs, plain, removed, bool(content.properties))
        statements = [piece for piece in pieces if isinstance(piece, Tag) and piece.mark == "{%"]
        values = [piece for piece in pieces if isinstance(piece, Tag) and piece.mark == "{{"]
        blank = not any(isinstance(piece, str) and not _only_marks(piece) for piece in pieces)
        if statements and blank and not values and all(tag.keyword in ("set", "do") for tag in statements):
            for tag in statements:
                content.before += self.parse(tag_source(tag), self.place(row, column, tag)) or []
        elif statements or any(tag.left or tag.right for tag in plain):
            content.before, content.pieces = self._block(pieces, line)
        elif len(values) == 1 and blank:
            content.alone = self.expression(values[0].body, line)
            if content.properties:
                start = values[0].start
                content.properties = (_run_at(runs, start).properties,)
        else:
            for piece in pieces:
                if isinstance(piece, str):
                    content.pieces.append(piece)
                elif piece.mark == "{{":
                    found = self.expression(piece.body, self.place(row, column, piece))
                    if found is not None:
                        content.pieces.append(found)
        return content

    def _block(self, pieces: Sequence[str | Tag], line: int) -> tuple[list[nodes.Node], list[str | nodes.Expr]]:
        """A cell with control tags: its text is put together first, under a name of its own."""
        source = "".join(piece if isinstance(piece, str) else tag_source(piece) for piece in pieces)
        body = self.parse(source, line)
        self.blocks += 1
        name = f"__cell{self.blocks}"
        if body is None:
            return [], []
        block = nodes.AssignBlock(nodes.Name(name, "store", lineno=line), None, body, lineno=line)
        return [block], [nodes.Name(name, "load", lineno=line)]


class _Faulty(Exception):
    """A tag could not be compiled; its finding is noted."""


class _AxisBuilder:
    """Turns a structure into statements; `band` says what a band is."""

    def __init__(self, sheet: _SheetCompiler, axis: Structure):
        self.sheet = sheet
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
        line = self.sheet.place(mark.row, mark.column, mark.tag)
        found = self.sheet.parse(source, line)
        if found is None:
            raise _Faulty
        return found

    def _block(self, block: Block) -> list[nodes.Node]:
        mark = block.branches[0].mark
        (node, *_) = self._parse(mark, f"{{% {mark.tag.body} %}}{{% end{block.word} %}}")
        if isinstance(node, nodes.For):
            if node.recursive:
                self.sheet.report("excel-tag-not-for-rows", mark, name="recursive")
                raise _Faulty
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


class _RowBuilder(_AxisBuilder):
    """The rows of a sheet."""

    def __init__(
        self,
        sheet: _SheetCompiler,
        rows: Structure,
        columns: Structure,
        contents: dict[tuple[int, int], Content],
        by_number: dict[int, Row],
    ):
        super().__init__(sheet, rows)
        self.columns = columns
        self.contents = contents
        self.by_number = by_number
        self.prefix = sheet.xml.prefix
        self.targets: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {}
        self.heights = [self._heights(band) for band in rows.bands]

    def _heights(self, band: Band) -> BandHeights:
        """Which rows of a band are measured: those that cells with tags and wrapped text make grow."""
        own = [row for row in self.sheet.xml.rows if band.first <= row.number <= band.last]
        grow = {row.number for row in own if not row.fixed_height}
        standard = self.sheet.widths.row_height
        base = {row.number - band.first: row.height or standard for row in own}
        measured: dict[int, float] = {}
        for row in own:
            for cell in row.cells:
                if (cell.row, cell.column) not in self.contents or not self.wraps(cell):
                    continue
                rows, _ = self.sheet.merged.size(cell.row, cell.column)
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

    def _fixed_height(self, cell: Cell) -> float:
        """What a wrapped text without tags needs."""
        if not self.wraps(cell) or self.sheet.merged.size(cell.row, cell.column)[0] > 1:
            return 0.0
        text = ""
        if cell.kind == "s" and cell.value.isdecimal():
            text = self.sheet.workbook.shared_texts[int(cell.value)]
        elif cell.kind == "inlineStr":
            text = content_text(b't="inlineStr">' + cell.inner)
        if not text:
            return 0.0
        return height(text, self._capacity(cell), self.sheet.workbook.format(cell.style).size)

    def _capacity(self, cell: Cell) -> float:
        kind = self.sheet.workbook.format(cell.style)
        _, columns = self.sheet.merged.size(cell.row, cell.column)
        return self.sheet.widths.capacity(cell.column, cell.column + columns - 1, kind.size, kind.indent)

    def band(self, index: int) -> list[nodes.Node]:
        band = self.axis.bands[index]
        rows = [row for row in self.sheet.xml.rows if band.first <= row.number <= band.last]
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
            plan: RowPlan = [self._start(index, row, offset)]
            if not row.cells:
                plan.append(b"/>")
            else:
                plan.append(b">")
                for cell in row.cells:
                    content = self.contents.get((cell.row, cell.column))
                    if content is not None:
                        before += content.before
                    letters = column_letters(cell.column).encode()
                    plan += self.cell(cell, content, letters, offset)
                plan.append(b"</%brow>" % self.prefix)
            plans.append(_condensed(plan))
        return [*before, planned(BandPlan(index, plans))]

    def _start(self, index: int, row: Row, offset: int) -> bytes:
        if offset in self.heights[index].measured:
            return without(row.start, b"ht") + HEIGHT
        return row.start

    def wraps(self, cell: Cell) -> bool:
        return self.sheet.workbook.format(cell.style).wrap

    def cell(self, cell: Cell, content: Content | None, letters: bytes, offset: int) -> RowPlan:
        """What a cell prints."""
        start = cell.start.replace(b'"%b\0"' % column_letters(cell.column).encode(), b'"%b\0"' % letters, 1)
        if content is None:
            if cell.formula:
                return [without(start, b"t") + FORMULA]
            if not cell.inner:
                return [start + b"/>"]
            return [start + b">" + cell.inner + b"</%bc>" % self.prefix]
        start = without(start, b"t", b"cm", b"vm", b"ph")
        call = self._call(content)
        if content.merges:
            words = tuple(word for word, _ in content.merges)
            expressions = [expression for _, expression in content.merges]
            call = Call("merged", (len(self.sheet.merge_specs), call, *expressions), content.place)
            self.sheet.merge_specs.append(MergeSpec(offset, cell.column, words))
        if (cell.row, cell.column) in self.targets:
            target, others = self.targets[cell.row, cell.column]
            size = self.sheet.workbook.format(cell.style).size
            vertical = any(word == "vm" for word, _ in content.merges)
            call = Call("measured", (len(self.sheet.measures), call), content.place)
            self.sheet.measures.append(
                Measure(offset, cell.column, target, others, self._capacity(cell), size, vertical)
            )
        return [start, call]

    def _call(self, content: Content) -> Call:
        line = content.place
        if content.alone is not None:
            if content.properties:
                return Call("styled", (content.alone, content.properties[0]), line)
            return Call("cell", (content.alone,), line)
        if content.properties:
            return Call("rich", (content.properties, *content.pieces), line)
        return Call("joined", tuple(content.pieces), line)


class _ColumnBuilder(_AxisBuilder):
    """The program that places the columns; what its loops and conditions see is kept for the rows."""

    def band(self, index: int) -> list[nodes.Node]:
        return [planned(BandPlan(index, []))]

    def iterated(self, expression: nodes.Node) -> nodes.Node:
        return _filtered(expression, "__kept_list")

    def tested(self, expression: nodes.Node) -> nodes.Node:
        return _filtered(expression, "__kept_test")


class _CellBuilder(_AxisBuilder):
    """The cells of one row where columns repeat: loops and conditions go by what the column program saw."""

    def __init__(self, rows: _RowBuilder, row: Row, offset: int):
        super().__init__(rows.sheet, rows.columns)
        self.rows = rows
        self.row = row
        self.offset = offset

    def band(self, index: int) -> list[nodes.Node]:
        band = self.axis.bands[index]
        before: list[nodes.Node] = []
        cells: list[tuple[int, RowPlan]] = []
        for cell in self.row.cells:
            if band.first <= cell.column <= band.last:
                content = self.rows.contents.get((cell.row, cell.column))
                if content is not None:
                    before += content.before
                plan = self.rows.cell(cell, content, COLUMN, self.offset)
                cells.append((cell.column - band.first, _condensed(plan)))
        return [*before, planned(Cells(index, cells))]

    def event(self, number: int) -> list[nodes.Node]:
        return []

    def iterated(self, expression: nodes.Node) -> nodes.Node:
        return _filtered(nodes.Const(0, lineno=expression.lineno), "__again")

    def tested(self, expression: nodes.Node) -> nodes.Node:
        return _filtered(nodes.Const(0, lineno=expression.lineno), "__again")


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


def _without_tags(text: str, host: str) -> str:
    position, rest = 0, []
    for tag in find_tags(text):
        rest.append(text[position : tag.start])
        own = tag.mark == "{%" and (tag.host == host or (host == "tr" and tag.keyword == "sheet"))
        if tag.mark != "{#" and not own:
            rest.append(tag.text)
        position = tag.end
    return "".join(rest) + text[position:]


def _run_at(runs: Sequence[Run], position: int) -> Run:
    for run in runs:
        if position < len(run.text):
            return run
        position -= len(run.text)
    return runs[-1]


def _only_marks(text: str) -> bool:
    return not re.sub("\x02[0-9]+\x03", "", text).strip()


def _cut(
    text: str, runs: Sequence[Run], tags: Sequence[Tag], removed: Iterable[tuple[int, int]], rich: bool
) -> list[str | Tag]:
    """A cell's text as text and tags in turns, with a mark wherever a run begins; a tag belongs to the run it begins in."""
    starts: dict[int, int] = {}
    position = 0
    for number, run in enumerate(runs):
        if number and rich:
            starts[position] = number
        position += len(run.text)
    spans: list[tuple[int, int, Tag | None]] = [(tag.start, tag.end, tag) for tag in tags]
    spans += [(start, end, None) for start, end in removed]
    spans.sort(key=lambda span: span[0])
    pieces: list[str | Tag] = []
    position = 0

    def add(start: int, end: int) -> None:
        cuts = [start, *sorted(cut for cut in starts if start < cut < end), end]
        for begin, stop in itertools.pairwise(cuts):
            if begin in starts:
                pieces.append(run_mark(starts[begin]))
            if begin < stop:
                pieces.append(text[begin:stop])

    pending: int | None = None
    for start, end, tag in [*spans, (len(text), len(text), None)]:
        if pending is not None and position not in starts:
            pieces.append(run_mark(pending))
        pending = None
        add(position, start)
        if start in starts and tag is not None:
            pieces.append(run_mark(starts[start]))
        inside = [starts[cut] for cut in starts if start < cut < end]
        if tag is not None and tag.mark != "{#":
            pieces.append(tag)
        pending = inside[-1] if inside else None
        position = end
    return pieces
