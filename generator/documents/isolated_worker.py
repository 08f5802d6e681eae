"""The process that renders templates from elsewhere: bytes in, bytes out, over its standard input and output.

Once it has started it opens no file but those of the program itself (modules that are imported late), no socket and no process,
and the system ends it when it takes more memory, processor time or file space than its bounds. Run by `isolated`, never by hand.
"""

from __future__ import annotations

import errno
import os
import pickle
import struct
import sys
import traceback
from collections.abc import Callable
from typing import IO, Any

from generator.diagnostics import Diagnostic, Failure, Invalid, InvalidDocument, InvalidStandard, InvalidTemplate
from generator.ooxml.limits import Limits, allow_macros, limits, within

HEADER = struct.Struct(">Q")
KINDS = {kind.__name__: kind for kind in (Failure, Invalid, InvalidDocument, InvalidStandard, InvalidTemplate)}
_KEPT = 8  # compiled templates: those of a standard, which a batch renders in turn
SPARE = 20  # seconds of processor time beyond those of a render: to compile a template, to write the document
_REFUSED = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.startfile",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "os.kill",
    "os.putenv",
    "pty.",
    "ctypes.",
    "shutil.",
    "sqlite3.",
    "tempfile.",
    "urllib.",
    "http.",
    "ftplib.",
    "smtplib.",
    "webbrowser.",
    "winreg.",
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Forbidden(PermissionError):
    """An act that the process may not do."""

    def __init__(self, act: str):
        self.act = act
        super().__init__(f"isolated: {act}")


def serve() -> None:
    """Render what comes until nothing comes any more."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints by mistake is no answer
    compiled: dict[tuple[bytes, str, str], Any] = {}
    begun = False
    while (request := read_frame(incoming)) is not None:
        job = pickle.loads(request)  # of the parent, which trusts nobody but itself
        if not begun:
            import generator.documents.chart_workbooks
            import generator.excel.template  # noqa: F401  what a bound of memory stops while it is loaded fails in its own ways

            bound(job["bounds"])
            sys.addaudithook(guard())
            begun = True
        more_time(job["bounds"].seconds + SPARE)
        write_frame(outgoing, pickle.dumps(_answer(job, compiled)))


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next message; None where the other end is closed, or was ended in the middle of one."""
    head = stream.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    (size,) = HEADER.unpack(head)
    data = stream.read(size)
    return data if len(data) == size else None


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Send a message."""
    stream.write(HEADER.pack(len(data)))
    stream.write(data)
    stream.flush()


def _answer(job: dict[str, Any], compiled: dict[tuple[bytes, str, str], Any]) -> tuple[str, Any, Any]:
    try:
        with within(job["bounds"]):
            return ("done", *_rendered(job, compiled))
    except Invalid as refused:
        kind = next(base.__name__ for base in type(refused).__mro__ if base.__name__ in KINDS)
        return "refused", kind, tuple(_plain(one) for one in refused.diagnostics)
    except MemoryError:
        return "ended", "memory", ""
    except OSError as fault:
        if fault.errno == errno.ENOMEM:
            return "ended", "memory", ""
        return "failed", traceback.format_exc(), ""
    except Exception:
        return "failed", traceback.format_exc(), ""


def _rendered(job: dict[str, Any], compiled: dict[tuple[bytes, str, str], Any]) -> tuple[bytes, tuple[Diagnostic, ...]]:
    from generator.documents.any_template import named_template
    from generator.documents.report_template import render_report

    if job["macros"]:
        allow_macros()
    key = (job["template"], job["name"], job["undefined"])
    if key not in compiled:
        if len(compiled) >= _KEPT:
            del compiled[next(iter(compiled))]
        compiled[key] = named_template(job["name"], job["template"], job["undefined"])
    template = compiled[key]
    if job["report"]:
        content, notes = render_report(template, job["context"], job["printed"], draft=job["draft"])
    else:
        content, notes = template.render_with_notes(job["context"], draft=job["draft"], trusted=True)
    return content, tuple(_plain(one) for one in notes)


def _plain(finding: Diagnostic) -> Diagnostic:
    """A finding without the arguments that its wording was filled with: they may be anything."""
    return Diagnostic(finding.code, finding.severity, finding.text, finding.location, finding.hint_text)


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
    wanted = int(used.ru_utime + used.ru_stime + seconds)
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


if __name__ == "__main__":
    limits()
    serve()
