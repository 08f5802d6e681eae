"""Fields of Word: which are open at a place of a part, for they nest, and what their instructions say (ECMA-376 part 1 §17.16)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.kept.name_sets import names

# whose results whoever opens the document works out anew: no statement of the author
VOLATILE = names("PAGE NUMPAGES SECTIONPAGES PAGEREF DATE TIME SAVEDATE PRINTDATE CREATEDATE EDITTIME FILENAME")
_TOKEN = lazy(
    r"\"((?:\\.|[^\"\\])*)(?:\"|\Z)|(\\\*|\\[A-Za-z@#!](?=[\s\"\d]|\Z))|((?:(?!\\\*|\\[A-Za-z@#!](?:[\s\"]|\Z))[^\s\"])+)",
    re.DOTALL,
)
_WITH_ARGUMENT = {"HYPERLINK": "lost", "TOC": "abcdflnopst", "SEQ": "rs", "REF": "d"}  # but for `*`, `@` and `#`
_KEPT_LOOKS = ("mergeformat", "charformat")


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a field is told.

    Args:
        keyword: in capitals: `PAGEREF`; "" for none.
        arguments: without quotes.
        switches: letter in small -> its argument, "" for none; also `@` and `#`.
        formats: arguments of `\\*`, but for those that keep the look of the result.
    """

    keyword: str
    arguments: tuple[str, ...]
    switches: Mapping[str, str]
    formats: tuple[str, ...]

    @property
    def argument(self) -> str:
        """The first argument; "" for none."""
        return self.arguments[0] if self.arguments else ""


@lru_cache(maxsize=1024)
def read_instruction(code: str) -> Instruction:
    """What the code of a field says."""
    keyword, arguments, formats = "", [], []
    switches: dict[str, str] = {}
    waiting = ""
    for quoted, switch, bare in _TOKEN.findall(code):
        text = re.sub(r"\\(.)", r"\1", quoted or bare)
        if switch:
            waiting = switch[1].lower()
            if waiting != "*":
                switches[waiting] = ""
        elif not keyword:
            keyword = text.upper()
        elif waiting == "*":
            formats += [text] if text.lower() not in _KEPT_LOOKS else []
        elif waiting and waiting in _WITH_ARGUMENT.get(keyword, "") + "@#":
            switches[waiting] = text
        else:
            arguments.append(text)
        waiting = switch and waiting
    return Instruction(keyword, tuple(arguments), switches, tuple(formats))


@dataclass(slots=True)
class OpenField:
    """A field that is being read.

    Args:
        code: as far as it was read.
        parted: whether its result has begun.
    """

    code: str = ""
    parted: bool = False

    @property
    def told(self) -> Instruction:
        """What its code says."""
        return read_instruction(self.code)


F = TypeVar("F", bound=OpenField)


class OpenFields(Generic[F]):
    """The fields that are open at a place of a part, the outermost first.

    Args:
        new: makes a field without a code.
    """

    def __init__(self, new: Callable[[], F]) -> None:
        self.open: list[F] = []
        self._new = new

    def mark(self, kind: str | None) -> F | None:
        """Take a field's mark by its `fldCharType`; the field that it begins, parts or ends."""
        if kind == "begin":
            self.open.append(self._new())
        elif kind not in ("separate", "end") or not self.open:
            return None
        one = self.open[-1]
        if kind == "separate":
            one.parted = True
        elif kind == "end":
            self.open.pop()
        return one

    def instruct(self, text: str) -> None:
        """Take a text of the code of the innermost field."""
        if self.open and not self.open[-1].parted:
            self.open[-1].code += text

    def printing(self) -> Iterator[F]:
        """The fields whose result has begun."""
        return (one for one in self.open if one.parted)
