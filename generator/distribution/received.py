"""A package that was received: everything about it is examined before anything of it is written or trusted."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import generator
from generator.diagnostics import Diagnostic, Failure, Invalid, InvalidDocument, Location
from generator.diagnostics.catalogue import diagnostic
from generator.distribution.archive import read_archive
from generator.distribution.manifest import (
    FORMAT,
    MANIFEST,
    SIGNATURE,
    BadManifest,
    Manifest,
    against_manifest,
    read_manifest,
    sha256,
)
from generator.distribution.signature import Signature, fingerprint, public_key, read_signature, signature_holds
from generator.distribution.template_safety import template_faults
from generator.kept.light_classes import dataclass
from generator.ooxml.file_endings import OFFICE_ENDINGS
from generator.ooxml.package import read_bytes
from generator.standard import Standard, load_standard
from generator.standard.identity import standard_files
from generator.standard.versions import version_of


@dataclass(frozen=True, slots=True)
class Received:
    """A package that holds what it says.

    Args:
        name: the file.
        manifest: what it says of itself; `manifest_bytes` as it is written.
        files: its files by name, the manifest and the signature left out.
        sha256: of the zip.
        signature: who signed it, None where nobody did; `checked` tells whether it was held against a key that was given.
    """

    name: str
    manifest: Manifest
    manifest_bytes: bytes
    files: Mapping[str, bytes]
    sha256: str
    signature: Signature | None = None
    signature_bytes: bytes = b""
    checked: bool = False


def receive(path: str | os.PathLike[str], *, digest: str = "", key_file: str = "") -> Received:
    """Read a package and examine it.

    Args:
        path: the zip.
        digest: the SHA-256 that the notice prints, in hexadecimal.
        key_file: the issuer's public key.

    Raises:
        InvalidDocument: with every reason why it is not to be trusted.
        Failure: a file cannot be read.
    """
    name, data = read_bytes(path)
    found = sha256(data)
    if digest and digest.strip().lower().removeprefix("sha256:") != found:
        raise _refused("distribution-wrong-digest", name, stated=digest.strip(), own=found)
    files = read_archive(data, name)
    if MANIFEST not in files:
        raise _refused("distribution-no-manifest", name)
    written = files.pop(MANIFEST)
    signed = files.pop(SIGNATURE, b"")
    signature = _signature(written, signed, name, key_file)
    try:
        manifest = read_manifest(written)
    except BadManifest as fault:
        raise _refused("distribution-bad-manifest", name, key=str(fault)) from None
    _refuse_newer(manifest, name)
    faults = against_manifest(manifest, files, Location(file=name)) or _unsafe(files, name)
    if faults:
        raise InvalidDocument(faults)
    received = Received(name, manifest, written, files, found, signature, signed, bool(key_file))
    _refuse_broken(received)
    return received


def _refused(code: str, name: str, more: Sequence[Diagnostic] = (), **arguments: Any) -> InvalidDocument:
    return InvalidDocument([diagnostic(code, Location(file=name), name=name, **arguments), *more])


def _signature(written: bytes, signed: bytes, name: str, key_file: str) -> Signature | None:
    """The signature, if it holds and, where a key is given, was made by it."""
    if not signed:
        if key_file:
            raise _refused("distribution-unsigned", name)
        return None
    signature = read_signature(signed)
    if signature is None:
        raise _refused("distribution-bad-signature", name)
    try:
        holds = signature_holds(signature, written)
    except Failure:
        if key_file:
            raise
        return signature  # without the library it is told as unchecked
    if not holds:
        raise _refused("distribution-bad-signature", name)
    if key_file and signature.key != (wanted := public_key(key_file)):
        raise _refused("distribution-other-key", name, own=signature.fingerprint, wanted=fingerprint(wanted))
    return signature


def _refuse_newer(manifest: Manifest, name: str) -> None:
    wanted = version_of(manifest.engine.removeprefix(">=")) if manifest.engine else None
    own = version_of(generator.__version__)
    if manifest.format > FORMAT or (wanted and own and wanted > own):
        needed = manifest.engine.removeprefix(">=").strip() if wanted else f"format {manifest.format}"
        raise _refused("distribution-newer-engine", name, wanted=needed, own=generator.__version__)


def _unsafe(files: Mapping[str, bytes], name: str) -> list[Diagnostic]:
    templates = [part for part in files if part.lower().endswith(OFFICE_ENDINGS)]
    return [fault for part in templates for fault in template_faults(part, files[part], name)]


def _refuse_broken(received: Received) -> None:
    """Load the standard as a department would, from a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="generator-") as folder:
        write_files(Path(folder), received)
        try:
            standard = load_standard(Path(folder) / received.manifest.path)
        except Invalid as refusal:
            said = [found.at(file=f"{received.name}/{received.manifest.path}") for found in refusal.diagnostics]
            raise _refused("distribution-broken", received.name, more=said) from None
        _refuse_other(received, standard, Path(folder))


def _refuse_other(received: Received, standard: Standard, folder: Path) -> None:
    """The manifest must say what the standard says, and the package hold all that the standard needs."""
    manifest = received.manifest
    if (manifest.standard, manifest.version, manifest.issuer) != (standard.id, standard.version, standard.issuer):
        raise _refused("distribution-bad-manifest", received.name, key="standard, version, issuer")
    inside = folder.resolve()
    for part, path in standard_files(standard).items():
        if not path.is_file() or not path.resolve().is_relative_to(inside):
            raise _refused("distribution-missing-file", received.name, part=part)


def write_files(folder: Path, received: Received) -> None:
    """Write a package's files below a folder, each complete on the disk."""
    members = {**received.files, MANIFEST: received.manifest_bytes}
    if received.signature_bytes:
        members[SIGNATURE] = received.signature_bytes
    for part, content in members.items():
        target = folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
