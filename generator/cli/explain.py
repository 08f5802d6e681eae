"""`generator explain DATA FIELD`: how a figure came about, down to the lines of the data file; `explain CODE`: a diagnostic."""

import os
from typing import TYPE_CHECKING, Annotated, NoReturn

from generator.cli import console
from generator.cli.app import failed, suggestion
from generator.cli.declared import Argument, Commands, Option
from generator.cli.options import Format, standard_input
from generator.diagnostics import Failure, InvalidReport, Severity
from generator.diagnostics.suggest import nearest
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import command_words as words
from generator.kept.light_classes import replace
from generator.ooxml.file_endings import DATA_ENDINGS, FORM_ENDINGS, ending_of
from generator.ooxml.package import refuse_absent

if TYPE_CHECKING:
    from generator.report.explanation import Explanation
    from generator.report.looked_up import Candidates, LookedUp, NamedCheck, RecordTable

MAX_CELL = 24  # columns of a terminal: a paragraph would tear a table apart
MAX_VALUE = 60  # the same of a line in a list of fields


def register(app: Commands, language: str) -> None:
    """Add the command to the application."""
    say = console.in_language(language)

    @app.command(help=say(texts.EXPLAIN))
    def explain(
        data: Annotated[str, Argument(metavar="DATA", help=say(texts.EXPLAIN_DATA))],
        field: Annotated[str, Argument(metavar="FIELD", help=say(texts.EXPLAIN_FIELD))] = "",
        output_format: Annotated[Format, Option("--format", help=say(texts.FORMAT))] = Format.TEXT,
    ) -> int:
        from generator.api import examine
        from generator.diagnostics.catalogue import catalogue

        if not field:
            if (code := _as_code(data)) not in catalogue():
                _refuse_no_code(data, nearest(code, catalogue()))
            return _tell_code(code, output_format, language)
        content = standard_input(data)
        examined = examine(content if content is not None else data, None, data)
        if examined.report is None:
            raise InvalidReport(examined.diagnostics)
        try:
            found = examined.report.look_up(field)
        except Failure:
            if (code := _as_code(field)) not in catalogue():
                if "-" in code and code.isascii() and (near := nearest(code, catalogue())):
                    _refuse_no_code(field, near)
                raise
            return _tell_code(code, output_format, language)
        if output_format is Format.JSON:
            console.result_json(found.as_json(language))
        else:
            console.result("\n".join(answer(found, language)))
        return 1 if console.count(examined.diagnostics, Severity.ERROR) else 0


def _tell_code(code: str, output_format: Format, language: str) -> int:
    """Tell what a diagnostic's code means; the exit code."""
    from generator.diagnostics.reference import code_as_json, describe_code

    if output_format is Format.JSON:
        console.result_json(code_as_json(code, language))
    else:
        console.result("\n".join(describe_code(code, language)))
    return 0


def _as_code(typed: str) -> str:
    """What may be a diagnostic's code, as codes are written."""
    return typed.strip("[] \u3000").lower().replace("_", "-")


def _refuse_no_code(typed: str, near: list[str]) -> NoReturn:
    """Tell of a word alone that is no diagnostic's code: a file behind which the field is missing, or a slip."""
    if is_path := (os.path.lexists(typed) or ending_of(typed) in (*DATA_ENDINGS, *FORM_ENDINGS)):
        refuse_absent(typed)
    raise failed("explain-what", name=typed, suggestion=suggestion([] if is_path else near))


def answer(found: "LookedUp", language: str) -> list[str]:
    """What was looked up, as text."""
    from generator.report.looked_up import Candidates, NamedCheck, RecordTable

    if isinstance(found, Candidates):
        return candidate_lines(found, language)
    if isinstance(found, NamedCheck):
        return check_lines(found, language)
    if isinstance(found, RecordTable):
        return record_lines(found, language) if len(found.rows) == 1 else table_lines(found, language)
    return lines(found, language)


def candidate_lines(candidates: "Candidates", language: str) -> list[str]:
    """The fields of one name: the path and value of each."""
    head = words.WHICH_FIELD.filled(name=candidates.name, count=len(candidates.found))
    return [head.in_language(language), *(_line(one, language) for one in candidates.found)]


def check_lines(check: "NamedCheck", language: str) -> list[str]:
    """A check: where it is made, what it is about, and its rule in words."""
    from generator.diagnostics.wording import comment_words

    found = []
    for path, remark, description, rule in check.rules:
        word = (comment_words.REMARK if remark else comment_words.CHECK).in_language(language)
        head = _titled(f"{word}“{check.name}”", path, language)
        found += [head, *(f"  {line}" for line in (description, rule.in_language(language)) if line)]
    return found


def record_lines(table: "RecordTable", language: str) -> list[str]:
    """One record: a line for each field."""
    path, fields = table.rows[0]
    return [_titled(path, table.label, language), *(_line(one, language) for one in fields)]


def table_lines(table: "RecordTable", language: str) -> list[str]:
    """A list of records: a row for each; below it the formulas of the computed columns, which bear a star."""
    heads = ["", *(name + "*" * (name in table.computed) for name in table.columns)]
    rows = [[path, *(_short(one.value) for one in fields)] for path, fields in table.rows]
    widths = [max(map(console.columns, column)) for column in zip(heads, *rows, strict=True)]
    found = [_titled(table.path, table.label, language)]
    for row in [heads, *rows]:
        cells = (cell + " " * (width - console.columns(cell)) for cell, width in zip(row, widths, strict=True))
        found.append("  " + "  ".join(cells).rstrip())
    for index, name in enumerate(table.columns):
        formulas = dict.fromkeys(" ".join(fields[index].formula.split()) for _, fields in table.rows)
        found += [f"  {name}* ← {formula}" for formula in formulas if formula]
    return found


def _titled(path: str, label: str, language: str) -> str:
    if not label or label == path.rpartition(".")[2]:
        return path
    return path + words.LABELLED.filled(label=label).in_language(language)


def _line(explanation: "Explanation", language: str) -> str:
    return "  " + lines(replace(explanation, value=_short(explanation.value, MAX_VALUE)), language)[0]


def _short(value: str, width: int = MAX_CELL) -> str:
    """A value on one line, cut to a width in columns of a terminal."""
    text = " ".join(value.split())
    if console.columns(text) <= width:
        return text
    while console.columns(text) >= width:
        text = text[:-1]
    return text + "…"


def lines(explanation: "Explanation", language: str, depth: int = 0) -> list[str]:
    """The tree of a computation, one line a value: what it is, its formula, where it is stated."""
    from generator.report.explanation import ORIGINS

    name = _titled(explanation.path or explanation.label, explanation.label, language)
    text = f"{name} = {explanation.value or words.NO_VALUE.in_language(language)}"
    where = explanation.location
    if explanation.formula:
        text += f"  ← {' '.join(explanation.formula.split())}"
    elif where.file and where.place:
        text += f"  ← {where.file} {where.place.in_language(language)}"
    elif where.file and where.line:
        text += f"  ← {where.file}:{where.line}:{where.column}"
    elif explanation.origin != "data":
        text += f"  ← {ORIGINS[explanation.origin].in_language(language)}"
    if explanation.note.in_language(language):
        text += words.NOTED.filled(note=explanation.note).in_language(language)
    found = ["  " * depth + text]
    for inner in explanation.inputs:
        found += lines(inner, language, depth + 1)
    return found
