"""`generator check DATA…`: validates, computes, checks; every finding with its place."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from generator.cli import console
from generator.cli.app import failed, write_anew
from generator.cli.declared import Argument, Commands, Option
from generator.cli.on_cluster import on_cluster
from generator.cli.options import FindingFormat, data_files, matched, standard_input, wanted_workers, workers_help
from generator.diagnostics import Diagnostic, Failure, Severity
from generator.diagnostics.finding import with_severity
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import command_words as words
from generator.kept.light_classes import replace

if TYPE_CHECKING:
    from generator.batch.check_batch import CheckedFile

_MANY = 200  # a file takes a few milliseconds, a process some three hundred to start


def register(app: Commands, language: str) -> None:
    """Add the command to the application."""
    say = console.in_language(language)

    @app.command(help=say(texts.CHECK))
    def check(
        data: Annotated[list[str], Argument(metavar="DATA", help=say(texts.DATA_FILES))],
        strict: Annotated[bool, Option("--strict", help=say(texts.STRICT))] = False,
        recursive: Annotated[bool, Option("--recursive", help=say(texts.RECURSIVE))] = False,
        output_format: Annotated[FindingFormat, Option("--format", help=say(texts.FORMAT))] = FindingFormat.TEXT,
        mark: Annotated[str, Option("--mark", metavar="FILE.xlsx", help=say(texts.CHECK_MARK))] = "",
        fix: Annotated[bool, Option("--fix", help=say(texts.CHECK_FIX))] = False,
        workers: Annotated[int, Option("--workers", metavar="N", min=0, help=workers_help(language, _MANY))] = 0,
        cluster: Annotated[str, Option("--cluster", metavar="ADDRESS", help=say(texts.CLUSTER))] = "",
        watch: Annotated[bool, Option("--watch", help=say(texts.WATCH))] = False,
    ) -> int:
        data = matched(data)

        def once() -> int:
            from generator.batch.check_batch import check_batch

            away = cluster and not fix  # files are put right one by one, here
            if fix and (cluster or workers > 1):
                console.remark(say(words.FIXED_HERE))
            with on_cluster(cluster) if away else nullcontext() as executor:
                files = data_files(data, language, recursive=recursive)
                if mark:
                    _refuse_mark(files, mark)
                if fix:
                    _refuse_fix(files)
                    checked = _fixed_and_checked(files, language, as_text=output_format is FindingFormat.TEXT)
                else:
                    jobs = ((name, standard_input(name)) for name in files)
                    checked = check_batch(jobs, wanted_workers(workers, len(files), _MANY), executor)
                results = list(_followed(checked, len(files), output_format, language, strict=strict))
            code = _ended(results, output_format, language)
            if mark and not any(one.unread for one in results):
                _mark(files[0], mark, results[0].diagnostics, language)
            return code

        if not watch:
            return once()
        from generator.cli.watching import keep_watching

        return keep_watching(once, data, language, recursive=recursive, written={Path(mark)} if mark else set())


def _followed(
    checked: "Iterable[CheckedFile]", count: int, output_format: FindingFormat, language: str, *, strict: bool
) -> "Iterator[CheckedFile]":
    """The files that were checked; as text what is found of each is told when it is there."""
    for position, one in enumerate(checked, 1):
        if count > 1:
            console.remark(f"[{position}/{count}] {one.data}")
        if strict:
            one = replace(one, diagnostics=tuple(with_severity(one.diagnostics, Severity.WARNING, Severity.ERROR)))
        if output_format is FindingFormat.TEXT:
            for text in console.told(one.diagnostics, language, sys.stdout):
                console.result(text)
        yield one


def _ended(results: "list[CheckedFile]", output_format: FindingFormat, language: str) -> int:
    """Print what is told at the end, for programs all that was found; the exit code."""
    found = [finding for one in results for finding in one.diagnostics]
    if output_format is not FindingFormat.TEXT:
        from generator.cli.annotations import tell_programs

        tell_programs(found, output_format, language)
    if output_format is not FindingFormat.JSON:
        console.remark(console.summary(len(results), found, language))
        faulty = [one.data for one in results if one.unread or console.count(one.diagnostics, Severity.ERROR)]
        if len(results) > 1 and faulty:
            console.list_files(words.WITH_ERRORS, faulty, language, console.remark)
    if any(one.unread for one in results):
        return 2
    return 1 if console.count(found, Severity.ERROR) else 0


def _mark(form: str, name: str, found: "Sequence[Diagnostic]", language: str) -> None:
    """Write a form with the findings at its cells."""
    from generator.form.marking import marked_form
    from generator.ooxml.package import read_bytes

    write_anew(name, marked_form(read_bytes(form)[1], found, language), inputs=[form], option="--mark")
    console.remark(console.in_language(language)(words.MARKED) + name)


def _fixed_and_checked(files: list[str], language: str, *, as_text: bool) -> "Iterator[CheckedFile]":
    """Each data file put right, then examined."""
    from generator.batch.check_batch import CheckedFile, check_file

    shows = console.result if as_text else console.say
    for name in files:
        try:
            _fix(name, language, shows)
        except Failure as refusal:
            yield CheckedFile(name, tuple(refusal.diagnostics), unread=True)
        else:
            yield check_file((name, None))


def _fix(name: str, language: str, shows: Callable[[str], None]) -> None:
    """Put a data file right where its slips can have meant one thing only, and show the lines that changed.

    Raises:
        Failure: it is a form, or cannot be read or written.
    """
    from generator.ooxml.package import read_bytes, write_atomically
    from generator.report.mechanical_fixes import fix

    fixed = fix(read_bytes(name)[1], name)
    if not fixed.count:
        return
    write_atomically(os.path.realpath(name), fixed.content)  # a link stays a link
    for line in fixed.changes:
        shows(line)
    console.remark(console.in_language(language)(words.LINES_FIXED, count=fixed.count, name=name))


def _refuse_fix(files: list[str]) -> None:
    """What cannot be put right is told before anything is: a form, the standard input.

    What is neither text nor form is told where it is read.
    """
    from generator.source.read import is_workbook_name

    for name in files:
        if name == "-":
            raise failed("fix-input")
        if is_workbook_name(name):
            raise failed("fix-form", name=name)


def _refuse_mark(files: list[str], mark: str) -> None:
    """What cannot be marked: several files, a file that is no form, a form over itself."""
    if Path(mark).suffix.lower() != ".xlsx":
        raise failed("form-output", name=mark)
    from generator.source import holds_form

    if len(files) != 1:
        raise failed("mark-one-form", count=len(files))
    if Path(files[0]).is_file() and not holds_form(files[0]):
        raise failed("mark-no-form", name=files[0])
    if Path(mark).exists() and Path(files[0]).exists() and Path(mark).samefile(files[0]):
        raise failed("mark-itself", name=mark)
