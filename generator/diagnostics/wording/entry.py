"""One entry of the message catalogue."""

from __future__ import annotations

from typing import Literal

from generator.diagnostics import Severity, Text
from generator.kept.light_tuples import NamedTuple

Spelling = Literal["yaml", "json", "form"]  # how a data file is written: what is advised names its marks, or its cells


class Wording(NamedTuple):
    """Severity, message and hint of a code; `{name}` is filled with the argument of that name.

    Args:
        severity: unless the finding says otherwise.
        message: what is wrong.
        hint: what to do; `json` and `form` are the same for such data files, where it names marks of YAML.
        meaning: what the code stands for, where the message itself comes from a standard and says nothing of it.
    """

    severity: Severity
    message: Text
    hint: Text | None = None
    json: Text | None = None
    form: Text | None = None
    meaning: Text | None = None

    def advice(self, spelling: Spelling) -> Text | None:
        """What to do in a data file of that spelling."""
        own = {"yaml": self.hint, "json": self.json, "form": self.form}[spelling]
        return own or self.hint


Pair = tuple[str, str] | None


def error(zh: str, en: str, hint_zh: str = "", hint_en: str = "", json: Pair = None, form: Pair = None) -> Wording:
    """An error's wording."""
    return _wording(Severity.ERROR, zh, en, hint_zh, hint_en, json, form)


def warning(zh: str, en: str, hint_zh: str = "", hint_en: str = "", json: Pair = None, form: Pair = None) -> Wording:
    """A warning's wording."""
    return _wording(Severity.WARNING, zh, en, hint_zh, hint_en, json, form)


def info(zh: str, en: str, hint_zh: str = "", hint_en: str = "", json: Pair = None, form: Pair = None) -> Wording:
    """A note's wording."""
    return _wording(Severity.INFO, zh, en, hint_zh, hint_en, json, form)


def _wording(severity: Severity, zh: str, en: str, hint_zh: str, hint_en: str, json: Pair, form: Pair) -> Wording:
    return Wording(
        severity,
        Text(zh, en),
        Text(hint_zh, hint_en) if hint_zh else None,
        Text(*json) if json else None,
        Text(*form) if form else None,
    )
