"""`generator fill TEMPLATE CONTEXT -o FILE`: any template with any context, no standard."""

import os
from collections.abc import Sequence
from typing import Annotated

from generator.cli import console
from generator.cli.app import failed, write_anew
from generator.cli.declared import Argument, Commands, Option
from generator.diagnostics import Diagnostic
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import usage_words
from generator.ooxml.file_endings import OFFICE_ENDINGS, WORD_ENDINGS, ending_of


def register(app: Commands, language: str) -> None:
    """Add the command to the application."""
    say = console.in_language(language)

    @app.command(help=say(texts.FILL))
    def fill(
        template: Annotated[str, Argument(metavar="TEMPLATE", help=say(texts.FILL_TEMPLATE))],
        context: Annotated[str, Argument(metavar="CONTEXT", help=say(texts.FILL_CONTEXT))],
        output: Annotated[str, Option("-o", "--output", metavar="FILE", help=say(texts.OUTPUT))],
        empty: Annotated[bool, Option("--empty", help=say(texts.FILL_EMPTY))] = False,
        page_numbers: Annotated[bool, Option("--page-numbers", help=say(texts.FILL_PAGE_NUMBERS))] = False,
    ) -> int:
        from generator.api import open_template, read_context
        from generator.documents.any_template import refuse_hidden_macros
        from generator.documents.page_numbers import with_page_numbers
        from generator.documents.pdf import find_soffice
        from generator.ooxml.package import read_bytes
        from generator.template.single_braces import refuse_single_braces

        _refuse_other_kind(template, output)
        soffice = find_soffice() if page_numbers else ""
        undefined = "empty" if empty else "strict"
        notes: Sequence[Diagnostic]
        if os.environ.get("GENERATOR_ISOLATED", "") == "1":
            from generator.documents.isolated import Request, render_isolated

            request = Request(read_bytes(template)[1], template, read_context(context), undefined)
            content, notes = render_isolated(request)
        else:
            opened, values = open_template(template, undefined=undefined), read_context(context)
            refuse_single_braces(opened.single_braces(), values)
            content, notes = opened.render_with_notes(values, trusted=True)
        refuse_hidden_macros(content, template, output)
        if soffice and output.lower().endswith(WORD_ENDINGS):
            content, unknown = with_page_numbers(content, output, soffice)
            notes = [*notes, *unknown]
        write_anew(output, content, inputs=[template, context])
        console.say_findings(notes, language)
        console.result(output)
        return 0


def _refuse_other_kind(template: str, output: str) -> None:
    """A document is of its template's kind: under an ending of the other kind neither Word nor Excel would open it."""
    are_word = [ending in WORD_ENDINGS for ending in map(ending_of, (template, output)) if ending in OFFICE_ENDINGS]
    if {*are_word} == {True, False}:
        reason = usage_words.OTHER_KIND.filled(output=output, ending=".docx" if are_word[0] else ".xlsx")
        raise failed("usage-bad-value", name="-o", reason=reason, command="generator fill")
