"""Collects the faults of a standard, each at its place in its file."""

from __future__ import annotations

from typing import Any

from generator.diagnostics import Diagnostic, Location, Text, has_errors
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.suggest import asked, nearest
from generator.diagnostics.wording import value_words as words
from generator.diagnostics.wording.entry import Spelling
from generator.formula import FormulaError
from generator.kept.light_classes import dataclass
from generator.source import List, Map, Node, Scalar, Source, locate, position_in

_FOLLOWING = frozenset(  # what is found of a name only because its declaration is at fault
    (
        "formula-unknown-name",
        "formula-unknown-field",
        "formula-result",
        "standard-unknown-path",
        "standard-parameter-unset",
        "standard-for-not-records",
    )
)
_WITHOUT_FILE = frozenset(("standard-include-missing", "standard-include-standard"))
_TYPES = frozenset(("standard-unknown-type", "standard-extends-missing", "standard-choice-parameter"))


@dataclass(frozen=True, slots=True)
class Stated:
    """A node, the file that it stands in, and what it says."""

    source: Source
    node: Node
    value: Any = None

    @property
    def text(self) -> str:
        return self.node.text if isinstance(self.node, Scalar) else ""


class Findings:
    """The findings of one loading, in the order in which they were made."""

    def __init__(self) -> None:
        self.items: dict[Diagnostic, None] = {}
        self.broken: set[str] = set()
        self.broken_types: set[str] = set()
        self.uncomputed: set[str] = set()  # fields whose formula is at fault

    def lame(self, *names: str, types: bool = True) -> None:
        """Note names whose declaration is at fault: what is found wherever they are used follows from that.

        Args:
            names: of fields, parameters or types.
            types: whether they may be types as well.
        """
        self.broken.update(names)
        if types:
            self.broken_types.update(names)

    def add(
        self,
        code: str,
        source: Source | None,
        at: Node | tuple[int, int] | None,
        hint: Text | None = None,
        **arguments: Any,
    ) -> None:
        """Note a finding at a place of a file."""
        location = locate(source, at) if source else Location()
        self.items[diagnostic(code, location, hint=hint, **arguments)] = None

    def of(self, stated: Stated, code: str, hint: Text | None = None, **arguments: Any) -> None:
        """Note a finding about what an entry states."""
        self.add(code, stated.source, stated.node, hint, **arguments)

    def formula(self, error: FormulaError, source: Source, scalar: Scalar) -> None:
        """Note the faults of a formula, each at its code point where the scalar shows it."""
        for fault in error.faults:
            place = position_in(source, scalar, fault.offset)
            self.items[fault.at(locate(source, place))] = None

    @property
    def failed(self) -> bool:
        """Whether any finding is an error."""
        return has_errors(self.items)

    def told(self) -> list[Diagnostic]:
        """The findings in the order in which they were made, without what only follows from others."""
        lacking = any(found.code in _WITHOUT_FILE for found in self.items)

        def follows(found: Diagnostic) -> bool:
            name = found.arguments.get("name")
            if found.code == "standard-balance-field" and name in self.uncomputed:
                return True
            named = name in self.broken or found.arguments.get("text") in self.broken
            if found.code in _TYPES:
                return lacking or name in self.broken_types
            return named and found.code in _FOLLOWING

        return [found for found in self.items if not follows(found)] or list(self.items)

    def sorted(self) -> list[Diagnostic]:
        """The findings by file, line and column."""
        return sorted(
            self.told(),
            key=lambda found: (found.location.file or "", found.location.line or 0, found.location.column or 0),
        )


def meant(name: str, known: list[str]) -> Text | None:
    """The hint “did you mean …”, or what there is."""
    if found := asked(nearest(name, known)):
        return found
    if known:
        shown = known[:20]
        return words.CAN_BE.filled(zh="、".join(shown), en=", ".join(shown))
    return None


SHOWN = 60  # letters of a value that a message repeats


def shape(node: Node, spelling: Spelling = "yaml") -> Text:
    """What a value is, in words.

    Args:
        node: the value.
        spelling: of the file that it stands in.
    """
    if isinstance(node, Map):
        return words.SHAPE_MAP[spelling]
    if isinstance(node, List):
        return words.SHAPE_LIST if node else words.SHAPE_NO_ITEMS
    if node.is_null:
        return words.SHAPE_EMPTY
    text = " ".join(node.text.split())
    return words.QUOTED.filled(text=text if len(text) <= SHOWN else text[:SHOWN] + "…")
