"""Forms that were damaged on their way, or made to harm: whatever the bytes are, the program's own findings come out."""

import io
import json
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.api import examine
from generator.diagnostics import Invalid
from generator.form.forms import form_of
from generator.ooxml.package import open_package
from generator.ooxml.zip_written import build
from generator.source import read_source
from generator.standard import load_standard

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "tests" / "cases" / "form-library"
FEW = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TYPES = ("n", "s", "str", "b", "e", "d", "inlineStr", "x", "")
VALUES = (
    "", " ", "0", "1", "-1", "3.5", "99999999999", "1e999", "nan", "Infinity", "1_0", "１", "9" * 500, "#N/A", "2024-13-45",
    "2024-05-06", "12:30:00", "-0.5", "2958466", "1e-300", "真", "=1", "generator:s1", "#head", "_x0000_", "_xD800_",
)  # fmt: skip
ADDRESSES = ("A0", "XFE1", "A1048577", "ZZZ9999999", "$C$3", "c3", "C", "3", "", "C3:D4", "A1", "C6", "C99999999999999")


@pytest.fixture(autouse=True)
def library(monkeypatch):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(LIBRARY))


@cache
def sound() -> bytes:
    return form_of(None, load_standard("填报样表")).content


@cache
def parts() -> dict[str, bytes]:
    package = open_package(sound())
    return {name: package.read(name) for name in package.members}


SHEETS = [f"xl/worksheets/sheet{number}.xml" for number in range(1, 6)]


def look_at(content: bytes) -> None:
    """Examine a form; a refusal is an answer, and every finding can be said in both languages."""
    try:
        found = examine(content, name="填报.xlsx").diagnostics
    except Invalid as refusal:
        found = refusal.diagnostics
    assert "internal-error" not in {one.code for one in found}
    for one in found:
        assert one.text.zh
        assert one.text.en


def changed(name: str, content: bytes | None) -> bytes:
    return build(open_package(sound()), {name: content})


@FEW
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8))
def it_answers_for_flipped_bytes_of_the_file(flips):
    data = bytearray(sound())
    for at, byte in flips:
        data[at % len(data)] = byte
    look_at(bytes(data))


@FEW
@given(st.data())
def it_answers_for_flipped_bytes_of_a_part(data):
    name = data.draw(st.sampled_from(sorted(parts())))
    content = bytearray(parts()[name])
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.sampled_from(list(b'09<>"/=az& \x00')))
    look_at(changed(name, bytes(content)))


@FEW
@given(st.data())
def it_answers_for_parts_that_are_missing_or_another(data):
    name, other = (data.draw(st.sampled_from(sorted(parts()))) for _ in range(2))
    look_at(changed(name, data.draw(st.sampled_from([None, b"", parts()[other], b"<a/>", b"<!DOCTYPE a><a/>"]))))


@FEW
@given(st.data())
def it_answers_for_cells_of_odd_types_values_styles_and_places(data):
    from lxml import etree

    name = data.draw(st.sampled_from(SHEETS))
    root = etree.fromstring(parts()[name])
    cells = list(root.iter("{*}c"))
    for cell in data.draw(st.lists(st.sampled_from(cells), min_size=1, max_size=4)):
        what = data.draw(st.sampled_from(("t", "s", "r", "v", "f", "row")))
        if what == "t":
            cell.set("t", data.draw(st.sampled_from(TYPES)))
        elif what == "s":
            cell.set("s", data.draw(st.sampled_from(("0", "7", "99999", "-1", "x", "9" * 40))))
        elif what == "r":
            cell.set("r", data.draw(st.sampled_from(ADDRESSES)))
        elif what == "row":
            cell.getparent().set("r", data.draw(st.sampled_from(("0", "-3", "1048577", "x", "1", "9" * 30))))
        else:
            space = root.tag.partition("}")[0] + "}"
            value = cell.find("{*}" + what)
            value = etree.SubElement(cell, space + what) if value is None else value
            value.text = data.draw(st.sampled_from(VALUES)).replace("\x00", "")
            cell.set("t", data.draw(st.sampled_from(TYPES)))
    look_at(changed(name, etree.tostring(root)))


@FEW
@given(st.data())
def it_answers_for_a_plan_that_somebody_changed(data):
    from lxml import etree

    root = etree.fromstring(parts()["xl/sharedStrings.xml"])
    plan = next(text for text in root.iter("{*}t") if (text.text or "").startswith('{"format"'))
    content = json.loads(plan.text or "")
    for _ in range(data.draw(st.integers(1, 3))):
        holder = content
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            key = data.draw(st.sampled_from(keys))
            inner = holder[key]
            if isinstance(inner, dict | list) and inner and data.draw(st.booleans()):
                holder = inner
                continue
            odd = (
                None,
                True,
                -1,
                10**9,
                "",
                "x",
                "指标",
                "指标.名称",
                ".",
                [],
                {},
                [{}],
                "parent",
                "field",
                "texts",
                "map",
            )
            holder[key] = data.draw(st.sampled_from(odd))
            break
        if not isinstance(content, dict) or not content:
            break
    plan.text = json.dumps(content, ensure_ascii=False)
    look_at(changed("xl/sharedStrings.xml", etree.tostring(root)))


@pytest.mark.parametrize(
    ("zh", "old", "new"),
    [
        ("文字 99999 不存在", b'<c r="A1" t="s"><v>', b'<c r="A1" t="s"><v>99999</v></c><c r="ZZ1"><v>'),
        ("不是单元格地址", b'<c r="A1" ', b'<c r="A-1" '),
        ("超出工作表", b'<c r="A1" ', b'<c r="XFE1" '),
        ("不是行号", b'<row r="1"', b'<row r="1048577"'),
        ("没有定义", b'<c r="A1" t="s"', b'<c r="A1" t="q"'),
        ("不存在", b'<c r="A1" ', b'<c s="9999" r="A1" '),
        ("出现了两次", b'<c r="A1" ', b'<c r="A1"><v>1</v></c><c r="A1" '),
    ],
)
def it_tells_where_a_cell_is_damaged(zh, old, new):
    name = "xl/worksheets/sheet2.xml"
    assert old in parts()[name]
    content = changed(name, parts()[name].replace(old, new, 1))
    with pytest.raises(Invalid) as refused:
        read_source(content, "填报.xlsx", form=True)
    (found,) = refused.value.diagnostics
    assert found.code == "form-damaged"
    assert zh in found.text.zh
    assert "填报!" in found.text.zh


def it_reads_a_workbook_of_another_writer_the_same():
    """Inline strings, addresses left out and another order of the zip are as good."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts().items():
            archive.writestr(name, content.replace(b'<c r="A1" t="s">', b'<c t="s">'))
    mine, other = (examine(content, name="填报.xlsx").diagnostics for content in (sound(), out.getvalue()))
    assert [str(one) for one in mine] == [str(one) for one in other]
