"""A sheet compiled: its rows and columns as a structure, its cells as a program.

Every tag has a place, numbered from 1; the number is its line in the program, so a fault at run time names sheet, cell and
tag. All faults of a sheet are found in one pass.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable
from typing import Any

from jinja2 import Environment, nodes
from lxml import etree

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import in_document
from generator.excel.compile import axes
from generator.excel.compile.axes import Block, Mark, Part, Structure
from generator.excel.compile.compiled_sheet import BandHeights, CompiledSheet
from generator.excel.compile.general_cells import general_numbers, general_tags
from generator.excel.compile.program import sheet_environment
from generator.excel.compile.rule_texts import first_tag, rule_faults
from generator.excel.compile.sheet_heads import SheetHead, head_tree, loop_key
from generator.excel.compile.side_by_side import CannotStand, blocks_of, composite
from generator.excel.compile.side_places import standing, with_rows
from generator.excel.compile.side_texts import find_sides
from generator.excel.compile.statements import ColumnBuilder, Faulty, Ground, RowBuilder
from generator.excel.compile.tagged_texts import TagReader
from generator.excel.follow.tables import header_cells
from generator.excel.read.sheet_xml import Run, SheetXml, SourceCell, read_sheet, rich_runs
from generator.excel.read.workbook import Sheet, Workbook
from generator.excel.run.row_heights import merged_areas, widths
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS, column_letters
from generator.ooxml.addresses import cell as cell_name
from generator.ooxml.package import parse_xml
from generator.ooxml.relationships import related_parts
from generator.template.faults import PlacedTag, check_tag
from generator.template.jinja_program import Program, compile_program
from generator.template.tags import Tag, find_tags, has_tags


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
        self.sides = find_sides(compiler.workbook, sheet, xml)
        if self.sides and xml.unread:  # its rows are printed with what stands beside them
            package = compiler.workbook.package
            xml = read_sheet(package.read(sheet.part), package.name, sheet.part)
        self.xml = xml
        self.reader = TagReader(self.environment, self.findings)
        self.texts: dict[tuple[int, int], list[Run]] = {}
        self.trees: list[nodes.Template] = []
        self.sheet_tags: dict[int, list[tuple[int, Tag]]] = {}

    def location(self, row: int, column: int) -> Location:
        return in_document({"sheet": self.sheet.name, "cell": cell_name(row, column)})

    def report(self, code: str, mark: Mark, **arguments: Any) -> None:
        location = self.location(mark.row, mark.column)
        self.findings.append(diagnostic(code, location, tag=mark.tag.text, **arguments))

    def _fault(self, code: str, row: int, column: int, **arguments: Any) -> None:
        self.findings.append(diagnostic(code, self.location(row, column), **arguments))

    def compile(self) -> CompiledSheet:
        for row in self.xml.rows:
            for cell in row.cells:
                runs = self._runs(cell)
                if runs is not None:
                    self.texts[cell.row, cell.column] = runs
        head = self._head()
        rows = self._axis("tr", MAX_ROWS)
        columns = self._axis("tc", MAX_COLUMNS)
        sides = standing(self.sides, rows, columns)
        self.xml = with_rows(self.xml, {side.row for side in sides if side.row is not None})
        merged = merged_areas(self.xml)
        standard = widths(self.xml, self.workbook.format(0).size)
        program = column_program = None
        heights: list[BandHeights] = []
        ground = Ground(
            self.workbook, self.xml, self.reader, self.location, self.report, merged, standard, rows, columns
        )
        if self.texts or self.sides:
            ground.headers = self._headers()
            ground.contents = {
                key: self.reader.content(self.location(*key), runs)
                for key, runs in self.texts.items()
                if key[0] not in rows.controls and key[1] not in columns.controls
            }
            ground.sides = [(side, self.reader.content(side.location, side.runs)) for side in sides]
            self._tags_in_rules()
            builder = RowBuilder(ground)
            heights = builder.heights
            try:
                program = self._program([*builder.opening(), *builder.parts(rows.parts)])
                if not columns.fixed:
                    column_program = self._program(ColumnBuilder(ground).parts(columns.parts))
            except Faulty:
                program = None
        return CompiledSheet(
            self.sheet,
            self.xml,
            program,
            tuple(rows.bands),
            self._offsets(rows),
            None if columns.fixed else tuple(columns.bands),
            column_program,
            self._formulas(rows),
            tuple(self.reader.places),
            tuple(ground.measures),
            tuple(heights),
            tuple(ground.merge_specs),
            merged,
            standard.row_height,
            tuple(self.trees),
            head,
            bool(self.texts or self.sides),
            tuple(self.sides),
            self._row_loops(rows),
            general_tags(self.xml, self.workbook, ground.contents),
            general_numbers(self.xml, self.workbook),
        )

    def _tags_in_rules(self) -> None:
        """Tell of tags in formulas of rules for input and looks."""
        for area, rest in rule_faults(self.xml.tail):
            if has_tags(self._without_sheets(rest)):
                location = in_document({"sheet": self.sheet.name, "range": area})
                self.findings.append(diagnostic("excel-tag-in-formula", location, tag=first_tag(rest)))

    def _headers(self) -> frozenset[tuple[int, int]]:
        """Row and column of the header cells of the sheet's tables."""
        package = self.workbook.package
        return frozenset(
            position
            for part in related_parts(package, self.sheet.part, "table")
            for position in header_cells(parse_xml(package.read(part), part=part))
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
                line = self.reader.place(self.location(row, column), tag)
                body = tag.body.removeprefix("sheet").strip()
                word, _, rest = body.partition(" ")
                mark = Mark(tag, row, column)
                if not tag.closed:
                    self.reader.check(mark.tag, self.location(mark.row, mark.column))
                elif word == "for" and loop is None:
                    found = self.reader.parse(f"{{% {body} %}}{{% endfor %}}", line)
                    if found and isinstance(found[0], nodes.For):
                        loop, loop_text = found[0], body
                elif word == "if" and condition is None:
                    condition = self.reader.expression(rest, line)
                elif word == "name" and name is None:
                    name = self.reader.expression(rest, line)
                elif word == "hide" and hidden is None:
                    hidden = self.reader.expression(rest or "true", line)
                else:
                    self.report("excel-sheet-tag", mark)
        if name is None and has_tags(self.sheet.name):
            name = self._name()
        if loop is None and condition is None and name is None and hidden is None:
            return None
        program = self._program(head_tree(loop, condition, name, hidden))
        return SheetHead(program, loop_key(loop_text) if loop_text else None) if program else None

    def _name(self) -> nodes.Expr | None:
        """The sheet's name, where it holds tags itself."""
        text, pieces, position = self.sheet.name, [], 0
        location = in_document({"sheet": text})
        line = 1
        for tag in find_tags(text):
            placed = PlacedTag(tag, location)
            self.reader.places.append(placed)
            line = len(self.reader.places)
            self.findings += check_tag(self.environment, placed)
            if tag.mark == "{%":
                self.findings.append(placed.finding("excel-sheet-name-control"))
            pieces.append(nodes.Const(text[position : tag.start], lineno=line))
            if tag.mark == "{{" and tag.closed and (found := self.reader.expression(tag.body, line)) is not None:
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

    def _runs(self, cell: SourceCell) -> list[Run] | None:
        if cell.kind == "s":
            text = cell.value
            runs = self.workbook.tagged_strings.get(int(text)) if text.isdecimal() else None
            return list(runs) if runs else None
        if b"{" not in cell.inner and b"&#" not in cell.inner:
            return None
        if cell.kind == "inlineStr":
            # the slice has lost its namespaces; its names keep their prefix
            source = re.sub(rb"(</?)\w+:", rb"\1", cell.inner)
            text = etree.fromstring(b"<c>%b</c>" % source).find("is")  # what else a cell holds is no text of it
            if text is None:
                return None
            runs = rich_runs(text)
        elif cell.kind == "str" and not cell.formula:
            runs = [Run(b"", cell.value)]
        else:
            if cell.formula and re.search(rb"\{\{|\{%", cell.inner):
                text = re.search(rb"<(?:\w+:)?f[^>]*>([^<]*)", cell.inner)
                tags = list(find_tags(self._without_sheets(html.unescape(text[1].decode())))) if text else []
                if tags:
                    self._fault("excel-tag-in-formula", cell.row, cell.column, tag=tags[0].text)
            return None
        return runs if has_tags("".join(run.text for run in runs)) else None

    def _without_sheets(self, formula: str) -> str:
        """A formula without its references to sheets whose names hold tags: these follow the names."""
        from generator.ooxml.cut_formulas import parse_formula

        names = {sheet.name.casefold() for sheet in self.workbook.sheets}
        return "".join(
            str(piece)
            for piece in parse_formula(formula).pieces
            if isinstance(piece, str) or any(name.casefold() not in names for name in piece.sheets)
        )

    def _row_loops(self, rows: Structure) -> dict[int, str]:
        """What the loops of rows run over, by their number; those over an item of a loop around are left out."""
        found: dict[int, str] = {}

        def walk(parts: Iterable[Part], bound: frozenset[str]) -> None:
            for part in parts:
                if not isinstance(part, Block):
                    continue
                own = bound
                body = part.branches[0].mark.tag.body
                if part.word == "for" and not part.branches[0].mark.beside:
                    key = loop_key(body)
                    root = re.search(r"[^\W\d]\w*", key.rpartition(" in ")[2])
                    if root and root[0] not in bound:
                        found[part.loop] = key
                    own = bound | frozenset(re.findall(r"\w+", body.partition(" in ")[0]))
                for branch in part.branches:
                    walk(branch.parts, own)

        walk(rows.parts, frozenset())
        return found

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
        beside: dict[int, list[Mark]] = self._beside(found) if host == "tr" else {}
        for position, cells in sorted(found.items()):
            if not cells:
                controls.append((position, []))
                continue
            texts = {text.strip() for _, _, text in cells}
            marks = (
                beside[position]
                if position in beside
                else cells[0][1]
                if len(texts) == 1
                else [mark for _, own, _ in sorted(cells) for mark in own]
            )
            controls.append((position, [mark for mark in marks if mark.tag.closed]))
            for mark in [one for own in marks for one in ([block.mark for block in own.beside] or [own])]:
                self.reader.check(mark.tag, self.location(mark.row, mark.column))
            self._only_controls(host, position, cells[0][1][0])
        return axes.build(controls, limit, self.report)

    def _beside(self, found: dict[int, list[tuple[int, list[Mark], str]]]) -> dict[int, list[Mark]]:
        """What stands for the tags of control rows with lists side by side, and of the rows that end them."""
        changed: dict[int, list[Mark]] = {}
        positions = sorted(found)
        for position, following in itertools.pairwise(positions):
            if len({text.strip() for _, _, text in found[position]}) == 1:
                continue  # one tag, repeated along its row
            opening = [mark for _, marks, _ in sorted(found[position], key=lambda one: one[0]) for mark in marks]
            closing = [mark for _, marks, _ in found[following] for mark in marks]
            ends = len(closing) if all(mark.tag.keyword == "endfor" for mark in closing) else 0
            texts = {
                place: "".join(run.text for run in runs)
                for place, runs in self.texts.items()
                if position < place[0] < following
            }
            try:
                blocks = blocks_of(opening, ends, texts)
            except CannotStand as fault:
                self.report("excel-loops-beside", opening[1], reason=fault.reason)
                changed[following] = closing
                continue
            if blocks:
                changed[position], changed[following] = [composite(blocks)], closing[:1]
            elif ends == len(opening):
                changed[following] = closing  # an end for each, though they read the same
        return changed

    def _only_controls(self, host: str, position: int, mark: Mark) -> None:
        """Report what else stands in a control row or column: it would be lost."""
        for row in self.xml.rows_within(position, position) if host == "tr" else self.xml.rows:
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
            tuple(row.number - band.first for row in self.xml.rows_within(band.first, band.last)) for band in rows.bands
        )

    def _formulas(self, rows: Structure) -> tuple[tuple[tuple[int, tuple[SourceCell, ...]], ...], ...]:
        return tuple(
            tuple(
                (row.number - band.first, own)
                for row in self.xml.rows_within(band.first, band.last)
                if (own := tuple(cell for cell in row.cells if cell.formula))
            )
            for band in rows.bands
        )


def _without_tags(text: str, host: str) -> str:
    position, rest = 0, []
    for tag in find_tags(text):
        rest.append(text[position : tag.start])
        own = tag.mark == "{%" and (tag.host == host or (host == "tr" and tag.keyword == "sheet"))
        if tag.mark != "{#" and not own:
            rest.append(tag.text)
        position = tag.end
    return "".join(rest) + text[position:]
