"""Tags in running text: where each begins and ends, what it holds.

Jinja's delimiters with docxtpl's host letters: `{{ x }}`, `{{r x }}`, `{{p x }}`, `{%tr for … %}`, `{% vm x %}`,
`{#p … #}`. A tag may hold `%`, `}` and whole dict literals; full-width punctuation that an input method leaves in a tag
(`（），：“”＝`) is read as what it stands for, outside of quoted text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass

Mark = Literal["{{", "{%", "{#"]
HOSTS = ("tr", "tc", "p", "r")
_OPENING = lazy(r"\{[{%#]")
# what prints nothing and an input method or a web page leaves behind: zero-width blanks and joiners, soft hyphens, marks
_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"
_HEAD = lazy(rf"[{_HIDDEN}]*(?P<left>[-+]?)[{_HIDDEN}]*(?:(?P<host>tr|tc|p|r)(?=\s|$))?")
_UNSEEN = lazy(f"[{_HIDDEN}]")
_WIDE_BRACES = lazy(rf"｛[{_HIDDEN}]*[｛{{%％#＃]|\{{[{_HIDDEN}]*[｛％＃]|\{{[{_HIDDEN}]+[{{%]")
_HALF = lazy(r"(?<![A-Za-z0-9_^\\{}])\{\s*\w[^{}%]{0,80}\}\}|%[^{}%]{0,80}%\}|\w[\w.| ]{0,80}\}\}")
_PLAIN = lazy(
    r"[ !#-&(-z|~\u4e00-\u9fff]*"
)  # what stands for itself: no quotes, braces, signs that an input method leaves
_CLOSED_AGAIN = lazy(r"\}+|\s*\}\}+")
_END = {"{{": "}}", "{%": "%}", "{#": "#}"}
_END_RAW = lazy(r"\{%[-+]?(?:tr|tc|p|r)?\s*endraw\s*[-+]?%\}")
_WIDE = str.maketrans(
    "（），：【】［］｛｝＝＋－＊／％＜＞！｜．。＿～０１２３４５６７８９　\xa0", "(),:[][]{}=+-*/%<>!|.._~0123456789  "
)
_CLOSING = {'"': '"', "'": "'", "“": "”“", "”": "”“", "‘": "’‘", "’": "’‘", "＂": "＂", "＇": "＇"}
_MAX_UNCLOSED = 100  # of one text: behind so many nothing is looked for, or the search would be quadratic
_MAX_DEPTH = 100  # of braces in a tag; beyond, each of a row of braces would be looked for to the end of the text
_MAX_LENGTH = 20_000  # characters of a tag; a longer one is refused (see `limits`)
_STRAIGHT = {"“": '"', "”": '"', "＂": '"', "‘": "'", "’": "'", "＇": "'"}


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of a text.

    Args:
        start, end: its span in the text, delimiters included.
        mark: its opening delimiter.
        host: `tr`, `tc`, `p`, `r` for a tag that takes the place of its row, cell, paragraph or run, or "".
        left, right: whitespace control (`-`, `+` or "").
        body: what stands between, normalised and without surrounding blanks.
        text: the tag as its author wrote it.
        closed: whether its end was found; otherwise `end` is where the next tag begins or the text ends.
    """

    start: int
    end: int
    mark: Mark
    host: str
    left: str
    right: str
    body: str
    text: str
    closed: bool = True

    @property
    def keyword(self) -> str:
        """The first word of a statement (`for`, `vm`, …), "" of other tags."""
        match = re.match(r"\w+", self.body) if self.mark == "{%" else None
        return match[0] if match else ""


def has_tags(text: str) -> bool:
    """Whether a text can hold a tag."""
    return _OPENING.search(text) is not None


def find_tags(text: str) -> Iterator[Tag]:
    """The tags of a text in order; what stands between `{% raw %}` and `{% endraw %}` is text."""
    position = unclosed = 0
    while unclosed < _MAX_UNCLOSED and (match := _OPENING.search(text, position)):
        tag = _read(text, match.start())
        yield tag
        unclosed += not tag.closed
        position = tag.end
        if tag.keyword == "raw" and tag.closed:
            end = _END_RAW.search(text, position)
            position = end.start() if end else len(text)


def wide_braces(text: str) -> str | None:
    """What looks like a tag in a text but has full-width braces, or something unseen between them."""
    match = _WIDE_BRACES.search(text)
    return None if match is None else text[match.start() : match.start() + 20]


def half_tag(text: str) -> str | None:
    """The end of a tag in a text without tags whose beginning is not there; None where the braces may mean another thing."""
    if "}" not in text or text.count("}") <= text.count("{"):
        return None
    match = _HALF.search(text)
    return None if match is None else match[0]


def brace_too_many(text: str, tags: Sequence[Tag]) -> str | None:
    """The tag behind which a brace more is closed than the text opens: `{{ x }}}`, `{{ x }} }}`; None if there is none."""
    outside, position = [], 0
    for tag in tags:
        outside.append(text[position : tag.start])
        position = tag.end
    outside.append(text[position:])
    literal = "".join(outside)
    if literal.count("}") <= literal.count("{") or not all(tag.closed for tag in tags):
        return None
    for tag, behind in zip(tags, outside[1:], strict=True):
        if found := _CLOSED_AGAIN.match(behind):
            return tag.text + found[0]
    return None


def _read(text: str, start: int) -> Tag:
    mark: Mark = text[start : start + 2]  # type: ignore[assignment]  as the pattern found it
    head = _HEAD.match(text, start + 2)
    assert head
    begin = head.end()
    if mark == "{#":
        stop, body = text.find("#}", begin), ""
    else:
        stop, body = _scan(text, begin, _END[mark])
    if stop < 0:
        following = _OPENING.search(text, start + 2)
        end = following.start() if following else len(text)
        return Tag(start, end, mark, head["host"] or "", head["left"], "", "", text[start:end], closed=False)
    raw = text[begin:stop]
    right = raw[-1] if raw and raw[-1] in "-+" else ""
    if mark == "{#":
        body = raw
    if right:
        body = body[:-1] if body.endswith(right) else body
    end, body = stop + 2, body.strip()
    if mark == "{%" and head["host"] and re.match(r"[-+]\s*\w", body):  # `{%p - if`: there is no text to join
        body = body[1:].lstrip()
    return Tag(start, end, mark, head["host"] or "", head["left"], right, body, text[start:end])


def _scan(text: str, begin: int, end: str) -> tuple[int, str]:
    """Where a tag's body stops, and the body normalised; the first end that a plain search finds where quotes or
    brackets do not match; −1 where there is none."""
    stop = text.find(end, begin)
    if stop < 0:
        return -1, ""
    plain = _PLAIN.match(text, begin)
    if plain is not None and plain.end() >= stop < begin + _MAX_LENGTH:  # nearly every tag
        return stop, text[begin:stop]
    out: list[str] = []
    depth = 0
    position = begin
    last = min(len(text), begin + _MAX_LENGTH)
    while position < last:
        character = text[position]
        if character in _CLOSING:
            stop = _literal_end(text, position, last)
            if stop < 0:
                break
            quote = _STRAIGHT.get(character, character)
            inner = text[position + 1 : stop]
            if quote != character:
                inner = re.sub(rf"(?<!\\){quote}", rf"\\{quote}", inner)
            out.append(quote + inner + quote)
            position = stop + 1
            continue
        if depth <= 0 and text.startswith(end, position):
            return position, "".join(out)
        if _OPENING.match(text, position) and text[position + 1] != "{":
            break
        if _UNSEEN.match(character):
            position += 1
            continue
        character = character.translate(_WIDE)
        if character == "{":
            depth += 1
            if depth > _MAX_DEPTH:
                break
        elif character == "}":
            depth -= 1
        out.append(character)
        position += 1
    stop = text.find(end, begin)
    following = _OPENING.search(text, begin)
    if stop < 0 or (following and following.start() < stop):
        return -1, ""
    return stop, text[begin:stop]


def _literal_end(text: str, start: int, limit: int) -> int:
    """Where the literal that opens at `start` closes; straight and curly quotes may be mixed up by an input method."""
    opening = text[start]
    straight = _STRAIGHT.get(opening, opening)
    curly = "“”＂" if straight == '"' else "‘’＇"
    for wanted in (_CLOSING[opening], straight + curly):
        position = start + 1
        while position < limit:
            if text[position] == "\\":
                position += 2
                continue
            if text[position] in wanted:
                return position
            if text.startswith(("}}", "%}"), position) and wanted != _CLOSING[opening]:
                break
            position += 1
    return -1


def captures(tag: Tag) -> bool:
    """Whether a tag begins a block that captures or filters what it holds."""
    return tag.keyword in ("filter", "call", "macro") or (tag.keyword == "set" and "=" not in tag.body)
