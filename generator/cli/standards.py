"""`generator standards`: what is available, with version and issuer."""

from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import console
from generator.cli.options import Format, in_language

if TYPE_CHECKING:
    from generator.standard import Summary


def register(app: typer.Typer, language: str) -> None:
    """Add the command to the application."""
    say = in_language(language)

    @app.command(
        help=say("列出可用的标准：名称、版本、发布单位、标题。", "List the standards: name, version, issuer, title.")
    )
    def standards(
        output_format: Annotated[
            Format, typer.Option("--format", help=say("输出格式。", "Output format."))
        ] = Format.TEXT,
    ) -> int:
        from generator.api import available_standards

        found = available_standards()
        if output_format is Format.JSON:
            console.result_json({"standards": [as_json(one) for one in found]})
            return 0
        header = (("名称", "name"), ("版本", "version"), ("年度", "year"), ("发布单位", "issuer"), ("标题", "title"))
        rows = [[say(zh, en) for zh, en in header]]
        rows += [[one.id, one.version, one.fiscal_year, one.issuer, one.title] for one in found]
        widths = [max(console.columns(row[i]) for row in rows) for i in range(4)]
        for row in rows:
            cells = [cell + " " * (width - console.columns(cell)) for cell, width in zip(row, widths, strict=False)]
            console.result("  ".join([*cells, row[4]]).rstrip())
        return 0


def as_json(summary: "Summary") -> dict[str, str]:
    """What is known of a standard, as JSON."""
    return {
        "id": summary.id,
        "version": summary.version,
        "fiscal_year": summary.fiscal_year,
        "issuer": summary.issuer,
        "title": summary.title,
        "path": str(summary.path),
    }
