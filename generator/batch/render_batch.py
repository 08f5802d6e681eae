"""The run of a batch: files in, documents out, each file's findings in the order of the files.

Workers render in memory and this process writes: one place knows which names are taken, and a file is written whole or not at all.
"""

from __future__ import annotations

import contextlib
import datetime
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.batch.batch_record import digest, is_done, key_of, note, read_record
from generator.batch.one_file import STDIN, Job, RenderedFile, render_file
from generator.diagnostics import Diagnostic, Failure, Invalid, Location, Severity
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording.ooxml_words import RECORD_LOST
from generator.documents.edited import is_broken, is_foreign
from generator.kept.light_classes import dataclass, replace
from generator.ooxml.saving import file_finding, why, write_together

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of a data file.

    Args:
        data: its path as typed.
        paths: the documents that stand in the folder now.
        diagnostics: every finding about it.
        notes: those that rendering made.
        code: 0, or what stopped it as an exit code: 1 the data file, 2 anything else.
        traceback: of an internal error.
        kept: whether an earlier run had made the documents and nothing has changed since.
    """

    data: str
    paths: tuple[Path, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    code: int = 0
    traceback: str = ""
    kept: bool = False


def run_batch(
    jobs: Sequence[Job],
    folder: Path,
    *,
    executor: Executor | None = None,
    workers: int = 1,
    resume: bool = False,
    record: bool = True,
    language: str = "zh",
    keep_edited: bool = False,
) -> Iterator[BatchResult]:
    """Render data files into a folder; a result a file, in their order.

    Args:
        jobs: the data files.
        folder: where the documents go.
        executor: who renders, instead of this process; the caller shuts it down.
        workers: how many processes of this machine render where no executor is given.
        resume: leave what an earlier run made and nothing has changed since.
        record: whether a line a file is noted in the folder.
        language: of the findings on record.
        keep_edited: leave a document that is not as it was written, or that another program made, and say so.
    """
    inputs = {job.data: _digest_of(job) for job in jobs} if record or resume else {}
    known = read_record(folder) if resume else {}
    current = _standards_now(entry.standard for entry in known.values())
    done = {job.data for job in jobs if is_done(known.get(key_of(job)), folder, job, inputs.get(job.data, ""), current)}
    open_jobs = [job for job in jobs if job.data not in done]
    rendered = _rendered(open_jobs, executor, workers)
    owners: dict[str, str] = {}
    for job in jobs:
        if job.data in done:
            names = [*known[key_of(job)].documents]
            owners.update((name.casefold(), job.data) for name in names)
            yield BatchResult(job.data, tuple(folder / name for name in names), kept=True)
            continue
        outcome = next(rendered)
        before = known.get(key_of(job))
        recorded = frozenset(before.documents) if before is not None else frozenset[str]()
        result, outcome = _written(outcome, folder, owners, keep_edited, recorded)
        if record and folder.is_dir():  # a run that gave nothing leaves no folder
            try:
                note(folder, job, inputs[job.data], outcome, language)
            except OSError as fault:
                result = _unrecorded(result, folder, fault)
        yield result


def _rendered(jobs: Sequence[Job], executor: Executor | None, workers: int) -> Iterator[RenderedFile]:
    if executor is None and (workers <= 1 or len(jobs) <= 1):
        return map(render_file, jobs)
    from generator.batch.workers import (  # one file has no need of what starts processes
        by_executor,
        by_processes,
        carried,
    )

    if executor is not None:
        with_content = (job if job.data == STDIN else replace(job, content=carried(job.data)) for job in jobs)
        return by_executor(executor, render_file, with_content, _given_up)
    return by_processes(render_file, jobs, min(workers, len(jobs)), _lost, _RENDERING)


_RENDERING = (
    "generator.documents.produce",
    "generator.documents.chart_workbooks",
    "generator.report",
    "generator.standard.build_standard",
    "generator.word.template",
    "generator.excel.template",
    "formualizer",
)  # what rendering imports, late where a command may do without it


def _lost(job: Job) -> RenderedFile:
    return RenderedFile(job.data, 2, (diagnostic("worker-died", Location(file=job.data), name=job.data),))


def _given_up(job: Job, fault: Exception) -> RenderedFile:
    from generator.batch.cluster_patience import reason_of

    found = diagnostic("executor-failed", Location(file=job.data), name=job.data, reason=reason_of(fault))
    return RenderedFile(job.data, 2, (found,))


def _written(
    rendered: RenderedFile, folder: Path, owners: dict[str, str], keep_edited: bool, recorded: Collection[str]
) -> tuple[BatchResult, RenderedFile]:
    """Write a file's documents; a name that another file of the run has taken, or a folder that takes none, is a finding.

    What is edited is kept, but not a document that an earlier run has on record and that is broken.
    """
    result = BatchResult(rendered.data, (), rendered.diagnostics, rendered.notes, rendered.code, rendered.traceback)
    if not rendered.documents:
        return result, rendered
    try:
        for name, _ in rendered.documents:
            if (owner := owners.setdefault(name.casefold(), rendered.data)) != rendered.data:
                raise Failure([diagnostic("same-output", name=name, first=owner, second=rendered.data)])
        files = {folder / name: content for name, content in rendered.documents}
        edited = [path for path, content in files.items() if keep_edited and is_foreign(path, content)]
        if kept := [path for path in edited if not (path.name in recorded and is_broken(path))]:
            raise Failure([file_finding("output-edited", path) for path in kept])
        write_together(files, inputs=[rendered.data, *rendered.inputs], force=not keep_edited)
    except Invalid as refusal:
        failed = replace(rendered, code=2, documents=(), diagnostics=(*rendered.diagnostics, *refusal.diagnostics))
        return replace(result, diagnostics=failed.diagnostics, code=2), failed
    return replace(result, paths=tuple(files)), rendered


def _unrecorded(result: BatchResult, folder: Path, fault: OSError) -> BatchResult:
    """A result whose line could not be noted: its documents stand, which a warning says; what has none is told already."""
    if result.code:
        return result
    told = diagnostic(
        "output-folder",
        Location(file=result.data),
        severity=Severity.WARNING,
        hint=RECORD_LOST,
        name=folder,
        reason=why(fault),
    )
    return replace(result, diagnostics=(*result.diagnostics, told))


def _standards_now(references: Iterable[str]) -> dict[str, str]:
    """The digests of standards as they are now; one that is gone or broken has none."""
    from generator.standard import load_standard
    from generator.standard.identity import standard_digest

    found: dict[str, str] = {}
    for reference in {*references} - {""}:
        with contextlib.suppress(Invalid, OSError):
            found[reference] = standard_digest(load_standard(reference))
    return found


def _digest_of(job: Job) -> str:
    from generator.batch.workers import carried  # one file has no need of what starts processes

    content = job.content if job.data == STDIN else carried(job.data)
    return digest(content) if content is not None else ""


def render_batch(
    files: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    out: str | Path,
    executor: Executor | None = None,
    *,
    workers: int = 1,
    draft: bool = False,
    strict: bool = False,
    date: datetime.date | None = None,
    resume: bool = False,
    progress: Callable[[BatchResult], object] | None = None,
) -> list[BatchResult]:
    """Render many data files into one folder.

    A file that is at fault has its findings in its result and leaves no document; it stops no other.

    Args:
        files: data files, or one: YAML, JSON or filled-in forms.
        out: the folder of the documents.
        executor: any `concurrent.futures.Executor` (a process pool, Dask's `client.get_executor()`, …); None: this process, or
            `workers` processes of it.
        workers: how many processes where there is no executor.
        draft: print what is missing as 【待填：…】.
        strict: warnings are errors.
        date: the date of the documents' properties.
        resume: leave what an earlier run into the folder made and nothing has changed since.
        progress: called with each result as it comes.

    Returns:
        a result a file, in the order of the files.
    """
    if isinstance(files, str | os.PathLike):  # one file, not the letters of its name
        files = [files]
    jobs = [Job(os.fspath(file), draft=draft, strict=strict, date=date) for file in files]
    results: list[BatchResult] = []
    for result in run_batch(jobs, Path(out), executor=executor, workers=workers, resume=resume):
        results.append(result)
        if progress is not None:
            progress(result)
    return results
