"""`--watch`: the work done again whenever a data file, a standard or a template is saved."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from generator.cli import console
from generator.cli.app import attempt, failed
from generator.diagnostics.wording import command_words as words
from generator.ooxml.file_endings import DATA_ENDINGS, MADE_ENDINGS

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff")
_QUIET = 150  # milliseconds without a change, after which what is being saved is taken as saved
_LOOK = 1000  # milliseconds after which files are looked at where the system tells of nothing (shares, some containers)

_GONE_FOR = 3  # looks that a file is away, after which that is said

State = dict[Path, tuple[int, int, int]]


def keep_watching(
    work: Callable[[], int], names: Sequence[str], language: str, *, recursive: bool, written: set[Path]
) -> int:
    """Do the work, and again after every change, until it is interrupted; the exit code, 0.

    What stands wrong in a file is told as ever, and the next save tried anew. Programs save by writing another file and
    renaming it: a file that is away for a moment is waited for.

    Args:
        work: does it once; its exit code is of no matter here.
        names: data files and folders, as typed.
        language: of what is said.
        recursive: folders in folders count, too.
        written: what the work writes, which is no change; the work adds to it.

    Raises:
        Failure: the standard input was asked for, or a folder is not there or cannot be looked into.
    """
    if "-" in names:
        reason = words.NO_WATCH
        raise failed("usage-bad-value", name="--watch", reason=reason, command="generator")
    from watchfiles import watch

    try:
        folders = [*_folders(names, recursive)]
        _look_into(folders)
        before = _state(names, recursive, written)
        attempt(work, language)
        console.remark(words.WAITING.in_language(language))
        named, away = {Path(name) for name in names}, 0
        for _ in watch(*folders, recursive=False, step=_QUIET, rust_timeout=_LOOK, yield_on_timeout=True):
            now = _state(names, recursive, written)
            before = {path: state for path, state in before.items() if path not in written}
            changed = [path for path in {**before, **now} if before.get(path) != now.get(path)]
            gone = [path for path in changed if path in named and path not in now]
            away = away + 1 if gone else 0
            if away == _GONE_FOR:
                shown = "、".join(sorted(map(str, gone))[:3])
                console.remark(words.GONE.filled(names=shown).in_language(language))
            if not changed or gone:
                continue
            before = now
            shown = "、".join(sorted({path.name for path in changed})[:3])
            console.remark(words.CHANGED.filled(names=shown).in_language(language))
            attempt(work, language)
    except KeyboardInterrupt:
        console.remark(words.STOPPED.in_language(language))
    return 0


def _folders(names: Iterable[str], recursive: bool) -> Iterator[Path]:
    """The folders in which something may change."""
    from generator.standard.library import libraries

    for name in names:
        path = Path(name)
        yield from _tree(path, recursive) if path.is_dir() else (path.parent,)
    for library in libraries():
        yield from (library / part for part in ("standards", "docx", "xlsx") if (library / part).is_dir())


def _look_into(folders: Iterable[Path]) -> None:
    """Refuse folders that are not there or not to be looked into: nothing could be heard of them."""
    from generator.ooxml.saving import why

    for folder in folders:
        try:
            with os.scandir(folder):
                pass
        except OSError as fault:
            raise failed("file-unreadable", name=str(folder), reason=why(fault)) from None


def _tree(folder: Path, recursive: bool) -> Iterator[Path]:
    yield folder
    if recursive:
        for inside, folders, _ in os.walk(folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (Path(inside, name) for name in folders)


def _state(names: Iterable[str], recursive: bool, written: set[Path]) -> State:
    """What the files that the work reads look like from outside: time, size and number."""
    from generator.standard.library import libraries

    found: State = {}
    for name in names:
        path = Path(name)
        if path.is_dir():
            for folder in _tree(path, recursive):
                _add(found, folder, (*DATA_ENDINGS, ".xlsx", *_PICTURES))
        else:
            _add(found, path.parent, _PICTURES)
            _add_file(found, path)
    for library in libraries():
        for part in ("standards", "docx", "xlsx"):
            _add(found, library / part, (*DATA_ENDINGS, *MADE_ENDINGS))
    return {path: state for path, state in found.items() if path not in written}


def _add(found: State, folder: Path, suffixes: tuple[str, ...]) -> None:
    """Add a folder's files with these suffixes; locks and drafts of other programs are none."""
    try:
        paths = list(folder.iterdir())
    except OSError:
        return
    for path in paths:
        if path.name.lower().endswith(suffixes) and not path.name.startswith((".", "~$")):
            _add_file(found, path)


def _add_file(found: State, path: Path) -> None:
    try:
        stat = path.stat()
    except OSError:
        return
    found[path] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
