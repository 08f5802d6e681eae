"""A process with bounds of memory and time that answers requests one after the other: the parent's half.

What it runs bounds itself as its first act (`process_bounds`); the parent holds the clock, and on Windows the job object.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import threading

from generator.template.job_object import TIME_IS_UP, Job, job_of
from generator.template.process_bounds import read_frame, write_frame

_HANDED_ON = frozenset(("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV", "PYTHONHOME", "LD_LIBRARY_PATH"))


class ProcessEnded(Exception):
    """The process gave no answer; `met` is the bound that it met: `memory`, `time`, `clock`, `file`, `killed`."""

    def __init__(self, met: str):
        self.met = met
        super().__init__(met)


class BoundedProcess:
    """The process; it ends with its parent, or when it is ended.

    Args:
        module: what it runs, a module of ours that reads frames from its input and writes one to its output for each.
        memory: bytes that it may take.

    Raises:
        OSError: the system starts none, or does not bound it.
    """

    def __init__(self, module: str, memory: int) -> None:
        self.memory = memory
        self._owner = os.getpid()
        own = {name: value for name, value in os.environ.items() if name in _HANDED_ON}
        path = os.pathsep.join(folder for folder in sys.path if folder)
        self.process = subprocess.Popen(
            [interpreter(), "-m", module],
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
            return job_of(self.process, self.memory)
        except OSError:
            self.process.kill()  # unbounded, it gets nothing to do
            raise

    def serves(self, memory: int) -> bool:
        """Whether it takes a request of this process that may take so many bytes: never more than it began with, and a copy of
        its parent (a worker of a batch) has none."""
        return self._owner == os.getpid() and self.process.poll() is None and self.memory == memory

    def ask(self, request: bytes, seconds: float, clock: float) -> bytes:
        """The answer to a request.

        Args:
            request: what the module reads.
            seconds: of processor time that the answer may take, where the parent bounds it.
            clock: seconds that it may take on the clock.

        Raises:
            ProcessEnded: it met a bound; it is gone.
        """
        late = threading.Event()

        def end() -> None:
            late.set()
            self.process.kill()

        if self.job is not None:
            self.job.more_time(seconds)
        timer = threading.Timer(clock, end)
        timer.daemon = True
        timer.start()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            write_frame(self.process.stdin, request)
            answer = read_frame(self.process.stdout)
        except OSError:
            answer = None
        except BaseException:  # an interruption: an answer that is still to come would be taken for the next one's
            self.end()
            raise
        finally:
            timer.cancel()
        if answer is not None:
            return answer
        met = "clock" if late.is_set() else ""
        code = self._waited()
        self.end()
        raise ProcessEnded(met or cause(code))

    def _waited(self) -> int:
        """The code that it ended with; it is killed where it lives on without answering."""
        try:
            return self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def end(self) -> None:
        """End the process; a copy of its parent lets go of it."""
        if self._owner == os.getpid():
            self.process.kill()
            self.process.wait()
            if self.job is not None:
                self.job.close()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


class KeptProcess:
    """The one process that answers all requests of a kind: started by the first, and anew where the one before cannot serve.

    Args:
        module: what it runs (see `BoundedProcess`).
    """

    def __init__(self, module: str) -> None:
        self.current: BoundedProcess | None = None
        self._module = module
        atexit.register(self.end)

    def ask(self, request: bytes, memory: int, seconds: float, clock: float) -> bytes:
        """The answer to a request (see `BoundedProcess.ask`).

        Args:
            request: what the module reads.
            memory: bytes that the process may take.
            seconds: of processor time that the answer may take, where the parent bounds it.
            clock: seconds that it may take on the clock.

        Raises:
            ProcessEnded: it met a bound; it is gone.
            OSError: the system starts none, or does not bound it.
        """
        if self.current is not None and not self.current.serves(memory):
            self.end()
        if self.current is None:
            self.current = BoundedProcess(self._module, memory)
        return self.current.ask(request, seconds, clock)

    def end(self) -> None:
        """End the process, if there is one."""
        if self.current is not None:
            self.current.end()
            self.current = None


def interpreter() -> str:
    """Python itself: in a virtual environment of Windows `sys.executable` is a launcher, whose child no job would hold."""
    return getattr(sys, "_base_executable", sys.executable) if sys.platform == "win32" else sys.executable


def cause(code: int) -> str:
    """Which bound ended a process."""
    if code in (-getattr(signal, "SIGXCPU", 0), TIME_IS_UP):
        return "time"
    if code == -getattr(signal, "SIGXFSZ", 0):
        return "file"
    # Windows' task manager and `taskkill` give 1.
    ended = 1 if sys.platform == "win32" else -getattr(signal, "SIGKILL", 9)
    return "killed" if code == ended else "memory"
