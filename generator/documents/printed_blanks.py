"""Sentences with a gap: values that a report lacks and that were printed in the middle of other words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import diagnostic
from generator.figures import Blank
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import replace
from generator.template.faults import PlacedTag
from generator.template.holes import leaves_hole
from generator.template.paths import Use

_ITEM = lazy(r"\[[0-9]*\]")


@lru_cache(maxsize=4096)  # a template asks for the same paths in every document
def _of_any_item(path: str) -> str:
    return _ITEM.sub("", path)


def printed_blanks(blanks: Sequence[Blank], uses: Iterable[tuple[Use, PlacedTag | None]]) -> Iterator[Diagnostic]:
    """A warning for each field and place.

    Args:
        blanks: those that printed nothing as text.
        uses: every use of a path in the template, with its tag.
    """
    lacking: dict[str, Blank] = {}
    for blank in blanks:
        lacking.setdefault(_of_any_item(blank.path), blank)
    told: set[tuple[str, str, str]] = set()
    for use, placed in uses if lacking else ():
        blank = lacking.get(_of_any_item(use.path))
        if blank is None or placed is None or not leaves_hole(use, placed):
            continue
        key = (blank.path, placed.tag.text, str(placed.location.anchor))
        if key not in told:
            told.add(key)
            where = replace(placed.location, path=blank.path)
            yield diagnostic("printed-blank", where, label=blank.label or blank.path, tag=placed.tag.text)
