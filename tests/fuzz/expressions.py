"""A standard whose formula, check and message are made of bytes: each byte says how an expression goes on, so that nearly all are well-formed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

_LEAVES = (
    "a", "b", "c", "t", "d", "e", "m", "行们", "行们.x", "行们.y", "行们.名", "行们.占", "档", "档[t]", "1", "0", "2.5", '"甲"', '""', '行们["甲"]',
    '行们["甲"].y', "报告.a", "9.99", "sum(行们.x)", "count(行们)", "first(行们, 1)", "band(a, 档)", "a > 1", "sum(行们, x * y)", "none",
)  # fmt: skip
_OF_A_ROW = ("x", "y", "名", "1", "本.x", "报告.a", "报告.行们", "x")
_PAIRS = (
    " + ",
    " - ",
    " * ",
    " / ",
    " ~ ",
    " == ",
    " < ",
    " >= ",
    " and ",
    " or ",
    " in ",
    " not in ",
    " != ",
    " ** ",
    " % ",
)
_CALLS = ["sum", "count", "min", "max", "abs", "band", "join", "has", "first", "sort", "filter", "yuan", "甲", "round"]
_KINDS = (
    "number",
    "text",
    "money",
    "percent",
    "integer",
    "boolean",
    "date",
    "list of 行",
    "optional number",
    "行",
    "score",
)
_STANDARD = """standard: z-2024
title: 甲
issuer: 乙
fiscal_year: 2024
version: 1.0.0
parameters: {{档: {{type: bands, value: {{优: 90, 差: 0}}}}}}
types: {{行: {{key: 名, fields: {{名: text, x: number, y: optional money, 占: {{type: optional number, formula: {row}}}}}}}}}
fields:
  a: number
  b: optional percent
  c: integer
  t: text
  d: date
  e: optional date
  m: optional money
  行们: list of 行
  结果: {{type: {kind}, formula: {formula}}}
checks: [{{id: 问, rule: {rule}, message: {message}}}]
"""
ANSWERS = """标准: z-2024
a: 1.5
c: 3
t: 甲
d: 2024-02-29
m: 0
行们:
- {名: 甲, x: 2, y: 1.25}
- {名: 乙, x: -1}
""".encode()


def asked(data: bytes) -> str:
    """The text of the standard."""
    bytes_left = iter(data)
    kind = _KINDS[next(bytes_left, 0) % len(_KINDS)]
    formula, rule, printed = (_expression(bytes_left, 4) for _ in range(3))
    row = _expression(bytes_left, 3, _OF_A_ROW)
    told = {"formula": formula, "rule": rule, "row": row, "message": f"甲{{{{ {printed} }}}}"}
    return _STANDARD.format(kind=kind, **{name: json.dumps(text) for name, text in told.items()})


def _expression(data: Iterator[int], depth: int, leaves: tuple[str, ...] = _LEAVES) -> str:
    byte = next(data, 0)
    how, rest = divmod(byte, 32)
    if depth == 0 or how not in _FORMS:
        return leaves[byte % len(leaves)]
    return _FORMS[how](rest, lambda: _expression(data, depth - 1, leaves))


_Form = Callable[[int, Callable[[], str]], str]
_FORMS: dict[int, _Form] = {
    2: lambda rest, more: f"{more()}{_PAIRS[rest % len(_PAIRS)]}{more()}",
    3: lambda rest, more: f"{_CALLS[rest % len(_CALLS)]}({more()}{f', {more()}' if rest > 13 else ''})",
    4: lambda rest, more: f"({more()} if {more()} else {more()})",
    5: lambda rest, more: f"{('not ', '-', '+')[rest % 3]}({more()})",
    6: lambda rest, more: f"{more()}{('.x', '.y', '.名', '[0]', '[-1]', '|fixed(2)', '.占')[rest % 7]}",
    7: lambda rest, more: f"[{more()}, {more()}]" if rest % 2 else f"sum(行们, {more()})",
}
