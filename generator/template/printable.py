"""What prints: values with words of their own. A function or an object without any would print its address in memory, which
differs from run to run and means nothing to a reader."""

from __future__ import annotations

import datetime
import types
from collections.abc import ItemsView, Iterator, KeysView, ValuesView
from decimal import Decimal
from fractions import Fraction
from typing import Any

from jinja2 import TemplateRuntimeError, Undefined
from jinja2.runtime import Macro, TemplateReference
from jinja2.utils import Namespace

from generator.figures import Blank, Date, Figure, check_printable
from generator.kept.lazy_patterns import lazy
from generator.ooxml.limits import limits
from generator.ooxml.links import is_safe
from generator.template.budget import ITEM, LimitExceeded

_WORDLESS = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.MethodWrapperType,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
    types.ClassMethodDescriptorType,
    types.ModuleType,
    type,
    Iterator,
    KeysView,
    ValuesView,
    ItemsView,
    range,
    Macro,
    Namespace,
    TemplateReference,
)
_SUSPECT = lazy(r"(?i)(?:javascript|vbscript|file|data|ms-[\w.-]+|mhtml|search-ms|shell|about):|\\\\|//|[a-z]:[\\/]")
_NO_NUMBER = frozenset("nfNy")  # nan, inf, NaN, Infinity
_SURELY_SOUND = 100_000  # characters: a walk that is no longer needs no look at what stands in what
_ITEMS = (list, tuple, set, frozenset)
# groups of `groupby` print as plain tuples; other tuples with names Python writes with those
_GROUPS = "jinja2.filters"
# within a list Python writes them as it makes them: Decimal('2.50'), datetime.date(2020, 1, 2)
_MADE = (Decimal, Fraction, datetime.date, datetime.time, datetime.timedelta, datetime.tzinfo)
_OBJECTS = ("docxtpl.", "generator.word.", "generator.template.image", "generator.figures.markdown")
_PLAIN = (str, int, float, bool, type(None), bytes)
_OURS = frozenset({Figure, Blank, Date})  # each prints words


class NotPrintable(TemplateRuntimeError):
    """A value that has no words; `kind` is its type's name."""

    def __init__(self, kind: str):
        self.kind = kind
        super().__init__(f"not a value: {kind}")


class WithinList(TemplateRuntimeError):
    """A picture, a formatted text or another object within a list that is printed as a whole; `kind` is its type's name."""

    def __init__(self, kind: str):
        self.kind = kind
        super().__init__(f"within a list: {kind}")


class NotFinite(TemplateRuntimeError):
    """A number that is none: not a number, or infinite; `value` is how Python writes it."""

    def __init__(self, value: Any):
        self.value = str(value)[:30]
        super().__init__(f"not a finite number: {self.value}")


class UnsafeLink(TemplateRuntimeError):
    """A link from data that may run a program or read a file; `target` is what it names."""

    def __init__(self, target: str):
        self.target = target[:60]
        super().__init__(f"not a safe link: {self.target}")


def number_text(value: Any) -> str:
    """A number as it is written.

    Raises:
        NotFinite: it is not a number, or infinite.
    """
    text = str(value)
    if text[-1:] in _NO_NUMBER:
        raise NotFinite(text)
    return text


def safe_link(target: str) -> str:
    """The link, if data may name it.

    Raises:
        UnsafeLink: it may not.
    """
    if not is_safe(target):
        raise UnsafeLink(target)
    return target


_FIRST = lazy(r"\s*+(\S++)")


class NoArgument(TemplateRuntimeError):
    """A text that a field's code would read as more than one argument; `text` is it."""

    def __init__(self, text: str):
        self.text = text[:60]
        super().__init__(f"not one argument: {self.text}")


def safe_in_field(text: str, *, target: bool = False) -> None:
    """Look whether a value in a field's code names a file or a program.

    Args:
        text: the value.
        target: whether the field is a link and the value begins its target.

    Raises:
        UnsafeLink: it does.
    """
    if target:
        safe_link(text)
    first = _FIRST.match(text)
    if first and _SUSPECT.match(first[1]) and not is_safe(first[1]):
        raise UnsafeLink(text)


def _is_object(kind: type, *, whole: bool) -> bool:
    """Whether values of a type print well alone only: within a list Python writes what they are made of, or where they lie."""
    return (
        kind.__module__.startswith(_OBJECTS)
        or (kind.__repr__ is object.__repr__ and kind.__str__ is not object.__str__)
        or (whole and any(issubclass(kind, made) and kind.__repr__ is made.__repr__ for made in _MADE))
    )


def has_own_words(value: Any) -> None:
    """Look whether a value can be turned into the text that Python writes of it (`pprint`, `%r`).

    Raises:
        NotPrintable, WithinList, NotFinite, MissingName: as `has_words` does of a list that holds it.
    """
    has_words([value])


def printable(value: Any, *, whole: bool = True) -> None:
    """Look whether a value prints words.

    Args:
        value: the value.
        whole: whether a list or a record prints as it is, not an item of it that a layout names (`{0[day]}`).

    Raises:
        NotPrintable: it is a function, a type, an iterator, or an object that says nothing of itself.
        WithinList: it is a list or a record that holds a picture or another object.
        NotFinite: it is no number.
        Unprintable: a report is printed, and it is a list, a record or a truth value.
    """
    check_printable(value)
    if isinstance(value, _PLAIN):
        if type(value) is float and value - value != 0:
            raise NotFinite(value)
        return
    has_words(value, whole=whole)


def has_words(value: Any, *, whole: bool = True) -> None:
    """Look whether a value can be turned into text, as `printable` does outside of reports.

    Raises:
        NotPrintable: it is a function, a type, a stream, or an object that says nothing of itself, or holds one.
        WithinList: it is a list or a record that holds a picture, a date, a decimal number or another object, which Python
            would write as its own.
        NotFinite: it is a complex number, the root of a negative one.
        LimitExceeded: it holds more than a render may make.
        MissingName: it holds a name that the data lacks, and such names are errors.
    """
    if type(value) in _OURS or isinstance(value, _PLAIN):
        return
    left = limits().characters
    sure = left - _SURELY_SOUND
    waiting = [value]
    while waiting:
        one = waiting.pop()
        kind = type(one)
        if kind in _PLAIN or kind in _OURS:
            if kind is str:
                left -= len(one)
            continue
        if isinstance(one, dict):
            waiting += (*one, *one.values())
            left -= ITEM * len(one)
        elif isinstance(one, tuple) and kind.__repr__ is not tuple.__repr__ and kind.__module__ != _GROUPS:
            raise NotPrintable(kind.__name__)
        elif isinstance(one, _ITEMS):
            waiting += one
            left -= ITEM * len(one)
        elif kind is complex:
            raise NotFinite(one)
        elif isinstance(one, Undefined):
            str(one)  # raises where names must be there
            if one is not value and kind.__repr__ is Undefined.__repr__:
                raise NotPrintable(kind.__name__)
        elif one is not value and _is_object(kind, whole=whole):
            raise WithinList(kind.__name__)
        elif isinstance(one, _WORDLESS) or (kind.__repr__ is object.__repr__ and kind.__str__ is object.__str__):
            raise NotPrintable(kind.__name__)
        if left < sure:  # many values, or lists that stand in others many times, or in themselves
            _height(value, {}, 1)
            if left < 0:
                raise LimitExceeded("text")
            sure = 0


def _height(value: Any, known: dict[int, int], level: int) -> int:
    """How many containers stand in one another, each looked at once.

    Raises:
        LimitExceeded: more than values may, or one in itself.
    """
    most = limits().depth
    if level > most:
        raise LimitExceeded("depth", most)
    known[id(value)] = most  # while it is looked at: who meets it again stands in it
    entries = (*value, *value.values()) if isinstance(value, dict) else value
    highest = 1
    for one in entries:
        if isinstance(one, (dict, *_ITEMS)):
            highest = max(highest, 1 + (known[id(one)] if id(one) in known else _height(one, known, level + 1)))
            if highest > most:
                raise LimitExceeded("depth", most)
    known[id(value)] = highest
    return highest
