"""Libraries: folders with `standards/`, `docx/` and `xlsx/`, the order in which they are searched, and the user's own.

The user's own library holds standards that lie in it openly, and under `installed/` one library for each standard package
(`shifeng-2020@1.0.0/`), so that versions stand side by side and each keeps the shared types that it was issued with.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path

import generator
from generator.kept.cache_folder import users_own
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.ooxml.file_endings import DATA_ENDINGS
from generator.ooxml.package import beside
from generator.standard.versions import version_of, version_serves

INSTALLED = "installed"
_HEAD = lazy(r"""["']?(standard|version)["']?\s*:\s+(.*?)\s*\Z""")
_HEAD_CHARACTERS = 1 << 16
_HEAD_LINES = 60  # the head of a standard's file stands above its types


@dataclass(frozen=True, slots=True)
class Summary:
    """A standard that is available: what its head says, without checking the rest.

    Args:
        id, title, issuer, fiscal_year, version: as its file states them.
        path: its file.
        hidden_by: the file that is taken instead of it where no version is asked for.
    """

    id: str
    title: str
    issuer: str
    fiscal_year: str
    version: str
    path: Path
    hidden_by: Path | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that holds a standard of the wanted id, and the version that it states."""

    path: Path
    version: str


def libraries() -> list[Path]:
    """The library folders that exist, in the order of search: `GENERATOR_LIBRARY` (several are separated as in PATH),
    `./templates`, the user's own and what is installed in it, newest versions first, those that come with the program."""
    return list(_libraries())


def _libraries() -> Iterator[Path]:
    """The same one by one: who has found what was looked for looks no farther."""
    found: set[Path] = set()
    for folder in searched():
        if folder.is_dir() and (real := folder.resolve()) not in found:
            found.add(real)
            yield folder


def searched() -> Iterator[Path]:
    """Where libraries are looked for, in that order, whether or not there is such a folder."""
    yield from (Path(part) for part in os.environ.get("GENERATOR_LIBRARY", "").split(os.pathsep) if part)
    yield Path("templates")
    own = user_library()
    yield own
    yield from installed(own)
    yield shipped()


def shipped() -> Path:
    """The library that comes with the program: inside the package, or beside it where it runs from a checkout."""
    package = Path(generator.__file__).resolve().parent
    checkout = package.parent
    return checkout / "templates" if (checkout / "pyproject.toml").is_file() else package / "library"


def user_library() -> Path:
    """The library of the person at this machine, where its system keeps a user's own files."""
    from platformdirs import user_data_path

    return users_own(partial(user_data_path, roaming=True)) / "library"


def installed(library: Path) -> list[Path]:
    """The folders of the installed standards, by id, the newest version first."""
    folder = library / INSTALLED
    if not folder.is_dir():
        return []
    found = []
    for path in folder.iterdir():
        name, _, version = path.name.partition("@")
        if path.is_dir() and (numbers := version_of(version)) and not name.startswith("."):
            found.append((name, tuple(-number for number in numbers), path))
    return [path for *_, path in sorted(found)]


def find(name: str, near: Path | None = None) -> Path | None:
    """The file of the standard or library `name`; `near` is a library folder to look into first."""
    folders = [near / "standards", near] if near else []
    for folder in chain(folders, (folder / "standards" for folder in _libraries())):
        for suffix in DATA_ENDINGS:
            path = folder / (name + suffix)
            if path.is_file():
                return path
    return None


def candidates(name: str) -> list[Candidate]:
    """Every file of the standard `name`, in the order of search: a file of that name, else one whose first key states it."""
    found = []
    for folder in libraries():
        named = [path for suffix in DATA_ENDINGS if (path := folder / "standards" / (name + suffix)).is_file()]
        others = [path for path in _files(folder) if path.stem != name and _stated(path).get("standard") == name]
        found += [Candidate(path, _stated(path).get("version", "")) for path in [*named, *others][:1]]
    return found


def find_standard(name: str, version: str = "") -> Path | None:
    """The file of the standard `name`: of exactly that version, else of one that serves it, else the first there is."""
    if not version and (path := find(name)):
        return path
    found = candidates(name)
    if version:
        wanted = version_of(version)
        exact = [one for one in found if wanted is not None and version_of(one.version) == wanted]
        serving = [one for one in found if version_serves(version, one.version)]
        found = [*exact, *serving, *found]
    return found[0].path if found else None


def states_standard(path: Path) -> bool:
    """Whether a file's head says that it is a standard; a data file names one by the same key, but has no version."""
    return path.suffix in DATA_ENDINGS and {"standard", "version"} <= _stated(path).keys()


def _stated(path: Path) -> dict[str, str]:
    """What the head of a standard's file states, without reading the rest."""
    found: dict[str, str] = {}
    try:
        if path.suffix == ".json":
            head = json.loads(beside(path).decode("utf-8-sig"))
            return {key: str(value) for key, value in head.items() if key in ("standard", "version")}
        with path.open(encoding="utf-8-sig") as file:
            for line in file.read(_HEAD_CHARACTERS).split("\n", _HEAD_LINES)[:_HEAD_LINES]:
                if match := _HEAD.match(line.partition(" #")[0]):
                    found.setdefault(match[1], match[2].strip("\"'"))
                    if len(found) == 2:
                        break
    except (OSError, ValueError, AttributeError, RecursionError):  # loading it tells what is wrong
        return {}
    return found


def library_of(path: Path) -> Path:
    """The library folder that a standard's file belongs to."""
    folder = path.parent
    return folder.parent if folder.name == "standards" else folder


def files() -> Iterator[Path]:
    """Every file of the `standards` folders, hidden ones too, in the order of search."""
    for folder in libraries():
        yield from _files(folder)


def _files(folder: Path) -> list[Path]:
    found = sorted(path for path in (folder / "standards").glob("*") if path.suffix in DATA_ENDINGS)
    return [path for path in found if path.is_file() or not path.exists()]  # a pipe would be waited for
