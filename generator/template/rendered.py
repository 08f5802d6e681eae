"""What a render of either engine gives."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.kept.light_tuples import NamedTuple


class Rendered(NamedTuple):
    """A document as it was rendered.

    Attributes:
        content: the whole file.
        notes: what is worth knowing of it: formulas that have no value before Excel computes them.
    """

    content: bytes
    notes: list[Diagnostic]
