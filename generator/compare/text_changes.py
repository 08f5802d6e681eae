"""What changed within a text: by words, numbers whole, Chinese by characters."""

from __future__ import annotations

import re
from itertools import accumulate

from generator.compare.align import common_subsequence
from generator.diagnostics import Text
from generator.diagnostics.wording import comparison_terms as terms
from generator.kept.light_tuples import NamedTuple

# A number with its separators and sign of percent, a Latin (or other alphabetic) word, blanks, any one character else.
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*[%％‰]?|[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f]+(?:['’\-][A-Za-z\u00c0-\u024f]+)*|[ \t\u3000]+|.",
    re.DOTALL,
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*[%％‰]?")
_SHORT = 40
_LONG = 60


class Hunk(NamedTuple):
    """A changed stretch: where it stands in the old and the new text, in code points."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def tokens(text: str) -> list[str]:
    """The units that a difference is told in."""
    return _TOKEN.findall(text)


def hunks(old: str, new: str) -> list[Hunk]:
    """The changed stretches of a text, in order."""
    if old == new:
        return []
    a, b = tokens(old), tokens(new)
    starts_a, starts_b = (list(accumulate(map(len, parts), initial=0)) for parts in (a, b))
    found: list[Hunk] = []
    last = (0, 0)
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    middle = common_subsequence(a[head : len(a) - tail], b[head : len(b) - tail])
    pairs = [(i, i) for i in range(head)]
    pairs += [(head + i, head + j) for i, j in middle]
    pairs += [(len(a) - tail + k, len(b) - tail + k) for k in range(tail)]
    for i, j in [*pairs, (len(a), len(b))]:
        if i > last[0] or j > last[1]:
            found.append(Hunk(starts_a[last[0]], starts_a[i], starts_b[last[1]], starts_b[j]))
        last = (i + 1, j + 1)
    return _joined(found)


def _joined(found: list[Hunk]) -> list[Hunk]:
    """Changes that one or two characters keep apart are one change: the eye finds no sense in such islands."""
    joined: list[Hunk] = []
    for hunk in found:
        if joined and hunk.old_start - joined[-1].old_end <= 2:
            first = joined.pop()
            hunk = Hunk(first.old_start, hunk.old_end, first.new_start, hunk.new_end)
        joined.append(hunk)
    return joined


def equal_stretches(old: str, new: str) -> list[tuple[int, int, int]]:
    """What stayed: start in the old text, start in the new text, length."""
    found: list[tuple[int, int, int]] = []
    i = j = 0
    for hunk in [*hunks(old, new), Hunk(len(old), len(old), len(new), len(new))]:
        if hunk.old_start > i:
            found.append((i, j, hunk.old_start - i))
        i, j = hunk.old_end, hunk.new_end
    return found


def similarity(old: str, new: str) -> float:
    """How alike two texts are, 0 to 1."""
    if not old or not new:
        return 0.0
    from rapidfuzz.fuzz import ratio

    return ratio(old, new) / 100


def shown(text: str, limit: int = _LONG) -> str:
    """A text within a message: on one line, cut in the middle when it is long."""
    text = text.replace("\r", "").replace("\n", "⏎").replace("\t", "⇥")
    return text if len(text) <= limit else f"{text[: limit // 2]}…{text[-limit // 3 :]}"


def quoted(text: str, limit: int = _LONG) -> str:
    """A text within a message in quotation marks."""
    return f"“{shown(text, limit)}”"


def in_brackets(text: str) -> Text:
    """A text in brackets behind what it is of; nothing where there is none."""
    return Text(f"（{shown(text)}）", f" ({shown(text)})") if text else Text("", "")


def describe_change(old: str, new: str, plain: bool = False) -> Text:
    """The change of a text, told by what was replaced, added or taken out.

    Args:
        old, new: the texts.
        plain: for cells: short texts are told whole, without quotation marks (`8 → 9`).
    """
    if plain and max(len(old), len(new)) <= _SHORT and "\n" not in old + new:
        return terms.CHANGE.filled(old=old or terms.EMPTY, new=new or terms.EMPTY)
    told: list[Text] = []
    found = hunks(old, new)
    if not old or not new or len(found) > 6 or similarity(old, new) < 0.3:
        found = [Hunk(0, len(old), 0, len(new))]
    for hunk in found:
        before, after = old[hunk.old_start : hunk.old_end], new[hunk.new_start : hunk.new_end]
        if before and after:
            told.append(terms.CHANGE.filled(old=quoted(before), new=quoted(after)))
        else:
            told.append((terms.ADDED if after else terms.REMOVED).filled(text=quoted(after or before)))
    return terms.TEXT_CHANGES.filled(zh="；".join(one.zh for one in told), en="; ".join(one.en for one in told))


def numbers_apart(old: str, new: str) -> list[tuple[float, float]] | None:
    """The numbers in which two texts differ, or None where they differ in anything else."""
    if _NUMBER.sub("0", old) != _NUMBER.sub("0", new) or not (_simple(old) and _simple(new)):
        return None
    return [
        (float(a.rstrip("%％‰").replace(",", "")), float(b.rstrip("%％‰").replace(",", "")))
        for a, b in zip(_NUMBER.findall(old), _NUMBER.findall(new), strict=True)
        if a != b
    ]


def _simple(text: str) -> bool:
    """Whether every number of a text has at most one decimal point (`1.2.3` is a numbering)."""
    return all(match.count(".") <= 1 for match in _NUMBER.findall(text))
