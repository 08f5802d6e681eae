"""Excel templates: compiled once, rendered many times."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment

from generator.diagnostics import Diagnostic, InvalidTemplate, Location, has_errors
from generator.messages import diagnostic
from generator.package import Deflated, Source, build, open_package
from generator.places import describe
from generator.render.environment import UndefinedNames, make_environment
from generator.render.excel.compile import FORMULA, HEIGHT, CompiledSheet, Compiler
from generator.render.excel.completion import Finished, complete
from generator.render.excel.deflating import Body
from generator.render.excel.formulacells import FormulaCell, formula_cells
from generator.render.excel.formulas import Frame
from generator.render.excel.layout import AxisLayout, Origin, SheetLayout, WorkbookLayout
from generator.render.excel.merges import joined, repeated
from generator.render.excel.merges import write as write_merges
from generator.render.excel.render import SheetRun, find_faults
from generator.render.excel.sheetparts import follow_sheet, follow_still_sheet
from generator.render.excel.sheetxml import read_sheet
from generator.render.excel.styles import StyleBook
from generator.render.excel.workbook import Workbook
from generator.render.paths import uses, variables

_OPEN = re.compile(b"[%b%b]" % (FORMULA, HEIGHT))


@dataclass(slots=True)
class _Rendered:
    """A sheet of one render, between the run of its program and the writing of its part."""

    run: SheetRun
    body: Body
    layout: SheetLayout


class ExcelTemplate:
    """A workbook with Jinja tags.

    Args:
        source: path, bytes or binary file of an .xlsx or .xlsm.
        undefined: what a name that the context lacks is: "strict" an error, "empty" nothing.
        environment: a Jinja environment whose filters, tests, globals and extensions are taken over.

    Raises:
        Failure: the file is missing or cannot be read.
        InvalidDocument: it is no workbook, or damaged.
        InvalidTemplate: its tags hold errors; all of them are listed.
    """

    def __init__(self, source: Source, *, undefined: UndefinedNames = "strict", environment: Environment | None = None):
        self._workbook = Workbook(open_package(source))
        self._environment = make_environment(undefined, environment)
        compiler = Compiler(self._workbook, self._environment)
        self._sheets: list[CompiledSheet] = []
        for sheet in self._workbook.sheets:
            if sheet.worksheet:
                data = self._workbook.package.read(sheet.part)
                self._sheets.append(compiler.sheet(sheet, read_sheet(data, self._workbook.package.name, sheet.part)))
        if has_errors(compiler.findings):
            raise InvalidTemplate(compiler.findings)
        self._formulas: list[Mapping[tuple[int, int], FormulaCell]] = [
            formula_cells(compiled.xml) if compiled.has_formulas else {} for compiled in self._sheets
        ]

    def variables(self) -> set[str]:
        """Every path of the context that the template uses: `{"name", "rows[].total", …}`."""
        found = []
        for compiled in self._sheets:
            for tree in compiled.trees:
                found += uses(tree, lambda name: name.startswith("__") or name in self._environment.globals)
        return variables(found)

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The workbook that the template gives with a context.

        Args:
            context: names and values; rows may come from an iterator.

        Raises:
            InvalidTemplate: tags cannot be printed, or values cannot stand in a cell; all of them are listed.
        """
        findings: list[Diagnostic] = []
        styles = StyleBook(self._workbook)
        rendered: list[_Rendered] = []
        for compiled in self._sheets:
            run = functools.partial(SheetRun, compiled, styles, self._workbook.date_1904)
            own: list[Diagnostic] = []
            sheet = run(own)
            body = Body(keep=compiled.deferred)
            if compiled.program is not None:
                try:
                    body.write(sheet.run(context))
                    findings += own
                except Exception as fault:
                    findings += find_faults(lambda run=run: run([]), context, fault)
            rows = sheet.layout if compiled.program is not None else AxisLayout.unmoved()
            name = compiled.sheet.name
            rendered.append(_Rendered(sheet, body, SheetLayout(name, name, rows, sheet.columns)))
        if has_errors(findings):
            raise InvalidTemplate(findings)
        layout = WorkbookLayout(tuple(sheet.layout for sheet in rendered))
        changes: dict[str, bytes | Deflated | None] = {}
        for number, sheet in enumerate(rendered):
            compiled = sheet.run.compiled
            frame = Frame(layout, sheet.layout, findings)
            if compiled.program is None:
                if not layout.unmoved:
                    data = self._workbook.package.read(compiled.sheet.part)
                    if (moved := follow_still_sheet(compiled.xml, data, frame)) != data:
                        changes[compiled.sheet.part] = moved
                continue
            body = sheet.body
            if compiled.deferred:
                body = Body()
                body.write(self._completed(sheet, self._formulas[number], frame))
            head, tail = follow_sheet(compiled.xml.head, self._tail(sheet, findings), frame)
            changes[compiled.sheet.part] = body.part(head, tail)
        strings = self._workbook.shared_strings_without_tags()
        if strings is not None:
            changes[self._workbook.part_of_kind("sharedStrings") or ""] = strings
        if part := styles.part():
            changes[part[0]] = part[1]
        finished = [Finished(sheet.layout, sheet.run.compiled.sheet.part) for sheet in rendered]
        complete(self._workbook, layout, finished, changes, findings)
        if has_errors(findings):
            raise InvalidTemplate(findings)
        return build(self._workbook.package, changes)

    def _tail(self, sheet: _Rendered, findings: list[Diagnostic]) -> bytes:
        """What stands behind the rows, where they went."""
        compiled = sheet.run.compiled
        asked = sheet.run.asked_merges()
        if not asked and (not sheet.layout.moved or not compiled.merged.areas):
            return compiled.xml.tail
        merges, overlaps = joined(repeated(compiled.merged.areas, sheet.layout), asked)
        for one, other in overlaps:
            anchor = {"sheet": sheet.layout.name, "range": str(other)}
            location = Location(place=describe(anchor), anchor=anchor)
            findings.append(diagnostic("excel-merges-overlap", location, one=str(one), other=str(other)))
        return write_merges(compiled.xml.tail, merges, compiled.xml.prefix)

    def _completed(
        self, sheet: _Rendered, formulas: Mapping[tuple[int, int], FormulaCell], frame: Frame
    ) -> Iterator[bytes]:
        """The sheet's rows with what was left open put in: formulas and heights."""
        compiled = sheet.run.compiled
        prefix = compiled.xml.prefix
        cells = iter(formula_places(sheet.run))
        heights = sheet.run.final_heights()

        def fill(match: re.Match[bytes]) -> bytes:
            if match[0] == HEIGHT:
                return next(heights)
            row, column = next(cells)
            formula = formulas[row.source, column.source].write(frame, row, column, prefix)
            return b">%b</%bc>" % (formula, prefix)

        for piece in sheet.body.pieces():
            yield _OPEN.sub(fill, piece)


def formula_places(run: SheetRun) -> Iterable[tuple[Origin, Origin]]:
    """Source row and column, with their instances, of every formula of a rendered sheet, in the order of its cells."""
    compiled = run.compiled
    columns = run.columns
    for record in run.formulas:
        first = compiled.rows[record.band].first
        for offset, cells in compiled.formulas[record.band]:
            row = Origin(first + offset, record.instance)
            if columns.identity:
                for cell in cells:
                    yield row, Origin(cell.column, ())
            else:
                placed = [
                    (output, Origin(cell.column, instance))
                    for cell in cells
                    for instance, output in columns.outputs(cell.column)
                ]
                for _, column in sorted(placed, key=lambda item: item[0]):
                    yield row, column
