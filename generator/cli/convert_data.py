"""`generator convert DATA -o FILE`: a data file as YAML, JSON or a fill-in workbook."""

from typing import Annotated

from generator.cli import console
from generator.cli.app import refuse_taken
from generator.cli.declared import Argument, Commands, Option
from generator.diagnostics.wording import command_help as texts


def register(app: Commands, language: str) -> None:
    """Add the command to the application."""
    say = console.in_language(language)

    @app.command(help=say(texts.CONVERT))
    def convert(
        data: Annotated[str, Argument(metavar="DATA", help=say(texts.CONVERT_DATA))],
        output: Annotated[str, Option("-o", "--output", metavar="FILE", help=say(texts.CONVERT_OUTPUT))],
        force: Annotated[bool, Option("--force", help=say(texts.OVERWRITE))] = False,
    ) -> int:
        from generator.form.conversion import convert as converted
        from generator.ooxml.package import write_atomically

        refuse_taken(output, force=force, inputs=[data])
        made = converted(data, output)
        write_atomically(output, made.content, inputs=[data], force=force)
        console.result(output)
        console.say_findings(made.notes, language)
        return 1 if any(note.severity == "error" for note in made.notes) else 0
