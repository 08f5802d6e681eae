"""Captions within loops: the numbers that their fields show are those that Word will compute, and references to them follow.

A field SEQ (ECMA-376 part 1 §17.16.5.56) counts the fields of its identifier through the document. A loop prints the number
that the template's one field showed; here each gets its own, by its switches: `\\c` repeats, `\\r` begins at a number, `\\s` begins
anew behind each heading of a level, `\\h` shows nothing, `\\*` says how the number is written. What chooses otherwise is marked,
so that Word computes it when the document is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from generator.figures.list_numerals import list_numeral
from generator.ooxml.package import Package, parse_xml
from generator.ooxml.wordprocessing import KEEP_SPACE, MC, RUN, Element, P, T, W, ancestor
from generator.word.run.heading_styles import heading_level, read_styles

HAS_SEQUENCE = re.compile(rb"\bSEQ\s")
_SEQUENCE = re.compile(r'\s*SEQ\s+(?:"([^"]+)"|([^\s\\"]+))\s*(.*)', re.DOTALL)
_REFERENCE = re.compile(r'\s*REF\s+"?([^\s\\"]+)"?\s*(.*)', re.DOTALL)
_SWITCH = re.compile(r'\\(\*|[A-Za-z])\s*("[^"]*"|[^\s\\]*)')
_FORMATS = {
    "ARABIC": "decimal",
    "ROMAN": "upperRoman",
    "roman": "lowerRoman",
    "ALPHABETIC": "upperLetter",
    "alphabetic": "lowerLetter",
    "CHINESENUM1": "chineseCounting",
    "CHINESENUM2": "chineseLegalSimplified",
    "CHINESENUM3": "chineseCountingThousand",
    "GB1": "decimalEnclosedFullstop",
    "GB2": "decimalEnclosedParen",
    "GB3": "decimalEnclosedCircleChinese",
}
_IGNORED = ("mergeformat", "charformat")


@dataclass(slots=True)
class _Field:
    """A field: its code, the texts of its result, and what marks it."""

    code: str
    marks: list[Element]
    texts: list[Element] = field(default_factory=list)
    parted: bool = False  # whether its code has ended


@dataclass(slots=True)
class _Sequence:
    """A sequence: its last number, and the level of headings that begin it anew."""

    number: int = 0
    level: int = 0


def with_numbers(content: bytes, package: Package, main: str) -> bytes:
    """A rendered body whose captions show their numbers.

    Args:
        content: the body's part.
        package: the template.
        main: the part's name.
    """
    root = parse_xml(content, part=main)
    styles = read_styles(package, main)
    sequences: dict[str, _Sequence] = {}
    changed, fields = False, list(_fields(root))
    for one in fields:
        if isinstance(one, _Field):
            changed = _count(one, sequences) or changed
        elif (level := heading_level(one, styles)) > 0:
            for sequence in sequences.values():
                if level <= sequence.level:
                    sequence.number = 0
    if not changed:
        return content
    _refer(root, [one for one in fields if isinstance(one, _Field)])
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True)


def _fields(root: Element) -> Iterator[_Field | Element]:
    """The fields of a body where they begin, and its paragraphs; of a drawing that stands twice the first."""
    found: list[_Field | Element] = []
    stack: list[_Field] = []
    simple: list[tuple[Element, _Field]] = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == P:
            found.append(element)
        elif element.tag == f"{W}fldSimple":
            if ancestor(element, f"{MC}Fallback") is None:
                one = _Field(element.get(f"{W}instr", ""), [element], list(element.iter(T)), parted=True)
                found.append(one)
                simple.append((element, one))
        elif element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                stack.append(_Field("", [element]))
                if ancestor(element, f"{MC}Fallback") is None:
                    found.append(stack[-1])
            elif stack and kind == "separate":
                stack[-1].parted = True
            elif stack and kind == "end":
                stack.pop()
        elif element.tag == f"{W}instrText" and stack and not stack[-1].parted:
            stack[-1].code += element.text or ""
        elif element.tag == T and ancestor(element, RUN) is not None:
            for one in stack:
                if one.parted:
                    one.texts.append(element)
    return iter(found)


def _count(one: _Field, sequences: dict[str, _Sequence]) -> bool:
    """Give a field of a sequence its number; whether it shows another."""
    match = _SEQUENCE.match(one.code)
    if match is None:
        return False
    rest = match[3].lstrip()
    switches: dict[str, str] = {}
    forms: list[str] = []
    for found in _SWITCH.finditer(rest):
        value = found[2].strip('"')
        if found[1] == "*":
            forms += [value] if value.lower() not in _IGNORED else []
        else:
            switches[found[1].lower()] = value
    known = (rest.startswith("\\") or not rest) and not switches.keys() - set("chnrs")
    form = _FORMATS.get(forms[-1] if forms else "ARABIC")
    if (
        not known
        or form is None
        or any(switches[one] and not switches[one].isdigit() for one in "rs" if one in switches)
    ):
        return _mark(one)
    sequence = sequences.setdefault((match[1] or match[2]).lower(), _Sequence())
    if switches.get("s"):
        sequence.level = int(switches["s"])
    if switches.get("r"):
        sequence.number = int(switches["r"])
    elif "c" not in switches:
        sequence.number += 1
    if "h" in switches and not forms:
        return False
    return _show(one, list_numeral(sequence.number, form))


def _mark(one: _Field) -> bool:
    """Let Word compute a field when the document is opened."""
    if one.marks[0].get(f"{W}dirty") == "true":
        return False
    one.marks[0].set(f"{W}dirty", "true")
    return True


def _show(one: _Field, text: str) -> bool:
    """Put a text in the place of a field's result, in the format of its first run; whether it was another."""
    if "".join(node.text or "" for node in one.texts) == text or not one.texts:
        return False
    for node in one.texts:
        node.text = ""
    one.texts[0].text = text
    one.texts[0].set(KEEP_SPACE, "preserve")
    return True


def _refer(root: Element, fields: list[_Field]) -> None:
    """Let references to bookmarks that hold numbers of sequences show what their bookmarks hold."""
    counted = {id(node) for one in fields if _SEQUENCE.match(one.code) for node in one.texts}
    texts = {name: text for name, (text, counts) in _bookmarked(root, counted).items() if counts}
    for one in fields:
        match = _REFERENCE.match(one.code)
        name = match[1] if match else ""
        if match is None or name not in texts:
            continue
        switches = {found[1].lower() for found in _SWITCH.finditer(match[2])} - {"*"}
        if switches <= {"h"}:
            _show(one, texts[name])


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
