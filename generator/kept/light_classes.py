"""Data classes that cost little to make: what `dataclasses.dataclass` gives, for the features that this program uses.

The standard library writes, compiles and runs six functions for each class when its module is imported, half a millisecond a class:
a quarter of a cold `render`, which imports 190 of them. Here comparison, hashing, printing and freezing are closures over one
`attrgetter`, and `__init__` is written and compiled when the first instance is made; records that are thawed out of the cache never
need it. What is printed of a record is bounded: a report holds itself many times over. Whoever asks for `__dataclass_fields__` (`dataclasses.fields`, `asdict`, `replace`, Dask) gets them, made then.

Not taken: `InitVar`, `KW_ONLY`, keyword-only fields, `order`, `weakref_slot`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from reprlib import Repr
from typing import Any, ClassVar, TypeVar, cast, dataclass_transform, get_origin, overload

_T = TypeVar("_T")
_Of = TypeVar("_Of", bound=type)

_MISSING: Any = object()


class Field:
    """How one field of a class is made, compared and printed."""

    __slots__ = ("compare", "default", "default_factory", "hash", "init", "repr")

    def __init__(self, default: Any, factory: Any, given: bool, shown: bool, hashed: bool, compared: bool) -> None:
        self.default = default
        self.default_factory = factory
        self.init = given
        self.repr = shown
        self.hash = hashed
        self.compare = compared


@overload
def field(
    *, default: _T, init: bool = True, repr: bool = True, hash: bool | None = None, compare: bool = True
) -> _T: ...


@overload
def field(
    *,
    default_factory: Callable[[], _T],
    init: bool = True,
    repr: bool = True,
    hash: bool | None = None,
    compare: bool = True,
) -> _T: ...


@overload
def field(*, init: bool = True, repr: bool = True, hash: bool | None = None, compare: bool = True) -> Any: ...


def field(
    *,
    default: Any = _MISSING,
    default_factory: Any = _MISSING,
    init: bool = True,
    repr: bool = True,  # noqa: A002  the standard library's names
    hash: bool | None = None,  # noqa: A002  as above
    compare: bool = True,
) -> Any:
    """As `dataclasses.field`: `hash` follows `compare` where it is None."""
    return Field(default, default_factory, init, repr, compare if hash is None else hash, compare)


@overload
def dataclass(cls: _Of, /) -> _Of: ...


@overload
def dataclass(*, frozen: bool = False, slots: bool = False, eq: bool = True) -> Callable[[_Of], _Of]: ...


@dataclass_transform(field_specifiers=(field,))
def dataclass(cls: Any = None, /, *, frozen: bool = False, slots: bool = False, eq: bool = True) -> Any:
    """As `dataclasses.dataclass`.

    Raises:
        TypeError: a field without a default follows one with a default (when the first instance is made).
        ValueError: a default can change.
    """
    if cls is None:
        return lambda one: _made(one, frozen, slots, eq)
    return _made(cls, frozen, slots, eq)


def replace(record: _T, /, **changes: Any) -> _T:
    """As `dataclasses.replace`."""
    for name, one in cast("Any", record).__light_fields__.items():
        if not one.init:
            if name in changes:
                raise TypeError(f"field {name} is not given to __init__")
        elif name not in changes:
            changes[name] = getattr(record, name)
    return record.__class__(**changes)


def field_names(kind: Any) -> tuple[str, ...]:
    """The names of the fields of a class or record, in their order."""
    return tuple(kind.__light_fields__)


def as_dict(record: Any) -> dict[str, Any]:
    """A record as plain dictionaries and lists, records within it too, as JSON takes it."""
    return {name: _plain(getattr(record, name)) for name in field_names(record)}


def _plain(value: Any) -> Any:
    if is_light(type(value)):
        return as_dict(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def is_light(kind: type) -> bool:
    """Whether a class was made by `dataclass` here, or derives from one."""
    return hasattr(kind, "__light_fields__")


def _made(cls: Any, frozen: bool, slots: bool, eq: bool) -> Any:
    own, fields = _fields(cls)
    space = cls.__dict__
    added: dict[str, Any] = {"__light_fields__": fields, **_standard(frozen, slots, eq)}
    made: list[Any] = []  # the class, which slots make a second time

    def begin(self: Any, *arguments: Any, **named: Any) -> None:
        """Stands for `__init__` until the first instance is made."""
        made[0].__init__ = _init(made[0], fields, frozen)
        made[0].__init__(self, *arguments, **named)

    begin.__name__, begin.__qualname__ = "__init__", f"{cls.__qualname__}.__init__"
    if "__init__" not in space:
        added["__init__"] = begin
    if "__repr__" not in space:
        added["__repr__"] = _printed
    if "__match_args__" not in space:
        added["__match_args__"] = tuple(name for name, one in fields.items() if one.init)
    if eq:
        added |= _comparison(space, fields, frozen)
    if frozen:
        added |= _freezing(made, fields)
    if slots:
        if frozen:
            added |= {"__getstate__": _state, "__setstate__": _set_state}
        cls = _with_slots(cls, own, fields, added)
    else:
        for name, value in added.items():
            setattr(cls, name, value)
        for name in own:
            if (default := fields[name].default) is not _MISSING:
                setattr(cls, name, default)
            elif name in space:
                delattr(cls, name)
    made.append(cls)
    return cls


def _fields(cls: Any) -> tuple[list[str], dict[str, Field]]:
    """The names of the fields that a class itself has, and all its fields, those of its bases first."""
    fields: dict[str, Field] = {}
    for base in cls.__mro__[:0:-1]:
        fields |= base.__dict__.get("__light_fields__", {})
    space = cls.__dict__
    own: list[str] = []
    for name, annotation in _annotations(cls).items():
        if _is_of_class(annotation):
            continue
        own.append(name)
        default = space.get(name, _MISSING)
        if default.__class__.__hash__ is None:
            raise ValueError(f"mutable default {type(default)} for field {name} is not allowed: use default_factory")
        fields[name] = default if isinstance(default, Field) else Field(default, _MISSING, True, True, True, True)
    return own, fields


def _annotations(cls: Any) -> Mapping[str, Any]:
    if sys.version_info >= (3, 14):  # they are evaluated when asked for, and may name what is imported for types alone
        import annotationlib

        return annotationlib.get_annotations(cls, format=annotationlib.Format.FORWARDREF)
    return cls.__dict__.get("__annotations__", {})  # noqa: RUF063  what else would do this imports inspect


def _is_of_class(annotation: Any) -> bool:
    if isinstance(annotation, str):
        return annotation.startswith(("ClassVar", "typing.ClassVar"))
    return annotation is ClassVar or get_origin(annotation) is ClassVar


def _with_slots(cls: Any, own: list[str], fields: Mapping[str, Field], added: Mapping[str, Any]) -> Any:
    """The class again, with slots for its fields but for those that a base has slots for."""
    inherited = {name for base in cls.__mro__[1:-1] for name in _slots_of(base)}
    space = dict(cls.__dict__)
    for name in ("__dict__", "__weakref__", *own):
        space.pop(name, None)
    space |= added
    space["__slots__"] = tuple(name for name in fields if name not in inherited)
    made = type(cls)(cls.__name__, cls.__bases__, space)
    made.__qualname__ = cls.__qualname__
    return made


def _slots_of(base: type) -> tuple[str, ...]:
    slots = base.__dict__.get("__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


def _values_of(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads these fields of a record."""
    if len(names) > 1:
        return attrgetter(*names)
    if not names:
        return lambda _: ()
    one = attrgetter(names[0])
    return lambda record: (one(record),)


def _comparison(space: Mapping[str, Any], fields: Mapping[str, Field], frozen: bool) -> dict[str, Any]:
    """`__eq__`, and the hash that goes with it: that of the values where they cannot change, else none."""
    found: dict[str, Any] = {}
    compared = [name for name, one in fields.items() if one.compare]
    values = _values_of(compared)

    def is_equal(self: Any, other: Any) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    if "__eq__" not in space:
        found["__eq__"] = is_equal
    given = space.get("__hash__", _MISSING)
    if given is not _MISSING and not (given is None and "__eq__" in space):
        return found
    if not frozen:
        return {**found, "__hash__": None}
    names = [name for name, one in fields.items() if one.hash]
    hashed = values if names == compared else _values_of(names)
    return {**found, "__hash__": lambda self: hash(hashed(self))}


def _freezing(made: list[Any], fields: Mapping[str, Field]) -> dict[str, Any]:
    def set_attribute(self: Any, name: str, value: Any) -> None:
        _refuse(self, name, "assign to")
        super(made[0], self).__setattr__(name, value)

    def delete_attribute(self: Any, name: str) -> None:
        _refuse(self, name, "delete")
        super(made[0], self).__delattr__(name)

    def _refuse(self: Any, name: str, act: str) -> None:
        if type(self) is made[0] or name in fields:
            from dataclasses import FrozenInstanceError

            raise FrozenInstanceError(f"cannot {act} field {name!r}")

    return {"__setattr__": set_attribute, "__delattr__": delete_attribute}


class _Short(Repr):
    """What is printed of a record: the first items of what it holds, records within records down to a depth."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 4
        self.maxdict = self.maxlist = self.maxtuple = self.maxset = self.maxfrozenset = 10
        self.maxstring = self.maxother = self.maxlong = 200

    def repr_instance(self, x: Any, level: int) -> str:
        kind = type(x)
        if kind.__repr__ is _printed:
            return self.repr_record(x, level)
        if kind.__repr__ is dict.__repr__:
            return self.repr_dict(x, level)
        return self.repr_list(x, level) if kind.__repr__ is list.__repr__ else super().repr_instance(x, level)

    def repr_record(self, record: Any, level: int) -> str:
        """A record with the names of its fields; only its class beyond the depth."""
        if level <= 0:
            return f"{record.__class__.__qualname__}(...)"
        fields = [name for name, one in record.__light_fields__.items() if one.repr]
        shown = [f"{name}={self.repr1(getattr(record, name), level - 1)}" for name in fields]
        return f"{record.__class__.__qualname__}({', '.join(shown)})"


_SHORT = _Short()


def _printed(self: Any) -> str:
    return _SHORT.repr_record(self, _SHORT.maxlevel)


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__light_fields__]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__light_fields__, state, strict=True):
        object.__setattr__(self, name, value)


def _init(cls: Any, fields: Mapping[str, Field], frozen: bool) -> Any:
    """`__init__`, written and compiled. A slot of a frozen record is set by its own descriptor, what else is frozen by `object`."""
    space: dict[str, Any] = {"_set": object.__setattr__, "_missing": _MISSING}
    parameters, lines = ["self"], []
    for name, one in fields.items():
        value = name
        if one.default_factory is not _MISSING:
            space[f"_make_{name}"] = one.default_factory
            value = f"_make_{name}()"
            if one.init:
                parameters.append(f"{name}=_missing")
                value = f"{value} if {name} is _missing else {name}"
        elif one.default is not _MISSING:
            space[f"_default_{name}"] = one.default
            if one.init:
                parameters.append(f"{name}=_default_{name}")
            else:
                value = f"_default_{name}"
        elif not one.init:
            continue
        else:
            if parameters[-1].partition("=")[1]:
                raise TypeError(f"non-default argument {name!r} follows default argument")
            parameters.append(name)
        setter = getattr(cls.__dict__.get(name), "__set__", None)
        if not frozen:
            lines.append(f" self.{name} = {value}")
        elif setter is not None:
            space[f"_set_{name}"] = setter
            lines.append(f" _set_{name}(self, {value})")
        else:
            lines.append(f" _set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec("\n".join([f"def __init__({', '.join(parameters)}):", *(lines or [" pass"])]), space)
    made = space["__init__"]
    made.__qualname__, made.__module__ = f"{cls.__qualname__}.__init__", cls.__module__
    return made


class _Standard:
    """What the standard library says of a data class, made by it when it is first asked for."""

    __slots__ = ("made", "name", "options")

    def __init__(self, name: str, options: Mapping[str, bool]) -> None:
        self.name = name
        self.options = options
        self.made: dict[type, Any] = {}

    def __get__(self, record: Any, kind: Any) -> Any:
        if kind not in self.made:
            self.made[kind] = self._make(kind)
        return self.made[kind]

    def _make(self, kind: Any) -> Any:
        import dataclasses

        given, types = [], {}
        for base in reversed(kind.__mro__):
            types |= _annotations(base)
        for name, one in kind.__light_fields__.items():
            shape = {"init": one.init, "repr": one.repr, "hash": one.hash, "compare": one.compare}
            if one.default is not _MISSING:
                shape["default"] = one.default
            if one.default_factory is not _MISSING:
                shape["default_factory"] = one.default_factory
            given.append((name, types[name], dataclasses.field(**shape)))
        return getattr(dataclasses.make_dataclass(kind.__name__, given, **cast("Any", self.options)), self.name)


@cache
def _standard(frozen: bool, slots: bool, eq: bool) -> dict[str, _Standard]:
    """What tells of classes that were made with the same options."""
    options = {"frozen": frozen, "slots": slots, "eq": eq}
    return {name: _Standard(name, options) for name in ("__dataclass_fields__", "__dataclass_params__")}
