"""Plain values of a context: JSON's and YAML 1.2's types, nothing mangled."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.source import plain_values, read_source

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
        ("1e3", 1000.0),
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
