"""`generator render DATA… [-o DIR] [--pdf]`: checks, then renders the documents that the standards name."""

import datetime
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generator.cli import console
from generator.cli.app import failed
from generator.cli.options import (
    MANY,
    Kind,
    data_files,
    in_language,
    standard_input,
    wanted_workers,
    watch_help,
    workers_help,
)
from generator.diagnostics import Diagnostic, Failure, Severity
from generator.kept.light_classes import dataclass

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from generator.batch.render_batch import BatchResult


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
            list[str],
            typer.Argument(
                metavar="DATA",
                help=say("数据文件或文件夹；- 是标准输入。", "Data files or folders; - is the standard input."),
            ),
        ],
        output: Annotated[
            str, typer.Option("-o", "--output", metavar="DIR", help=say("输出文件夹。", "Output folder."))
        ] = ".",
        pdf: Annotated[
            bool,
            typer.Option(
                "--pdf",
                help=say(
                    "另外生成 PDF，目录页码一并填好（需要 LibreOffice）。",
                    "PDF as well, page numbers of contents filled in (needs LibreOffice).",
                ),
            ),
        ] = False,
        page_numbers: Annotated[
            bool,
            typer.Option(
                "--page-numbers",
                help=say(
                    "填好 Word 文档的目录页码（需要 LibreOffice）。",
                    "Fill in the page numbers of contents in Word documents (needs LibreOffice).",
                ),
            ),
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
        recursive: Annotated[
            bool, typer.Option("--recursive", help=say("文件夹里的子文件夹也算。", "Look into subfolders, too."))
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
        workers: Annotated[
            int,
            typer.Option("--workers", metavar="N", min=0, help=workers_help(language)),
        ] = 0,
        resume: Annotated[
            bool,
            typer.Option(
                "--resume",
                help=say(
                    "接着上次：已经生成而且没有变化的不再生成。",
                    "Go on where a run ended: what it made and nothing has changed since is left.",
                ),
            ),
        ] = False,
        only: Annotated[
            Kind | None,
            typer.Option("--only", help=say("只生成 Word 或只生成 Excel。", "Word or Excel documents alone.")),
        ] = None,
        force: Annotated[
            bool,
            typer.Option(
                "--force",
                help=say(
                    "生成以后被人改过的文档也覆盖。",
                    "Overwrite documents that were edited since they were written, too.",
                ),
            ),
        ] = False,
        cluster: Annotated[
            str,
            typer.Option(
                "--cluster",
                metavar="ADDRESS",
                help=say(
                    "在 Dask 集群上生成（tcp://…；需要安装 generator[cluster]）。",
                    "Render on a Dask cluster (tcp://…; needs generator[cluster]).",
                ),
            ),
        ] = "",
        watch: Annotated[bool, typer.Option("--watch", help=watch_help(language))] = False,
    ) -> int:
        from generator.documents.produce import wanted_date

        try:
            stamp = wanted_date(date)
        except ValueError:
            raise failed("bad-date", name=date) from None
        asked = _Asked(
            tuple(data),
            output,
            pdf,
            draft,
            strict,
            recursive,
            stamp,
            workers,
            resume,
            only.value if only else "",
            force,
            cluster,
            pdf or page_numbers,
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
    wanted, say = asked.only, in_language(language)
    jobs = [
        Job(name, standard_input(name), asked.draft, asked.strict, asked.stamp, wanted, asked.page_numbers)
        for name in files
    ]
    many = len(files) >= MANY
    told: list[Diagnostic] = []
    results: list[BatchResult] = []
    with ExitStack() as stack:
        executor = stack.enter_context(_on_cluster(asked.cluster)) if asked.cluster else None
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
                console.say(say(f"{result.data}：标准没有 {wanted} 文档。", f"{result.data}: no {wanted} document"))
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
        _sum_up(results, len(written), say)
    return max(result.code for result in results)


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


def _sum_up(results: "list[BatchResult]", written: int, say: Any) -> None:
    """The end of a batch: how many documents there are, which files failed."""
    kept = sum(result.kept for result in results)
    left = say(f"，其中 {kept} 个文件没有变化，沿用上次的结果", f" (unchanged since the last run: {kept} files)")
    console.remark(say(f"生成 {written} 份文档", f"documents: {written}") + (left if kept else "") + say("。", ""))
    failed_files = [result.data for result in results if result.code]
    if failed_files:
        console.say(say(f"没有生成的有 {len(failed_files)} 个文件：", "no documents from:"))
        for name in failed_files:
            console.say(f"  {name}")


def _shown(results: "Iterator[BatchResult]", count: int, many: bool) -> "Iterator[BatchResult]":
    """Results with their progress, rate and time left on a terminal, where there are many."""
    if not many or not sys.stderr.isatty():
        yield from results
        return
    from tqdm import tqdm

    yield from tqdm(results, total=count, file=sys.stderr, unit="", dynamic_ncols=True)


@contextmanager
def _on_cluster(address: str) -> "Iterator[Executor]":
    """The executor of a Dask cluster.

    Raises:
        Failure: the extra is not installed, or nobody answers at the address.
    """
    try:
        from distributed import Client
    except ImportError:
        raise failed("cluster-missing") from None
    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError) as fault:
        raise failed("cluster-unreachable", name=address, reason=fault) from None
    with client:
        yield client.get_executor()
