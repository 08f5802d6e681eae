"""Our own functions that formulas call in place of the engine's, by the name of Excel's function.

The engine calls them by that name with two underscores behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.excel.calculate import (
    array_shapes,
    cash_flows,
    criteria,
    double_bytes,
    dynamic_arrays,
    lookups,
    single_values,
)
from generator.excel.calculate.cell_arrays import lifted
from generator.excel.calculate.text_formats import text_by_format
from generator.excel.calculate.text_numbers import day_of_text, number_value, time_of_text

Function = Callable[..., Any]

# in place of the engine's in every formula
ALWAYS: Mapping[str, Function] = {
    "TEXT": text_by_format,
    "TRIM": single_values.trim,
    "VALUE": single_values.value,
    "DATEVALUE": lifted(day_of_text),
    "CEILING": single_values.ceiling,
    "FLOOR": single_values.floor,
    "TIMEVALUE": lifted(time_of_text),
    "NUMBERVALUE": lifted(number_value),
    "LENB": double_bytes.length_in_bytes,
    "LEFTB": double_bytes.left_bytes,
    "RIGHTB": double_bytes.right_bytes,
    "MIDB": double_bytes.middle_bytes,
    "FINDB": double_bytes.find_bytes,
    "SEARCHB": double_bytes.search_bytes,
    "REPLACEB": double_bytes.replaced_bytes,
    "ASC": single_values.half_width,
    "CODE": single_values.code_of,
    "FIND": single_values.find,
    "SEARCH": single_values.search,
    "REPLACE": single_values.replaced,
    "RMB": single_values.renminbi,
    "NUMBERSTRING": single_values.number_string,
    "LOOKUP": lookups.lookup,
    "XLOOKUP": lookups.xlookup,
    "XMATCH": lookups.xmatch,
    "IRR": cash_flows.irr,
    "XIRR": cash_flows.xirr,
    "RATE": cash_flows.rate,
    "VDB": cash_flows.depreciation,
    "FVSCHEDULE": cash_flows.schedule,
    "AGGREGATE": dynamic_arrays.aggregate,
    "UNIQUE": dynamic_arrays.unique,
    "FILTER": dynamic_arrays.filter_rows,
    "SORT": dynamic_arrays.sort_rows,
    "SORTBY": dynamic_arrays.sort_by,
    "TRANSPOSE": dynamic_arrays.transpose,
    "SEQUENCE": dynamic_arrays.sequence,
    "MMULT": dynamic_arrays.multiply,
    "SUMX2MY2": dynamic_arrays.in_pairs(lambda one, other: one * one - other * other),
    "SUMX2PY2": dynamic_arrays.in_pairs(lambda one, other: one * one + other * other),
    "SUMXMY2": dynamic_arrays.in_pairs(lambda one, other: (one - other) ** 2),
    "FREQUENCY": dynamic_arrays.frequency,
    "VSTACK": array_shapes.stacked(False),
    "HSTACK": array_shapes.stacked(True),
    "TAKE": array_shapes.take,
    "DROP": array_shapes.drop,
    "CHOOSEROWS": array_shapes.chosen(False),
    "CHOOSECOLS": array_shapes.chosen(True),
    "TOCOL": array_shapes.in_line(False),
    "TOROW": array_shapes.in_line(True),
    "WRAPROWS": array_shapes.wrapped(True),
    "WRAPCOLS": array_shapes.wrapped(False),
    "EXPAND": array_shapes.expanded,
    "TEXTSPLIT": array_shapes.text_split,
    "TEXTBEFORE": array_shapes.text_part(False),
    "TEXTAFTER": array_shapes.text_part(True),
}

# where the nearest key may be looked for
APPROXIMATE: Mapping[str, Function] = {
    "VLOOKUP": lookups.vertical,
    "HLOOKUP": lookups.horizontal,
    "MATCH": lookups.match,
}

# where an array stands in place of a single value
IN_ARRAYS: Mapping[str, Function] = {
    "YEAR": single_values.year,
    "MONTH": single_values.month,
    "DAY": single_values.day,
    "WEEKDAY": single_values.weekday,
    "LEN": single_values.length,
    "LEFT": single_values.left,
    "RIGHT": single_values.right,
    "MID": single_values.middle,
    "SUBSTITUTE": single_values.substitute,
    "EXACT": single_values.same,
    "ABS": single_values.absolute,
    "NOT": single_values.negation,
    "ISNUMBER": single_values.is_number_value,
    "ISTEXT": single_values.is_text_value,
    "ISBLANK": single_values.is_blank_value,
    "ISERROR": single_values.is_error_value,
    "ROUND": single_values.rounded,
    "ROUNDDOWN": single_values.cut,
    "TRUNC": single_values.cut,
    "INT": single_values.integer,
    "MOD": single_values.remainder,
    "COUNTIF": criteria.count_ifs,
    "COUNTIFS": criteria.count_ifs,
    "SUMIF": criteria.fold_if("SUM"),
    "AVERAGEIF": criteria.fold_if("AVERAGE"),
    "SUMIFS": criteria.fold_ifs("SUM"),
    "AVERAGEIFS": criteria.fold_ifs("AVERAGE"),
    "MAXIFS": criteria.fold_ifs("MAX"),
    "MINIFS": criteria.fold_ifs("MIN"),
    "LARGE": dynamic_arrays.ranked(True),
    "SMALL": dynamic_arrays.ranked(False),
}

OWN: Mapping[str, Function] = {"DATEDIF": single_values.days_between, **IN_ARRAYS, **APPROXIMATE, **ALWAYS}
