"""`generator diff A B`: semantic difference of two documents."""

from enum import StrEnum
from typing import Annotated

import typer

from generator.cli import console
from generator.cli.options import in_language


class Level(StrEnum):
    """How much of a document is compared."""

    TEXT = "text"
    STRUCTURE = "structure"
    FORMAT = "format"


class Output(StrEnum):
    """How differences are printed."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def register(app: typer.Typer, language: str) -> None:
    """Add the command to the application."""
    say = in_language(language)

    @app.command(
        help=say(
            "按意义比较两份文档，说明哪里不同；不同时退出码为 1。",
            "Compare two documents by meaning; exit 1 if they differ.",
        )
    )
    def diff(
        a: Annotated[str, typer.Argument(metavar="A", help=say("文档或文件夹。", "A document or a folder."))],
        b: Annotated[
            str,
            typer.Argument(metavar="B", help=say("文档、文件夹或数据文件。", "A document, a folder or a data file.")),
        ],
        level: Annotated[
            Level | None,
            typer.Option(
                "--level",
                help=say(
                    "比较到哪一层：文字和数值、结构（默认）、格式。", "How much is compared; structure by default."
                ),
            ),
        ] = None,
        ignore: Annotated[
            list[str],
            typer.Option(
                "--ignore",
                metavar="RULE",
                help=say(
                    "不比较的位置、字段或文字模式，可重复。", "A place, field or pattern to leave out; repeatable."
                ),
            ),
        ] = [],  # noqa: B006 Typer's way to declare a repeatable option
        tolerance: Annotated[
            str, typer.Option("--tolerance", metavar="NUMBER", help=say("数值允许的误差。", "Numeric tolerance."))
        ] = "",
        rules: Annotated[
            str,
            typer.Option("--rules", metavar="FILE", help=say("规则文件 diff.yaml。", "A file of rules, diff.yaml.")),
        ] = "",
        output_format: Annotated[
            Output, typer.Option("--format", help=say("输出格式。", "Output format."))
        ] = Output.TEXT,
    ) -> int:
        from generator.api import compare
        from generator.compare import to_html, to_text

        result = compare(
            a, b, level=level and level.value, ignore=ignore, tolerance=tolerance or None, rules=rules or None
        )
        if output_format is Output.JSON:
            console.result_json(result.as_json(language))
        elif output_format is Output.HTML:
            console.result(to_html(result, language, names=(a, b)).rstrip("\n"))
        elif text := to_text(result, language):
            console.result(text.rstrip("\n"))
        return 1 if result.differences else 0
