"""“Did you mean”: the known names that a mistyped one can be, never one that is farther away than half of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from generator.diagnostics.finding import Text

_SIGNS = {">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤", "==": "=", "!=": "≠", "<>": "≠", "x": "×", "*": "×"}


def nearest(name: str, known: Iterable[str], most: int = 1) -> list[str]:
    """The known names nearest to `name`, the nearest first.

    A name qualifies if at most half of the typed characters would have to change, or if one of the two is at least half of
    the other and stands in it whole.

    Args:
        name: what was typed.
        known: what could have been meant.
        most: how many at most.
    """
    from difflib import SequenceMatcher

    from rapidfuzz.distance import OSA  # a typing slip is rare, and the import is not free

    typed = _folded(name)
    if not typed:
        return []
    found: list[tuple[int, float, int, str]] = []
    for position, other in enumerate(dict.fromkeys(known)):
        wanted = _folded(other)
        if not wanted or other == name:
            continue
        longer = max(len(typed), len(wanted))
        if wanted in typed or typed in wanted:
            apart = longer - min(len(typed), len(wanted))
            bound = longer
        else:
            bound = len(typed)
            apart = OSA.distance(typed, wanted, score_cutoff=bound // 2)
        if 2 * apart <= bound and (apart < longer or not apart):
            likeness = SequenceMatcher(None, typed, wanted).ratio()
            found.append((apart, -likeness, position, other))
    return [other for *_, other in sorted(found)[:most]]


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant."""
    return next(iter(nearest(name, known)), None)


def asked(names: Sequence[str]) -> Text | None:
    """“Did you mean …?” of names; None without one."""
    if not names:
        return None
    return Text(
        "是不是" + "、".join(f"“{one}”" for one in names) + "？",
        "Did you mean " + ", ".join(f"“{one}”" for one in names) + "?",
    )


def _folded(name: str) -> str:
    """A name as it is compared: width, case and signs typed by two keys make no difference."""
    plain = unicodedata.normalize("NFKC", name).strip().casefold()
    return _SIGNS.get(plain, plain)
