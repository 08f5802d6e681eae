"""Plain values of a context: JSON's and YAML 1.2's types, nothing mangled."""

import io
import json

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.excel.template import ExcelTemplate
from generator.source import plain_values, read_source
from generator.word import WordTemplate
from tests.security.attacks import one_cell
from tests.support.words import document, paragraph

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text("ab12 中,:"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab中", min_size=1), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-0.5", -0.5),
        ("true", True),
        ("~", None),
        ("010", "010"),
        ("12:30", "12:30"),
        ("yes", "yes"),
        ("2020-12-31", "2020-12-31"),
        ("'12'", "12"),
        ("1_000", "1_000"),
        ("１５", "１５"),
        ("-", "-"),
        (".", "."),
        ("e1", "e1"),
    ],
)
def it_types_what_yaml_1_2_types_and_leaves_the_rest_as_text(text, value):
    found = plain_values(read_source(f"a: {text}\n".encode() if text != "-" else b'a: "-"\n'))["a"]
    assert found == value
    assert type(found) is type(value)


@given(st.dictionaries(st.text("ab中", min_size=1), JSON, min_size=1, max_size=3))
def it_reads_json_as_python_does(value):
    text = json.dumps(value, ensure_ascii=False)
    assert plain_values(read_source(text.encode(), name="a.json")) == json.loads(text)


@pytest.mark.parametrize("text", ["1.10", "161.40", "1.0e3", "1e3", "+5.0", "-0.50", ".5"])
def it_prints_a_fraction_as_it_was_typed_and_computes_with_it(text):
    found = plain_values(read_source(f"a: {text}\n".encode()))["a"]
    assert str(found) == text
    assert found == float(text)
    assert isinstance(found, float)
    printed = WordTemplate(document(paragraph("{{ a }}和{{ a + 1 }}"))).render({"a": found})
    assert docx.Document(io.BytesIO(printed)).paragraphs[0].text == f"{text}和{float(text) + 1}"
    cell = openpyxl.load_workbook(io.BytesIO(ExcelTemplate(one_cell("{{ a }}")).render({"a": found}))).worksheets[0][
        "A1"
    ]
    assert (cell.value, cell.data_type) == (float(text), "n")


def it_leaves_the_numbers_of_json_to_json():
    assert str(plain_values(read_source(b'{"a": 1.10}', name="a.json"))["a"]) == "1.1"
