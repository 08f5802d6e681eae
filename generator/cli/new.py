"""`generator new STANDARD [-o FILE]`: a data file to fill in."""

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
            "写出一份待填写的数据文件：每个字段的名称、单位、例子和要求都在注释里。",
            "Write a data file to fill in: every field with its label, unit, example and rule as comments.",
        )
    )
    def new(
        standard: Annotated[
            str,
            typer.Argument(
                metavar="STANDARD",
                help=say("标准的名称或文件。", "A standard's name or file."),
                autocompletion=standard_ids,
            ),
        ],
        output: Annotated[
            str,
            typer.Option(
                "-o",
                "--output",
                metavar="FILE",
                help=say("写入文件；默认印在标准输出。", "Write to a file; stdout by default."),
            ),
        ] = "",
        force: Annotated[
            bool, typer.Option("--force", help=say("覆盖已有的文件。", "Overwrite an existing file."))
        ] = False,
    ) -> int:
        from generator.api import load_standard
        from generator.ooxml.package import write_atomically
        from generator.ooxml.saving import is_taken

        loaded = load_standard(standard)
        text = loaded.blank_data_file(language=language)
        if not output:
            console.result(text.rstrip("\n"))
            return 0
        if is_taken(output) and not force:
            raise failed("output-exists", name=output)
        write_atomically(output, text.encode(), inputs=loaded._loaded.read_from)
        console.result(output)
        beside = Path(output).parent / f"{loaded.id}.schema.json"
        if not beside.exists():
            console.say(
                say("编辑器要补全和即时检查，再运行：", "For completion and checks in an editor, also run: ")
                + f"generator schema {standard} -o {beside}"
            )
        return 0
