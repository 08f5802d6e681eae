"""The numbers that Word puts in front of headings (ECMA-376 part 1 §17.9): 第一章, 1.2, （三）."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.figures.list_numerals import list_numeral
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.stated_numbers import whole
from generator.ooxml.wordprocessing import Element, W, value_of

_PLACE = lazy(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a numbering: where it starts, how it writes its number, and the text around."""

    start: int
    form: str
    text: str
    legal: bool


@dataclass(frozen=True, slots=True)
class Label:
    """The number in front of a paragraph.

    Args:
        text: as it stands there: 第三章, 2.1, （四）.
        numeral: its numbers with what stands between them: 三, 2.1, 四.
        whole: whether it names every level above its own, so that nothing has to be put before it.
    """

    text: str
    numeral: str
    whole: bool


_NONE = Label("", "", whole=True)


@dataclass(slots=True)
class Labels:
    """Counts the numbered paragraphs of a document, in order.

    Args:
        numbers: id of a numbering -> the abstract numbering behind it, and where its levels begin anew.
        levels: abstract numbering -> its levels.
    """

    numbers: Mapping[str, tuple[str, Mapping[int, int]]]
    levels: Mapping[str, Mapping[int, Level]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def label(self, number: str, level: int) -> Label | None:
        """The label of the next paragraph of a numbering, with empty texts for one that shows none; None if it is not known."""
        found = self.numbers.get(number)
        if found is None or level not in self.levels.get(found[0], {}):
            return None
        abstract, restarts = found
        levels, counts = self.levels[abstract], self.counts.setdefault(abstract, {})
        if number not in self.seen:
            self.seen.add(number)
            for one, start in restarts.items():
                counts[one] = start - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        own = levels[level]

        def shown(match: re.Match[str]) -> str:
            one = int(match[1]) - 1
            of = levels.get(one, own)
            return list_numeral(counts.get(one, of.start), "decimal" if own.legal else of.form)

        if own.form in ("bullet", "none"):
            return _NONE
        places = list(_PLACE.finditer(own.text))
        between = own.text[places[0].start() : places[-1].end()] if places else ""
        named = {int(place[1]) for place in places}
        return Label(_PLACE.sub(shown, own.text), _PLACE.sub(shown, between), named == set(range(1, level + 2)))


def read_labels(numbering: Element | None) -> Labels:
    """The labels of a numbering part."""
    if numbering is None:
        return Labels({}, {})
    levels = {
        item.get(f"{W}abstractNumId", ""): {
            whole(level.get(f"{W}ilvl", "0")): Level(
                whole(value_of(level, "start") or 1),
                value_of(level, "numFmt") or "decimal",
                value_of(level, "lvlText"),
                level.find(f"{W}isLgl") is not None,
            )
            for level in item.findall(f"{W}lvl")
        }
        for item in numbering.findall(f"{W}abstractNum")
    }
    defined = {
        value_of(item, "styleLink"): item.get(f"{W}abstractNumId", "") for item in numbering.findall(f"{W}abstractNum")
    }
    for item in numbering.findall(f"{W}abstractNum"):  # one that a list style stands for is defined elsewhere
        if (style := value_of(item, "numStyleLink")) and style in defined:
            levels[item.get(f"{W}abstractNumId", "")] = levels[defined[style]]
    numbers = {
        item.get(f"{W}numId", ""): (
            value_of(item, "abstractNumId"),
            {
                whole(override.get(f"{W}ilvl", "0")): whole(value_of(override, "startOverride") or 1)
                for override in item.findall(f"{W}lvlOverride")
                if override.find(f"{W}startOverride") is not None
            },
        )
        for item in numbering.findall(f"{W}num")
    }
    return Labels(numbers, levels)
