"""The expression language of standards: parse, check the types, evaluate over decimals, trace.

An expression is written in Jinja's expression syntax and read by Jinja's own parser; what it may hold is a short list
(`generator.formula.tree`). It is typed when its standard is loaded (`generator.formula.typing`), so that a fault of a
formula is a fault of the standard, and compiled into plain functions over records.
"""

from generator.formula.compiling import Compiled, compile_expression, compile_printed, compile_text
from generator.formula.faults import Fault, FormulaError
from generator.formula.names import Names, closest
from generator.formula.parsing import parse_expression, parse_text
from generator.formula.tree import Tag
from generator.formula.types import ANY, BOOLEAN, DATE, NOTHING, NUMBER, TEXT, Parameter, Scope, Type
from generator.formula.values import INVALID, InvalidInput, Record, RecordBase, Recorder

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
    "Names",
    "Parameter",
    "Record",
    "RecordBase",
    "Recorder",
    "Scope",
    "Tag",
    "Type",
    "closest",
    "compile_expression",
    "compile_printed",
    "compile_text",
    "parse_expression",
    "parse_text",
]
