"""`generator render DATA… [-o DIR] [--pdf]`: checks, then renders the documents that the standards name."""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from generator.cli import console
from generator.cli.app import failed
from generator.cli.declared import Argument, Commands, Option
from generator.cli.on_cluster import on_cluster
from generator.cli.options import MANY, Kind, data_files, matched, standard_input, wanted_workers, workers_help
from generator.diagnostics import Diagnostic, Failure, Severity
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import command_words as words

if TYPE_CHECKING:
    from generator.batch.render_batch import BatchResult

_OF_ONE_FILE = {
    "output-unwritable",
    "output-folder",
    "output-edited",
    "output-is-input",
    "same-output",
    "worker-died",
    "executor-failed",
}


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
        watch: Annotated[bool, Option("--watch", help=say(texts.WATCH))] = False,
    ) -> int:
        from generator.batch.one_file import Job
        from generator.batch.render_batch import run_batch
        from generator.documents.pdf import find_soffice
        from generator.documents.produce import wanted_date

        try:
            stamp = wanted_date(date)
        except ValueError:
            raise failed("bad-date", name=date) from None
        wanted = only[0].value if only and len({*only}) == 1 else ""  # both are all
        written: set[Path] = set()
        data = matched(data)

        def once() -> int:
            files = data_files(data, language, recursive=recursive)
            numbered, many = pdf or page_numbers, len(files) >= MANY
            soffice = find_soffice() if numbered else ""
            with on_cluster(cluster) if cluster else nullcontext() as executor:
                running = run_batch(
                    [Job(name, standard_input(name), draft, strict, stamp, wanted, numbered) for name in files],
                    Path(output),
                    executor=executor,
                    workers=wanted_workers(workers, len(files)),
                    resume=resume,
                    record=resume or many,
                    language=language,
                    keep_edited=not force,
                )
                results, told = _followed(running, len(files), wanted, language)
            written.update(path for result in results for path in result.paths)
            return _ended(results, told, soffice if pdf else "", language)

        if not watch:
            return once()
        from generator.cli.watching import keep_watching

        return keep_watching(once, data, language, recursive=recursive, written=written)


def _followed(
    running: "Iterator[BatchResult]", count: int, wanted: str, language: str
) -> "tuple[list[BatchResult], list[Diagnostic]]":
    """The results of a run, each told when it is there; and the findings that were told."""
    told: list[Diagnostic] = []
    results: list[BatchResult] = []
    many = count >= MANY
    say = console.in_language(language)
    try:
        for position, result in enumerate(_shown(running, count, many), 1):
            if count > 1 and not many:
                console.remark(f"[{position}/{count}] {result.data}")
            told += _tell(result, count, language)
            if wanted and not result.code and not result.paths:
                console.say(say(words.NO_SUCH_DOCUMENT, data=result.data, wanted=wanted))
            results.append(result)
    except KeyboardInterrupt:
        if many:
            console.say(say(words.LEFT_OFF, done=len(results), count=count))
        raise
    return results, told


def _ended(results: "list[BatchResult]", told: list[Diagnostic], soffice: str, language: str) -> int:
    """The end of a run: PDFs where there is a program for them, and what came of the run; its exit code."""
    written = [path for result in results for path in result.paths]
    if soffice and written:
        from generator.documents.pdf import convert_to_pdf

        for path in convert_to_pdf(written, soffice):
            console.result(str(path))
        told += _fonts(written, language)
    examined = sum(not result.kept for result in results)  # of what an earlier run made nothing is known here
    if examined and (len(results) > 1 or told):
        console.remark(console.summary(examined, told, language))
    if len(results) > 1:
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
