"""What templates call, within a budget: methods of text and numbers (filters and tests: `bounded_filters`).

Whatever makes text or lists from little (`center`, `replace`, `join`, `format`, `indent` …) says how much before it makes it;
what it gave is counted. Methods that documents have no use for are not offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from jinja2.exceptions import SecurityError

from generator.kept.lazy_patterns import lazy
from generator.template.budget import ITEM, Budget, LimitExceeded, within_exponent
from generator.template.long_calls import SEARCHING, spend_searching
from generator.template.printable import has_own_words

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
        spend_replacing(budget, owner, args[0], args[1])
    elif name == "join" and args:
        args = (joinable(budget, owner, args[0]), *args[1:])
    elif name == "translate" and args and isinstance(args[0], Mapping):
        longest = max((len(value) for value in args[0].values() if isinstance(value, str)), default=1)
        budget.spend(len(owner) * max(1, longest))
    elif name == "striptags":
        searchable(budget, owner)
    if name in SEARCHING:
        spend_searching(budget, owner, args, kwargs)
    return args


def within_type_method(owner: type, name: str) -> None:
    """Let a method of a type of texts or numbers be called that makes a table for `translate`, and no other: `escape` of
    markup writes whatever it is given.

    Raises:
        SecurityError: it is another.
    """
    if name != "maketrans":
        raise SecurityError(f"access to attribute {name!r} of {owner.__name__!r} object is unsafe.")


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
    if isinstance(value, Decimal):
        within_exponent(value)
        return 64 + abs(value.adjusted()) if value.is_finite() else 64
    return 320  # a float in full


def check_counts(args: Iterable[Any], kwargs: Mapping[str, Any]) -> None:
    """No width or count beyond the limit."""
    for value in (*args, *kwargs.values()):
        if isinstance(value, int) and abs(value) > MAX_COUNT:
            raise LimitExceeded("text")


def spend_replacing(budget: Budget, text: str, old: Any, new: Any) -> None:
    if isinstance(old, str) and isinstance(new, str):
        count = text.count(old) if old else len(text) + 1
        budget.spend(len(text) + count * max(0, len(new) - len(old)))


def joinable(budget: Budget, separator: str, items: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    each = len(separator) + ITEM
    for item in items:
        budget.spend(each + (len(item) if isinstance(item, str) else budget.weigh(item)))
        found.append(item)
    return found


def searchable(budget: Budget, value: Any) -> None:
    size = budget.weigh(value)
    if size > MAX_PATTERN:
        raise LimitExceeded("text")
    budget.spend(size)
