"""Named tuples at low cost: what `typing.NamedTuple` makes of the same class."""

import copy
import pickle
from typing import Any, NamedTuple

import pytest

from generator.kept import light_tuples


class Plain(NamedTuple):
    """Of the standard library."""

    first: int
    second: str = "b"
    third: Any = None

    def both(self) -> str:
        """A method."""
        return f"{self.first}{self.second}"

    @property
    def double(self) -> int:
        """A property."""
        return self.first * 2


class Light(light_tuples.NamedTuple):
    """Of this program."""

    first: int
    second: str = "b"
    third: Any = None

    def both(self) -> str:
        """A method."""
        return f"{self.first}{self.second}"

    @property
    def double(self) -> int:
        """A property."""
        return self.first * 2


def outcome(work):
    try:
        return repr(work()).replace("Light", "Plain")
    except Exception as fault:
        return type(fault)


@pytest.mark.parametrize(
    "work",
    [
        lambda kind: kind(1),
        lambda kind: kind(1, "x", [2]),
        lambda kind: kind(third=3, first=1),
        lambda kind: kind(),
        lambda kind: kind(1, 2, 3, 4),
        lambda kind: kind(1, fourth=4),
        lambda kind: kind(1, first=1),
        lambda kind: kind(1)._replace(second="y"),
        lambda kind: kind(1)._replace(fourth="y"),
        lambda kind: kind._make([1, 2, 3]),
        lambda kind: kind._make([1, 2]),
        lambda kind: kind(1)._asdict(),
        lambda kind: kind._fields,
        lambda kind: kind._field_defaults,
        lambda kind: kind.__match_args__,
        lambda kind: kind.__slots__,
        lambda kind: (
            *kind(1),
            kind(1)[1],
            kind(5) < kind(6),
            kind(1) == (1, "b", None),
            hash(kind(1)) == hash(kind(1)),
        ),
        lambda kind: (kind(1).both(), kind(4).double, kind(1).third, kind.__doc__ != "", kind.__name__),
        lambda kind: setattr(kind(1), "first", 2),
        lambda kind: setattr(kind(1), "other", 2),
        lambda kind: pickle.loads(pickle.dumps(kind(1))),
        lambda kind: pickle.loads(pickle.dumps(kind(1), 2)),
        lambda kind: (copy.copy(kind(1)), copy.deepcopy(kind(1, "x", [])), type(copy.copy(kind(1)))),
        lambda kind: isinstance(kind(1), tuple) and kind.__mro__[1:],
        lambda kind: [*kind.__annotations__],
    ],
)
def it_does_what_the_standard_librarys_does(work):
    assert outcome(lambda: work(Light)) == outcome(lambda: work(Plain))


def it_matches_by_position():
    match Light(1, "x"):
        case Light(first, "x", None):
            assert first == 1
        case _:
            raise AssertionError


def it_takes_an_own_representation_and_no_fields_at_all():
    class Own(light_tuples.NamedTuple):
        value: int

        def __repr__(self) -> str:
            return "own"

    class Empty(light_tuples.NamedTuple):
        pass

    assert repr(Own(1)) == "own"
    assert Empty() == ()


def it_makes_instances_of_classes_that_derive_from_it():
    class Further(Light):
        """With the fields of the other."""

    made = Further(1)
    assert (type(made), made.first, type(Further(2)), type(Light(1))) == (Further, 1, Further, Light)


def it_refuses_what_the_standard_library_refuses():
    with pytest.raises(TypeError):

        class Wrong(light_tuples.NamedTuple):
            first: int = 1
            second: str  # type: ignore[misc]

    with pytest.raises(TypeError):

        class Two(light_tuples.NamedTuple, dict):  # type: ignore[misc]
            first: int
