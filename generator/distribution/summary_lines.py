"""Lines of a summary that are worked out: what became of a data file, how many handed in, a heading with its unit."""

from __future__ import annotations

from generator.diagnostics.wording import summary_words as words
from generator.distribution.collection import Collection
from generator.distribution.submission import Submission


def state_of(one: Submission, language: str) -> str:
    """What became of a data file, with what is wrong about its standard."""
    states = [words.STATES[one.state]]
    if one.other_version:
        states.append(words.OTHER_VERSION)
    if one.other_standard:
        states.append(words.OTHER_STANDARD)
    if one.other_digest:
        states.append(words.EDITED_STANDARD)
    return words.ENUMERATION.in_language(language).join(state.in_language(language) for state in states)


def heading_unit(heading: str, unit: str, language: str) -> str:
    """A heading with its unit, where it has one that the figures do not print."""
    if unit in ("", "%") or f"（{unit}" in heading or f"({unit}" in heading:
        return heading
    return words.HEADING_UNIT.filled(heading=heading, unit=unit).in_language(language)


def counts(collection: Collection, language: str) -> str:
    """One line: how many are to hand in, did, and how they fare."""
    submissions = collection.submissions
    numbers = {
        "listed": collection.listed,
        "handed in": len(collection.handed_in),
        "wrong": sum(one.errors > 0 for one in submissions),
        "warned": sum(one.errors == 0 and one.warnings > 0 for one in submissions),
        "missing": len(collection.missing) if collection.listed is not None else None,
        "extra": len(collection.extra) or None,
        "versions": sum(one.other_version for one in submissions) or None,
        "digests": sum(one.other_digest or one.other_standard for one in submissions) or None,
    }
    parts = [words.COUNTED[key].filled(n=n) for key, n in numbers.items() if n is not None]
    return words.COMMA.in_language(language).join(part.in_language(language) for part in parts)
