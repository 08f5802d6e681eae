"""The digest of what a document says: it stays when a program saves the document again, and changes with its text.

Of a Word document: the paragraphs of its body, tables, headers, footers and notes, without what programs compute anew at
every opening (page numbers, tables of contents, dates). Of a workbook: sheets with their cells' texts, numbers and
formulas, without the values that the formulas have at the moment. White space does not count.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import islice
from typing import Any, TypeVar
from zipfile import ZIP_STORED

from lxml import etree

from generator.diagnostics import InvalidDocument
from generator.diagnostics.catalogue import diagnostic
from generator.documents.plain_parts import INVOLVED, OF_FORMULA, plain_cells, plain_paragraphs
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import cell as cell_name
from generator.ooxml.addresses import column_number
from generator.ooxml.deflater import Deflated, crc32
from generator.ooxml.package import Package
from generator.ooxml.relationships import Readable, main_document, related_parts, relationships
from generator.ooxml.stated_numbers import Misstated, digits, whole
from generator.ooxml.word_fields import VOLATILE, OpenField, OpenFields, read_instruction

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIDES = ("header", "footer")  # programs add empty ones and copies: a set
_NOTES = ("footnotes", "endnotes")
_LIVE = VOLATILE | {"TOC"}  # programs compute their results anew
_PREFIX = lazy(r"\b_xl\w++\.")
_Read = TypeVar("_Read")
_AT_ONCE = 4096  # lines that are hashed together


def wording_digest(package: Readable) -> str:
    """SHA-256, in hexadecimal, over what a Word document or a workbook says.

    Raises:
        InvalidDocument: a part is damaged, or the document itself is not there.
    """
    if (main := main_document(package)) not in package:
        raise InvalidDocument([diagnostic("compare-part-missing", name=package.name or "(bytes)", part=main)])
    lines = _sheets(package, main) if main.startswith("xl/") else _stories(package, main)
    digest = hashlib.sha256()
    try:
        for part in lines:
            rest = iter(part)
            while block := [*islice(rest, _AT_ONCE)]:
                digest.update("\n".join([*block, ""]).encode("utf-8", "surrogatepass"))
    except Misstated as fault:
        raise InvalidDocument(fault.within(package.name)) from None
    return digest.hexdigest()


def _events(package: Readable, member: str, *tags: str) -> Iterator[tuple[str, Any]]:
    try:
        yield from etree.iterparse(
            io.BytesIO(package.read(member)),
            events=("start", "end"),
            tag=tags or None,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
        )
    except etree.XMLSyntaxError as fault:
        raise InvalidDocument(
            [diagnostic("xml-damaged", name=package.name or "(bytes)", part=member, reason=fault.msg)]
        ) from None


def _stories(package: Readable, main: str) -> Iterator[Iterable[str]]:
    yield _paragraphs(package, main)
    for member in related_parts(package, main, *_NOTES):
        yield sorted(_paragraphs(package, member))
    yield sorted({line for member in related_parts(package, main, *_SIDES) for line in _kept(_said, package, member)})


@lru_cache(maxsize=128)  # documents of one template have mostly the same headers and footers
def _said(data: bytes, name: str, member: str) -> tuple[str, ...]:
    return tuple(_paragraphs(_alone(data, name, member), member))


_WIDE = (b"\xff\xfe", b"\xfe\xff")  # UTF-16, which names nothing in bytes of ASCII
_KEPT = 1 << 14  # bytes of a header, a footer, or a list of sheets or strings that is remembered
_SHORT = 1 << 11  # characters of a formula that is remembered
_SMALL = 1 << 22  # bytes of a part that is parsed whole


def _paragraphs(package: Readable, member: str) -> Iterable[str]:
    """The paragraphs that say something, a paragraph within another (a text box) before it."""
    data = package.read(member)
    if len(data) > _SMALL or data.startswith(_WIDE):
        return _involved_paragraphs(package, member)
    plain = plain_paragraphs(data)
    if plain is not None:
        return plain
    return (_involved_paragraphs if any(word in data for word in INVOLVED) else _parsed_paragraphs)(package, member)


def _parsed_paragraphs(package: Readable, member: str) -> Iterator[str]:
    for paragraph in package.xml(member).iter(_W + "p"):
        text = "".join([piece.text or "" for piece in paragraph.iter(_W + "t")])
        if line := "".join(text.split()):
            yield line


def _involved_paragraphs(package: Readable, member: str) -> Iterator[str]:
    tags = [_W + name for name in ("p", "t", "fldChar", "instrText", "fldSimple")]
    texts: list[list[str]] = []
    fields = OpenFields(OpenField)
    simple = fallback = 0
    for event, element in _events(package, member, *tags, _FALLBACK):
        name = element.tag
        if name == _FALLBACK:
            fallback += 1 if event == "start" else -1
        elif fallback:
            pass
        elif name == _W + "fldSimple":
            if read_instruction(element.get(_W + "instr", "")).keyword in _LIVE:
                simple += 1 if event == "start" else -1
        elif name == _W + "p":
            if event == "start":
                texts.append([])
            elif texts and (line := "".join("".join(texts.pop()).split())):
                yield line
        elif event == "end":
            if name == _W + "fldChar":
                fields.mark(element.get(_W + "fldCharType"))
            elif name == _W + "instrText":
                fields.instruct(element.text or "")
            elif texts and not simple and not any(one.told.keyword in _LIVE for one in fields.printing()):
                texts[-1].append(element.text or "")
        if event == "end" and name == _W + "p" and not texts:
            element.clear()


def _sheets(package: Readable, main: str) -> Iterator[Iterable[str]]:
    listed = related_parts(package, main, "sharedStrings")
    strings = [text for part in listed for text in _kept(_shared_strings, package, part)]
    targets = relationships(package, main)
    for name, identity in _kept(_listed_sheets, package, main):
        link = targets.get(identity)
        if link is not None and not link.external and link.kind == "worksheet" and link.target in package:
            yield (f"[{name}]",)
            yield _cells(package, link.target, strings)


def _kept(read: Callable[[bytes, str, str], _Read], package: Readable, member: str) -> _Read:
    """What a reader that remembers gives of a member; a long one it reads anew each time."""
    data = package.read(member)
    return (read if len(data) <= _KEPT else read.__wrapped__)(data, package.name, member)  # type: ignore[attr-defined]  `lru_cache` gives it


@lru_cache(maxsize=32)  # workbooks of one template have the same sheets, and mostly the same strings
def _listed_sheets(data: bytes, name: str, member: str) -> tuple[tuple[str, str], ...]:
    """The name of each sheet that a workbook lists, and the identifier of its relationship."""
    events = _events(_alone(data, name, member), member, _X + "sheet")
    return tuple((sheet.get("name", ""), sheet.get(_R, "")) for event, sheet in events if event == "end")


@lru_cache(maxsize=32)
def _shared_strings(data: bytes, name: str, member: str) -> tuple[str, ...]:
    found = []
    for event, item in _events(_alone(data, name, member), member, _X + "si"):
        if event == "end":
            found.append(_text(item))
            item.clear()
    return tuple(found)


def _alone(data: bytes, name: str, member: str) -> Package:
    """A package that holds one part."""
    return Package(name, {member: Deflated(data, crc32(data), len(data), ZIP_STORED)})


def _text(item: Any) -> str:
    """A string's text in all its runs, without phonetic hints."""
    direct = [item] if item.tag == _X + "t" else item.iterfind(f"{_X}t")
    runs = item.iterfind(f"{_X}r/{_X}t")
    return "".join("".join(piece.text or "" for piece in [*direct, *runs]).split())


def _cells(package: Readable, member: str, strings: Sequence[str]) -> Iterable[str]:
    data = package.read(member)
    if len(data) <= _SMALL:
        groups: dict[str, tuple[str, str]] = {}
        plain = plain_cells(data, _line_alone, partial(_line, strings=strings, groups=groups))
        if plain is not None:
            return plain
    return _parsed_cells(package, member, strings)


def _line_alone(place: str, kind: str, text: str, group: str | None) -> str | None:
    """The line of a cell that is neither a shared string nor of a shared formula."""
    return None if kind == "s" or group is not None else _line(place, kind, text, None, (), {})


def _line(
    place: str, kind: str, text: str, group: str | None, strings: Sequence[str], groups: dict[str, tuple[str, str]]
) -> str:
    """The line of a cell; "" where it says nothing."""
    if kind == OF_FORMULA:
        return f"{place} ={_formula(text, place, group, groups)}"
    said = _value(kind, text, strings)
    return f"{place} {said}" if said is not None else ""


def _parsed_cells(package: Readable, member: str, strings: Sequence[str]) -> Iterator[str]:
    row = column = 0
    shared: dict[str, tuple[str, str]] = {}
    for event, element in _events(package, member, _X + "row", _X + "c"):
        if element.tag == _X + "row":
            if event == "start":
                row, column = whole(element.get("r") or row + 1), 0
            else:
                element.clear()
        elif event == "end":
            column += 1
            place = element.get("r") or cell_name(row, column)
            column = column_number(place.rstrip("0123456789"))
            if (said := _cell(element, place, strings, shared)) is not None:
                yield f"{place} {said}"


def _cell(cell: Any, place: str, strings: Sequence[str], shared: dict[str, tuple[str, str]]) -> str | None:
    formula = cell.find(_X + "f")
    if formula is not None:
        group = formula.get("si", "") if formula.get("t") == "shared" else None
        return "=" + _formula(formula.text or "", place, group, shared)
    kind, value = cell.get("t", "n"), cell.findtext(_X + "v") or ""
    if kind == "inlineStr":
        inline = cell.find(_X + "is")
        return _text(inline) or None if inline is not None else None
    return _value(kind, value, strings)


def _value(kind: str, value: str, strings: Sequence[str]) -> str | None:
    if kind == "s":
        return (strings[at] if (at := digits(value)) is not None and at < len(strings) else value) or None
    if kind == "n" and value:
        try:
            return repr(float(value))  # 0.29 and 0.28999999999999998 are one number
        except ValueError:
            return value
    return "".join(value.split()) or None


def _formula(text: str, place: str, group: str | None, shared: dict[str, tuple[str, str]]) -> str:
    if group is not None:
        if text:
            shared[group] = (text, place)
        elif group in shared:
            from openpyxl.formula.translate import Translator

            master, origin = shared[group]
            text = Translator("=" + master, origin).translate_formula(place)[1:]
    return _plain_formula(text) if len(text) <= _SHORT else _plain_formula.__wrapped__(text)


@lru_cache(maxsize=2048)
def _plain_formula(text: str) -> str:
    """A formula as every program writes it."""
    return _PREFIX.sub("", "".join(text.split()).replace("'", "")).upper()
