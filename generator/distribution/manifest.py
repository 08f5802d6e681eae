"""The manifest of a standard package: what it holds, each file with its SHA-256."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.kept.light_classes import as_dict, dataclass
from generator.standard.identity import digest_of
from generator.standard.versions import version_of

MANIFEST = "MANIFEST.json"
SIGNATURE = "MANIFEST.sig"
FORMAT = 1
SAMPLES = "data/"  # what is beside the standard, without a part in its digest
_ID = re.compile(r"\w[\w.-]*\Z")


class BadManifest(ValueError):
    """A manifest that is none; its text names the key."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says of itself.

    Args:
        standard, version, title, issuer, fiscal_year: of the standard, as its file states them.
        engine: the least version of the engine that reads it; "" where the standard does not say.
        path: the standard's file within the package.
        digest: the standard's digest (`standard_digest`).
        files: SHA-256, in hexadecimal, of each file by its name.
        format: of the package.
    """

    standard: str
    version: str
    title: str
    issuer: str
    fiscal_year: str
    engine: str
    path: str
    digest: str
    files: Mapping[str, str]
    format: int = FORMAT

    @property
    def reference(self) -> str:
        """`shifeng-2020@1.0.0`."""
        return f"{self.standard}@{self.version}"

    def write(self) -> bytes:
        """The manifest as JSON, always with the same bytes."""
        told = {**as_dict(self), "files": dict(sorted(self.files.items()))}
        return (json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def sha256(content: bytes) -> str:
    """SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def content_digest(files: Mapping[str, bytes]) -> str:
    """The digest of a standard by the files of its package."""
    return digest_of({name: content for name, content in files.items() if not name.startswith(SAMPLES)})


def read_manifest(content: bytes) -> Manifest:
    """A manifest from its JSON.

    Raises:
        BadManifest: it is none.
    """
    try:
        said: Any = json.loads(content.decode())
    except (ValueError, RecursionError):
        raise BadManifest(MANIFEST) from None
    if not isinstance(said, dict) or not isinstance(said.get("format"), int):
        raise BadManifest("format")
    texts = ("standard", "version", "title", "issuer", "fiscal_year", "engine", "path", "digest")
    for key in texts:
        if not isinstance(said.get(key), str):
            raise BadManifest(key)
    files = said.get("files")
    if not isinstance(files, dict) or not all(isinstance(value, str) for value in files.values()):
        raise BadManifest("files")
    if not _ID.match(said["standard"]) or "@" in said["standard"]:
        raise BadManifest("standard")
    if version_of(said["version"]) is None:
        raise BadManifest("version")
    if said["path"] not in files or not said["path"].startswith("standards/"):
        raise BadManifest("path")
    return Manifest(**{key: said[key] for key in texts}, files=files, format=said["format"])


def against_manifest(manifest: Manifest, files: Mapping[str, bytes], where: Location) -> list[Diagnostic]:
    """Files that are missing, additional or changed.

    Args:
        manifest: what the package says of itself.
        files: its files but for manifest and signature, by name.
        where: the package or the folder.
    """
    found = [diagnostic("distribution-missing-file", where, part=part) for part in manifest.files if part not in files]
    for part, content in files.items():
        if part not in manifest.files:
            found.append(diagnostic("distribution-additional-file", where, part=part))
        elif sha256(content) != manifest.files[part]:
            found.append(diagnostic("distribution-changed-file", where, part=part))
    if not found and content_digest(files) != manifest.digest:
        found.append(diagnostic("distribution-changed-file", where, part=MANIFEST))
    return found
