"""What fields are told by, and which of them work their result out anew."""

from __future__ import annotations

import re

from generator.compare.canonical import names

# Fields whose result is worked out anew by the reader: what is stored is no statement of the author.
_VOLATILE = names("PAGE NUMPAGES SECTIONPAGES PAGEREF DATE TIME SAVEDATE PRINTDATE CREATEDATE EDITTIME FILENAME")


AUTOMATIC = re.compile(r"_(Toc|Ref|Hlk)\d+")


def instruction_of(text: str) -> str:
    """An instruction in one spelling, without the numbers of bookmarks that editors make."""
    return AUTOMATIC.sub(r"_\1", " ".join(text.split()))


def is_volatile(instruction: str) -> bool:
    """Whether its result is worked out anew by whoever opens the document."""
    return instruction.split(" ", 1)[0].upper() in _VOLATILE
