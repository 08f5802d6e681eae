"""The bounds of a process of its own, set from within it, and the messages that it exchanges with its parent.

The parent's half is `bounded_process`; where the system has no bounds that a process sets itself (Windows), the parent's job object holds.
"""

from __future__ import annotations

import math
import os
import struct
import sys
from collections.abc import Callable
from typing import IO, Any

from generator.kept.name_sets import listed
from generator.ooxml.limits import Limits

_HEADER = struct.Struct(">Q")
_REFUSED = listed(
    "socket. subprocess. os.system os.exec os.posix_spawn os.spawn os.fork os.startfile os.remove os.rename "
    "os.mkdir os.rmdir os.link os.symlink os.truncate os.chmod os.chown os.kill os.putenv pty. ctypes. shutil. "
    "sqlite3. tempfile. urllib. http. ftplib. smtplib. webbrowser. winreg."
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Forbidden(PermissionError):
    """An act that the process may not do."""

    def __init__(self, act: str):
        self.act = act
        super().__init__(f"isolated: {act}")


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next message; None where the other end is closed, or was ended in the middle of one."""
    head = stream.read(_HEADER.size)
    if len(head) < _HEADER.size:
        return None
    (size,) = _HEADER.unpack(head)
    data = stream.read(size)
    return data if len(data) == size else None


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Send a message."""
    stream.write(_HEADER.pack(len(data)))
    stream.write(data)
    stream.flush()


def bound(bounds: Limits, *, files: bool = False) -> None:
    """Set the system's own bounds for this process, where it has any.

    Args:
        bounds: the memory that it may take.
        files: whether what it has open may grow: its output may be a file.
    """
    try:
        import resource
    except ImportError:  # Windows: the parent has put this process into a job object
        return
    for kind, value in (
        (resource.RLIMIT_AS, bounds.memory),
        *(() if files else ((resource.RLIMIT_FSIZE, 0),)),
        (resource.RLIMIT_CORE, 0),
    ):
        most = resource.getrlimit(kind)[1]
        own = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(kind, (own, own))


def more_time(seconds: float) -> None:
    """Give this process so much processor time, counted from now."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    wanted = math.ceil(used.ru_utime + used.ru_stime + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def guard(*, anywhere: bool = False) -> Callable[[str, tuple[Any, ...]], None]:
    """The hook that refuses what a render has no business with; Python calls it before each such act, and nothing takes it away.

    Args:
        anywhere: let files be read wherever they are.
    """
    own = tuple({os.path.realpath(folder) for folder in (*sys.path, sys.prefix, sys.base_prefix) if folder})

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            reads = not (flags or 0) & _WRITES
            if isinstance(path, int) or (reads and (anywhere or os.path.realpath(os.fsdecode(path)).startswith(own))):
                return
            raise Forbidden(f"open {path!r}")
        if event.startswith(_REFUSED) and not (anywhere and event == "os.putenv"):
            raise Forbidden(event)

    return look
