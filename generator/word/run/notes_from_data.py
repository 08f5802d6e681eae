"""Footnotes and endnotes from data: `{{ 数|footnote(说明) }}` prints the value, and a note that holds the other text.

Word numbers notes by their references. The part of the notes is made where a template has none, with the separators that Word
wants and the settings that name them; so are the two styles of a note (ECMA-376 part 1 §17.11).
"""

from __future__ import annotations

from typing import Any, Literal

from jinja2 import Undefined

from generator.diagnostics import InvalidTemplate
from generator.diagnostics.catalogue import diagnostic
from generator.figures import Blank, Paragraphs
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.ooxml.escaping import escape
from generator.ooxml.wordprocessing import MAIN
from generator.template.printable import printable
from generator.word.compile.tokens import Slot
from generator.word.run.additions import Part, rendered_part
from generator.word.run.legal_text import legal, lines_ended
from generator.word.run.richtext import with_properties

Kind = Literal["footnote", "endnote"]
_LINE_END = lazy("[\n\a\f]")
_TEXT_ONLY = ("attribute", "field", "quoted", "plain", "row", "cell")


@dataclass(frozen=True)
class Noted:
    """A value with a note.

    Args:
        value: what prints where it stands; "" for nothing but the note's number.
        note: the text of the note: a text, one in paragraphs, or anything that prints as text.
        kind: `footnote` or `endnote`.
    """

    value: Any
    note: Any
    kind: Kind = "footnote"

    def __str__(self) -> str:
        lines = _lines(self.note)
        return f"{self.value}（{'；'.join(lines)}）" if lines else str(self.value)


def footnote(value: Any, note: Any) -> Noted:
    """The filter `footnote`: a value with a footnote."""
    return Noted(value, note)


def endnote(value: Any, note: Any) -> Noted:
    """The filter `endnote`: a value with an endnote."""
    return Noted(value, note, "endnote")


def _lines(note: Any) -> list[str]:
    """The paragraphs of a note; none where there is nothing to say.

    Raises:
        UndefinedError: it is an undefined name.
        NotPrintable: it has no words.
        InvalidTemplate: it holds a character that XML cannot.
    """
    if note is None or isinstance(note, Blank):
        return []
    if isinstance(note, Paragraphs):
        lines = list(note)
    else:
        if not isinstance(note, Undefined):
            printable(note)
        lines = [str(note)]
    told = [line.strip() for text in lines for line in _LINE_END.split(legal(lines_ended(text)))]
    return [line for line in told if line]


def reference(noted: Noted, slot: Slot) -> str:
    """The run that refers to a note, which is added; "" where there is nothing to say.

    Args:
        noted: the value and its note.
        slot: where it is printed.

    Raises:
        InvalidTemplate: Word allows no note there: outside the body, in a text box, where only text can stand.
    """
    lines = _lines(noted.note)
    if not lines:
        return ""
    part = rendered_part()
    if slot.mode in _TEXT_ONLY or slot.boxed or part.member != part.additions.ground.main:
        raise InvalidTemplate([diagnostic("note-not-here")])
    everything, kind = part.additions, noted.kind
    number = everything.next(kind, everything.ground.last_note[kind])
    marks, texts = _style(part, "character", kind), _style(part, "paragraph", kind)
    own = f'<w:r><w:rPr><w:rStyle w:val="{marks}"/></w:rPr><w:{kind}Ref/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{texts}"/></w:pPr>{"" if place else own}'
        f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for place, line in enumerate(lines)
    )
    note = f'<w:{kind} xmlns:w="{MAIN}" w:id="{number}">{paragraphs}</w:{kind}>'
    everything.notes.setdefault(kind, []).append(note)
    run = with_properties(slot.run, f'<w:rStyle w:val="{marks}"/>')
    return f'<w:r>{run}<w:{kind}Reference w:id="{number}"/></w:r>'


def _style(part: Part, type_: str, kind: Kind) -> str:
    """The style of a note's number, or of its text; made where the template has none."""
    everything, ground = part.additions, part.additions.ground
    name = f"{kind} {'reference' if type_ == 'character' else 'text'}"
    if (known := ground.styles.get((type_, name))) is not None:
        return known
    identity = "".join(word.capitalize() for word in name.split())
    while identity in ground.style_ids:
        identity += "N"
    base = ground.default_styles.get(type_, "")
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    look = (
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        if type_ == "character"
        else '<w:pPr><w:snapToGrid w:val="0"/><w:jc w:val="left"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>'
    )
    everything.styles.setdefault(
        identity,
        f'<w:style xmlns:w="{MAIN}" w:type="{type_}" w:styleId="{identity}"><w:name w:val="{name}"/>{based}'
        f'<w:uiPriority w:val="99"/><w:unhideWhenUsed/>{look}</w:style>',
    )
    return identity
