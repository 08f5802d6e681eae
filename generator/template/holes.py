"""Where a value that prints nothing leaves a hole: in the middle of other words.

What stands alone in its paragraph or cell leaves an empty line or cell, as forms have them; so does what follows a
colon and is followed by nothing or by a space (`填表人：{{ x }}　　填报日期：`), and a sentence of its own at the end.
"""

from __future__ import annotations

from generator.template.faults import PlacedTag
from generator.template.paths import Use
from generator.template.tags import find_tags

_ENDS = "。；！？"
_LABELS = "：:"
_VALUE = "\x01"  # what another tag prints


def leaves_hole(use: Use, placed: PlacedTag) -> bool:
    """Whether a use prints its value in the middle of words, whatever the value is, without asking whether there is one."""
    return use.how == "print" and not use.guarded and in_words(placed)


def in_words(placed: PlacedTag) -> bool:
    """Whether a printing tag stands in the middle of other words."""
    tag = placed.tag
    if tag.mark != "{{" or placed.text[tag.start : tag.end] != tag.text:
        return False
    before, after = _shown(placed.text[: tag.start]), _shown(placed.text[tag.end :])
    left, right = before.rstrip()[-1:], after.strip()[:1]
    if not left and not right:
        return False
    if left and left in _LABELS and (not right or after[:1].isspace()):
        return False
    return not (not right and (not left or left in _ENDS))


def _shown(text: str) -> str:
    """A text as far as it prints: a mark for each value, nothing for statements."""
    out, position = [], 0
    for tag in find_tags(text):
        out += [text[position : tag.start], _VALUE if tag.mark == "{{" else ""]
        position = tag.end
    return "".join([*out, text[position:]])
