"""Data files checked: the findings of each, in the order of the files, by this process or by several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, Failure, InvalidStandard, Location
from generator.diagnostics.catalogue import diagnostic
from generator.kept.light_classes import dataclass

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What is found in a data file.

    Args:
        data: its path as typed.
        diagnostics: every finding about it.
        unread: whether it, or the standard that it names, could not be read.
    """

    data: str
    diagnostics: tuple[Diagnostic, ...]
    unread: bool = False


def check_file(file: tuple[str, bytes | None]) -> CheckedFile:
    """Examine a data file: its path as typed, and its content where that comes from elsewhere."""
    from generator.report import examine

    name, content = file
    try:
        return CheckedFile(name, tuple(examine(name if content is None else content, None, name)[1]))
    except (Failure, InvalidStandard) as refusal:
        return CheckedFile(name, tuple(refusal.diagnostics), unread=True)


def check_batch(
    files: Iterable[tuple[str, bytes | None]], workers: int = 1, executor: Executor | None = None
) -> Iterator[CheckedFile]:
    """Examine data files; a result a file, in their order.

    Args:
        files: paths as typed, with the content of what comes from the standard input.
        workers: how many processes of this machine do so; 1: this one.
        executor: who examines them instead; the caller shuts it down.
    """
    if workers < 2 and executor is None:
        return map(check_file, files)
    from generator.batch.workers import (  # one process has no need of what starts others
        by_executor,
        by_processes,
        carried,
    )

    if executor is not None:
        with_content = ((name, carried(name) if content is None else content) for name, content in files)
        return by_executor(executor, check_file, with_content, _given_up)
    return by_processes(check_file, files, workers, _lost, ("generator.report", "generator.standard.build_standard"))


def _lost(file: tuple[str, bytes | None]) -> CheckedFile:
    name, _ = file
    return CheckedFile(name, (diagnostic("worker-died", Location(file=name), name=name),), unread=True)


def _given_up(file: tuple[str, bytes | None], fault: Exception) -> CheckedFile:
    from generator.batch.cluster_patience import reason_of

    name, _ = file
    found = diagnostic("executor-failed", Location(file=name), name=name, reason=reason_of(fault))
    return CheckedFile(name, (found,), unread=True)
