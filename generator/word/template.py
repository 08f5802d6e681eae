"""Word templates: compiled once, rendered many times, by many threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, Self, cast

from jinja2 import Environment

from generator.diagnostics import Diagnostic, InvalidDocument, InvalidTemplate
from generator.figures import Markdown
from generator.kept.frozen_graph import freeze, thaw
from generator.kept.light_classes import replace
from generator.ooxml.active_content import active_findings
from generator.ooxml.deflater import deflated_if_long
from generator.ooxml.limits import macros_are_allowed
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import Package, Source, open_package
from generator.ooxml.stated_numbers import Misstated
from generator.template.budget import Budget, LimitExceeded
from generator.template.captured import MarkupBuffers
from generator.template.codes import barcode, qrcode
from generator.template.draft_list import remarks_of
from generator.template.environment import DraftMissing, TemplateEnvironment, UndefinedNames, make_environment
from generator.template.fault_frames import resting_line
from generator.template.image import Image, image
from generator.template.output import Output, blocks
from generator.template.paths import Use, variables
from generator.template.plain_context import plain_context
from generator.template.raised_faults import was_stopped
from generator.template.rebuilt import Again, runs_once, travelling
from generator.template.rendered import Rendered
from generator.template.single_braces import SingleBraces
from generator.word.compile.fed_charts import ChartMaker, chart_uses
from generator.word.compile.main_part import as_document, main_part
from generator.word.run.additions import Additions, Part, WithinPart
from generator.word.run.chart_parts import leave_out_charts
from generator.word.run.contents_lists import rebuilt
from generator.word.run.draft_end import Missing
from generator.word.run.equations import Equation, equation
from generator.word.run.fault_runs import Rerun, all_faults, checked, first_fault, headed, stopped
from generator.word.run.half_marks import whole_marks
from generator.word.run.held_tables import rows_or_nothing
from generator.word.run.inventory import Ground
from generator.word.run.last_check import UnsoundPart, refuse_odd_names
from generator.word.run.notes_from_data import Noted
from generator.word.run.program_functions import FILTERS, FUNCTIONS, OWN_FUNCTIONS
from generator.word.run.render_state import Render
from generator.word.run.replacements import Replacements, replaced, without_vector_twins
from generator.word.run.richtext import Link, link
from generator.word.run.sequences import with_numbers
from generator.word.run.subdocuments import SubDocument, subdocument
from generator.word.run.table_grids import regridded
from generator.word.run.value_xml import beyond_escaping, writers


class WordTemplate:
    """A Word document with docxtpl's tags.

    Args:
        source: path, bytes or binary file of a `.docx` or `.dotx`; of a `.docm` or `.dotm` where macros are allowed.
        undefined: what an undefined name is: "strict" an error, "empty" nothing.
        environment: a Jinja environment of the caller's, for its filters, tests, globals and extensions.
        chart_data: compiles charts whose workbooks hold tags; None: such tags are an error.
        allow_macros: let the template hold macros; its documents keep them (`.docm`).

    Raises:
        Failure: there is no such file.
        InvalidTemplate: it is no Word document, or its tags are at fault; every fault is in `diagnostics`.
    """

    kind: Literal["word"] = "word"

    def __init__(
        self,
        source: Source,
        *,
        undefined: UndefinedNames = "strict",
        environment: Environment | None = None,
        chart_data: ChartMaker | None = None,
        allow_macros: bool = False,
    ) -> None:
        from generator.word.compile.stories import compile_stories  # a template that was kept compiled needs none of it

        self._again: Again[Self] | None = None
        try:
            self._package = open_package(source)
            macros = allow_macros or macros_are_allowed()
            self._main = main_part(self._package, macros=macros)
            refused = active_findings(self._package, refused_only=True)
            if refused := [one for one in refused if not (macros and one.code == "active-macros")]:
                raise InvalidTemplate(refused)
            self._undefined: UndefinedNames = undefined
            self._own_environment = environment
            self._environment = _environment(undefined, environment)
            self._stories = compile_stories(self._package, self._main, self._environment, chart_data)
        except Misstated as fault:
            raise InvalidTemplate(fault.within(self.name)) from None
        except InvalidDocument as fault:
            raise InvalidTemplate(fault.diagnostics) from None
        self._slots = {part.member: part.compiled.source.slots() for part in self._stories.parts}
        self._settle()

    def _settle(self) -> None:
        self._ground = Ground(self._package, self._main)
        self._elsewhere = {member: beyond_escaping(slots) for member, slots in self._slots.items()}
        self._sound: set[str] = set()  # parts that were parsed once
        self._changes = {**as_document(self._package), **self._stories.changes}

    def kept(self) -> bytes:
        """What another process needs to render with the same file: all but what only faults ask for.

        Raises:
            Unstorable: it holds what cannot be kept.
        """
        parts = tuple(
            replace(part, compiled=replace(part.compiled, source=cast(Any, None), found=()))
            for part in self._stories.parts
        )
        stories = replace(self._stories, parts=parts)
        return freeze(
            (self._main, stories, self._slots, freeze(tuple(self.uses()))), {"environment": self._environment}
        )

    @classmethod
    def restored(cls, source: Source, kept: bytes, undefined: UndefinedNames = "strict") -> Self:
        """The template of the same file, from what was kept."""
        self = cls.__new__(cls)
        self._package = open_package(source, own=True)
        self._undefined, self._own_environment = undefined, None
        self._environment = _environment(undefined, None)
        self._main, self._stories, self._slots, uses = thaw(kept, {"environment": self._environment})
        self._again = Again(cls, self._package, undefined, uses)
        self._settle()
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return travelling(type(self), self._package, self._undefined, self._own_environment is not None)

    @property
    def name(self) -> str:
        """The template's file name as it was given."""
        return self._package.name

    def embedded_tags(self) -> list[Diagnostic]:
        """What is told of embedded documents with tags, unless they are replaced (`replace_embedded`)."""
        return self._left(self._stories.embedded)

    def _left(self, embedded: Mapping[str, str]) -> list[Diagnostic]:
        from generator.word.compile.hidden_parts import left_tag

        return [left_tag(member, tag).at(file=self.name or None) for member, tag in embedded.items()]

    def uses(self) -> Iterator[tuple[Use, Any]]:
        """Every use of a path, with the tag that uses it."""
        if self._again is not None:
            yield from self._again.uses()
            return
        for part in self._stories.parts:
            for use in part.compiled.found:
                yield use, part.compiled.source.placed(use.line)
            if part.member == self._main:
                for chart in self._stories.charts.values():
                    yield from chart_uses(chart, part.compiled.bound)

    def single_braces(self) -> Sequence[SingleBraces]:
        """Names in one pair of braces, which print as they stand."""
        return self._stories.braced

    def variables(self) -> set[str]:
        """Every path that the template uses, in all its parts: `{"name", "rows[].total", …}`."""
        return variables([use for use, _ in self.uses()])

    def image(
        self,
        source: Source,
        width: int | str | None = None,
        height: int | str | None = None,
        *,
        description: str = "",
        url: str | None = None,
        fallback: Source | None = None,
    ) -> Image:
        """A picture as a value of a context (see `generator.template.image.image`)."""
        return image(source, width, height, description=description, url=url, fallback=fallback)

    def qrcode(self, text: Any, width: int | str = "25mm", *, level: str = "M", description: str = "") -> Any:
        """A text as a QR code, a picture as a value of a context (see `generator.template.codes.qrcode`)."""
        return qrcode(text, width, level=level, description=description)

    def barcode(self, text: Any, kind: str = "code128", height: int | str | None = None, **look: Any) -> Any:
        """A text or number as a bar code, a picture as a value of a context (see `generator.template.codes.barcode`)."""
        return barcode(text, kind, height, **look)

    def equation(self, latex: str | None = None, *, mathml: str | None = None, display: bool | None = None) -> Equation:
        """An equation as a value of a context (see `generator.word.run.equations.equation`)."""
        return equation(latex, mathml=mathml, display=display)

    def subdoc(self, source: Any) -> SubDocument:
        """A document as a value of a context: `{{p 附件 }}` prints its body."""
        return subdocument(source)

    def link(self, url: str) -> Link:
        """A link target for `url_id` of a RichText."""
        return link(url)

    def markdown(self, text: str, level: int = 1, *, table: str = "") -> Markdown:
        """A text in Markdown as a value of a context: `{{p 说明 }}` prints its paragraphs, lists, tables and headings.

        Args:
            text: CommonMark with tables; HTML in it is text.
            level: of the headings that `#` makes, from 1.
            table: name of the style of its tables; "" `Table Grid`, or the first that the template has.
        """
        return Markdown(text, level, table)

    def footnote(self, note: Any, value: Any = "") -> Noted:
        """A value with a footnote; `{{ 数 }}` prints the value and the number of the note.

        Args:
            note: the text of the note, one in paragraphs too.
            value: what prints where the tag stands; "" for nothing but the number.
        """
        return Noted(value, note)

    def render(
        self,
        context: Mapping[str, Any],
        *,
        undefined: UndefinedNames | None = None,
        environment: Environment | None = None,
        draft: bool = False,
        trusted: bool = False,
        replace_pic: Mapping[str, Source] | None = None,
        replace_media: Mapping[Any, Source] | None = None,
        replace_embedded: Mapping[Any, Source] | None = None,
        replace_zipname: Mapping[str, Source] | None = None,
        allow_missing_pics: bool = False,
    ) -> bytes:
        """The document that the template prints with a context.

        Args:
            context: names -> values; plain dicts, lists, text, numbers, dates, figures, and what `image`, `subdoc`,
                docxtpl's RichText and Listing make.
            undefined: for this render, instead of the template's.
            environment: for this render, instead of the template's; names of filters and tests are checked when the
                template is compiled, so those of its own belong to the template.
            draft: print what is missing as highlighted 【待填：…】, and list it at the end.
            trusted: let any object of the context through to the template, which may then call its methods.
            replace_pic: name, title or alternative text of a picture in the template -> the new picture.
            replace_media: a picture file of the template -> the new one.
            replace_embedded: an embedded file of the template -> the new one.
            replace_zipname: member of the package (`word/embeddings/表1.xlsx`) -> its new content.
            allow_missing_pics: let a picture that the template does not have pass.

        Raises:
            InvalidTemplate: the context holds what is no plain value, or a tag cannot be printed; the first fault of each place is in `diagnostics`.
            Failure: a file to put in is not there.
        """
        context = context if trusted else plain_context(context)
        wanted = Replacements(
            replace_pic or {}, replace_media or {}, replace_embedded or {}, replace_zipname or {}, allow_missing_pics
        )
        return self._rendered(context, wanted, undefined, environment, draft=draft).build()

    def _rendered(
        self,
        context: Mapping[str, Any],
        wanted: Replacements,
        undefined: UndefinedNames | None,
        environment: Environment | None,
        *,
        draft: bool,
    ) -> Overlay:
        """The document that a trusted context gives, before it is written."""
        if self._again is not None and runs_once(context):
            return self._again.template._rendered(context, wanted, undefined, environment, draft=draft)
        try:
            return self._document(
                context, self._environment_of(undefined, environment, draft=draft), wanted, draft=draft
            )
        except Misstated as fault:
            raise InvalidTemplate(fault.within(self.name)) from None
        except Exception as fault:  # what is kept cannot tell places: what was compiled anew does
            if self._again is not None and not was_stopped(fault):
                self._again.template._rendered(context, wanted, undefined, environment, draft=draft)
            raise

    def _document(
        self, context: Mapping[str, Any], jinja: Environment | None, wanted: Replacements, *, draft: bool
    ) -> Overlay:
        missing = Missing(remarks=remarks_of(context)) if draft else None
        additions = Additions(self._ground)
        state = Render(additions, missing, drawings=self._stories.drawings, charts=self._stories.charts)
        overlay = Overlay(self._package, self._changes)
        followed = {*self._stories.regrid, *self._stories.halves}
        if self._stories.sequences or self._stories.contents:
            followed.add(self._main)
        part, printed = None, None
        budget = Budget()
        try:
            for part in self._stories.parts:
                program = part.compiled.program
                if jinja is not None:
                    program = program.within(jinja)
                write, text, together = writers(self._slots[part.member], missing, self._elsewhere[part.member])
                with WithinPart(Part(additions, part.member, part.prefixes or {})):
                    output = Output(write, text, state, None, budget, MarkupBuffers(text), together)
                    printed = program.chunks(context, output)
                    chunks, head = rows_or_nothing(printed) if part.held else printed, part.head
                    if part.prefixes is not None and (part.member not in self._sound or part.compiled.buffered):
                        chunks, head = headed(head, chunks), b""
                        chunks = checked(chunks, part, lambda: self._again_with(context, jinja), output.rows)
                    bounded = blocks(chunks, budget, head)
                    overlay.write(
                        part.member, b"".join(bounded) if part.member in followed else deflated_if_long(bounded)
                    )
                    self._sound.add(part.member)
        except Exception as fault:
            if isinstance(fault, LimitExceeded):
                fault.line = resting_line(printed)
                whole = self if self._again is None else self._again.template
                told = stopped(fault, part, whole._stories.parts)
                raise InvalidTemplate([told.at(file=self.name or None)]) from None
            if self._again is not None:
                raise
            again = self._again_with(context, jinja)
            found = [] if runs_once(context) else all_faults(again, self._stories.parts, budget)
            found = found or first_fault(again, part, fault)
            if not found:
                if isinstance(fault, UnsoundPart) and part:
                    refuse_odd_names(self._package.read(part.member), part.member, self.name)
                raise
            raise InvalidTemplate([one.at(file=self.name or None) for one in found]) from fault
        if wanted:
            contents, types, twins = replaced(self._package, self._main, wanted)
            additions.content_types |= types
            for member, identities in twins.items():
                overlay.write(member, without_vector_twins(overlay.read(member), identities))
            overlay.write_all(contents)
        self._finish(overlay, additions, state.printed_charts)
        return overlay

    def _finish(self, overlay: Overlay, additions: Additions, printed_charts: set[str]) -> None:
        """What the rendered parts ask of the package: parts that they added, charts, grids, numbers, contents."""
        if left := {member: tag for member, tag in self._stories.embedded.items() if not overlay.changed(member)}:
            raise InvalidTemplate(self._left(left))
        if additions or additions.content_types:
            additions.write(overlay)
        if self._stories.charts:
            leave_out_charts(self._stories.charts, printed_charts, self._main, overlay)
        for member in self._stories.regrid:
            overlay.write(member, regridded(overlay.read(member), member))
        for member in self._stories.halves:
            overlay.write(member, whole_marks(overlay.read(member), member))
        if self._stories.sequences:
            self._follow(with_numbers, overlay)
        if self._stories.contents:
            self._follow(rebuilt, overlay)

    def render_with_notes(self, context: Mapping[str, Any], *, draft: bool = False, trusted: bool = False) -> Rendered:
        """The same, as the Excel engine gives it; a Word document has no notes."""
        return Rendered(self.render(context, draft=draft, trusted=trusted), [])

    def unwritten(self, context: Mapping[str, Any], *, draft: bool) -> tuple[Overlay, list[Diagnostic]]:
        """The same of a trusted context, before it is written."""
        return self._rendered(context, Replacements(), None, None, draft=draft), []

    def _again_with(self, context: Mapping[str, Any], jinja: Environment | None) -> Rerun:
        return Rerun(self._ground, self._stories.charts, self._slots, context, jinja)

    def _environment_of(
        self, undefined: UndefinedNames | None, environment: Environment | None, *, draft: bool
    ) -> Environment | None:
        """The environment of a render that has another than the template."""
        made: Environment | None = None
        if environment is not None or (undefined is not None and undefined != self._undefined):
            made = _environment(undefined or self._undefined, environment or self._own_environment)
        return (made or self._environment).overlay(undefined=DraftMissing) if draft else made

    def _follow(self, follow: Callable[[bytes, Package, str, bytes | None], bytes], overlay: Overlay) -> None:
        """Let the captions, or the tables of contents, of the body follow what was printed."""
        numbering = self._ground.member("numbering")
        numbers = overlay.read(numbering) if numbering in overlay else None
        overlay.write(self._main, follow(overlay.read(self._main), self._package, self._main, numbers))


def _environment(undefined: UndefinedNames, environment: Environment | None) -> TemplateEnvironment:
    made = make_environment(undefined, environment)
    made.globals |= FUNCTIONS
    made.own_functions = OWN_FUNCTIONS
    made.filters |= FILTERS
    return made
