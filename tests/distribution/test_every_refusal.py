"""Every finding of this room: what raises it, and what is told of it in both languages."""

from __future__ import annotations

import io
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from generator.cli import run
from generator.diagnostics.wording.distribution_wording import WORDING
from generator.distribution.archive import MAX_ENTRIES
from generator.distribution.manifest import MANIFEST, SIGNATURE
from generator.ooxml.package import open_package
from generator.ooxml.zip_written import build
from generator.standard.library import user_library
from tests.distribution.parcel import SHARED, STANDARD, altered, bureau, members, packed, resealed, zipped

CASES = Path(__file__).parents[1] / "cases" / "distribution"
TEMPLATE = "docx/qinghe-2024.docx"
RELATIONSHIP = (
    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%b"'
    b' Target="%b" TargetMode="External"/></Relationships>'
)


def good() -> bytes:
    return packed(Path("bureau"))


def signed() -> bytes:
    if not Path("私钥.pem").exists():
        assert run(["standard", "key", "私钥.pem"]) == 0
    return packed(Path("bureau"), key_file="私钥.pem")


def install(content: bytes, *options: str) -> list[str]:
    Path("包.zip").write_bytes(content)
    return ["standard", "install", "包.zip", *options]


def with_entry(change: Callable[[zipfile.ZipInfo], None]) -> bytes:
    """The package with one more entry, of a kind that zipfile does not write by itself."""
    out = io.BytesIO(good())
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("docx/more.docx")
        change(entry)
        archive.writestr(entry, b"/etc/passwd")
    return out.getvalue()


def as_link(entry: zipfile.ZipInfo) -> None:
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16


def encrypted() -> bytes:
    content = bytearray(with_entry(lambda entry: None))
    at = content.rindex(b"PK\1\2")
    content[at + 8] |= 1
    return bytes(content)


def with_macro() -> bytes:
    package = open_package(members(good())[TEMPLATE])
    return build(package, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def with_link(kind: bytes, target: bytes) -> bytes:
    package = open_package(members(good())[TEMPLATE])
    name = "word/_rels/document.xml.rels"
    return build(package, {name: package.read(name).replace(b"</Relationships>", RELATIONSHIP % (kind, target))})


def damaged() -> bytes:
    content = bytearray(good())
    at = content.index(b"docx/qinghe-2024.docx") + len(TEMPLATE) + 200
    content[at : at + 4] = b"\0\0\0\0"
    return bytes(content)


def installed(*versions: str) -> None:
    for version in versions:
        assert run(install(packed(Path("bureau"), version))) == 0


def other_issuer() -> list[str]:
    installed("1.0.0")
    standard = STANDARD.format(version="1.1.0").replace("青河市", "白水市").encode()
    return install(resealed(good(), {"standards/qinghe-2024.yaml": standard}, version="1.1.0", issuer="白水市财政局"))


def other_signer() -> list[str]:
    assert run(install(signed())) == 0
    return install(packed(Path("bureau"), "1.1.0"))


def same_version() -> list[str]:
    installed("1.0.0")
    return install(resealed(good(), {"data/qinghe-2024.yaml": b"# another\n"}))


def without_issuer() -> list[str]:
    path = bureau(Path("bureau"))
    path.write_text(path.read_text(encoding="utf-8").replace("issuer: 青河市财政局\n", ""), encoding="utf-8")
    return ["standard", "pack", str(path)]


def several() -> list[str]:
    installed("1.0.0", "1.1.0")
    return ["standard", "remove", "qinghe-2024"]


def existing_key() -> list[str]:
    signed()
    return ["standard", "key", "私钥.pem"]


def other_key() -> list[str]:
    content = signed()
    assert run(["standard", "key", "别人.pem"]) == 0
    return install(content, "--key", "别人.pem.pub")


def no_key() -> list[str]:
    Path("密钥.txt").write_text("密码123", encoding="utf-8")
    return ["standard", "pack", str(bureau(Path("bureau"))), "--key", "密钥.txt"]


def large() -> bytes:
    return zipped({**members(good()), **{f"data/{number}.txt": b"" for number in range(MAX_ENTRIES)}})


def with_units(content: bytes) -> list[str]:
    Path("名册.csv").write_bytes(content)
    Path("名册.xlsx").write_bytes(content)
    name = "名册.xlsx" if content.strip() else "名册.csv"
    return ["collect", str(bureau(Path("bureau"))), "bureau/data", "-o", "汇总.xlsx", "--units", name]


def twice() -> list[str]:
    path = bureau(Path("bureau"))
    Path("bureau/data/b.yaml").write_bytes(Path("bureau/data/qinghe-2024.yaml").read_bytes())
    return ["collect", str(path), "bureau/data", "-o", "汇总.json"]


MIGRATION = ("migrate-renamed", "migrate-removed", "migrate-added", "migrate-note", "migrate-unknown")


def migration() -> list[str]:
    """A data file of version 1.0.0 for version 1.1.0, where every kind of change meets it."""
    path = bureau(Path("bureau"), "1.1.0")
    changes = "changes:\n  - {version: 1.1.0, renamed: {名称: 说明}, removed: [旧], added: [年度], note: 改了说法}\n"
    text = path.read_text(encoding="utf-8").replace("  单位: 单位\n", "  单位: 单位\n  说明: optional text\n")
    path.write_text(text + changes, encoding="utf-8")
    data = "标准: qinghe-2024@1.0.0\n年度: 2024\n单位: {名称: 甲局}\n名称: 话\n旧: 1\n多: 2\n"
    Path("旧.yaml").write_text(data, encoding="utf-8")
    return ["migrate", "旧.yaml", "--to", str(path), "-o", "新.yaml", "--force"]


def next_year(carry: str) -> list[str]:
    path = bureau(Path("bureau"))
    text = path.read_text(encoding="utf-8").replace("  单位: 单位\n", "  单位: 单位\n  说明: optional text\n")
    path.with_name("qinghe-2025.yaml").write_text(
        text.replace("qinghe-2024\ntitle", "qinghe-2025\ntitle") + carry, encoding="utf-8"
    )
    Path("旧.yaml").write_text("标准: qinghe-2024\n年度: 2024\n单位: {名称: 甲局}\n", encoding="utf-8")
    return ["migrate", "旧.yaml", "--to", str(path.with_name("qinghe-2025.yaml")), "-o", "新.yaml", "--force"]


def document(templates: dict[str, str]) -> str:
    """A document of the sample, another one without a stamp beside it; the template that its stamp names may be another."""
    bureau(Path("bureau"))
    Path("无印记.docx").write_bytes(without_tags())
    name = "甲局自评报告.docx"
    with pytest.MonkeyPatch.context() as machine:
        machine.setenv("GENERATOR_LIBRARY", "bureau")
        assert run(["render", "bureau/data/qinghe-2024.yaml"]) == 0
    package = open_package(name)
    stamp = package.read("docProps/custom.xml")
    for old, new in templates.items():
        stamp = stamp.replace(old.encode(), new.encode())
    Path(name).write_bytes(build(package, {"docProps/custom.xml": stamp}))
    shutil.copytree("bureau", "templates", dirs_exist_ok=True)
    return name


def without_tags() -> bytes:
    made = docx.Document()
    made.add_paragraph("没有标签")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def as_json() -> list[str]:
    path = bureau(Path("bureau")).with_suffix(".json")
    path.write_text(
        '{"standard": "j-2024", "title": "例", "version": "1.0.0", "fields": {"年度": "year"}}', encoding="utf-8"
    )
    return ["standard", "roll", str(path), "j-2025"]


def rolled() -> list[str]:
    path = bureau(Path("bureau"))
    path.write_text("# 2024年的标准\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    return ["standard", "roll", str(path), "qinghe-2025"]


COMMANDS: dict[str, Callable[[], list[str]]] = {
    "distribution-not-package": lambda: install(b"PK no zip"),
    "distribution-no-manifest": lambda: install(altered(good(), {MANIFEST: None})),
    "distribution-bad-manifest": lambda: install(resealed(good(), {}, issuer="白水市财政局")),
    "distribution-wrong-digest": lambda: install(good(), "--sha256", "0" * 64),
    "distribution-missing-file": lambda: install(altered(good(), {TEMPLATE: None})),
    "distribution-additional-file": lambda: install(altered(good(), {"docx/more.docx": b"x"})),
    "distribution-changed-file": lambda: install(
        altered(good(), {"standards/shared.yaml": SHARED.encode() + b"# x\n"})
    ),
    "distribution-bad-name": lambda: install(
        altered(good(), {"../../.bashrc": b"x", "/etc/passwd": b"x", "docx/con.docx": b""})
    ),
    "distribution-link": lambda: install(with_entry(as_link)),
    "distribution-encrypted": lambda: install(encrypted()),
    "distribution-collision": lambda: install(altered(good(), {"DOCX/Qinghe-2024.docx": b"x"})),
    "distribution-too-large": lambda: install(large()),
    "distribution-damaged": lambda: install(damaged()),
    "distribution-macro": lambda: install(resealed(good(), {TEMPLATE: with_macro()})),
    "distribution-external-link": lambda: install(
        resealed(good(), {TEMPLATE: with_link(b"attachedTemplate", b"http://example.com/a.dotm")})
    ),
    "distribution-newer-engine": lambda: install(resealed(good(), {}, engine=">=99.0")),
    "distribution-broken": lambda: install(resealed(good(), {"standards/shared.yaml": b"library: shared\ntypes: 1\n"})),
    "distribution-no-issuer": without_issuer,
    "distribution-unsigned": lambda: install(good(), "--key", "私钥.pem.pub") if signed() else [],
    "distribution-bad-signature": lambda: install(
        altered(signed(), {MANIFEST: members(signed())[MANIFEST].replace("青河".encode(), "白水".encode())})
    ),
    "distribution-other-key": other_key,
    "signature-needs-library": lambda: ["standard", "pack", str(bureau(Path("bureau"))), "--key", "私钥.pem"],
    "signature-bad-key": no_key,
    "key-exists": existing_key,
    "install-other-issuer": other_issuer,
    "install-other-signer": other_signer,
    "install-same-version": same_version,
    "collect-suffix": lambda: ["collect", str(bureau(Path("bureau"))), "bureau/data", "-o", "汇总.pdf"],
    "collect-duplicate": twice,
    "units-empty": lambda: with_units(b"\n"),
    "units-unreadable": lambda: with_units(b"PK no zip"),
    **dict.fromkeys(MIGRATION, migration),
    "migrate-no-carry": lambda: next_year(""),
    "migrate-year": lambda: next_year("carry: {keep: [单位]}\n"),
    "migrate-carried": lambda: next_year("carry: {说明: 单位.名称}\n"),
    "migrate-nothing": lambda: next_year("carry: {说明: 单位.全称}\n"),
    "migrate-emptied": lambda: next_year("carry: {keep: [年度]}\n"),
    "verify-no-stamp": lambda: ["verify", document({}) and "无印记.docx"],
    "verify-no-counterpart": lambda: [
        "verify",
        document({"docx/qinghe-2024.docx": "docx/other.docx"}),
        "bureau/data/qinghe-2024.yaml",
    ],
    "init-no-tags": lambda: ["standard", "init", "新-2024", "--template", document({}) and "无印记.docx"],
    "derive-not-yaml": as_json,
    "describe-suffix": lambda: ["standard", "describe", str(bureau(Path("bureau"))), "-o", "说明.pdf"],
    "roll-old-year": rolled,
    "remove-not-installed": lambda: ["standard", "remove", "qinghe-2024"],
    "remove-several": several,
}
CODES = {
    "distribution-no-issuer": 1,
    "collect-duplicate": 0,
    "verify-no-stamp": 1,
    "roll-old-year": 0,
    **{code: 0 for code in WORDING if code.startswith("migrate-")},
}
RANDOM = ("distribution-other-key", "install-other-signer")  # keys are new on every run


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
