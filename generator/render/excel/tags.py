"""Tags in a cell's text: where they begin and end, and what they control.

`{{ … }}` prints, `{% … %}` controls, `{# … #}` is a remark. A tag ends at its closing mark outside text in quotes and
outside brackets, so `{{ {"a": "}}"}["a"] }}` is one tag. `{%tr … %}` controls rows, `{%tc … %}` columns, `{%sheet … %}`
sheets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPEN = re.compile(r"\{\{|\{%|\{#")
_CLOSE = {"{{": "}}", "{%": "%}", "{#": "#}"}
_STEP = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\}\}|%\}|[(\[{]|[)\]}]""", re.S)
_SCOPE = re.compile(r"(tr|tc|sheet|p|r)(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a cell's text.

    Args:
        kind: "text", "print" (`{{ }}`), "control" (`{% %}`), "remark" (`{# #}`) or "open" (a tag without its end).
        text: as it is written, marks included.
        scope: "tr", "tc", "sheet", "p" or "r" for a tag that begins so.
        start: its first character in the cell's text, from 0.
    """

    kind: str
    text: str
    scope: str = ""
    start: int = 0

    @property
    def body(self) -> str:
        """What stands between the marks, without scope and whitespace control."""
        inner = self.text[2:-2]
        inner = inner.removeprefix("-").removeprefix("+")
        inner = inner[: -1 if inner.endswith(("-", "+")) else None]
        return inner.strip()[len(self.scope) :].strip() if self.scope else inner.strip()

    @property
    def word(self) -> str:
        """The first word of a control tag: `for`, `endif`, …"""
        match = re.match(r"\w+", self.body)
        return match[0] if match else ""


def holds_tags(text: str) -> bool:
    """Whether a text may hold tags."""
    return _OPEN.search(text) is not None


def segments(text: str) -> Iterator[Segment]:
    """Cut a cell's text into its tags and the text between them; joined they give the text back."""
    position = 0
    for match in iter(lambda: _OPEN.search(text, position), None):
        if match.start() > position:
            yield Segment("text", text[position : match.start()], start=position)
        begin = match.start()
        opening = match[0]
        end = _end(text, match.end(), opening)
        if end is None:
            yield Segment("open", text[begin:], start=begin)
            return
        whole = text[begin:end]
        position = end
        if opening == "{#":
            yield Segment("remark", whole, start=begin)
            continue
        inner = whole[2:-2]
        lead = inner.removeprefix("-").removeprefix("+")
        # docxtpl wants the scope right behind the mark; `{% tr` with a blank is a slip that means the same
        found = _SCOPE.match(lead) or (_SCOPE.match(lead.lstrip()) if opening == "{%" else None)
        scope = found[0] if found else ""
        if opening == "{{" and scope != "r":
            scope = ""
        yield Segment("print" if opening == "{{" else "control", whole, scope, begin)
    if position < len(text):
        yield Segment("text", text[position:], start=position)


def _end(text: str, begin: int, opening: str) -> int | None:
    """Where the tag whose inside begins at `begin` ends, after its closing mark."""
    position = begin
    closing = _CLOSE[opening]
    if opening == "{#":
        end = text.find(closing, position)
        return None if end < 0 else end + 2
    depth = 0
    while match := _STEP.search(text, position):
        found = match[0]
        if found == closing and depth <= 0:
            return match.end()
        position = match.end()
        if found == "}}":
            if closing == "}}" and depth == 1:
                # `{{ {"a": 1}}}`: the first brace closes the dictionary
                depth, position = 0, match.start() + 1
            else:
                depth -= 2
        elif found == "%}" or found[0] in "'\"":
            continue
        elif found in "([{":
            depth += 1
        else:
            depth -= 1
    # unbalanced inside: the first closing mark, so that the expression's own error is reported
    end = text.find(closing, begin)
    return None if end < 0 else end + 2
