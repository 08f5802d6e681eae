"""`generator new STANDARD [-o FILE]`: a data file to fill in."""

from pathlib import Path
from typing import Annotated

from generator.cli import console
from generator.cli.app import refuse_taken
from generator.cli.declared import Argument, Commands, Option
from generator.cli.options import standard_ids
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import command_words as words


def register(app: Commands, language: str) -> None:
    """Add the command to the application."""
    say = console.in_language(language)

    @app.command(help=say(texts.NEW))
    def new(
        standard: Annotated[str, Argument(metavar="STANDARD", help=say(texts.STANDARD), autocompletion=standard_ids)],
        output: Annotated[str, Option("-o", "--output", metavar="FILE", help=say(texts.NEW_OUTPUT))] = "",
        force: Annotated[bool, Option("--force", help=say(texts.OVERWRITE))] = False,
    ) -> int:
        from generator.api import load_standard
        from generator.ooxml.package import write_atomically
        from generator.ooxml.saving import is_stream

        loaded = load_standard(standard)
        if not output:
            console.result(loaded.blank_data_file(language=language).rstrip("\n"))
            return 0
        from generator.form.conversion import blank

        content = blank(loaded._loaded, output, language)
        refuse_taken(output, force=force, inputs=loaded._loaded.read_from)
        write_atomically(output, content, inputs=loaded._loaded.read_from, force=force)
        console.result(output)
        ending = Path(output).suffix.lower()
        if ending == ".json":
            console.remark(say(words.JSON_EXPLAINS_NOTHING) + f"generator new {standard}")
        if ending in (".json", ".xlsx") or is_stream(Path(output)):
            return 0
        beside = Path(output).parent / f"{loaded.id}.schema.json"
        if not beside.exists():
            console.remark(say(words.FOR_EDITORS) + f"generator schema {standard} -o {beside}")
        return 0
