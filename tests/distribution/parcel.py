"""A small standard for the tests of this room, its package, and packages that are not what they say."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import docx

from generator.distribution.manifest import MANIFEST, SIGNATURE, Manifest, content_digest, sha256
from generator.distribution.pack import pack
from generator.ooxml.package import open_package
from generator.ooxml.zip_written import build
from generator.standard import load_standard

STANDARD = """standard: qinghe-2024
title: 部门绩效自评报告
issuer: 青河市财政局
fiscal_year: 2024
version: {version}
includes: [shared]
fields:
  年度: year
  单位: 单位
documents:
  - {{template: docx/qinghe-2024.docx, name: "{{{{ 单位.名称 }}}}自评报告"}}
"""
SHARED = """library: shared
version: 1.0.0
types:
  单位:
    fields: {名称: text}
"""
_PACKED: dict[str, bytes] = {}  # by version, unsigned: the same bytes every time
DATA = "标准: qinghe-2024\n年度: 2024\n单位: {名称: 甲局}\n"


def bureau(folder: Path, version: str = "1.0.0") -> Path:
    """A bureau's library with the standard, its template and its sample; the standard's file."""
    for name in ("standards", "docx", "data"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "docx" / "qinghe-2024.docx").write_bytes(_template())
    (folder / "standards" / "shared.yaml").write_text(SHARED, encoding="utf-8")
    (folder / "data" / "qinghe-2024.yaml").write_text(DATA, encoding="utf-8")
    path = folder / "standards" / "qinghe-2024.yaml"
    path.write_text(STANDARD.format(version=version), encoding="utf-8")
    return path


@cache
def _template() -> bytes:
    document = docx.Document()
    document.add_paragraph("{{ 单位.名称 }}{{ 年度 }}年度自评报告")
    saved = io.BytesIO()
    document.save(saved)
    return build(open_package(saved.getvalue()), {})  # without the clock


def packed(folder: Path, version: str = "1.0.0", key_file: str = "") -> bytes:
    """The standard's package."""
    path = bureau(folder, version)
    if not key_file and version in _PACKED:
        return _PACKED[version]
    content = pack(load_standard(path, thorough=True), key_file=key_file).content
    return content if key_file else _PACKED.setdefault(version, content)


def members(content: bytes) -> dict[str, bytes]:
    """What a zip holds, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def altered(content: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """A package with files replaced, added or left out, and the manifest as it was."""
    files = {**members(content), **changes}
    return zipped({name: data for name, data in files.items() if data is not None})


def resealed(content: bytes, changes: Mapping[str, bytes | None], **said: object) -> bytes:
    """A package that was changed with its manifest, as somebody does who means harm; unsigned."""
    files = {name: data for name, data in {**members(content), **changes}.items() if data is not None}
    told = json.loads(files.pop(MANIFEST))
    files.pop(SIGNATURE, None)
    told.update(files={name: sha256(data) for name, data in files.items()}, digest=content_digest(files))
    told.update(said)
    return zipped({MANIFEST: Manifest(**told).write(), **files})
