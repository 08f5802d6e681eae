"""Ranges that fell apart: how a formula names several areas where its template names one.

Between the rows of a loop other rows may stand: subtotals, headings, rows of an `else`. A formula that covers the loop's rows then
names each stretch of them. What takes a list of areas depends on the function around (ECMA-376 part 1, 18.17.7):

* SUM, SUBTOTAL and their kin take one argument for each area; beyond 255 arguments, the areas as one in parentheses (SUM: sums
  of sums);
* RANK, LARGE, PERCENTILE take the areas as one, in parentheses;
* COUNTIF, SUMIFS, SUMPRODUCT and their kin take one area only, and are added up over the areas;
* everything else (look-ups, arithmetic with the range) has no such form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, zip_longest

from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.kept.name_sets import names
from generator.ooxml.addresses import Area, parse_area, tokens

MOST_ARGUMENTS = 255
MOST_CHARACTERS = 8_192
_SUMMED = 200

_LISTS = {  # the first argument that may be a list
    **dict.fromkeys(
        names(
            "SUM AVERAGE AVERAGEA COUNT COUNTA MAX MAXA MIN MINA PRODUCT MEDIAN SUMSQ GEOMEAN HARMEAN DEVSQ "
            "AVEDEV KURT SKEW MODE MODE.SNGL MODE.MULT STDEV STDEV.S STDEV.P STDEVA STDEVP STDEVPA VAR VAR.S "
            "VAR.P VARA VARP VARPA AND OR XOR GCD LCM MULTINOMIAL CONCAT"
        ),
        0,
    ),
    "SUBTOTAL": 1,
    "NPV": 1,
    "AGGREGATE": 2,
    "TEXTJOIN": 2,
}
_UNIONS = {
    **dict.fromkeys(("RANK", "RANK.EQ", "RANK.AVG"), 1),
    **dict.fromkeys(
        names("LARGE SMALL PERCENTILE PERCENTILE.INC PERCENTILE.EXC QUARTILE QUARTILE.INC QUARTILE.EXC"), 0
    ),
}
_ADDED = frozenset({"COUNTIF", "SUMIF", "COUNTIFS", "SUMIFS", "COUNTBLANK", "SUMPRODUCT"})
_CRITERIA = {"COUNTIF": {0}, "SUMIF": {0, 2}, "COUNTBLANK": {0}}  # where ranges stand


_SINGLE = (
    "IF IFERROR IFNA ROUND ROUNDUP ROUNDDOWN ABS INT MOD TEXT VALUE N T NOT ISBLANK ISNUMBER LEN LEFT RIGHT MID TRIM"
)
_OF_SINGLE_VALUES = frozenset(["", *_SINGLE.split(), "CONCATENATE", "YEAR", "MONTH", "DAY"])  # "": parentheses
_ADDS_UP = lazy(rf"\b(?:{'|'.join(_ADDED)})\(", re.I)


def adds_up(text: str) -> bool:
    """Whether a formula holds a function that takes no span of sheets, but is added up over several areas."""
    return "(" in text and _ADDS_UP.search(text) is not None


class NoForm(Exception):
    """A function that takes one area only; `name` is empty outside every function."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name


@dataclass(slots=True)
class _Reference:
    """A reference of the template, by its number in the formula."""

    number: int


@dataclass(slots=True)
class _Call:
    """A function's call or a pair of parentheses, whose `opening` then is one only."""

    opening: str
    arguments: list[list[_Item]] = field(default_factory=lambda: [[]])
    commas: list[str] = field(default_factory=list)
    closing: str = ""

    @property
    def name(self) -> str:
        return self.opening.removesuffix("(").upper().removeprefix("_XLFN.").removeprefix("_XLWS.")


_Item = str | _Reference | _Call
_Pieces = list[str | Area]


def name_areas(text: str, areas: Sequence[Sequence[Area]], alone: str | None = None) -> tuple[str | Area, ...]:
    """The pieces of a formula whose references became several areas each.

    Args:
        text: as the template has it, without `=`.
        areas: what each of its references became, in its order.
        alone: how several areas are written that no function holds: "list", in parentheses as a "group", or not at all.

    Raises:
        NoForm: what stands around a reference takes one area only.
    """
    pieces: _Pieces = []
    for item in _read(text):
        if isinstance(item, _Reference) and len(areas[item.number]) > 1:
            if alone is None or parse_area(text) is None:
                raise NoForm("")
            pieces += _listed(areas[item.number]) if alone == "list" else ["(", *_listed(areas[item.number]), ")"]
        else:
            pieces += _written(item, areas, None)
    return _joined(pieces)


def _read(text: str) -> list[_Item]:
    root = _Call("")
    stack = [root]
    count = 0
    for token in tokens(text):
        items = stack[-1].arguments[-1]
        if token.kind in ("function", "open"):
            call = _Call(token.text)
            items.append(call)
            stack.append(call)
        elif token.kind == "close" and len(stack) > 1:
            stack.pop().closing = token.text
        elif token.kind == "separator" and len(stack) > 1:
            stack[-1].commas.append(token.text)
            stack[-1].arguments.append([])
        elif token.kind == "operand" and parse_area(token.text) is not None:
            items.append(_Reference(count))
            count += 1
        else:
            items.append(token.text)
    return root.arguments[0]


def only_arguments(text: str) -> frozenset[int]:
    """The references of a formula (without `=`), by number, each of which is all that a total is taken of: 0 of `SUM(B4)+C4`."""
    found: set[int] = set()
    for call in _calls(text):
        added = call.name in _ADDED or call.name in _UNIONS
        first = _LISTS.get(call.name, _UNIONS.get(call.name, 0 if added else len(call.arguments)))
        data = call.arguments[first:]
        if data and _lone(data[0]) and (len(data) == 1 or added):
            found.update(one.number for one in data[0] if isinstance(one, _Reference))
    return frozenset(found)


def _calls(text: str) -> Iterator[_Call]:
    """The calls and parentheses of a formula, those inside others too."""
    items = _read(text)
    while items:
        if isinstance(item := items.pop(), _Call):
            yield item
            items += chain.from_iterable(item.arguments)


@lru_cache(maxsize=1024)
def single_places(text: str) -> frozenset[int]:
    """The references of a formula (without `=`), by number, where one value is wanted, not a range: both of `IF(B3>0,C3)`."""
    found: set[int] = set()
    items = _read(text)
    while items:
        item = items.pop()
        if isinstance(item, _Reference):
            found.add(item.number)
        elif isinstance(item, _Call) and item.name in _OF_SINGLE_VALUES:
            items += chain.from_iterable(item.arguments)
    return frozenset(found)


@lru_cache(maxsize=1024)
def row_arguments(text: str) -> frozenset[int]:
    """The references of a formula (without `=`), by number, that ROW takes alone."""
    if "ROW(" not in text.upper():
        return frozenset()
    alone = (call.arguments[0] for call in _calls(text) if call.name == "ROW" and _lone(call.arguments[0]))
    return frozenset(one.number for argument in alone for one in argument if isinstance(one, _Reference))


def _written(item: _Item, areas: Sequence[Sequence[Area]], part: int | None) -> _Pieces:
    """An item's pieces; of a reference that became several areas, the one of number `part`."""
    if isinstance(item, str):
        return [item]
    if isinstance(item, _Reference):
        own = areas[item.number]
        if len(own) == 1:
            return [own[0]]
        if part is None:
            raise NoForm("")
        return [own[part]]
    return _call(item, areas)


def _call(call: _Call, areas: Sequence[Sequence[Area]]) -> _Pieces:
    several = [_several(argument, areas) for argument in call.arguments]
    if not any(several):
        return _spelled(call, areas, None)
    if call.name in _ADDED:
        count = _common(call, areas)
        parts = [_spelled(call, areas, number) for number in range(count)]
        return ["(", *parts[0], *(piece for part in parts[1:] for piece in ("+", *part)), ")"]
    first = _LISTS.get(call.name)
    union = _UNIONS.get(call.name)
    if call.name == "AGGREGATE" and not _takes_lists(call):
        raise NoForm(call.name)
    for position, found in enumerate(several):
        fits = (first is not None and position >= first) or position == union
        if found and not (fits and _lone(call.arguments[position])):
            raise NoForm(call.name)
    total = len(several) + sum(len(areas[number]) - 1 for numbers in several for number in numbers)
    nested = call.name == "SUM" and total > MOST_ARGUMENTS  # a sum of sums; parentheses are for what cannot be parted
    grouped = union is not None or (total > MOST_ARGUMENTS and not nested)

    def written(item: _Item) -> _Pieces:
        if not isinstance(item, _Reference) or len(own := areas[item.number]) < 2:
            return _written(item, areas, None)
        found = _nested(call.opening, own) if nested else _listed(own)
        return ["(", *found, ")"] if grouped else found

    return _put_together(call, written)


def _takes_lists(call: _Call) -> bool:
    """Whether the function number that an AGGREGATE begins with takes references one by one: 1 to 13."""
    number = "".join(item for item in call.arguments[0] if isinstance(item, str)).strip()
    return number.isdecimal() and 1 <= int(number) <= 13


def _spelled(call: _Call, areas: Sequence[Sequence[Area]], part: int | None) -> _Pieces:
    def written(item: _Item) -> _Pieces:
        if isinstance(item, _Call) and item.opening == "(" and part is not None:
            return _spelled(item, areas, part)
        return _written(item, areas, part)

    return _put_together(call, written)


def _put_together(call: _Call, written: Callable[[_Item], _Pieces]) -> _Pieces:
    pieces: _Pieces = [call.opening]
    for argument, comma in zip_longest(call.arguments, call.commas, fillvalue=""):
        pieces += [piece for item in argument for piece in written(item)]
        pieces.append(comma)
    return [*pieces, call.closing]


def _several(argument: Sequence[_Item], areas: Sequence[Sequence[Area]]) -> list[int]:
    """The references of an argument, those in its parentheses too, that became several areas."""
    found: list[int] = []
    for item in argument:
        if isinstance(item, _Reference):
            found += [item.number] if len(areas[item.number]) > 1 else []
        elif isinstance(item, _Call) and item.opening == "(":
            found += [number for inner in item.arguments for number in _several(inner, areas)]
    return found


def _lone(argument: Sequence[_Item]) -> bool:
    """Whether an argument is one reference."""
    return [type(item) for item in argument if not isinstance(item, str) or item.strip()] == [_Reference]


def _common(call: _Call, areas: Sequence[Sequence[Area]]) -> int:
    """How many areas the ranges of a call became: all the same, side by side."""
    ranges = _CRITERIA.get(call.name)
    if call.name in ("COUNTIFS", "SUMIFS"):
        ranges = set(range(0, len(call.arguments), 2)) if call.name == "COUNTIFS" else {0, *range(1, 99, 2)}
    shapes = set()
    for position, argument in enumerate(call.arguments):
        numbers = _several(argument, areas)
        if ranges is not None and position in ranges:
            if not numbers or not _lone(argument):
                raise NoForm(call.name)
        elif ranges is not None:
            if numbers:
                raise NoForm(call.name)
            continue
        elif any(not _splits(item, areas) for item in argument):
            raise NoForm(call.name)
        shapes |= {tuple((area.top, area.bottom) for area in areas[number]) for number in numbers}
    plain = {tuple((top and top.number, bottom and bottom.number) for top, bottom in shape) for shape in shapes}
    if len(plain) != 1:
        raise NoForm(call.name)
    return len(next(iter(plain)))


def _splits(item: _Item, areas: Sequence[Sequence[Area]]) -> bool:
    """Whether an operand of a SUMPRODUCT may be computed area by area: no range that stayed whole, no function of ranges."""
    if isinstance(item, _Reference):
        own = areas[item.number]
        return len(own) > 1 or own[0].single
    if isinstance(item, _Call):
        if item.opening == "(":
            return all(_splits(inner, areas) for argument in item.arguments for inner in argument)
        return not any(_touches(inner, areas) for argument in item.arguments for inner in argument)
    return True


def _touches(item: _Item, areas: Sequence[Sequence[Area]]) -> bool:
    if isinstance(item, _Reference):
        return len(areas[item.number]) > 1 or not areas[item.number][0].single
    return isinstance(item, _Call) and any(_touches(inner, areas) for argument in item.arguments for inner in argument)


def _listed(areas: Sequence[Area]) -> _Pieces:
    pieces: _Pieces = []
    for number, area in enumerate(areas):
        pieces += [",", area] if number else [area]
    return pieces


def _nested(opening: str, areas: Sequence[Area]) -> _Pieces:
    """Areas as sums of at most 200."""
    pieces: _Pieces = []
    for start in range(0, len(areas), _SUMMED):
        pieces += ["," * bool(start) + opening, *_listed(areas[start : start + _SUMMED]), ")"]
    return pieces


def _joined(pieces: _Pieces) -> tuple[str | Area, ...]:
    joined: _Pieces = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)
