"""Object graphs as bytes of `marshal`: what compiling gave, for the next process of the same program and the same Python.

Only what this program's own modules define is taken: their records, enumerations and functions (closures with what they
enclose), Jinja's programs as code objects, and plain values; all else is refused, and then nothing is kept. The bytes hold
code, so they are as trustworthy as the folder that they are read from (see `generator.kept.cache_folder`).
"""

from __future__ import annotations

import datetime
import marshal
import pathlib
import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from functools import cached_property
from importlib import import_module
from typing import Any

from generator.kept.light_classes import is_light

_OWN = "generator."
_OTHERS = frozenset(
    {"_operator", "builtins", "decimal", "datetime", "pathlib", "re"}
)  # of which functions and types are named
_ATOMS = frozenset({type(None), bool, int, float, str, bytes, types.CodeType})

# kinds of instructions, each with an argument and the places of its parts among the values
_TUPLE, _RECORD, _FUNCTION, _CELL, _LIST, _DICT, _SET, _FROZENSET, _NAMED, _CALLED, _GIVEN, _EMPTY, _FILL = range(13)


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
    writer = _Writer(given or {})
    try:
        place = writer.place(root)
    except RecursionError:
        raise Unstorable("depth") from None
    count = len(writer.constants)

    def settled(one: int) -> int:
        return one + count if one >= 0 else -one - 1

    instructions = [
        (kind, (settled(argument[0]), *argument[1:]) if kind == _FILL else argument, tuple(map(settled, parts)))
        for kind, argument, parts in writer.instructions
    ]
    try:
        return marshal.dumps((writer.constants, writer.kinds, instructions, settled(place)))
    except ValueError:
        raise Unstorable("marshal") from None


class _Writer:
    """Writes instructions, parts before wholes; constants have places from -1 downwards until their number is known."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.constants: list[Any] = []
        self.instructions: list[tuple[int, Any, tuple[int, ...]]] = []
        self.kinds: list[
            tuple[str, str, tuple[str, ...], str]
        ] = []  # of records: module, name, slots, what else they hold
        self._kinds: dict[type, int] = {}
        self._places: dict[int, int] = {}  # identity of an object -> its place
        self._atoms: dict[tuple[type, Any], int] = {}
        self._open: dict[int, tuple[int, Any]] = {}  # objects that are being written -> what makes an empty one
        self._alive: list[Any] = []  # so that identities stay those of the objects
        self._given = {id(value): name for name, value in given.items()}

    def place(self, value: Any) -> int:
        kind = type(value)
        if kind in _ATOMS:
            return self._atom(kind, value)
        key = id(value)
        if key in self._places:
            return self._places[key]
        if key in self._given:
            return self._add(value, _GIVEN, self._given[key], ())
        if key in self._open:  # a circle: it is made empty here, and filled where it was begun
            return self._add(value, _EMPTY, self._open[key], ())
        return self._composite(value, kind)

    def _atom(self, kind: type, value: Any) -> int:
        key = (
            kind,
            repr(value) if kind is float else id(value) if kind is types.CodeType else value,
        )  # 0.0 is not -0.0
        found = self._atoms.get(key)
        if found is None:
            self.constants.append(value)
            found = self._atoms[key] = -len(self.constants)
        return found

    def _add(self, value: Any, kind: int, argument: Any, parts: tuple[int, ...]) -> int:
        found = self._places[id(value)] = len(self.instructions)
        self.instructions.append((kind, argument, parts))
        self._alive.append(value)
        return found

    def _filled(self, value: Any, kind: int, argument: Any, parts: Iterable[Any]) -> int:
        """What may lead to itself: begun before its parts are written."""
        key = id(value)
        self._open[key] = kind, argument
        places = tuple(map(self.place, parts))
        del self._open[key]
        if key not in self._places:
            return self._add(value, kind, argument, places)
        self.instructions.append((_FILL, (self._places[key], kind, argument), places))
        return self._places[key]

    def _composite(self, value: Any, kind: type) -> int:
        if kind is tuple:
            return self._add(value, _TUPLE, None, tuple(map(self.place, value)))
        if kind is list:
            return self._filled(value, _LIST, None, value)
        if kind is dict:
            return self._filled(value, _DICT, None, (one for pair in value.items() for one in pair))
        if kind is set:
            return self._filled(value, _SET, None, sorted(value, key=repr))
        if kind is frozenset:
            return self._add(value, _FROZENSET, None, tuple(map(self.place, sorted(value, key=repr))))
        if kind is types.CellType:
            return self._filled(value, _CELL, None, [value.cell_contents])
        if kind is types.FunctionType:
            return self._function(value)
        if isinstance(value, Enum):
            return self._add(value, _NAMED, (*_name(kind), value.name), ())
        if isinstance(value, type) or kind is types.BuiltinFunctionType:
            return self._add(value, _NAMED, (*_name(value), ""), ())
        if (parts := _parts(value, kind)) is not None:
            name, arguments = parts
            return self._add(value, _CALLED, name, tuple(map(self.place, arguments)))
        return self._record(value, kind)

    def _function(self, value: types.FunctionType) -> int:
        if "<" not in value.__qualname__:
            return self._add(value, _NAMED, (*_name(value), ""), ())
        if not value.__module__.startswith(_OWN) or value.__kwdefaults__ or value.__dict__:
            raise Unstorable(value.__qualname__)
        parts = (value.__code__, value.__defaults__, *(value.__closure__ or ()))
        return self._add(value, _FUNCTION, (value.__module__, value.__name__), tuple(map(self.place, parts)))

    def _record(self, value: Any, kind: type) -> int:
        number = self._kinds.get(kind)
        if number is None:
            loose = hasattr(value, "__dict__")
            if (
                not kind.__module__.startswith(_OWN)
                or isinstance(value, BaseException)
                or (loose and not is_light(kind))
            ):
                raise Unstorable(kind)
            more = (
                "dict" if isinstance(value, dict) else "list" if isinstance(value, list) else "loose" if loose else ""
            )
            number = self._kinds[kind] = len(self.kinds)
            self.kinds.append((*_name(kind), _slots(kind), more))
        _, _, slots, more = self.kinds[number]
        parts: list[Any] = [getattr(value, slot) for slot in slots]
        if more == "list":
            parts += value
        elif more == "dict":
            assert isinstance(value, dict)
            parts += (one for pair in value.items() for one in pair)
        elif more:  # what is found again when it is asked for is not kept
            parts += (
                one
                for name, own in vars(value).items()
                if not isinstance(getattr(kind, name, None), cached_property)
                for one in (name, own)
            )
        return self._filled(value, _RECORD, number, parts)


def _parts(value: Any, kind: type) -> tuple[tuple[str, str, str], Iterable[Any]] | None:
    """The name of what makes a value, and its arguments; None for a record."""
    if kind is Decimal:
        return ("decimal", "Decimal", ""), (str(value),)
    if kind is datetime.date:
        return ("datetime", "date", ""), (value.year, value.month, value.day)
    if kind is types.MappingProxyType:
        return ("builtins", "mappingproxy", ""), (dict(value),)
    if isinstance(value, pathlib.PurePath):
        return ("pathlib", "Path", ""), (str(value),)
    if kind is re.Pattern:
        return ("re", "compile", ""), (value.pattern, int(value.flags))
    if isinstance(value, tuple) and hasattr(kind, "_make"):  # a NamedTuple
        return (*_name(kind), "_make"), (tuple(value),)
    if (own := getattr(kind, "__freeze__", None)) is not None:
        return (*_name(kind), "__thaw__"), own(value)
    return None


def _name(value: Any) -> tuple[str, str]:
    """Module and name of a class or function of this program, or of one that formulas use.

    Raises:
        Unstorable: it is of another, or not found under its name.
    """
    module, name = value.__module__ or "", value.__qualname__
    if not (module.startswith(_OWN) or module in _OTHERS) or _named(module, name, "") is not value:
        raise Unstorable(f"{module}.{name}")
    return module, name


def _slots(kind: type) -> tuple[str, ...]:
    found: list[str] = []
    for one in reversed(kind.__mro__):
        own = one.__dict__.get("__slots__", ())
        found += (own,) if isinstance(own, str) else own
    return tuple(name for name in found if name not in ("__dict__", "__weakref__"))


def _named(module: str, name: str, attribute: str) -> Any:
    if name == "mappingproxy":
        return types.MappingProxyType
    found: Any = import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return getattr(found, attribute) if attribute else found


def thaw(data: bytes, given: Mapping[str, Any] | None = None) -> Any:
    """The graph again.

    Args:
        data: what `freeze` made, of this program's version and this Python, from a folder that is trusted.
        given: what stands for the objects that were not kept.
    """
    constants, kinds, instructions, place = marshal.loads(data)
    values: list[Any] = constants
    makers = list(_makers(kinds))
    names: dict[tuple[str, str, str], Any] = {}
    spaces: dict[str, dict[str, Any]] = {}
    add = values.append
    for kind, argument, parts in instructions:
        if kind == _TUPLE:
            add(tuple([values[part] for part in parts]))
        elif kind == _RECORD:
            make, own, setters, more = makers[argument]
            record = make(own)
            if more:
                _fill_record(record, setters, more, [values[part] for part in parts])
            else:
                for setter, part in zip(setters, parts):  # noqa: B905  as many by construction; this is the hot loop
                    setter(record, values[part])
            add(record)
        elif kind == _FUNCTION:
            module, name = argument
            space = spaces.get(module)
            if space is None:
                space = spaces[module] = vars(import_module(module))
            code, defaults, *cells = [values[part] for part in parts]
            function = types.FunctionType(code, space, name, defaults, tuple(cells) or None)
            add(function)
        elif kind == _CELL:
            add(types.CellType(values[parts[0]]))
        elif kind == _NAMED:
            if argument not in names:
                names[argument] = _member(*argument)
            add(names[argument])
        elif kind == _CALLED:
            if argument not in names:
                names[argument] = _named(*argument)
            add(names[argument](*[values[part] for part in parts]))
        elif kind == _LIST:
            add([values[part] for part in parts])
        elif kind == _DICT:
            add({values[key]: values[parts[number + 1]] for number, key in enumerate(parts) if not number & 1})
        elif kind == _SET:
            add({values[part] for part in parts})
        elif kind == _FROZENSET:
            add(frozenset([values[part] for part in parts]))
        elif kind == _GIVEN:
            add((given or {})[argument])
        elif kind == _EMPTY:
            add(_empty(argument[0], argument[1], makers))
        else:
            whole, own, number = argument
            _fill(values[whole], own, number, [values[part] for part in parts], makers)
            add(None)  # an instruction has a place whatever it does
    return values[place]


_Maker = tuple[Callable[[Any], Any], type, tuple[Callable[[Any, Any], None], ...], str]


def _makers(kinds: Iterable[tuple[str, str, tuple[str, ...], str]]) -> Iterator[_Maker]:
    """What makes an empty record of a class, the class, what sets each of its slots, what else it holds."""
    for module, name, slots, more in kinds:
        found = _named(module, name, "")
        made: dict[str, Any] = {"dict": dict.__new__, "list": list.__new__}
        yield made.get(more, object.__new__), found, tuple(getattr(found, slot).__set__ for slot in slots), more


def _member(module: str, name: str, member: str) -> Any:
    found = _named(module, name, "")
    return found[member] if member else found


def _empty(kind: int, argument: Any, makers: list[_Maker]) -> Any:
    if kind == _RECORD:
        make, own, _, _ = makers[argument]
        return make(own)
    return {_LIST: list, _DICT: dict, _SET: set, _CELL: types.CellType}[kind]()


def _fill(whole: Any, kind: int, argument: Any, parts: list[Any], makers: list[_Maker]) -> None:
    if kind == _RECORD:
        _, _, setters, more = makers[argument]
        _fill_record(whole, setters, more, parts)
    elif kind == _LIST:
        whole.extend(parts)
    elif kind == _DICT:
        whole.update(zip(parts[::2], parts[1::2], strict=True))
    elif kind == _SET:
        whole.update(parts)
    else:
        whole.cell_contents = parts[0]


def _fill_record(record: Any, setters: tuple[Callable[[Any, Any], None], ...], more: str, parts: list[Any]) -> None:
    for setter, part in zip(setters, parts, strict=False):
        setter(record, part)
    rest = parts[len(setters) :]
    if more == "list":
        record.extend(rest)
    elif more == "dict":
        record.update(zip(rest[::2], rest[1::2], strict=True))
    elif more:
        vars(record).update(zip(rest[::2], rest[1::2], strict=True))
