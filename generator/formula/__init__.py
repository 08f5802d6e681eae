"""The expression language of standards: parse, check the types, evaluate over decimals, trace.

An expression is written in Jinja's expression syntax and read by Jinja's own parser; what it may hold is a short list
(`generator.formula.tree`). It is typed when its standard is loaded (`generator.formula.typing`), so that a fault of a
formula is a fault of the standard, and compiled into plain functions over records.
"""

from generator.formula.compile import Compiled, compile_expression, compile_printed, compile_text
from generator.formula.formula_faults import Fault, FormulaError
from generator.formula.keyed_items import KeyedItems
from generator.formula.parse import parse_expression, parse_text
from generator.formula.scope import Names
from generator.formula.slots import INVALID, InvalidInput, Record, RecordBase, Recorder
from generator.formula.tree import Tag
from generator.formula.typing import ANY, BOOLEAN, DATE, NOTHING, NUMBER, TEXT, Parameter, Scope, Type

__all__ = [
    "ANY",
    "BOOLEAN",
    "DATE",
    "INVALID",
    "NOTHING",
    "NUMBER",
    "TEXT",
    "Compiled",
    "Fault",
    "FormulaError",
    "InvalidInput",
    "KeyedItems",
    "Names",
    "Parameter",
    "Record",
    "RecordBase",
    "Recorder",
    "Scope",
    "Tag",
    "Type",
    "compile_expression",
    "compile_printed",
    "compile_text",
    "parse_expression",
    "parse_text",
]
