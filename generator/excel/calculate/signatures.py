"""The functions whose values are computed, and what each takes."""

from __future__ import annotations

from collections.abc import Mapping

from generator.kept.name_sets import names

# names of our own functions in front of what the engine computes (see own_functions.py)
COMPARE = "COMPARE_"
PRINTED = "PRINTED_"
MINUS = "MINUS_"
NUMERIC = "NUMERIC_"
HALF = "HALF_"
WHOLE = "WHOLE_"
RATIO = "RATIO_"
SIGNED = "SIGNED_"
MODULO = "MODULO_"
NUMBERS = "NUMBERS_"
RAISED = "RAISED_"
FILLED = "FILLED_"
DAYED = "DAYED_"
CRITERION = "CRITERION_"
KEY = "KEY_"
SPILL = "SPILL_"
SINGLE = "SINGLE_"

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
DEC2BIN vv; BIN2DEC v; DEC2HEX vv; HEX2DEC v; BITAND vv; BITOR vv; BITXOR vv;
DATEVALUE t; IRR rv; XIRR rrv; RATE vvvvvv; XLOOKUP vrrvvv; XMATCH vrvv; LENB t; RMB vv; NUMBERSTRING vv; AGGREGATE vv|r;
TIMEVALUE t; NUMBERVALUE tvv; LEFTB tv; RIGHTB tv; MIDB tvv; FINDB ttv; SEARCHB ttv; REPLACEB tvvt; ASC t; CODE t;
VDB vvvvvvv; FVSCHEDULE vr; NORMSDIST v; NORM.INV vvv; NORMINV vvv; NORMSINV v; NORM.S.INV v; CONFIDENCE vvv; BINOM.DIST vvvv;
BINOMDIST vvvv; POISSON.DIST vvv; COVARIANCE.P rr; COVARIANCE.S rr; VARA |r; VARPA |r; STDEVPA |r; FORECAST.LINEAR vrr;
STANDARDIZE vvv; FISHER v; BITLSHIFT vv; BITRSHIFT vv; SKEW.P |r;
VSTACK |r; HSTACK |r; TAKE rvv; DROP rvv; CHOOSEROWS r|v; CHOOSECOLS r|v; TOCOL rvv; TOROW rvv; WRAPROWS rvv; WRAPCOLS rvv;
EXPAND rvvv; TEXTSPLIT tvvvvv; TEXTBEFORE tvvvvv; TEXTAFTER tvvvvv;
UNIQUE rvv; FILTER rrv; SORT rvvv; SORTBY rrv; TRANSPOSE r; SEQUENCE vvvv; MMULT rr; FREQUENCY rr
"""

VOLATILE = frozenset({"TODAY", "NOW", "RAND", "RANDBETWEEN", "RANDARRAY", "INDIRECT", "OFFSET", "CELL", "INFO"})
ARRAY_SAFE = frozenset({"IF", "IFERROR"})
OVER_ARRAYS = frozenset({"SUM", "MAX", "MIN", "AVERAGE", "SUMPRODUCT"})
MORE_OVER_ARRAYS = frozenset(
    {"COUNT", "COUNTA", "LARGE", "SMALL", "INDEX", "AND", "OR", "MEDIAN", "PRODUCT", "NPV", "STDEV", "STDEV.S", "SUMSQ"}
)
GIVES_ARRAYS = names(
    "UNIQUE FILTER SORT SORTBY TRANSPOSE SEQUENCE MMULT FREQUENCY VSTACK HSTACK TAKE DROP CHOOSEROWS CHOOSECOLS "
    "TOCOL TOROW WRAPROWS WRAPCOLS EXPAND TEXTSPLIT"
)
FORCES_ARRAYS = frozenset({"SUMPRODUCT"})  # their arguments are computed as arrays in any formula
OVER_SHEETS = frozenset({"SUM", "AVERAGE", "AVERAGEA", "COUNT", "COUNTA", "MAX", "MIN", "PRODUCT"})
CATCHERS = frozenset({"IFERROR", "ISERROR", "ISERR", "IFNA", "ISNUMBER", "ISTEXT", "ISNONTEXT", "COUNT", "COUNTA"})
READS_TEXT = frozenset(
    {"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "WEEKDAY", "WEEKNUM", "EDATE", "EOMONTH", "DAYS"}
)
STEPS = {"ROUND": HALF, "ROUNDUP": WHOLE, "ROUNDDOWN": WHOLE, "INT": WHOLE, "TRUNC": WHOLE} | dict.fromkeys(
    ("QUOTIENT", "MROUND", "CEILING.MATH", "FLOOR.MATH"), RATIO
)
STEPS["MOD"] = MODULO
DAY_RESULTS = frozenset({"DATE", "EDATE", "EOMONTH", "WORKDAY", "WORKDAY.INTL"})  # Excel knows no day before 1900
DAY_ARGUMENTS: Mapping[str, int] = {  # how many arguments are days
    **dict.fromkeys(("EDATE", "EOMONTH", "WORKDAY", "WORKDAY.INTL"), 1),
    **dict.fromkeys(("NETWORKDAYS", "NETWORKDAYS.INTL", "DAYS360", "DATEDIF", "YEARFRAC"), 2),
}
REFUSES_TEXTS = names(  # a text among their arguments that is no number is #VALUE!
    "PRODUCT AVERAGE AVERAGEA MAX MIN MEDIAN SUMSQ STDEV STDEVP VAR VARP STDEV.S STDEV.P VAR.S VAR.P MODE "
    "MODE.SNGL GEOMEAN HARMEAN DEVSQ AVEDEV MAXA MINA STDEVA STDEVPA VARA VARPA SKEW.P SKEW KURT GCD LCM "
    "MULTINOMIAL"
)
BY_STEPS = names(  # alike to fewer than 15 digits
    "IRR XIRR RATE PMT IPMT PPMT FV PV NPER NPV XNPV CUMIPMT CUMPRINC MIRR EFFECT VDB NORMSDIST NORM.INV NORMINV "
    "NORMSINV NORM.S.INV CONFIDENCE BINOM.DIST BINOMDIST POISSON.DIST"
)
GIVES_TEXT = names(
    "LEFT RIGHT MID TEXT SUBSTITUTE REPLACE TRIM CONCATENATE CONCAT TEXTJOIN UPPER LOWER PROPER REPT FIXED T RMB "
    "LEFTB RIGHTB MIDB REPLACEB ASC TEXTBEFORE TEXTAFTER CLEAN"
)
CRITERIA = {  # of which arguments the value is a criterion for the one before it
    "COUNTIF": (1, 2),
    "SUMIF": (1, 9),
    "AVERAGEIF": (1, 9),
    "COUNTIFS": (1, 2),
    "SUMIFS": (2, 2),
    "AVERAGEIFS": (2, 2),
    "MAXIFS": (2, 2),
    "MINIFS": (2, 2),
}
LISTS = frozenset({"COUNTIFS", "SUMIFS", "AVERAGEIFS", "MAXIFS", "MINIFS"})  # their ranges are of one size


def _read_signatures() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for entry in _SIGNATURES.replace("\n", " ").split(";"):
        name, _, kinds = entry.strip().partition(" ")
        fixed, _, cycle = kinds.strip().partition("|")
        found[name] = (fixed, cycle)
    return found


FUNCTIONS = _read_signatures()
