"""What several commands take: data files or folders, the output format, the words of help."""

import json
import os
import re
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from generator.cli import console
from generator.cli.app import failed
from generator.diagnostics import Failure
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import command_words as words
from generator.kept.lazy_patterns import lazy
from generator.ooxml.file_endings import DATA_ENDINGS
from generator.ooxml.limits import runs_apart

_STANDARD_KEYS = ("标准", "standard")
_NAMED = lazy(r"""^\ufeff?["'“]?(?:标准|standard)["'”]?\s*[:：]""", re.MULTILINE)
_NAMED_ANYWHERE = lazy(r"""["'“]?(?:标准|standard)["'”]?\s*[:：]""")
MANY = 20  # files from which on starting processes pays
MOST_WORKERS = 64
MOST_NAMED = 3  # files that a remark names


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


class FindingFormat(StrEnum):
    """How the findings of `check` and `lint` are printed: for people, for programs, as annotations of GitHub, as SARIF."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


class Kind(StrEnum):
    """A kind of documents."""

    DOCX = "docx"
    XLSX = "xlsx"


def workers_help(language: str, many: int = MANY) -> str:
    """What `--workers` does, for a command that takes all processors from so many files on."""
    return console.in_language(language)(texts.WORKERS, many=many)


def wanted_workers(asked: int, files: int, many: int = MANY) -> int:
    """How many processes work on so many files: those asked for, or all processors from so many files on."""
    if runs_apart():  # a process of its own starts no others
        return 1
    return min(asked or (os.cpu_count() or 1 if files >= many else 1), max(files, 1))


def standard_ids(incomplete: str) -> list[str]:
    """The ids of the standards that there are, for completion in a shell; files are completed by the shell itself."""
    from generator.standard.load import available

    return sorted({one.id for one in available() if one.id.startswith(incomplete)})


def standard_input(name: str) -> bytes | None:
    """The content of the standard input where a data file is named `-`; None for other names."""
    return sys.stdin.buffer.read() if name == "-" else None


def matched(names: Sequence[str]) -> list[str]:
    """The names on the command line, those with `*` or `?` as the files that they match: the shells of Windows leave that to the program.

    What is there under that very name, and what matches nothing, stays as it was typed.
    """
    found: list[str] = []
    for name in names:
        matches: list[str] = []
        if ("*" in name or "?" in name) and not os.path.lexists(name):
            from glob import glob

            matches = sorted(glob(name.replace("[", "[[]")))  # noqa: PTH207  a pattern as typed may be absolute
        found += matches or [name]
    return found


def data_files(names: Sequence[str], language: str, *, recursive: bool = False) -> list[str]:
    """The data files that the names on the command line stand for: a folder is every data file and form in it, by name.

    A YAML or JSON file in a folder that names no standard is no data file, nor is another document: it is left out, and that is said.
    A file that is named again is there once.

    Args:
        names: as typed.
        language: of what is said.
        recursive: look into the folders in a folder, too.

    Raises:
        Failure: a folder holds no data file, or cannot be read.
    """
    from generator.ooxml.saving import is_stream
    from generator.source import holds_form
    from generator.standard.library import states_standard

    files: list[str] = []
    for name in names:
        if not os.path.isdir(name):  # noqa: PTH112  (one that may not be looked at is told where it is read)
            files.append(name)
            continue
        unnamed: list[Path] = []
        found: list[Path] = []
        others: list[Path] = []
        refused: list[Path] = []
        for path in _inside(Path(name), refused if recursive else None):
            if is_stream(path) or states_standard(path):  # reading a pipe waits for whoever writes into it
                others.append(path)
            elif path.suffix.lower() in DATA_ENDINGS:
                (found if names_a_standard(path) else unnamed).append(path)
            elif holds_form(path):
                found.append(path)
            else:
                others.append(path)
        for path in unnamed:
            console.remark(console.in_language(language)(words.SKIPPED, path=path))
        if not found and not refused:
            raise failed("no-data-files", name=name)
        if others:
            shown = "、".join(str(path) for path in others[:MOST_NAMED])
            told = words.SKIPPED_OTHERS if len(others) > MOST_NAMED else words.SKIPPED_OTHER
            console.remark(console.in_language(language)(told, paths=shown, count=len(others)))
        files += [str(path) for path in (*found, *refused)]
    return _once(files, language) if len(files) > 1 else files


def _once(files: list[str], language: str) -> list[str]:
    """Each file once, however often it is named and by whatever name: its documents would be told as another's, its sums added twice."""
    named: dict[str, str] = {}
    for name in files:
        key = name if name == "-" else os.path.realpath(name)
        if key in named:
            console.remark(console.in_language(language)(words.NAMED_BEFORE, path=name))
        named.setdefault(key, name)
    return [*named.values()]


def _inside(folder: Path, refused: list[Path] | None) -> list[Path]:
    """The files in a folder by name, those of its subfolders behind them.

    Args:
        folder: where to look.
        refused: where a subfolder that cannot be read is noted, to be told like a file that cannot; None: none is looked into.

    Raises:
        Failure: the folder itself cannot be read.
    """
    from generator.ooxml.saving import why

    try:
        entries = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$")))
    except OSError as fault:
        raise failed("file-unreadable", name=folder, reason=why(fault)) from None
    folders = [path for path in entries if os.path.isdir(path)]  # noqa: PTH112  (as above)
    files = [path for path in entries if path not in {*folders}]
    if refused is not None:
        for one in folders:
            if one.is_symlink():  # it may lead back
                continue
            try:
                files += _inside(one, refused)
            except Failure:
                refused.append(one)
    return files


def names_a_standard(path: Path) -> bool:
    """Whether a YAML or JSON file has a top-level key 标准 or standard; what cannot be read is told where it is read."""
    from generator.ooxml.package import beside
    from generator.source.decoding import decode

    try:
        text, _ = decode(beside(path), str(path))
    except OSError:
        return True
    if not text.strip():
        return True
    if text.lstrip()[:1] in ("{", "["):
        try:
            root = json.loads(text)
        except (ValueError, RecursionError):
            return _NAMED_ANYWHERE.search(text) is not None
        return isinstance(root, dict) and any(key in root for key in _STANDARD_KEYS)
    return _NAMED.search(text) is not None
