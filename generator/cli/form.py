"""`generator form STANDARD|DATA -o FILE.xlsx`: the fill-in workbook, empty or filled from a data file."""

from pathlib import Path
from typing import Annotated

from generator.cli import console
from generator.cli.app import failed, refuse_taken
from generator.cli.declared import Argument, Commands, Option
from generator.cli.options import standard_ids
from generator.diagnostics import Invalid
from generator.diagnostics.wording import command_help as texts
from generator.ooxml.file_endings import DATA_ENDINGS


def register(app: Commands, language: str) -> None:
    """Add the command to the application."""
    say = console.in_language(language)

    @app.command(help=say(texts.FORM))
    def form(
        what: Annotated[str, Argument(metavar="STANDARD|DATA", help=say(texts.FORM_WHAT), autocompletion=standard_ids)],
        output: Annotated[str, Option("-o", "--output", metavar="FILE.xlsx", help=say(texts.OUTPUT))],
        fill: Annotated[list[str] | None, Option("--fill", metavar="LIST=FILE", help=say(texts.FORM_FILL))] = None,
        columns: Annotated[
            list[str] | None, Option("--columns", metavar="EXPORT=FORM", help=say(texts.FORM_COLUMNS))
        ] = None,
        force: Annotated[bool, Option("--force", help=say(texts.OVERWRITE))] = False,
    ) -> int:
        from generator.form.forms import form_of
        from generator.ooxml.package import write_atomically
        from generator.standard import load_standard

        if Path(output).suffix.lower() != ".xlsx":
            raise failed("form-output", name=output)
        fills, names = pairs(fill, "列表=文件"), pairs(columns, "导出的列=表里的列")
        refuse_taken(output, force=force, inputs=[what, *fills.values()])
        if is_data(what):
            made = form_of(what, fills=fills, columns=names, language=language)
        else:
            made = form_of(None, load_standard(what), fills=fills, columns=names, language=language)
        write_atomically(output, made.content, inputs=[what, *fills.values()], force=force)
        console.result(output)
        console.say_findings(made.notes, language)
        return 1 if any(note.severity == "error" for note in made.notes) else 0


def pairs(given: list[str] | None, form: str) -> dict[str, str]:
    """Arguments of the form `a=b` as a mapping."""
    found = {}
    for text in given or ():
        name, sign, value = text.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise failed("fill-argument", text=text, form=form)
        found[name.strip()] = value.strip()
    return found


def is_data(name: str) -> bool:
    """Whether an argument means a data file: a workbook, or a YAML or JSON file that does not declare a standard."""
    from generator.source import Map, read_source
    from generator.source.read import is_workbook_name

    if is_workbook_name(name):
        return True
    path = Path(name)
    if path.suffix.lower() not in DATA_ENDINGS:
        return False
    if not path.is_file():
        return not path.exists()

    try:
        root = read_source(path).root
    except Invalid:
        return True
    return not (isinstance(root, Map) and "fields" in root and ("standard" in root or "library" in root))
