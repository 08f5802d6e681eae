"""What a field takes, in words, for the people who fill it in."""

from __future__ import annotations

from typing import Literal

from generator.diagnostics import Text
from generator.diagnostics.wording.value_words import LIST, PUBLISHED, RECORD
from generator.standard.kinds import KINDS
from generator.standard.model import Field

Spelling = Literal["yaml", "json", "form"]


def wanted(field: Field, spelling: Spelling = "yaml") -> Text:
    """What a field takes.

    Args:
        field: the field.
        spelling: of the data file that the words are for.
    """
    word = RECORD[spelling] if field.kind == "record" else KINDS[field.kind].wanted(field)
    if field.many:
        start = LIST[spelling]
        return Text(f"{start.zh}{word.zh}", f"{start.en}{word.en}")
    return word


def published_advice(stated: str, spelling: Spelling) -> Text | None:
    """How a published value is kept in a JSON file or a form; None: as the catalogue says it, for YAML."""
    advice = PUBLISHED.get(spelling)
    return advice.filled(stated=stated) if advice else None
