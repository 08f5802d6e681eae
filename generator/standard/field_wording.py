"""What a field takes, in words, for the people who fill it in."""

from __future__ import annotations

from generator.diagnostics import Text
from generator.diagnostics.wording.entry import Spelling
from generator.diagnostics.wording.value_words import LIST
from generator.standard.kinds import kind_of
from generator.standard.model import Field


def wanted(field: Field, spelling: Spelling = "yaml") -> Text:
    """What a field takes.

    Args:
        field: the field.
        spelling: of the data file that the words are for.
    """
    kind = kind_of(field)
    word = kind.spelled.get(spelling) or kind.wanted(field)
    if field.many:
        start = LIST[spelling]
        return Text(f"{start.zh}{word.zh}", f"{start.en}{word.en}")
    return word
