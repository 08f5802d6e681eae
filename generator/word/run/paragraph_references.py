"""References to headings and numbered paragraphs: what STYLEREF, and REF for a paragraph's number, will show in Word.

STYLEREF (ECMA-376 part 1 §17.16.5.59) takes the nearest paragraph of a style before it, else the first behind it; `\\n`, `\\r` and
`\\w` show its number, `\\s` the number without words, as in 表 2-1; `\\t` leaves words out of a number. REF with `\\n`, `\\r` or `\\w`
(§17.16.5.51) shows the number of the paragraph of a bookmark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.ooxml.word_fields import Instruction
from generator.ooxml.wordprocessing import Element, P, W, ancestor
from generator.word.run.field_results import FieldResult, leave_to_word, show
from generator.word.run.heading_labels import Label
from generator.word.run.heading_styles import Styles, has_number, named_like, shown_words, style_of


class ParagraphReferences:
    """The paragraphs of a body that fields may refer to.

    Args:
        paragraphs: in their order.
        styles: of the document.
        labels: paragraph -> the number in front of it.
    """

    def __init__(self, paragraphs: Sequence[Element], styles: Styles, labels: Mapping[Element, Label]) -> None:
        self._paragraphs, self._styles, self._labels = paragraphs, styles, labels
        self._passed = 0

    def pass_by(self) -> None:
        """The next paragraph begins; fields within it and behind it look back at it."""
        self._passed += 1

    def style(self, one: FieldResult) -> bool:
        """Let a STYLEREF show what it refers to; whether it shows another text."""
        told = one.told
        if told.keyword != "STYLEREF" or not told.argument:
            return False
        found = self._nearest(told.argument)
        text = None if found is None else self._text(found, _asked(told))
        return leave_to_word(one) if text is None else show(one, text)

    def number(self, one: FieldResult, bookmarked: Mapping[str, Element]) -> bool:
        """Let a REF that asks for a paragraph's number show it; whether it shows another.

        Args:
            one: the field.
            bookmarked: bookmark -> the paragraph where it begins.
        """
        told = one.told
        if told.keyword != "REF" or not told.switches.keys() & {"n", "r", "w"} or told.argument not in bookmarked:
            return False
        text = self._text(bookmarked[told.argument], _asked(told))
        return leave_to_word(one) if text is None else show(one, text)

    def _nearest(self, name: str) -> Element | None:
        wanted = named_like(name, self._styles)
        before = reversed(self._paragraphs[: self._passed])
        behind = self._paragraphs[self._passed :]
        return next((one for way in (before, behind) for one in way if style_of(one, self._styles) in wanted), None)

    def _text(self, paragraph: Element, switches: set[str]) -> str | None:
        """What a field shows of a paragraph; None for what only Word knows."""
        if not switches:
            return shown_words(paragraph)
        if switches - {"n", "r", "w", "s", "t"}:
            return None
        label = self._labels.get(paragraph)
        if label is None:
            return None if has_number(paragraph, self._styles) else "0"
        if not (label.whole or switches & {"n", "s"}):
            return None  # the numbers above it stand before its own
        text = label.numeral if switches & {"s", "t"} else label.text.rstrip(".")
        return text or "0"


def _asked(told: Instruction) -> set[str]:
    """What a reference asks for, but for a link: letters of switches, and formats."""
    return {*told.switches, *told.formats} - {"h"}


def bookmarked_paragraphs(root: Element) -> dict[str, Element]:
    """Bookmark -> the paragraph where it begins."""
    found: dict[str, Element] = {}
    waiting: list[str] = []
    for element in root.iter(P, f"{W}bookmarkStart"):
        if element.tag == P:
            found |= dict.fromkeys(waiting, element)
            waiting = []
            continue
        name, paragraph = element.get(f"{W}name", ""), ancestor(element, P)
        if paragraph is None:
            waiting.append(name)
        else:
            found.setdefault(name, paragraph)
    return found
