"""Faults of expressions, before they have a file and a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.diagnostics import Diagnostic, Location, Text
from generator.diagnostics.catalogue import diagnostic
from generator.kept.light_classes import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its code, the code point of the text where it stands, what its wording names."""

    code: str
    offset: int = 0
    arguments: Mapping[str, Any] = field(default_factory=dict)
    hint: Text | None = None

    def at(self, location: Location) -> Diagnostic:
        """The finding at `location`."""
        return diagnostic(self.code, location, hint=self.hint, **self.arguments)


class FormulaError(Exception):
    """An expression is at fault; `faults` has every fault that was found, `parts` what of a text could be read."""

    def __init__(self, faults: Iterable[Fault], parts: Iterable[Any] = ()):
        self.faults = tuple(faults)
        self.parts = tuple(parts)
        super().__init__(", ".join(f"{fault.code} at {fault.offset}" for fault in self.faults))
