"""`generator lint STANDARD_OR_TEMPLATE…`: standards and templates, before any data."""

from pathlib import Path
from typing import Annotated

import typer

from generator.cli import console
from generator.cli.app import failed
from generator.cli.options import FindingFormat, in_language, standard_ids
from generator.diagnostics import Diagnostic


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
                "--standard",
                metavar="ID",
                help=say("模板所用的标准。", "The standard that a template prints."),
                autocompletion=standard_ids,
            ),
        ] = "",
        strict: Annotated[
            bool, typer.Option("--strict", help=say("把警告当作错误。", "Treat warnings as errors."))
        ] = False,
        output_format: Annotated[
            FindingFormat, typer.Option("--format", help=say("输出格式。", "Output format."))
        ] = FindingFormat.TEXT,
        annotate: Annotated[
            str,
            typer.Option(
                "--annotate",
                metavar="DIR",
                help=say(
                    "另存有问题的模板，每个问题写成批注。",
                    "Write a copy of each template at fault, with a comment at every finding.",
                ),
            ),
        ] = "",
        baseline: Annotated[
            str,
            typer.Option(
                "--baseline",
                metavar="FILE",
                help=say("不报这个文件里已知的问题。", "Leave out the findings that this file knows."),
            ),
        ] = "",
        write_baseline: Annotated[
            bool,
            typer.Option(
                "--write-baseline",
                help=say(
                    "把现在的问题记入 --baseline 的文件。", "Write the findings of now to the file of --baseline."
                ),
            ),
        ] = False,
    ) -> int:
        from generator.api import lint as examine
        from generator.diagnostics import Severity
        from generator.lint.baseline import against, baseline_text, read_baseline
        from generator.lint.silenced import can_be_silenced

        if write_baseline and not baseline:
            raise failed("usage-missing", name="--baseline FILE", command="generator lint")
        known = read_baseline(baseline) if baseline and not write_baseline else None
        everything: list[Diagnostic] = []
        for target in targets:
            everything += examine(target, standard=standard or None)
        found, old, gone = (everything, 0, 0) if known is None else against(everything, known, baseline)
        if strict:
            found = console.made_strict(found)
        if write_baseline:
            _write(baseline, baseline_text(everything, baseline), targets)
            console.say(say("已记入：", "written: ") + baseline)
            found = [one for one in found if not can_be_silenced(one)]
        _print(found, output_format, language)
        if output_format is not FindingFormat.JSON:
            console.say(console.summary(len(targets), found, language))
        if old or gone:
            console.say(
                say(
                    f"基线里已知的 {old} 处没有列出；基线里有 {gone} 处已经没有了。",
                    f"{old} known by the baseline are not listed; {gone} of the baseline are there no more.",
                )
            )
        if annotate:
            from generator.lint.annotated import annotated_copies

            for path in annotated_copies(found, Path(annotate), language):
                console.say(say("已标注：", "annotated: ") + str(path))
        return 1 if console.count(found, Severity.ERROR) else 0


def _print(found: list[Diagnostic], output_format: FindingFormat, language: str) -> None:
    if output_format is FindingFormat.TEXT:
        for text in console.told(found, language):
            console.result(text)
    elif output_format is FindingFormat.JSON:
        console.result_json(console.diagnostics_json(found, language))
    else:
        from generator.cli.annotations import told_to_tools

        console.result(told_to_tools(found, output_format, language), end="")


def _write(path: str, text: str, targets: list[str]) -> None:
    from generator.ooxml.package import write_atomically

    write_atomically(path, text.encode(), inputs=[t for t in targets if Path(t).is_file()], option="--baseline")
