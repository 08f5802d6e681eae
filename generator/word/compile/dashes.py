"""What `{%-` and `-%}` reach over: they join the text of a tag with that of the paragraph before or behind it.

docxtpl removes everything between. Ends and beginnings of paragraphs and runs may go, and blanks; anything else would be
lost, or leave the elements around it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.diagnostics import Text
from generator.diagnostics.wording import word_words as words
from generator.kept.lazy_patterns import lazy
from generator.word.compile.tokens import CLOSE, OPEN, PIECE

_NUMBER = f"{OPEN}(?P<number>\\d+){CLOSE}"
_ENDS = lazy(rf"</w:t>(?P<ends>(?:(?!</w:t>).)*?)(?P<left>\{{%- {_NUMBER})(?P<begins>(?!))?(?P<right>(?!))?", re.DOTALL)
_BEGINS = lazy(
    rf"(?P<right>{_NUMBER} -%\}})(?P<begins>(?:(?!<w:t[ >]|\{{%|\{{\{{).)*?<w:t[^>]*?>)(?P<ends>(?!))?(?P<left>(?!))?",
    re.DOTALL,
)
ELEMENT = lazy(r"<(/?)([\w:.-]+)(?:\s[^<>]*?)?(/?)>")
_PROPERTIES = lazy(r"<w:(pPr|rPr)(?: [^<>]*)?>.*?</w:\1>", re.DOTALL)
_WHAT: tuple[tuple[str, Text], ...] = (
    (r"<w:(?:tbl|tr|tc)[ >/]|</w:(?:tbl|tr|tc)>", words.TABLE),
    (r"<w:sectPr[ >/]", words.SECTION_END),
    (r'<w:br [^<>]*w:type="(?:page|column)"', words.PAGE_BREAK),
    (r"<(?:w:drawing|w:pict|w:object|mc:AlternateContent)[ >]", words.PICTURE),
    (r"<w:(?:footnote|endnote|comment)\w*[ >/]", words.NOTE),
    (r"<w:(?:fldChar|fldSimple|instrText)[ >/]|</w:fldSimple>", words.FIELD),
    (r"<w:bookmark(?:Start|End) ", words.BOOKMARK),
    (PIECE, words.OTHER_TAG),
)
_HARMLESS = {f"w:{name}" for name in ("p", "r", "t", "proofErr", "lastRenderedPageBreak", "br", "tab", "cr")}
_OTHER = words.OTHER_CONTENT
_LAST_EDIT = lazy(
    r'<w:bookmarkStart [^<>]*w:id="([^"]*)"[^<>]*w:name="_GoBack"[^<>]*/>((?:[^<]++|<(?!w:bookmarkStart [^<>]*w:name="_GoBack"))*?)<w:bookmarkEnd w:id="\1"/>'
)


def joined(xml: str) -> tuple[str, dict[int, Text]]:
    """A part with the texts joined that its tags with `-` reach; where text stands between, `-` takes blanks only.

    Args:
        xml: the part with its tokens.

    Returns:
        The part, and the number of a tag's piece -> what it would remove beside text.
    """
    lost: dict[int, Text] = {}

    def join(match: re.Match[str]) -> str:
        between = "</w:t>" + match["ends"] if match["ends"] is not None else match["begins"]
        tag = match["left"] or match["right"]
        if PIECE not in between and re.sub(r"<[^>]*>", "", between).strip():
            return match[0]
        if (what := _lost(between)) is not None:
            lost[int(match["number"])] = what
            return match[0]
        return tag.replace("{%-", "{%").replace("-%}", "%}")

    return _BEGINS.sub(join, _ENDS.sub(join, xml)), lost


def _lost(between: str) -> Text | None:
    between = _LAST_EDIT.sub(r"\2", between)
    for pattern, what in _WHAT:
        if re.search(pattern, between):
            return what
    elements = ELEMENT.findall(_PROPERTIES.sub("", between))
    opened: list[str] = []
    closed: list[str] = []
    unpaired(elements, closed, opened)
    return None if closed[::-1] == opened and all(name in _HARMLESS for _, name, _ in elements) else _OTHER


def unpaired(elements: Iterable[tuple[str, str, str]], closed: list[str], opened: list[str]) -> None:
    """Follow the tags of elements (slash, name, slash at the end): which end what began before them, which stay open."""
    for slash, name, empty in elements:
        if not slash and not empty:
            opened.append(name)
        elif slash and opened:
            opened.pop()
        elif slash:
            closed.append(name)
