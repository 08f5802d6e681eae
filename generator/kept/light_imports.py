"""Modules of the program, and of two libraries of many, found with little: a `render` imports more than 400, and a third of what that takes is finding them.

Python's finder asks the system eight times or so for each module and weighs what is never the case here. This one takes the bytecode
that Python itself wrote beside a module, where it fits the module's file by time and size, as Python's does; all else it leaves to
Python, which then writes it.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader
from marshal import loads
from types import CodeType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_OURS = (f"{__name__.partition('.')[0]}.", "jinja2.", "yaml.")  # in which no extension module hides a file of its name
_OPEN = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_HEAD = 16  # bytes: which Python, whether by time, the file's time and its size


class _Loader(SourceFileLoader):
    """Python's own for a file, which is handed the code."""

    code: CodeType | None = None

    def get_code(self, fullname: str) -> CodeType | None:
        """The code of the module; once the one that was read already."""
        code, self.code = self.code, None
        return code if code is not None else super().get_code(fullname)


class _Finder:
    """Stands before Python's finders."""

    def __init__(self, magic: bytes, tag: str) -> None:
        self._begin = magic + bytes(4)  # found by time and size
        self._folder, self._ending = f"{os.sep}__pycache__{os.sep}", f".{tag}.pyc"

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        """Where a module is, with its code; None where Python is to look for it."""
        if path is None or not name.startswith(_OURS):
            return None
        folder, last = path[0] + os.sep, name.rpartition(".")[2]
        within = None
        try:
            file = f"{folder}{last}.py"
            try:
                status = os.stat(file)  # noqa: PTH116  pathlib takes time to import
            except FileNotFoundError:
                within = folder + last
                file = f"{within}{os.sep}__init__.py"
                status = os.stat(file)  # noqa: PTH116  as above
                folder, last = within + os.sep, "__init__"
            cached = f"{folder[:-1]}{self._folder}{last}{self._ending}"
            data = _content(cached)
            begin = self._begin + (int(status.st_mtime) & 0xFFFFFFFF).to_bytes(4, "little")
            if data[:_HEAD] != begin + (status.st_size & 0xFFFFFFFF).to_bytes(4, "little"):
                return None
            code = loads(memoryview(data)[_HEAD:])
        except (OSError, EOFError, ValueError, TypeError):
            return None
        if code.__class__ is not CodeType or code.co_filename != file:
            return None
        return self._spec(name, file, cached, within, code)

    def _spec(self, name: str, file: str, cached: str, within: str | None, code: CodeType) -> ModuleSpec:
        loader = _Loader(name, file)
        loader.code = code
        found = ModuleSpec(name, loader, origin=file, is_package=within is not None)
        found.has_location = True
        found.cached = cached
        if within is not None and found.submodule_search_locations is not None:
            found.submodule_search_locations.append(within)
        return found


def _content(path: str) -> bytes:
    opened = os.open(path, _OPEN)
    try:
        return os.read(opened, os.fstat(opened).st_size)
    finally:
        os.close(opened)


def import_lightly() -> None:
    """Find modules so in this process; as ever where Python was told to keep bytecode otherwise."""
    from importlib.util import MAGIC_NUMBER

    tag = sys.implementation.cache_tag
    if tag and not sys.pycache_prefix and not sys.flags.optimize:
        sys.meta_path.insert(0, _Finder(MAGIC_NUMBER, tag))
