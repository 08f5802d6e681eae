"""`generator show FILE`: readable text of a document or template, for people and for `git diff`.

A damaged file is an error for a person; git is told in the text, for `git diff` would end at an error.
"""

import os
from typing import Annotated

import typer

from generator.cli import console
from generator.cli.options import in_language
from generator.diagnostics import InvalidDocument


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

        try:
            text = text_of(file)
        except InvalidDocument as damaged:
            if "GIT_PREFIX" not in os.environ:  # git sets it for what it runs (git-rev-parse's documentation)
                raise
            text = "\n".join(f"（{finding.text.in_language(language)}）" for finding in damaged.diagnostics)
        console.result(text.rstrip("\n"))
        return 0
