"""What a caller may put into a context: plain values, figures, and objects that print; nothing that does something.

A template comes from elsewhere and may call whatever it reaches. A path, an open file, a model or a function in a context would
give it a way to files, to data that nobody meant to print, to the machine; who wants that says `trusted=True`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from generator.diagnostics import InvalidTemplate, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import template_reasons as words
from generator.ooxml.limits import limits

_ENDS = frozenset(
    (
        *(type(None), bool, int, float, complex, str, bytes, Decimal, Fraction, Markup),
        *(datetime.date, datetime.datetime, datetime.time, datetime.timedelta, datetime.timezone),
    )
)
_LISTS = (list, tuple, set, frozenset)
_OF_PYTHON = frozenset(("builtins", "collections", "itertools", "_csv"))  # containers and iterators alone
_OWN = (
    "generator.figures.",
    "generator.source.plain",
    "generator.template.image",
    "generator.template.captured",
    "generator.word.run.",
)
_PRINTING = frozenset(("docxtpl.richtext", "docxtpl.listing", "docxtpl.inline_image", "docxtpl.subdoc"))
_MAKERS = (list, dict, set, tuple, str, int, float, bool, Decimal)  # of a defaultdict
_DEEP = 200  # levels that are looked into; the engine refuses to print half as many


def plain_context(context: Mapping[str, Any]) -> Mapping[str, Any]:
    """The context, once it is seen to hold nothing but plain values; iterators in it are looked at item by item as they run, sets
    are given in order.

    Args:
        context: names -> values.

    Raises:
        TypeError: it is no mapping.
        InvalidTemplate: it holds something else; every finding names the way there.
    """
    if not issubclass(type(context), Mapping):
        raise TypeError(f"a context is a mapping of names, not {type(context).__name__}")
    looked = _Look()
    found = looked.mapping(context, "", 0)
    if looked.odd:
        raise refusal(looked.odd)
    return found


def refusal(odd: Mapping[str, str | Text]) -> InvalidTemplate:
    """What is said of values that are not plain: path -> the name of their type."""
    return InvalidTemplate(
        [diagnostic("template-context-value", path=path, kind=kind, name=path) for path, kind in odd.items()]
    )


class _Look:
    """One look at a context: what is odd in it, by path; a container that stands in it twice is looked at once."""

    def __init__(self) -> None:
        self.odd: dict[str, str | Text] = {}
        self.seen: set[int] = set()

    def mapping(self, values: Mapping[Any, Any], path: str, depth: int) -> Mapping[Any, Any]:
        changed: dict[Any, Any] = {}
        for name, value in values.items():
            if type(value) in _ENDS and type(name) in _ENDS:
                continue
            if type(name) in _ENDS:
                here = f"{path}.{name}" if path else str(name)
            else:
                here = f"{path or '{}'}.keys()"
                self.name(name, here, depth + 1)
            checked = self.value(value, here, depth + 1)
            if checked is not value:
                changed[name] = checked
        return {**values, **changed} if changed else values

    def name(self, name: Any, path: str, depth: int) -> None:
        """A key of a mapping, which a template can loop over."""
        if type(name) is tuple:
            self.items(name, path, depth)
        else:
            self.odd[path] = type(name).__name__

    def value(self, value: Any, path: str, depth: int) -> Any:
        kind = type(value)
        if kind in _ENDS or id(value) in self.seen:
            return value
        if depth > _DEEP:  # what nobody has looked at, a template does not get
            self.odd[path[:80] + "…"] = words.TOO_DEEP.filled(kind=kind.__name__, most=_DEEP)
            return value
        if kind is range:
            if (
                abs((value.stop - value.start) // value.step) > limits().turns
            ):  # looking for a text in it takes as many steps
                self.odd[path] = f"range > {limits().turns}"
            return value
        if _is_pythons(kind) and issubclass(kind, Mapping):
            made_by = getattr(value, "default_factory", None)
            if made_by is not None and made_by not in _MAKERS:  # a name that is not there would call it
                self.odd[path] = f"{kind.__name__}({getattr(made_by, '__name__', '…')})"
                return value
            self.seen.add(id(value))
            return self.mapping(value, path, depth)
        if _is_pythons(kind) and issubclass(kind, set | frozenset):
            # its own order changes from run to run
            known = len(self.odd)
            looked = self.items([*value], path, depth)
            plain = len(self.odd) == known  # else their own texts could do anything
            return sorted(looked, key=lambda one: (type(one).__name__, str(one))) if plain else looked
        if issubclass(kind, _LISTS) and (_is_pythons(kind) or hasattr(kind, "_fields")):
            self.seen.add(id(value))
            return self.items(value, path, depth)
        if _is_pythons(kind) and issubclass(kind, Iterable) and kind is not memoryview:
            return self.running(value, path, depth) if issubclass(kind, Iterator) else self.items(value, path, depth)
        if not _prints(kind):
            self.odd[path] = kind.__name__
        return value

    def items(self, items: Any, path: str, depth: int) -> Any:
        kinds = {*map(type, items)}
        if kinds <= _ENDS:
            return items
        if kinds == {dict} and {*map(type, chain.from_iterable(map(dict.values, items)))} <= _ENDS:
            return items
        checked = [self.value(item, f"{path}[{number}]", depth + 1) for number, item in enumerate(items)]
        if isinstance(items, list) and any(one is not other for one, other in zip(checked, items, strict=True)):
            return checked
        return items

    def running(self, items: Iterator[Any], path: str, depth: int) -> Iterator[Any]:
        """The items of an iterator, each looked at before the template sees it."""
        for number, item in enumerate(items):
            if type(item) is dict and {*map(type, item.values())} <= _ENDS:
                yield item
                continue
            look = _Look()
            checked = look.value(item, f"{path}[{number}]", depth + 1)
            if look.odd:
                raise refusal(look.odd)
            yield checked


def _is_pythons(kind: type) -> bool:
    return kind.__module__ in _OF_PYTHON


def _prints(kind: type) -> bool:
    """Whether values of a type are the engine's own, or docxtpl's that print."""
    if issubclass(kind, Undefined):
        return True
    return any(base.__module__.startswith(_OWN) or base.__module__ in _PRINTING for base in kind.__mro__)
