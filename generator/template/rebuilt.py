"""A compiled template in another process: it travels as its file and is compiled again there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from generator.kept.frozen_graph import thaw
from generator.ooxml.package import Package, named_stream
from generator.ooxml.zip_written import build
from generator.template.faults import PlacedTag
from generator.template.paths import Use

Template = TypeVar("Template")


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
    return kind(named_stream(name, content), undefined=undefined)


def runs_once(context: Mapping[str, Any]) -> bool:
    """Whether a context holds an iterator: a second run would find it used up, and print fewer rows."""
    return any(hasattr(value, "__next__") for value in context.values())


class Again(Generic[Template]):
    """The template that another process kept, compiled whole: made when a fault is to be told.

    Args:
        kind: the template's class.
        package: its file.
        undefined: what an undefined name is.
        uses: what was kept of its paths.
    """

    def __init__(self, kind: Callable[..., Template], package: Package, undefined: str, uses: bytes):
        self._made_with = kind, package, undefined
        self._uses = uses

    def uses(self) -> Iterator[tuple[Use, PlacedTag]]:
        """Every use of a path, with the tag that uses it."""
        yield from thaw(self._uses)

    @cached_property
    def template(self) -> Template:
        kind, package, undefined = self._made_with
        return rebuilt(kind, package.name, build(package, {}), undefined)
