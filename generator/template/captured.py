"""What a template captures (`{% set %}…{% endset %}`, macros, calls) and filters as a block: text before it is markup.

Programs write escaped text and markup into their buffers. `{{ s|length }}`, `{{ s == 'a&b' }}` and `{% filter upper %}`
must see the text as the data holds it: what was captured is a text that prints as the markup it was captured as, and a
filter of a block works on the text of each of its paragraphs, whose words stay in their runs.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

from jinja2.runtime import Macro
from markupsafe import Markup

from generator.kept.lazy_patterns import lazy
from generator.ooxml.escaping import escape
from generator.template.printable import printable

_MARK = lazy(r"(<[^>]*>)")
_TEXT_BEGINS = lazy(r"<(\w+):(?:t|delText)(?: [^>]*)?>")
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


class Captured(str):
    """A captured text that prints as the markup it was captured as."""

    __slots__ = ("_markup",)
    _markup: str

    def __new__(cls, markup: str) -> Captured:
        made = super().__new__(cls, _plain(markup))
        made._markup = markup
        return made

    def __html__(self) -> str:
        return self._markup


class CapturingMacro(Macro):
    """A macro whose function gives what was captured; Jinja's own would take it for markup."""

    def _invoke(self, arguments: list[Any], autoescape: bool) -> str:
        return self._func(*arguments)


class Buffers:
    """What becomes of Jinja's buffers in a part whose values are not escaped: as in Jinja."""

    def captured(self, content: str) -> str:
        """The value of a block's content."""
        return Markup(content)

    def filtered(self, content: str, work: Callable[[str], Any]) -> Any:
        """A block's content through a filter."""
        return work(Markup(content))

    def flat(self, value: Any, line: int) -> str:
        """What a filtered block or a recursive loop prints where it stands."""
        return _words(value)

    def called(self, value: Any, line: int) -> str:
        """What a call block prints where it stands."""
        return _words(value)


class MarkupBuffers(Buffers):
    """The same in a part of markup.

    Args:
        text: a value and its tag's line -> markup.
    """

    def __init__(self, text: Callable[[Any, int], str]):
        self._text = text

    def captured(self, content: str) -> str:
        return Captured(content) if "<" in content else html.unescape(content)

    def filtered(self, content: str, work: Callable[[str], Any]) -> Any:
        if "<" not in content:
            return work(html.unescape(content))
        return Markup(_in_paragraphs(content, work))

    def flat(self, value: Any, line: int) -> str:
        return str(value.__html__()) if hasattr(value, "__html__") else self._text(value, line)

    def called(self, value: Any, line: int) -> str:
        return self._text(value, line)


def _words(value: Any) -> str:
    """A value as it prints.

    Raises:
        NotPrintable: a filter gave what prints no words, as `map` gives an iterator.
    """
    printable(value)
    return str(value)


def _plain(markup: str) -> str:
    """The text of markup, paragraphs and breaks as line ends."""
    markup = re.sub(r"</w:p>(?=.*<w:p[ >])|<w:br(?: [^>]*)?/>", "\n", markup, flags=re.DOTALL).replace("<w:tab/>", "\t")
    return html.unescape(_MARK.sub("", markup))


def _in_paragraphs(content: str, work: Callable[[str], Any]) -> str:
    """Markup whose texts went through a filter, paragraph by paragraph."""
    pieces = _MARK.split(content)  # texts at even places, marks at odd ones
    group: list[int] = []
    wide = True  # the block began within the text of a run
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            if wide and piece:
                group.append(place)
        elif piece in ("</w:p>", "</a:p>"):
            _filter(pieces, group, work)
            group = []
        elif piece.startswith("</"):
            wide = False
        else:
            wide = _TEXT_BEGINS.fullmatch(piece) is not None
    _filter(pieces, group, work)
    return "".join(pieces)


def _filter(pieces: list[str], group: list[int], work: Callable[[str], Any]) -> None:
    """Put the texts of a paragraph through a filter; each word stays in the run that it stood in."""
    if not group:
        return
    texts = [html.unescape(pieces[place]) for place in group]
    value = work("".join(texts))
    made = html.unescape(_MARK.sub("", str(value.__html__()))) if hasattr(value, "__html__") else _words(value)
    for place, text in zip(group, _parted(texts, made), strict=True):
        pieces[place] = escape(text).replace("\n", _BREAK)


def _parted(texts: list[str], made: str) -> list[str]:
    """A filtered text in as many pieces as the texts that it was made of, its words where theirs were."""
    if len(texts) == 1:
        return [made]
    whole = "".join(texts)
    owner = [number for number, text in enumerate(texts) for _ in text]
    out = [""] * len(texts)
    if len(made) == len(whole):
        steps = [("replace", 0, len(whole), 0, len(made))]
    else:
        import difflib  # few captured texts are put together again

        steps = difflib.SequenceMatcher(None, whole, made, autojunk=False).get_opcodes()
    for _, first, last, begin, end in steps:
        for number, character in enumerate(made[begin:end]):
            at = min(first + number, last - 1) if last > first else max(first - 1, 0)
            out[owner[at]] += character
    return out
