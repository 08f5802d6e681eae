"""Versions of standards: `1.2` and `1.2.0` are the same, and serve what asks for 1.1."""

from __future__ import annotations

from generator.kept.lazy_patterns import lazy

_VERSION = lazy(r"(\d+)\.(\d+)(?:\.(\d+))?\Z")


def version_of(text: str) -> tuple[int, ...] | None:
    """The three numbers of a version; None where the text is none."""
    match = _VERSION.match(text.strip())
    return tuple(int(part or 0) for part in match.groups()) if match else None


def version_serves(wanted: str, own: str) -> bool:
    """Whether a standard serves a data file that asks for a version: 1.2 is served by 1.2 and later, not by 2.0."""
    asked, present = version_of(wanted), version_of(own)
    return asked is not None and present is not None and asked[0] == present[0] and asked <= present
