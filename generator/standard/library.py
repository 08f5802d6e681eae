"""Libraries: folders with `standards/`, `docx/` and `xlsx/`, and the order in which they are searched."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import generator

SUFFIXES = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Summary:
    """A standard that is available: what its head says, without checking the rest."""

    id: str
    title: str
    issuer: str
    fiscal_year: str
    version: str
    path: Path


def libraries() -> list[Path]:
    """The library folders that exist, in the order of search: `GENERATOR_LIBRARY` (several are separated as in PATH),
    `./templates`, the user's own, the copy inside the installed package."""
    found: list[Path] = []
    given = os.environ.get("GENERATOR_LIBRARY", "")
    candidates = [Path(part) for part in given.split(os.pathsep) if part]
    candidates += [Path("templates"), user_library(), Path(generator.__file__).parent / "library"]
    for folder in candidates:
        if folder.is_dir() and folder not in found:
            found.append(folder)
    return found


def user_library() -> Path:
    """The library of the person at this machine."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "generator" / "library"


def find(name: str, near: Path | None = None) -> Path | None:
    """The file of the standard or library `name`; `near` is a library folder to look into first."""
    folders = [near / "standards", near] if near else []
    folders += [folder / "standards" for folder in libraries()]
    for folder in folders:
        for suffix in SUFFIXES:
            path = folder / (name + suffix)
            if path.is_file():
                return path
    return None


def find_standard(name: str) -> Path | None:
    """The file of the standard `name`: the file of that name, else one whose first key states it."""
    if found := find(name):
        return found
    for path in files():
        with suppress(OSError, UnicodeError), path.open(encoding="utf-8-sig") as lines:
            for line in lines:
                if line.startswith("standard:"):
                    if line.partition(":")[2].partition(" #")[0].strip().strip("\"'") == name:
                        return path
                    break
    return None


def library_of(path: Path) -> Path:
    """The library folder that a standard's file belongs to."""
    folder = path.parent
    return folder.parent if folder.name == "standards" else folder


def files() -> Iterator[Path]:
    """Every file of the `standards` folders; the first of a name hides the later ones."""
    seen: set[str] = set()
    for folder in libraries():
        for path in sorted((folder / "standards").glob("*")):
            if path.suffix in SUFFIXES and path.stem not in seen:
                seen.add(path.stem)
                yield path
