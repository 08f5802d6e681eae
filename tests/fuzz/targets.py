"""What is fuzzed: each target takes any bytes and lets nothing through but what the program raises by intent.

An exception that is not ours and a run over five seconds are faults; each that was found is a case of its own elsewhere.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import io
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from generator.api import Standard, compare, lint, show
from generator.diagnostics import Invalid
from generator.distribution.manifest import MANIFEST
from generator.distribution.received import receive
from generator.excel.template import ExcelTemplate
from generator.formula import FormulaError, parse_expression
from generator.ooxml.active_content import active_content
from generator.ooxml.limits import Limits, within
from generator.ooxml.package import open_package
from generator.source import plain_values, read_source
from generator.standard import load_standard
from generator.word import WordTemplate
from tests.distribution.parcel import packed, resealed
from tests.fuzz.expressions import ANSWERS, asked
from tests.support.words import NAMESPACES, cell, document, members, pack, paragraph, row, run, table

ROOT = Path(__file__).parents[2]
BOUNDS = Limits(seconds=2, turns=100_000, characters=2_000_000, output=16 << 20)
CONTEXT = {"a": "甲", "b": {"c": 1.5, "d": [1, 2]}, "rows": [{"x": 1, "y": "乙"}, {"x": 2, "y": None}], "n": 7}
TOKENS = [
    "{{ a }}", "{{ b.c }}", "{{ n", "}}", "{%", "%}", "{#", "#}", "{%tr for r in rows %}", "{%tr endfor %}", "{%p if n %}", "{%p endif %}",
    "{% vm r.x %}", "{% hm %}", "{%tc", "{%r ", "{% for r in rows %}", "{% endfor %}", "{% set x = 1 %}", "{% raw %}", "{% endraw %}",
    "{% if n > 3 %}", "{% else %}", "{% endif %}", "{% macro m() %}", "{% endmacro %}", "{{ m() }}", "|upper", "|join(',')", "|fixed(2)",
    "|map(attribute='x')|list", "[0]", ".items()", "(", ")", "~", "*", "**", "'", '"', "\\", "\n", "\t", "\x07", "\x0c", "\u200b", "９", "，",
    "=SUM(A1:B2)", "=A1", "'!A1", "A1:XFD1048576", "-", "0", "1e309", "nan", "<", ">", "&amp;", "&#0;", "</w:p>", "<w:p>", "<w:r>", "</w:r>",
    "<w:tbl>", "<w:tc>", "<w:tr>", '<w:fldChar w:fldCharType="begin"/>', "<w:instrText>PAGE</w:instrText>", "<c", "<row", 'r="A0"', 't="s"',
    "<f>", "</f>", "<v>", 'spans="0:0"', "rId1", "../../x", "]]>", "<![CDATA[", "<!--", "<?x?>", "xmlns:w=", "w:val=", "标准: shifeng-2020",
    "- ", ": ", "&x ", "*x", "!!python", "|\n ", ">\n ", "? ", "{", "}", "[", "]", ",", "#", "01", "12:30", "是", "\ufeff", "\x85", "\ud7ff",
]  # fmt: skip


def text_of(data: bytes) -> str:
    """A text of tokens and of the bytes themselves."""
    out: list[str] = []
    position = 0
    while position < len(data):
        byte = data[position]
        if byte < 160:
            out.append(TOKENS[byte % len(TOKENS)])
        else:
            out.append(data[position + 1 : position + 1 + byte % 9].decode("utf-8", "replace"))
            position += byte % 9
        position += 1
    return "".join(out)


def damaged(content: bytes, data: bytes) -> bytes:
    """A package, one of whose parts is spliced as `data` says."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    names = sorted(name for name in parts if name.endswith((".xml", ".rels", ".yaml", ".json")))
    position = 0
    while position + 5 <= len(data):
        name = names[data[position] % len(names)]
        part = parts[name]
        at = int.from_bytes(data[position + 1 : position + 3], "big") * len(part) // 65536
        length = data[position + 3] % 64
        size = data[position + 4] % 8
        new = text_of(data[position + 5 : position + 5 + size])
        parts[name] = part[:at] + new.encode("utf-8", "replace") + part[at + length :]
        position += 5 + size
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def patched(content: bytes, data: bytes) -> bytes:
    """A file with bytes changed: each three say where (of 65,536 parts) and which."""
    changed = bytearray(content)
    for position in range(0, len(data) - 2, 3):
        changed[int.from_bytes(data[position : position + 2], "big") * len(content) // 65536] = data[position + 2]
    return bytes(changed)


def _parts_read(content: bytes) -> None:
    package = open_package(content)
    for name in package.members:
        package.read(name)
    active_content(package)


@functools.cache
def word_sample() -> bytes:
    """A document with most of what templates have."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    field = mark("begin") + '<w:r><w:instrText> HYPERLINK "{{ a }}" </w:instrText></w:r>' + mark("separate")
    return document(
        paragraph("甲{{ a }}", run("{{ b.c", "<w:b/>"), run(" }}")),
        paragraph(field + run("网") + mark("end")),
        table(
            row("序号", "名称"),
            row("{%tr for r in rows %}", ""),
            row("{{ r.x }}", "{% vm r.y %}{{ r.y }}"),
            row("{%tr endfor %}", ""),
            columns=2,
        ),
        paragraph("{%p if n > 3 %}"),
        paragraph("乙"),
        paragraph("{%p endif %}"),
        table(f"<w:tr>{cell('{{ n }}')}</w:tr>", columns=1),
        parts={"comments": '<w:comment w:id="0"><w:p><w:r><w:t>{{ a }}</w:t></w:r></w:p></w:comment>'},
    )


@functools.cache
def small_word_sample() -> bytes:
    """The same document with two styles and no theme: five times as quick to read, and every change of it meets what matters."""
    parts = members(word_sample())
    styles = (
        f"<w:styles {NAMESPACES}>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>'
        "</w:styles>"
    )
    for name in [*parts]:
        if name.endswith("styles.xml"):
            parts[name] = styles.encode()
        elif name.startswith("word/theme/"):
            parts[name] = b'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="x"/>'
    return pack(parts)


@functools.cache
def excel_sample() -> bytes:
    """A workbook with most of what templates have."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for values in (
        ("{{ a }}", "甲", None),
        ("{%tr for r in rows %}", None, None),
        ("{{ r.x }}", "{% vm r.y %}{{ r.y }}", "=A3*2"),
        ("{%tr endfor %}", None, None),
        ("=SUM(A3:A3)", '=IF(A5>1,B1,"")', "=HYPERLINK(A1)"),
    ):
        sheet.append(values)
    sheet.merge_cells("B1:C1")
    sheet["A1"].hyperlink = "https://a.cn/{{ n }}"
    book.create_sheet("二")["A1"] = "=Sheet!A5"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@functools.cache
def standard() -> Standard:
    return Standard(load_standard(ROOT / "templates" / "standards" / "shifeng-2020.yaml"))


@functools.cache
def form() -> bytes:
    return standard().form(ROOT / "data" / "shifeng-2020.yaml")


@functools.cache
def package() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return packed(Path(folder))


def _source(suffix: str, data: bytes) -> None:
    page = read_source(data, f"a{suffix}")
    plain_values(page)


def _formula(data: bytes) -> None:
    """Tokens to the parser; expressions as a field, a check and its message have them: typed, compiled, evaluated."""
    with contextlib.suppress(FormulaError):
        parse_expression(text_of(data))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "z-2024.yaml")
        path.write_text(asked(data), encoding="utf-8")
        Standard(load_standard(path)).read(ANSWERS, "a.yaml")


_UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>/]*)(?:/>|>.*?</c>)')


def _answered(data: bytes) -> bytes:
    """The form with other answers in its cells: each three bytes say which cell, as what it is typed and how many tokens."""
    parts = members(form())
    sheets = sorted(name for name in parts if name.startswith("xl/worksheets/sheet"))
    position = 0
    while position + 3 <= len(data):
        name = sheets[data[position] % len(sheets)]
        part = parts[name]
        found = [*_CELL.finditer(part)]
        size = data[position + 2] % 6
        text = escape(_UNSAYABLE.sub("", text_of(data[position + 3 : position + 3 + size]))).encode("utf-8", "replace")
        if found:
            cell = found[data[position + 1] * len(found) // 256]
            kind = (b"inlineStr", b"str", b"n", b"b", b"e", b"d")[data[position + 2] // 6 % 6]
            number = (b"1.5", b"-0", b"45000", b"1E+30", b"99999999999", b"0")[size]
            held = b"<v>%b</v>" % (text if kind == b"str" else number)
            held = b"<is><t>%b</t></is>" % text if kind == b"inlineStr" else held
            new = b'<c r="%b" t="%b">%b</c>' % (cell[1], kind, held)
            parts[name] = part[: cell.start()] + new + part[cell.end() :]
        position += 3 + size
    return pack(parts)


def _templates(make: Callable[[bytes], Any], content: bytes) -> None:
    make(content).render(CONTEXT)


def _read_back(make: Callable[[bytes], Any], content: bytes) -> None:
    """A sound template with any tags: what is rendered of it, other libraries read whole."""
    made = make(content).render(CONTEXT)
    if make is WordTemplate:
        assert all(one.text is not None for one in docx.Document(io.BytesIO(made)).paragraphs)
    else:
        assert openpyxl.load_workbook(io.BytesIO(made)).worksheets[0].max_row


def _in_cell(data: bytes) -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for number, text in enumerate(text_of(data).split("\n"), 1):
        plain = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_000]
        sheet.cell(number, 1).value = plain
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_FORMULA_TEXT = (
    "A1 A$1 $A1:B2 A:A 3:3 A3 A2:A4 二!A1 'a b'!A1 Sheet!A3:B5 #REF! SUM( IF( VLOOKUP( OFFSET( INDIRECT( ROW( ROWS( COUNTIF( SUMPRODUCT( "
    'ROUND( TEXT( LET( LAMBDA( FILTER( SEQUENCE( ) , + - * / ^ & = <> >= % : ( { } ; ! 1 0 1.5 1E+99 "x" "{{ a }}" {{ n }} {{ r.x }} TRUE '
    "n1 T[x] T[[#All],[x]] @A1 A1# [1]S!A1 \n"
)
FORMULA_TOKENS = _FORMULA_TEXT.split(" ")


def _formulas(data: bytes) -> bytes:
    """A workbook with formulas in a loop's row and around it; a byte is a token, 255 begins the next formula."""
    texts = ["".join(FORMULA_TOKENS[byte % len(FORMULA_TOKENS)] for byte in part) for part in data.split(b"\xff")]
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for values in (
        ("{{ a }}", "甲"),
        ("{%tr for r in rows %}",),
        ("{{ r.x }}", "{{ r.y }}"),
        ("{%tr endfor %}",),
        ("乙", 3),
    ):
        sheet.append(values)
    for number, text in enumerate(texts[:24]):
        sheet.cell((3, 5, 1, 6)[number % 4], 3 + number // 4).value = f"={text}" if text else None
    book.create_sheet("二")["A1"] = "=Sheet!A5"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _standard(data: bytes) -> None:
    """A standard that includes another, a piece of it changed."""
    sample = (ROOT / "templates" / "standards" / "shifeng-2020.yaml").read_bytes()
    at = int.from_bytes(data[:2], "big") * len(sample) // 65536
    new = sample[:at] + text_of(data[3:]).encode("utf-8", "replace") + sample[at + (data[2] if len(data) > 2 else 0) :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "standards", "shifeng-2020.yaml")
        path.parent.mkdir()
        path.write_bytes(new)
        shutil.copy(ROOT / "templates" / "standards" / "common.yaml", path.parent)
        load_standard(path)


def _in_words(data: bytes) -> bytes:
    from generator.word.run.value_xml import word_text

    return document(*(paragraph(f"<w:r><w:t>{word_text(text)}</w:t></w:r>") for text in text_of(data).split("\n")))


def _linted(content: bytes, suffix: str) -> None:
    handle, name = tempfile.mkstemp(suffix)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    try:
        lint(name)
        show(name)
    finally:
        Path(name).unlink()


def _data(data: bytes) -> None:
    sample = (ROOT / "data" / "shifeng-2020.yaml").read_bytes()
    at = int.from_bytes(data[:2], "big") * len(sample) // 65536
    new = sample[:at] + text_of(data[3:]).encode("utf-8", "replace") + sample[at + (data[2] if len(data) > 2 else 0) :]
    standard().read(new, "a.yaml")


def _received(data: bytes) -> None:
    """A package: its bytes, or what it holds, changed, and sealed again by who changed it."""
    content = package()
    if data[:1] < b"\x40":
        at = int.from_bytes(data[1:3], "big") * len(content) // 65536
        content = content[:at] + data[3:] + content[at + len(data[3:]) :]
    else:
        changed = members(damaged(content, data[1:]))
        content = resealed(content, {name: part for name, part in changed.items() if name != MANIFEST})
    handle, name = tempfile.mkstemp(".zip")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    try:
        receive(name)
    finally:
        Path(name).unlink()


TARGETS: dict[str, Callable[[bytes], object]] = {
    "yaml": lambda data: _source(".yaml", data),
    "yaml-tokens": lambda data: _source(".yaml", text_of(data).encode("utf-8", "replace")),
    "json": lambda data: _source(".json", data),
    "json-tokens": lambda data: _source(".json", text_of(data).encode("utf-8", "replace")),
    "data": _data,
    "formula": _formula,
    "standard": _standard,
    "zip": lambda data: open_package(data),
    "zip-patched": lambda data: _parts_read(patched(word_sample(), data)),
    "parts-scanned": lambda data: _parts_read(
        damaged(excel_sample() if data[:1] < b"\x80" else small_word_sample(), data[1:])
    ),
    "word-tags": lambda data: _read_back(WordTemplate, _in_words(data)),
    "word-parts": lambda data: _templates(WordTemplate, damaged(word_sample(), data)),
    "excel-tags": lambda data: _read_back(ExcelTemplate, _in_cell(data)),
    "excel-formulas": lambda data: _read_back(ExcelTemplate, _formulas(data)),
    "excel-parts": lambda data: _templates(ExcelTemplate, damaged(excel_sample(), data)),
    "lint-word": lambda data: _linted(damaged(small_word_sample(), data), ".docx"),
    "lint-excel": lambda data: _linted(damaged(excel_sample(), data), ".xlsx"),
    "form": lambda data: standard().read(
        damaged(form(), data[1:]) if data[:1] < b"\x40" else _answered(data[1:]), "a.xlsx"
    ),
    "package": lambda data: _received(data),
    "diff-word": lambda data: list(compare(small_word_sample(), damaged(small_word_sample(), data), level="format")),
    "diff-excel": lambda data: list(compare(excel_sample(), damaged(excel_sample(), data), level="format")),
}


def corpus(name: str) -> list[bytes]:
    """What reached new code of a target when it was fuzzed with a guide, and what once made a fault: a line of base64 each."""
    stored = Path(__file__).parent / "corpus" / f"{name}.txt"
    return [base64.b64decode(line) for line in stored.read_text("ascii").split()] if stored.is_file() else []


def attack(name: str, data: bytes) -> None:
    """One run of a target; what the program raises by intent is no fault."""
    with within(BOUNDS), contextlib.suppress(Invalid):
        TARGETS[name](data)
