"""Work spread over executors: results in the order of the work, few under way at once, a dead worker's work tried again.

Any `concurrent.futures.Executor` will do: a process pool, Dask's `client.get_executor()`, mpi4py's, Ray's.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from generator.batch.cluster_patience import Patience
from generator.ooxml.package import beside

Work = TypeVar("Work")
Result = TypeVar("Result")

_MOST_ON_WINDOWS = 61  # of a pool: it waits for that many handles at once (concurrent.futures)
_ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_AHEAD = 4  # results a worker that may wait for the one before them: memory stays flat


def by_executor(
    executor: Executor,
    function: Callable[[Work], Result],
    work: Iterable[Work],
    lost: Callable[[Work, Exception], Result],
) -> Iterator[Result]:
    """The results of somebody's executor, in the order of the work.

    What the executor gives up is tried once more when nothing else is under way: a cluster gives up whatever waited at the workers
    that another piece ended (Dask counts their deaths against all of it).

    Args:
        executor: the caller's; it is not shut down. A cluster's tries the work of a dead worker again by itself.
        function: what each piece of work is given to; it and the work travel to the workers.
        work: the pieces, taken as they are handed on.
        lost: the result of a piece that the executor gave up, or did not take: its worker died, it broke, nobody answers.
    """
    waiting: deque[tuple[Work, Future[Result]]] = deque()
    limit = _AHEAD * width(executor)
    patience = Patience(executor)

    def settled() -> Result:
        piece, future = waiting.popleft()
        try:
            return patience.result(future)
        except Exception:  # `function` tells its own faults in its result: this one is the executor's
            for _, other in waiting:
                with contextlib.suppress(Exception):
                    patience.result(other)
        try:
            return patience.result(_submitted(executor, function, piece))
        except Exception as fault:
            return lost(piece, fault)

    try:
        for piece in work:
            waiting.append((piece, _submitted(executor, function, piece)))
            if len(waiting) >= limit:
                yield settled()
        while waiting:
            yield settled()
    finally:
        for _, future in waiting:
            future.cancel()


def carried(name: str) -> bytes | None:
    """The content of a file, for a worker that may not see its path; None where it cannot be read, which is told where it is read."""
    try:
        return beside(name)
    except OSError:
        return None


def width(executor: Executor) -> int:
    """How many pieces an executor works on at once: of a pool, of mpi4py's, of Dask's; this machine's processors where it does not say."""
    for name in ("_max_workers", "num_workers"):
        if isinstance(count := getattr(executor, name, None), int):
            return max(1, count)
    cluster = getattr(executor, "_client", None)
    if cluster is not None:
        with contextlib.suppress(Exception):  # it will be told of the first piece
            return max(1, sum(cluster.nthreads().values()))
    return os.cpu_count() or 1


def _submitted(executor: Executor, function: Callable[[Work], Result], piece: Work) -> Future[Result]:
    try:
        return executor.submit(function, piece)
    except Exception as fault:  # a broken pool, a scheduler that is gone: whatever it is, the piece is not done
        refused: Future[Result] = Future()
        refused.set_exception(fault)
        return refused


def by_processes(
    function: Callable[[Work], Result],
    work: Iterable[Work],
    workers: int,
    lost: Callable[[Work], Result],
    modules: Sequence[str] = (),
) -> Iterator[Result]:
    """The results of so many processes of this machine, in the order of the work.

    A worker that dies (killed, out of memory) takes its pool with it: what was under way is then done again one by one, each in a
    process of its own, and what ends that one too is given to `lost`; the rest goes on in a new pool.

    Args:
        function: what each piece of work is given to.
        work: the pieces.
        workers: how many processes.
        lost: makes the result of a piece that ended its process twice.
        modules: what the function will import: where processes are copies of this one, it is imported once, before.
    """
    if _may_be_copied():
        for name in modules:
            import_module(name)
    remaining = deque(work)
    while remaining:
        suspects: list[Work] = []
        with _pool(workers) as pool:
            waiting: deque[tuple[Work, Future[Result]]] = deque()
            try:
                while remaining or waiting:
                    while remaining and len(waiting) < _AHEAD * workers:
                        with _signals_waiting():
                            waiting.append((remaining[0], pool.submit(function, remaining[0])))
                        remaining.popleft()
                    result = waiting[0][1].result()
                    waiting.popleft()
                    yield result
            except BrokenExecutor:
                suspects = [piece for piece, _ in waiting]
            finally:
                for _, future in waiting:
                    future.cancel()
        for piece in suspects:
            yield _alone(function, piece, lost)


def _alone(function: Callable[[Work], Result], piece: Work, lost: Callable[[Work], Result]) -> Result:
    with _pool(1) as pool:
        try:
            with _signals_waiting():
                future = pool.submit(function, piece)
            return future.result()
        except BrokenExecutor:
            return lost(piece)


def _pool(workers: int) -> ProcessPoolExecutor:
    """Processes: copies of this one where that is safe, which saves each the third of a second that importing takes; else they
    start from a fresh interpreter."""
    context = multiprocessing.get_context("fork" if _may_be_copied() else "spawn")
    if sys.platform == "win32":
        workers = min(workers, _MOST_ON_WINDOWS)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


@contextlib.contextmanager
def _signals_waiting() -> Iterator[None]:
    """Lets what asks the program to end wait while a process is copied: what its handler raises within the hooks that Python runs
    there is swallowed. A copy begins with the same signals waiting."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows, which copies none
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _may_be_copied() -> bool:
    """Whether a copy of this process is sound: on Linux, and it has one thread, those of libraries counted; a copy of a process
    with more could hold the locks of threads that it does not have. (The systems of a Mac hold such locks in any case.)"""
    try:
        return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def _begin() -> None:
    for number in _ENDING:
        if number != signal.SIGINT:  # a copy of the command line would take them for an interruption
            signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    gc.set_threshold(100_000, 20, 20)  # as in the process that was called: what is compiled lives to the end
    _end_with_the_parent()


def _end_with_the_parent() -> None:
    """A worker whose parent was killed has nobody to give results to."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
