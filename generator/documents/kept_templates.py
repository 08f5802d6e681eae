"""Templates that an earlier process compiled: taken from the cache folder where the same file was kept, else compiled and kept."""

from __future__ import annotations

import contextlib
import hashlib
from typing import Any, Protocol, Self, TypeVar

from generator.kept import cache_folder
from generator.kept.frozen_graph import Unstorable
from generator.ooxml.limits import limits, macros_are_allowed
from generator.ooxml.package import named_stream, read_bytes


class Keeping(Protocol):
    """A template that can be kept."""

    def __init__(self, source: Any, *, undefined: Any) -> None: ...

    def kept(self) -> bytes:
        """What another process needs to render with the same file."""
        ...

    @classmethod
    def restored(cls, source: Any, kept: bytes, undefined: Any) -> Self:
        """The template of the same file, from what was kept."""
        ...


Template = TypeVar("Template", bound=Keeping)


def opened(kind: type[Template], path: str, undefined: str) -> Template:
    """The template of a file.

    Args:
        kind: its class.
        path: the file.
        undefined: what an undefined name is.

    Raises:
        InvalidTemplate: it is at fault.
        Failure: it cannot be read.
    """
    if cache_folder.folder() is None:
        return kind(path, undefined=undefined)
    name, content = read_bytes(path)
    parts = (undefined, limits(), macros_are_allowed(), hashlib.sha256(content).hexdigest())
    entry = cache_folder.entry_name(kind.__module__, parts)
    if (kept := cache_folder.read_entry(entry)) is not None:
        try:
            return kind.restored(named_stream(name, content), kept, undefined)
        except Exception:  # an entry that does not fit is as good as none
            pass
    template = kind(named_stream(name, content), undefined=undefined)
    with contextlib.suppress(Unstorable):
        cache_folder.write_entry(entry, template.kept())
    return template
