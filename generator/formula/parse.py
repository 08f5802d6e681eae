"""Reads expressions and texts with `{{ }}` by Jinja's own lexer and parser.

Jinja's parser copies a token's line number into the nodes it makes. Each formula is one line for our purposes, so its
tokens carry their code point in that place: every node then knows where it starts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.lexer import Token, TokenStream, operators
from jinja2.parser import Parser

from generator.diagnostics import Text
from generator.diagnostics.wording import formula_reasons as words
from generator.formula import tree
from generator.formula.formula_faults import Fault, FormulaError
from generator.formula.mistyped import nearly_a_tag, odd_braces, too_many_braces, wrong_character
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
            if text.startswith(("<>", "||"), offset):
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


def _parse(text: str, start: int, filters: bool) -> tuple[tree.Node, int]:
    """The tree of the expression from `start`, and where it ends."""
    tokens, end = _stream(text, start)
    if not tokens:
        raise _Refusal(Fault("formula-empty", start))
    parser = Parser(_ENVIRONMENT, "")
    parser.stream = TokenStream(iter([*tokens, Token(end, "eof", "")]), None, None)
    try:
        parsed = parser.parse_expression()
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
        return _Converter(text, filters)(parsed), end
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


class _Converter:
    """Makes our nodes of Jinja's.

    Args:
        text: of the formula.
        filters: whether it may have filters.
    """

    def __init__(self, text: str, filters: bool):
        self.text = text
        self.filters = filters

    def __call__(self, node: nodes.Expr) -> tree.Node:
        """Our node for Jinja's.

        Raises:
            _Refusal: it is none of the language.
        """
        if made := _MADE.get(type(node)):
            return made(self, node)
        if isinstance(node, nodes.Tuple):
            raise _Refusal(Fault("formula-tuple", node.lineno))
        what, hint = _REFUSED.get(type(node), (words.CONSTRUCT, None))
        raise _refused(node, what, hint)

    def all(self, parts: Iterable[nodes.Expr]) -> tuple[tree.Node, ...]:
        """Several nodes."""
        return tuple(self(part) for part in parts)

    def constant(self, node: nodes.Const) -> tree.Node:
        if isinstance(node.value, Decimal):
            return tree.Number(node.value, node.lineno)
        if isinstance(node.value, str):
            return tree.String(node.value, node.lineno)
        raise _refused(node, words.CONSTANTS, words.COMPARE_ITSELF)

    def attribute(self, node: nodes.Getattr) -> tree.Node:
        start = node.lineno + 1
        while self.text[start : start + 1].isspace():
            start += 1
        return tree.Attribute(self(node.node), node.attr, start)

    def item(self, node: nodes.Getitem) -> tree.Node:
        if isinstance(node.arg, nodes.Slice):
            raise _refused(node, *_REFUSED[nodes.Slice])
        return tree.Item(self(node.node), self(node.arg), node.lineno)

    def negation(self, node: nodes.Not) -> tree.Node:
        if isinstance(node.node, nodes.Test):
            raise _refused(node, *_REFUSED[nodes.Test])
        return tree.Not(self(node.node), node.lineno)

    def comparison(self, node: nodes.Compare) -> tree.Node:
        rest = tuple((_OPERATORS[operand.op], self(operand.expr)) for operand in node.ops)
        head = self(node.expr)
        return tree.Comparison(head, rest, head.offset)

    def conditional(self, node: nodes.CondExpr) -> tree.Node:
        otherwise = None if node.expr2 is None else self(node.expr2)
        return tree.Conditional(self(node.test), self(node.expr1), otherwise, node.lineno)

    def call(self, node: nodes.Call) -> tree.Node:
        if not isinstance(node.node, nodes.Name):
            raise _refused(node, words.METHODS, words.CALL_AS)
        if node.dyn_args or node.dyn_kwargs:
            raise _refused(node, words.STARRED_ARGUMENTS)
        if node.kwargs:
            raise _refused(node, words.NAMED_ARGUMENTS)
        return tree.Call(node.node.name, self.all(node.args), node.node.lineno)

    def filtered(self, node: nodes.Filter) -> tree.Node:
        if not self.filters or node.node is None:
            raise _refused(node, *_REFUSED[nodes.Filter])
        if node.kwargs:
            raise _refused(node, words.NAMED_ARGUMENTS)
        return tree.Filtered(self(node.node), node.name, self.all(node.args), node.lineno)

    def arithmetic(self, node: nodes.BinExpr) -> tree.Node:
        return tree.Arithmetic(_ARITHMETIC[type(node)], self(node.left), self(node.right), node.lineno)


def _refused(node: nodes.Expr, what: Text, hint: Text | None = None) -> _Refusal:
    return _Refusal(Fault("formula-not-allowed", node.lineno, {"what": what}, hint))


_MADE: dict[type[nodes.Expr], Callable[[_Converter, Any], tree.Node]] = {
    nodes.Const: _Converter.constant,
    nodes.Name: lambda _, node: tree.Name(node.name, node.lineno),
    nodes.Getattr: _Converter.attribute,
    nodes.Getitem: _Converter.item,
    nodes.List: lambda convert, node: tree.Items(convert.all(node.items), node.lineno),
    nodes.Neg: lambda convert, node: tree.Negative(convert(node.node), node.lineno),
    nodes.Not: _Converter.negation,
    nodes.Concat: lambda convert, node: tree.Concatenation(convert.all(node.nodes), node.lineno),
    nodes.Compare: _Converter.comparison,
    nodes.And: lambda convert, node: tree.Logic("and", convert(node.left), convert(node.right), node.lineno),
    nodes.Or: lambda convert, node: tree.Logic("or", convert(node.left), convert(node.right), node.lineno),
    nodes.CondExpr: _Converter.conditional,
    nodes.Call: _Converter.call,
    nodes.Filter: _Converter.filtered,
    **dict.fromkeys(_ARITHMETIC, _Converter.arithmetic),
}


@lru_cache(maxsize=4096)
def parse_expression(text: str) -> tree.Node:
    """The tree of a formula.

    Raises:
        FormulaError: the text is no expression of the language.
    """
    try:
        found, end = _parse(text, 0, filters=False)
        if text[end - 2 : end] == "}}" and end >= 2 and _closes(text):
            raise _Refusal(Fault("formula-braces", end - 2))
    except _Refusal as stop:
        braces = re.search(r"\{\{|\}\}|[｛｝]|\{\s*\w[\w.]*\s*\}", text)
        if stop.fault.code in ("formula-syntax", "formula-character", "formula-assignment") and braces:
            raise FormulaError([Fault("formula-braces", braces.start())]) from None
        raise FormulaError([stop.fault]) from None
    return found


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
def parse_text(text: str, filters: bool = False) -> tuple[str | tree.Tag, ...]:
    """A text with `{{ }}` as its literal parts and its tags, in order.

    Args:
        text: the text; `{{ "{{" }}` prints two braces.
        filters: whether print filters may stand in the tags (narrative of a data file).

    Raises:
        FormulaError: a tag is left open, holds no expression, or the text holds `{%` or `{#`; every fault of it.
    """
    parts: list[str | tree.Tag] = []
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
            parts.append(tree.Tag(node, start, end))
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
