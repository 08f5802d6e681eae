"""Characters that no XML holds (XML 1.0 §2.2): a value that has one is refused at its place, as Excel's cells and data files do."""

from __future__ import annotations

from generator.diagnostics import InvalidTemplate
from generator.diagnostics.catalogue import diagnostic
from generator.kept.lazy_patterns import lazy

_LINE_END = lazy("\r\n?|[\x0b\u2028]")
_ILLEGAL = lazy("[\x00-\x06\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHOWN = 30  # characters of the text in the message


def lines_ended(text: str) -> str:
    """A text with every kind of line end as `\\n`."""
    return _LINE_END.sub("\n", text)


def legal(text: str) -> str:
    """A text of the data or of a caller's markup, if a document can hold it. `\\a` and `\\f` are docxtpl's paragraph and page break.

    Raises:
        InvalidTemplate: it holds a character that XML cannot; how it would have printed nobody knows.
    """
    if (wrong := _ILLEGAL.search(text)) is None:
        return text
    shown = "".join(character if character.isprintable() else "·" for character in text[:_SHOWN])
    shown += "…" if len(text) > _SHOWN else ""
    raise InvalidTemplate([diagnostic("word-control-character", character=f"U+{ord(wrong[0]):04X}", text=shown)])
