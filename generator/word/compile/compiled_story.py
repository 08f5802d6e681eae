"""The parts of a Word template that hold tags, compiled: what rendering needs of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from generator.kept.light_classes import dataclass
from generator.template.faults import PlacedTag
from generator.template.jinja_program import Program

if TYPE_CHECKING:
    from generator.template.paths import Use
    from generator.template.single_braces import SingleBraces
    from generator.word.compile.fed_charts import FedChart
    from generator.word.compile.tokens import Slot, Tokens

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


@dataclass(frozen=True, slots=True)
class Source:
    """A part's Jinja source; what stands on each line.

    Args:
        text: the source; nothing once it is compiled.
        lines: line -> the number of its piece.
        tokens: the pieces.
    """

    text: str
    lines: dict[int, int]
    tokens: Tokens

    def placed(self, line: int | None) -> PlacedTag | None:
        """The tag on a line."""
        number = self.lines.get(line or 0)
        return None if number is None else self.tokens.pieces[number].placed

    def slots(self) -> dict[int, Slot]:
        """Line -> where its value is printed."""
        pieces = self.tokens.pieces
        return {line: slot for line, number in self.lines.items() if (slot := pieces[number].slot) is not None}


@dataclass(frozen=True, slots=True)
class Compiled:
    """A part's program.

    Args:
        program: that prints it.
        source: what stands on each line; it is not among what another process keeps.
        found: the uses of paths in it.
        buffered: whether the author's blocks capture or filter what they hold.
        bound: name that the part sets -> the path that it loops over, "" for another.
    """

    program: Program
    source: Source
    found: Sequence[Use]
    buffered: bool
    bound: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CompiledPart:
    """A part that holds tags.

    Args:
        member: its name.
        compiled: its program.
        head: what stands in front of what it prints.
        prefixes: of the namespaces that it declares; None for a part that is no XML.
        held: whether it marks tables that print no row perhaps (see `rows_or_nothing`).
    """

    member: str
    compiled: Compiled
    head: bytes
    prefixes: Mapping[str, str] | None
    held: bool = False


@dataclass(frozen=True, slots=True)
class Stories:
    """What a template compiles to.

    Args:
        parts: its parts with tags, the body first.
        changes: members that differ from the template's in every document (relationships of links with tags).
        drawings: the number after which those of printed drawings begin.
        contents: whether the body holds a table of contents.
        charts: relationship of the body -> a chart that takes its data from the context.
        embedded: embedded documents that hold tags -> the first, which is told where they are not replaced.
        sequences: whether loops or conditions of the body may change the numbers of captions.
        regrid: parts with tables whose grid follows what was printed.
        halves: parts with bookmarks of which a block may print one half.
        braced: names in one pair of braces.
    """

    parts: tuple[CompiledPart, ...]
    changes: Mapping[str, bytes]
    drawings: int
    contents: bool
    charts: Mapping[str, FedChart]
    embedded: Mapping[str, str]
    sequences: bool
    regrid: tuple[str, ...]
    halves: tuple[str, ...]
    braced: tuple[SingleBraces, ...]
