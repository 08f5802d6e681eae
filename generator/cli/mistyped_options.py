"""Options as a Chinese keyboard or a habit writes them: `－－pdf`, `—pdf`, `-o=folder`; told before anything is done."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence

_DASHES = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_WIDE = re.compile(rf"-?[{_DASHES}][-{_DASHES}]*(\w[^\n]*)")
_EQUALS = re.compile(r"(-[A-Za-z])=([^\n]*)")


def mistyped_option(arguments: Sequence[str]) -> tuple[str, str] | None:
    """The first word that is meant as an option and would be taken for a file, or for an option with a value that
    begins with `=`; and how it is written. None without one.

    A file that is there may be called as it likes.
    """
    for word in arguments:
        if word == "--":
            return None
        if (wide := _WIDE.fullmatch(word)) and not os.path.lexists(word):
            name = unicodedata.normalize("NFKC", wide[1])
            if name[0].isascii():
                return word, f"-{name}" if len(name) == 1 else f"--{name}"
        if equals := _EQUALS.fullmatch(word):
            return word, f"{equals[1]} {equals[2]}".rstrip()
    return None
