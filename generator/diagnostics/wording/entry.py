"""One entry of the message catalogue."""

from __future__ import annotations

from typing import NamedTuple

from generator.diagnostics import Severity, Text


class Wording(NamedTuple):
    """Severity, message and hint of a code; `{name}` is filled with the argument of that name."""

    severity: Severity
    message: Text
    hint: Text | None = None


def error(zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> Wording:
    """An error's wording."""
    return Wording(Severity.ERROR, Text(zh, en), Text(hint_zh, hint_en) if hint_zh else None)


def warning(zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> Wording:
    """A warning's wording."""
    return Wording(Severity.WARNING, Text(zh, en), Text(hint_zh, hint_en) if hint_zh else None)


def info(zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> Wording:
    """A note's wording."""
    return Wording(Severity.INFO, Text(zh, en), Text(hint_zh, hint_en) if hint_zh else None)
