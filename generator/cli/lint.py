"""`generator lint STANDARD_OR_TEMPLATE…`: standards and templates, before any data."""

from typing import Annotated

import typer

from generator.cli import console
from generator.cli.annotations import told_to_tools
from generator.cli.options import FindingFormat, in_language


def register(app: typer.Typer, language: str) -> None:
    """Add the command to the application."""
    say = in_language(language)

    @app.command(
        help=say(
            "在有数据之前检查标准和模板：路径、标签、漏印的字段、残留的填写说明。",
            "Examine standards and templates before any data: paths, tags, fields that nothing prints, leftover guidance.",
        )
    )
    def lint(
        targets: Annotated[
            list[str],
            typer.Argument(
                metavar="TARGET",
                help=say("标准的名称或文件，或模板文件。", "A standard's name or file, or a template."),
            ),
        ],
        standard: Annotated[
            str,
            typer.Option(
                "--standard", metavar="ID", help=say("模板所用的标准。", "The standard that a template prints.")
            ),
        ] = "",
        strict: Annotated[
            bool, typer.Option("--strict", help=say("把警告当作错误。", "Treat warnings as errors."))
        ] = False,
        output_format: Annotated[
            FindingFormat, typer.Option("--format", help=say("输出格式。", "Output format."))
        ] = FindingFormat.TEXT,
    ) -> int:
        from generator.api import lint as examine
        from generator.diagnostics import Diagnostic, Severity

        found: list[Diagnostic] = []
        for target in targets:
            findings = list(examine(target, standard=standard or None))
            if strict:
                findings = console.made_strict(findings)
            found += findings
            if output_format is FindingFormat.TEXT:
                for text in console.told(findings, language):
                    console.result(text)
        if output_format is FindingFormat.JSON:
            console.result_json(console.diagnostics_json(found, language))
        elif output_format is not FindingFormat.TEXT:
            console.result(told_to_tools(found, output_format, language), end="")
        if output_format is not FindingFormat.JSON:
            console.say(console.summary(len(targets), found, language))
        return 1 if console.count(found, Severity.ERROR) else 0
