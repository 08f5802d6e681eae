"""`generator verify DOCUMENT [DATA]`: what a document was made from, and whether it was changed since."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from generator.cli import console
from generator.cli.declared import Argument, Commands, Option
from generator.cli.options import Format
from generator.diagnostics import Diagnostic, InvalidDocument, Severity
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import command_words as words

if TYPE_CHECKING:
    from generator.distribution.origin import Origin


def register(app: Commands, language: str) -> None:
    """Add the command to the application."""
    say = console.in_language(language)

    @app.command(help=say(texts.VERIFY))
    def verify(
        document: Annotated[str, Argument(metavar="DOCUMENT", help=say(texts.VERIFY_DOCUMENT))],
        data: Annotated[str, Argument(metavar="[DATA]", help=say(texts.VERIFY_DATA))] = "",
        output_format: Annotated[Format, Option("--format", help=say(texts.FORMAT))] = Format.TEXT,
    ) -> int:
        from generator.distribution.origin import document_origin
        from generator.ooxml.active_content import active_findings
        from generator.ooxml.package import open_package

        try:
            found = document_origin(document, data)
        except InvalidDocument as refusal:
            if refusal.diagnostics[0].code != "verify-no-stamp":
                raise
            told = [*refusal.diagnostics, *active_findings(open_package(document))]  # somebody else's acts no less
            if output_format is Format.JSON:
                console.result_json(console.diagnostics_json(told, language))
            else:
                console.say_findings(told, language)
            return 1
        stamp = found.stamp
        active = active_findings(open_package(document))
        sound = found.sound and not any(finding.severity is Severity.ERROR for finding in active)
        if output_format is Format.JSON:
            said = {
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
            console.result_json(said)
            return 0 if sound else 1
        _tell(found, active, language)
        return 0 if sound else 1


def _tell(found: "Origin", active: "Sequence[Diagnostic]", language: str) -> None:
    """Print what a document was made from, what acts in it, and what differs."""
    from generator.compare import to_text

    say, stamp = console.in_language(language), found.stamp
    lines = [
        say(words.STANDARD) + f"{stamp.standard}  {stamp.standard_digest}",
        say(words.TEMPLATE) + stamp.template,
        say(words.DATA_DIGEST) + stamp.data_digest,
        say(words.ENGINE) + f"generator {stamp.engine}",
        say(words.TEXT_UNCHANGED) if found.unchanged else say(words.TEXT_CHANGED),
    ]
    if found.same_data is not None:
        lines.append(say(words.SAME_DATA) if found.same_data else say(words.OTHER_DATA))
    if found.same_standard is False:
        lines.append(say(words.OTHER_STANDARD))
    for line in lines:
        console.result(line)
    for text in console.told(active, language):
        console.say(text)
    if found.differences is not None and (text := to_text(found.differences, language)):
        console.result(say(words.COMPARED))
        console.result(text.rstrip("\n"))
