"""For every finding of this room a command that raises it, in the working folder."""

from __future__ import annotations

import io
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from generator.cli import run
from generator.diagnostics.wording.distribution_wording import WORDING
from generator.distribution.archive import MAX_ENTRIES
from generator.distribution.manifest import MANIFEST
from generator.ooxml.package import open_package
from generator.ooxml.zip_written import build
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
