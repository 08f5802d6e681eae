"""The program of a large template, compiled in pieces.

Python's compiler holds all of a function at once, eighty times its source. A program beyond `_WHOLE` is cut between statements
of its root, and each piece compiled by itself as a function that the root calls in its turn, with the variables that it reads.
What sets variables of the root stays in the root. Lines stay where they were, so that a fault finds its tag.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import CodeType

from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass

PIECE = "piece_"  # begins the names of the functions
_WHOLE = 262_144  # characters of a program that is compiled at once
_SIZE = 65_536  # characters of a piece, unless one statement has more
_LEAST = 4_096  # characters for which a function pays
_ASSIGNED = lazy(r"(?m)^ +((?:\w+(?:, | = ))+)")
_NAME = lazy(r"\w+")


@dataclass(frozen=True, slots=True)
class RootStatement:
    """A statement of a program's root.

    Args:
        start: position of its first character.
        moves: whether it may stand in another function: it sets no variable of the root.
    """

    start: int
    moves: bool


def compiled(written: str, spans: Sequence[RootStatement], end: int) -> CodeType:
    """The code of a program.

    Args:
        written: its Python source.
        spans: the statements of its root, in order.
        end: position behind the last of them.

    Raises:
        RecursionError, MemoryError, SyntaxError: as Python's `compile`.
    """
    if len(written) <= _WHOLE or not (cuts := _cuts(spans, end)):
        return compile(written, "<template>", "exec")
    known = {"context", "missing", "environment"}
    for names in _ASSIGNED.findall(written, 0, spans[0].start):
        known |= set(_NAME.findall(names))
    out: list[str] = []
    stubs: list[str] = []
    pieces: dict[str, CodeType] = {}
    position = line = 0
    for start, stop in cuts:
        kept, piece = written[position:start], written[start:stop]
        name = f"{PIECE}{len(stubs)}"
        head = f"{name}({', '.join(sorted(known.intersection(_NAME.findall(piece)) | {'context'}))})"
        line += kept.count("\n")
        pieces[name] = _function(f"{chr(10) * line}def {head}:{piece}\n    if 0: yield None\n")
        breaks = piece.count("\n")
        out += [kept, f"\n    yield from {head}", "\n" * (breaks - 1)]
        stubs.append(f"\ndef {head}: yield None")
        line += breaks
        position = stop
    out += [written[position:], "\n", *stubs, "\n"]
    code = compile("".join(out), "<template>", "exec")
    constants = (pieces.get(one.co_name, one) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_consts=tuple(constants))


def _function(source: str) -> CodeType:
    """The code of the one function of a source."""
    found = compile(source, "<template>", "exec")
    return next(one for one in found.co_consts if isinstance(one, CodeType))


def _cuts(spans: Sequence[RootStatement], end: int) -> list[tuple[int, int]]:
    """Begin and end of what becomes a function each."""
    found: list[tuple[int, int]] = []
    begin: int | None = None
    for span, behind in zip(spans, [*(span.start for span in spans[1:]), end], strict=True):
        if span.moves and begin is None:
            begin = span.start
        stop = behind if span.moves else span.start
        if begin is not None and (not span.moves or stop - begin >= _SIZE or behind == end):
            if stop - begin >= _LEAST:
                found.append((begin, stop))
            begin = None
    return found
