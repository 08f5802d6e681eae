"""What tags say of a sheet as a whole: its name, how often it is there, whether it shows.

`{%sheet for x in xs %}` gives a sheet for each item, `{%sheet if … %}` leaves one out, `{%sheet name … %}` names it,
`{%sheet hide … %}` hides it. They stand in a row that holds nothing else and disappears; none has an end. A sheet's name
in the workbook may hold `{{ }}` itself, as far as Excel's 31 characters reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import nodes

from generator.excel.compile.program import Call, SheetOutput, Values, planned
from generator.kept.light_classes import dataclass
from generator.template.jinja_program import Program

MAX_NAME = 31  # characters, Excel's limit
_FORBIDDEN = str.maketrans("/\\?*[]:", "／＼？＊［］：")
NAME, HIDDEN, ITEM = "__name", "__hidden", "__item"


@dataclass(frozen=True, slots=True)
class SheetHead:
    """The program of a sheet's own tags; `loop` tells its `for` from others (see `loop_key`)."""

    program: Program
    loop: str | None


@dataclass(frozen=True, slots=True)
class SheetInstance:
    """One sheet that a template's sheet becomes.

    Args:
        name: None for the template's own name.
        hidden: None if no tag says.
        bindings: what its `for` gives it, `loop` among them.
        index: which of the sheets it is.
        item: its iteration, those counted that gave no sheet.
    """

    name: str | None
    hidden: bool | None
    bindings: Mapping[str, Any]
    index: int = 0
    item: int = 0


def loop_key(body: str) -> str:
    """What loops over the same items share: what they run over, with a condition all of the `for`."""
    text = " ".join(body.split())
    match = re.fullmatch(r"for (.+?) in (.+)", text)
    return text if match is None or re.search(r"\bif\b", match[2]) else match[2]


def head_tree(
    loop: nodes.For | None, condition: nodes.Expr | None, name: nodes.Expr | None, hidden: nodes.Expr | None
) -> list[nodes.Node]:
    """The statements of a sheet's own tags: each pass yields what the sheet sees."""
    values: dict[str, nodes.Expr | Call] = {}
    if loop is not None:
        targets = [loop.target] if isinstance(loop.target, nodes.Name) else list(loop.target.find_all(nodes.Name))
        values |= {target.name: nodes.Name(target.name, "load", lineno=target.lineno) for target in targets}
        line = loop.lineno
        values[ITEM] = nodes.Getattr(nodes.Name("loop", "load", lineno=line), "index0", "load", lineno=line)
    if name is not None:
        values[NAME] = Call("text", (name,), name.lineno)
    if hidden is not None:
        values[HIDDEN] = Call("truth", (hidden,), hidden.lineno)
    body: list[nodes.Node] = [planned(Values(values))]
    if condition is not None:
        body = [nodes.If(condition, body, [], [], lineno=condition.lineno)]
    if loop is not None:
        loop.body = body
        body = [loop]
    return body


def instances(head: SheetHead, context: Mapping[str, Any], output: SheetOutput) -> list[SheetInstance]:
    """The sheets that a template's sheet becomes with a context.

    Raises:
        Exception: whatever an expression raises.
    """
    found = []
    passes: list[dict[str, Any]] = list(head.program.chunks(context, output))  # type: ignore[arg-type]  a head's program yields what its passes see
    count = len(passes)
    for index, values in enumerate(passes):
        name = values.pop(NAME) if NAME in values else None
        hidden = values.pop(HIDDEN) if HIDDEN in values else None
        item = values.pop(ITEM) if ITEM in values else index
        if head.loop is not None:
            values["loop"] = {
                "index": index + 1,
                "index0": index,
                "revindex": count - index,
                "revindex0": count - index - 1,
                "first": index == 0,
                "last": index == count - 1,
                "length": count,
            }
        found.append(SheetInstance(name, hidden, values, index, item))
    return found


class SheetNames:
    """The names of a workbook's sheets: what Excel takes, each once.

    Args:
        taken: the names that sheets have already; Excel compares them without case.
    """

    def __init__(self, taken: Iterable[str]):
        self._taken = {name.casefold() for name in taken}
        self._numbers: dict[str, int] = {}  # name -> the last number behind it

    def free(self, wanted: str) -> str:
        """A name for another sheet: forbidden characters full-width, at most 31 characters, unlike any other's.

        Args:
            wanted: what the template gives.
        """
        name = re.sub(r"\s+", " ", wanted).strip().translate(_FORBIDDEN).strip("'")
        if name.casefold() == "history":  # reserved by Excel
            name += "_"
        name = name[:MAX_NAME]
        unique, number = name, self._numbers.get(name, 1)
        while unique.casefold() in self._taken:
            number += 1
            mark = f" ({number})"
            unique = name[: MAX_NAME - len(mark)] + mark
        self._numbers[name] = number
        self._taken.add(unique.casefold())
        return unique
