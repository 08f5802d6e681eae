"""`generator schema STANDARD`: JSON Schema of a standard's data files, for editors."""

import json
from typing import Annotated

import typer

from generator.cli import console
from generator.cli.options import in_language, standard_ids


def register(app: typer.Typer, language: str) -> None:
    """Add the command to the application."""
    say = in_language(language)

    @app.command(
        help=say(
            "输出数据文件的 JSON Schema，供编辑器补全和检查。", "Print the JSON Schema of a standard's data files."
        )
    )
    def schema(
        standard: Annotated[
            str,
            typer.Argument(
                metavar="STANDARD",
                help=say("标准的名称或文件。", "A standard's name or file."),
                autocompletion=standard_ids,
            ),
        ],
        output: Annotated[
            str, typer.Option("-o", "--output", metavar="FILE", help=say("写入文件。", "Write to a file."))
        ] = "",
    ) -> int:
        from generator.api import load_standard
        from generator.ooxml.package import write_atomically

        loaded = load_standard(standard)
        text = json.dumps(loaded.json_schema(), ensure_ascii=False, indent=2)
        if output:
            write_atomically(output, (text + "\n").encode(), inputs=loaded._loaded.read_from)
            console.result(output)
        else:
            console.result(text)
        return 0
