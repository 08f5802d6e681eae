"""Reading YAML and JSON: what is written stays as it is written."""

import pytest

from generator.diagnostics import Failure, Invalid
from generator.source import Map, Scalar, read_source


def texts(root) -> object:
    if isinstance(root, Scalar):
        return None if root.is_null else root.text
    if isinstance(root, Map):
        return {key: texts(value) for key, value in root.items()}
    return [texts(value) for value in root]


@pytest.mark.parametrize("word", ["010", "12:30", "是", "NO", "1e3", "2020-12-31", "0x1F", "1_5", ".nan", "true", "=1"])
def it_retypes_nothing(word):
    root = read_source(f"值: {word}\n".encode()).root
    assert texts(root) == {"值": word}


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def it_knows_what_states_nothing(word):
    assert read_source(f"值: {word}\n".encode()).root["值"].is_null
    assert not read_source(f"值: '{word}'\n".encode()).root["值"].is_null


def it_tells_a_missing_file_from_a_bad_one(tmp_path):
    with pytest.raises(Failure) as caught:
        read_source(tmp_path / "没有.yaml")
    assert [finding.code for finding in caught.value.diagnostics] == ["file-missing"]
    with pytest.raises(Failure) as caught:
        read_source(tmp_path)
    assert [finding.code for finding in caught.value.diagnostics] == ["file-is-folder"]
    (tmp_path / "空.yaml").write_bytes(b"")
    with pytest.raises(Invalid) as caught:
        read_source(tmp_path / "空.yaml")
    assert [finding.code for finding in caught.value.diagnostics] == ["source-empty"]
