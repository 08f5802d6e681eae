"""Captions within loops: the numbers that their fields show are those that Word will compute, and references to them follow.

A field SEQ (ECMA-376 part 1 §17.16.5.56) counts the fields of its identifier through the document. A loop prints the number
that the template's one field showed; here each gets its own, by its switches: `\\c` repeats, `\\r` begins at a number, `\\s` begins
anew behind each heading of a level, `\\h` shows nothing, `\\*` says how the number is written. What chooses otherwise is marked,
so that Word computes it when the document is opened.
"""

from __future__ import annotations

from generator.figures.list_numerals import list_numeral
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.kept.name_sets import pairs
from generator.ooxml.package import Package, parse_xml, part_bytes
from generator.ooxml.stated_numbers import digits
from generator.ooxml.wordprocessing import Element, T, W
from generator.word.run.field_results import FieldResult, fields_of, leave_to_word, show, show_in_twins
from generator.word.run.heading_labels import read_labels
from generator.word.run.heading_styles import heading_level, labelled, read_styles
from generator.word.run.note_references import NoteReferences
from generator.word.run.paragraph_references import ParagraphReferences, bookmarked_paragraphs

HAS_SEQUENCE = lazy(rb"\b(?:SEQ|STYLEREF|REF|NOTEREF)\s")
_FORMATS = pairs(
    "ARABIC=decimal ROMAN=upperRoman roman=lowerRoman ALPHABETIC=upperLetter alphabetic=lowerLetter "
    "CHINESENUM1=chineseCounting CHINESENUM2=chineseLegalSimplified CHINESENUM3=chineseCountingThousand "
    "GB1=decimalEnclosedFullstop GB2=decimalEnclosedParen GB3=decimalEnclosedCircleChinese"
)


@dataclass(slots=True)
class _Sequence:
    """A sequence: its last number, and the level of headings that begin it anew."""

    number: int = 0
    level: int = 0


def with_numbers(content: bytes, package: Package, main: str, numbering: bytes | None) -> bytes:
    """A rendered body whose captions show their numbers.

    Args:
        content: the body's part.
        package: the template.
        main: the part's name.
        numbering: the numbering part as rendered.
    """
    root = parse_xml(content, part=main)
    styles = read_styles(package, main)
    labels = labelled(root, styles, read_labels(None if numbering is None else parse_xml(numbering, part="numbering")))
    marked = list(fields_of(root))
    fields = [one for one in marked if isinstance(one, FieldResult)]
    paragraphs = ParagraphReferences([one for one in marked if not isinstance(one, FieldResult)], styles, labels)
    sequences: dict[str, _Sequence] = {}
    changed = False
    for one in marked:
        if isinstance(one, FieldResult):
            changed = _count(one, sequences) or paragraphs.style(one) or changed
            continue
        paragraphs.pass_by()
        if (level := heading_level(one, styles)) > 0:
            for sequence in sequences.values():
                if level <= sequence.level:
                    sequence.number = 0
    places = bookmarked_paragraphs(root)
    notes = NoteReferences(root, package, main)
    for one in fields:
        changed = paragraphs.number(one, places) or notes.follow(one) or changed
    if not changed:
        return content
    _refer(root, fields)
    show_in_twins(root)
    return part_bytes(root)


def _count(one: FieldResult, sequences: dict[str, _Sequence]) -> bool:
    """Give a field of a sequence its number; whether it shows another."""
    told = one.told
    switches = told.switches
    if told.keyword != "SEQ" or not told.argument:
        return False
    known = len(told.arguments) == 1 and not switches.keys() - set("chnrs")
    form = _FORMATS.get(told.formats[-1] if told.formats else "ARABIC")
    if not known or form is None or any(value and digits(value) is None for value in switches.values()):
        return leave_to_word(one)
    sequence = sequences.setdefault(told.argument.lower(), _Sequence())
    if switches.get("s"):
        sequence.level = int(switches["s"])
    if switches.get("r"):
        sequence.number = int(switches["r"])
    elif "c" not in switches:
        sequence.number += 1
    if "h" in switches and not told.formats:
        return False
    return show(one, list_numeral(sequence.number, form))


def _refer(root: Element, fields: list[FieldResult]) -> None:
    """Let references to bookmarks that hold numbers of sequences show what their bookmarks hold."""
    counted = {id(node) for one in fields if one.told.keyword == "SEQ" for node in one.texts}
    texts = {name: text for name, (text, counts) in _bookmarked(root, counted).items() if counts}
    for one in fields:
        told = one.told
        if told.keyword == "REF" and told.argument in texts and told.switches.keys() <= {"h"}:
            show(one, texts[told.argument])


def _bookmarked(root: Element, counted: set[int]) -> dict[str, tuple[str, bool]]:
    """Name of a bookmark -> the text that it holds, and whether a number of a sequence is in it."""
    open_marks: dict[str, str] = {}
    held: dict[str, tuple[str, bool]] = {}
    for element in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", T):
        if element.tag == f"{W}bookmarkStart":
            open_marks[element.get(f"{W}id", "")] = element.get(f"{W}name", "")
            held.setdefault(element.get(f"{W}name", ""), ("", False))
        elif element.tag == f"{W}bookmarkEnd":
            open_marks.pop(element.get(f"{W}id", ""), None)
        else:
            for name in open_marks.values():
                text, counts = held[name]
                held[name] = (text + (element.text or ""), counts or id(element) in counted)
    return held
