"""Whether a standard of a library is what its package held."""

from __future__ import annotations

from pathlib import Path

from generator.diagnostics import Diagnostic, InvalidDocument, Location
from generator.diagnostics.catalogue import diagnostic
from generator.distribution.install import manifest_of
from generator.distribution.manifest import MANIFEST, SIGNATURE, against_manifest
from generator.distribution.signature import fingerprint, public_key, read_signature, signature_holds
from generator.kept.light_classes import dataclass
from generator.ooxml.package import read_bytes
from generator.standard import load_standard
from generator.standard.identity import standard_digest, standard_reference
from generator.standard.library import INSTALLED


@dataclass(frozen=True, slots=True)
class Verified:
    """A standard that is as it was issued; `folder` None where it came from no package, `signer` "" where nobody signed."""

    reference: str
    issuer: str
    digest: str
    path: Path
    folder: Path | None = None
    signer: str = ""


def verify_installed(name: str, key_file: str = "") -> Verified:
    """Hold a standard against the manifest of the package that it was installed from.

    Raises:
        InvalidDocument: files are missing, additional or changed, or the signature does not hold.
        InvalidStandard: it is broken.
        Failure: there is no such standard.
    """
    standard = load_standard(name)
    folder = standard.library
    manifest = manifest_of(folder) if folder.parent.name == INSTALLED else None
    reference, digest = standard_reference(standard), standard_digest(standard)
    if manifest is None:
        return Verified(reference, standard.issuer, digest, standard.path)
    present = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    contents = {name: read_bytes(path)[1] for name, path in present.items() if name not in (MANIFEST, SIGNATURE)}
    found = against_manifest(manifest, contents, Location(file=str(folder)))
    signer = _signer(folder, key_file, found)
    if found:
        raise InvalidDocument(found)
    return Verified(reference, standard.issuer, digest, standard.path, folder, signer)


def _signer(folder: Path, key_file: str, found: list[Diagnostic]) -> str:
    """The fingerprint of the key that signed; what is wrong with the signature is added to `found`."""
    path, where = folder / SIGNATURE, Location(file=str(folder))
    if not path.is_file():
        if key_file:
            found.append(diagnostic("distribution-unsigned", where, name=folder.name))
        return ""
    signature = read_signature(read_bytes(path)[1])
    if signature is None or (key_file and not signature_holds(signature, read_bytes(folder / MANIFEST)[1])):
        found.append(diagnostic("distribution-bad-signature", where, name=folder.name))
        return ""
    if key_file and signature.key != (wanted := public_key(key_file)):
        found.append(
            diagnostic(
                "distribution-other-key", where, name=folder.name, own=signature.fingerprint, wanted=fingerprint(wanted)
            )
        )
    return signature.fingerprint
