"""The job object of Windows, by a kernel32 that notes what it is asked: sizes and values as winnt.h has them, and the order of the calls."""

import ctypes
from types import SimpleNamespace

import pytest

from generator.documents import isolated
from generator.template import bounded_process, job_object
from generator.template.job_object import TIME_IS_UP, BasicLimits, ExtendedLimits, Job


class Kernel:
    """kernel32 as it answers; `refused` names the call that fails."""

    def __init__(self, refused: str = ""):
        self.refused = refused
        self.calls: list[str] = []
        self.limits: list[ExtendedLimits] = []

    def told(self, name: str) -> int:
        self.calls.append(name)
        return 0 if name == self.refused else 7

    def CreateJobObjectW(self, security, name):
        assert (security, name) == (None, None)
        return self.told("create")

    def SetInformationJobObject(self, job, kind, limits, size):
        assert (job, kind, size) == (7, 9, ctypes.sizeof(ExtendedLimits))
        self.limits.append(ExtendedLimits.from_buffer_copy(limits._obj))
        return self.told("set")

    def AssignProcessToJobObject(self, job, process):
        assert (job, process) == (7, 99)
        return self.told("assign")

    def CloseHandle(self, handle):
        assert handle == 7
        return self.told("close")


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="the sizes are those of 64 bits")
def it_lays_its_limits_out_as_windows_reads_them():
    assert ctypes.sizeof(BasicLimits) == 64
    assert ctypes.sizeof(ExtendedLimits) == 144
    offsets = {field[0]: getattr(BasicLimits, field[0]).offset for field in BasicLimits._fields_}
    assert offsets == {
        "per_process_user_time": 0,
        "per_job_user_time": 8,
        "flags": 16,
        "minimum_working_set": 24,
        "maximum_working_set": 32,
        "active_processes": 40,
        "affinity": 48,
        "priority_class": 56,
        "scheduling_class": 60,
    }
    assert (ExtendedLimits.io.offset, ExtendedLimits.process_memory.offset) == (64, 112)


def it_bounds_memory_processes_and_the_time_of_each_render():
    kernel = Kernel()
    job = Job(99, 2 << 30, kernel)
    job.more_time(30)
    job.close()
    job.close()
    assert kernel.calls == ["create", "set", "assign", "set", "close"]  # bounded before the process is in it
    first, second = kernel.limits
    assert first.basic.flags == 0x2508  # kill on close, no dialog, memory of a process, active processes
    assert second.basic.flags == 0x2508 | 0x4
    assert second.basic.per_job_user_time == 300_000_000  # 30 s in units of 100 ns
    assert [one.process_memory for one in kernel.limits] == [2 << 30, 2 << 30]
    assert [one.basic.active_processes for one in kernel.limits] == [1, 1]


@pytest.mark.parametrize(
    ("refused", "calls"),
    [
        ("create", ["create"]),
        ("set", ["create", "set", "close"]),
        ("assign", ["create", "set", "assign", "close"]),
    ],
)
def it_keeps_no_job_that_windows_refuses(refused, calls):
    kernel = Kernel(refused)
    with pytest.raises(OSError, match=r"job object|WinError"):
        Job(99, 1, kernel)
    assert kernel.calls == calls


def it_tells_that_time_was_up_by_the_code_that_windows_gives():
    assert bounded_process.cause(TIME_IS_UP) == "time"


def it_calls_what_the_task_manager_ended_no_lack_of_memory(monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    assert bounded_process.cause(1) == "killed"
    assert bounded_process.cause(0xC0000409) == "memory"  # an abort of the library that draws


def it_gives_a_worker_no_work_before_it_is_in_its_job(monkeypatch):
    """The parent's side of Windows, played here: the job is made at once, its time set before a render is sent, closed at the end."""
    told: list[str] = []

    class Played(Job):
        def __init__(self, process, memory, kernel=None):
            told.append(f"job of {process}")

        def more_time(self, seconds):
            told.append(f"{seconds:g} s")

        def close(self):
            told.append("closed")

    monkeypatch.setattr(
        bounded_process,
        "sys",
        SimpleNamespace(platform="win32", executable=bounded_process.sys.executable, path=bounded_process.sys.path),
    )
    monkeypatch.setattr(job_object, "Job", Played)
    starts = bounded_process.subprocess.Popen

    def started(*arguments, **options):
        process = starts(*arguments, **options)
        vars(process)["_handle"] = 99  # as Popen has it on Windows
        return process

    monkeypatch.setattr(bounded_process.subprocess, "Popen", started)
    sends = bounded_process.write_frame
    monkeypatch.setattr(bounded_process, "write_frame", lambda *frame: (told.append("sent"), sends(*frame)))
    isolated.end_worker()
    from tests.security.test_isolated import WORD

    assert isolated.render_isolated(isolated.Request(WORD, "a.docx", {"a": 1}))[0]
    isolated.end_worker()
    assert told == ["job of 99", "30 s", "sent", "closed"]
