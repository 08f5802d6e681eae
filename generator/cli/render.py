"""`generator render DATA… [-o DIR] [--pdf]`: checks, then renders the documents that the standards name."""

import datetime
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from generator.cli import console
from generator.cli.app import failed
from generator.cli.declared import Argument, Commands, Option
from generator.cli.on_cluster import on_cluster
from generator.cli.options import MANY, Kind, data_files, standard_input, wanted_workers, watch_help, workers_help
from generator.diagnostics import Diagnostic, Failure, Severity
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import command_words as words
from generator.kept.light_classes import dataclass

if TYPE_CHECKING:
    from generator.batch.render_batch import BatchResult

_OF_ONE_FILE = {"output-unwritable", "output-folder", "worker-died", "executor-failed"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line asks for, as its options say; `stamp` is the date of the documents' properties."""

    data: tuple[str, ...]
    output: str
    pdf: bool
    draft: bool
    strict: bool
    recursive: bool
    stamp: datetime.date | None
    workers: int
    resume: bool
    only: str
    force: bool
    cluster: str
    page_numbers: bool


def register(app: Commands, language: str) -> None:
    """Add the command to the application."""
    say = console.in_language(language)

    @app.command(help=say(texts.RENDER))
    def render(
        data: Annotated[list[str], Argument(metavar="DATA", help=say(texts.DATA_FILES))],
        output: Annotated[str, Option("-o", "--output", metavar="DIR", help=say(texts.RENDER_OUTPUT))] = ".",
        pdf: Annotated[bool, Option("--pdf", help=say(texts.RENDER_PDF))] = False,
        page_numbers: Annotated[bool, Option("--page-numbers", help=say(texts.RENDER_PAGE_NUMBERS))] = False,
        draft: Annotated[bool, Option("--draft", help=say(texts.RENDER_DRAFT))] = False,
        strict: Annotated[bool, Option("--strict", help=say(texts.STRICT))] = False,
        recursive: Annotated[bool, Option("--recursive", help=say(texts.RECURSIVE))] = False,
        date: Annotated[str, Option("--date", metavar="YYYY-MM-DD", help=say(texts.RENDER_DATE))] = "",
        workers: Annotated[int, Option("--workers", metavar="N", min=0, help=workers_help(language))] = 0,
        resume: Annotated[bool, Option("--resume", help=say(texts.RENDER_RESUME))] = False,
        only: Annotated[list[Kind] | None, Option("--only", help=say(texts.RENDER_ONLY))] = None,
        force: Annotated[bool, Option("--force", help=say(texts.RENDER_FORCE))] = False,
        cluster: Annotated[str, Option("--cluster", metavar="ADDRESS", help=say(texts.CLUSTER))] = "",
        watch: Annotated[bool, Option("--watch", help=watch_help(language))] = False,
    ) -> int:
        from generator.documents.produce import wanted_date

        try:
            stamp = wanted_date(date)
        except ValueError:
            raise failed("bad-date", name=date) from None
        asked = _Asked(
            data=tuple(data),
            output=output,
            pdf=pdf,
            draft=draft,
            strict=strict,
            recursive=recursive,
            stamp=stamp,
            workers=workers,
            resume=resume,
            only=only[0].value if only and len({*only}) == 1 else "",  # both are all
            force=force,
            cluster=cluster,
            page_numbers=pdf or page_numbers,
        )
        written: set[Path] = set()
        if not watch:
            return _render(asked, language, written)
        from generator.cli.watching import keep_watching

        return keep_watching(
            lambda: _render(asked, language, written), data, language, recursive=recursive, written=written
        )


def _render(asked: _Asked, language: str, made: set[Path]) -> int:
    """Render the data files and print what was written; the exit code. `made` collects the written documents."""
    from generator.batch.one_file import Job
    from generator.batch.render_batch import run_batch
    from generator.documents.pdf import convert_to_pdf, find_soffice

    files = data_files(asked.data, language, recursive=asked.recursive)
    soffice = find_soffice() if asked.page_numbers else ""
    wanted, say = asked.only, console.in_language(language)
    jobs = [
        Job(name, standard_input(name), asked.draft, asked.strict, asked.stamp, wanted, asked.page_numbers)
        for name in files
    ]
    many = len(files) >= MANY
    told: list[Diagnostic] = []
    results: list[BatchResult] = []
    with on_cluster(asked.cluster) if asked.cluster else nullcontext() as executor:
        running = run_batch(
            jobs,
            Path(asked.output),
            executor=executor,
            workers=wanted_workers(asked.workers, len(files)),
            resume=asked.resume,
            record=asked.resume or many,
            language=language,
            keep_edited=not asked.force,
        )
        for position, result in enumerate(_shown(running, len(files), many), 1):
            if len(files) > 1 and not many:
                console.remark(f"[{position}/{len(files)}] {result.data}")
            told += _tell(result, len(files), language)
            if wanted and not result.code and not result.paths:
                console.say(say(words.NO_SUCH_DOCUMENT, data=result.data, wanted=wanted))
            results.append(result)
    written = [path for result in results for path in result.paths]
    made.update(written)
    if asked.pdf and written:
        for path in convert_to_pdf(written, soffice):
            console.result(str(path))
        told += _fonts(written, language)
    if len(files) > 1 or told:
        console.remark(console.summary(len(files), told, language))
    if len(files) > 1:
        _sum_up(results, len(written), language)
    return _exit_code(results)


def _exit_code(results: "list[BatchResult]") -> int:
    """The exit code of a run: of one file its own; of several 1 where a file gave no documents, be it for a full disk or a worker
    that died, and 2 where the run itself could not be done (a file that is missing, a broken standard, an internal error)."""
    if len(results) == 1:
        return results[0].code
    return max(1 if result.code and _is_left_out(result) else result.code for result in results)


def _is_left_out(result: "BatchResult") -> bool:
    """Whether nothing but the writing of a file's documents, or the worker that had it, failed."""
    errors = {finding.code for finding in result.diagnostics if finding.severity is Severity.ERROR}
    return not result.traceback and bool(errors & _OF_ONE_FILE)


def _fonts(written: list[Path], language: str) -> list[Diagnostic]:
    """Tell which fonts the PDFs lack."""
    from generator.lint.absent_fonts import absent_fonts

    found = absent_fonts(written)
    if found is None:
        return []
    console.say(console.diagnostic_text(found, language, colours=console.has_colours(sys.stderr)))
    return [found]


def _tell(result: "BatchResult", files: int, language: str) -> list[Diagnostic]:
    """Print what became of a data file; the findings that were told."""
    if result.traceback:
        console.say(result.traceback.rstrip())
    if files == 1 and any(finding.code in ("file-missing", "file-unreadable") for finding in result.diagnostics):
        raise Failure(result.diagnostics)
    for path in result.paths:
        console.result(str(path))
    # notes on the data are for `check`; those on the documents are told here
    told = [
        finding for finding in result.diagnostics if finding.severity is not Severity.INFO or finding in result.notes
    ]
    for text in console.told(told, language, sys.stderr):
        console.say(text)
    return told


def _sum_up(results: "list[BatchResult]", written: int, language: str) -> None:
    """The end of a batch: how many documents there are, which files failed."""
    kept = sum(result.kept for result in results)
    say = console.in_language(language)
    console.remark(say(words.WRITTEN_AND_KEPT if kept else words.WRITTEN, count=written, kept=kept))
    failed_files = [result.data for result in results if result.code]
    if failed_files:
        console.list_files(words.NOT_WRITTEN, failed_files, language, console.say)


def _shown(results: "Iterator[BatchResult]", count: int, many: bool) -> "Iterator[BatchResult]":
    """Results with their progress, rate and time left on a terminal, where there are many."""
    if not many or not sys.stderr.isatty():
        yield from results
        return
    from tqdm import tqdm

    yield from tqdm(results, total=count, file=sys.stderr, unit="", dynamic_ncols=True)
