"""`generator fill TEMPLATE CONTEXT -o FILE`: any template with any context, no standard."""

from typing import Annotated

import typer

from generator.cli import console
from generator.cli.app import failed
from generator.cli.options import in_language


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
    ) -> int:
        from generator.api import open_template, read_context
        from generator.ooxml.limits import macros_are_allowed
        from generator.ooxml.package import write_atomically

        holds_macros = template.lower().endswith((".docm", ".dotm"))
        if holds_macros and macros_are_allowed() and not output.lower().endswith(".docm"):
            raise failed("macros-output", template=template, name=output)
        opened = open_template(template, undefined="empty" if empty else "strict")
        content, notes = opened.render_with_notes(read_context(context))
        write_atomically(output, content, inputs=[template, context])
        for note in notes:
            console.say(console.diagnostic_text(note, language))
        console.result(output)
        return 0
