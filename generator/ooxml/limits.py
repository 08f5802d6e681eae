"""What one piece of work may cost: every bound that a file, a template or a render meets, in one place.

The bounds are far above what reports need and far below what harms a machine. They are set for a process or for a stretch of
work (`within`), in the environment (`GENERATOR_LIMITS`, which worker processes inherit) or on the command line (`--limits`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from generator.kept.light_classes import dataclass, field_names, replace

VARIABLE = "GENERATOR_LIMITS"
APART = "GENERATOR_APART"  # set in a process of its own


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds.

    Args:
        seconds: processor time of one render.
        turns: of all loops of one render.
        characters: that expressions of one render make (a list's item counts as eight).
        output: bytes of one rendered part.
        depth: of values in one another: data, and lists that a template builds.
        blocks: of a template in one another.
        loops: of a template in one another (Python runs no more than twenty).
        tag: characters of one tag.
        tags: of one part.
        entries: of a package.
        part: bytes of one inflated part.
        package: bytes of all inflated parts.
        ratio: inflated to deflated, of parts beyond `small`.
        small: bytes of a part whose ratio is not looked at.
        elements: of one part.
        cells: that the formulas of one workbook read, to have values; those beyond are left to Excel.
        memory: bytes of a process that renders in isolation.
        drawing: processor time of one SVG picture that is drawn.
        data: bytes of a data file, standard or context.
        findings: that are printed; the rest is counted.
    """

    seconds: float = 10.0
    turns: int = 10_000_000
    characters: int = 100_000_000
    output: int = 256 << 20
    depth: int = 100
    blocks: int = 80
    loops: int = 15
    tag: int = 10_000
    tags: int = 50_000
    entries: int = 10_000
    part: int = 256 << 20
    package: int = 1 << 30
    ratio: int = 150
    small: int = 8 << 20
    elements: int = 10_000_000
    cells: int = 1_000_000_000
    memory: int = 2 << 30
    drawing: float = 3.0
    data: int = 64 << 20
    findings: int = 1_000


DEFAULT = Limits()
_MACROS = "GENERATOR_ALLOW_MACROS"
_current: ContextVar[Limits | None] = ContextVar("limits", default=None)
_process: dict[str, Limits] = {}


def limits() -> Limits:
    """The bounds that hold here: those of `within`, else of the environment variable, else the defaults.

    Raises:
        ValueError: the environment variable names a bound that there is none of, or no number.
    """
    found = _current.get()
    if found is not None:
        return found
    stated = os.environ.get(VARIABLE, "")
    if not stated:
        return DEFAULT
    if stated not in _process:
        _process[stated] = parse_limits(stated)
    return _process[stated]


@contextmanager
def within(bounds: Limits) -> Iterator[None]:
    """Other bounds for a stretch of work of this thread."""
    token = _current.set(bounds)
    try:
        yield
    finally:
        _current.reset(token)


def macros_are_allowed() -> bool:
    """Whether documents may hold macros."""
    return os.environ.get(_MACROS, "") == "1"


def allow_macros() -> None:
    """Let documents hold macros, in this process and those that it starts."""
    os.environ[_MACROS] = "1"


def runs_apart() -> bool:
    """Whether this is a process of its own (`--isolated`), which starts no further ones."""
    return APART in os.environ


def parse_limits(text: str) -> Limits:
    """Bounds as they are typed: `seconds=60,output=1073741824`; what is not named keeps its default.

    Raises:
        ValueError: a name that is no bound, or a value that is no positive number; its text is the entry.
    """
    changed: dict[str, float] = {}
    for entry in filter(None, (piece.strip() for piece in text.split(","))):
        name, equals, number = entry.partition("=")
        name = name.strip()
        if not equals or name not in field_names(Limits):
            raise ValueError(entry)
        try:
            value = float(number) if name in ("seconds", "drawing") else int(number)
        except ValueError:
            raise ValueError(entry) from None
        if not 0 < value < 1e18:
            raise ValueError(entry)
        changed[name] = value
    return replace(DEFAULT, **changed)  # type: ignore[arg-type]  the names are those of its fields
