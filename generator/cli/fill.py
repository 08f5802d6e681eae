"""`generator fill TEMPLATE CONTEXT -o FILE`: any template with any context, no standard."""

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from generator.cli import console
from generator.cli.options import in_language
from generator.diagnostics import Diagnostic


def register(app: typer.Typer, language: str) -> None:
    """Add the command to the application."""
    say = in_language(language)

    @app.command(
        help=say(
            "用任意 JSON 或 YAML 数据填写任意 Word 或 Excel 模板，不需要标准。",
            "Fill any Word or Excel template with any JSON or YAML context; no standard needed.",
        )
    )
    def fill(
        template: Annotated[
            str, typer.Argument(metavar="TEMPLATE", help=say("模板（.docx、.xlsx）。", "A template (.docx, .xlsx)."))
        ],
        context: Annotated[
            str, typer.Argument(metavar="CONTEXT", help=say("数据（.json、.yaml）。", "The context (.json, .yaml)."))
        ],
        output: Annotated[
            str, typer.Option("-o", "--output", metavar="FILE", help=say("写入的文件。", "The file to write."))
        ],
        empty: Annotated[
            bool,
            typer.Option(
                "--empty",
                help=say("未定义的名称印成空，不报错。", "Undefined names print nothing instead of an error."),
            ),
        ] = False,
        page_numbers: Annotated[
            bool,
            typer.Option(
                "--page-numbers",
                help=say(
                    "填好 Word 文档的目录页码（需要 LibreOffice）。",
                    "Fill in the page numbers of contents in a Word document (needs LibreOffice).",
                ),
            ),
        ] = False,
    ) -> int:
        from generator.api import open_template, read_context
        from generator.documents.any_template import WORD_SUFFIXES, refuse_hidden_macros
        from generator.documents.page_numbers import with_page_numbers
        from generator.documents.pdf import find_soffice
        from generator.ooxml.package import read_bytes, write_atomically

        soffice = find_soffice() if page_numbers else ""
        undefined = "empty" if empty else "strict"
        notes: Sequence[Diagnostic]
        if os.environ.get("GENERATOR_ISOLATED", "") == "1":
            from generator.documents.isolated import Request, render_isolated

            request = Request(read_bytes(template)[1], template, read_context(context), undefined)
            content, notes = render_isolated(request)
        else:
            content, notes = open_template(template, undefined=undefined).render_with_notes(
                read_context(context), trusted=True
            )
        refuse_hidden_macros(content, template, output)
        if soffice and output.lower().endswith(WORD_SUFFIXES):
            content, unknown = with_page_numbers(content, output, soffice)
            notes = [*notes, *unknown]
        write_atomically(output, content, inputs=[template, context])
        for note in notes:
            console.say(console.diagnostic_text(note, language))
        console.result(output)
        return 0
