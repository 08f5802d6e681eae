"""Filters and tests within a budget: what each will make, and the steps it will take, are counted before it is called."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from itertools import accumulate
from typing import Any

from jinja2 import pass_context
from jinja2.exceptions import FilterArgumentError
from jinja2.runtime import Context
from jinja2.utils import _PassArg

from generator.figures import PRINT_FILTERS, check_printable
from generator.kept.name_sets import listed
from generator.template.bounded import (
    check_counts,
    joinable,
    printed_size,
    searchable,
    spend_formatting,
    spend_replacing,
)
from generator.template.budget import ITEM, Budget, LimitExceeded, within_exponent
from generator.template.long_calls import (
    joined_by_attribute,
    reads_attributes,
    spend_attribute,
    spend_linking,
    spend_searching,
    spend_wrapping,
)
from generator.template.output import RenderContext
from generator.template.printable import has_own_words, has_words

Guard = Callable[[Budget, Any, tuple[Any, ...], Mapping[str, Any]], Any]


def _as_text(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    has_words(value)
    check_counts((one for one in args if not isinstance(one, bool)), kwargs)
    budget.spend(printed_size(budget, value))
    return value


def _searched(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    has_words(value)
    check_counts((one for one in args if not isinstance(one, bool)), kwargs)
    searchable(budget, value)
    return value


def _written(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    has_own_words(value)
    return _searched(budget, value, args, kwargs)


def _attributes(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    for one in value.values() if isinstance(value, Mapping) else ():
        has_words(one)
    searchable(budget, value)
    return value


def _padded(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    _as_text(budget, value, args, kwargs)
    budget.spend(sum(abs(one) for one in (*args, *kwargs.values()) if isinstance(one, int)))
    return value


def _indented(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    _as_text(budget, value, args, kwargs)
    width = args[0] if args else kwargs.get("width", 4)
    text = str(value)
    budget.spend((len(width) if isinstance(width, str) else abs(int(width))) * (len(text.splitlines()) + 1))
    return value


def _wrapped(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    _searched(budget, value, args, kwargs)
    width = args[0] if args else kwargs.get("width", 79)
    between = args[2] if len(args) > 2 else kwargs.get("wrapstring")
    text = str(value)
    size, width = len(text), max(1, int(width))
    spend_wrapping(budget, text, width)
    lines = min(size, size // width * 2 + text.count("\n") + text.count(" ") + 1)
    budget.spend(lines * (len(between) if isinstance(between, str) else 1))
    return value


def _truncated(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    length = args[0] if args else kwargs.get("length", 255)
    end = args[2] if len(args) > 2 else kwargs.get("end", "...")
    leeway = args[3] if len(args) > 3 else kwargs.get("leeway")
    if length < len(end) or (leeway is not None and leeway < 0):
        raise FilterArgumentError(f"truncate: {length} < {len(end)}" if length < len(end) else f"leeway {leeway}")
    return _as_text(budget, value, args, kwargs)


def _replaced(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    _as_text(budget, value, (), {})
    old = args[0] if args else kwargs.get("old")
    new = args[1] if len(args) > 1 else kwargs.get("new")
    spend_replacing(budget, str(value), old, new)
    return value


def _formatted(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    for one in (*args, *kwargs.values()):
        has_words(one)
    spend_formatting(budget, str(value), (*args, *kwargs.values()), "%")
    return value


def _cut(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    """`batch` and `slice`, which fill up with what they are given."""
    check_counts(args, kwargs)
    budget.spend(ITEM * sum(abs(one) for one in (*args, *kwargs.values()) if isinstance(one, int)))
    if hasattr(value, "__len__"):
        budget.spend(ITEM * len(value))
    return value


def _listed(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    if hasattr(value, "__len__"):
        budget.spend(ITEM * len(value))
        return value
    return _counting(budget, value) if hasattr(value, "__next__") else value


def _counting(budget: Budget, items: Iterable[Any]) -> Iterable[Any]:
    for item in items:
        budget.spend(ITEM)
        yield item


def _joined(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    attribute = args[1] if len(args) > 1 else kwargs.get("attribute")
    separator = str(args[0] if args else kwargs.get("d", ""))
    if attribute is None:
        items = joinable(budget, separator, value)
        for item in items:
            check_printable(item)
            has_words(item)
        return items
    return value


def _added(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    start = args[1] if len(args) > 1 else kwargs.get("start", 0)
    items = _listed(budget, value, args, kwargs)
    if isinstance(start, list | tuple):  # adding lists one by one copies what is there each time
        if (args[0] if args else kwargs.get("attribute")) is not None:  # what is added is not the items themselves
            raise LimitExceeded("text")
        items = items if hasattr(items, "__len__") else list(items)
        lengths = (len(one) if isinstance(one, list | tuple) else 0 for one in items)
        budget.spend(ITEM * sum(accumulate(lengths, initial=len(start))))
    return items


def _linked(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    _searched(budget, value, args, kwargs)
    spend_linking(budget, str(value))
    return value


def _trimmed(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    _as_text(budget, value, args, kwargs)
    if isinstance(value, str) and (args or kwargs):
        spend_searching(budget, value, args, kwargs)
    return value


def _bounded(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    if args or kwargs:
        check_counts((one for one in args if not isinstance(one, bool)), kwargs)
    return value


def _as_number(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    """Filters that make a whole number of a decimal one, which takes as many steps as it has digits, squared."""
    if isinstance(value, Decimal):
        within_exponent(value)
    return _bounded(budget, value, args, kwargs)


_GUARDS: dict[str, Guard] = {
    **dict.fromkeys(("string", "upper", "lower", "capitalize", "escape", "e", "forceescape", "safe"), _as_text),
    **dict.fromkeys(("title", "striptags", "urlencode", "wordcount", "tojson"), _searched),
    **dict.fromkeys(("batch", "slice"), _cut),
    **dict.fromkeys(
        ("list", "sort", "unique", "reverse", "groupby", "dictsort", "items", "min", "max", "last"), _listed
    ),
    "pprint": _written,
    "trim": _trimmed,
    **dict.fromkeys(("int", "round", *(name for name in PRINT_FILTERS if name not in ("fixed", "trim"))), _as_number),
    "urlize": _linked,
    "xmlattr": _attributes,
    "center": _padded,
    "indent": _indented,
    "truncate": _truncated,
    "wordwrap": _wrapped,
    "replace": _replaced,
    "format": _formatted,
    "join": _joined,
    "sum": _added,
}
_COMPARING = listed("eq == equalto ne != lt < lessthan le <= gt > greaterthan ge >= in")


def bounded_filters(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """The same filters within the budget of the render that calls them."""
    offered = {**filters, "join": joined_by_attribute(filters["join"])}
    return {name: _filter(function, _guard(name)) for name, function in offered.items()}


def _guard(name: str) -> Guard:
    """What counts a filter's work."""
    guard = _GUARDS.get(name, _bounded)
    if not reads_attributes(name):
        return guard

    def counting(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        return spend_attribute(budget, name, guard(budget, value, args, kwargs), args, kwargs)

    return counting


def bounded_tests(tests: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """The same tests; those that compare look at the clock."""
    return {name: _test(function) if name in _COMPARING else function for name, function in tests.items()}


def _filter(function: Callable[..., Any], guard: Guard) -> Callable[..., Any]:
    passed = _passed(function)

    @pass_context
    @functools.wraps(function)
    def checked(context: RenderContext, value: Any = None, *args: Any, **kwargs: Any) -> Any:
        budget = context.output.budget
        value = guard(budget, value, args, kwargs)
        return budget.made(function(*passed(context), value, *args, **kwargs))

    checked.jinja_pass_arg = _PassArg.context  # type: ignore[attr-defined]  `wraps` brought the function's own
    return checked


def _test(function: Callable[..., Any]) -> Callable[..., Any]:
    @pass_context
    def checked(context: RenderContext, *args: Any) -> Any:
        context.output.budget.tick()
        return function(*args)

    return checked


def _passed(function: Callable[..., Any]) -> Callable[[Context], tuple[Any, ...]]:
    """What Jinja hands to a filter before its value."""
    wanted = _PassArg.from_obj(function)
    if wanted is _PassArg.context:
        return lambda context: (context,)
    if wanted is _PassArg.eval_context:
        return lambda context: (context.eval_ctx,)
    if wanted is _PassArg.environment:
        return lambda context: (context.environment,)
    return lambda context: ()
