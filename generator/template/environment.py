"""The Jinja environment of Word and Excel templates.

Templates come from elsewhere: the sandbox is immutable, values are escaped, undefined names are errors, and what a
template may cost is limited (`budget`, `bounded`). Only what a report holds reaches it (dicts, lists, text, numbers, dates, figures), and
what a Python caller puts into a context of his own. Dict keys come before attributes: `r.items` is the key.
"""

from __future__ import annotations

import datetime
import functools
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from types import FunctionType
from typing import Any, Literal

from jinja2 import ChainableUndefined, Environment, StrictUndefined, Undefined, UndefinedError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup, soft_str

from generator.figures import PRINT_FILTERS, Blank, Figure, FigureArithmetic, markdown, trim
from generator.template.bounded import Format, spend_formatting, within_method, within_type_method
from generator.template.bounded_filters import bounded_filters, bounded_tests
from generator.template.budget import ITEM, LimitExceeded, fraction_bits
from generator.template.codegen import BytesGenerator
from generator.template.codes import CODE_FILTERS
from generator.template.layouts import within_date_method, wrapped_format
from generator.template.output import RenderContext
from generator.template.printable import printable

UndefinedNames = Literal["strict", "empty"]
_NOT_OFFERED = ("lipsum", "dict")  # random text; a way to methods that change what is printed
_MUTABLE = (dict, list, set, bytearray, deque)
_MACHINES = frozenset(("today", "now", "utcnow", "fromtimestamp", "utcfromtimestamp", "astimezone", "timestamp"))
"""What dates would tell of the machine's clock and place: a document must be the same on every run."""
_COUNTED = (str, int, float, Decimal, bytes)
_MAX_BITS = 20_000  # of a whole number that a template computes
_OF_LOOPS = frozenset(("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0"))
_RECORD_METHODS = {"items", "keys", "values", "get", "copy"}


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
        if isinstance(name, StrictMissing):  # an index that is undefined itself
            name, obj = name._undefined_name, name._undefined_obj
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
        return DraftMissing(obj=self, name=str(key) if isinstance(key, str | int) else "…")


def _text(pieces: Iterable[str | bytes]) -> str:
    """What a block prints that is asked for by name (`self.name()`): its pieces, which are bytes where it stands."""
    return "".join(piece if isinstance(piece, str) else piece.decode() for piece in pieces)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """The environment that compiles and runs templates; make one with `make_environment`."""

    code_generator_class = BytesGenerator
    concat = staticmethod(_text)  # type: ignore[assignment]  Jinja's is typed for strings alone
    context_class = RenderContext
    intercepted_binops = frozenset({"*", "**", "+", "%", "-", "/"})
    own_functions: Mapping[FunctionType, bool] = {}  # that an engine's programs call, and whether they take the context

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
        elif kind is LoopContext and attribute in _OF_LOOPS:
            try:
                return getattr(obj, attribute)
            except AttributeError:  # of what gives the items
                pass
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        # a method of the type itself takes what it changes as its argument
        if isinstance(obj, type) and issubclass(obj, _MUTABLE):
            return False
        if attr in _MACHINES and isinstance(obj, datetime.date | type):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def method(self, obj: Any, attribute: str) -> Any:
        """An attribute that is called: of a record the method, where its key of that name cannot be called (`d.items()`)."""
        if type(obj) is dict and attribute in _RECORD_METHODS and not callable(obj.get(attribute)):
            return getattr(obj, attribute)
        return self.getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if isinstance(left, Figure) or isinstance(right, Figure):
            raise FigureArithmetic("arithmetic on a figure")
        budget = context.output.budget  # type: ignore[attr-defined]  it is a `RenderContext`
        if operator == "*":
            for factor, count in ((left, right), (right, left)):
                if isinstance(factor, str | bytes | list | tuple) and isinstance(count, int):
                    budget.spend(len(factor) * max(0, count) * (1 if isinstance(factor, str) else ITEM))
            if isinstance(left, int) and isinstance(right, int):
                _within(left.bit_length() + right.bit_length(), _MAX_BITS)
        elif operator == "**":
            if isinstance(left, int | Fraction) and isinstance(right, int):
                _within(_bits(left) * abs(right), _MAX_BITS)
        elif operator == "+":
            if isinstance(left, list | tuple) and isinstance(right, list | tuple):
                budget.spend(ITEM * (len(left) + len(right)))
            elif isinstance(left, str) and isinstance(right, str):
                budget.spend(len(left) + len(right))
        elif operator == "%" and isinstance(left, str | bytes):
            layout = left if isinstance(left, str) else left.decode("latin-1")
            spend_formatting(budget, layout, right if isinstance(right, tuple) else (right,), "%")
            values = right.values() if isinstance(right, dict) else right if isinstance(right, tuple) else (right,)
            for value in values:
                printable(value)
        return budget.made(super().call_binop(context, operator, left, right))

    def concatenate(self, context: RenderContext, parts: Iterable[Any]) -> Any:
        """The `~` operator: text joined, escaped where one part is markup."""
        parts = tuple(parts)
        budget = context.output.budget
        texts = [part if isinstance(part, str) else soft_str(_weighed(budget, part)) for part in parts]
        budget.spend(sum(map(len, texts)))
        if any(hasattr(part, "__html__") for part in parts):
            return Markup("").join(parts)
        return "".join(texts)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        return wrapped_format(self, value)

    def own(self, context: RenderContext, function: Any, *arguments: Any) -> Any:
        """What a function of the engine gives that a program calls; what has taken its name is called as anything else."""
        takes_context = self.own_functions.get(function) if type(function) is FunctionType else None
        if takes_context is None:
            return self.call(context, function, *arguments)
        value = function(context, *arguments) if takes_context else function(*arguments)
        return value if value is None else context.output.budget.made(value)

    def call(__self, __context: RenderContext, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 as in Jinja
        budget = __context.output.budget
        if type(__obj) is FunctionType and (takes_context := __self.own_functions.get(__obj)) is not None:
            for name in ("_loop_vars", "_block_vars"):  # they ask the context for the render alone
                kwargs.pop(name, None)
            return budget.made(__obj(__context, *args, **kwargs) if takes_context else __obj(*args, **kwargs))
        if type(__obj) is Format:
            for name in ("_loop_vars", "_block_vars"):
                kwargs.pop(name, None)
            for value in (*args, *kwargs.values()):
                printable(value, whole="[" not in __obj.layout)
            return __obj.call(budget, args, kwargs)
        owner = getattr(__obj, "__self__", None)
        if isinstance(owner, _COUNTED):
            args = within_method(budget, owner, getattr(__obj, "__name__", ""), args, kwargs)
        elif isinstance(owner, type) and issubclass(owner, _COUNTED):
            within_type_method(owner, getattr(__obj, "__name__", ""))
        elif owner is not None:
            within_date_method(owner, getattr(__obj, "__name__", ""), args, kwargs)
        return budget.made(super().call(__context, __obj, *args, **kwargs))


def _weighed(budget: Any, value: Any) -> Any:
    """A value that is about to print."""
    printable(value)
    budget.weigh(value)
    return value


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
    extensions: list[Any] = ["jinja2.ext.do"]
    if environment is not None:
        if environment.undefined is not Undefined:
            kind = environment.undefined
        extensions += [type(extension) for extension in environment.extensions.values()]
    made = TemplateEnvironment(
        autoescape=True,
        undefined=kind,
        keep_trailing_newline=True,
        extensions=extensions,
        cache_size=0,
        optimized=False,  # constants are computed within the budget too, not while the template is compiled
    )
    for name in _NOT_OFFERED:
        made.globals.pop(name, None)
    made.filters.pop("random", None)
    strip = made.filters["trim"]
    made.filters = bounded_filters(
        {**made.filters, **PRINT_FILTERS, "trim": functools.partial(_trim, strip), "markdown": markdown, **CODE_FILTERS}
    )
    made.tests = bounded_tests(made.tests)
    if environment is not None:
        stock = Environment()
        for own, theirs, default in (
            (made.filters, environment.filters, stock.filters),
            (made.tests, environment.tests, stock.tests),
            (made.globals, environment.globals, stock.globals),
        ):
            offered = (name for name in theirs if default.get(name) is not theirs[name] and name not in _NOT_OFFERED)
            own.update({name: theirs[name] for name in offered})
    return made


def _trim(strip: Callable[..., Any], value: Any, *arguments: Any) -> Any:
    """Jinja's `trim` of text, the print filter of numbers."""
    return (strip if isinstance(value, str | Undefined) else trim)(value, *arguments)


def _bits(number: int | Fraction) -> int:
    return number.bit_length() if isinstance(number, int) else fraction_bits(number)


def _within(size: int, limit: int) -> None:
    if size > limit:
        raise LimitExceeded("text")
