"""Whether an OOXML document is valid: what Word, WPS and Excel would repair, refuse or silently drop.

Two judges. `openxml-audit`, a port of the Open XML SDK's validator, holds the order and the required children of every
element (ECMA-376 transitional with Microsoft's extensions), attributes and references. What it leaves out is checked
here: unique ids, stray text, cells without a paragraph, table grids, content types, dangling relationships, the order
of cells, overlapping merges.

A template may be faulty itself, so the question that tests ask is `new_findings(template, document)`: which kinds of
finding has the document that its template did not have?
"""

from __future__ import annotations

import hashlib
import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from unittest import mock

from lxml import etree

from tests.support import spreadsheet, wordprocessing
from tests.support.finding import Finding

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CONTENT_TYPES_PART = "[Content_Types].xml"


class Parts(NamedTuple):
    """A package as its parts: raw content, content types, parsed XML, relationships by source part."""

    raw: dict[str, bytes]
    types: dict[str, str]
    xml: dict[str, etree._Element]
    relationships: dict[str, dict[str, tuple[str, str]]]


def findings(document: bytes | Path | str, *, schema: bool = True, references: bool = True) -> list[Finding]:
    """Everything that is wrong with a .docx or .xlsx; empty for a sound one.

    Args:
        document: content or path.
        schema: also judge by the schemas (some 50 µs an element; parts seen before are remembered).
        references: also judge references between parts, of styles, numberings, notes (some 0.1 s a document).
    """
    content = document if isinstance(document, bytes) else Path(document).read_bytes()
    return list(_findings(content, schema, references))


@lru_cache(maxsize=64)
def _findings(content: bytes, schema: bool, references: bool) -> tuple[Finding, ...]:
    found: list[Finding] = []
    parts = _open(content, found)
    found += _package(parts)
    found += wordprocessing.findings(parts.xml)
    found += spreadsheet.findings(parts.raw, parts.relationships)
    if schema and not any(finding.kind == "xml-damaged" for finding in found):
        for name, data in parts.raw.items():
            if name in parts.xml and "xml" in parts.types.get(name, ""):
                found += _schema(name, parts.types[name], data)
        if references:
            found += _semantic(content)
    return tuple(found)


def kinds(document: bytes | Path | str, *, schema: bool = True, references: bool = True) -> set[str]:
    """The kinds of finding of a document."""
    return {finding.kind for finding in findings(document, schema=schema, references=references)}


def new_findings(
    template: bytes | Path | str, document: bytes | Path | str, *, schema: bool = True, references: bool = True
) -> list[Finding]:
    """What is wrong with `document` in a way that nothing of its `template` was; a template is judged where that matters."""
    found = findings(document, schema=schema, references=references)
    known = kinds(template, schema=schema, references=references) if found else set()
    return [finding for finding in found if finding.kind not in known]


def assert_valid(
    document: bytes | Path | str,
    template: bytes | Path | str | None = None,
    *,
    schema: bool = True,
    references: bool = True,
) -> None:
    """Assert that a document has no finding, or none of a kind that its template did not have."""
    found = (
        findings(document, schema=schema, references=references)
        if template is None
        else new_findings(template, document, schema=schema, references=references)
    )
    assert not found, "\n".join(f"{finding.kind} [{finding.part}] {finding.detail}" for finding in found)


def _open(content: bytes, found: list[Finding]) -> Parts:
    raw: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            if entry.filename.lower() in {name.lower() for name in raw}:
                found.append(Finding("member-twice", entry.filename, "two members of one name"))
            raw[entry.filename] = archive.read(entry)
    xml: dict[str, etree._Element] = {}
    for name, data in raw.items():
        if name.endswith((".xml", ".rels", ".vml")):
            try:
                xml[name] = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
            except etree.XMLSyntaxError as fault:
                if not name.endswith(".vml"):
                    found.append(Finding("xml-damaged", name, fault.msg))
    return Parts(raw, _content_types(raw, xml, found), xml, _relationships(xml, found))


def _content_types(raw: dict[str, bytes], xml: dict[str, etree._Element], found: list[Finding]) -> dict[str, str]:
    root = xml.get(CONTENT_TYPES_PART)
    if root is None:
        found.append(Finding("content-types-missing", CONTENT_TYPES_PART, "no content types"))
        return {}
    defaults: dict[str, str] = {}
    overrides: dict[str, str] = {}
    for item in root.iterchildren(f"{{{CONTENT_TYPES}}}Default"):
        extension = item.get("Extension", "").lower()
        if extension in defaults:
            found.append(Finding("content-type-twice", CONTENT_TYPES_PART, f"Default {extension}"))
        defaults[extension] = item.get("ContentType", "")
    members = {name.lower() for name in raw}
    for item in root.iterchildren(f"{{{CONTENT_TYPES}}}Override"):
        name = item.get("PartName", "").lstrip("/").lower()
        if name in overrides:
            found.append(Finding("content-type-twice", CONTENT_TYPES_PART, f"Override {name}"))
        if name not in members:
            found.append(Finding("content-type-without-part", CONTENT_TYPES_PART, name))
        overrides[name] = item.get("ContentType", "")
    types: dict[str, str] = {}
    for name in raw:
        if name == CONTENT_TYPES_PART:
            continue
        kind = overrides.get(name.lower()) or defaults.get(name.rpartition(".")[2].lower())
        if not kind:
            found.append(Finding("part-without-content-type", name, "neither Default nor Override"))
        types[name] = kind or ""
    return types


def _relationships(xml: dict[str, etree._Element], found: list[Finding]) -> dict[str, dict[str, tuple[str, str]]]:
    """Source part ("" for the package) -> relationship id -> (type, target member, or "" where it is external)."""
    result: dict[str, dict[str, tuple[str, str]]] = {}
    for name, root in xml.items():
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("/")
        source = str(PurePosixPath(folder).parent / file.removesuffix(".rels")) if folder != "_rels" else ""
        here = result.setdefault(source, {})
        for item in root.iterchildren(f"{{{PACKAGE_RELATIONSHIPS}}}Relationship"):
            identity = item.get("Id", "")
            if identity in here:
                found.append(Finding("relationship-twice", name, identity))
            target = "" if item.get("TargetMode") == "External" else _resolve(source, item.get("Target", ""))
            here[identity] = (item.get("Type", ""), target)
    return result


def _resolve(source: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps: list[str] = source.split("/")[:-1]
    for step in target.partition("#")[0].split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _package(parts: Parts) -> Iterator[Finding]:
    reached = {""}
    for source, relationships in parts.relationships.items():
        if source and source not in parts.raw:
            yield Finding("relationships-without-part", source, "its part is not there")
        for identity, (kind, target) in relationships.items():
            reached.add(target)
            if target and target not in parts.raw and not target.endswith("NULL"):
                yield Finding("relationship-to-nowhere", source, f"{identity} {kind.rpartition('/')[2]} -> {target}")
    for name in parts.raw:
        if name not in reached and name != CONTENT_TYPES_PART and not name.endswith(".rels"):
            yield Finding("part-unreached", name, "no relationship leads to it")
    for name, root in parts.xml.items():
        if name.endswith(".rels") or name == CONTENT_TYPES_PART:
            continue
        known = parts.relationships.get(name, {})
        for element, value in _references(parts.raw[name], root):
            if value not in known:
                yield Finding("relationship-unknown", name, f"{element} {value}")


_REFERENCES: dict[str, tuple[tuple[str, str], ...]] = {}


def _references(data: bytes, root: etree._Element) -> tuple[tuple[str, str], ...]:
    """The relationships that a part's elements name; remembered, as most parts are those of a template."""
    key = hashlib.sha256(data).hexdigest()
    if key not in _REFERENCES:
        _REFERENCES[key] = tuple(
            (_local(element), str(value))
            for element in root.iter(etree.Element)
            for attribute, value in element.attrib.items()
            if str(attribute).startswith(f"{{{RELATIONSHIPS}}}") and value
        )
    return _REFERENCES[key]


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class _Part:
    """What the schema validator asks of a part."""

    def __init__(self, name: str, content_type: str, data: bytes):
        self.uri = "/" + name
        self.content_type = content_type
        self.xml = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))


@cache
def _schema_validator() -> Any:
    from openxml_audit.schema.validator import SchemaValidator

    return SchemaValidator()


def _position(element: etree._Element) -> int:
    """An element's position among its like, up to 50: the validator's own is quadratic in long tables."""
    same = element.itersiblings(element.tag, preceding=True)
    return 1 + sum(1 for _ in islice(same, 50))


_JUDGED: dict[tuple[str, str, str], tuple[Finding, ...]] = {}


def _schema(name: str, content_type: str, data: bytes) -> tuple[Finding, ...]:
    key = (name, content_type, hashlib.sha256(data).hexdigest())
    if key not in _JUDGED:
        from openxml_audit import context
        from openxml_audit.errors import FileFormat

        judge = context.ValidationContext(package=None, file_format=FileFormat.MICROSOFT_365, max_errors=0)  # type: ignore[arg-type]
        with mock.patch.object(context, "_sibling_position", _position):
            _schema_validator().validate_part(_Part(name, content_type, data), judge)
        _JUDGED[key] = tuple(_finding(error) for error in judge.errors)
    return _JUDGED[key]


_STYLES = re.compile(r"word/styles(WithEffects)?\.xml")
_KEPT = {"name", "basedOn", "next", "link", "pPr", "numPr", "numId", "ilvl"}


@lru_cache(maxsize=64)
def _slim(styles: bytes) -> bytes:
    """Styles without what no reference leads to or from: their looks, which the schemas judge, are most of a document."""
    try:
        root = etree.fromstring(styles)
    except etree.XMLSyntaxError:
        return styles
    for style in root.iter("{*}style"):
        for element in list(style.iter(etree.Element)):
            parent = element.getparent()
            if element is not style and parent is not None and _local(element) not in _KEPT:
                parent.remove(element)
    for latent in root.iter("{*}latentStyles"):
        for element in list(latent):
            latent.remove(element)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _semantic(content: bytes) -> list[Finding]:
    from openxml_audit import FileFormat, OpenXmlValidator, context

    # a new one each time: it remembers parts by the address of their package, which another may have later
    validator = OpenXmlValidator(FileFormat.MICROSOFT_365, max_errors=0, schema_validation=False)

    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(context, "_sibling_position", _position),
    ):
        path = Path(folder) / "document.zip"
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(path, "w") as new:
            for entry in old.infolist():
                data = old.read(entry)
                new.writestr(entry.filename, _slim(data) if _STYLES.fullmatch(entry.filename) else data)
        # its warnings are of taste: inline strings, which Excel would move to the shared ones
        return [_finding(error) for error in validator.validate(path).errors if error.severity.value == "error"]


def _finding(error: Any) -> Finding:
    """A finding whose kind names the element and the fault, without position, id or value."""
    path = re.sub(r"\[\d+\]", "", error.path or "")
    fault = error.description
    if error.error_type.value != "schema":  # of a schema's finding the names in it are the kind
        fault = re.sub(r"(?<=[=:] ).*|'[^']*'|\"[^\"]*\"|\d+", "…", fault)
    kind = f"{error.error_type.value}:{'/'.join(path.split('/')[-2:])}:{fault}"
    return Finding(kind, error.part_uri.lstrip("/"), f"{error.path}: {error.description}")
