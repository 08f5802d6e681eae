"""Named tuples that cost little to make: what `typing.NamedTuple` gives.

The standard library writes and compiles the `__new__` of each class when its module is imported, a third of a millisecond a class; here
that is done when the first instance is made. A class is used as one that derives from `typing.NamedTuple`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import _tuplegetter

    def NamedTuple() -> None:  # noqa: N802  the standard library's name
        """What named tuples derive from."""

    class _Kind(type):
        def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> Any:
            if bases != (_Base,):
                raise TypeError("a named tuple derives from nothing else")
            names = tuple(_annotated(space))
            defaults = {field: space[field] for field in names if field in space}
            if tuple(defaults) != names[len(names) - len(defaults) :]:
                raise TypeError("a field without a default follows one with a default")
            made: list[Any] = []

            def begin(of: Any, *values: Any, **named: Any) -> Any:
                """Stands for `__new__` until the first instance is made."""
                made[0].__new__ = staticmethod(_new(names, defaults))
                return made[0].__new__(of, *values, **named)

            space = _SHARED | space | {field: _tuplegetter(number, "") for number, field in enumerate(names)}
            space |= {"_fields": names, "_field_defaults": defaults, "__match_args__": names, "__new__": begin}
            made.append(type(name, (tuple,), space))
            return made[0]

    _Base = type.__new__(_Kind, "NamedTuple", (), {})
    NamedTuple.__mro_entries__ = lambda bases: (_Base,)


def _annotated(space: dict[str, Any]) -> Iterable[str]:
    """The names that a class body annotates."""
    if sys.version_info >= (3, 14) and "__annotations__" not in space:
        from annotationlib import Format, call_annotate_function, get_annotate_from_class_namespace

        annotate = get_annotate_from_class_namespace(space)
        return [] if annotate is None else call_annotate_function(annotate, Format.FORWARDREF)
    return space.get("__annotations__", ())


def _new(names: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    """`__new__`, written and compiled."""
    listed = "".join(f"{name}, " for name in names)
    new = eval(f"lambda _cls, {listed}: _new(_cls, ({listed}))", {"_new": tuple.__new__, "__builtins__": {}})
    new.__name__ = "__new__"
    new.__defaults__ = tuple(defaults.values()) or None
    return new


def _make(cls: Any, iterable: Iterable[Any]) -> Any:
    """A tuple of what an iterable gives."""
    made = tuple.__new__(cls, iterable)
    if len(made) != len(cls._fields):
        raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
    return made


def _replace(self: Any, /, **changes: Any) -> Any:
    """The same with other values for some fields."""
    made = self._make(map(changes.pop, self._fields, self))
    if changes:
        raise ValueError(f"Got unexpected field names: {list(changes)!r}")
    return made


def _printed(self: Any) -> str:
    shown = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
    return f"{self.__class__.__name__}({shown})"


_SHARED: dict[str, Any] = {
    "__slots__": (),
    "__repr__": _printed,
    "_make": classmethod(_make),
    "_replace": _replace,
    "__replace__": _replace,
    "_asdict": lambda self: dict(zip(self._fields, self, strict=True)),
    "__getnewargs__": lambda self: tuple(self),
}
