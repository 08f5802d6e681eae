"""`generator standards`: what is available, with version, issuer, digest and path, and what hides what."""

from typing import TYPE_CHECKING, Annotated

from generator.cli import console
from generator.cli.declared import Commands, Option
from generator.cli.options import Format
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import command_words as words

if TYPE_CHECKING:
    from generator.standard import Summary

_SHOWN = 12  # hexadecimal digits of a digest


def register(app: Commands, language: str) -> None:
    """Add the command to the application."""
    say = console.in_language(language)

    @app.command(help=say(texts.STANDARDS))
    def standards(output_format: Annotated[Format, Option("--format", help=say(texts.FORMAT))] = Format.TEXT) -> int:
        from generator.api import available_standards

        found = available_standards(hidden=True)
        if output_format is Format.JSON:
            console.result_json({"standards": [as_json(one) for one in found]})
            return 0
        if not found:
            from generator.standard.library import searched

            console.say(say(words.NO_STANDARDS))
            for folder in searched():
                console.say(f"  {folder.absolute()}" + ("" if folder.is_dir() else say(words.NOT_THERE)))
            return 0
        rows = [[say(column) for column in words.COLUMNS]]
        for one in found:
            hidden = say(words.HIDDEN_BY, name=one.hidden_by) if one.hidden_by else ""
            digest = _digest(one)[:_SHOWN] or "-"
            rows.append([one.id, one.version, one.fiscal_year, one.issuer, one.title, digest, f"{one.path}{hidden}"])
        widths = [max(console.columns(row[i]) for row in rows) for i in range(len(words.COLUMNS) - 1)]
        for row in rows:
            cells = [cell + " " * (width - console.columns(cell)) for cell, width in zip(row, widths, strict=False)]
            console.result("  ".join([*cells, row[-1]]).rstrip())
        return 0


def _digest(summary: "Summary") -> str:
    """The digest of a standard; "" where it cannot be loaded, which `lint` tells."""
    from generator.diagnostics import Invalid
    from generator.standard import load_standard
    from generator.standard.identity import standard_digest

    try:
        return standard_digest(load_standard(summary.path))
    except Invalid:
        return ""


def as_json(summary: "Summary") -> dict[str, str | None]:
    """What is known of a standard, as JSON."""
    return {
        "id": summary.id,
        "version": summary.version,
        "fiscal_year": summary.fiscal_year,
        "issuer": summary.issuer,
        "title": summary.title,
        "path": str(summary.path),
        "digest": _digest(summary) or None,
        "hidden_by": str(summary.hidden_by) if summary.hidden_by else None,
    }
