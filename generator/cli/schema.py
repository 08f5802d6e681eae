"""`generator schema STANDARD`: JSON Schema of a standard's data files, for editors."""

import json
from typing import Annotated

from generator.cli import console
from generator.cli.app import write_result
from generator.cli.declared import Argument, Commands, Option
from generator.cli.options import standard_ids
from generator.diagnostics.wording import command_help as texts


def register(app: Commands, language: str) -> None:
    """Add the command to the application."""
    say = console.in_language(language)

    @app.command(help=say(texts.SCHEMA))
    def schema(
        standard: Annotated[str, Argument(metavar="STANDARD", help=say(texts.STANDARD), autocompletion=standard_ids)],
        output: Annotated[str, Option("-o", "--output", metavar="FILE", help=say(texts.SCHEMA_OUTPUT))] = "",
    ) -> int:
        from generator.api import load_standard

        loaded = load_standard(standard)
        text = json.dumps(loaded.json_schema(), ensure_ascii=False, indent=2)
        if output:
            write_result(output, (text + "\n").encode(), inputs=loaded._loaded.read_from)
        else:
            console.result(text)
        return 0
