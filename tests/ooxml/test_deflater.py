"""The one deflater: bytes that stand written here, streams that everybody reads, and no other deflater beside it."""

import hashlib
import re
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import run
from generator.excel.run.deflating import Body
from generator.ooxml import deflater, package
from generator.ooxml.deflater import deflate
from generator.word import WordTemplate
from tests.support.words import document, paragraph

ROOT = Path(__file__).parents[2]
DATA = str(ROOT / "data" / "shifeng-2020.yaml")

# Streams of zlib-ng 2.3.3 (wheel 1.1.0), level 4, of a long sheet 3: the same on x86-64 with AVX-512, with SSE2 alone, and on AArch64.
# Another digest here is another promise: it comes with another wheel, in the change log.
PROSE = "faf064e9d04f9251"
NOISE = "22df427fc2009cc3"
ROWS = "d6efaee6b1c14d6f"
REPORT = "269890d7116df361"


def noise(length: int) -> bytes:
    """Bytes without any pattern, the same on every machine."""
    return hashlib.shake_256(b"noise").digest(length)


def prose(length: int) -> bytes:
    """XML whose words come in no order, the same on every machine."""
    words = ("预算", "支出", "<w:r><w:t>", "</w:t></w:r>", "1,234.56", "万元", "合计", "本单位", "R&amp;D")
    return "".join(words[byte % len(words)] for byte in noise(length)).encode()


def rows(count: int) -> list[bytes]:
    """Rows of a sheet."""
    numbers = noise(4 * count)
    return [
        b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (at, at, int.from_bytes(numbers[4 * at - 4 : 4 * at], "big"))
        for at in range(1, count + 1)
    ]


def digest(*contents: bytes) -> str:
    return hashlib.sha256(b"".join(contents)).hexdigest()[:16]


def inflated(stream: bytes) -> bytes:
    return zlib.decompress(stream, -zlib.MAX_WBITS)


def it_gives_the_bytes_that_it_has_always_given():
    texts = [prose(length) for length in (0, 1, 40, 700, 5_000, 120_000)]
    assert digest(*(deflate(text).data for text in texts)) == PROSE
    assert digest(deflate(noise(300_000)).data) == NOISE


def it_joins_the_pieces_of_a_sheet_to_the_bytes_that_it_has_always_given():
    body = Body()
    body.write(iter(rows(20_000)))
    part = body.part(b"<worksheet><sheetData>", b"</sheetData></worksheet>")
    whole = b"<worksheet><sheetData>" + b"".join(rows(20_000)) + b"</sheetData></worksheet>"
    assert inflated(part.data) == whole
    assert (part.crc, part.size) == (zlib.crc32(whole), len(whole))
    assert digest(part.data) == ROWS


def it_writes_a_report_of_the_bytes_that_it_has_always_written():
    template = WordTemplate(document(paragraph("{{ 名称 }}"), paragraph("{% for x in 数 %}{{ x }}，{% endfor %}")))
    rendered = package.open_package(template.render({"名称": "某单位", "数": list(range(40_000))}))
    assert digest(rendered.members["word/document.xml"].data) == REPORT


@given(st.lists(st.binary(max_size=2_000), max_size=30), st.integers(1, 200))
def it_deflates_what_anybody_inflates_to_the_same_with_its_checksum(pieces, times):
    pieces = pieces * times
    whole = b"".join(pieces)
    for deflated in (deflate(whole), deflate(iter(pieces))):
        assert inflated(deflated.data) == whole
        assert (deflated.crc, deflated.size) == (zlib.crc32(whole), len(whole))


def all_by_our_deflater(content: bytes) -> bool:
    opened = package.open_package(content)
    return all(deflate(opened.read(name)).data == member.data for name, member in opened.members.items())


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (["form", "shifeng-2020", "-o"], "空表.xlsx"),
        (["form", DATA, "-o"], "填好.xlsx"),
        (["collect", "shifeng-2020", DATA, "-o"], "汇总.xlsx"),
    ],
)
def it_writes_workbooks_of_other_libraries_through_it_too(arguments, file, tmp_path):
    written = tmp_path / file
    assert run([*arguments, str(written)]) == 0
    assert all_by_our_deflater(written.read_bytes())


def it_writes_marked_forms_and_new_standards_through_it_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    form = tmp_path / "表.xlsx"
    assert run(["form", "shifeng-2020", "-o", str(form)]) == 0
    assert run(["check", str(form), "--mark", str(tmp_path / "审核.xlsx")]) == 1
    assert all_by_our_deflater((tmp_path / "审核.xlsx").read_bytes())
    assert run(["standard", "init", "新-2026"]) == 0
    made = [path for path in tmp_path.rglob("新-2026.*x") if path.suffix in (".docx", ".xlsx")]
    assert len(made) == 2
    assert all(all_by_our_deflater(path.read_bytes()) for path in made)


def it_is_the_only_file_that_calls_a_deflater():
    call = re.compile(r"\bcompressobj|zlib\.compress\b|zlib_ng|\.writestr\b")
    files = (ROOT / "generator").rglob("*.py")
    assert [path.name for path in files if call.search(path.read_text(encoding="utf-8"))] == ["deflater.py"]


def it_names_the_wheel_whose_bytes_these_are():
    """Another wheel brings another zlib-ng, which may give other bytes; the pin in pyproject.toml keeps them."""
    from zlib_ng import zlib_ng

    assert zlib_ng.ZLIBNG_VERSION == "2.3.3"
    assert '"zlib-ng==1.1.0"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert (deflater.LEVEL, deflater.LONG) == (4, 3)
