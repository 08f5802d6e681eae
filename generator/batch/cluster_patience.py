"""How long results of somebody's executor are waited for: as long as it works on them, not for ever for a cluster without workers."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from typing import Any, TypeVar

from generator.diagnostics import Text
from generator.diagnostics.wording.command_words import NO_WORKERS

Result = TypeVar("Result")

LOOK_EVERY = 15.0  # seconds after which a cluster that gives nothing is asked for its workers
LOOKS = 8  # times in a row that it has none, before it is given up


class NoWorkers(Exception):
    """A cluster has had no worker for a while: what it was given is not done."""


class Patience:
    """Waits for the results of one executor.

    Dask keeps work for workers that may still come; where all of them died and none was begun anew, it would keep it for ever.
    """

    def __init__(self, executor: Executor) -> None:
        self._client: Any = getattr(executor, "_client", None)  # of Dask; others end their futures by themselves
        self._empty = 0

    def result(self, future: Future[Result]) -> Result:
        """The result of a future.

        Raises:
            NoWorkers: there has been nobody to work for it.
        """
        if self._client is None:
            return future.result()
        while True:
            try:
                return future.result(0 if self._empty >= LOOKS else LOOK_EVERY)
            except TimeoutError:
                if future.done():
                    return future.result()
            self._empty = 0 if self._has_workers() else self._empty + 1
            if self._empty >= LOOKS:
                future.cancel()
                raise NoWorkers

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.nthreads())
        except Exception:  # nobody answers
            return False


def reason_of(fault: Exception) -> Text | str:
    """Why an executor gave a piece of work up, in a line."""
    return NO_WORKERS if isinstance(fault, NoWorkers) else str(fault).partition("\n")[0] or type(fault).__name__
