"""The number that is printed in front of each paragraph of a list, counted as Word counts (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.compare.word.document_model import ListLevel, Printed
from generator.figures.list_numerals import list_numeral
from generator.kept.light_tuples import NamedTuple

_PLACE = re.compile(r"%([1-9])")


class ListDefinition(NamedTuple):
    """A list that paragraphs name (`w:num`): its levels, the numbering behind it, and which levels it starts anew.

    Lists with one numbering behind them go on counting; `linked` are the levels of paragraph styles.
    """

    numbering: str
    levels: Mapping[int, ListLevel]
    anew: frozenset[int]
    linked: Mapping[str, int]


class Counting:
    """Counts the paragraphs of one story, in the order of the document."""

    def __init__(self, lists: Mapping[str, ListDefinition], runs: Iterator[int]):
        self._lists = lists
        self._runs = runs
        self._counts: dict[str, dict[int, int]] = {}
        self._open: dict[tuple[str, int], int] = {}
        self._begun: set[tuple[str, int]] = set()

    def printed(self, list_id: str, level: ListLevel) -> Printed:
        """What stands in front of the next paragraph of a list's level."""
        definition = self._lists.get(list_id)
        if definition is None:
            return Printed("", (), 0, False)
        key, at = definition.numbering, level.level
        counts = self._counts.setdefault(key, {})
        for above in definition.levels:
            if above < at and above not in counts:  # one that was passed over counts as if it had been there
                counts[above] = definition.levels[above].start
                self._open[key, above] = next(self._runs)
        anew = at in definition.anew and (list_id, at) not in self._begun
        begins = anew or at not in counts
        by_itself = anew or (key, at) not in self._open  # else a paragraph of a higher level began the numbers anew
        self._begun.add((list_id, at))
        if begins:
            counts[at] = level.start
            self._open[key, at] = next(self._runs)
        else:
            counts[at] += 1
        for deeper in [k for k in counts if k > at]:
            restart = definition.levels[deeper].restart if deeper in definition.levels else None
            if restart is None or at < restart:
                del counts[deeper]
        label = printed_label(level, definition.levels, counts)
        shown = tuple(
            definition.levels[int(n) - 1].format for n in _PLACE.findall(level.text) if int(n) - 1 in definition.levels
        )
        return Printed(label, shown, self._open[key, at], begins and by_itself, key)


def printed_label(level: ListLevel, levels: Mapping[int, ListLevel], counts: Mapping[int, int]) -> str:
    """The text in front of a paragraph.

    Args:
        level: the paragraph's level.
        levels: all levels of its list.
        counts: the present number of each level.
    """
    if level.format == "bullet":
        return "".join("•" if "\ue000" <= char <= "\uf8ff" else char for char in level.text)

    def shown(match: re.Match[str]) -> str:
        one = int(match[1]) - 1
        of = levels.get(one)
        if of is None or one > level.level:
            return ""
        form = "decimal" if level.legal and of.format != "none" else of.format
        return list_numeral(counts.get(one, of.start), form, of.custom)

    return _PLACE.sub(shown, level.text)
