"""Every kind of content that acts by itself, at every door where `docs/security.md` promises that it is refused or told, as typed."""

import json
from pathlib import Path

import pytest

from generator.cli import run
from generator.ooxml.active_content import RULES
from generator.word import WordTemplate
from tests.distribution.parcel import STANDARD, packed, resealed
from tests.security.test_active_content import REFUSED, TOLD, engine

# One of each kind; a package may hold the last of these.
KINDS = {kind: (content, True) for content, kind in reversed(REFUSED.values())}
KINDS |= {kind: (content, kind in KINDS) for content, kind in reversed(TOLD.values()) if kind not in KINDS}
TRAVEL = {"file-link", "custom-ui", "alt-chunk"}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENERATOR_LIBRARY", str(tmp_path / "none"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GENERATOR_LANG", "en")
    return tmp_path


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> bytes:
    return packed(tmp_path_factory.mktemp("bureau"))


def codes(text: str) -> set[str]:
    return {found["code"] for found in json.loads(text)["diagnostics"]}


def it_has_one_of_every_kind():
    assert set(KINDS) == set(RULES)


@pytest.mark.parametrize("kind", sorted(KINDS))
def it_holds_at_every_door(kind, package, capsys):
    content, refused = KINDS[kind]
    ending = "docx" if engine(content) is WordTemplate else "xlsx"
    name = f"a.{ending}"
    Path(name).write_bytes(content)
    Path("c.json").write_text('{"a": 1}', encoding="utf-8")
    code = "active-macros" if kind == "macro" else "active-content"

    assert run(["fill", name, "c.json", "-o", f"out.{ending}"]) == (2 if refused else 0)
    assert Path(f"out.{ending}").exists() != refused
    assert (code in capsys.readouterr().err) or not refused
    assert run(["lint", name, "--format", "json"]) == (1 if refused else 0)
    assert code in codes(capsys.readouterr().out)
    for document in (name, *([] if refused else [f"out.{ending}"])):
        assert run(["verify", document, "--format", "json"]) == 1  # it has no stamp besides
        assert {code, "verify-no-stamp"} <= codes(capsys.readouterr().out)

    template = f"{ending}/{name}"
    text = STANDARD.format(version="1.0.0").replace("docx/qinghe-2024.docx", template)
    sent = {template: content, "standards/qinghe-2024.yaml": text.encode(), "docx/qinghe-2024.docx": None}
    Path("a.zip").write_bytes(resealed(package, sent))
    capsys.readouterr()
    assert run(["standard", "install", "a.zip"]) == (0 if kind in TRAVEL else 2)
    told = capsys.readouterr().err
    assert kind in TRAVEL or template in told, told
