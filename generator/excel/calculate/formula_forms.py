"""The forms of formulas: what a walk over one gathers, and which calls are written for the engine in what way."""

from __future__ import annotations

import itertools
import re
from typing import Any

from generator.diagnostics.wording import uncomputed_words as reasons
from generator.excel.calculate.cell_arrays import Doubtful, is_number
from generator.excel.calculate.criteria import criterion, read_criterion
from generator.excel.calculate.format_codes import read_format
from generator.excel.calculate.formula_areas import Node, area_of
from generator.excel.calculate.formula_names import Names, Refused
from generator.excel.calculate.own_functions import ALWAYS, APPROXIMATE, IN_ARRAYS
from generator.excel.calculate.signatures import (
    ARRAY_SAFE,
    CRITERIA,
    CRITERION,
    DAY_ARGUMENTS,
    DAY_RESULTS,
    DAYED,
    FILLED,
    GIVES_ARRAYS,
    GIVES_TEXT,
    KEY,
    LISTS,
    MORE_OVER_ARRAYS,
    NUMBERS,
    NUMERIC,
    OVER_ARRAYS,
    RAISED,
    READS_TEXT,
    REFUSES_TEXTS,
    SINGLE,
    STEPS,
)
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field, replace
from generator.ooxml.addresses import (
    MAX_COLUMNS,
    MAX_ROWS,
    Area,
    columns_of,
    parse_area,
    rectangle,
    rows_of,
    write_area,
)

PREFIX = lazy(r"^(?:_xlfn\.)?(?:_xlws\.)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judged:
    """A formula as the engine takes it, and the areas that its value comes from."""

    text: str
    areas: tuple[str, ...]
    cancels: bool = False  # terms may cancel out, so that a tiny value is rounding and no value
    prints: bool = False  # cells are printed whose numbers could have more digits than Excel shows
    hides: bool = False  # it could hide the failure of one of our own functions
    asked: tuple[str, ...] = ()  # areas in which a criterion or a key is looked for, `<` before a table's first column
    alike: tuple[tuple[str, ...], ...] = ()  # areas that must be of one size, "*" before those that may spread
    spills: bool = False  # it gives an array

    def tree(self) -> Node:
        """What the engine reads of it, without the signs of ours.

        Raises:
            Refused: there is more than functions of ours could call within each other.
        """
        from formualizer import parse

        if sum(map(self.text.count, _CALLS)) > _MOST_CALLS:
            raise Refused(reasons.UNREADABLE)
        return parse("=" + self.text.replace(MARK, "").replace(TOLD, "")).to_dict()


@dataclass(slots=True)
class Walk:
    names: Names
    sheet: str
    row: int
    areas: list[str]
    cancels: bool = False
    catches: bool = False
    converts: bool = False
    prints: bool = False
    guarded: bool = False
    catching: bool = False
    asked: list[str] = field(default_factory=list)
    alike: list[tuple[str, ...]] = field(default_factory=list)
    spreads: list[str] = field(default_factory=list)  # areas of the SUMPRODUCT that is read
    bound: dict[str, tuple[Node, Any]] = field(default_factory=dict)  # names of LET with what they saw themselves
    depth: int = 0


MARK = "\x01"  # stands in a judged formula where a function of our own may be told which formula it serves
TOLD = "\x02"  # where it must be
OMITTED = "\ufdd1"  # an argument of a function of ours that was left out
_CALLS, _MOST_CALLS = "+-*/&^(", 60
Written = tuple[str, str]  # text, and kind: v one value, r range, a array


def one_expected() -> Refused:
    return Refused(reasons.ONE_EXPECTED)


def is_text(node: Node) -> bool:
    """Whether a node is a text as it is written."""
    return (node["node_type"] == "Literal" and isinstance(node["value"], str)) or (
        node["node_type"] == "BinaryOp" and node["operator"] == "&"
    )


def gives_numbers(node: Node) -> bool:
    """Whether what is written gives numbers or errors, never a text, a truth value or nothing."""
    if node["node_type"] == "UnaryOp":
        return node["operator"] != "+" or gives_numbers(node["operand"])
    return node["node_type"] == "BinaryOp" and node["operator"] in ("+", "-", "*", "/", "^")


def is_number_but_zero(node: Node) -> bool:
    """A number as it is written, other than 0."""
    return node["node_type"] == "Literal" and isinstance(node["value"], int | float) and bool(node["value"])


def chooses_cells(arguments: list[Node]) -> bool:
    """Whether IF may give cells of an area, which may be empty."""
    return any(argument["node_type"] == "Reference" for argument in arguments[1:])


def plain_text(node: Node) -> bool:
    """A text whose equality the engine finds as Excel does."""
    return node["node_type"] == "Literal" and isinstance(node["value"], str) and not WIDE.search(node["value"])


_ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "#N/A", "#DIV/0!")
WIDE = lazy("[\uff01-\uffee\u3000]")


def written_literal(node: Node, walk: Walk, array: bool) -> Written:
    value = node["value"]
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), "v"
    if isinstance(value, int | float):
        return repr(float(value)) if abs(value) >= 1e15 or value != int(value) else str(int(value)), "v"
    text = str(value)
    if text in _ERRORS:  # as an error or as text, alike here
        raise Refused(reasons.HOLDS, text=text)
    return '"' + text.replace('"', '""') + '"', "v"


def guarded_argument(name: str, index: int, argument: Node, text: str, walk: Walk) -> str:
    """An argument as it is written, with the function of ours around it that finds what programs read differently."""
    guards = []
    if name == "SUMPRODUCT" and not gives_numbers(argument):
        guards.append(NUMBERS)
    if name == "IF" and index == 0 and walk.catching and argument["node_type"] != "BinaryOp":
        guards.append(NUMERIC)
    if index < DAY_ARGUMENTS.get(name, 0):
        guards.append(DAYED)
    for guard in guards:
        walk.guarded = True
        text = f"{guard}({text}{MARK})"
    return text


def guarded_result(
    name: str, arguments: list[Node], written: list[str], called: Written, spread: bool, walk: Walk
) -> Written:
    """A call as it is written, with the function of ours around it that finds a result that programs give differently."""
    text, kind = called
    if name == "POWER" and not spread and len(written) == 2:
        walk.guarded = True
        return f"POWER({written[0]},{RAISED}({written[0]},{written[1]}{MARK}))", kind
    if name in DAY_RESULTS or (name == "IF" and kind == "a" and chooses_cells(arguments)):
        walk.guarded = True
        return f"{DAYED if name in DAY_RESULTS else FILLED}({text}{MARK})", kind
    return called


def name_of(node: Node) -> str:
    return PREFIX.sub("", node["name"]).upper()


def written_step(name: str, written: list[str], walk: Walk) -> None:
    walk.guarded = True
    other = written[1] if len(written) > 1 and written[1] else "1" if name.endswith(".MATH") else "0"
    written[0] = f"{STEPS[name]}({written[0]},{other}{MARK})"


def written_call(
    name: str, arguments: list[Node], written: list[str], kind: str, spread: bool, walk: Walk, array: bool
) -> Written:
    """A call with its written arguments: of the engine's function, or of ours."""
    own = name in ALWAYS or (name == "DATEDIF" and not whole_unit(arguments)) or looks_near(name, arguments)
    if spread and not own and name not in ARRAY_SAFE:
        if name not in IN_ARRAYS and name not in APPROXIMATE:
            raise Refused(reasons.OVER_RANGE, name=name)
        own = True
    if name in GIVES_ARRAYS:
        kind = "a"
    if not own:
        return f"{name}({','.join(written)})", kind
    walk.guarded = True
    given = [text or f'"{OMITTED}"' for text in written]
    called = f"{name}__({','.join(given)}{MARK})"
    if name != "XLOOKUP":
        return called, kind
    return (called, "a") if array else (f"{SINGLE}({called}{MARK})", kind)


LEAVES_HIDDEN = frozenset({"SUBTOTAL", "AGGREGATE"})


def visible_areas(name: str, argument: Node, arguments: list[Node], walk: Walk) -> list[str]:
    """The parts of an area without its hidden rows, if they are left out; nothing where the area is taken as it is."""
    area = area_of(argument)
    if area is None:
        return []
    sheet = area.sheets[0] if area.sheets else walk.sheet
    hidden = next((rows for one, rows in walk.names.hidden.items() if one.casefold() == sheet.casefold()), frozenset())
    top, bottom = rows_of(area)
    inside = sorted(row for row in hidden if top <= row <= bottom)
    if not inside and not (name == "AGGREGATE" and walk.names.totals):
        return []
    code = arguments[0]["value"] if arguments[0]["node_type"] == "Literal" else None
    if name == "AGGREGATE":
        leaves = arguments[1].get("value") in (1, 3, 5, 7)
        inside = sorted({*(inside if leaves else ()), *_nested(sheet, area, arguments, walk)})
        leaves = bool(inside)
    elif not isinstance(code, int | float):
        raise Refused(reasons.SUBTOTAL_HIDDEN)
    else:
        leaves = code > 100
        if not leaves and sheet.casefold() in {one.casefold() for one in walk.names.filtered}:
            raise Refused(reasons.SUBTOTAL_FILTER)
    if not leaves:
        return []
    edges = [top - 1, *inside, bottom + 1]
    runs = [(one + 1, other - 1) for one, other in itertools.pairwise(edges) if other - one > 1]
    if len(runs) > 200:
        raise Refused(reasons.MANY_HIDDEN)
    left, right = columns_of(area)
    if not runs:  # nothing is to be seen: as good as an empty cell
        runs, left, right = [(MAX_ROWS, MAX_ROWS)], MAX_COLUMNS, MAX_COLUMNS
    found = [write_area(rectangle(first, left, last, right, area.sheets)) for first, last in runs]
    walk.areas += found
    return found


def _nested(sheet: str, area: Area, arguments: list[Node], walk: Walk) -> set[int]:
    """The rows of an area with totals that AGGREGATE's option leaves out."""
    if (arguments[1].get("value") or 0) > 3:
        return set()
    totals = next(
        (cells for one, cells in walk.names.totals.items() if one.casefold() == sheet.casefold()), frozenset()
    )
    (top, bottom), (left, right) = rows_of(area), columns_of(area)
    found = {row for row, column in totals if top <= row <= bottom and left <= column <= right}
    if found and left != right:
        raise Refused(reasons.AGGREGATE_SUBTOTALS)
    return found


def holds_constants(node: Node) -> bool:
    """An array of constants spreads a function in any formula (`SUM(COUNTIF(A:A,{"甲","乙"}))`)."""
    return node["node_type"] == "Array"


def takes_arrays(name: str) -> bool:
    """Whether a function's ranges may be computed arrays."""
    return name in OVER_ARRAYS or name in ALWAYS or name in APPROXIMATE or name in MORE_OVER_ARRAYS


def is_criterion(name: str, index: int) -> bool:
    first, step = CRITERIA[name]
    return index >= first and (index - first) % step == 0


def asked_criterion(node: Node, text: str, cells: Node, walk: Walk) -> str:
    """A criterion as the engine reads it; what is compared with numbers is asked about in `cells`."""
    if (area := area_of(cells)) is not None:
        walk.asked.append(write_area(area))
    if node["node_type"] == "Literal" and isinstance(node["value"], str):
        try:
            read = criterion(node["value"])
        except Doubtful:
            raise Refused(reasons.CRITERION) from None
        if read == node["value"] and not is_number(read_criterion(read).operand):
            return text
    walk.guarded = True
    return f"{CRITERION}({text}{TOLD})"


def asked_key(text: str, name: str, arguments: list[Node], walk: Walk) -> str:
    """A value that is looked for among keys: a number with more than 15 digits, or nothing, is doubtful."""
    if (area := area_of(arguments[1])) is not None:
        walk.asked.append({"VLOOKUP": "<", "HLOOKUP": "^"}.get(name, "") + write_area(area))
    if arguments[0]["node_type"] == "Literal" and isinstance(arguments[0]["value"], str):
        return text
    walk.guarded = True
    return f"{KEY}({text}{TOLD})"


def looks_near(name: str, arguments: list[Node]) -> bool:
    """Whether a look-up may search for the nearest key, or over a computed array."""
    if name not in APPROXIMATE:
        return False
    if len(arguments) > 1 and arguments[1]["node_type"] != "Reference":
        return True
    place = 2 if name == "MATCH" else 3
    if len(arguments) <= place:
        return True
    kind = arguments[place]
    return not (kind["node_type"] == "Omitted" or (kind["node_type"] == "Literal" and kind["value"] in (0, False)))


def only_spreads(arguments: list[Node]) -> bool:
    """Whether INDEX stands around an expression only so that it is computed as an array (`INDEX(A1:A9>1,0)`)."""
    return (
        len(arguments) > 1
        and arguments[0]["node_type"] in ("BinaryOp", "UnaryOp")
        and all(is_zero(argument) for argument in arguments[1:])
    )


def numbers_of_area(area: Area, name: str, array: bool) -> Written:
    """The row or column numbers of an area, as an array."""
    if not array or area.top is None or area.bottom is None or area.left is None or area.right is None:
        raise one_expected()
    first, last = (area.top, area.bottom) if name == "ROW" else (area.left, area.right)
    if last.number - first.number > 5000:
        raise one_expected()
    return "{" + (";" if name == "ROW" else ",").join(map(str, range(first.number, last.number + 1))) + "}", "a"


def let_name(text: str) -> str:
    return re.sub(r"^_xlpm\.", "", text, flags=re.IGNORECASE).casefold()


def whole_unit(arguments: list[Node]) -> bool:
    return len(arguments) == 3 and str(arguments[2].get("value", "")).upper() in ("Y", "M", "D")


def is_zero(node: Node) -> bool:
    return node["node_type"] == "Omitted" or (node["node_type"] == "Literal" and node["value"] == 0)


def check_form(name: str, arguments: list[Node], walk: Walk) -> None:
    """Forms of a function that the engine, or another country's Excel, computes otherwise."""
    literals = [argument["value"] if argument["node_type"] == "Literal" else None for argument in arguments]
    if name == "TEXT" and len(literals) == 2 and isinstance(literals[1], str):
        try:
            read_format(literals[1])
        except Doubtful:
            raise Refused(reasons.TEXT_FORMAT) from None
    if name == "DATEDIF" and not (len(literals) == 3 and str(literals[2]).upper() in ("Y", "M", "D", "YM", "MD", "YD")):
        raise Refused(reasons.DATEDIF_UNIT)
    if name == "CHAR" and not (literals and isinstance(literals[0], int | float) and 1 <= literals[0] < 128):
        raise Refused(reasons.CODE_PAGE)
    if name in REFUSES_TEXTS and any(
        is_text(argument) or (argument["node_type"] == "Function" and name_of(argument) in GIVES_TEXT)
        for argument in arguments
    ):
        raise Refused(reasons.TEXT_ARGUMENT, name=name)
    if name == "AGGREGATE" and not (len(literals) > 2 and literals[1] in (0, 1, 2, 3, 4, 5, 6, 7)):
        raise Refused(reasons.AGGREGATE_OPTION)
    if name in LISTS:
        first = CRITERIA[name][0] - 1
        ranges = [*arguments[:first], *arguments[first::2]]
        walk.alike.append(tuple(write_area(area) for area in map(area_of, ranges) if area is not None))
    if name == "YEARFRAC" and len(literals) > 2 and literals[2] not in (0, 2, 3, 4):
        raise Refused(reasons.YEARFRAC_BASIS)
    if name in READS_TEXT and any(isinstance(value, str) for value in literals):
        walk.converts = True


def areas_on_sheets(span: tuple[str, ...], reference: str, walk: Walk) -> list[str]:
    folded = [name.casefold() for name in walk.names.sheets]
    try:
        first, last = sorted(folded.index(name.casefold()) for name in span)
    except ValueError:
        raise Refused(reasons.SHEET_GONE) from None
    area = parse_area(reference)
    assert area is not None
    found = [write_area(replace(area, sheets=(name,))) for name in walk.names.sheets[first : last + 1]]
    walk.areas += found
    return found
