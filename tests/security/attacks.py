"""What attacks are made of."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl


def one_cell(text: str) -> bytes:
    """A workbook with a text in its first cell."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = text
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parts_of(content: bytes, change: dict[str, Callable[[bytes], bytes]] | None = None) -> Any:
    """The parts of a package by name; with changes, the package with those parts changed or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if change is None:
        return parts
    for name, function in change.items():
        parts[name] = function(parts.get(name, b""))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def with_relation(content: bytes, kind: str, target: str, owner: str = "word/document.xml") -> bytes:
    """A package with an external relationship more."""
    folder, _, name = owner.rpartition("/")
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = (
        f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
        f' Target="{target}" TargetMode="External"/>'
    )

    def added(data: bytes) -> bytes:
        data = data or f'<Relationships xmlns="{space}"></Relationships>'.encode()
        return data.replace(b"</Relationships>", relation.encode() + b"</Relationships>")

    return parts_of(content, {f"{folder}/_rels/{name}.rels": added})
