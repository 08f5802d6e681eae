"""`generator explain DATA FIELD`: how a figure came about, down to the lines of the data file; `explain CODE`: a diagnostic."""

from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import console
from generator.cli.app import failed, suggestion
from generator.cli.options import Format, in_language
from generator.diagnostics.suggest import nearest

if TYPE_CHECKING:
    from generator.report import Explanation


def register(app: typer.Typer, language: str) -> None:
    """Add the command to the application."""
    say = in_language(language)

    @app.command(
        help=say(
            "说明一个数是怎么算出来的，一直到数据文件的行。",
            "Tell how a figure came about, down to the lines of the data file.",
        )
    )
    def explain(
        data: Annotated[str, typer.Argument(metavar="DATA", help=say("数据文件。", "A data file."))],
        field: Annotated[
            str,
            typer.Argument(
                metavar="FIELD",
                help=say(
                    "字段的路径，如 资金.执行率；只写一个诊断代码时说明这个代码。",
                    "A field's path, such as 资金.执行率; a diagnostic's code alone is explained.",
                ),
            ),
        ] = "",
        output_format: Annotated[
            Format, typer.Option("--format", help=say("输出格式。", "Output format."))
        ] = Format.TEXT,
    ) -> int:
        from generator.api import examine
        from generator.diagnostics import InvalidReport, Severity
        from generator.diagnostics.catalogue import catalogue
        from generator.diagnostics.reference import describe_code

        if not field:
            code = data.strip("[]")
            if code not in catalogue():
                raise failed("explain-what", name=data, suggestion=suggestion(nearest(code, catalogue())))
            console.result("\n".join(describe_code(code, language)))
            return 0
        examined = examine(data)
        if examined.report is None:
            raise InvalidReport(examined.diagnostics)
        explanation = examined.report.explain(field)
        if output_format is Format.JSON:
            console.result_json(explanation.as_json())
        else:
            console.result("\n".join(lines(explanation, language)))
        return 1 if console.count(examined.diagnostics, Severity.ERROR) else 0


def lines(explanation: "Explanation", language: str, depth: int = 0) -> list[str]:
    """The tree of a computation, one line a value: what it is, its formula, where it is stated."""
    from generator.report.explanation import ORIGINS

    shown = {
        "zh": ("{label} = {value}", "（没有值）", "（{0}）", "参数"),
        "en": ("{label} = {value}", "(blank)", " ({0})", "parameter"),
    }[language]
    name = explanation.path or explanation.label
    if explanation.label and explanation.label != name.rpartition(".")[2]:
        name += shown[2].format(explanation.label)
    text = shown[0].format(label=name, value=explanation.value or shown[1])
    where = explanation.location
    if explanation.formula:
        text += f"  ← {' '.join(explanation.formula.split())}"
    elif where.file and where.place:
        text += f"  ← {where.file} {where.place.in_language(language)}"
    elif where.file and where.line:
        text += f"  ← {where.file}:{where.line}:{where.column}"
    elif explanation.origin != "data":
        text += f"  ← {ORIGINS[explanation.origin].in_language(language)}"
    if note := explanation.note.in_language(language):
        text += f"  〔{note}〕" if language == "zh" else f"  [{note}]"
    found = ["  " * depth + text]
    for inner in explanation.inputs:
        found += lines(inner, language, depth + 1)
    return found
