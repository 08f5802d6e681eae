"""Reads expressions and texts with `{{ }}` by Jinja's own lexer and parser.

Jinja's parser copies a token's line number into the nodes it makes. Each formula is one line for our purposes, so its
tokens carry their code point in that place: every node then knows where it starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.lexer import Token, TokenStream, operators
from jinja2.parser import Parser

from generator.diagnostics import Text
from generator.diagnostics.wording import formula_reasons as words
from generator.formula.formula_faults import Fault, FormulaError
from generator.formula.mistyped import nearly_a_tag, odd_braces, too_many_braces, wrong_character
from generator.formula.tree import (
    Arithmetic,
    Attribute,
    Call,
    Comparison,
    Concatenation,
    Conditional,
    Filtered,
    Item,
    Items,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Number,
    String,
    Tag,
)
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import replace

MAX_TOKENS = 400
MAX_DEPTH = 40

_ENVIRONMENT = Environment()
_NUMBER = lazy(r"[0-9]+(\.[0-9]+)?\Z")
_OPENING = lazy(r"\{\{|\{%|\{#")
_SKIPPED = frozenset({"whitespace"})

_OPERATORS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "in": "in", "notin": "not in"}
_ARITHMETIC: dict[type, str] = {nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.Div: "/"}
_REFUSED: dict[type, tuple[Text, Text | None]] = {
    nodes.Pow: (words.POWERS, None),
    nodes.Mod: (words.REMAINDER, words.PERCENT_AS_DECIMAL),
    nodes.FloorDiv: (words.WHOLE_DIVISION, None),
    nodes.Dict: (words.DICTIONARIES, words.DECLARE_MAP),
    nodes.Slice: (words.SLICES, None),
    nodes.Test: (words.IS_TESTS, words.ASK_HAS),
    nodes.Filter: (words.FILTERS_REFUSED, words.CALL_INSTEAD),
    nodes.Pos: (words.LEADING_PLUS, words.NO_PLUS),
}


class _Refusal(Exception):
    """The lexer stopped at a code point."""

    def __init__(self, fault: Fault):
        self.fault = fault


def _tokens(text: str, start: int = 0) -> Iterator[tuple[int, str, str]]:
    """Offset, type and text of each token of an expression up to its `}}` or the end."""
    offset = start
    try:
        for _, kind, value in _ENVIRONMENT.lexer.tokeniter(text[start:], None, None, "variable"):
            yield offset, kind, value
            offset += len(value)
            if kind == "variable_end":
                return
    except TemplateSyntaxError as error:
        message = error.message or ""
        if match := re.search(r"unexpected char .* at (\d+)$", message, re.DOTALL):
            at = start + int(match[1])
            if text[at] in "\"'":
                raise _Refusal(Fault("formula-string-open", at)) from None
            raise _Refusal(wrong_character(text, at)) from None
        raise _Refusal(_syntax(error, text, offset)) from None
    yield offset, "eof", ""


def _stream(text: str, start: int) -> tuple[list[Token], int]:
    """Jinja tokens with offsets for line numbers, and where the expression ends (after its `}}`)."""
    tokens: list[Token] = []
    depth = 0
    end = len(text)
    for offset, kind, value in _tokens(text, start):
        if kind in _SKIPPED:
            continue
        if kind == "variable_end":
            end = offset + len(value)
            break
        if kind == "eof":
            break
        if len(tokens) > MAX_TOKENS or depth > MAX_DEPTH:
            raise _Refusal(Fault("formula-too-complex", offset))
        content: Any = value
        if kind == "name":
            if not value.isidentifier() or not value:
                raise _Refusal(Fault("formula-bad-name", offset, {"name": value}))
        elif kind == "string":
            content = _unescape(value, offset)
        elif kind in ("integer", "float"):
            if not _NUMBER.match(value):
                raise _Refusal(Fault("formula-number", offset, {"number": value}))
            content = Decimal(value)
            kind = "float"
        elif kind == "operator":
            kind = operators[value]
            depth += {"lparen": 1, "lbracket": 1, "lbrace": 1, "rparen": -1, "rbracket": -1, "rbrace": -1}.get(kind, 0)
            if text.startswith("<>", offset):
                raise _Refusal(wrong_character(text, offset))
            if kind == "pipe" and text.startswith("||", offset):
                raise _Refusal(wrong_character(text, offset))
        tokens.append(Token(offset, kind, content))
    return tokens, end


def _unescape(value: str, offset: int) -> str:
    body = value[1:-1]
    if "\\" not in body:
        return body
    try:
        return re.sub(r"\\(.)", lambda match: _ESCAPES[match[1]], body, flags=re.DOTALL)
    except KeyError as error:
        raise _Refusal(Fault("formula-escape", offset, {"escape": "\\" + str(error.args[0])})) from None


_ESCAPES = {"\\": "\\", '"': '"', "'": "'", "n": "\n", "t": "\t"}


def _parse(text: str, start: int, filters: bool) -> tuple[Node, int]:
    """The tree of the expression from `start`, and where it ends."""
    tokens, end = _stream(text, start)
    if not tokens:
        raise _Refusal(Fault("formula-empty", start))
    parser = Parser(_ENVIRONMENT, "")
    parser.stream = TokenStream(iter([*tokens, Token(end, "eof", "")]), None, None)
    try:
        tree = parser.parse_expression()
    except TemplateSyntaxError as error:
        raise _Refusal(_syntax(error, text, error.lineno)) from None
    except RecursionError:
        raise _Refusal(Fault("formula-too-complex", start)) from None
    rest = parser.stream.current
    if rest.type != "eof":
        offset = rest.lineno
        if rest.type == "assign":
            raise _Refusal(Fault("formula-assignment", offset))
        raise _Refusal(Fault("formula-syntax", offset, {"found": _shown(text, offset)}))
    try:
        return _convert(tree, text, filters), end
    except RecursionError:
        raise _Refusal(Fault("formula-too-complex", start)) from None


def _shown(text: str, offset: int) -> Text:
    rest = text[offset:].strip()
    if not rest or rest.startswith("}}"):
        return words.FORMULA_END
    match = re.match(r"\w+|\W", rest)
    return Text(f"“{match[0]}”", f"“{match[0]}”") if match else Text("", "")


def _syntax(error: TemplateSyntaxError, text: str, offset: int) -> Fault:
    before = text[:offset].rstrip()
    if re.search(r"[0-9]\s*%$", before):
        return Fault("formula-percent", len(before) - 1)
    if text[offset : offset + 1] == "=" and text[offset : offset + 2] != "==":
        return Fault("formula-assignment", offset)
    return Fault("formula-syntax", offset, {"found": _shown(text, offset)})


def _convert(node: nodes.Expr, text: str, filters: bool) -> Node:
    """Our node for Jinja's, or a fault where it is none of the language."""
    offset = node.lineno

    def convert(child: nodes.Expr) -> Node:
        return _convert(child, text, filters)

    def refuse(what: Text, hint: Text | None = None) -> _Refusal:
        return _Refusal(Fault("formula-not-allowed", offset, {"what": what}, hint))

    match node:
        case nodes.Const(value=value):
            if isinstance(value, Decimal):
                return Number(value, offset)
            if isinstance(value, str):
                return String(value, offset)
            raise refuse(words.CONSTANTS, words.COMPARE_ITSELF)
        case nodes.Name(name=name):
            return Name(name, offset)
        case nodes.Getattr(node=base, attr=attr):
            start = offset + 1
            while text[start : start + 1].isspace():
                start += 1
            return Attribute(convert(base), attr, start)
        case nodes.Getitem(node=base, arg=arg):
            if isinstance(arg, nodes.Slice):
                raise refuse(*_REFUSED[nodes.Slice])
            return Item(convert(base), convert(arg), offset)
        case nodes.List(items=items):
            return Items(tuple(convert(item) for item in items), offset)
        case nodes.Neg(node=value):
            return Negative(convert(value), offset)
        case nodes.Not(node=value):
            if isinstance(value, nodes.Test):
                raise refuse(*_REFUSED[nodes.Test])
            return Not(convert(value), offset)
        case nodes.Concat(nodes=parts):
            return Concatenation(tuple(convert(part) for part in parts), offset)
        case nodes.Compare(expr=first, ops=ops):
            rest = tuple((_OPERATORS[operand.op], convert(operand.expr)) for operand in ops)
            head = convert(first)
            return Comparison(head, rest, head.offset)
        case nodes.And(left=left, right=right):
            return Logic("and", convert(left), convert(right), offset)
        case nodes.Or(left=left, right=right):
            return Logic("or", convert(left), convert(right), offset)
        case nodes.CondExpr(test=test, expr1=yes, expr2=no):
            return Conditional(convert(test), convert(yes), convert(no) if no is not None else None, offset)
        case nodes.Call(node=function, args=args, kwargs=kwargs, dyn_args=stars, dyn_kwargs=more):
            if not isinstance(function, nodes.Name):
                raise refuse(words.METHODS, words.CALL_AS)
            if stars or more:
                raise refuse(words.STARRED_ARGUMENTS)
            if kwargs:
                raise refuse(words.NAMED_ARGUMENTS)
            return Call(function.name, tuple(convert(argument) for argument in args), function.lineno)
        case nodes.Filter(node=value, name=name, args=args, kwargs=kwargs) if filters and value is not None:
            if kwargs:
                raise refuse(words.NAMED_ARGUMENTS)
            return Filtered(convert(value), name, tuple(convert(argument) for argument in args), offset)
        case nodes.Tuple():
            raise _Refusal(Fault("formula-tuple", offset))
        case _:
            if operator := _ARITHMETIC.get(type(node)):
                assert isinstance(node, nodes.BinExpr)
                return Arithmetic(operator, convert(node.left), convert(node.right), offset)
            if reason := _REFUSED.get(type(node)):
                raise refuse(*reason)
            raise refuse(words.CONSTRUCT)


@lru_cache(maxsize=4096)
def parse_expression(text: str) -> Node:
    """The tree of a formula.

    Raises:
        FormulaError: the text is no expression of the language.
    """
    try:
        tree, end = _parse(text, 0, filters=False)
        if text[end - 2 : end] == "}}" and end >= 2 and _closes(text):
            raise _Refusal(Fault("formula-braces", end - 2))
    except _Refusal as stop:
        braces = re.search(r"\{\{|\}\}|[｛｝]|\{\s*\w[\w.]*\s*\}", text)
        if stop.fault.code in ("formula-syntax", "formula-character", "formula-assignment") and braces:
            raise FormulaError([Fault("formula-braces", braces.start())]) from None
        raise FormulaError([stop.fault]) from None
    return tree


def _closes(text: str) -> bool:
    return any(kind == "variable_end" for _, kind, _ in _tokens(text))


def _unread(text: str, start: int, fault: Fault) -> tuple[Fault, int]:
    """The fault of a tag that cannot be read, and where the text goes on behind it."""
    closing = text.find("}}", start) + 2 if "}}" in text[start:] else 0
    nearly = nearly_a_tag(text, start)
    hint, end = nearly or (None, closing)
    if not closing or end < closing:  # the braces below are another tag's
        return Fault("text-tag-open", start, hint=hint), end or len(text)
    return replace(fault, hint=hint or fault.hint), end


@lru_cache(maxsize=4096)
def parse_text(text: str, filters: bool = False) -> tuple[str | Tag, ...]:
    """A text with `{{ }}` as its literal parts and its tags, in order.

    Args:
        text: the text; `{{ "{{" }}` prints two braces.
        filters: whether print filters may stand in the tags (narrative of a data file).

    Raises:
        FormulaError: a tag is left open, holds no expression, or the text holds `{%` or `{#`; every fault of it.
    """
    parts: list[str | Tag] = []
    faults: list[Fault] = []
    position = 0
    while match := _OPENING.search(text, position):
        start = match.start()
        if match[0] != "{{":
            nearly = nearly_a_tag(text, start)
            faults.append(Fault("text-statement", start, {"tag": match[0]}, nearly and nearly[0]))
            parts.append(text[position : match.end()])
            position = match.end()
            continue
        if start > position:
            parts.append(text[position:start])
        if many := too_many_braces(text, start):
            faults.append(many)
            position = start + len(str(many.arguments["tag"]))
            continue
        try:
            node, end = _parse(text, start + 2, filters)
            if text[end - 2 : end] != "}}":
                raise _Refusal(Fault("text-tag-open", start))
            parts.append(Tag(node, start, end))
            position = end
        except _Refusal as stop:
            fault, position = _unread(text, start, stop.fault)
            faults.append(fault)
    if position < len(text):
        parts.append(text[position:])
    if not filters:  # the texts of a data file are looked at when it is examined
        faults += odd_braces(text)
    if faults:
        raise FormulaError(sorted(faults, key=lambda fault: fault.offset), parts)
    return tuple(parts)
