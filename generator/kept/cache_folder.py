"""The folder of what is kept between runs: one file an entry, written whole, bounded, trusted only where no one else can write.

`GENERATOR_CACHE` names the folder; `own` is the user's own cache folder, which the command line uses, and `off` keeps nothing.
A program that uses this package keeps nothing unless the variable is set. Whatever is wrong with the folder or an entry, the work is
done afresh: nothing here is ever told as an error.

An entry holds code. It is taken where the system says that this user alone can have written it: folder and file are his and closed to
others, and what the file holds fits its name. Who can write into a folder above can put another folder in its place, but no file of
this user's in that. Windows tells no owner by `stat`: there, only what lies within the user's own profile is taken.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import generator
from generator.kept.name_sets import listed

VARIABLE = "GENERATOR_CACHE"
OFF, OWN = "off", "own"
SUFFIX = ".kept"
MAX_BYTES = 64 << 20  # of all entries
MAX_ENTRY = 8 << 20  # bytes of one
MAX_ENTRIES = 500
_MAGIC = b"generator kept 1\n"
_DIGEST = 32
_UNFINISHED, _ABANDONED = "unfinished-", 3600.0  # seconds after which a half-written entry is nobody's
_NOWHERE = Path(os.devnull, "generator")  # never a folder: nothing is read there, and the system refuses to write
_ROOMS = listed("kept diagnostics figures ooxml source formula standard template word excel documents")
_OTHERS = ("jinja2.compiler", "jinja2.parser", "lxml.etree", "docxtpl")  # what else compiled things are made by


def users_own(find: Callable[..., Path]) -> Path:
    """The folder of this program among the user's own that a function of platformdirs finds; nowhere for a user without a home."""
    try:
        found = find("generator", appauthor=False)
    except RuntimeError:
        return _NOWHERE
    return found if found.is_absolute() else _NOWHERE


@cache
def own_folder() -> Path:
    """Where this system keeps what a user's programs can make again."""
    from platformdirs import user_cache_path

    return users_own(user_cache_path) / "compiled"


def use_own_folder() -> None:
    """Keep in the user's own folder, in this process and those that it starts, unless the variable says otherwise."""
    if not os.environ.get(VARIABLE):
        os.environ[VARIABLE] = OWN


def use_none() -> None:
    """Keep nothing, in this process and those that it starts."""
    os.environ[VARIABLE] = OFF


def folder() -> Path | None:
    """The folder in use; None where nothing is kept. A relative one is none: what was unpacked here may hold it."""
    named = os.environ.get(VARIABLE, "")
    if named == OWN:
        return own_folder()
    return None if named in ("", OFF) or not Path(named).is_absolute() else Path(named)


def entry_name(kind: str, parts: Iterable[object]) -> str:
    """The name of an entry: what is kept, of what content and options, by which program, by which Python."""
    return _sha256(repr((kind, engine(), *parts)).encode("utf-8", "surrogatepass")).hex() + SUFFIX


@cache
def engine() -> str:
    """What tells this program from any other version of it, one that is being worked on included, and its Python."""
    found: list[object] = [generator.__version__, sys.version, sys.implementation.cache_tag, marshal.version]
    root = Path(generator.__file__).parent
    pending = [str(root / room) for room in _ROOMS]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    found.append((entry.name, status.st_size, status.st_mtime_ns))
                elif entry.is_dir() and entry.name != "__pycache__":
                    pending.append(entry.path)
    for name in _OTHERS:
        spec = find_spec(name.partition(".")[0])
        if spec is not None and spec.origin:
            beside = Path(spec.origin).with_name(f"{name.partition('.')[2] or '__init__'}.py")
            status = (beside if beside.exists() else Path(spec.origin)).stat()
            found.append((name, status.st_size, status.st_mtime_ns))
    return _sha256(repr(found).encode()).hex()


def read_entry(name: str) -> bytes | None:
    """What is kept under a name; None where nothing sound is, or the folder cannot be trusted."""
    place = folder()
    if place is None or not is_own(place):
        return None
    try:
        handle = os.open(place / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError):
        return None
    try:
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(file.fileno())
            if not _is_ours(status) or not stat.S_ISREG(status.st_mode) or status.st_size > 2 * MAX_ENTRY:
                return None
            data = file.read()
    except OSError:
        return None
    begin = len(_MAGIC) + _DIGEST
    content = data[begin:]
    if data[: len(_MAGIC)] != _MAGIC or data[len(_MAGIC) : begin] != _digest(name, content):
        return None
    return content


def write_entry(name: str, content: bytes) -> None:
    """Keep an entry, whole or not at all; the oldest make room for it."""
    import tempfile  # what is read out of the cache does without it

    place = folder()
    if place is None or len(content) > MAX_ENTRY:
        return
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_own(place):
            return
        handle, unfinished = tempfile.mkstemp(SUFFIX, _UNFINISHED, place)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_MAGIC + _digest(name, content) + content)
            Path(unfinished).replace(place / name)
        except BaseException:  # an interruption too leaves nothing behind
            Path(unfinished).unlink(missing_ok=True)
            raise
        _make_room(place)
    except (OSError, ValueError):
        return


def is_own(place: Path) -> bool:
    """Whether a folder is this user's, and no one else may write into it."""
    try:
        status = place.lstat()
    except (OSError, ValueError):
        return False
    return stat.S_ISDIR(status.st_mode) and _is_ours(status) and (hasattr(os, "geteuid") or _is_in_profile(place))


def _is_in_profile(place: Path) -> bool:
    """Whether a folder of Windows lies, junctions followed, in the user's profile, whose access lists close it to others."""
    homes = [own_folder()]
    with suppress(RuntimeError):
        homes.append(Path.home())
    return any(place.resolve().is_relative_to(home.resolve()) for home in homes)


def _is_ours(status: os.stat_result) -> bool:
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _sha256(content: bytes) -> bytes:
    import hashlib  # 3 ms, which `--help` has no need of

    return hashlib.sha256(content).digest()


def _digest(name: str, content: bytes) -> bytes:
    return _sha256(name.encode() + b"\0" + content)


def entries(place: Path) -> list[Path]:
    """The entries of a folder, those half-written by a run that was killed included."""
    try:
        return [path for path in place.iterdir() if path.suffix == SUFFIX]
    except OSError:
        return []


def clear(place: Path) -> int:
    """Remove every entry; how many there were. What else lies in the folder stays."""
    count = 0
    for path in entries(place):
        try:
            path.unlink()
        except OSError:
            continue
        count += not path.name.startswith(_UNFINISHED)
    return count


def _make_room(place: Path) -> None:
    found: list[tuple[float, int, Path]] = []
    for path in entries(place):
        try:
            status = path.stat()
        except OSError:
            continue
        if not path.name.startswith(_UNFINISHED):
            found.append((status.st_mtime, status.st_size, path))
        elif time.time() - status.st_mtime > _ABANDONED:
            path.unlink(missing_ok=True)
    found.sort(reverse=True)
    size = 0
    for number, (_, length, path) in enumerate(found):
        size += length
        if number >= MAX_ENTRIES or size > MAX_BYTES:
            path.unlink(missing_ok=True)
