"""Marks of a comparison in HTML: which differences stand at which place, what changed within a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from generator.compare.difference import Difference, place_of
from generator.compare.page_pictures import data_uri
from generator.compare.text_changes import hunks
from generator.diagnostics.wording import comparison_terms as terms
from generator.kept.name_sets import names

Pictures = tuple[Callable[[str], bytes | None] | None, Callable[[str], bytes | None] | None]
# What the texts and the colours of the two sides show by themselves.
_SHOWN = names("text value cached-value formula merge") | {
    f"{what}-{how}" for what in ("paragraph", "table", "row", "column") for how in ("inserted", "deleted", "moved")
}


class Marks:
    """Which differences stand at which place of the old and of the new document."""

    def __init__(self, differences: Iterable[Difference], language: str, pictures: Pictures = (None, None)):
        self.language = language
        self.pictures = pictures
        self.old: dict[str, list[int]] = {}
        self.new: dict[str, list[int]] = {}
        self.differences = list(differences)
        self._anchored: set[int] = set()
        for index, difference in enumerate(self.differences):
            place = place_of(difference.anchor).zh
            if difference.gone:
                self.old.setdefault(place, []).append(index)
                continue
            self.new.setdefault(place, []).append(index)
            before = difference.old_anchor or difference.anchor
            # what cells look like is told of the new sheet alone, whose rows and columns it counts
            if difference.old is not None and ("sheet" not in before or difference.kind in (*_SHOWN, "image")):
                self.old.setdefault(place_of(before).zh, []).append(index)

    def at(self, side: str, anchor: Mapping[str, Any]) -> list[int]:
        """The numbers of the differences at a place of one side (`old` or `new`)."""
        return (self.old if side == "old" else self.new).get(place_of(anchor).zh, [])

    def words(self, side: str, numbers: Iterable[int]) -> str:
        """What the text does not show of the differences of one side: formats, styles, numbers, links, each in words."""
        told = [
            self.differences[n].without_place(self.language)
            for n in numbers
            if self.differences[n].kind not in _SHOWN and self.differences[n].gone == (side == "old")
        ]
        return "".join(f'<small class="told">{escape(text)}</small>' for text in dict.fromkeys(told))

    def image(self, side: str, digest: str) -> str:
        """A picture of one document by its digest; "" where there is none that a browser shows."""
        find = self.pictures[0 if side == "old" else 1]
        content = find(digest) if find is not None else None
        address = data_uri(content) if content else ""
        return f'<img src="{address}" alt="">' if address else ""

    def attributes(self, numbers: list[int], extra: str = "") -> str:
        """The attributes of a marked element: class, tooltip, and the target of the list's link."""
        if not numbers and not extra:
            return ""
        found = f' class="{" ".join(filter(None, ["mark" if numbers else "", extra]))}"'
        if numbers:
            told = "\n".join(self.differences[n].text.in_language(self.language) for n in numbers)
            found += f' title="{escape(told)}"'
            fresh = [n for n in numbers if n not in self._anchored]
            if fresh:
                self._anchored.update(fresh)
                found += f' id="d{fresh[0] + 1}"'
        return found


def changed_text(old: str, new: str) -> tuple[str, str]:
    """Both texts as HTML, what changed in them marked."""
    before: list[str] = []
    after: list[str] = []
    i = j = 0
    for hunk in hunks(old, new):
        before.append(escape(old[i : hunk.old_start]))
        after.append(escape(new[j : hunk.new_start]))
        if hunk.old_end > hunk.old_start:
            before.append(f"<del>{escape(old[hunk.old_start : hunk.old_end])}</del>")
        if hunk.new_end > hunk.new_start:
            after.append(f"<ins>{escape(new[hunk.new_start : hunk.new_end])}</ins>")
        i, j = hunk.old_end, hunk.new_end
    before.append(escape(old[i:]))
    after.append(escape(new[j:]))
    return broken("".join(before)), broken("".join(after))


def broken(html: str) -> str:
    """Line breaks and tabs of a text in HTML."""
    return html.replace("\n", "<br>").replace("\t", "&emsp;")


_AROUND = 2  # unchanged rows that stay in sight beside a change
_FEW = 3  # fewer than these are not worth folding


def folded(rows: Sequence[tuple[bool, str]], language: str) -> Iterator[str]:
    """Rows of two sides (whether they changed, their HTML); long stretches of unchanged ones are folded.

    Args:
        rows: in order.
        language: `zh` or `en`.
    """
    near = {k for n, (changed, _) in enumerate(rows) if changed for k in range(n - _AROUND, n + _AROUND + 1)}
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and (end in near) == (start in near):
            end += 1
        html = '<table class="sides"><tbody>' + "".join(row for _, row in rows[start:end]) + "</tbody></table>"
        if start in near or end - start < _FEW:
            yield html
        else:
            n = end - start
            yield f"<details><summary>{terms.UNCHANGED.filled(n=n).in_language(language)}</summary>{html}</details>"
        start = end
