"""What regular expressions were compiled to, between runs: one entry of the cache folder holds the program's patterns.

Compiling those that a short command uses took a third of it: a range of Chinese characters costs a millisecond. Python has no door
for a compiled pattern but the one that `re` itself goes through; where that has another shape, or the entry does not fit, patterns
are compiled as ever. Only what the program's texts and standards hold is kept, never what a data file says.
"""

from __future__ import annotations

import marshal
import re
import sys
from array import array
from typing import Any, AnyStr, cast

MAX_PATTERNS = 3000  # the program has a fifth of it; standards add some
_NOT_PLAIN = re.DEBUG | re.LOCALE  # it prints; what it finds depends on where it runs
_OPTIMIZED = 1  # of the code of functions, not of modules and classes, which run once, at their import
_LIBRARIES = ("jinja2.", "yaml.")  # whose functions compile nothing that comes from data

_compile = re.compile
Parts = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
Key = tuple[str | bytes, int]


class _Table:
    """The patterns that are kept, read when the first is asked for."""

    def __init__(self) -> None:
        self._known: dict[Key, Parts] | None = None
        self.fresh: dict[Key, Parts] = {}

    def known(self) -> dict[Key, Parts]:
        """By pattern and flags; nothing where nothing is kept."""
        if self._known is None:
            self._known = _read()
        return self._known

    def keep(self) -> None:
        """Keep what was compiled anew beside what others kept meanwhile."""
        if not self.fresh:
            return
        from generator.kept import cache_folder

        found = _read() | self.fresh
        if len(found) <= MAX_PATTERNS:
            cache_folder.write_entry(_name(), marshal.dumps(found))
        self.fresh = {}


_TABLE = _Table()


def compiled(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, of what the program or a standard says.

    Raises:
        re.error: it is no pattern.
    """
    flags = int(flags)
    known = _TABLE.known()
    if (parts := known.get((pattern, flags))) is not None:
        try:
            return _from(pattern, parts)
        except (LookupError, OverflowError, RuntimeError, TypeError, ValueError):
            return _compile(pattern, flags)
    if not _is_kept():
        return _compile(pattern, flags)
    try:
        parts = _parts(pattern, flags)
        made = _from(pattern, parts)
    except Exception:  # no pattern, which is told as ever; or another Python
        return _compile(pattern, flags)
    known[pattern, flags] = _TABLE.fresh[pattern, flags] = parts
    return made


def serve_imports() -> None:
    """Let `re.compile` take from what is kept in this process: modules that are imported compile patterns, libraries' too."""
    if _is_kept():
        re.compile = cast("Any", _served)


def keep() -> None:
    """Keep what this process compiled anew; to be called at its end."""
    _TABLE.keep()


def _served(pattern: Any, flags: Any = 0) -> Any:
    if pattern.__class__ not in (str, bytes) or flags & _NOT_PLAIN:
        return _compile(pattern, flags)
    if (pattern, int(flags)) not in _TABLE.known():
        asking = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
        if asking.f_code.co_flags & _OPTIMIZED and not asking.f_globals["__name__"].startswith(_LIBRARIES):
            return _compile(pattern, flags)
    return compiled(pattern, flags)


def _is_kept() -> bool:
    from generator.kept import cache_folder

    return cache_folder.folder() is not None


def _name() -> str:
    from generator.kept import cache_folder

    return cache_folder.entry_name("patterns", ())


def _read() -> dict[Key, Parts]:
    from generator.kept import cache_folder

    if not _is_kept() or (content := cache_folder.read_entry(_name())) is None:
        return {}
    try:
        found = marshal.loads(content)
    except (EOFError, TypeError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _from(pattern: AnyStr, parts: Parts) -> re.Pattern[AnyStr]:
    import _sre  # pyright: ignore[reportMissingImports]

    flags, code, groups, group_index, index_group = parts
    return _sre.compile(pattern, flags, memoryview(code).cast("I").tolist(), groups, group_index, index_group)


def _parts(pattern: str | bytes, flags: int) -> Parts:
    """What `re` hands to its engine."""
    from re import _compiler, _parser  # pyright: ignore[reportAttributeAccessIssue]

    parsed = _parser.parse(pattern, flags)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    code = array("I", _compiler._code(parsed, flags)).tobytes()
    return flags | state.flags, code, state.groups - 1, dict(state.groupdict), tuple(names)
