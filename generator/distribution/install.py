"""Installing packages into the user's library: whole or not at all, versions side by side."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from generator.diagnostics import Failure, InvalidDocument, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import package_words as words
from generator.distribution.manifest import MANIFEST, SIGNATURE, BadManifest, Manifest, read_manifest
from generator.distribution.received import Received, write_files
from generator.distribution.signature import read_signature
from generator.kept.light_classes import dataclass
from generator.ooxml.package import beside, read_bytes, why
from generator.standard import available
from generator.standard.library import INSTALLED, installed, user_library

_HALF = ".new-"  # what an interrupted installation leaves; never searched, removed by the next one
_GONE = ".old-"


@dataclass(frozen=True, slots=True)
class Installed:
    """A package in the user's library: its folder, and whether it stood there before."""

    folder: Path
    manifest: Manifest
    new: bool


def install(received: Received) -> Installed:
    """Put a package that was received into the user's library.

    Raises:
        InvalidDocument: its id belongs to another issuer or signer, or its version is there with other contents.
        Failure: the library cannot be written.
    """
    shelf = user_library() / INSTALLED
    target = shelf / received.manifest.reference
    _refuse_other_issuer(received)
    if target.exists():
        before = manifest_of(target)
        if before is not None and before.files == received.manifest.files:
            return Installed(target, received.manifest, False)
        raise _refused("install-same-version", received, version=received.manifest.version)
    try:
        shelf.mkdir(parents=True, exist_ok=True)
        _sweep(shelf)
        half = Path(tempfile.mkdtemp(prefix=_HALF, dir=shelf))
        try:
            write_files(half, received)
            half.chmod(0o755)
            os.replace(half, target)  # noqa: PTH105 a rename within one folder, which no reader sees half done
        except BaseException:
            shutil.rmtree(half, ignore_errors=True)
            raise
    except OSError as fault:
        raise Failure([diagnostic("output-folder", Location(file=str(shelf)), name=shelf, reason=why(fault))]) from None
    return Installed(target, received.manifest, True)


def _refused(code: str, received: Received, **arguments: Any) -> InvalidDocument:
    where = Location(file=received.name)
    return InvalidDocument([diagnostic(code, where, name=received.manifest.standard, **arguments)])


def _refuse_other_issuer(received: Received) -> None:
    """An id belongs to whoever issued it first, and to the key that signed it first unless a key was given now."""
    own = received.manifest
    for summary in available(hidden=True):
        if summary.id == own.standard and summary.issuer != own.issuer:
            raise _refused("install-other-issuer", received, own=own.issuer, other=summary.issuer or "-")
    if received.checked:
        return
    for folder in installed(user_library()):
        if folder.name.partition("@")[0] == own.standard and (folder / SIGNATURE).is_file():
            before = read_signature(read_bytes(folder / SIGNATURE)[1])
            if before and (received.signature is None or received.signature.key != before.key):
                raise _refused("install-other-signer", received, key=before.fingerprint)


def manifest_of(folder: Path) -> Manifest | None:
    """The manifest of an installed package; None where it has none that can be read."""
    try:
        return read_manifest(beside(folder / MANIFEST))
    except (OSError, BadManifest):
        return None


def _sweep(shelf: Path) -> None:
    for left in shelf.iterdir():
        if left.name.startswith((_HALF, _GONE)):
            shutil.rmtree(left, ignore_errors=True)


def installed_versions(name: str) -> list[Path]:
    """The folders of the installed versions of a standard, the newest first."""
    return [folder for folder in installed(user_library()) if folder.name.partition("@")[0] == name]


def remove(reference: str) -> Path:
    """Remove an installed standard: `id@version`, or `id` where there is one version only.

    Raises:
        Failure: it is not installed, several versions are, or the library cannot be written.
    """
    name, _, version = reference.partition("@")
    found = [folder for folder in installed_versions(name) if not version or folder.name == reference]
    if not found:
        known = "、".join(folder.name for folder in installed(user_library()))
        told = words.INSTALLED.filled(known=known) if known else words.NOTHING_INSTALLED
        elsewhere = next((one.path for one in available(hidden=True) if one.id == name), None)
        hint = words.NOT_BY_REMOVE.filled(path=elsewhere) if elsewhere else None
        raise Failure([diagnostic("remove-not-installed", hint=hint, name=reference, known=told)])
    if len(found) > 1:
        raise Failure([diagnostic("remove-several", name=name, known="、".join(folder.name for folder in found))])
    folder = found[0]
    try:
        gone = Path(tempfile.mkdtemp(prefix=_GONE, dir=folder.parent))
        os.replace(folder, gone / folder.name)  # noqa: PTH105 a rename within one folder, as above
    except OSError as fault:
        raise Failure([diagnostic("output-folder", name=folder, reason=why(fault))]) from None
    with contextlib.suppress(OSError):
        shutil.rmtree(gone)
    return folder
