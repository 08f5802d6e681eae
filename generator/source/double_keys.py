"""Names that stand twice in one mapping: two values for one field, or an item of a list that was not begun."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import source_hints as words
from generator.source.nodes import Map, Source, locate

_SHOWN = 4  # names that a finding lists

_ONE = words.KEEP_ONE
_MORE = words.END_ITEM_FIRST


@dataclass
class Doubles:
    """What was told of names that stand twice: once for an item, however many names it has."""

    items: dict[int, tuple[int, int, list[str]]] = field(default_factory=dict)  # by mapping: finding, first line, names

    def tell(
        self, page: Source, holder: Map, key: str, at: tuple[int, int], findings: list[Diagnostic], json: bool = False
    ) -> None:
        """Note that `key` of `holder` stands at `at` once more.

        A mapping that begins again with its first name is an item whose start was forgotten: its other names are not told.
        """
        first = holder.key_at[key][0]
        known = self.items.get(id(holder))
        if known is None:
            found = diagnostic("duplicate-key", locate(page, at), hint=_ONE if json else None, key=key, first=first)
            if key == next(iter(holder.key_at)):
                self.items[id(holder)] = len(findings), first, [key]
            findings.append(found)
            return
        index, first, names = known
        if key in names:
            return
        names.append(key)
        shown = "、".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
        begun = findings[index].location
        findings[index] = diagnostic(
            "item-not-begun",
            locate(page, (begun.line or 1, begun.column or 1)),
            hint=_MORE if json else None,
            keys=shown,
            first=first,
        )
