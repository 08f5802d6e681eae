"""Bytes to text: UTF-8, with or without a byte order mark, UTF-16 with one, GB18030."""

from __future__ import annotations

import codecs
from itertools import pairwise
from typing import Literal

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import source_hints as hints
from generator.diagnostics.wording.entry import Spelling
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.ooxml.limits import limits
from generator.source.nodes import LARGE, is_json

Role = Literal["data", "standard", "context", "rules", "table"]  # what a file is given as; advice differs
_RUN = 4  # characters between two that cannot be read, which belong to one word of another encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = (
    (b"PK\x03\x04", "docx/xlsx/zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "doc/xls/wps/et"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "gz"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
)
# What neither YAML nor a document can hold. The three line breaks that only YAML 1.1 knows are refused too: an
# editor does not count them, so every later line number would be wrong.
# The set is written as what it holds, not as what it lacks: Python compiles a set character by character.
_FORBIDDEN = lazy("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd-\uffff]")
_CONTROL = bytes((*range(9), *range(14, 32), 127))
_LINE_END = lazy("\r\n|\r|\n")
_SURROGATE = range(0xD800, 0xE000)


def decode(data: bytes, name: str, role: Role = "data") -> tuple[str, list[Diagnostic]]:
    """The text of a file, line ends as \\n, and what is wrong with its characters.

    A character that is at fault is a space in the text, so that reading can go on and positions hold. The text is
    empty where the file is none.
    """
    here = Location(file=name or None)
    if not data:
        return "", [diagnostic("source-empty", here, hint=hints.EMPTY.get(role))]
    if len(data) > (most := limits().data):
        return "", [diagnostic("source-too-large", here, size=-(-len(data) >> 20), limit=f"{most / (1 << 20):.3g}")]
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _clean(data[len(mark) :], encoding, name)
    for start, kind in _KINDS:
        if data.startswith(start):
            hint = hints.NOT_TEXT.get(role)
            kind = _office_kind(data) or kind
            if role == "data" and kind == "Excel":
                hint = hints.PERHAPS_A_FORM
            return "", [diagnostic("source-not-text", here, hint=hint, kind=kind)]
    if len(data) <= LARGE:
        try:
            text = _with_line_ends(data.decode("utf-8"))
        except UnicodeDecodeError:
            text = ""
        if text and _shows(text):
            return text, []
    head = data[:4096]
    control = len(head) - len(head.translate(None, _CONTROL))
    if control >= 8 and control * 20 > len(head):
        return "", [diagnostic("source-binary", here, hint=hints.NOT_TEXT.get(role))]
    try:
        return _checked(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        pass
    repaired = data.decode("utf-8", "replace")
    wide = sum(character > "\x7f" for character in repaired)
    if wide > 3 * repaired.count("�"):  # mostly good UTF-8: a damaged file, not another encoding
        return _clean(data, "utf-8", name)
    try:
        return _checked(data.decode("gb18030"), name)
    except UnicodeDecodeError:
        pass
    text = data.decode("gb18030", "replace")
    if text.count("�") * 20 > len(text):
        return "", [diagnostic("source-binary", here, hint=hints.NOT_TEXT.get(role))]
    return _clean(data, "gb18030", name)


def _office_kind(data: bytes) -> str:
    """What program's document a file holds, by the names that a package bears in clear; "" where it is none."""
    if not data.startswith(b"PK"):
        return ""
    return "Word" if b"word/document.xml" in data else "Excel" if b"xl/workbook.xml" in data else ""


@dataclass(frozen=True)
class Written:
    """A file as it is written, so that it can be written again with another text.

    Args:
        data: all of it.
        mark: its byte order mark, or nothing.
        encoding: of what follows.
        text: as `decode` gives it: line ends as \\n.
        ends: of each line.
    """

    data: bytes
    mark: bytes
    encoding: str
    text: str
    ends: tuple[str, ...]

    def encode(self, text: str) -> bytes:
        """Another text of as many lines, in the file's encoding and with its line ends."""
        lines = zip(text.split("\n"), self.ends, strict=True)
        return self.mark + "".join(line + end for line, end in lines).encode(self.encoding)


def written(data: bytes) -> Written | None:
    """A file's text with what is needed to write it again; None where a character of it cannot be read."""
    mark, encoding = next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), (b"", ""))
    content = data[len(mark) :]
    for tried in [encoding] if encoding else ["utf-8", "gb18030"]:
        try:
            found = content.decode(tried)
        except UnicodeDecodeError:
            continue
        text, findings = _checked(found, "")
        if findings or found.encode(tried) != content or found.startswith("\ufeff"):
            return None
        ends = (*(end[0] for end in _LINE_END.finditer(found)), "")
        return Written(data, mark, tried, text, ends)
    return None


def _clean(data: bytes, encoding: str, name: str) -> tuple[str, list[Diagnostic]]:
    """Decode with every undecodable byte as a finding of its own, the character replaced by a space."""
    try:
        return _checked(data.decode(encoding), name)
    except UnicodeDecodeError:
        pass
    if encoding.startswith(("utf-16", "utf-32")):
        try:
            kept = data.decode(encoding, "surrogatepass")  # half a pair is told as what it is
        except UnicodeDecodeError:
            kept = data.decode(encoding, "replace")
        return _checked(kept, name)
    pieces: list[str] = []
    at: list[int] = []
    length = start = 0
    while True:
        try:
            pieces.append(data[start:].decode(encoding))
            break
        except UnicodeDecodeError as fault:
            good = data[start : start + fault.start].decode(encoding)
            length += len(good)
            at.append(length)
            length += 1
            pieces += (good, " ")
            start += fault.end
    text = "".join(pieces)
    runs = [offset for before, offset in pairwise([-_RUN - 1, *at]) if offset - before > _RUN]  # a word is one mistake
    findings = [diagnostic("source-encoding", where(text, offset, name), encoding=encoding.upper()) for offset in runs]
    checked, more = _checked(text, name)
    return checked, findings + more


def _shows(text: str) -> bool:
    """Whether each character but line ends is one that prints, which none of `_FORBIDDEN` does except U+FFFD: known at once of
    most files, of which nothing more is asked."""
    return text.replace("\n", "").isprintable() and "\ufffd" not in text


def _with_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _checked(text: str, name: str) -> tuple[str, list[Diagnostic]]:
    text = _with_line_ends(text)
    text = text.removeprefix("\ufeff")
    if not _FORBIDDEN.search(text):
        return text, []
    findings = []
    spelling: Spelling = "json" if is_json(name, text[:4096]) else "yaml"
    for found in _FORBIDDEN.finditer(text):
        character = ord(found[0])
        code = "lone-surrogate" if character in _SURROGATE else "control-character"
        if character == 0xFFFD:  # what a program puts where it could not read a character
            code = "lost-character"
        place = where(text, found.start(), name)
        findings.append(diagnostic(code, place, spelling=spelling, character=f"U+{character:04X}"))
        if len(findings) == 100:
            break
    return _FORBIDDEN.sub(" ", text), findings


def where(text: str, offset: int, name: str) -> Location:
    """The location of a character of a text."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text.count("\n", 0, offset) + 1
    excerpt = text[start : end if end >= 0 else len(text)]
    return Location(name or None, line, offset - start + 1, excerpt=_FORBIDDEN.sub(" ", excerpt))
