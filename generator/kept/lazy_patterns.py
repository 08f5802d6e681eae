"""Regular expressions that are compiled when first used: one with a wide range of characters costs a millisecond, and a short
command uses few of the program's."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

from generator.kept.kept_patterns import compiled

_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groups", "groupindex")


class _Lazy:
    """Stands for a compiled pattern; after the first use its methods are the pattern's own."""

    __slots__ = ("flags", "pattern", *_METHODS)

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        made: Any = compiled(cast("Any", self.pattern), self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(made, method))
        return getattr(self, name)


def lazy(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern, compiled on first use. It is for its methods alone: `re`'s functions do not take it."""
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))
