"""`generator lint STANDARD_OR_TEMPLATE…`: standards and templates, before any data."""

from pathlib import Path
from typing import Annotated

from generator.cli import console
from generator.cli.app import failed, write_anew
from generator.cli.declared import Argument, Commands, Option
from generator.cli.options import FindingFormat, matched, standard_ids
from generator.diagnostics import Diagnostic, Severity
from generator.diagnostics.finding import with_severity
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import command_words as words
from generator.diagnostics.wording import usage_words
from generator.ooxml.file_endings import EXCEL_ENDINGS, WORD_ENDINGS, ending_of


def register(app: Commands, language: str) -> None:
    """Add the command to the application."""
    say = console.in_language(language)

    @app.command(help=say(texts.LINT))
    def lint(
        targets: Annotated[list[str], Argument(metavar="TARGET", help=say(texts.LINT_TARGETS))],
        standard: Annotated[
            str, Option("--standard", metavar="ID", help=say(texts.LINT_STANDARD), autocompletion=standard_ids)
        ] = "",
        strict: Annotated[bool, Option("--strict", help=say(texts.STRICT))] = False,
        output_format: Annotated[FindingFormat, Option("--format", help=say(texts.FORMAT))] = FindingFormat.TEXT,
        annotate: Annotated[str, Option("--annotate", metavar="DIR", help=say(texts.LINT_ANNOTATE))] = "",
        baseline: Annotated[str, Option("--baseline", metavar="FILE", help=say(texts.LINT_BASELINE))] = "",
        write_baseline: Annotated[bool, Option("--write-baseline", help=say(texts.LINT_WRITE_BASELINE))] = False,
    ) -> int:
        from generator.api import lint as examine
        from generator.lint.baseline import against, baseline_text, read_baseline
        from generator.lint.silenced import can_be_silenced
        from generator.ooxml.saving import refuse_no_folder

        if write_baseline and not baseline:
            raise failed("usage-missing", name="--baseline FILE", command="generator lint")
        if write_baseline and baseline == "-":
            reason = usage_words.NO_STANDARD_OUTPUT
            raise failed("usage-bad-value", name="--baseline", reason=reason, command="generator lint")
        if annotate:
            refuse_no_folder(annotate)
        known = read_baseline(baseline) if baseline and not write_baseline else None
        everything: list[Diagnostic] = []
        targets = matched(targets)
        if standard and not any(ending_of(target) in (*WORD_ENDINGS, *EXCEL_ENDINGS) for target in targets):
            reason = usage_words.OF_TEMPLATES.filled(name=targets[0])
            raise failed("usage-bad-value", name="--standard", reason=reason, command="generator lint")
        for target in targets:
            everything += examine(target, standard=standard or None)
        found, old, gone = (everything, 0, 0) if known is None else against(everything, known, baseline)
        if strict:
            found = with_severity(found, Severity.WARNING, Severity.ERROR)
        if write_baseline:
            _write(baseline, baseline_text(everything, baseline), targets)
            console.remark(say(words.BASELINE_WRITTEN) + baseline)
            found = [one for one in found if not can_be_silenced(one)]
        _tell(found, output_format, language)
        if output_format is not FindingFormat.JSON:
            console.remark(console.summary(len(targets), found, language))
        if old or gone:
            console.remark(say(words.BASELINE, old=old, gone=gone))
        if annotate:
            from generator.lint.annotated import annotated_copies

            for path in annotated_copies(found, Path(annotate), language):
                console.remark(say(words.ANNOTATED) + str(path))
        return 1 if console.count(found, Severity.ERROR) else 0


def _tell(found: list[Diagnostic], output_format: FindingFormat, language: str) -> None:
    """Print findings for people, or as programs read them."""
    if output_format is not FindingFormat.TEXT:
        from generator.cli.annotations import tell_programs

        tell_programs(found, output_format, language)
        return
    for text in console.told(found, language):
        console.result(text)


def _write(path: str, text: str, targets: list[str]) -> None:
    write_anew(path, text.encode(), inputs=[t for t in targets if Path(t).is_file()], option="--baseline")
