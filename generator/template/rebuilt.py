"""A compiled template in another process: it travels as its file and is compiled again there."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from generator.ooxml.package import Package, build


def travelling(kind: Callable[..., Any], package: Package, undefined: str, own_environment: bool) -> tuple[Any, ...]:
    """What `__reduce__` of a template gives.

    Raises:
        TypeError: it has an environment of the caller's own, which cannot travel.
    """
    if own_environment:
        raise TypeError("a template with an environment of its own cannot be pickled: compile it in the other process")
    return rebuilt, (kind, package.name, build(package, {}), undefined)


def rebuilt(kind: Callable[..., Any], name: str, content: bytes, undefined: str) -> Any:
    """The template of a file's content, with the name that its findings bear."""
    stream = io.BytesIO(content)
    stream.name = name
    return kind(stream, undefined=undefined)
