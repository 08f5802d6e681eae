"""Names that stand twice in one mapping: two values for one field, or an item of a list that was not begun."""

from __future__ import annotations

from generator.diagnostics import Diagnostic, Text
from generator.diagnostics.catalogue import diagnostic
from generator.kept.light_classes import dataclass, field
from generator.ooxml.limits import limits
from generator.source.nodes import Map, Source, locate, place_words

_SHOWN = 4  # names that a finding lists


@dataclass
class Doubles:
    """What was told of names that stand twice: once for an item, however many names it has."""

    # by mapping: its finding, where its first name stood before, the names
    items: dict[int, tuple[int, Text, dict[str, None]]] = field(default_factory=dict)
    told: int = 0

    def tell(self, page: Source, holder: Map, key: str, at: tuple[int, int], findings: list[Diagnostic]) -> None:
        """Note that `key` of `holder` stands at `at` once more.

        A mapping that begins again with its first name is an item whose start was forgotten: its other names are not told.
        """
        known = self.items.get(id(holder))
        if known is None:
            if self.told >= limits().findings:  # no more are printed
                return
            self.told += 1
            first = place_words(page, holder.key_at[key])
            found = diagnostic("duplicate-key", locate(page, at), spelling=page.spelling, key=key, first=first)
            if key == next(iter(holder.key_at)):
                self.items[id(holder)] = len(findings), first, {key: None}
            findings.append(found)
            return
        index, first, names = known
        if key in names:
            return
        names[key] = None
        if len(names) > _SHOWN + 1:
            return
        shown = "、".join([*names][:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
        begun = findings[index].location
        findings[index] = diagnostic(
            "item-not-begun",
            locate(page, (begun.line or 1, begun.column or 1)),
            spelling=page.spelling,
            keys=shown,
            first=first,
        )
