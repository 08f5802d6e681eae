"""Data classes made cheaply are data classes as the standard library makes them."""

import dataclasses
import pickle
import threading
from functools import cached_property
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.kept.light_classes import dataclass, field, field_names, is_light, replace


@dataclass(frozen=True, slots=True)
class Place:
    sheet: str
    row: int = 1
    note: str = field(default="", compare=False, repr=False)
    parts: list[int] = field(default_factory=list, hash=False)

    known: ClassVar[int] = 3

    def below(self) -> "Place":
        return replace(self, row=self.row + 1)


@dataclasses.dataclass(frozen=True, slots=True)
class StandardPlace:
    sheet: str
    row: int = 1
    note: str = dataclasses.field(default="", compare=False, repr=False)
    parts: list[int] = dataclasses.field(default_factory=list, hash=False)

    known: ClassVar[int] = 3


@dataclass(frozen=True)
class Cell(Place):
    column: int = 0

    @cached_property
    def name(self) -> str:
        return f"{self.sheet}!{self.row},{self.column}"


@dataclass(slots=True)
class Counter:
    start: int
    seen: set[int] = field(default_factory=set)
    total: int = field(init=False)
    unset: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.total = self.start


@dataclass
class Loose:
    names: dict[str, Any] = field(default_factory=dict)
    kind: str = "loose"


@dataclass(slots=True, eq=False)
class Alone:
    pass


VALUES = st.tuples(st.text(max_size=2), st.integers(0, 2), st.text(max_size=1), st.lists(st.integers(0, 1), max_size=2))


@given(VALUES, VALUES)
def it_compares_hashes_and_prints_as_the_standard_library_does(left, right):
    ours, theirs = Place(*left), StandardPlace(*left)
    assert repr(ours) == repr(theirs).replace("StandardPlace", "Place")
    assert hash(ours) == hash(theirs)
    assert (ours == Place(*right)) == (theirs == StandardPlace(*right))
    assert ours != theirs
    assert ours.below().below().row == left[1] + 2


@given(VALUES)
def it_pickles_and_replaces(values):
    for record in (Place(*values), Cell(*values, 7), Counter(3, {1})):
        assert record.__reduce_ex__(4) is not None
    place = Place(*values)
    assert pickle.loads(pickle.dumps(place)) == place
    assert pickle.loads(pickle.dumps(place)).note == values[2]
    assert dataclasses.replace(place, row=9) == replace(place, row=9) == Place(values[0], 9, values[2], values[3])


def it_freezes():
    place = Place("A")
    for act in (lambda: setattr(place, "row", 2), lambda: delattr(place, "row"), lambda: setattr(Cell("A"), "row", 2)):
        with pytest.raises(dataclasses.FrozenInstanceError, match="row"):
            act()
    with pytest.raises((AttributeError, TypeError)):
        place.other = 1  # type: ignore[attr-defined]
    counter = Counter(1)
    counter.start = 5
    assert counter == replace_total(Counter(5), 1)


def replace_total(counter: Counter, total: int) -> Counter:
    counter.total = total
    return counter


def it_makes_each_default_afresh_and_leaves_fields_out_of_init():
    assert Counter(1).seen is not Counter(1).seen
    assert Loose().names is not Loose().names
    assert Loose.kind == "loose"
    assert not hasattr(Loose, "names")
    assert Counter(4).total == 4
    assert not hasattr(Counter(4), "unset")
    with pytest.raises(TypeError, match="total"):
        replace(Counter(1), total=2)
    with pytest.raises(TypeError):
        Counter(1, set(), 3)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"Place\.__init__\(\) missing 1 required positional argument: 'sheet'"):
        Place()  # type: ignore[call-arg]


def it_takes_what_bases_have():
    cell = Cell("表", 2, column=5)
    assert cell.name == cell.name == "表!2,5"
    assert field_names(Cell) == ("sheet", "row", "note", "parts", "column")
    assert Cell("A", 1) != Place("A", 1)
    assert repr(cell) == "Cell(sheet='表', row=2, parts=[], column=5)"
    assert Cell.known == Place.known == 3


def it_matches_by_position():
    match Place("A", 4):
        case Place(sheet, row):
            assert (sheet, row) == ("A", 4)


def it_has_a_hash_where_values_cannot_change():
    assert Counter.__hash__ is None
    assert Loose.__hash__ is None
    assert Alone.__hash__ is object.__hash__
    assert Alone() != Alone()


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("own", [(), ("__hash__",), ("__eq__",), ("__hash__", "__eq__")])
def it_keeps_a_hash_and_a_comparison_of_ones_own(frozen, own):
    def made(how: Any) -> Any:
        given = {"__hash__": lambda self: 7, "__eq__": lambda self, other: True}
        return how(frozen=frozen)(
            type("Point", (), {"__annotations__": {"x": int}, **{name: given[name] for name in own}})
        )

    ours, theirs = made(dataclass), made(dataclasses.dataclass)
    for one in (ours, theirs):
        assert (one(1) == one(2)) == ("__eq__" in own)
        assert (one.__hash__ is None) == (not frozen and "__hash__" not in own)
        if one.__hash__ is not None:
            assert (hash(one(1)) == 7) == ("__hash__" in own)


def it_is_a_data_class_to_the_standard_library():
    assert dataclasses.is_dataclass(Place)
    assert [one.name for one in dataclasses.fields(Counter)] == ["start", "seen", "total", "unset"]
    assert [one.type for one in dataclasses.fields(Cell)][-2:] == [list[int], int]
    assert dataclasses.asdict(Loose({"a": 1})) == {"names": {"a": 1}, "kind": "loose"}
    assert Place.__dataclass_params__.frozen  # type: ignore[attr-defined]  # Dask reads them
    assert not Counter(1).__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert is_light(Cell)
    assert not is_light(StandardPlace)


def it_refuses_what_would_mislead():
    with pytest.raises(ValueError, match="default_factory"):

        @dataclass
        class _Shared:
            names: list[int] = []  # noqa: RUF012  this is refused

    @dataclass
    class _Mixed:
        first: int = 0
        second: int  # type: ignore[misc]

    with pytest.raises(TypeError, match="second"):
        _Mixed(1, 2)


def it_prints_what_leads_to_itself_down_to_a_depth():
    loose = Loose()
    loose.names["itself"] = loose
    assert repr(loose) == "Loose(names={'itself': Loose(names={'itself': Loose(...)}, kind='loose')}, kind='loose')"


def it_prints_only_the_beginning_of_what_is_large():
    """Ten to the power of twenty leaves, if all were printed."""
    held: Any = "x" * 1000
    for _ in range(20):
        held = Loose({str(number): held for number in range(10)})
    assert len(repr(held)) < 10_000
    assert "..." in repr(Loose({"long": [*range(1000)]}))


def it_makes_first_instances_in_many_threads():
    @dataclass(frozen=True, slots=True)
    class Shared:
        number: int

    gate = threading.Barrier(8)
    found: list[int] = []

    def make(number: int) -> None:
        gate.wait()
        found.append(Shared(number).number)

    threads = [threading.Thread(target=make, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(8))
