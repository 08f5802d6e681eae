"""Bounds of Windows for a process: a job object, which ends the process with us and when it takes too much.

Elsewhere the process bounds itself (`resource`, see `process_bounds`). Windows has no such call, but a job that its parent puts it into:
memory, processor time, no further process, no dialog when it crashes.
Source: Microsoft, “Job Objects” and “JOBOBJECT_EXTENDED_LIMIT_INFORMATION structure” (winnt.h).
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from typing import Any, Protocol

TIME_IS_UP = 1816  # ERROR_NOT_ENOUGH_QUOTA: with it a job ends its processes when their time is up
_PROCESS_TIMES = 100e-9  # seconds: the unit of times in a job's limits
_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_JOB_TIME, _ACTIVE_PROCESSES, _PROCESS_MEMORY = 0x4, 0x8, 0x100  # JOB_OBJECT_LIMIT_…
_NO_CRASH_DIALOG, _KILL_ON_CLOSE = 0x400, 0x2000
_FLAGS = _JOB_TIME | _ACTIVE_PROCESSES | _PROCESS_MEMORY | _NO_CRASH_DIALOG | _KILL_ON_CLOSE


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("per_process_user_time", ctypes.c_int64),
        ("per_job_user_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("minimum_working_set", ctypes.c_size_t),
        ("maximum_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION; `io` is IO_COUNTERS, six counts that nobody asks for."""

    _fields_ = (
        ("basic", BasicLimits),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


class Kernel(Protocol):
    """The calls of kernel32 that a job takes."""

    CreateJobObjectW: Any
    SetInformationJobObject: Any
    AssignProcessToJobObject: Any
    CloseHandle: Any


class Job:
    """A job with one process in it.

    Args:
        process: the process's handle.
        memory: bytes that it may take.
        kernel: kernel32.

    Raises:
        OSError: Windows refuses; the process is not bounded then, and must not be given any work.
    """

    def __init__(self, process: int, memory: int, kernel: Kernel | None = None):
        self._kernel = kernel or _kernel32()
        self._memory = memory
        self._handle = self._kernel.CreateJobObjectW(None, None)
        _look(self._handle)
        try:
            self.more_time(0)
            _look(self._kernel.AssignProcessToJobObject(self._handle, process))
        except OSError:
            self.close()
            raise

    def more_time(self, seconds: float) -> None:
        """Give the process so much processor time from now, 0 for any: Windows adds what it has used."""
        limits = ExtendedLimits()
        limits.basic.flags = _FLAGS if seconds else _FLAGS & ~_JOB_TIME
        limits.basic.per_job_user_time = round(seconds / _PROCESS_TIMES)
        limits.basic.active_processes = 1
        limits.process_memory = self._memory
        _look(
            self._kernel.SetInformationJobObject(
                self._handle, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
            )
        )

    def close(self) -> None:
        """Give the job up, which ends its process."""
        if self._handle:
            self._kernel.CloseHandle(self._handle)
            self._handle = 0


def job_of(process: subprocess.Popen[bytes], memory: int) -> Job:
    """A job with a child in it, which may take so many bytes of memory.

    Raises:
        OSError: Windows refuses (see `Job`).
    """
    return Job(int(process._handle), memory)  # type: ignore[attr-defined]  Popen on Windows has no public name for it


def _look(answer: int) -> None:
    if not answer:
        raise _last_error()


if sys.platform == "win32":

    def _kernel32() -> Kernel:
        kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
        kernel.SetInformationJobObject.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
        kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
        return kernel

    def _last_error() -> OSError:
        return ctypes.WinError(ctypes.get_last_error())

else:

    def _kernel32() -> Kernel:
        raise OSError("job objects are Windows'")

    def _last_error() -> OSError:
        return OSError("a job object was refused")
