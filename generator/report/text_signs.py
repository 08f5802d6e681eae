"""What a text shows that a rule of proofreading could speak of, read once: most texts of a report show nothing, and no rule is asked.

A sign never says that something is wrong; that it is absent says that the rules which look for it have nothing to tell.
"""

from __future__ import annotations

from functools import lru_cache

from generator.kept.lazy_patterns import lazy
from generator.report.announced_counts import counts
from generator.report.broken_off import broken_off, ends_open
from generator.report.repeated_leads import may_repeat_lead
from generator.report.stated_grades import may_state_grades
from generator.report.text_slips import joins_names, speaks_to_checkers, starts_with_number
from generator.report.typed_text import MARKED, MARKED_TWICE, UNSEEN, is_marked
from generator.report.unit_names import may_name_county
from generator.report.written_slips import LOOKS_ALIKE, Found, slips_of

REMEMBERED = 2_000  # characters of a text that is remembered for the next data file
(ALWAYS, SLIPS, NOTE, JOINED, STOP, LEAD, BREAKS, BREAKS_LINES, ALONE, LINES, NUMBERED, GAP) = (
    1 << n for n in range(12)
)
(SELF, COUNTY, GRADED, CLAIMS, UNREAD, MARKS) = (1 << n for n in range(12, 18))
OF_SLIPS = SLIPS | NOTE | JOINED | STOP | LEAD | BREAKS | BREAKS_LINES | ALONE | LINES | NUMBERED | GAP
OF_NAMES = ALWAYS | SELF | COUNTY
EVERY = (1 << 18) - 1
_ODD = lazy(rf"[{LOOKS_ALIKE}{MARKED}]{MARKED_TWICE}")
FIGURE = lazy("[0-9]")
_NUMERAL = lazy("[0-9一二两三四五六七八九十]")

Signs = tuple[int, tuple[Found, ...]]


def signs_of(text: str) -> Signs:
    """What a text shows, and its slips.

    Returns:
        The signs, of which each is a bit, and the slips of writing.
    """
    return _remembered(text) if len(text) <= REMEMBERED else _read(text)


def _read(text: str) -> Signs:
    odd = _ODD.search(text) is not None
    slips = slips_of(text, odd)
    shown = ALWAYS | _in_letters(text) | _at_its_end(text)
    if slips:
        shown |= SLIPS
    if "{" in text:
        shown |= MARKS | UNREAD
    elif odd:
        shown |= (MARKS if is_marked(text) else 0) | (UNREAD if UNSEEN.search(text) else 0)
    if not text.isalpha():
        shown |= _beside_letters(text)
    if not shown & CLAIMS and _NUMERAL.search(text) and next(counts(text), None):
        shown |= CLAIMS
    return shown, slips


_remembered = lru_cache(maxsize=1024)(
    _read
)  # indicators repeat each other's words, departments those of the standard's sample


def _in_letters(text: str) -> int:
    """What words alone show."""
    shown = SELF if "我" in text or "本" in text else 0
    if may_name_county(text):
        shown |= COUNTY
    if may_repeat_lead(text):
        shown |= LEAD
    if starts_with_number(text):
        shown |= NUMBERED
    if may_state_grades(text):
        shown |= GRADED
    return shown | NOTE if speaks_to_checkers(text) else shown


def _beside_letters(text: str) -> int:
    """What figures, signs and spaces show."""
    shown = CLAIMS if FIGURE.search(text) else 0
    if "。" in text:
        shown |= STOP
    if "\n" in text or "\t" in text:
        shown |= LINES
    if " " in text or "\u3000" in text:
        shown |= GAP
    return shown | JOINED if "." in text and joins_names(text) else shown


def _at_its_end(text: str) -> int:
    """Whether it may stop before its end: as one paragraph, line by line, and beside texts that go on to theirs."""
    if not ends_open(text):
        return 0
    shown = ALONE if broken_off(text, paragraphs=False, alone=False) is None else ALONE | BREAKS
    if "\n" not in text and "。" not in text:  # one paragraph, and no more than a sentence
        return shown | BREAKS_LINES if shown & BREAKS else shown
    return shown if broken_off(text, paragraphs=True, alone=False) is None else shown | BREAKS_LINES
