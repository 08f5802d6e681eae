"""`generator convert DATA -o FILE`: a data file as YAML, JSON or a fill-in workbook."""

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
            "把数据文件换成另一种格式（.yaml、.json、.xlsx），内容不丢；带不过去的逐项列出。",
            "Write a data file in another form (.yaml, .json, .xlsx); what cannot be carried is said.",
        )
    )
    def convert(
        data: Annotated[str, typer.Argument(metavar="DATA", help=say("数据文件或填报表。", "A data file or form."))],
        output: Annotated[
            str,
            typer.Option(
                "-o", "--output", metavar="FILE", help=say("写入的文件，按后缀定格式。", "The file to write.")
            ),
        ],
        force: Annotated[
            bool, typer.Option("--force", help=say("覆盖已有的文件。", "Overwrite an existing file."))
        ] = False,
    ) -> int:
        from generator.form.conversion import convert as converted
        from generator.ooxml.package import write_atomically
        from generator.ooxml.saving import is_taken

        if is_taken(output) and not force:
            raise failed("output-exists", name=output)
        made = converted(data, output)
        write_atomically(output, made.content, inputs=[data])
        console.result(output)
        for note in made.notes:
            console.say(console.diagnostic_text(note, language))
        return 1 if any(note.severity == "error" for note in made.notes) else 0
