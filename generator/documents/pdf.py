"""Documents to PDF, through LibreOffice.

One start for many files, with a profile of its own, so that neither an open LibreOffice nor another conversion is in the
way.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import Failure, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import bounds_words as words
from generator.ooxml.package import why, write_atomically

if TYPE_CHECKING:
    import subprocess

_SECONDS_PER_FILE = 60
_SECONDS_TO_END = 10
_WINDOWS = ("ProgramFiles", "ProgramFiles(x86)")


def find_soffice() -> str:
    """LibreOffice's program.

    Raises:
        Failure: it is not installed.
    """
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    for place in _elsewhere():
        if place.exists():
            return str(place)
    raise Failure([diagnostic("soffice-missing")])


def _elsewhere() -> list[Path]:
    """Where LibreOffice stands on systems that do not put it on the path."""
    found = [Path(os.environ[key]) / "LibreOffice/program/soffice.exe" for key in _WINDOWS if key in os.environ]
    return [*found, Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")]


def _run(command: Sequence[str], seconds: float) -> str:
    """Run a program to its end; what it says. Past its time it is ended, and whatever it started with it.

    Raises:
        OSError: it cannot be started.
        subprocess.TimeoutExpired: it took too long.
    """
    import subprocess

    alone = os.name == "posix"
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=alone)
    try:
        _, said = process.communicate(timeout=seconds)
    except BaseException:
        _end(process, alone=alone)
        raise
    return said.decode("utf-8", "replace").strip() or f"exit code {process.returncode}"


def _end(process: subprocess.Popen[bytes], *, alone: bool) -> None:
    """End a program and whatever it started: `soffice.exe` is only what starts LibreOffice, and leaves it its pipes.

    Args:
        process: the program.
        alone: whether it began a group of processes of its own; Windows has none, and ends a tree by a program of its own.
    """
    import subprocess

    if alone:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            ending = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
            subprocess.run(ending, capture_output=True, timeout=_SECONDS_TO_END, check=False)
    process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):  # what lives on all the same is not waited for
        process.communicate(timeout=_SECONDS_TO_END)


def convert_to_pdf(files: Sequence[Path], soffice: str) -> list[Path]:
    """Convert documents; each PDF stands beside its document, which keeps its whole name where two would share one.

    Args:
        files: documents on disk.
        soffice: LibreOffice's program (`find_soffice`).

    Raises:
        Failure: LibreOffice did not convert a file; the others are written.
    """
    faults = []
    written: list[Path] = []
    stems = [file.with_suffix("") for file in files]
    for file, stem, content in zip(files, stems, converted(files, soffice), strict=True):
        if not isinstance(content, bytes):
            faults.append(diagnostic("soffice-failed", name=file, reason=content))
            continue
        target = file.with_suffix(".pdf") if stems.count(stem) == 1 else Path(f"{file}.pdf")
        write_atomically(target, content)
        written.append(target)
    if faults:
        raise Failure(faults)
    return written


def converted(files: Sequence[Path], soffice: str) -> Iterator[bytes | str | Text]:
    """The PDF of each document, or why LibreOffice made none (see `convert_to_pdf`)."""
    import subprocess  # most renders start no program
    import tempfile

    with tempfile.TemporaryDirectory() as temporary:
        # ASCII names of our own: two documents may share a stem, and LibreOffice names its result after the source
        copies: list[Path] = []
        for number, file in enumerate(files):
            copies.append(Path(temporary) / f"{number}{file.suffix}")
            shutil.copyfile(file, copies[-1])
        command = [
            soffice,
            f"-env:UserInstallation={(Path(temporary) / 'profile').as_uri()}",
            "--headless",
            "--norestore",
        ]
        command += ["--convert-to", "pdf", "--outdir", str(Path(temporary) / "pdf"), *map(str, copies)]
        reason: str | Text = ""
        try:
            reason = _run(command, 60 + _SECONDS_PER_FILE * len(files))
        except OSError as fault:
            reason = why(fault)
        except subprocess.TimeoutExpired as fault:
            reason = words.NOT_DONE_IN_TIME.filled(seconds=fault.timeout)
        for number in range(len(files)):
            yield _whole(Path(temporary) / "pdf" / f"{number}.pdf", reason)


def _whole(result: Path, reason: str | Text) -> bytes | str | Text:
    """The content of a PDF, or why there is none."""
    if not result.exists():
        return reason
    content = result.read_bytes()
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:]:
        return content
    return words.NO_WHOLE_PDF
