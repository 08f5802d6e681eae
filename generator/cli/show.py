"""`generator show FILE`: readable text of a document or template, for people and for `git diff`.

A damaged file is an error for a person; git is told in the text, for `git diff` would end at an error.
"""

import os
from typing import Annotated

from generator.cli import console
from generator.cli.declared import Argument, Commands
from generator.diagnostics import InvalidDocument
from generator.diagnostics.wording import command_help as texts


def register(app: Commands, language: str) -> None:
    """Add the command to the application."""
    say = console.in_language(language)

    @app.command(help=say(texts.SHOW))
    def show(file: Annotated[str, Argument(metavar="FILE", help=say(texts.SHOW_FILE))]) -> int:
        from generator.api import show as text_of

        try:
            text = text_of(file)
        except InvalidDocument as damaged:
            if "GIT_PREFIX" not in os.environ:  # git sets it for what it runs (git-rev-parse's documentation)
                raise
            text = "\n".join(f"（{finding.text.in_language(language)}）" for finding in damaged.diagnostics)
        console.result(text.rstrip("\n"))
        return 0
