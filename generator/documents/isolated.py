"""Rendering in a process of its own, for templates that come from elsewhere; one process serves many renders.

What is handed to it are a template's bytes and a context of plain values, what comes back are a document's bytes and findings. How
the process ends without an answer is a finding that names the bound that it met.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import Any

from generator.diagnostics import Diagnostic, Failure, Location, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import bounds_words as words
from generator.documents.isolated_worker import KINDS, SPARE, read_frame, write_frame
from generator.documents.job_object import TIME_IS_UP, Job, job_of
from generator.kept.light_classes import dataclass
from generator.ooxml.limits import limits, macros_are_allowed

_CLOCK = 6  # the parent's clock: so many times the processor time, for machines that do other things too
_SPARE = 60.0  # seconds more: to start, to read the template
_MET = {
    "memory": words.MEMORY,
    "time": words.PROCESSOR_TIME,
    "clock": words.CLOCK,
    "file": words.FILE_SIZE,
    "killed": words.SYSTEM_LIMIT,
}
_READABLE = {("generator.diagnostics.finding", name) for name in ("Diagnostic", "Location", "Severity", "Text")} | {
    ("builtins", "dict"),
    ("builtins", "tuple"),
}


class IsolationFailed(RuntimeError):
    """The program itself failed in the other process; the message is its traceback."""


@dataclass(frozen=True, slots=True)
class Request:
    """A render.

    Args:
        template: the template's bytes.
        name: its file name, for its kind and for findings.
        context: names -> plain values.
        undefined: what an undefined name is, "strict" or "empty".
        draft: print what is missing as something to fill in.
        report: whether the context is a report's.
        printed: the blanks of the context, which note there what printed nothing.
    """

    template: bytes
    name: str
    context: Mapping[str, Any]
    undefined: str = "strict"
    draft: bool = False
    report: bool = False
    printed: list[Any] | None = None


def render_isolated(request: Request) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The document and its findings, as `render_with_notes` of a template gives them.

    Raises:
        InvalidTemplate: the template is at fault, or cannot print the context.
        Failure: the process met a bound.
        IsolationFailed: an internal error.
    """
    with _lock:
        answer = _worker().ask(request)
    kind, first, second = answer
    if kind == "done":
        return first, second
    if kind == "refused":
        raise KINDS[first](second)
    if kind == "ended":
        where = Location(file=request.name or None)
        raise Failure([diagnostic("isolated-ended", where, name=request.name or "(bytes)", what=ended(first))])
    raise IsolationFailed(first)


class _Worker:
    """The process."""

    def __init__(self) -> None:
        self.memory = limits().memory
        own = {name: value for name, value in os.environ.items() if name in _HANDED_ON}
        path = os.pathsep.join(folder for folder in sys.path if folder)
        self.process = subprocess.Popen(
            [interpreter(), "-m", "generator.documents.isolated_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={
                **own,
                "PYTHONPATH": path,
                "PYTHONSAFEPATH": "1",
                "PYTHONHASHSEED": "0",
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            start_new_session=True,
        )
        self.job = self._bounded()

    def _bounded(self) -> Job | None:
        """The job object that bounds it, where the system bounds no process that asks for it itself."""
        if sys.platform != "win32":
            return None
        try:
            return job_of(self.process, limits().memory)
        except OSError:
            self.process.kill()  # unbounded, it gets nothing to do
            raise

    def ask(self, request: Request) -> tuple[Any, Any, Any]:
        """Send a render; its answer, or what the process met."""
        bounds = limits()
        job = {name: getattr(request, name) for name in Request.__slots__}
        job |= {"bounds": bounds, "macros": macros_are_allowed()}
        late = threading.Event()

        def end() -> None:
            late.set()
            self.process.kill()

        if self.job is not None:
            self.job.more_time(bounds.seconds + SPARE)
        clock = threading.Timer(bounds.seconds * _CLOCK + _SPARE, end)
        clock.daemon = True
        clock.start()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            write_frame(self.process.stdin, pickle.dumps(job))
            data = read_frame(self.process.stdout)
        except OSError:
            data = None
        finally:
            clock.cancel()
        if data is not None:
            answer = _Answer(io.BytesIO(data)).load()
            if answer[0] == "ended":  # what it lacked it may lack again
                self.end()
            return answer
        self.end()
        return "ended", "clock" if late.is_set() else cause(self.process.wait()), ""

    def end(self) -> None:
        """End the process, and let the next render start another."""
        _current.clear()
        self.process.kill()
        self.process.wait()
        if self.job is not None:
            self.job.close()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


class _Answer(pickle.Unpickler):
    """Reads answers of a process that may have been taken over: findings, texts and bytes, and nothing that is called."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _READABLE:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


_HANDED_ON = frozenset(("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV", "PYTHONHOME", "LD_LIBRARY_PATH"))
_current: list[_Worker] = []
_lock = threading.Lock()


def _worker() -> _Worker:
    if _current and (_current[0].process.poll() is not None or _current[0].memory != limits().memory):
        _current[0].end()  # a process never gets more memory than it began with
    if not _current:
        _current.append(_Worker())
    return _current[0]


def interpreter() -> str:
    """Python itself: in a virtual environment of Windows `sys.executable` is a launcher, whose child no job would hold."""
    return getattr(sys, "_base_executable", sys.executable) if sys.platform == "win32" else sys.executable


def ended(met: str) -> Text:
    """What a bound is called that a process met."""
    return _MET[met]


def cause(code: int) -> str:
    """Which bound ended a process."""
    if code in (-getattr(signal, "SIGXCPU", 0), TIME_IS_UP):
        return "time"
    if code == -getattr(signal, "SIGXFSZ", 0):
        return "file"
    return "killed" if code == -9 else "memory"


def end_worker() -> None:
    """End the process, if there is one."""
    for worker in list(_current):
        worker.end()


atexit.register(end_worker)
