"""Finds a standard in a library or by its path; loads it, or takes what an earlier process kept of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from generator.diagnostics import Failure, Invalid, Location, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.suggest import closest
from generator.diagnostics.wording import standard_words as words
from generator.kept import cache_folder
from generator.kept.frozen_graph import Unstorable, freeze, thaw
from generator.kept.light_classes import replace
from generator.ooxml.file_endings import DATA_ENDINGS
from generator.ooxml.limits import limits
from generator.ooxml.package import beside
from generator.ooxml.saving import file_finding, why
from generator.source import Map, Scalar, read_source
from generator.standard.library import Summary, files, find, find_standard, library_of
from generator.standard.model import Standard

# standards that were loaded stay in memory while their files do not change: a batch loads each only once
MAX_KEPT = 16
_LOADED: dict[tuple[object, ...], tuple[Standard, tuple[tuple[Path, int, int, int], ...]]] = {}


def load_standard(name: str | os.PathLike[str], *, thorough: bool = False, exact: bool = True) -> Standard:
    """Load a standard.

    Args:
        name: its id (`shifeng-2020`), its id with the version that is wanted (`shifeng-2020@1.0.0`), or the path of
            its file.
        thorough: whether types that the report does not use are compiled as well (for lint).
        exact: whether a version that does not serve the wanted one is refused, rather than given.

    Raises:
        Failure: there is no such standard, or its file cannot be read.
        InvalidStandard: with every fault that was found.
    """
    try:
        path, shown, wanted = _locate(os.fspath(name))
    except OSError as fault:  # a name that no system takes
        raise Failure([file_finding("file-unreadable", name, reason=why(fault))]) from None
    wanted = wanted if exact else ""
    key = (str(path.absolute()), shown, wanted, thorough, os.environ.get("GENERATOR_LIBRARY"), str(Path.cwd()))
    if (kept := _LOADED.get(key)) and kept[1] == _stamps(path for path, *_ in kept[1]):
        return kept[0]
    loaded = _kept(path, shown, wanted, key) if not thorough else None
    if loaded is None:
        loaded = _loaded(path, shown, wanted, thorough, key)
    if len(_LOADED) >= MAX_KEPT:
        _LOADED.pop(next(iter(_LOADED)))
    _LOADED[key] = (loaded, _stamps(loaded.files))
    return loaded


def _stamps(paths: Iterable[Path]) -> tuple[tuple[Path, int, int, int], ...]:
    """What tells whether a file has changed: its time, its size, which file it is (times are coarse: two fit into one)."""
    found = []
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        found.append((path, status.st_mtime_ns, status.st_size, status.st_ino))
    return tuple(found)


def _loaded(path: Path, shown: str, wanted: str, thorough: bool, key: tuple[object, ...]) -> Standard:
    """The standard from its files; kept for the next process."""
    from generator.standard.build_standard import build_standard

    loaded = build_standard(path, shown, wanted, thorough)
    if not thorough and cache_folder.folder() is not None:
        try:
            digests = [(str(one), _digest(one)) for one in loaded.files]
            loaded = replace(loaded, fingerprint=hashlib.sha256(repr(digests).encode()).hexdigest())
            content = freeze((digests, loaded))
        except (OSError, Unstorable):
            return loaded
        cache_folder.write_entry(cache_folder.entry_name("standard", (*key, digests[0][1], limits())), content)
    return loaded


def _kept(path: Path, shown: str, wanted: str, key: tuple[object, ...]) -> Standard | None:
    """What an earlier process kept of the same files; None where there is nothing."""
    if cache_folder.folder() is None:
        return None
    try:
        content = cache_folder.read_entry(cache_folder.entry_name("standard", (*key, _digest(path), limits())))
        if content is None:
            return None
        digests, standard = thaw(content)
        library = library_of(path)
        for included, digest in digests[1:]:
            if _digest(Path(included)) != digest or find(Path(included).stem, library) != Path(included):
                return None
    except Exception:  # an entry that does not fit is as good as none
        return None
    return standard


def _digest(path: Path) -> str:
    return hashlib.sha256(beside(path)).hexdigest()


def available(hidden: bool = False) -> list[Summary]:
    """Every standard of the libraries, by id; files that cannot be read are left to `load_standard` to tell.

    Args:
        hidden: whether those are told too that another of the same id stands before.
    """
    found: dict[str, list[Summary]] = {}
    for path in files():
        try:
            head = read_source(path, role="standard").root
        except Invalid:
            continue
        if isinstance(head, Map) and "standard" in head:
            texts = {key: value.text for key, value in head.items() if isinstance(value, Scalar)}
            same = found.setdefault(texts.get("standard", ""), [])
            same.append(
                Summary(
                    texts.get("standard", ""),
                    texts.get("title", ""),
                    texts.get("issuer", ""),
                    texts.get("fiscal_year", ""),
                    texts.get("version", ""),
                    path,
                    same[0].path if same else None,
                )
            )
    return [one for name in sorted(found) for one in (found[name] if hidden else found[name][:1])]


def install_hint(name: str, version: str = "") -> Text:
    """What to do where a standard, or a version of it, is not there."""
    package = f"{name}@{version}" if version else name
    return words.INSTALL.filled(package=package)


def _locate(name: str) -> tuple[Path, str, str]:
    """The file of a standard, how messages call it, and the version that is wanted."""
    if name.endswith(DATA_ENDINGS) or "/" in name or os.sep in name:
        return Path(name), name, ""
    bare, _, version = name.partition("@")
    found = find_standard(bare, version)
    if found is None:
        near = closest(bare, [summary.id for summary in available()])
        hint = words.NEAREST.filled(near=near) if near else install_hint(bare, version)
        if Path(name).is_file():
            hint = words.IS_ANOTHER_FILE.filled(name=name)
        elif Path(name).is_dir():
            hint = words.IS_FOLDER.filled(name=name)
        raise Failure([diagnostic("standard-not-found", Location(), hint=hint, name=name)])
    return found, str(found), version
