"""`generator show FILE`: readable text of a document or template, for people and for `git diff`."""

from typing import Annotated

import typer

from generator.cli import console
from generator.cli.options import in_language


def register(app: typer.Typer, language: str) -> None:
    """Add the command to the application."""
    say = in_language(language)

    @app.command(
        help=say(
            "把文档或模板印成可读的文字，供人阅读，也供 git diff 使用。",
            "Print a document or template as readable text, for people and git diff.",
        )
    )
    def show(
        file: Annotated[str, typer.Argument(metavar="FILE", help=say("Word 或 Excel 文件。", "A Word or Excel file."))],
    ) -> int:
        from generator.api import show as text_of

        console.result(text_of(file).rstrip("\n"))
        return 0
