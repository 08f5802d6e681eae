"""What templates call, within a budget: methods of text, filters, tests.

Whatever makes text or lists from little (`center`, `replace`, `join`, `format`, `indent` …) says how much before it makes it;
what it gave is counted. Methods that documents have no use for are not offered.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import pass_context
from jinja2.exceptions import FilterArgumentError, SecurityError
from jinja2.runtime import Context
from jinja2.utils import _PassArg

from generator.figures import check_printable
from generator.kept.lazy_patterns import lazy
from generator.kept.name_sets import listed
from generator.template.budget import ITEM, Budget, LimitExceeded
from generator.template.output import RenderContext
from generator.template.printable import has_own_words, has_words

MAX_COUNT = 100_000  # a width, a count, a number of places
MAX_PATTERN = 1_000_000  # characters of a text that is searched again and again (urlize, striptags, …)
_OF_TEXT = (
    "capitalize casefold center count endswith expandtabs find format format_map index isalnum isalpha isascii isdecimal "
    "isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans "
    "partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith "
    "strip swapcase title translate upper zfill striptags unescape"
)
_OF_NUMBERS = (
    "bit_length bit_count as_integer_ratio is_integer conjugate hex quantize normalize to_integral_value copy_abs "
    "copy_negate copy_sign adjusted as_tuple is_finite is_nan is_zero is_signed total_seconds"
)
_TEXT_METHODS, _NUMBER_METHODS = frozenset(_OF_TEXT.split()), frozenset(_OF_NUMBERS.split())
_WIDE = ("center", "ljust", "rjust", "zfill", "expandtabs")
_OWN_WORDS = lazy(r"%(?:\([^()]{0,100}\))?[-#0-9 +.*hlL]{0,20}[ra]|![ra]")  # what Python writes of a value
_SPLITS = ("split", "rsplit", "splitlines")


def within_method(
    budget: Budget, owner: Any, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> tuple[Any, ...]:
    """The arguments of a method of text or a number, once what it will make is counted.

    Raises:
        SecurityError: the method is not offered.
        LimitExceeded: it would make too much.
    """
    if not isinstance(owner, str):
        if name not in _NUMBER_METHODS:
            raise SecurityError(f"access to attribute {name!r} of {type(owner).__name__!r} object is unsafe.")
        return args
    if name not in _TEXT_METHODS:
        raise SecurityError(f"access to attribute {name!r} of 'str' object is unsafe.")
    if name in _WIDE:
        check_counts(args, kwargs)
        wide = max((abs(value) for value in (*args, *kwargs.values()) if isinstance(value, int)), default=8)
        budget.spend(len(owner) + wide * (owner.count("\t") if name == "expandtabs" else 1))
    elif name in _SPLITS:
        by = args[0] if args and isinstance(args[0], str) and args[0] else None
        budget.spend(ITEM * (owner.count(by) + 1 if by else len(owner) // 2 + 1))
    elif name == "replace" and len(args) >= 2:
        _spend_replacing(budget, owner, args[0], args[1])
    elif name == "join" and args:
        args = (_joinable(budget, owner, args[0]), *args[1:])
    elif name == "translate" and args and isinstance(args[0], Mapping):
        longest = max((len(value) for value in args[0].values() if isinstance(value, str)), default=1)
        budget.spend(len(owner) * max(1, longest))
    elif name == "striptags":
        _searchable(budget, owner)
    return args


class Format:
    """`format` of a text that a template names: the call is counted (see `call`)."""

    __slots__ = ("layout", "run")

    def __init__(self, layout: str, run: Callable[..., str]):
        self.layout = layout
        self.run = run

    def call(self, budget: Budget, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
        """The text, once its size is counted."""
        spend_formatting(budget, self.layout, (*args, *kwargs.values()), "{")
        return self.run(*args, **kwargs)

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        raise SecurityError("format is called where it is named.")


def spend_formatting(budget: Budget, layout: str, values: Iterable[Any], mark: str) -> None:
    """What a layout (`{}` or `%s`) and its values come to, at most."""
    values = tuple(values)
    widths = 0
    if any(character.isdigit() for character in layout):
        found = [int(number) if len(number) < 7 else MAX_COUNT + 1 for number in re.findall(r"\d+", layout)]
        if max(found, default=0) > MAX_COUNT:
            raise LimitExceeded("text")
        widths = sum(found)
    if _OWN_WORDS.search(layout):
        for value in values:
            has_own_words(value)
    marks = layout.count(mark)
    if "*" in layout or (mark == "{" and marks and re.search(r"\{[^{}]*:[^{}]*\{", layout)):
        most = max((count for value in values for count in _counts_in(value)), default=0)
        if most > MAX_COUNT:
            raise LimitExceeded("text")
        widths += marks * most
    longest = max((printed_size(budget, value) for value in values), default=0)
    budget.spend(len(layout) + widths + marks * longest)


def _counts_in(value: Any) -> Iterator[int]:
    """The numbers that a layout may take from a value as a width: the number that it is, those in its text, those of its items."""
    if isinstance(value, int):
        yield abs(value)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _counts_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _counts_in(item)
    else:
        for number in re.findall(r"[0-9]+", str(value)):
            yield int(number) if len(number) < 7 else MAX_COUNT + 1


def printed_size(budget: Budget, value: Any) -> int:
    """How many characters a value prints, at most."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict | list | tuple | set | frozenset | int | bytes):
        return budget.weigh(value)
    if hasattr(value, "adjusted"):  # a Decimal
        return 64 + abs(value.adjusted()) if value.is_finite() else 64
    return 320  # a float in full


def check_counts(args: Iterable[Any], kwargs: Mapping[str, Any]) -> None:
    """No width or count beyond the limit."""
    for value in (*args, *kwargs.values()):
        if isinstance(value, int) and abs(value) > MAX_COUNT:
            raise LimitExceeded("text")


def _spend_replacing(budget: Budget, text: str, old: Any, new: Any) -> None:
    if isinstance(old, str) and isinstance(new, str):
        count = text.count(old) if old else len(text) + 1
        budget.spend(len(text) + count * max(0, len(new) - len(old)))


def _joinable(budget: Budget, separator: str, items: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    each = len(separator) + ITEM
    for item in items:
        budget.spend(each + (len(item) if isinstance(item, str) else budget.weigh(item)))
        found.append(item)
    return found


def _searchable(budget: Budget, value: Any) -> None:
    size = budget.weigh(value)
    if size > MAX_PATTERN:
        raise LimitExceeded("text")
    budget.spend(size)


# Filters: what each will make is counted before it is called

Guard = Callable[[Budget, Any, tuple[Any, ...], Mapping[str, Any]], Any]


def _as_text(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    has_words(value)
    check_counts((one for one in args if not isinstance(one, bool)), kwargs)
    budget.spend(printed_size(budget, value))
    return value


def _searched(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    has_words(value)
    check_counts((one for one in args if not isinstance(one, bool)), kwargs)
    _searchable(budget, value)
    return value


def _written(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    has_own_words(value)
    return _searched(budget, value, args, kwargs)


def _attributes(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    for one in value.values() if isinstance(value, Mapping) else ():
        has_words(one)
    _searchable(budget, value)
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
    longest = max(map(len, text.split()), default=0)
    budget.spend(longest * longest // width // 2)  # what is left of a word is copied for each of its lines
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
    _spend_replacing(budget, str(value), old, new)
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
        items = _joinable(budget, separator, value)
        for item in items:
            check_printable(item)
            has_words(item)
        return items
    return value


def _added(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    start = args[1] if len(args) > 1 else kwargs.get("start", 0)
    if isinstance(start, list | tuple):  # adding lists one by one copies what is there each time
        raise LimitExceeded("text")
    return _listed(budget, value, args, kwargs)


def _bounded(budget: Budget, value: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    check_counts((one for one in args if not isinstance(one, bool)), kwargs)
    return value


_GUARDS: dict[str, Guard] = {
    **dict.fromkeys(("string", "upper", "lower", "capitalize", "escape", "e", "forceescape", "safe", "trim"), _as_text),
    **dict.fromkeys(("title", "striptags", "urlize", "urlencode", "wordcount", "tojson"), _searched),
    **dict.fromkeys(("batch", "slice"), _cut),
    **dict.fromkeys(
        ("list", "sort", "unique", "reverse", "groupby", "dictsort", "items", "min", "max", "last"), _listed
    ),
    "pprint": _written,
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
    return {name: _filter(function, _GUARDS.get(name, _bounded)) for name, function in filters.items()}


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
