"""The wording of every diagnostic, by code, in Chinese and English.

A room's codes stand in the file of that room beside this one. A code is a few English words joined by hyphens; its
wording may name arguments in braces. Both languages name the same arguments.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from generator.diagnostics import NOWHERE, Diagnostic, Location, Severity, Text
from generator.diagnostics.wording.entry import Spelling, Wording
from generator.kept.name_sets import listed

ROOMS = listed(
    "package source syntax form formula standard report template word objects excel excel_addresses lint lint_rules "
    "compare distribution cli"
)


@cache
def catalogue() -> dict[str, Wording]:
    """Every code with its wording; a code that two rooms claim is a programming error."""
    found: dict[str, Wording] = {}
    for room in ROOMS:
        for code, wording in import_module(f"generator.diagnostics.wording.{room}_wording").WORDING.items():
            if code in found:
                raise ValueError(f"diagnostic code {code!r} is defined twice")
            found[code] = wording
    return found


def diagnostic(
    code: str,
    location: Location = NOWHERE,
    *,
    severity: Severity | None = None,
    hint: Text | None = None,
    spelling: Spelling = "yaml",
    **arguments: Any,
) -> Diagnostic:
    """Make the finding `code`.

    Args:
        code: a code of the catalogue.
        location: where it stands.
        severity: instead of the catalogue's.
        hint: instead of the catalogue's.
        spelling: of the data file that it is about.
        arguments: what the wording's braces name; a `Text` is taken in each language.

    Raises:
        KeyError: the code is unknown, or the wording names an argument that is not given.
    """
    wording = catalogue()[code]
    if hint is None and (advice := wording.advice(spelling)) is not None:
        hint = Text(*(_fill(advice.in_language(language), arguments, language) for language in ("zh", "en")))
    text = Text(*(_fill(wording.message.in_language(language), arguments, language) for language in ("zh", "en")))
    return Diagnostic(code, severity or wording.severity, text, location, hint, arguments)


def _fill(wording: str, arguments: dict[str, Any], language: str) -> str:
    text = wording.format_map(
        {name: value.in_language(language) if isinstance(value, Text) else value for name, value in arguments.items()}
    )
    if text.count("“") < 2 or any("“" in str(arguments.get(name, "")) for name in _VERBATIM):
        return text
    return _nested(text)


_VERBATIM = ("text", "formula", "tag")  # what somebody typed is shown character by character
_MARKS = ("“”", "‘’")


def _nested(text: str) -> str:
    """A text whose quotation marks alternate by depth: “‘三公经费’变动率” (GB/T 15834); as it is where they do not pair."""
    characters = list(text)
    opened: list[int] = []
    for index, character in enumerate(text):
        if character in "“‘":
            opened.append(index)
        elif character in "”’":
            if opened and text[opened[-1]] + character in _MARKS:
                start = opened.pop()
                if opened:
                    single = (text[opened[0]] == "‘") != bool(len(opened) % 2)
                    characters[start], characters[index] = _MARKS[single]
            elif character == "”":  # a lone ’ is an apostrophe
                return text
    return text if opened else "".join(characters)
