"""`generator render DATA… [-o DIR] [--pdf]`: checks, then renders the documents that the standards name."""

from pathlib import Path
from typing import Annotated

import typer

from generator.cli import console
from generator.cli.app import failed
from generator.cli.options import data_files, in_language


def register(app: typer.Typer, language: str) -> None:
    """Add the command to the application."""
    say = in_language(language)

    @app.command(
        help=say(
            "检查数据文件，没有错误就生成 Word 报告和 Excel 工作簿；写出的文件名印在标准输出。",
            "Check data files and, without errors, render their documents; the written paths go to stdout.",
        )
    )
    def render(
        data: Annotated[
            list[str], typer.Argument(metavar="DATA", help=say("数据文件或文件夹。", "Data files or folders."))
        ],
        output: Annotated[
            str, typer.Option("-o", "--output", metavar="DIR", help=say("输出文件夹。", "Output folder."))
        ] = ".",
        pdf: Annotated[
            bool,
            typer.Option("--pdf", help=say("另外生成 PDF（需要 LibreOffice）。", "PDF as well (needs LibreOffice).")),
        ] = False,
        draft: Annotated[
            bool,
            typer.Option(
                "--draft",
                help=say(
                    "草稿：缺少的内容印成醒目的【待填：…】。",
                    "A draft: what is missing prints as a highlighted 【待填：…】.",
                ),
            ),
        ] = False,
        strict: Annotated[
            bool, typer.Option("--strict", help=say("把警告当作错误。", "Treat warnings as errors."))
        ] = False,
        date: Annotated[
            str,
            typer.Option(
                "--date",
                metavar="YYYY-MM-DD",
                help=say(
                    "写入文档属性的日期；默认用模板自己的。",
                    "Date for the document properties; the template's own by default.",
                ),
            ),
        ] = "",
    ) -> int:
        from generator.api import examine
        from generator.diagnostics import Diagnostic, Failure, Invalid, InvalidReport, Severity
        from generator.documents.pdf import convert_to_pdf, find_soffice
        from generator.documents.produce import wanted_date
        from generator.ooxml.package import write_together

        files = data_files(data)
        try:
            stamp = wanted_date(date)
        except ValueError:
            raise failed("bad-date", name=date) from None
        soffice = find_soffice() if pdf else ""
        found: list[Diagnostic] = []
        owners: dict[str, str] = {}
        written: list[Path] = []
        code = 0
        for position, name in enumerate(files, 1):
            if len(files) > 1:
                console.say(f"[{position}/{len(files)}] {name}")
            findings: list[Diagnostic] = []
            notes: list[Diagnostic] = []
            try:
                examined = examine(name)
                findings = list(examined.diagnostics)
                if strict:
                    findings = console.made_strict(findings)
                stop = [finding for finding in findings if finding.severity is Severity.ERROR]
                if draft and examined.report is not None:  # what is missing does not stop a draft
                    findings = console.made_mild(findings)
                    stop = []
                if not stop and examined.report is not None:
                    documents = examined.report.documents(draft=draft, date=stamp)
                    notes = [note for document in documents for note in document.notes]
                    findings += notes
                    for document in documents:
                        if (owner := owners.setdefault(document.name.lower(), name)) != name:
                            raise failed("same-output", name=document.name, first=owner, second=name)
                    paths = [Path(output) / document.name for document in documents]
                    contents = [document.content for document in documents]
                    write_together(dict(zip(paths, contents, strict=True)), inputs=[name])
                    written += paths
                    for path in paths:
                        console.result(str(path))
                else:
                    code = max(code, 1)
            except Invalid as refusal:
                findings += [finding for finding in refusal.diagnostics if finding not in findings]
                code = max(code, 1 if isinstance(refusal, InvalidReport) else 2)
                if isinstance(refusal, Failure) and len(files) == 1:
                    raise
            # notes on the data are for `check`; those on the documents are told here
            told = [finding for finding in findings if finding.severity is not Severity.INFO or finding in notes]
            for text in console.told(told, language):
                console.say(text)
            found += told
        if pdf and written:
            for path in convert_to_pdf(written, soffice):
                console.result(str(path))
        if len(files) > 1 or found:
            console.say(console.summary(len(files), found, language))
        return code
