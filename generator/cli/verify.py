"""`generator verify DOCUMENT [DATA]`: what a document was made from, and whether it was changed since."""

from typing import Annotated

import typer

from generator.cli import console
from generator.cli.options import Format, in_language


def register(app: typer.Typer, language: str) -> None:
    """Add the command to the application."""
    say = in_language(language)

    @app.command(
        help=say(
            "核对一份文档：由哪份标准、哪份数据生成，生成后文字有没有改动；给出数据文件，就说明哪里不同。",
            "Verify a document: from which standard and data it was made, whether its text was changed since; with the data file, where.",
        )
    )
    def verify(
        document: Annotated[
            str, typer.Argument(metavar="DOCUMENT", help=say("Word 文档或工作簿。", "A Word document or workbook."))
        ],
        data: Annotated[str, typer.Argument(metavar="[DATA]", help=say("数据文件。", "The data file."))] = "",
        output_format: Annotated[
            Format, typer.Option("--format", help=say("输出格式。", "Output format."))
        ] = Format.TEXT,
    ) -> int:
        from generator.compare import to_text
        from generator.diagnostics import InvalidDocument, Severity
        from generator.distribution.origin import document_origin
        from generator.ooxml.active_content import active_findings
        from generator.ooxml.package import open_package

        try:
            found = document_origin(document, data)
        except InvalidDocument as refusal:
            if refusal.diagnostics[0].code != "verify-no-stamp":
                raise
            if output_format is Format.JSON:
                console.result_json(console.diagnostics_json(refusal.diagnostics, language))
            else:
                for finding in refusal.diagnostics:
                    console.say(console.diagnostic_text(finding, language))
            return 1
        stamp = found.stamp
        active = active_findings(open_package(document))
        sound = found.sound and not any(finding.severity is Severity.ERROR for finding in active)
        if output_format is Format.JSON:
            told = {
                "standard": stamp.standard,
                "standard_digest": stamp.standard_digest,
                "data_digest": stamp.data_digest,
                "engine": stamp.engine,
                "template": stamp.template,
                "unchanged": found.unchanged,
                "same_data": found.same_data,
                "same_standard": found.same_standard,
                "differences": found.differences.as_json(language)["differences"] if found.differences else [],
                "active": [finding.as_json(language) for finding in active],
            }
            console.result_json(told)
            return 0 if sound else 1
        lines = [
            say("标准：", "standard: ") + f"{stamp.standard}  {stamp.standard_digest}",
            say("模板：", "template: ") + stamp.template,
            say("数据摘要：", "data digest: ") + stamp.data_digest,
            say("生成程序：", "engine: ") + f"generator {stamp.engine}",
            say("文字：生成后没有改动。", "text: unchanged since it was rendered.")
            if found.unchanged
            else say("文字：生成后被改动过。", "text: changed since it was rendered."),
        ]
        if found.same_data is not None:
            lines.append(
                say("数据：与生成时相同。", "data: the same as then.")
                if found.same_data
                else say("数据：与生成时不同。", "data: other than then.")
            )
        if found.same_standard is False:
            lines.append(say("现有的标准与生成时的不是同一份。", "The standard is another one now."))
        for line in lines:
            console.result(line)
        for text in console.told(active, language):
            console.say(text)
        if found.differences is not None and (text := to_text(found.differences, language)):
            console.result(say("与数据文件现在生成的文档相比：", "Compared with what the data file gives now:"))
            console.result(text.rstrip("\n"))
        return 0 if sound else 1
