"""What the comparison of two Word documents keeps while it goes through them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.compare.canonical import changed
from generator.compare.difference import Findings, Level
from generator.compare.word.document_model import Paragraph, Style
from generator.compare.word.list_differences import ListPair
from generator.kept.light_classes import dataclass, field


@dataclass
class Comparing:
    """What the comparison of two documents keeps: findings, which note became which, the paragraphs of lists.

    `text` is the level of a change of text in the present story: headers and notes are structure. `moving` is true within what moved.
    """

    findings: Findings
    text: Level = Level.TEXT
    notes: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    styles: tuple[Mapping[str, Style] | None, Mapping[str, Style] | None] = (None, None)  # as a reader sees them
    style_changes: dict[tuple[str, str], set[Any]] = field(default_factory=dict)
    list_indents: set[Any] = field(default_factory=set)
    list_pairs: list[ListPair] = field(default_factory=list)
    moving: bool = False
    by_table: set[Any] = field(default_factory=set)  # what a cell's text looks like through its table, within the cell

    @property
    def effective(self) -> bool:
        """Whether formats are those that a reader sees."""
        return self.styles[0] is not None

    def by_style(self, old: str, new: str) -> set[Any]:
        """What changed of a paragraph's format through its style: that is told of the style, or follows from a change of styles."""
        if self.styles[0] is None or self.styles[1] is None:
            return set()
        if (old, new) not in self.style_changes:
            before, after = self.styles[0].get(old), self.styles[1].get(new)
            self.style_changes[old, new] = set(style_changes(before, after)) if before and after else set()
        return self.style_changes[old, new]

    def note_lists(
        self, old: Paragraph, new: Paragraph, anchor: Mapping[str, Any], where: Mapping[str, Any], told: bool = False
    ) -> None:
        """Keep two paragraphs of lists for `compare_lists`."""
        if old.number is not None and new.number is not None:
            position = len(self.findings.found)
            self.list_pairs.append(ListPair(position, old, new, anchor, where, told or self.moving))


def style_changes(old: Style, new: Style) -> list[tuple[str, Any, Any]]:
    """What changed of a style's format."""
    table = [] if old.table == new.table else [("tblStylePr", old.table, new.table)]
    return [*changed(old.paragraph, new.paragraph), *changed(old.run, new.run), *table]
