"""The programs of a standard, which a batch computes and checks by: made when a process has computed some files, so that a short
command does not wait for them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache

from generator.formula.words_in_texts import WordsInTexts
from generator.kept import cache_folder
from generator.kept.frozen_graph import Unstorable, freeze, thaw
from generator.kept.light_tuples import NamedTuple
from generator.standard.check_programs import CheckProgram, make_check_programs
from generator.standard.model import Standard
from generator.standard.record_programs import RecordProgram, make_record_programs

SOON, AFTER = 2, 8  # files that are computed before programs are read, and made: that takes as long as some files


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
    if asked.times == SOON:
        asked.made = _kept(standard)
    if asked.times > AFTER:
        asked.made = _made(standard)
    return asked.made


def _made(standard: Standard) -> Programs:
    """The programs, made; kept for the next process."""
    words = WordsInTexts()
    programs = Programs(make_record_programs(standard, words), make_check_programs(standard, words), words)
    if standard.fingerprint and cache_folder.folder() is not None:
        with suppress(OSError, Unstorable):
            cache_folder.write_entry(_entry(standard), freeze(tuple(programs)))
    return programs


def _kept(standard: Standard) -> Programs | None:
    """What an earlier process made; None where there is nothing."""
    if not standard.fingerprint or cache_folder.folder() is None:
        return None
    try:
        content = cache_folder.read_entry(_entry(standard))
        return None if content is None else Programs(*thaw(content))
    except Exception:  # an entry that does not fit is as good as none
        return None


def _entry(standard: Standard) -> str:
    return cache_folder.entry_name("programs", (standard.fingerprint,))
