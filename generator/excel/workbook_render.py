"""One render of a workbook: its sheets are run, everything that holds an address follows, formulas get their values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from generator.diagnostics import Diagnostic, InvalidTemplate, has_errors
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import in_document
from generator.excel.calculate.loose_marks import LooseMarks
from generator.excel.compile.compiled_sheet import CompiledSheet
from generator.excel.compile.property_texts import print_properties, property_output
from generator.excel.compile.rule_texts import fill_rules
from generator.excel.compile.sheet_heads import SheetInstance, SheetNames, instances
from generator.excel.compile.side_texts import fill_links, fill_parts, fill_tail
from generator.excel.compiled_workbook import CompiledWorkbook
from generator.excel.completed_rows import completed_sheet
from generator.excel.finish import complete
from generator.excel.follow.control_copies import SheetControls
from generator.excel.follow.formulas import Frame
from generator.excel.follow.known_layouts import KnownLayouts
from generator.excel.follow.layout import AxisLayout
from generator.excel.follow.sheet_layouts import SheetLayout, WorkbookLayout
from generator.excel.follow.sheet_parts import follow_sheet, follow_still_sheet
from generator.excel.read.workbook import Sheet
from generator.excel.run import workbook_parts
from generator.excel.run.added_styles import StyleBook
from generator.excel.run.cell_pictures import Pictures
from generator.excel.run.deflating import Body
from generator.excel.run.fitted_numbers import fit_numbers, fit_sheets
from generator.excel.run.guarded_run import all_faults, find_faults
from generator.excel.run.merged_cells import element_of, joined, put, repeated
from generator.excel.run.own_rows import OwnRows
from generator.excel.run.present_strings import PresentStrings
from generator.excel.run.rendered_sheet import RenderedSheet
from generator.excel.run.sheet_render import SheetRun
from generator.excel.run.workbook_parts import OutputSheet, Parts
from generator.kept.light_classes import replace
from generator.ooxml.addresses import MAX_COLUMNS
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import CONTENT_TYPES
from generator.ooxml.relationships import related_part, relationships_member
from generator.template.budget import Budget, LimitExceeded
from generator.template.draft_list import OPTIONAL, computed_names, remarks_of
from generator.template.fault_frames import resting_line
from generator.template.output import blocks
from generator.template.printable import UnsafeLink

_KINDS = (  # content types of templates and of what they give
    (b"spreadsheetml.template.main+xml", b"spreadsheetml.sheet.main+xml"),
    (b"ms-excel.template.macroEnabled.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"),
)


class Rendering:
    """One render; belongs to one thread and one context."""

    def __init__(
        self, compiled: CompiledWorkbook, layouts: KnownLayouts, context: Mapping[str, Any], *, draft: bool = False
    ):
        self.compiled = compiled
        self.layouts = layouts
        self.draft = draft
        self.workbook = compiled.workbook
        self.package = compiled.workbook.package
        self.context = context
        self.findings: list[Diagnostic] = []
        self.budget = Budget()
        self.styles = StyleBook(self.workbook)
        self.parts = Parts({name.lower() for name in self.package.members})
        self.overlay = Overlay(self.package)
        self.removed: list[str] = []

    def document(self) -> tuple[Overlay, list[Diagnostic]]:
        """The rendered workbook before it is written, and notes on it that are no errors.

        Raises:
            InvalidTemplate: with every fault.
        """
        if not self.compiled.tagged:
            self._become_workbook()
            return self.overlay, []
        rendered = self._run_sheets()
        self._print_properties()
        self._refuse_errors()
        self._name_sheets(rendered)
        self._refuse_errors()
        worksheets = [sheet for sheet in rendered if isinstance(sheet, RenderedSheet)]
        present = {sheet.source.name for sheet in worksheets}
        gone = tuple(
            sheet.name
            for sheet, compiled in zip(self.workbook.sheets, self.compiled.sheets, strict=True)
            if compiled is not None and sheet.name not in present
        )
        self.known = self.layouts.known(WorkbookLayout(tuple(sheet.layout for sheet in worksheets), gone))
        layout = self.known.layout
        outputs = [sheet.output if isinstance(sheet, RenderedSheet) else sheet for sheet in rendered]
        self._assemble(outputs, gone)
        self._copy_parts(worksheets)
        for sheet in worksheets:
            self._write(sheet, Frame(layout, sheet.layout, self.findings, sheet.run.sides))
        if (strings := self.workbook.strings_without_tags) is not None:
            self.overlay.write(self.workbook.part_of_kind("sharedStrings"), strings)
        self._write_styles()
        if self.parts.added or self.removed:
            types = self.package.read(CONTENT_TYPES)
            self.overlay.write(CONTENT_TYPES, workbook_parts.write_content_types(types, self.parts.added, self.removed))
        self._refuse_errors()
        order = {sheet.name: number for number, sheet in enumerate(outputs)}
        loose = LooseMarks()
        if self.draft:
            from generator.excel.calculate.open_formulas import open_formulas  # for drafts alone

            shared = PresentStrings(self.workbook, self.overlay)
            parts, loose = open_formulas(self._present(worksheets), computed_names(self.context), shared)
            self.overlay.write_all(parts)
        complete(self.workbook, layout, worksheets, self.overlay, self.findings, order, self.known)
        self._fit_numbers(worksheets)
        if self.draft:
            self._list_what_is_open(worksheets, {sheet.name for sheet in outputs}, loose)
        self._fill_beside(worksheets)
        self._refuse_errors()
        notes = [note.at(file=self.package.name or None) for note in self.findings]
        self._become_workbook()
        return self.overlay, notes

    def _fill_beside(self, worksheets: list[RenderedSheet]) -> None:
        """Print the texts beside the cells, and the pictures; what chart sheets hold is the first sheet's."""
        first = next((sheet for sheet in self.workbook.sheets if sheet.worksheet), None)
        for sheet in worksheets:
            if sheet.compiled.sides:
                fill_parts(sheet.output.part, self.overlay, sheet.run.sides)
            if sheet.compiled.sides and sheet.source is first and not sheet.output.copy:
                for other in self.workbook.sheets:
                    if not other.worksheet:
                        fill_parts(other.part, self.overlay, sheet.run.sides)
            if sheet.run.pictures:
                Pictures(self.workbook, self.overlay).add(sheet.output.part, sheet.run.pictures)

    def _fit_numbers(self, worksheets: list[RenderedSheet]) -> None:
        fit = partial(fit_numbers, workbook=self.workbook, styles=self.styles)
        if fitted := fit_sheets(worksheets, self.overlay, fit):
            self.overlay.write_all(fitted)
            self._write_styles()

    def _write_styles(self) -> None:
        if part := self.styles.part():
            self.overlay.write(*part)

    # What a draft adds

    def _present(self, worksheets: list[RenderedSheet]) -> dict[str, tuple[str, bytes]]:
        """The worksheets as they are now: name -> part's name and content."""
        return {sheet.layout.name: (sheet.output.part, self.overlay.read(sheet.output.part)) for sheet in worksheets}

    def _list_what_is_open(self, worksheets: list[RenderedSheet], names: set[str], loose: LooseMarks) -> None:
        """What is to fill in is shown, and a last sheet lists it."""
        from generator.excel.run.fill_in_list import WorkbookFrame, add_sheet, list_sheet, open_cells
        from generator.excel.run.shown_marks import show_marks

        present = self._present(worksheets)
        found = open_cells({name: xml for name, (_, xml) in present.items()}, loose, computed_names(self.context))
        remarks = remarks_of(self.context)
        if not (found or remarks):
            return
        wrapped = self.styles.listed(0) if self.workbook.part_of_kind("styles") else 0
        shown: dict[str, bytes] = {}
        for name, (part, xml) in present.items():
            faint = {one.address for one in found if one.group == OPTIONAL and one.sheet == name}
            shown[part] = show_marks(xml, self.workbook, self.styles, faint)
        self.overlay.write_all(shown)
        self._write_styles()
        like = worksheets[0].source.part
        part = self.parts.name_like(like)
        main, relations = self.workbook.main, relationships_member(self.workbook.main)
        read = self.overlay.read
        frame = add_sheet(WorkbookFrame(read(main), read(relations), read(CONTENT_TYPES)), part, like, names)
        self.overlay.write(part, list_sheet(found, remarks, wrapped))
        self.overlay.write(main, frame.main)
        self.overlay.write(relations, frame.relations)
        self.overlay.write(CONTENT_TYPES, frame.types)

    def _become_workbook(self) -> None:
        """The content types of a workbook, where the template is one of Excel's own templates (.xltx, .xltm)."""
        types = changed = self.overlay.read(CONTENT_TYPES)
        for template, workbook in _KINDS:
            changed = changed.replace(template, workbook)
        if changed != types:
            self.overlay.write(CONTENT_TYPES, changed)

    def _refuse_errors(self) -> None:
        if has_errors(self.findings):
            name = self.package.name or None
            raise InvalidTemplate([finding.at(file=name) for finding in self.findings])

    def _print_properties(self) -> None:
        properties = self.compiled.properties
        if properties is None:
            return
        try:
            self.overlay.write_all(print_properties(self.package, properties, self.context, self.budget))
        except Exception as fault:
            output = property_output(properties.places, budget=self.budget)
            self.findings += all_faults(properties.places, output, self.context, fault, [properties.program])

    # Sheets

    def _run_sheets(self) -> list[RenderedSheet | OutputSheet]:
        found: list[RenderedSheet | OutputSheet] = []
        for source, compiled in zip(self.workbook.sheets, self.compiled.sheets, strict=True):
            if compiled is None:
                found.append(OutputSheet(source, source.name, source.part))
                continue
            for number, instance in enumerate(self._instances(compiled)):
                found.append(self._run(compiled, instance, number))
        return found

    def _new_run(self, compiled: CompiledSheet, findings: list[Diagnostic]) -> SheetRun:
        key = number, compute = compiled.sheet.index, not self.draft
        make = partial(OwnRows, compiled, self.compiled.formulas[number], compute)
        own = self.layouts.of_template(key, make) if compiled.deferred else None
        return SheetRun(compiled, self.styles, self.workbook.date_1904, findings, self.budget, own)

    def _instances(self, compiled: CompiledSheet) -> list[SheetInstance]:
        if compiled.head is None:
            return [SheetInstance(None, None, {})]
        run = self._new_run(compiled, [])
        try:
            return instances(compiled.head, self.context, run.output())
        except Exception as fault:
            program = compiled.head.program
            self.findings += find_faults(lambda: self._new_run(compiled, []), self.context, fault, [program])
            return []

    def _run(self, compiled: CompiledSheet, instance: SheetInstance, number: int) -> RenderedSheet:
        context = {**self.context, **instance.bindings} if instance.bindings else self.context
        findings: list[Diagnostic] = []
        run = self._new_run(compiled, findings)
        body = Body(keep=compiled.deferred)
        if compiled.program is not None:
            try:
                body.write(blocks(run.run(context), self.budget))
                self.findings += findings
            except Exception as fault:
                if isinstance(fault, LimitExceeded):  # which finding the faults of an earlier sheet may have spent
                    fault.line = resting_line(run.printed)
                    self._refuse_errors()
                programs = [program for program in (compiled.column_program, compiled.program) if program]
                told = set(self.findings)
                faults = find_faults(lambda: self._new_run(compiled, []), context, fault, programs)
                self.findings += [finding for finding in faults if finding not in told]
                if isinstance(fault, LimitExceeded):  # no sheet after it would fare better
                    self._refuse_errors()
        source = compiled.sheet
        rows = run.layout if compiled.program is not None else AxisLayout.unmoved()
        part = source.part if number == 0 else self.parts.name_like(source.part)
        output = OutputSheet(source, instance.name or source.name, part, instance.hidden, number > 0)
        if instance.name is not None and not instance.name.strip():
            self._at(source, "excel-sheet-unnamed")
        loop = compiled.head.loop if compiled.head else None
        columns = run.columns if compiled.program is not None else AxisLayout.unmoved(MAX_COLUMNS)
        layout = SheetLayout(source.name, output.name, rows, columns, loop, instance.item, compiled.row_loops)
        return RenderedSheet(source, instance, run, body, output, layout)

    def _at(self, source: Sheet, code: str, **arguments: Any) -> None:
        self.findings.append(diagnostic(code, in_document({"sheet": source.name}), **arguments))

    def _name_sheets(self, rendered: Sequence[RenderedSheet | OutputSheet]) -> None:
        """Names that Excel takes, each once; a sheet that keeps its own name has it before others."""
        outputs = [sheet.output if isinstance(sheet, RenderedSheet) else sheet for sheet in rendered]
        names = SheetNames(sheet.name for sheet in outputs if sheet.name == sheet.source.name and not sheet.copy)
        for sheet, output in zip(rendered, outputs, strict=True):
            if output.name == output.source.name and not output.copy:
                continue
            output.name = names.free(output.name)
            assert isinstance(sheet, RenderedSheet)
            sheet.layout = replace(sheet.layout, name=output.name)
        if not any(workbook_parts.shows(sheet) for sheet in outputs):
            self.findings.append(diagnostic("excel-no-sheet"))

    # The workbook around them

    def _assemble(self, outputs: list[OutputSheet], gone: tuple[str, ...]) -> None:
        """The list of sheets, where it is another."""
        member = relationships_member(self.workbook.main)
        listed = [(sheet.source.index, sheet.name, sheet.hidden) for sheet in outputs]
        if listed != [(sheet.index, sheet.name, None) for sheet in self.workbook.sheets]:
            listing = self.package.read(self.workbook.main), self.package.read(member)
            main, links = workbook_parts.write_sheet_list(*listing, outputs, self.workbook)
            self.overlay.write(self.workbook.main, main)
            self.overlay.write(member, links)
        for name in gone:
            source = next(sheet for sheet in self.workbook.sheets if sheet.name == name)
            for part in (source.part, *(part for _, part in workbook_parts.own_parts(self.workbook, source.part))):
                self.removed.append(part)
                self.overlay.leave_out(part)
                if relationships_member(part) in self.package:
                    self.overlay.leave_out(relationships_member(part))

    def _copy_parts(self, sheets: list[RenderedSheet]) -> None:
        counts: dict[int, int] = {}
        for sheet in sheets:
            counts[sheet.source.index] = counts.get(sheet.source.index, 0) + 1
        for sheet in sheets:
            if not sheet.output.copy:
                continue
            for kind, _ in workbook_parts.own_parts(self.workbook, sheet.source.part):
                if kind in workbook_parts.UNREPEATABLE and sheet.instance.index == 1:
                    what, count = workbook_parts.UNREPEATABLE[kind], counts[sheet.source.index]
                    self._at(
                        sheet.source, "excel-sheet-not-repeatable", sheet=sheet.source.name, count=count, what=what
                    )
            names, changes = workbook_parts.copy_parts(self.workbook, sheet.source.part, sheet.output.part, self.parts)
            sheet.names = names
            self.overlay.write_all(changes)
            for old, new in names.items():
                if old != sheet.source.part:
                    self.overlay.write(new, self.package.read(old))

    # Rows and what stands around them

    def _write(self, sheet: RenderedSheet, frame: Frame) -> None:
        compiled = sheet.compiled
        if compiled.program is None:
            data = self.package.read(sheet.source.part)
            moved = data if frame.workbook.unmoved else follow_still_sheet(compiled.xml, data, frame)
            if moved != data or sheet.output.copy:
                self.overlay.write(sheet.output.part, moved)
            return
        head, tail = self._around(sheet, frame)
        if compiled.deferred:
            whole = completed_sheet(sheet, (head, tail), frame, self.compiled.formulas[sheet.source.index], self.known)
            self.overlay.write(sheet.output.part, whole)
        else:
            self.overlay.write(sheet.output.part, sheet.body.part(head, tail))

    def _followed(self, sheet: RenderedSheet, frame: Frame) -> tuple[bytes, bytes]:
        """What stands around rows without controls, after the move; what is told of it is told in every render."""
        xml = sheet.compiled.xml
        key = "around", sheet.layout.name
        known = None if sheet.run.sides else self.known.get(key)
        if known is None:
            told = len(self.findings)
            known = follow_sheet(xml.head, xml.tail, frame)
            if not sheet.run.sides and len(self.findings) == told:
                self.known.keep(key, known)
        return known

    def _around(self, sheet: RenderedSheet, frame: Frame) -> tuple[bytes, bytes]:
        """What stands before and behind the rows, where they went."""
        xml = sheet.compiled.xml
        controls = self._controls(sheet, frame)
        head, tail = follow_sheet(xml.head, xml.tail, frame, controls) if controls else self._followed(sheet, frame)
        if sheet.output.copy:  # a name for macros is one sheet's; sheets selected together are edited together
            head = re.sub(rb'\s(?:codeName|tabSelected)="[^"]*"', b"", head)
        if sheet.compiled.sides:
            tail, long = fill_rules(fill_tail(tail, sheet.run.sides), sheet.run.sides)
            for area, text, limit in long:
                location = in_document({"sheet": sheet.source.name, "range": area})
                self.findings.append(
                    diagnostic("excel-rule-text-too-long", location, value=text[:30], count=len(text), limit=limit)
                )
            member = relationships_member(sheet.output.part)
            before = self.overlay.read(member) if member in self.overlay else None
            try:
                tail, relations = fill_links(tail, before, sheet.run.sides)
            except UnsafeLink as fault:
                self._at(sheet.source, "template-unsafe-link", tag=fault.target, target=fault.target)
                return head, tail
            if relations is not None and relations != before:
                self.overlay.write(member, relations)
        asked = sheet.run.asked.merges()
        if not asked and (not sheet.layout.moved or not sheet.compiled.merged.areas):
            return head, tail
        key = "merges", sheet.layout.name, tuple(asked)
        known = self.known.get(key)
        if known is None:
            merges, overlaps = joined(repeated(sheet.compiled.merged.areas, sheet.layout), asked)
            known = element_of(merges, xml.prefix), overlaps
            self.known.keep(key, known)
        element, overlaps = known
        for one, other in overlaps:
            location = in_document({"sheet": sheet.source.name, "range": str(other)})
            self.findings.append(diagnostic("excel-merges-overlap", location, one=str(one), other=str(other)))
        return head, put(tail, element)

    def _controls(self, sheet: RenderedSheet, frame: Frame) -> SheetControls | None:
        """What makes copies of the sheet's controls; None where there are none, or they stay."""
        part = sheet.output.part
        if not sheet.layout.moved:
            return None
        shapes = related_part(self.overlay, part, "vmlDrawing")
        return (
            SheetControls(frame, part, self.overlay.read(shapes), self.overlay, self.parts.name_like)
            if shapes
            else None
        )
