"""Object graphs as bytes: what compiling gave, for the next process of the same program and the same Python.

Only what this program's own modules define is taken: their records, enumerations and functions (closures with what they
enclose), Jinja's programs as code objects, and plain values; all else is refused, and then nothing is kept. The bytes hold
code, so they are as trustworthy as the folder that they are read from (see `generator.kept.cache_folder`).
"""

from __future__ import annotations

import datetime
import io
import marshal
import pathlib
import pickle
import re
import types
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from functools import cached_property, partial
from importlib import import_module
from typing import Any

from generator.kept.light_classes import is_light

_OWN = "generator."
_OTHERS = frozenset({"_operator", "datetime", "decimal", "pathlib", "re"})  # whose functions and types are named
_BUILTINS = frozenset(
    {abs, all, any, bool, bytes, dict, float, frozenset, int, len, list, max, min, round, set, str, sum, tuple}
)
_LEAVES = frozenset({str, int, bool, float, bytes, type(None), Decimal})  # which lead nowhere
_VALUES = (Decimal, datetime.date, re.Pattern)


class Unstorable(Exception):
    """The graph holds what cannot be kept."""


def freeze(root: Any, given: Mapping[str, Any] | None = None) -> bytes:
    """A graph as bytes.

    Args:
        root: what is kept, with all that it leads to.
        given: by name, objects that are not kept: `thaw` is handed others in their stead.

    Raises:
        Unstorable: it holds what cannot be kept.
    """
    writer = _Freezer(given or {})
    try:
        writer.dump(root)
    except (RecursionError, pickle.PicklingError) as error:  # too deep; not found under its name
        raise Unstorable(str(error)) from None
    return marshal.dumps((writer.codes, writer.stream.getvalue()))


def thaw(data: bytes, given: Mapping[str, Any] | None = None) -> Any:
    """The graph again.

    Args:
        data: what `freeze` made, of this program's version and this Python, from a folder that is trusted.
        given: what stands for the objects that were not kept.
    """
    codes, stream = marshal.loads(data)
    return _Thawer(io.BytesIO(stream), [*enumerate(codes), *(given or {}).items()]).load()


class _Freezer(pickle.Pickler):
    """Pickles what may be kept; code, which pickles do not hold, stands beside them."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.stream = io.BytesIO()
        super().__init__(self.stream, pickle.HIGHEST_PROTOCOL)
        self.codes: list[types.CodeType] = []
        self._apart: dict[int, str | int] = {id(value): name for name, value in given.items()}
        self._closures: dict[tuple[str, types.CodeType], _Tool] = {}

    def persistent_id(self, obj: Any) -> str | int | None:
        if type(obj) is types.CodeType and id(obj) not in self._apart:
            self._apart[id(obj)] = len(self.codes)
            self.codes.append(obj)
        return self._apart.get(id(obj))

    def reducer_override(self, obj: Any) -> Any:
        """How an object is made again; as `pickle` does it (NotImplemented) where it may be kept so."""
        kind = type(obj)
        if kind is types.CellType:
            return _cell_parts(obj.cell_contents)
        if kind is types.MappingProxyType:
            return _read_only, (dict(obj),)
        if kind is types.FunctionType and "<" in obj.__qualname__:
            return self._closure_parts(obj)
        if kind is _Tool:
            return _tool, obj.named
        if isinstance(obj, type | types.FunctionType | types.BuiltinFunctionType):
            _check_named(obj)
        elif isinstance(obj, pathlib.PurePath):
            return pathlib.Path, (str(obj),)
        elif not isinstance(obj, _VALUES):
            return _record_parts(obj, kind)
        return NotImplemented

    def _closure_parts(self, function: types.FunctionType) -> tuple[Any, ...]:
        code, module = function.__code__, function.__module__
        if (
            not module.startswith(_OWN)
            or function.__kwdefaults__
            or function.__dict__
            or function.__name__ != code.co_name
        ):
            raise Unstorable(function.__qualname__)
        tool = self._closures.setdefault((module, code), _Tool(module, code))
        return tool, (None, function.__defaults__, function.__closure__)


class _Thawer(pickle.Unpickler):
    """Reads a pickle with what stands apart from it, by number or name."""

    def __init__(self, stream: io.BytesIO, apart: Iterable[tuple[str | int, Any]]) -> None:
        super().__init__(stream)
        self._apart = dict(apart)

    def persistent_load(self, pid: Any) -> Any:
        return self._apart[pid]

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        """What is named; nothing that would not have been kept."""
        found = super().find_class(module_name, global_name)
        _check_named(found)
        return found


def _check_named(named: Any) -> None:
    """Refuse a class or function that is neither of this program nor one that formulas use."""
    module, name = named.__module__ or "", named.__qualname__
    if not (module.startswith(_OWN) or module.partition(".")[0] in _OTHERS or named in _BUILTINS):
        raise Unstorable(f"{module}.{name}")


def _cell_parts(contents: Any) -> tuple[Any, ...]:
    """How a cell is made: at once, or, where what it encloses could lead back to it, empty first."""
    if type(contents) in _LEAVES:
        return _CELL, (contents,)
    return _CELL, (), contents, None, None, _SET_CELL


def _record_parts(record: Any, kind: type) -> Any:
    """The parts of a record of this program; what is found again when it is asked for is not kept."""
    if not kind.__module__.startswith(_OWN) or isinstance(record, BaseException):
        raise Unstorable(kind)
    says_itself = kind.__reduce__ is not object.__reduce__ or hasattr(kind, "__setstate__")
    if not hasattr(record, "__dict__") or isinstance(record, Enum) or says_itself:
        return NotImplemented
    if not is_light(kind):
        raise Unstorable(kind)
    found = [name for name in vars(record) if isinstance(getattr(kind, name, None), cached_property)]
    if not found:
        return NotImplemented
    make, arguments, state = record.__reduce_ex__(pickle.HIGHEST_PROTOCOL)[:3]
    return make, arguments, {name: value for name, value in state.items() if name not in found}


def _read_only(content: dict[Any, Any]) -> Mapping[Any, Any]:
    return types.MappingProxyType(content)


class _Tool:
    """Stands for what makes many objects again; `_tool` gives it, once for all of them, and no code in Python runs for each.

    Args:
        named: what `_tool` is told.
    """

    __slots__ = ("named",)

    def __init__(self, *named: Any) -> None:
        self.named = named

    def __call__(self) -> None:
        """Nobody calls it: a pickle takes nothing else in the place of a function."""


_CELL, _SET_CELL = _Tool("cell"), _Tool("set")


def _tool(name: str, code: Any = None) -> Any:
    """What makes a cell, fills one, or makes the closures of one code in the module of that name."""
    if name == "cell":
        return types.CellType
    if name == "set":
        return types.CellType.__dict__["cell_contents"].__set__
    if not name.startswith(_OWN):
        raise Unstorable(name)
    return partial(types.FunctionType, code, vars(import_module(name)))
