"""`generator form STANDARD|DATA -o FILE.xlsx`: the fill-in workbook, empty or filled from a data file."""

from pathlib import Path
from typing import Annotated

import typer

from generator.cli import console
from generator.cli.app import failed
from generator.cli.options import DATA_SUFFIXES, in_language, standard_ids


def register(app: typer.Typer, language: str) -> None:
    """Add the command to the application."""
    say = in_language(language)

    @app.command(
        help=say(
            "写出填报表（Excel 工作簿）：给标准写空表，给数据文件写填好的表。",
            "Write the fill-in workbook: empty for a standard, filled for a data file.",
        )
    )
    def form(
        what: Annotated[
            str,
            typer.Argument(
                metavar="STANDARD|DATA",
                help=say("标准的名称或文件，或数据文件。", "A standard's name or file, or a data file."),
                autocompletion=standard_ids,
            ),
        ],
        output: Annotated[
            str, typer.Option("-o", "--output", metavar="FILE.xlsx", help=say("写入的文件。", "The file to write."))
        ],
        fill: Annotated[
            list[str] | None,
            typer.Option(
                "--fill",
                metavar="LIST=FILE",
                help=say(
                    "用财务软件导出的 .csv 或 .xlsx 填一个列表，列按名称对应。",
                    "Fill a list from an export (.csv or .xlsx), columns by label.",
                ),
            ),
        ] = None,
        columns: Annotated[
            list[str] | None,
            typer.Option(
                "--columns",
                metavar="EXPORT=FORM",
                help=say("导出的列名与表里不同时，指明对应。", "Which of the form's columns an export's column is."),
            ),
        ] = None,
        force: Annotated[
            bool, typer.Option("--force", help=say("覆盖已有的文件。", "Overwrite an existing file."))
        ] = False,
    ) -> int:
        from generator.form.forms import form_of
        from generator.ooxml.package import write_atomically
        from generator.ooxml.saving import is_taken
        from generator.standard import load_standard

        if Path(output).suffix.lower() != ".xlsx":
            raise failed("form-output", name=output)
        if is_taken(output) and not force:
            raise failed("output-exists", name=output)
        fills, names = pairs(fill, "列表=文件"), pairs(columns, "导出的列=表里的列")
        if is_data(what):
            made = form_of(what, fills=fills, columns=names)
        else:
            made = form_of(None, load_standard(what), fills=fills, columns=names)
        write_atomically(output, made.content, inputs=[what, *fills.values()])
        console.result(output)
        for note in made.notes:
            console.say(console.diagnostic_text(note, language))
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
    path = Path(name)
    if path.suffix.lower() not in (*DATA_SUFFIXES, ".xlsx", ".xlsm", ".xls", ".et"):
        return False
    if path.suffix.lower() not in DATA_SUFFIXES or not path.is_file():
        return path.suffix.lower() not in DATA_SUFFIXES or not path.exists()
    from generator.diagnostics import Invalid
    from generator.source import Map, read_source

    try:
        root = read_source(path).root
    except Invalid:
        return True
    return not (isinstance(root, Map) and "fields" in root and ("standard" in root or "library" in root))
