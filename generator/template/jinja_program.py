"""A compiled template: its code, and how it runs."""

from __future__ import annotations

import gc
from collections import ChainMap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import CodeType
from typing import Any

from jinja2 import Environment, Template, TemplateSyntaxError, nodes
from jinja2.runtime import new_context

from generator.diagnostics import InvalidTemplate, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import template_reasons as words
from generator.kept.light_classes import dataclass
from generator.template.codegen import BytesGenerator
from generator.template.literals import with_literals
from generator.template.output import Output
from generator.template.program_pieces import compiled
from generator.template.recording import RecordingGenerator


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled template; `chunks` runs it."""

    environment: Environment
    template: Template
    source: nodes.Template | str | None  # None where it was kept by another process
    code: CodeType

    def __reduce__(self) -> tuple[Any, ...]:
        """What is kept of it for another process."""
        return _restored, (self.environment, self.code)

    def chunks(self, context: Mapping[str, Any], output: Output) -> Iterator[bytes]:
        """What the template prints with a context, in pieces of UTF-8.

        Raises:
            LimitExceeded: the render takes too long.
            Exception: whatever an expression raises; `fault_line` finds the tag.
        """
        template = self.template
        offered: dict[str, Any] = {}
        for names in reversed(template.globals.maps) if isinstance(template.globals, ChainMap) else [template.globals]:
            offered.update(names)  # as `Template.new_context` does, which asks a chain of dicts for each name twice
        shown = {**offered, **context}
        jinja_context = new_context(self.environment, template.name, template.blocks, shown, True, offered)
        jinja_context.output = output  # type: ignore[attr-defined]  it is a `RenderContext`
        return self.template.root_render_func(jinja_context)  # type: ignore[return-value]  bytes, as `BytesGenerator` writes them

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
        with _uncollected():
            code = _compiled(environment, source)
    except (RecursionError, MemoryError, SyntaxError):
        reason = words.NESTED_TOO_DEEP
        raise InvalidTemplate([diagnostic("template-too-complex", where=Text("", ""), reason=reason)]) from None
    return Program(environment, _template(environment, code), source, code)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without collection of garbage: compiling makes many objects and no circles, and each collection looks at all of them."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _compiled(environment: Environment, source: str | nodes.Template) -> CodeType:
    """The code of a template; what it prints as it stands is put into the code, and never a Python source."""
    tree = environment.parse(source) if isinstance(source, str) else source
    generator = environment.code_generator_class(environment, None, None, optimized=environment.optimized)
    assert isinstance(generator, BytesGenerator)
    try:
        generator.visit(tree)
    except TemplateSyntaxError:
        environment.handle_exception()
    written, literals = generator.stream.getvalue(), generator.literals  # type: ignore[attr-defined]  a `StringIO`
    spans, end = generator.spans, generator.end
    del tree, generator  # of a large template a third of what its compiling takes at most
    return with_literals(compiled(written, spans, end), literals)


def _template(environment: Environment, code: CodeType) -> Template:
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


def _restored(environment: Environment, code: CodeType) -> Program:
    return Program(environment, _template(environment, code), None, code)
