"""The programs of a standard, which a batch computes and checks by: made when a process has computed some files, so that a short
command does not wait for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generator.formula.words_in_texts import WordsInTexts
from generator.kept.light_tuples import NamedTuple
from generator.report.check_programs import CheckProgram, make_check_programs
from generator.report.record_programs import RecordProgram, make_record_programs
from generator.standard import Standard

AFTER = 8  # files that are computed without; making the programs takes as long as some files


class Programs(NamedTuple):
    """Programs by the path of a section.

    Args:
        records: what computes fields of a record.
        checks: what asks its checks.
        words: what finds the words that both look for.
    """

    records: Mapping[str, RecordProgram]
    checks: Mapping[str, CheckProgram]
    words: WordsInTexts


class _Asked:
    """How often the programs of a standard were asked for, and what they are."""

    def __init__(self) -> None:
        self.times = 0
        self.made: Programs | None = None


@lru_cache(maxsize=16)
def _asked(standard: Standard) -> _Asked:
    return _Asked()


def programs_of(standard: Standard) -> Programs | None:
    """The programs for one more file; None for the first ones."""
    asked = _asked(standard)
    if asked.made is not None:
        asked.made.words.clear()  # of the file before
        return asked.made
    asked.times += 1
    if asked.times > AFTER:
        words = WordsInTexts()
        asked.made = Programs(make_record_programs(standard, words), make_check_programs(standard, words), words)
    return asked.made
