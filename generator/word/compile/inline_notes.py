"""Footnotes, endnotes and comments go with their references: none is left without one, and each turn of a loop has its own.

A note that the body refers to is moved, with its tags, to its reference: there it is captured, with the names of its loop,
and given an id; its own part prints what was captured. A note that nothing refers to stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from generator.diagnostics import InvalidTemplate, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import template_reasons as words
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.wordprocessing import RUN, Element, W, ancestor, put_before
from generator.template.tag_bounds import MAX_NOTES
from generator.word.compile.tokens import PIECE, Slot, Tokens, location

KINDS = ("footnote", "endnote", "comment")
_NOTE = f"{PIECE}note%d{PIECE}"
_PLACEHOLDER = lazy(f"{PIECE}note[0-9]+{PIECE}".encode())


@dataclass(slots=True)
class NotesPart:
    """The notes of one kind.

    Args:
        member: their part.
        kind: `footnote`, `endnote` or `comment`.
        root: of the part.
        notes: id -> its note, in order.
        anchors: of the notes.
    """

    member: str
    kind: str
    root: Element
    notes: dict[str, Element]
    anchors: dict[Element, Mapping[str, Any]]
    referred: dict[str, Element] = field(default_factory=dict)

    def check_number(self) -> None:
        """Refuse more notes than a part can be compiled with in some seconds.

        Raises:
            InvalidTemplate: at the first note beyond them.
        """
        if len(self.referred) > MAX_NOTES:
            anchor = self.anchors[[*self.referred.values()][MAX_NOTES]]
            reason = words.TOO_MANY_NOTES.filled(most=MAX_NOTES)
            fault = diagnostic("template-too-complex", location(anchor), where=Text("", ""), reason=reason)
            raise InvalidTemplate([fault])

    def refer(self, body: Element) -> None:
        """Find the notes that the body refers to."""
        for reference in body.iter(f"{W}{self.kind}Reference"):
            identity = reference.get(f"{W}id", "")
            if identity in self.notes:
                self.referred[identity] = self.notes[identity]


def move_notes(tokens: Tokens, body: Element, parts: list[NotesPart]) -> dict[str, str]:
    """Put places for notes in front of their references.

    Args:
        tokens: of the body; those of the notes were put there too.
        body: the root of the body's part.
        parts: the notes that the body refers to; they are taken out of their parts, which print what was captured.

    Returns:
        What stands for a note in the body's text -> its XML.
    """
    texts: dict[str, str] = {}
    for part in parts:
        for reference in list(body.iter(f"{W}{part.kind}Reference")):
            identity = reference.get(f"{W}id", "")
            note, run = part.referred.get(identity), ancestor(reference, RUN)
            if note is None or run is None:
                continue
            number = len(tokens.pieces)
            placeholder = _NOTE % number
            texts[placeholder] = _xml(note, part.root)
            begin = tokens.source(f"{{% set __note{number} %}}") + tokens.source(f"{{% do __enter({part.member!r}) %}}")
            end = tokens.source("{% do __leave() %}") + tokens.source("{% endset %}")
            put_before(run, begin + placeholder + end)
            reference.set(f"{W}id", tokens.attribute(f"__note({part.kind!r}, {identity!r}, __note{number})"))
        if part.kind == "comment":
            _number_ranges(tokens, body, part)
    return texts


def with_notes(marked: bytes, texts: Mapping[str, str]) -> bytes:
    """A part with the texts of moved notes in the place of their marks."""
    if not texts:
        return marked
    notes = {placeholder.encode(): note.encode() for placeholder, note in texts.items()}
    return _PLACEHOLDER.sub(lambda match: notes.get(match[0], match[0]), marked)


def _number_ranges(tokens: Tokens, body: Element, part: NotesPart) -> None:
    """The range of a comment has the id of its comment."""
    for name, begins in (("commentRangeStart", True), ("commentRangeEnd", False)):
        for marker in body.iter(f"{W}{name}"):
            identity = marker.get(f"{W}id", "")
            if identity in part.referred:
                marker.set(f"{W}id", tokens.attribute(f"__comment_id({identity!r}, {begins})"))


def print_notes(tokens: Tokens, part: NotesPart) -> None:
    """Let a part of notes print those that were captured in the place of those that were moved."""
    first = next(iter(part.referred.values()))
    put_before(first, tokens.source(f"{{{{\n __notes({part.kind!r}) }}}}", None, Slot("markup")))
    for note in part.referred.values():
        part.root.remove(note)


def _xml(note: Element, root: Element) -> str:
    """A note as it stands in its part, without the declarations of the part."""
    xml = etree.tostring(note, encoding="unicode", with_tail=False)
    end = xml.index(">")
    head = xml[:end]
    for prefix, uri in root.nsmap.items():
        head = re.sub(rf' xmlns{":" + prefix if prefix else ""}="{re.escape(uri)}"', "", head, count=1)
    return head + xml[end:]
