"""Every finding of this room: what raises it, and what is told of it in both languages."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from generator.cli import run
from generator.diagnostics.wording.distribution_wording import WORDING
from generator.distribution.manifest import SIGNATURE
from generator.ooxml.package import open_package
from generator.ooxml.zip_written import build
from generator.standard.library import user_library
from tests.distribution.parcel import altered, bureau, packed, resealed
from tests.distribution.refused_commands import (
    CASES,
    CODES,
    COMMANDS,
    RANDOM,
    RELATIONSHIP,
    TEMPLATE,
    good,
    install,
    installed,
    signed,
    with_link,
    with_macro,
)


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch) -> None:
    """A folder and a user's library of their own, with no other standard in sight."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GENERATOR_LIBRARY", raising=False)
    for name in ("XDG_DATA_HOME", "HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("code", WORDING)
def it_refuses_with_the_reason_and_writes_nothing(code, tmp_path, monkeypatch, capsys, request):
    arguments = COMMANDS[code]()
    before = contents(user_library())
    capsys.readouterr()
    if code == "signature-needs-library":
        monkeypatch.setitem(__import__("sys").modules, "cryptography.hazmat.primitives.asymmetric", None)
    shown = ""
    for language in ("zh", "en"):
        if code == "roll-old-year":  # it writes a standard, which it would refuse to overwrite
            shutil.rmtree("templates", ignore_errors=True)
        assert run([*arguments, "--lang", language]) == CODES.get(code, 2)
        captured = capsys.readouterr()
        assert captured.out == "" or code in CODES
        shown += f"[{language}]\n{captured.err}"
    assert f"[{code}]" in shown
    assert "Traceback" not in shown
    assert contents(user_library()) == before
    if code in RANDOM:
        shown = __import__("re").sub(r"[0-9a-f]{16}", "<key>", shown)
    golden = CASES / code / "expected.txt"
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "../a.docx",
        "docx/../../a.docx",
        "/a.docx",
        "C:/a.docx",
        "docx\\a.docx",
        "docx/nul",
        "docx/a.",
        "docx/.a",
        "docx/a\n",
        "docx/é.docx",
    ],
)
def it_refuses_names_that_lead_elsewhere_or_cannot_be_had(name, capsys):
    content = altered(good(), {})
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        archive.writestr(entry, b"x")
    assert run(install(out.getvalue())) == 2
    assert "distribution-" in capsys.readouterr().err
    assert contents(user_library()) == {}


def it_refuses_what_unpacks_to_more_than_it_says_or_may(capsys):
    bomb = resealed(good(), {"data/qinghe-2024.yaml": b"#" * (80 << 20)})
    assert run(install(bomb)) == 2
    assert "distribution-too-large" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "target"),
    [(b"image", b"file:////server/share/a.png"), (b"oleObject", b"file:///c:/a.xlsx"), (b"frame", b"a")],
)
def it_refuses_what_programs_load_by_themselves(kind, target, capsys):
    assert run(install(resealed(good(), {TEMPLATE: with_link(kind, target)}))) == 2
    assert "distribution-external-link" in capsys.readouterr().err


def it_lets_hyperlinks_pass():
    assert run(install(resealed(good(), {TEMPLATE: with_link(b"hyperlink", b"http://example.com/")}))) == 0


def it_refuses_fields_that_load_files(capsys):
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run()._r.append(
        docx.oxml.parse_xml(
            '<w:instrText xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"> DDEAUTO c:\\\\cmd.exe "/k" </w:instrText>'
        )
    )
    out = io.BytesIO()
    document.save(out)
    assert run(install(resealed(good(), {TEMPLATE: out.getvalue()}))) == 2
    assert "DDEAUTO" in capsys.readouterr().err


def it_refuses_to_pack_what_it_would_refuse_to_install(capsys):
    path = bureau(Path("bureau"))
    (path.parents[1] / TEMPLATE).write_bytes(with_macro())
    bureau_template = (path.parents[1] / TEMPLATE).read_bytes()
    assert b"vbaProject" in bureau_template
    assert run(["standard", "pack", str(path), "-o", "出.zip"]) == 1
    assert "active-macros" in capsys.readouterr().err  # lint, which packing begins with, tells it first
    assert not Path("出.zip").exists()


def it_refuses_links_of_workbooks_to_others():
    book = openpyxl.Workbook()
    book.active["A1"] = "{{ 年度 }}"
    out = io.BytesIO()
    book.save(out)
    package = open_package(out.getvalue())
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    relations = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    content = build(package, {name: relations + RELATIONSHIP % (b"externalLinkPath", b"file:///c:/b.xlsx")})
    assert run(install(resealed(good(), {"xlsx/a.xlsx": content}))) == 2


def it_leaves_the_library_as_it_was_when_it_is_interrupted(monkeypatch):
    installed("1.0.0")
    before = contents(user_library())
    real, count = Path.open, 0

    def broken(self: Path, *arguments, **options):
        nonlocal count
        if ".new-" in str(self):
            count += 1
            if count == 3:
                raise KeyboardInterrupt
        return real(self, *arguments, **options)

    with monkeypatch.context() as machine:
        machine.setattr(Path, "open", broken)
        assert run(install(packed(Path("bureau"), "1.1.0"))) != 0
    assert count == 3
    assert contents(user_library()) == before
    assert run(install(packed(Path("bureau"), "1.1.0"))) == 0


def it_clears_away_what_a_power_cut_left():
    installed("1.0.0")
    left = user_library() / "installed" / ".new-abc"
    left.mkdir()
    (left / "a").write_bytes(b"x")
    installed("1.1.0")
    assert not left.exists()


def it_finds_files_that_were_changed_after_installing(capsys):
    installed("1.0.0")
    assert run(["standard", "verify", "qinghe-2024"]) == 0
    capsys.readouterr()
    folder = user_library() / "installed" / "qinghe-2024@1.0.0"
    (folder / "docx" / "qinghe-2024.docx").write_bytes(b"x")
    (folder / "docx" / "more.docx").write_bytes(b"x")
    assert run(["standard", "verify", "qinghe-2024"]) == 1
    told = capsys.readouterr().err
    assert "distribution-changed-file" in told
    assert "distribution-additional-file" in told


def it_packs_the_same_bytes_on_every_run():
    assert good() == good()
    assert signed() == signed()


def it_says_who_signed_and_that_nobody_did(capsys):
    Path("a.zip").write_bytes(good())
    assert run(["standard", "verify", "a.zip"]) == 0
    assert "没有签名。" in capsys.readouterr().out
    Path("b.zip").write_bytes(signed())
    capsys.readouterr()
    assert run(["standard", "verify", "b.zip", "--key", "私钥.pem.pub"]) == 0
    assert "签名有效" in capsys.readouterr().out
    assert run(install(signed(), "--key", "私钥.pem.pub")) == 0
    assert run(["standard", "verify", "qinghe-2024", "--key", "私钥.pem.pub"]) == 0
    assert SIGNATURE in {path.name for path in (user_library() / "installed" / "qinghe-2024@1.0.0").iterdir()}


def it_takes_a_later_version_of_the_same_signer(capsys):
    assert run(install(signed())) == 0
    assert run(install(packed(Path("bureau"), "1.1.0", key_file="私钥.pem"))) == 0
    assert {path.name for path in (user_library() / "installed").iterdir()} == {
        "qinghe-2024@1.0.0",
        "qinghe-2024@1.1.0",
    }


def it_removes_one_version_and_keeps_the_other(capsys):
    installed("1.0.0", "1.1.0")
    assert run(["standard", "remove", "qinghe-2024@1.0.0"]) == 0
    assert [path.name for path in (user_library() / "installed").iterdir()] == ["qinghe-2024@1.1.0"]
    assert run(["standard", "remove", "qinghe-2024"]) == 0
    assert [*(user_library() / "installed").iterdir()] == []


def it_installs_twice_without_a_change(capsys):
    installed("1.0.0")
    before = contents(user_library())
    installed("1.0.0")
    assert "已经装过" in capsys.readouterr().err
    assert contents(user_library()) == before


def it_renders_with_the_installed_standard_outside_every_checkout(capsys):
    installed("1.0.0")
    Path("d.yaml").write_text("标准: qinghe-2024@1.0.0\n年度: 2024\n单位: {名称: 乙局}\n", encoding="utf-8")
    assert run(["render", "d.yaml", "-o", "out"]) == 0
    assert Path("out/乙局自评报告.docx").is_file()
