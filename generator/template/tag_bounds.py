"""How complex a part's tags may be, told before they are parsed: parsers recurse, and a tag of ten thousand brackets must end
with a message, not with the interpreter's stack."""

from __future__ import annotations

from collections.abc import Sequence

from generator.diagnostics import Text
from generator.diagnostics.wording import template_reasons as words
from generator.kept.lazy_patterns import lazy
from generator.ooxml.limits import limits
from generator.template.tags import Tag

MAX_BRACKETS = 30  # in one another
MAX_OPERATIONS = 120  # of one expression, one upon the other
MAX_DIGITS = 400  # of a number
MAX_CHOICES = (
    20_000_000  # blocks of a part times names: every block is compiled with all names, some seconds for so many
)
MAX_BRANCHES = 2_000  # `elif` of one block: each stands in the one before in what Python compiles
MAX_NOTES = 4_000  # of a kind that go with their references: each is a program of its own, a millisecond to compile
MAX_FOLLOWING = 20_000  # calls within one loop for marks that each turn has of its own
_FEW_BLOCKS = 1_000
_NAME = lazy(r"[^\W\d]\w*")
_SIMPLE = 50  # characters of a tag that cannot be too complex
_TOKEN = lazy(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\w+|[^\w\s]""")
_WORDS = frozenset(("not", "and", "or", "in", "is", "if", "else"))
_OPENING = ("for", "if", "macro", "call", "filter", "with", "block", "autoescape", "set")


def too_complex(tag: Tag) -> Text | None:
    """Why a tag by itself is refused; None where it is not."""
    body = tag.body
    if tag.mark == "{#" or len(body) < _SIMPLE:
        return None
    if len(body) > limits().tag:
        return words.TAG_TOO_LONG.filled(most=limits().tag)
    counts = [0]
    for match in _TOKEN.finditer(body):
        token = match[0]
        if token[0] in "0123456789" and len(token) > MAX_DIGITS:
            return words.NUMBER_TOO_LONG.filled(max_digits=MAX_DIGITS)
        if token in ",:;":
            counts[-1] = 0
        elif token in "([{":
            counts[-1] += 1
            counts.append(0)
            if len(counts) > MAX_BRACKETS:
                return words.BRACKETS_TOO_DEEP.filled(max_brackets=MAX_BRACKETS)
        elif token in ")]}":
            if len(counts) > 1:
                counts.pop()
        elif token in _WORDS or (len(token) == 1 and not token.isalnum() and token not in "~_"):
            counts[-1] += 1
        if counts[-1] > MAX_OPERATIONS:
            return words.TOO_MANY_STEPS.filled(max_operations=MAX_OPERATIONS)
    return None


class TagCount:
    """The tags of a part as they are found: too many are told at once, before the rest is looked at."""

    def __init__(self) -> None:
        self._tags = self._branches = 0

    def too_many(self, tag: Tag) -> Text | None:
        """Why this tag, the next of its part, is one too many; None where it is not."""
        self._tags += 1
        if self._tags > (most := limits().tags):
            return words.TOO_MANY_TAGS.filled(most=most)
        keyword = tag.keyword if tag.mark == "{%" else ""
        if keyword in ("if", "endif"):
            self._branches = 0
        self._branches += keyword == "elif"
        return words.TOO_MANY_BRANCHES.filled(most=MAX_BRANCHES) if self._branches > MAX_BRANCHES else None


def nesting(tags: Sequence[Tag]) -> tuple[int, Text] | None:
    """The first tag that opens a block too deep in others or is a branch too many of its own, by its number, and what is too much;
    or the last block of too many."""
    bounds = limits()
    open_blocks: list[str] = []
    branches: list[int] = []  # of each open block
    blocks: list[int] = []
    for number, tag in enumerate(tags):
        name = tag.keyword
        if not name or not tag.closed:
            continue
        if name in _OPENING and not (name == "set" and "=" in tag.body):
            open_blocks.append(name)
            branches.append(0)
            blocks.append(number)
            loops = 0
            for kind in reversed(open_blocks):
                if kind == "macro":
                    break
                loops += kind == "for"
            if loops > bounds.loops:
                return number, words.LOOPS_TOO_DEEP.filled(loops=bounds.loops)
            if len(open_blocks) > bounds.blocks:
                return number, words.BLOCKS_TOO_DEEP.filled(blocks=bounds.blocks)
        elif name == "elif" and branches:
            branches[-1] += 1
            if branches[-1] > MAX_BRANCHES:
                return number, words.TOO_MANY_BRANCHES.filled(most=MAX_BRANCHES)
        elif name.startswith("end") and open_blocks and name[3:] in _OPENING:
            while open_blocks and open_blocks.pop() != name[3:]:
                pass
            del branches[len(open_blocks) :]
    if len(blocks) > _FEW_BLOCKS:
        names = {word for tag in tags for word in _NAME.findall(tag.body)}
        if len(blocks) * len(names) > MAX_CHOICES:
            return blocks[-1], words.TOO_MANY_CHOICES.filled(blocks=len(blocks), names=len(names))
    return None
