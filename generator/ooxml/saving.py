"""Files written whole or not at all, several together, never over their own inputs.

A temporary file beside the target takes its name when it is complete. Its own name says which process of which machine
writes it: what a process that is no more has left is removed by the next that writes there.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, Failure, Location, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import ooxml_words as words
from generator.kept.lazy_patterns import lazy

MAX_NAME_BYTES = 255  # of a file's name, on every system that matters
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", "conin$", "conout$", *(port + n for port in ("com", "lpt") for n in "0123456789¹²³"))
)
_INVALID_NAME = 123  # Windows' ERROR_INVALID_NAME
_STALE = 86_400  # seconds: what another machine left in a shared folder
_LEFTOVER = lazy(r"\.generator-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}\.part\Z")
_swept: set[tuple[int, str]] = set()

_WHY = {
    errno.ENOENT: words.NOT_FOUND,
    errno.EACCES: words.NO_ACCESS,
    errno.EPERM: words.NO_PERMISSION,
    errno.EROFS: words.READ_ONLY,
    errno.ENOSPC: words.DISK_FULL,
    errno.EDQUOT: words.QUOTA_USED,
    errno.ENAMETOOLONG: words.NAME_TOO_LONG,
    errno.EISDIR: words.IS_FOLDER,
    errno.ENOTDIR: words.NO_FOLDER,
    errno.EEXIST: words.IS_FILE,
    errno.EBUSY: words.BUSY,
    errno.EIO: words.DISK_FAILS,
    errno.ELOOP: words.LINKS_IN_A_CIRCLE,
    errno.EINVAL: words.NO_SUCH_NAME,
}

_ADVICE = {
    errno.ENOSPC: words.FREE_DISK,
    errno.EDQUOT: words.FREE_DISK,
    errno.EROFS: words.OTHER_FOLDER,
    errno.EIO: words.OTHER_FOLDER,
    errno.EISDIR: words.OTHER_NAME,
    errno.ENAMETOOLONG: words.SHORTER_NAME,
    errno.EINVAL: words.OTHER_NAME,
}  # what else stops writing is told as in the catalogue: to close the file


def file_finding(code: str, name: str | os.PathLike[str], **arguments: Any) -> Diagnostic:
    """A diagnostic of a file as a whole."""
    shown = os.fspath(name)
    return diagnostic(code, Location(file=shown or None), name=shown or "(bytes)", **arguments)


def folder_or_stroke(name: str) -> dict[str, Text]:
    """What is said of a name of a folder, or of one that only ends as a folder's does, where a file belongs."""
    if os.path.isdir(name):  # noqa: PTH112  pathlib takes time to import
        return {"what": words.IS_FOLDER}
    return {"what": words.ENDS_IN_STROKE, "hint": words.DELETE_STROKE}


def why(fault: OSError) -> Text | str:
    """Why the system refused to read or write, in plain words; the system's own words where there are none.

    Raises:
        OSError: the fault itself, where a process of its own refused the act: that is told as what it is.
    """
    if hasattr(fault, "act"):
        raise fault
    return _WHY.get(_known(fault)) or fault.strerror or str(fault)


def _known(fault: OSError) -> int:
    """The system's number of a fault; 0 for those of Windows that have none here, which Python numbers as a wrong name."""
    others = fault.errno == errno.EINVAL and getattr(fault, "winerror", None) not in (None, _INVALID_NAME)
    return 0 if others else fault.errno or 0


def write_atomically(
    path: str | os.PathLike[str],
    content: bytes,
    *,
    inputs: Iterable[str | os.PathLike[str]] = (),
    option: str = "-o",
    force: bool | None = None,
) -> None:
    """Write a file whole or not at all: a temporary file beside it takes its name when it is complete.

    Args:
        path: the file; a device or pipe is written into, a link is replaced.
        content: all of it.
        inputs: what it was made from, which it must not take the place of.
        option: the option of the command line that names it.
        force: whether a read-only file is replaced; None where the command has no such option.

    Raises:
        Failure: the folder or the file cannot be written (open elsewhere, disk full, no permission, read-only), or is an input.
    """
    if os.fspath(path).endswith(("/", os.sep)):  # which a path forgets
        raise Failure([file_finding("file-is-folder", path, **folder_or_stroke(os.fspath(path)))])
    write_together({Path(path): content}, inputs=inputs, option=option, force=force)


def write_together(
    files: Mapping[Path, bytes],
    *,
    inputs: Iterable[str | os.PathLike[str]] = (),
    option: str = "-o",
    force: bool | None = None,
) -> None:
    """Write several files, each whole; a file that cannot be written leaves none of them behind.

    Every content is on the disk before the first file takes its name, so that a full disk or a missing permission
    stops all of them. For `option` and `force` see `write_atomically`.

    Raises:
        Failure: a folder or a file cannot be written (open elsewhere, disk full, no permission, read-only), or is an input.
    """
    sources = list(inputs)
    for target, content in files.items():
        _refuse(target, sources, option)
        if not force:
            _spare_read_only(target, content, words.WRITABLE_OR_FORCE if force is False else words.WRITABLE_OR_OTHER)
    waiting: list[tuple[Path, Path]] = []
    placed: list[Path] = []
    try:
        for target, content in files.items():
            if is_stream(target):
                _write_into(target, content)
                continue
            waiting.append((_write_beside(target, content), target))
        for temporary, target in waiting:
            existed = os.path.lexists(target)
            try:
                _take_name(temporary, target)
            except OSError as fault:
                raise unwritable("output-unwritable", target, fault) from None
            if not existed:
                placed.append(target)
    except BaseException:  # an interruption too leaves nothing behind
        for leftover in [*(temporary for temporary, _ in waiting), *placed]:
            with contextlib.suppress(OSError):
                leftover.unlink()
        raise


def _take_name(temporary: Path, target: Path) -> None:
    """Rename within one folder, which no reader sees half done; a read-only file, which Windows replaces with none, stays one."""
    mode = stat.S_IMODE(target.stat().st_mode) if os.name == "nt" and target.exists() else stat.S_IWRITE
    locked = not mode & stat.S_IWRITE
    if locked:
        target.chmod(mode | stat.S_IWRITE)
    try:
        os.replace(temporary, target)  # noqa: PTH105 what stood there is replaced
    finally:
        if locked:
            target.chmod(mode)


def is_device(name: str) -> bool:
    """Whether Windows takes a file's name for a device: `NUL.docx`, `con .txt`, `COM¹`."""
    return name.partition(".")[0].rstrip(" ").lower() in _DEVICES


def is_taken(path: str | os.PathLike[str]) -> bool:
    """Whether something has this name that a result must not replace unasked: a file, a folder, a link to one. Devices and pipes are
    written into; of a name that no system takes, writing tells."""
    try:
        return Path(path).exists() and not is_stream(Path(path))
    except (OSError, ValueError):
        return False


def _refuse(target: Path, inputs: list[str | os.PathLike[str]], option: str) -> None:
    """Refuse what cannot be written before anything is: a name that is too long, a folder, an input."""
    try:
        encoded = os.fsencode(target)
    except UnicodeEncodeError:  # a locale of ASCII alone
        told = file_finding("output-unwritable", target, reason=words.NOT_IN_LOCALE, hint=words.UTF8_LOCALE)
        raise Failure([told]) from None
    if os.name == "nt" and target.suffix and is_device(target.name):  # what NUL.docx is given is lost
        raise unwritable("output-unwritable", target, OSError(errno.EINVAL, ""))
    if b"\0" in encoded or len(os.fsencode(target.name)) > MAX_NAME_BYTES:
        raise unwritable("output-unwritable", target, OSError(errno.ENAMETOOLONG, ""))
    with contextlib.suppress(OSError):
        if target.is_dir():  # also a link to one, which the result would replace
            raise unwritable("output-unwritable", target, OSError(errno.EISDIR, ""))
    refuse_input(target, inputs, option)


def refuse_no_folder(folder: str | os.PathLike[str]) -> None:
    """Refuse, before anything is done, a folder to write into that is a file or lies in one.

    Raises:
        Failure: no folder can have this name.
    """
    path = Path(folder)
    with contextlib.suppress(OSError, ValueError):  # writing tells
        there = next((one for one in (path, *path.parents) if os.path.lexists(one)), None)
        if there is not None and not there.is_dir():
            fault = OSError(errno.EEXIST if there == path else errno.ENOTDIR, "")
            raise unwritable("output-folder", path, fault, hint=words.OTHER_FOLDER)


def refuse_input(target: str | os.PathLike[str], inputs: Iterable[str | os.PathLike[str]], option: str = "-o") -> None:
    """Refuse a result that would take the place of what it is made from; for `option` see `write_atomically`.

    Raises:
        Failure: it is an input.
    """
    for source in inputs:
        with contextlib.suppress(OSError, ValueError):
            if os.path.samefile(source, target):  # noqa: PTH121
                raise Failure([file_finding("output-is-input", target, option=option)])


def _spare_read_only(target: Path, content: bytes, advice: Text) -> None:
    """Refuse to replace a file that somebody made read-only: a rename would do so without being asked for a permission."""
    try:
        if target.lstat().st_mode & 0o222 or not target.is_file() or target.read_bytes() == content:
            return
    except (OSError, ValueError):
        return  # there is none, or writing tells
    raise Failure([file_finding("output-unwritable", target, reason=words.READ_ONLY_FILE, hint=advice)])


def unwritable(code: str, path: Path, fault: OSError, **arguments: Any) -> Failure:
    """Why a file or folder cannot be written, with the advice that helps against it: closing a program frees no disk.

    Args:
        code: `output-unwritable` or `output-folder`.
        path: the file or folder.
        fault: what the system said.
        arguments: further ones of the diagnostic.
    """
    advice = _ADVICE.get(_known(fault))
    return Failure([file_finding(code, path, reason=why(fault), **{"hint": advice, **arguments})])


def is_stream(target: Path) -> bool:
    """Whether a path is no regular file: a device, a pipe, the standard output."""
    if str(target).startswith(("/dev/", "/proc/")):
        return target.exists()
    try:
        mode = target.stat().st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _write_into(target: Path, content: bytes) -> None:
    try:
        with target.open("wb") as file:
            file.write(content)
    except OSError as fault:
        raise unwritable("output-unwritable", target, fault) from None


def _write_beside(target: Path, content: bytes) -> Path:
    """Write a temporary file in the target's folder; its path."""
    folder = target.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        temporary = folder / f".generator-{_machine()}-{os.getpid()}-{os.urandom(4).hex()}.part"
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except OSError as fault:
        raise unwritable("output-folder", folder, fault) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if os.name == "posix":
            with contextlib.suppress(FileNotFoundError):
                temporary.chmod(stat.S_IMODE(target.stat().st_mode) & 0o777)  # a private file stays private
    except BaseException as fault:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(fault, OSError):
            raise unwritable("output-unwritable", target, fault) from None
        raise
    return temporary


def sweep(folder: Path) -> None:
    """Remove what processes that are no more left in a folder; once a process and folder."""
    key = (os.getpid(), str(folder.absolute()))
    if key in _swept:
        return
    _swept.add(key)
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _LEFTOVER.match(entry.name)
            if found and _is_stale(found[1], int(found[2]), entry):
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)  # noqa: PTH108


@cache
def _machine() -> str:
    """What tells this machine's temporary files from another's."""
    import platform  # a check writes nothing

    return f"{zlib.crc32(platform.node().encode()):08x}"


def _is_stale(machine: str, process: int, entry: os.DirEntry[str]) -> bool:
    if machine == _machine() and os.name == "posix":
        if process == os.getpid():
            return False  # another thread writes it
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
    with contextlib.suppress(OSError):
        return time.time() - entry.stat(follow_symlinks=False).st_mtime > _STALE
    return False
