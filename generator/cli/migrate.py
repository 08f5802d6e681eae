"""`generator migrate DATA --to STANDARD -o FILE`: a data file for a newer version, or for next year's standard."""

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

    @app.command(help=say(texts.MIGRATE))
    def migrate(
        data: Annotated[str, Argument(metavar="DATA", help=say(texts.MIGRATE_DATA))],
        to: Annotated[str, Option("--to", metavar="STANDARD", help=say(texts.MIGRATE_TO), autocompletion=standard_ids)],
        output: Annotated[str, Option("-o", "--output", metavar="FILE", help=say(texts.MIGRATE_OUTPUT))],
        force: Annotated[bool, Option("--force", help=say(texts.OVERWRITE))] = False,
    ) -> int:
        from generator.distribution.migration import migrate as moved
        from generator.ooxml.package import write_atomically
        from generator.standard import load_standard

        refuse_taken(output, force=force, inputs=[data])
        standard = load_standard(to)
        made = moved(data, standard, output)
        write_atomically(output, made.content, inputs=[data, *standard.read_from], force=force)
        console.result(output)
        console.say_findings(made.notes, language)
        if made.tasks:
            console.remark(say(words.TASKS, count=len(made.tasks)))
        console.say_findings(made.tasks, language)
        return 0
