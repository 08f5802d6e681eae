"""What a formula's value can be computed from: the functions and forms that the calculation engine gets right.

The engine (formualizer) knows more functions than stand here. A function is listed when its values were equal to
LibreOffice's on a corpus of formulas (tests/excel/test_values_office.py); everything else is refused, so that a cell shows
no value rather than a wrong one. What is refused, and why:

* volatile functions, external links, unknown functions and names: no value would be right, or none can be known;
* a range where one value belongs (implicit intersection), unions, intersections, spilling formulas: the engine computes
  something else than Excel;
* criteria, keys and texts that countries or versions read differently; an order of Chinese texts, which the machine decides;
* what hangs on the last bits of a double.

The engine compares doubles bit by bit, Excel at 15 digits (`0.1*3=0.3` is true there), and Excel prints 15 digits where the
engine prints 17. Operands of comparisons and what is printed therefore go through functions of our own (comparisons.py), and
so does what is rounded. Whole functions that the engine computes otherwise than Excel are ours (own_functions.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.diagnostics.wording import uncomputed_words as reasons
from generator.excel.calculate.cell_arrays import round15
from generator.excel.calculate.formula_areas import Node, area_of, sheets_of_span
from generator.excel.calculate.formula_forms import (
    LEAVES_HIDDEN,
    MARK,
    TOLD,
    Judged,
    Walk,
    Written,
    areas_on_sheets,
    asked_criterion,
    asked_key,
    check_form,
    guarded_argument,
    guarded_result,
    holds_constants,
    is_criterion,
    is_number_but_zero,
    is_text,
    is_zero,
    let_name,
    looks_near,
    name_of,
    numbers_of_area,
    one_expected,
    only_spreads,
    plain_text,
    takes_arrays,
    visible_areas,
    written_call,
    written_literal,
    written_step,
)
from generator.excel.calculate.formula_names import Names, Refused, resolve_structured
from generator.excel.calculate.moved_ranges import NAMES_RANGES, with_references
from generator.excel.calculate.signatures import (
    BY_STEPS,
    CATCHERS,
    COMPARE,
    CRITERIA,
    FORCES_ARRAYS,
    FUNCTIONS,
    MINUS,
    MODULO,
    NUMERIC,
    OVER_SHEETS,
    PRINTED,
    RAISED,
    RATIO,
    SIGNED,
    SPILL,
    STEPS,
    VOLATILE,
)
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import replace
from generator.ooxml.addresses import parse_area, write_area

_COMPARISONS = frozenset({"=", "<>", "<", ">", "<=", ">="})
_LIKE = {"+": "+-", "-": "+-", "*": "*/", "/": "*/", "&": "&", "^": ""}  # what goes from left to right with an operator


def judge(formula: str, sheet: str, row: int, names: Names, array: bool = False, several: bool = False) -> Judged:
    """A formula (without `=`) as the engine takes it.

    Args:
        formula: as the rendered workbook has it.
        sheet, row: where it stands.
        names: what it may name.
        array: it is an array formula (entered with Ctrl+Shift+Enter).
        several: it fills several cells.

    Raises:
        Refused: its value could not be computed, or not rightly.
    """
    from formualizer import ParserError, TokenizerError, parse

    try:
        tree = parse("=" + formula).to_dict()
    except (ParserError, TokenizerError, ValueError):
        raise Refused(reasons.UNREADABLE) from None
    if NAMES_RANGES.search(formula):
        tree = with_references(tree)
    walk = Walk(names, sheet, row, [], catching=_CATCHER.search(formula) is not None)
    try:
        text, kind = _write(tree, walk, array)
    except RecursionError:
        raise Refused(reasons.UNREADABLE) from None
    if kind != "v" or (array and several):
        if not array:
            raise one_expected()
        kind, text = "a", f"{SPILL}({text}{TOLD})"
    if walk.converts and walk.catches:
        raise Refused(reasons.LOCALE)
    areas, asked = tuple(dict.fromkeys(walk.areas)), tuple(dict.fromkeys(walk.asked))
    hides, alike = walk.guarded and walk.catches, tuple(walk.alike)
    return Judged(text, areas, walk.cancels, walk.prints, hides, asked, alike, kind != "v")


_CATCHER = lazy(rf"\b(?:{'|'.join(sorted(CATCHERS))})\(", re.IGNORECASE)


def _write(node: Node, walk: Walk, array: bool) -> Written:
    if node["node_type"] == "Call":  # `LAMBDA(x,x+1)(A1)`
        raise Refused(reasons.NOT_KNOWN, name="LAMBDA")
    return _WRITERS[node["node_type"]](node, walk, array)


def _constant_array(node: Node, walk: Walk, array: bool) -> Written:
    rows = [",".join(_write(item, walk, array)[0] for item in row) for row in node["rows"]]
    return "{" + ";".join(rows) + "}", "a"


def _unary(node: Node, walk: Walk, array: bool) -> Written:
    operator = node["operator"]
    if operator not in ("+", "-", "%"):
        raise one_expected()
    text, kind = _number(node["operand"], walk, array) if operator != "+" else _operand(node["operand"], walk, array)
    return (f"({text}%)" if operator == "%" else f"({operator}{text})"), kind


def _operand(node: Node, walk: Walk, array: bool) -> Written:
    text, kind = _write(node, walk, array)
    if kind != "v" and not array:
        raise one_expected()
    return text, "v" if kind == "v" else "a"


def _binary(node: Node, walk: Walk, array: bool) -> Written:
    operator = node["operator"]
    if operator in _COMPARISONS:
        return _compare(operator, node["left"], node["right"], walk, array)
    if operator not in _LIKE:
        raise Refused(reasons.COMPUTED_RANGE)
    chain = [node]  # a sum of hundreds of terms is no nesting, neither here nor in what the engine reads
    while (left := chain[-1]["left"])["node_type"] == "BinaryOp" and left["operator"] in _LIKE[operator]:
        chain.append(left)
    side = _printed if operator == "&" else _number
    texts, kinds = ([one] for one in side(chain[-1]["left"], walk, array))
    for part in reversed(chain):
        operator = part["operator"]
        walk.cancels |= operator in "+-"
        text, kind = side(part["right"], walk, array)
        if operator == "^" and not (is_number_but_zero(part["left"]) or is_number_but_zero(part["right"])):
            walk.guarded = True
            if len(texts[-1]) > 8192:  # of Excel's longest formula; it stands there twice
                raise Refused(reasons.UNREADABLE)
            text = f"{RAISED}({texts[-1]},{text}{MARK})"
        texts += (operator, text)
        kinds.append(kind)
    return f"({''.join(texts)})", "a" if "a" in kinds else "v"


def _number(node: Node, walk: Walk, array: bool) -> Written:
    """An operand of arithmetic: where a failure would be caught, texts are read as Excel reads them."""
    text, kind = _operand(node, walk, array)
    if walk.catching and (node["node_type"] in ("Reference", "Function") or is_text(node)):
        walk.guarded = True
        text = f"{NUMERIC}({text}{MARK})"
    return text, kind


def _compare(operator: str, left: Node, right: Node, walk: Walk, array: bool) -> Written:
    written: list[Written] = []
    for side in (left, right):
        bare = side
        while bare["node_type"] == "UnaryOp" and bare["operator"] == "+":
            bare = bare["operand"]
        if bare["node_type"] == "BinaryOp" and bare["operator"] in ("-", "+"):
            one, other = (_operand(part, walk, array) for part in (bare["left"], bare["right"]))
            second = other[0] if bare["operator"] == "-" else f"-({other[0]})"
            walk.guarded = True
            kind = "a" if "a" in (one[1], other[1]) else "v"
            written.append((f"{MINUS}({one[0]},{second}{MARK})", kind))
        else:
            written.append(_operand(side, walk, array))
    kind = "a" if "a" in (written[0][1], written[1][1]) else "v"
    if operator in ("=", "<>") and any(plain_text(side) for side in (left, right)):
        return f"({written[0][0]}{operator}{written[1][0]})", kind
    walk.guarded = True
    return f'{COMPARE}({written[0][0]},"{operator}",{written[1][0]}{MARK})', kind


def _printed(node: Node, walk: Walk, array: bool) -> Written:
    """An operand that is printed: a number with at most 15 digits."""
    text, kind = _operand(node, walk, array)
    if node["node_type"] == "Literal" and isinstance(node["value"], float) and node["value"]:
        if not 1e-4 <= abs(node["value"]) < 1e15:
            raise Refused(reasons.TOO_LARGE)
    elif node["node_type"] == "Function" and name_of(node) in BY_STEPS:
        raise Refused(reasons.ROUNDING)
    plain = is_text(node) or (node["node_type"] == "Literal" and round15(node["value"]) == node["value"])
    if node["node_type"] == "Function":
        name = name_of(node)
        plain = name in ("TEXT", "FIXED") or (name == "IF" and all(is_text(part) for part in node["args"][1:]))
    walk.guarded |= not plain
    return (text if plain else f"{PRINTED}({text}{MARK})"), kind


def _function(node: Node, walk: Walk, array: bool) -> Written:
    name, arguments = name_of(node), node["args"]
    if name in VOLATILE:
        raise Refused(reasons.VOLATILE, name=name)
    if name == "LET":
        return _let(arguments, walk, array)
    if name not in FUNCTIONS:
        raise Refused(reasons.NOT_KNOWN, name=name)
    check_form(name, arguments, walk)
    if name == "INDEX" and only_spreads(arguments):  # INDEX(…,0) only makes its formula one of arrays
        return _write(arguments[0], walk, True)
    walk.catches |= name in CATCHERS
    walk.cancels |= name in ("SUM", "SUMPRODUCT", "SUMIF", "SUMIFS", "SUBTOTAL", "AVERAGE")
    outer, walk.spreads = walk.spreads, [] if name == "SUMPRODUCT" else walk.spreads
    written, kinds, spread = _arguments(name, arguments, walk, array)
    if name == "SUMPRODUCT":
        walk.alike.append(("*", *walk.spreads))
        walk.spreads = outer
    if name == "INDEX" and any(is_zero(argument) for argument in arguments[1:]):
        return f"{name}({','.join(written)})", "r"
    if name in ("ROW", "COLUMN") and arguments and (area := area_of(arguments[0])) and not area.single:
        return numbers_of_area(area, name, array)
    if name in STEPS and not spread and (arguments[0]["node_type"] != "Literal" or STEPS[name] in (RATIO, MODULO)):
        written_step(name, written, walk)
    elif name in STEPS:
        walk.guarded = True
        places = written[1] if len(written) > 1 and written[1] else "0"
        written[0] = f"{STEPS[name]}({written[0]},{places}{MARK})" if spread else written[0]
    elif name == "SIGN" and not spread:
        walk.guarded = True
        written[0] = f"{SIGNED}({written[0]}{MARK})"
    called = written_call(name, arguments, written, "a" if "a" in kinds else "v", spread, walk, array)
    return guarded_result(name, arguments, written, called, spread, walk)


def _arguments(name: str, arguments: list[Node], walk: Walk, array: bool) -> tuple[list[str], list[str], bool]:
    """The arguments as written, their kinds, and whether one is an array where a single value belongs."""
    fixed, cycle = FUNCTIONS[name]
    inner = array or name in FORCES_ARRAYS or (name == "AGGREGATE" and (arguments[0].get("value") or 0) >= 14)
    written: list[str] = []
    kinds: list[str] = []
    spread = False
    for index, argument in enumerate(arguments):
        if index < len(fixed):
            wanted = fixed[index]
        elif cycle:
            wanted = cycle[(index - len(fixed)) % len(cycle)]
        else:
            raise Refused(reasons.MANY_ARGUMENTS, name=name)
        if wanted == "r" and name in OVER_SHEETS and (sheets := sheets_of_span(argument)):
            written += areas_on_sheets(sheets, argument["reference"], walk)
            continue
        if name in LEAVES_HIDDEN and wanted == "r" and (visible := visible_areas(name, argument, arguments, walk)):
            written += visible
            continue
        takes = inner or (wanted in "vt" and holds_constants(argument))
        text, kind = _argument(name, argument, wanted, walk, takes)
        if wanted in "vt" and kind != "v":
            spread, kind = True, "a"
        text = guarded_argument(name, index, argument, text, walk)
        kinds.append("v" if wanted in "rap" else kind)
        if name in CRITERIA and is_criterion(name, index):
            text = asked_criterion(argument, text, arguments[index - 1], walk)
        elif index == 0 and name in ("VLOOKUP", "HLOOKUP", "MATCH") and not looks_near(name, arguments):
            text = asked_key(text, name, arguments, walk)
        written.append(text)
    return written, kinds, spread


def _argument(name: str, argument: Node, wanted: str, walk: Walk, array: bool) -> Written:
    if argument["node_type"] == "Omitted":
        return "", "v"
    if wanted == "p" and (area := area_of(argument)) and not area.single:
        walk.prints = True
        return _write(argument, walk, False)[0], "v"
    if wanted in "tp":
        return _printed(argument, walk, array)
    whole = wanted == "r" and argument["node_type"] == "Reference"  # taken as it is, whatever its shape
    whole = whole and let_name(argument["reference"]) not in walk.bound
    text, kind = _write(argument, walk, (array or wanted == "a") and not whole)
    if wanted == "v" and kind != "v":
        if not array:
            raise one_expected()
        return text, "a"
    if wanted == "r" and kind == "a" and argument["node_type"] != "Array" and not takes_arrays(name):
        raise one_expected()
    return text, kind


def _let(arguments: list[Node], walk: Walk, array: bool) -> Written:
    """LET: each name stands for its expression."""
    if len(arguments) < 3 or len(arguments) % 2 == 0:
        raise Refused(reasons.LET_ARGUMENTS)
    outer = dict(walk.bound)
    for name, node in zip(arguments[:-1:2], arguments[1::2], strict=True):
        if name["node_type"] != "Reference":
            raise Refused(reasons.LET_NAME)
        walk.bound[let_name(name["reference"])] = (node, dict(walk.bound))
    written = _write(arguments[-1], walk, array)
    walk.bound = outer
    return written


def _reference(node: Node, walk: Walk, array: bool) -> Written:
    text = node["reference"]
    area = parse_area(text)
    if area is None:
        return _named(text, walk, array)
    if len(area.sheets) == 2:
        raise Refused(reasons.SPANS_SHEETS)
    if area.sheets and (name := area.sheets[0]) not in walk.names.sheets:
        known = walk.names.sheets_folded.get(name.casefold())
        if known is None:
            raise Refused(reasons.NO_SHEET, name=name)
        area = replace(area, sheets=(known,))
        text = write_area(area)
    walk.areas.append(text)
    if array and not area.single:
        walk.spreads.append(text)
    return text, "v" if area.single else "r"


def _named(text: str, walk: Walk, array: bool) -> Written:
    if (bound := walk.bound.get(let_name(text))) is not None:
        seen, walk.bound = walk.bound, bound[1]
        written = _write(bound[0], walk, array)
        walk.bound = seen
        return written
    if "[" in text:
        head = text.partition("[")[0]
        table = walk.names.tables_folded.get(head.casefold()) if head and "!" not in head and "'" not in head else None
        if table is None:
            raise Refused(reasons.OTHER_WORKBOOK)
        area = resolve_structured(text, table, walk.row if table.sheet.casefold() == walk.sheet.casefold() else 0)
        written = write_area(area)
        walk.areas.append(written)
        return written, "v" if area.single else "r"
    sheet, _, name = text.rpartition("!")
    sheet = sheet.strip("'").replace("''", "'") or walk.sheet
    defined = walk.names.defined_folded
    formula = defined.get((sheet.casefold(), name.casefold())) or defined.get((None, name.casefold()))
    table = walk.names.tables_folded.get(name.casefold())
    if formula is None and table is not None and "!" not in text:
        return _named(text + "[]", walk, array)
    if formula is None or walk.depth > 8:
        raise Refused(reasons.NO_NAME, text=text)
    return _defined(formula, walk, array)


def _defined(formula: str, walk: Walk, array: bool) -> Written:
    from formualizer import ParserError, TokenizerError, parse

    try:
        tree = parse("=" + formula.lstrip("=")).to_dict()
    except (ParserError, TokenizerError, ValueError):
        raise Refused(reasons.NAME_UNREADABLE) from None
    before = len(walk.areas)
    walk.depth += 1
    written = _write(tree, walk, array)
    walk.depth -= 1
    for text in walk.areas[before:]:
        area = parse_area(text)
        edges = (area.top, area.left, area.bottom, area.right) if area and area.sheets else ()
        if not edges or any(edge and not edge.absolute for edge in edges):
            raise Refused(reasons.RELATIVE_NAME)
    return written


_WRITERS: dict[str, Callable[[Node, Walk, bool], Written]] = {
    "Literal": written_literal,
    "Array": _constant_array,
    "UnaryOp": _unary,
    "BinaryOp": _binary,
    "Function": _function,
    "Reference": _reference,
    "Omitted": lambda *_: ("", "v"),
}
