"""QR codes and bar codes: printed as pictures, and read back from the document as a scanner would."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from generator import ExcelTemplate, WordTemplate
from generator.diagnostics import InvalidTemplate
from tests.support import guide, ooxml, words
from tests.word.test_pictures import FLOATING, MM, run, shown, template

ADDRESS = "https://example.com/查询?编号=A-1&年=2023"


def scanned(content: bytes) -> tuple[str, str]:
    """Kind and text of the code in a picture."""
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(content)).convert("L"))
    return str(found.format).rpartition(".")[2].replace(" ", "").replace("-", "").lower(), found.text


@pytest.mark.parametrize("text", [ADDRESS, "A", "12345", "区财政局2023年度绩效自评" * 20, "&<>\"'"])
def it_prints_a_qr_code_where_its_tag_stands(text):
    made = WordTemplate(words.document(words.paragraph("扫码：{{ 值|qrcode }}")))
    content = made.render({"值": text})
    ((picture, width, height),) = shown(content)
    assert scanned(picture) == ("qrcode", text)
    assert (width, height) == (25 * MM, 25 * MM)
    assert made.render({"值": text}) == content


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("code128", "JX-2023-0001"),
        ("code39", "JX-2023"),
        ("ean13", "4006381333931"),
        ("ean13", "400638133393"),
        ("ean8", "73513537"),
        ("itf", "12345670"),
        ("upca", "036000291452"),
    ],
)
def it_prints_bar_codes(kind, text):
    made = WordTemplate(words.document(words.paragraph(f"{{{{ 值|barcode('{kind}', '15mm') }}}}")))
    ((picture, _, height),) = shown(made.render({"值": text}))
    found, content = scanned(picture)
    assert found.startswith("ean" if kind == "upca" else kind[:3])
    assert content.endswith(text) or content[:-1] == text
    assert height == 15 * MM


@pytest.mark.parametrize(
    ("kind", "text", "read"),
    [
        ("isbn", "978-7-115-42802-8", "9787115428028"),
        ("isbn", "7-111-07575-7", "9787111075752"),
        ("isbn10", "080442957X", "9780804429573"),
        ("issn", "0317-8471", "9770317847001"),
        ("issn", "2049-3630", "9772049363002"),
        ("codabar", "A12345B", "A12345B"),
        ("nw-7", "a12345b", "A12345B"),
        ("gs1", "(01)09501101530003(10)ABC123(17)251231", "(01)09501101530003(10)ABC123(17)251231"),
        ("gs1_128", "(00)106141411234567897", "(00)106141411234567897"),
        ("gs1_128", "0109501101530003", "(01)09501101530003"),
    ],
)
def it_prints_numbers_that_scanners_read_as_they_were_meant(kind, text, read):
    made = WordTemplate(words.document(words.paragraph(f"{{{{ 值|barcode('{kind}') }}}}")))
    ((picture, *_),) = shown(made.render({"值": text}))
    assert scanned(picture)[1] == read


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        ("isbn", "978-7-115-42802-9", "校验位应为 8"),
        ("isbn13", "9777115428028", "978 或 979"),
        ("isbn10", "7111075758", "校验位应为 7"),
        ("isbn", "978", "9 位（不含校验位）或 10 位"),
        ("issn", "0317-8470", "校验位应为 1"),
        ("ean13", "123", "12 位（不含校验位）或 13 位"),
        ("itf", "123", "双数"),
        ("itf", "12A4", "只能有数字"),
        ("upca", "036000291453", "校验位应为 2"),
        ("code39", "jx", "大写字母"),
        ("code128", "é", "英文字母"),
        ("codabar", "12345", "开头和结尾"),
        ("gs1", "(01)09501101530004", "校验位应为 3"),
        ("gs1", "(01)123", "后面要有 14 位"),
        ("gs1", "01)123(", "应用标识符"),
        ("gs1", "()", "应用标识符"),
        ("gs1", "ABC", "应用标识符"),
    ],
)
def it_says_what_a_kind_of_code_cannot_hold(kind, text, why):
    made = WordTemplate(words.document(words.paragraph(f"{{{{ 值|barcode('{kind}') }}}}")))
    with pytest.raises(InvalidTemplate) as caught:
        made.render({"值": text})
    (found,) = caught.value.diagnostics
    assert found.code == "code-impossible"
    assert why in found.message


def it_prints_a_code_in_the_place_of_a_picture_of_the_template():
    made = template(words.paragraph(run('descr="{{ 值|qrcode }}"', frame=FLOATING)))
    content = WordTemplate(made).render({"值": ADDRESS})
    assert not ooxml.new_findings(made, content)
    ((picture, width, height),) = shown(content)
    assert (scanned(picture), width, height) == (("qrcode", ADDRESS), 40 * MM, 40 * MM)
    assert shown(WordTemplate(made).render({"值": ""})) == []
    assert shown(WordTemplate(made).render({"值": None})) == []


def it_makes_codes_as_values():
    made = WordTemplate(words.document(words.paragraph("{{ 码 }}{{ 条 }}")))
    content = made.render(
        {"码": made.qrcode(ADDRESS, "3cm", level="H"), "条": made.barcode(2023, "code128", "1cm", caption=False)}
    )
    assert [scanned(picture)[1] for picture, *_ in shown(content)] == [ADDRESS, "2023"]
    assert [height for *_, height in shown(content)] == [30 * MM, 10 * MM]


def it_prints_nothing_for_a_blank():
    made = WordTemplate(words.document(words.paragraph("前{{ 值|qrcode }}{{ 值|barcode }}后")))
    assert words.texts(made.render({"值": ""})) == ["前后"]
    assert words.texts(made.render({"值": None}))[0] in ("前后", "前NoneNone后")


@pytest.mark.parametrize(
    ("tag", "value", "code"),
    [
        ("值|qrcode", "字" * 2000, "code-too-long"),
        ("值|barcode", "A" * 81, "code-too-long"),
        ("值|barcode('ean13')", "12A", "code-impossible"),
        ("值|barcode('ean13')", "4006381333932", "code-impossible"),
        ("值|barcode", "中文", "code-impossible"),
        ("值|barcode('code12')", "1", "code-kind-unknown"),
        ("值|qrcode", ["a"], "code-not-text"),
        ("值|qrcode('三厘米')", "a", "image-size"),
    ],
)
def it_names_the_place_of_what_is_no_code(tag: str, value: Any, code: str):
    made = WordTemplate(words.document(words.paragraph("甲"), words.paragraph(f"{{{{ {tag} }}}}")))
    with pytest.raises(InvalidTemplate) as caught:
        made.render({"值": value})
    (found,) = caught.value.diagnostics
    assert found.location.place is not None
    assert (found.code, found.location.place.zh) == (code, "正文 第2段")


def it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "segno", None)
    made = WordTemplate(words.document(words.paragraph("{{ 值|qrcode }}")))
    with pytest.raises(InvalidTemplate) as caught:
        made.render({"值": "a"})
    assert "generator[codes]" in str(caught.value.diagnostics[0].hint)


def it_loads_no_code_before_it_is_drawn():
    assert "segno" not in _loaded("import generator.word.template, generator.excel.template")
    assert "barcode" not in _loaded("import generator.word.template, generator.excel.template")


def _loaded(statement: str) -> set[str]:
    import subprocess

    command = [sys.executable, "-c", f"{statement}; import sys; print(*sys.modules)"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def it_prints_a_code_into_a_cell_of_a_worksheet():
    buffer = io.BytesIO()
    guide.excel_template({"A1": "编号", "B2": "{{ 值|qrcode('2cm') }}"}).save(buffer)
    parts = words.members(ExcelTemplate(buffer.getvalue()).render({"值": ADDRESS}))
    (picture,) = (data for name, data in parts.items() if name.startswith("xl/media/"))
    assert scanned(picture) == ("qrcode", ADDRESS)
