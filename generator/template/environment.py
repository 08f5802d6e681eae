"""The Jinja environment of Word and Excel templates.

Templates come from elsewhere: the sandbox is immutable, values are escaped, undefined names are errors, and what a
template may cost is limited. Only what a report holds reaches it (dicts, lists, text, numbers, dates, figures), and
what a Python caller puts into a context of his own. Dict keys come before attributes: `r.items` is the key.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from typing import Any, Literal

from jinja2 import ChainableUndefined, Environment, StrictUndefined, Undefined, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup, soft_str

from generator.figures import PRINT_FILTERS, Blank, Figure, FigureArithmetic, trim
from generator.template.codegen import BytesGenerator, LimitExceeded, RenderContext

UndefinedNames = Literal["strict", "empty"]
MAX_TEXT = 50_000_000  # characters of one value that a template builds
MAX_COUNT = 100_000  # a width, a count, a number of places
_NOT_OFFERED = ("lipsum",)  # prints random text
_WIDE_METHODS = {"center", "ljust", "rjust", "zfill", "expandtabs"}
_COUNTED_FILTERS = ("center", "indent", "wordwrap", "batch", "slice", "round", "truncate", "format")


class MissingName(UndefinedError):
    """A template uses a name that its context does not have; `owner` is the value that lacks it, if any."""

    def __init__(self, message: str, name: str | None, owner: Any):
        super().__init__(message)
        self.name = name
        self.owner = owner


class StrictMissing(StrictUndefined):
    """An undefined name: an error wherever it is used."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = UndefinedError):
        if exc is UndefinedError:
            exc = functools.partial(MissingName, name=name, owner=obj)
        super().__init__(hint, obj, name, exc)


class EmptyMissing(ChainableUndefined):
    """An undefined name that prints nothing."""

    __slots__ = ()


class DraftMissing(ChainableUndefined):
    """An undefined name in a draft: prints as something to fill in; `path` is how the template names it."""

    __slots__ = ("path",)

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = UndefinedError):
        super().__init__(hint, obj, name, exc)
        self.path = f"{obj.path}.{name}" if isinstance(obj, DraftMissing) else str(name or "?")

    def __getattr__(self, name: str) -> Any:
        if name[:2] == name[-2:] == "__":
            raise AttributeError(name)
        return DraftMissing(obj=self, name=name)

    def __getitem__(self, key: Any) -> Any:
        return DraftMissing(obj=self, name=str(key))


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """The environment that compiles and runs templates; make one with `make_environment`."""

    code_generator_class = BytesGenerator
    context_class = RenderContext
    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        kind = type(obj)
        if kind is dict:
            try:
                return obj[attribute]
            except KeyError:
                pass
        elif kind is Blank:
            return obj[attribute]
        elif kind is Figure:
            return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if isinstance(left, Figure) or isinstance(right, Figure):
            raise FigureArithmetic("arithmetic on a figure")
        if operator == "*":
            for factor, count in ((left, right), (right, left)):
                if isinstance(factor, str | bytes | list | tuple) and isinstance(count, int):
                    _within(len(factor) * count, MAX_TEXT if isinstance(factor, str) else MAX_COUNT)
        elif operator == "**":
            if isinstance(left, int) and isinstance(right, int):
                _within(left.bit_length() * right, 10_000)
        elif operator == "+":
            if isinstance(left, str | list | tuple) and isinstance(right, str | list | tuple):
                _within(len(left) + len(right), MAX_TEXT)
        elif isinstance(left, str):
            _check_widths(left, right if isinstance(right, tuple) else (right,))
        return super().call_binop(context, operator, left, right)

    def concatenate(self, parts: Iterable[Any]) -> Any:
        """The `~` operator: text joined, escaped where one part is markup."""
        parts = tuple(parts)
        texts = [part if isinstance(part, str) else soft_str(part) for part in parts]
        _within(sum(map(len, texts)), MAX_TEXT)
        if any(hasattr(part, "__html__") for part in parts):
            return Markup("").join(parts)
        return "".join(texts)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None
        layout = value.__self__

        def checked(*args: Any, **kwargs: Any) -> str:
            _check_widths(layout, (*args, *kwargs.values()))
            return wrapped(*args, **kwargs)

        return checked

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 as in Jinja
        owner, name = getattr(__obj, "__self__", None), getattr(__obj, "__name__", "")
        if isinstance(owner, str):
            if name in _WIDE_METHODS:
                _check_counts(args, kwargs)
            elif name == "replace" and len(args) >= 2:
                _check_replace(owner, args[0], args[1])
            elif name == "join" and args:
                args = (_checked_join(owner, args[0]), *args[1:])
        return super().call(__context, __obj, *args, **kwargs)


def make_environment(
    undefined: UndefinedNames = "strict", environment: Environment | None = None
) -> TemplateEnvironment:
    """The environment of a template.

    Args:
        undefined: what an undefined name is: "strict" an error, "empty" nothing.
        environment: a caller's own environment, whose filters, tests, globals, extensions and (if it is not Jinja's
            default) undefined type are taken over. The sandbox and the escaping stay.

    Raises:
        ValueError: `undefined` is neither.
    """
    if undefined not in ("strict", "empty"):
        raise ValueError(f'undefined is "strict" or "empty", not {undefined!r}')
    kind: type[Undefined] = StrictMissing if undefined == "strict" else EmptyMissing
    extensions: list[Any] = ["jinja2.ext.do", "jinja2.ext.loopcontrols"]
    if environment is not None:
        if environment.undefined is not Undefined:
            kind = environment.undefined
        extensions += [type(extension) for extension in environment.extensions.values()]
    made = TemplateEnvironment(
        autoescape=True, undefined=kind, keep_trailing_newline=True, extensions=extensions, cache_size=0
    )
    for name in _NOT_OFFERED:
        made.globals.pop(name, None)
    made.filters.pop("random", None)
    for name in _COUNTED_FILTERS:
        made.filters[name] = _counted(made.filters[name])
    made.filters["join"] = _limited_join(made.filters["join"])
    made.filters["replace"] = _limited_replace(made.filters["replace"])
    strip = made.filters["trim"]
    made.filters |= PRINT_FILTERS
    made.filters["trim"] = functools.partial(_trim, strip)
    if environment is not None:
        stock = Environment()
        for own, theirs, default in (
            (made.filters, environment.filters, stock.filters),
            (made.tests, environment.tests, stock.tests),
            (made.globals, environment.globals, stock.globals),
        ):
            own.update(
                {
                    name: value
                    for name, value in theirs.items()
                    if default.get(name) is not value and name not in _NOT_OFFERED
                }
            )
    return made


def drafting(environment: Environment) -> Environment:
    """The same environment where undefined names print as something to fill in."""
    return environment.overlay(undefined=DraftMissing)


def _trim(strip: Callable[..., Any], value: Any, *arguments: Any) -> Any:
    """Jinja's `trim` of text, the print filter of numbers."""
    if isinstance(value, str | Undefined):
        return strip(value, *arguments)
    return trim(value, *arguments)


def _within(size: int, limit: int) -> None:
    if size > limit:
        raise LimitExceeded("text")


def _check_counts(args: Iterable[Any], kwargs: dict[str, Any]) -> None:
    for value in (*args, *kwargs.values()):
        if isinstance(value, int) and abs(value) > MAX_COUNT:
            raise LimitExceeded("text")


def _check_widths(layout: str, values: tuple[Any, ...]) -> None:
    """A format string names no width beyond the limit, nor takes one from a value."""
    if any(int(number) > MAX_COUNT for number in re.findall(r"\d{6,}", layout)):
        raise LimitExceeded("text")
    if "*" in layout or re.search(r"\{[^{}]*:[^{}]*\{", layout):
        _check_counts(values, {})


def _check_replace(text: str, old: Any, new: Any) -> None:
    if isinstance(old, str) and isinstance(new, str):
        count = text.count(old) if old else len(text) + 1
        _within(len(text) + count * max(0, len(new) - len(old)), MAX_TEXT)


def _checked_join(separator: str, items: Iterable[Any]) -> list[Any]:
    items = list(items)
    _within(sum(len(item) if isinstance(item, str) else 1 for item in items) + len(separator) * len(items), MAX_TEXT)
    return items


def _counted(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def checked(*args: Any, **kwargs: Any) -> Any:
        _check_counts((value for value in args[1:] if not isinstance(value, bool)), kwargs)
        if function.__name__ == "do_format" and isinstance(args[0], str):
            _check_widths(args[0], (*args[1:], *kwargs.values()))
        return function(*args, **kwargs)

    return checked


def _limited_join(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def join(eval_ctx: Any, value: Any, d: str = "", attribute: Any = None) -> Any:
        items = value if attribute is not None else _checked_join(str(d), value)
        return function(eval_ctx, items, d, attribute)

    return join


def _limited_replace(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def replace(eval_ctx: Any, s: str, old: str, new: str, count: int | None = None) -> Any:
        _check_replace(str(s), old, new)
        return function(eval_ctx, s, old, new, count)

    return replace


__all__ = [
    "DraftMissing",
    "EmptyMissing",
    "MissingName",
    "SecurityError",
    "StrictMissing",
    "TemplateEnvironment",
    "UndefinedNames",
    "drafting",
    "make_environment",
]
