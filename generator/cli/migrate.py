"""`generator migrate DATA --to STANDARD -o FILE`: a data file for a newer version, or for next year's standard."""

from pathlib import Path
from typing import Annotated

import typer

from generator.cli import console
from generator.cli.app import failed
from generator.cli.options import in_language, standard_ids


def register(app: typer.Typer, language: str) -> None:
    """Add the command to the application."""
    say = in_language(language)

    @app.command(
        help=say(
            "把数据文件换到新版本或下一年度的标准：写一个新文件，旧文件不动；列出带过去的和还要做的。",
            "Move a data file to a newer version or next year's standard: a new file; tells what was carried and what is left to do.",
        )
    )
    def migrate(
        data: Annotated[str, typer.Argument(metavar="DATA", help=say("旧的数据文件。", "The old data file."))],
        to: Annotated[
            str,
            typer.Option(
                "--to",
                metavar="STANDARD",
                help=say("换到的标准，可带 @版本。", "The standard, or standard@version."),
                autocompletion=standard_ids,
            ),
        ],
        output: Annotated[
            str,
            typer.Option(
                "-o",
                "--output",
                metavar="FILE",
                help=say("写入的新文件：.yaml、.json 或 .xlsx。", "The new file: .yaml, .json, .xlsx."),
            ),
        ],
        force: Annotated[
            bool, typer.Option("--force", help=say("覆盖已有的文件。", "Overwrite an existing file."))
        ] = False,
    ) -> int:
        from generator.distribution.migration import migrate as moved
        from generator.ooxml.package import write_atomically
        from generator.ooxml.saving import is_taken
        from generator.standard import load_standard

        same = Path(output).exists() and Path(data).exists() and Path(output).samefile(data)
        if same or (is_taken(output) and not force):
            raise failed("output-exists", name=output)
        standard = load_standard(to)
        made = moved(data, standard, output)
        write_atomically(output, made.content, inputs=[data, *standard.read_from])
        console.result(output)
        for note in made.notes:
            console.say(console.diagnostic_text(note, language))
        if made.tasks:
            console.say(
                say(
                    f"新文件里还要做 {len(made.tasks)} 件事：",
                    f"{len(made.tasks)} things are left to do in the new file:",
                )
            )
        for task in made.tasks:
            console.say(console.diagnostic_text(task, language))
        return 0
