"""Excel templates: compiled once, rendered many times, by many threads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, Self

from jinja2 import Environment, nodes

from generator.diagnostics import Diagnostic, InvalidDocument, InvalidTemplate, has_errors
from generator.excel.compile.compiled_sheet import CompiledSheet
from generator.excel.compile.program import sheet_environment
from generator.excel.compiled_workbook import CompiledWorkbook
from generator.excel.follow.known_layouts import KnownLayouts
from generator.excel.read.formula_cells import formula_cells
from generator.excel.read.sheet_xml import read_sheet
from generator.excel.read.workbook import Workbook
from generator.excel.workbook_render import Rendering
from generator.kept.frozen_graph import Unstorable, freeze, thaw
from generator.kept.light_classes import replace
from generator.ooxml.active_content import active_findings
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import Source, open_package
from generator.ooxml.plain_xml import with_plain_xml
from generator.ooxml.stated_numbers import Misstated
from generator.template.environment import UndefinedNames, make_environment
from generator.template.faults import PlacedTag
from generator.template.image import Image, image
from generator.template.paths import Use, uses, variables
from generator.template.plain_context import plain_context
from generator.template.raised_faults import was_stopped
from generator.template.rebuilt import Again, runs_once, travelling
from generator.template.rendered import Rendered
from generator.template.single_braces import SingleBraces


class ExcelTemplate:
    """A workbook with Jinja tags.

    Args:
        source: path, bytes or binary file of an `.xlsx` or `.xlsm`.
        undefined: what a name that the context lacks is: "strict" an error, "empty" nothing.
        environment: a Jinja environment of the caller's, for its filters, tests, globals and extensions.

    Raises:
        Failure: there is no such file.
        InvalidTemplate: it is no workbook, or its tags are at fault; every fault is in `diagnostics`.
    """

    kind: Literal["excel"] = "excel"

    def __init__(
        self, source: Source, *, undefined: UndefinedNames = "strict", environment: Environment | None = None
    ) -> None:
        from generator.excel.compile.left_tags import left_tags  # a template that was kept compiled needs none of them
        from generator.excel.compile.odd_braces import odd_braces
        from generator.excel.compile.property_texts import compile_properties
        from generator.excel.compile.sheet import Compiler

        self._again: Again[Self] | None = None
        try:
            package = open_package(source)
        except InvalidDocument as fault:
            raise InvalidTemplate(fault.diagnostics) from None
        try:
            if refused := active_findings(package, refused_only=True):
                raise InvalidTemplate(refused)
            workbook = Workbook(with_plain_xml(package))
            jinja = make_environment(undefined, environment)
            compiler = Compiler(workbook, jinja)
            sheets = tuple(
                compiler.sheet(
                    sheet,
                    read_sheet(
                        workbook.package.read(sheet.part), workbook.package.name, sheet.part, workbook.tagged_strings
                    ),
                )
                if sheet.worksheet
                else None
                for sheet in workbook.sheets
            )
            compiler.findings += left_tags(workbook)
            odd, braced = odd_braces(workbook)
            compiler.findings += odd
            properties = compile_properties(workbook.package, compiler.environment, compiler.findings)
        except Misstated as fault:
            raise InvalidTemplate(fault.within(package.name)) from None
        except InvalidDocument as fault:
            raise InvalidTemplate(fault.diagnostics) from None
        if has_errors(compiler.findings):
            name = workbook.package.name or None
            raise InvalidTemplate([finding.at(file=name) for finding in _without_consequences(compiler.findings)])
        formulas = tuple(
            formula_cells(compiled.xml) if compiled is not None and compiled.has_formulas else {} for compiled in sheets
        )
        self._made_with: tuple[UndefinedNames, bool] = undefined, environment is not None
        self._as_stored = workbook.package is package
        self._of_cells = compiler.environment
        self._compiled = CompiledWorkbook(workbook, jinja, sheets, formulas, properties, braced)
        self._layouts = KnownLayouts()

    def __reduce__(self) -> tuple[Any, ...]:
        return travelling(type(self), self._compiled.workbook.package, *self._made_with)

    def kept(self) -> bytes:
        """What another process needs to render with the same file: all but what only faults ask for.

        Raises:
            Unstorable: it holds what cannot be kept.
        """
        if not self._as_stored:
            raise Unstorable("parts were written anew")
        whole = self._compiled
        sheets = tuple(sheet and replace(sheet, trees=()) for sheet in whole.sheets)
        properties = whole.properties and replace(whole.properties, tree=None)
        given = {"package": whole.workbook.package, "environment": whole.environment, "of cells": self._of_cells}
        return freeze((replace(whole, sheets=sheets, properties=properties), freeze(tuple(self.uses()))), given)

    @classmethod
    def restored(cls, source: Source, kept: bytes, undefined: UndefinedNames = "strict") -> Self:
        """The template of the same file, from what was kept."""
        self = cls.__new__(cls)
        package, jinja = open_package(source, own=True), make_environment(undefined)
        self._of_cells = sheet_environment(jinja)
        given = {"package": package, "environment": jinja, "of cells": self._of_cells}
        self._compiled, uses = thaw(kept, given)
        self._layouts = KnownLayouts()
        self._made_with = undefined, False
        self._as_stored = True
        self._again = Again(cls, package, undefined, uses)
        return self

    @property
    def name(self) -> str:
        """The template's file name as it was given."""
        return self._compiled.workbook.package.name

    def uses(self) -> Iterator[tuple[Use, PlacedTag]]:
        """Every use of a path, with the tag that uses it."""
        if self._again is not None:
            yield from self._again.uses()
            return
        offered = self._compiled.environment.globals
        properties = self._compiled.properties
        if properties is not None and properties.tree is not None:
            for use in uses(properties.tree, lambda name: name.startswith("__") or name in offered):
                yield use, properties.places[use.line - 1]
        for compiled in self._compiled.sheets:
            if compiled is None:
                continue
            for tree in _whole_trees(compiled):
                for use in uses(tree, lambda name: name.startswith("__") or name in offered):
                    yield use, compiled.places[use.line - 1]

    def single_braces(self) -> Sequence[SingleBraces]:
        """Names in one pair of braces, which print as they stand."""
        return self._compiled.braced

    def variables(self) -> set[str]:
        """Every path that the template uses: `{"name", "rows[].total", …}`."""
        return variables([use for use, _ in self.uses()])

    def image(self, source: Source, **size: Any) -> Image:
        """A picture as a value of a context; alone in a cell it is put there (see `generator.template.image.image`)."""
        return image(source, **size)

    def foresee(self) -> list[Diagnostic]:
        """What rendering would come to, before any data: what cannot follow moved cells, formulas without a value."""
        from generator.excel.foresight import foresee

        if self._again is not None:
            return self._again.template.foresee()
        try:
            return foresee(self._compiled.workbook, self._compiled.sheets)
        except Misstated as fault:
            return fault.within(self.name)

    def render(self, context: Mapping[str, Any], *, draft: bool = False, trusted: bool = False) -> bytes:
        """The workbook that the template gives with a context.

        Args:
            context: names -> values; plain dicts, lists, text, numbers, dates, figures; rows may come from an iterator.
            draft: formulas that read a cell to fill in say so too, and a last sheet lists those cells.
            trusted: let any object through to the template, which may then call its methods.

        Raises:
            InvalidTemplate: the context holds what is no plain value, tags cannot be printed, values cannot stand in a cell, something that holds an address
                cannot follow its cells; every fault is in `diagnostics`.
        """
        return self.render_with_notes(context, draft=draft, trusted=trusted).content

    def render_with_notes(self, context: Mapping[str, Any], *, draft: bool = False, trusted: bool = False) -> Rendered:
        """The same, and what is worth knowing of it: formulas that have no value before Excel computes them."""
        document, notes = self.unwritten(context if trusted else plain_context(context), draft=draft)
        return Rendered(document.build(), notes)

    def unwritten(self, context: Mapping[str, Any], *, draft: bool) -> tuple[Overlay, list[Diagnostic]]:
        """The same of a trusted context, before it is written."""
        if self._again is not None and runs_once(context):
            return self._again.template.unwritten(context, draft=draft)
        try:
            return Rendering(self._compiled, self._layouts, context, draft=draft).document()
        except Misstated as fault:
            raise InvalidTemplate(fault.within(self.name)) from None
        except Exception as fault:  # what is kept cannot tell places: what was compiled anew does
            if self._again is not None and not was_stopped(fault):
                self._again.template.unwritten(context, draft=draft)
            raise


def _whole_trees(compiled: CompiledSheet) -> list[nodes.Template]:
    """The trees of a sheet, those of its cells within the loop that repeats the sheet."""
    if compiled.head is None or compiled.head.loop is None:
        return list(compiled.trees)
    head, *rest = compiled.trees
    (loop,) = head.body
    assert isinstance(loop, nodes.For)
    body = [*loop.body, *(node for tree in rest for node in tree.body)]
    whole = nodes.For(loop.target, loop.iter, body, [], loop.test, False, lineno=loop.lineno)
    return [nodes.Template([whole], lineno=1)]


def _without_consequences(findings: list[Diagnostic]) -> list[Diagnostic]:
    """The findings; where tags are misspelt or written as in Word, not those that only say that their blocks do not pair."""
    if not any(finding.code in ("excel-tag-of-word", "template-unknown-statement") for finding in findings):
        return findings
    follow = ("template-unexpected-end", "template-unclosed-block", "excel-tag-not-for-rows")
    return [one for one in findings if one.code not in follow]
