"""What a formula's value can be computed from: the functions and forms that the calculation engine gets right.

The engine (formualizer) knows more functions than stand here. A function is listed when its values were equal to
LibreOffice's on a corpus of formulas (tests/excel/test_values.py); everything else is refused, so that a cell shows
no value rather than a wrong one. What is refused, and why:

* volatile functions, external links, unknown functions and names: no value would be right, or none can be known;
* a range where one value belongs (implicit intersection), unions, intersections, spilling formulas: the engine computes
  something else than Excel;
* text functions over ranges, `TEXT` with other than plain number and date formats, date and number texts that depend on the
  locale: the engine differs, or Excel itself does between countries.

The engine compares doubles bit by bit, Excel at 15 digits (`0.1*3=0.3` is true there), and Excel prints 15 digits where the
engine prints 17. Operands of comparisons and what is printed therefore go through functions of our own (see values.py), and
so does what is rounded: they fail where the result hangs on the last bits of a double.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from generator.diagnostics import Text
from generator.ooxml.addresses import Area, parse_area, rectangle, write_area

Node = Mapping[str, Any]

ROUND15 = "ROUND15_"
PRINTED = "PRINTED_"
MINUS = "MINUS_"
HALF = "HALF_"
WHOLE = "WHOLE_"
RATIO = "RATIO_"

# Signatures: what each argument may be, the part after "|" repeating. v: one value; r: a range or an array constant;
# a: anything, computed as an array; t: a value that is printed as text; p: that, or a range of such.
_SIGNATURES = """
SUM |r; PRODUCT |r; AVERAGE |r; AVERAGEA |r; COUNT |r; COUNTA |r; COUNTBLANK r; MAX |r; MIN |r; MEDIAN |r; SUMSQ |r;
LARGE rv; SMALL rv; RANK vrv; RANK.EQ vrv; RANK.AVG vrv; STDEV |r; STDEVP |r; VAR |r; VARP |r; STDEV.S |r; STDEV.P |r;
VAR.S |r; VAR.P |r; MODE |r; MODE.SNGL |r; PERCENTILE rv; PERCENTILE.INC rv; PERCENTILE.EXC rv; QUARTILE rv;
QUARTILE.INC rv; QUARTILE.EXC rv; GEOMEAN |r; HARMEAN |r; DEVSQ |r; AVEDEV |r; CORREL rr; PEARSON rr; SLOPE rr;
INTERCEPT rr; RSQ rr; TRIMMEAN rv; COVAR rr;
SUMIF rvr; SUMIFS r|rv; COUNTIF rv; COUNTIFS |rv; AVERAGEIF rvr; AVERAGEIFS r|rv; MAXIFS r|rv; MINIFS r|rv;
SUMPRODUCT |a; SUBTOTAL v|r;
ABS v; ROUND vv; ROUNDUP vv; ROUNDDOWN vv; INT v; TRUNC vv; MOD vv; POWER vv; SQRT v; EXP v; LN v; LOG vv; LOG10 v; PI ;
SIN v; COS v; TAN v; ASIN v; ACOS v; ATAN v; ATAN2 vv; SINH v; COSH v; TANH v; DEGREES v; RADIANS v; SIGN v; FACT v;
COMBIN vv; PERMUT vv; GCD |r; LCM |r; QUOTIENT vv; EVEN v; ODD v; CEILING vv; FLOOR vv; MROUND vv;
IF vvv; AND |r; OR |r; NOT v; XOR |r; IFERROR vv; IFNA vv; IFS |vv; SWITCH v|v; CHOOSE v|v; TRUE ; FALSE ;
VLOOKUP vrvv; HLOOKUP vrvv; LOOKUP vaa; INDEX rvv; MATCH vrv; ROW r; COLUMN r; ROWS r; COLUMNS r; ADDRESS vvvvv; HYPERLINK vt;
LEN t; LEFT tv; RIGHT tv; MID tvv; UPPER t; LOWER t; PROPER t; TRIM t; CONCATENATE |t; CONCAT |p; TEXTJOIN vv|p; FIND ttv;
SEARCH ttv; SUBSTITUTE tttv; REPLACE tvvt; REPT tv; EXACT tt; UNICHAR v; UNICODE t; FIXED vvv; TEXT vv; T v; N v;
VALUE t; CHAR v;
DATE vvv; YEAR v; MONTH v; DAY v; WEEKDAY vv; WEEKNUM vv; ISOWEEKNUM v; EDATE vv; EOMONTH vv; TIME vvv; HOUR v; MINUTE v;
SECOND v; DAYS vv; DAYS360 vvv; DATEDIF vvv; NETWORKDAYS vvr; WORKDAY vvr; YEARFRAC vvv;
ISBLANK v; ISNUMBER v; ISTEXT v; ISERROR v; ISERR v; ISNA v; ISLOGICAL v; ISNONTEXT v; ISEVEN v; ISODD v; NA ;
PMT vvvvv; FV vvvvv; PV vvvvv; NPV v|r; NPER vvvvv; IPMT vvvvvv; PPMT vvvvvv; SLN vvv; DDB vvvvv; SYD vvvv; EFFECT vv;
NOMINAL vv; CUMIPMT vvvvvv; CUMPRINC vvvvvv; RRI vvv; PDURATION vvv;
SUMX2MY2 rr; SUMXMY2 rr; SUMX2PY2 rr; BASE vvv; DECIMAL vv; ROMAN v; ARABIC v; FACTDOUBLE v; CEILING.MATH vvv;
FLOOR.MATH vvv; MULTINOMIAL |r; SERIESSUM vvvr; SQRTPI v; COMBINA vv; PERCENTRANK rvv; PERCENTRANK.INC rvv; FORECAST vrr;
SKEW |r; KURT |r; NORMDIST vvvv; NORM.DIST vvvv; NORM.S.DIST vv; STDEVA |r; STEYX rr; TYPE v; ERROR.TYPE v; DB vvvvv;
MIRR rvv; ISPMT vvvv; XNPV vrr; NETWORKDAYS.INTL vvvr; WORKDAY.INTL vvvr; CLEAN t; DOLLARDE vv; DOLLARFR vv;
DEC2OCT vv; OCT2DEC v; CONVERT vvv; DELTA vv; GESTEP vv; ERF vv; ERFC v; GAMMALN v; GAMMA v; MINA |r; MAXA |r;
DEC2BIN vv; BIN2DEC v; DEC2HEX vv; HEX2DEC v; BITAND vv; BITOR vv; BITXOR vv
"""

VOLATILE = frozenset({"TODAY", "NOW", "RAND", "RANDBETWEEN", "RANDARRAY", "INDIRECT", "OFFSET", "CELL", "INFO"})
_ARRAY_SAFE = frozenset({"IF"})
_OVER_ARRAYS = frozenset({"SUM", "MAX", "MIN", "AVERAGE", "SUMPRODUCT"})
_OVER_SHEETS = frozenset({"SUM", "AVERAGE", "AVERAGEA", "COUNT", "COUNTA", "MAX", "MIN", "PRODUCT"})
_CATCHERS = frozenset({"IFERROR", "ISERROR", "ISERR", "IFNA", "ISNUMBER", "ISTEXT", "ISNONTEXT", "COUNT", "COUNTA"})
_READS_TEXT = frozenset(
    {"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "WEEKDAY", "WEEKNUM", "EDATE", "EOMONTH", "DAYS"}
)
_STEPS = {"ROUND": HALF, "ROUNDUP": WHOLE, "ROUNDDOWN": WHOLE, "INT": WHOLE, "TRUNC": WHOLE} | dict.fromkeys(
    ("MOD", "CEILING", "FLOOR", "QUOTIENT", "MROUND", "CEILING.MATH", "FLOOR.MATH"), RATIO
)
_COMPARISONS = frozenset({"=", "<>", "<", ">", "<=", ">="})
_ARITHMETIC = frozenset({"+", "-", "*", "/", "^"})
_PREFIX = re.compile(r"^(?:_xlfn\.)?(?:_xlws\.)?", re.IGNORECASE)

_WORDS = "[¥￥\u4e00-\u9fff（）：，。、]*"
_NUMBER = rf"-?{_WORDS}(?:[0#]+|#,##[0#])(?:\.[0#]+)?%?{_WORDS}"
_NUMBER_FORMAT = re.compile(rf"{_NUMBER}(?:;{_NUMBER}(?:;(?:{_NUMBER}|{_WORDS}))?)?")
_DATE_FORMAT = re.compile(r"(?:(?:yyyy|yy|mm|dd|m|d)(?:[-/. ]|年|月|日)?){1,3}|hh:mm(?::ss)?", re.IGNORECASE)


def _read_signatures() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for entry in _SIGNATURES.replace("\n", " ").split(";"):
        name, _, kinds = entry.strip().partition(" ")
        fixed, _, cycle = kinds.strip().partition("|")
        found[name] = (fixed, cycle)
    return found


FUNCTIONS = _read_signatures()


class Refused(Exception):
    """A formula's value cannot be computed rightly; `reason` is for people."""

    def __init__(self, zh: str, en: str):
        self.reason = Text(zh, en)
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Table:
    """A table's place: its whole area with header and totals, and its columns' names."""

    name: str
    sheet: str
    area: Area
    columns: tuple[str, ...]
    header: bool = True
    totals: bool = False


@dataclass(frozen=True)
class Names:
    """What formulas may name, looked up without case.

    Args:
        sheets: the workbook's sheets, in order.
        defined: formulas of defined names, by (sheet or None, name).
        tables: the workbook's tables.
        hidden: sheets with hidden rows, on which SUBTOTAL depends on what is hidden.
    """

    sheets: tuple[str, ...]
    defined: Mapping[tuple[str | None, str], str]
    tables: tuple[Table, ...] = ()
    hidden: frozenset[str] = frozenset()

    @cached_property
    def sheets_folded(self) -> dict[str, str]:
        return {name.casefold(): name for name in self.sheets}

    @cached_property
    def defined_folded(self) -> dict[tuple[str | None, str], str]:
        return {(sheet and sheet.casefold(), name.casefold()): text for (sheet, name), text in self.defined.items()}

    @cached_property
    def tables_folded(self) -> dict[str, Table]:
        return {table.name.casefold(): table for table in self.tables}


@dataclass(frozen=True, slots=True)
class Judged:
    """A formula as the engine takes it, and the areas that its value comes from."""

    text: str
    areas: tuple[str, ...]
    cancels: bool = False  # terms may cancel out, so that a tiny value is rounding and no value
    prints: bool = False  # cells are printed whose numbers could have more digits than Excel shows
    hides: bool = False  # it could hide the failure of one of our own functions


@dataclass(slots=True)
class _Walk:
    names: Names
    sheet: str
    row: int
    areas: list[str]
    cancels: bool = False
    catches: bool = False
    converts: bool = False
    prints: bool = False
    guarded: bool = False
    shapes: set[tuple[int, int]] = field(default_factory=set)
    depth: int = 0


MARK = "\x01"  # stands in a judged formula where a function of our own may be told which formula it serves

Written = tuple[str, str]  # text, and kind: v one value, r range, a array


def judge(formula: str, sheet: str, row: int, names: Names, array: bool = False) -> Judged:
    """A formula (without `=`) as the engine takes it.

    Args:
        formula: as the rendered workbook has it.
        sheet, row: where it stands.
        names: what it may name.
        array: it is an array formula of one cell (entered with Ctrl+Shift+Enter).

    Raises:
        Refused: its value could not be computed, or not rightly.
    """
    from formualizer import ParserError, TokenizerError, parse

    try:
        tree = parse("=" + formula).to_dict()
    except (ParserError, TokenizerError, ValueError):
        raise Refused("公式无法识别", "the formula cannot be read") from None
    walk = _Walk(names, sheet, row, [])
    text, kind = _write(tree, walk, array)
    if kind != "v":
        raise _several()
    if walk.converts and walk.catches:
        raise Refused("含有依区域设置而定的转换", "it converts text, which depends on the locale")
    return Judged(text, tuple(dict.fromkeys(walk.areas)), walk.cancels, walk.prints, walk.guarded and walk.catches)


def _several() -> Refused:
    return Refused("一个单元格里是一片区域或数组", "a range or an array stands where one value belongs")


def _write(node: Node, walk: _Walk, array: bool) -> Written:
    return _WRITERS[node["node_type"]](node, walk, array)


def _literal(node: Node, walk: _Walk, array: bool) -> Written:
    value = node["value"]
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), "v"
    if isinstance(value, int | float):
        return repr(float(value)) if abs(value) >= 1e15 or value != int(value) else str(int(value)), "v"
    text = str(value)
    if text in (
        "#REF!",
        "#NAME?",
        "#VALUE!",
        "#NUM!",
        "#NULL!",
        "#N/A",
        "#DIV/0!",
    ):  # as an error or as text, alike here
        raise Refused(f"公式含有 {text}", f"the formula holds {text}")
    return '"' + text.replace('"', '""') + '"', "v"


def _constant_array(node: Node, walk: _Walk, array: bool) -> Written:
    rows = [",".join(_write(item, walk, array)[0] for item in row) for row in node["rows"]]
    return "{" + ";".join(rows) + "}", "a"


def _unary(node: Node, walk: _Walk, array: bool) -> Written:
    operator = node["operator"]
    if operator not in ("+", "-", "%"):
        raise _several()
    text, kind = _operand(node["operand"], walk, array)
    return (f"({text}%)" if operator == "%" else f"({operator}{text})"), kind


def _operand(node: Node, walk: _Walk, array: bool) -> Written:
    text, kind = _write(node, walk, array)
    if kind != "v" and not array:
        raise _several()
    return text, "v" if kind == "v" else "a"


def _binary(node: Node, walk: _Walk, array: bool) -> Written:
    operator = node["operator"]
    left, right = node["left"], node["right"]
    if operator in _COMPARISONS:
        return _compare(operator, left, right, walk, array)
    if operator == "&":
        one, other = (_printed(side, walk, array) for side in (left, right))
    elif operator in _ARITHMETIC:
        walk.cancels |= operator in "+-"
        one, other = _operand(left, walk, array), _operand(right, walk, array)
    else:
        raise Refused("含有联合、相交或动态区域", "it joins, intersects or computes ranges")
    return f"({one[0]}{operator}{other[0]})", "a" if "a" in (one[1], other[1]) else "v"


def _compare(operator: str, left: Node, right: Node, walk: _Walk, array: bool) -> Written:
    texts = any(side["node_type"] == "Literal" and isinstance(side["value"], str) for side in (left, right))
    written: list[Written] = []
    for side in (left, right):
        bare = side
        while bare["node_type"] == "UnaryOp" and bare["operator"] == "+":
            bare = bare["operand"]
        if not array and bare["node_type"] == "BinaryOp" and bare["operator"] == "-":
            one, other = (_operand(part, walk, array) for part in (bare["left"], bare["right"]))
            written.append((f"{MINUS}({one[0]},{other[0]}{MARK})", "v"))
            walk.guarded = True
            continue
        text, kind = _operand(side, walk, array)
        if kind == "v" and not texts and side["node_type"] != "Literal":
            text = f"{ROUND15}({text})"
        written.append((text, kind))
    kind = "a" if any(kind == "a" for _, kind in written) else "v"
    return f"({written[0][0]}{operator}{written[1][0]})", kind


def _printed(node: Node, walk: _Walk, array: bool) -> Written:
    """An operand that is printed: a number with at most 15 digits."""
    text, kind = _operand(node, walk, array)
    if kind == "a":
        raise Refused("对一片区域作文本运算", "it joins text over a range")
    if node["node_type"] == "Literal" and isinstance(node["value"], float) and abs(node["value"]) >= 1e15:
        raise Refused("数字太大，显示方式不一", "so large a number is printed differently")
    plain = node["node_type"] == "Literal" or (
        node["node_type"] == "Function" and _name(node) in ("TEXT", "FIXED", "IF")
    )
    if node["node_type"] == "BinaryOp" and node["operator"] == "&":
        plain = True
    walk.guarded |= not plain
    return (text if plain else f"{PRINTED}({text}{MARK})"), kind


def _name(node: Node) -> str:
    return _PREFIX.sub("", node["name"]).upper()


def _function(node: Node, walk: _Walk, array: bool) -> Written:
    name, arguments = _name(node), node["args"]
    if name in VOLATILE:
        raise Refused(f"{name} 的结果随打开的时间或环境而变", f"{name} changes with time or place")
    if name not in FUNCTIONS:
        raise Refused(f"函数 {name} 不能预先计算", f"{name} cannot be computed beforehand")
    _check_form(name, arguments, walk)
    walk.catches |= name in _CATCHERS
    walk.cancels |= name in ("SUM", "SUMPRODUCT", "SUMIF", "SUMIFS", "SUBTOTAL", "AVERAGE")
    fixed, cycle = FUNCTIONS[name]
    inner = array or name == "SUMPRODUCT"
    outer, walk.shapes = walk.shapes, set() if name == "SUMPRODUCT" else walk.shapes
    kinds: list[str] = []
    written: list[str] = []
    for index, argument in enumerate(arguments):
        if index < len(fixed):
            wanted = fixed[index]
        elif cycle:
            wanted = cycle[(index - len(fixed)) % len(cycle)]
        else:
            raise Refused(f"函数 {name} 的参数太多", f"{name} has too many arguments")
        if wanted == "r" and name in _OVER_SHEETS and (sheets := _sheets_of(argument)):
            written += _each_sheet(sheets, argument["reference"], walk)
            kinds.append("r")
            continue
        text, kind = _argument(name, argument, wanted, walk, inner)
        written.append(text)
        kinds.append("v" if wanted in "ra" else kind)
        if wanted == "r" and kind == "a" and argument["node_type"] != "Array" and name not in _OVER_ARRAYS:
            raise _several()
    if name == "SUMPRODUCT":
        if len(walk.shapes) > 1:
            raise Refused("各区域大小不同", "its ranges differ in size")
        walk.shapes = outer
    result = "a" if "a" in kinds else "v"
    if result == "a" and name not in _ARRAY_SAFE:
        raise Refused(f"函数 {name} 用于一片区域", f"{name} is applied to a range")
    if name == "INDEX" and any(_is_zero(argument) for argument in arguments[1:]):
        result = "r"
    if name in ("ROW", "COLUMN") and arguments and (area := _area_of(arguments[0])) and not area.single:
        raise _several()
    if name in _STEPS and "a" not in kinds and (arguments[0]["node_type"] != "Literal" or _STEPS[name] == RATIO):
        walk.guarded = True
        other = written[1] if len(written) > 1 and written[1] else "1" if name.endswith(".MATH") else "0"
        written[0] = f"{_STEPS[name]}({written[0]},{other}{MARK})"
    return f"{name}({','.join(written)})", result


def _argument(name: str, argument: Node, wanted: str, walk: _Walk, array: bool) -> Written:
    if argument["node_type"] == "Omitted":
        return "", "v"
    if wanted == "p" and (area := _area_of(argument)) and not area.single:
        walk.prints = True
        return _write(argument, walk, False)[0], "v"
    if wanted in "tp":
        return _printed(argument, walk, False)
    whole = wanted == "r" and argument["node_type"] == "Reference"  # taken as it is, whatever its shape
    text, kind = _write(argument, walk, (array or wanted == "a") and not whole)
    if wanted == "v" and kind != "v":
        if not (array and name in _ARRAY_SAFE):
            raise _several()
        return text, "a"
    if wanted == "r" and kind == "v" and argument["node_type"] == "BinaryOp":
        return text, "v"
    return text, kind


def _is_zero(node: Node) -> bool:
    return node["node_type"] == "Omitted" or (node["node_type"] == "Literal" and node["value"] == 0)


def _check_form(name: str, arguments: list[Node], walk: _Walk) -> None:
    """Forms of a function that the engine, or another country's Excel, computes otherwise."""
    literals = [argument["value"] if argument["node_type"] == "Literal" else None for argument in arguments]
    if name == "TEXT" and not (
        len(literals) == 2
        and isinstance(literals[1], str)
        and (_NUMBER_FORMAT.fullmatch(literals[1]) or _DATE_FORMAT.fullmatch(literals[1]))
    ):
        raise Refused("TEXT 的格式不能预先计算", "TEXT with this format cannot be computed beforehand")
    if name == "DATEDIF" and (len(literals) != 3 or str(literals[2]).upper() not in ("Y", "M", "D")):
        raise Refused("DATEDIF 的这种单位不能预先计算", "DATEDIF with this unit cannot be computed beforehand")
    if name == "CHAR" and not (literals and isinstance(literals[0], int | float) and 1 <= literals[0] < 128):
        raise Refused("CHAR 的结果依系统代码页而定", "CHAR depends on the system's code page")
    if name == "SUBTOTAL":
        sheets = {walk.sheet.casefold()}
        for argument in arguments[1:]:
            area = _area_of(argument)
            sheets |= {sheet.casefold() for sheet in area.sheets} if area else set()
        if {sheet.casefold() for sheet in walk.names.hidden} & sheets:
            raise Refused("SUBTOTAL 的结果取决于隐藏的行", "SUBTOTAL depends on which rows are hidden")
    if name == "YEARFRAC" and len(literals) > 2 and literals[2] not in (0, 2, 3, 4):
        raise Refused("YEARFRAC 的这种基准不能预先计算", "YEARFRAC with this basis cannot be computed beforehand")
    if name == "VALUE" or (name in _READS_TEXT and any(isinstance(value, str) for value in literals)):
        walk.converts = True


def _area_of(node: Node) -> Area | None:
    return parse_area(node["reference"]) if node["node_type"] == "Reference" else None


def _sheets_of(node: Node) -> tuple[str, ...]:
    area = _area_of(node)
    return area.sheets if area and len(area.sheets) == 2 else ()


def _each_sheet(span: tuple[str, ...], reference: str, walk: _Walk) -> list[str]:
    folded = [name.casefold() for name in walk.names.sheets]
    try:
        first, last = sorted(folded.index(name.casefold()) for name in span)
    except ValueError:
        raise Refused("引用的工作表不存在", "it refers to a sheet that is not there") from None
    area = parse_area(reference)
    assert area is not None
    found = [write_area(replace(area, sheets=(name,))) for name in walk.names.sheets[first : last + 1]]
    walk.areas += found
    return found


def _reference(node: Node, walk: _Walk, array: bool) -> Written:
    text = node["reference"]
    area = parse_area(text)
    if area is None:
        return _named(text, walk, array)
    if len(area.sheets) == 2:
        raise Refused("跨工作表的区域", "it spans several sheets")
    if area.sheets and (name := area.sheets[0]) not in walk.names.sheets:
        known = walk.names.sheets_folded.get(name.casefold())
        if known is None:
            raise Refused(f"没有工作表“{name}”", f"there is no sheet “{name}”")
        area = replace(area, sheets=(known,))
        text = write_area(area)
    walk.areas.append(text)
    if array and not area.single:
        walk.shapes.add(_shape(area))
    return text, "v" if area.single else "r"


def _shape(area: Area) -> tuple[int, int]:
    """Rows and columns of an area; 0 for all of them."""
    rows = area.bottom.number - area.top.number + 1 if area.top and area.bottom else 0
    return rows, area.right.number - area.left.number + 1 if area.left and area.right else 0


def _named(text: str, walk: _Walk, array: bool) -> Written:
    if "[" in text:
        head = text.partition("[")[0]
        table = walk.names.tables_folded.get(head.casefold()) if head and "!" not in head and "'" not in head else None
        if table is None:
            raise Refused("引用了别的工作簿或不存在的表格", "it refers to another workbook, or to no table")
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
        raise Refused(f"没有名称“{text}”", f"there is no name “{text}”")
    return _defined(formula, walk, array)


def _defined(formula: str, walk: _Walk, array: bool) -> Written:
    from formualizer import ParserError, TokenizerError, parse

    try:
        tree = parse("=" + formula.lstrip("=")).to_dict()
    except (ParserError, TokenizerError, ValueError):
        raise Refused("名称的公式无法识别", "a name's formula cannot be read") from None
    before = len(walk.areas)
    walk.depth += 1
    written = _write(tree, walk, array)
    walk.depth -= 1
    for text in walk.areas[before:]:
        area = parse_area(text)
        if (
            area is None
            or not area.sheets
            or any(p and not p.absolute for p in (area.top, area.left, area.bottom, area.right))
        ):
            raise Refused("名称用的是相对引用", "a name refers to cells relatively")
    return written


_SPECIFIER = re.compile(r"\[((?:[^\[\]']|'.)*)\]")


def resolve_structured(text: str, table: Table, row: int = 0) -> Area:
    """The area of a structured reference (`表1[[#This Row],[得分]]`).

    Args:
        text: the reference.
        table: the table that it names.
        row: the row of the formula's cell, for `#This Row`; 0 if it stands on another sheet.

    Raises:
        Refused: the table has no such column or part.
    """
    area = table.area
    if area.top is None or area.bottom is None or area.left is None:
        raise Refused("表格没有区域", "the table has no area")
    body = text.partition("[")[2].removesuffix("]").strip()
    this_row = body.startswith("@")
    body = body.removeprefix("@").strip()
    parts = [_unescape(part) for part in _SPECIFIER.findall(body)] if "[" in body else [_unescape(body)] if body else []
    sections = {part.casefold() for part in parts if part.startswith("#")}
    columns = [part for part in parts if not part.startswith("#")]
    known = [column.casefold() for column in table.columns]
    try:
        indexes = [known.index(column.casefold()) for column in columns]
    except ValueError:
        raise Refused("表格没有这一列", "the table has no such column") from None
    left = area.left.number + min(indexes, default=0)
    right = area.left.number + (max(indexes) if indexes else len(known) - 1)
    top, bottom = area.top.number, area.bottom.number
    first, last = top + table.header, bottom - table.totals
    if this_row or "#this row" in sections:
        if not first <= row <= last:
            raise Refused("公式不在表格的数据行内", "the formula stands in no row of the table")
        first = last = row
    elif sections:
        spans = []
        for section in sections:
            if section == "#all":
                spans.append((top, bottom))
            elif section == "#data":
                spans.append((first, last))
            elif section == "#headers" and table.header:
                spans.append((top, top))
            elif section == "#totals" and table.totals:
                spans.append((bottom, bottom))
            else:
                raise Refused("表格没有这一部分", "the table has no such part")
        first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    return rectangle(first, left, last, right, (table.sheet,))


def _unescape(name: str) -> str:
    return re.sub(r"'(.)", r"\1", name)


def _omitted(node: Node, walk: _Walk, array: bool) -> Written:
    return "", "v"


_WRITERS: dict[str, Callable[[Node, _Walk, bool], Written]] = {
    "Literal": _literal,
    "Array": _constant_array,
    "UnaryOp": _unary,
    "BinaryOp": _binary,
    "Function": _function,
    "Reference": _reference,
    "Omitted": _omitted,
}
