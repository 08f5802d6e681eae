"""Packing a standard: one file to send out, with the same bytes on every run."""

from __future__ import annotations

from pathlib import Path

from generator.diagnostics import Diagnostic, InvalidReport, InvalidStandard, Location, has_errors
from generator.diagnostics.catalogue import diagnostic
from generator.distribution.archive import name_fault
from generator.distribution.manifest import MANIFEST, SAMPLES, SIGNATURE, Manifest, content_digest, sha256
from generator.distribution.signature import sign
from generator.distribution.template_safety import template_faults
from generator.kept.light_classes import dataclass
from generator.lint import lint_standard
from generator.ooxml.file_endings import DATA_ENDINGS, OFFICE_ENDINGS
from generator.ooxml.package import Package, read_bytes
from generator.ooxml.zip_written import build
from generator.report import examine
from generator.source import Map, Scalar
from generator.standard import Standard
from generator.standard.identity import standard_files


@dataclass(frozen=True, slots=True)
class Packed:
    """A package that was made.

    Args:
        content: the zip.
        manifest: what it says of itself.
        sha256: of the zip, for the notice.
        findings: what `lint` warns of.
    """

    content: bytes
    manifest: Manifest
    sha256: str
    findings: tuple[Diagnostic, ...]


def pack(standard: Standard, *, sample: str = "", key_file: str = "") -> Packed:
    """Pack a standard with what it includes, its templates and its sample.

    Args:
        standard: loaded thoroughly.
        sample: the path of a filled in data file; by default that of the standard's library (`data/<id>.yaml`).
        key_file: the private key to sign with; "" leaves it unsigned.

    Raises:
        InvalidReport: the sample that is named has errors.
        InvalidStandard: `lint` finds errors, or a template holds what no department should open.
        Failure: a file cannot be read.
    """
    findings = lint_standard(standard)
    if has_errors(findings):
        raise InvalidStandard(findings)
    files = {name: read_bytes(path)[1] for name, path in standard_files(standard).items()}
    if faults := _faults(standard, files):
        raise InvalidStandard(faults)
    digest = content_digest(files)
    if sample:
        report, told = examine(sample, standard, sample)
        if report is None or has_errors(told):
            raise InvalidReport(told)
    if found := Path(sample) if sample else _sample(standard):
        files[f"{SAMPLES}{standard.id}{found.suffix.lower()}"] = read_bytes(found)[1]
    manifest = Manifest(
        standard.id,
        standard.version,
        standard.title,
        standard.issuer,
        str(standard.fiscal_year or ""),
        _engine(standard),
        next(name for name, path in standard_files(standard).items() if path == standard.path),
        digest,
        {name: sha256(content) for name, content in files.items()},
    )
    members = {MANIFEST: manifest.write()}
    if key_file:
        members[SIGNATURE] = sign(members[MANIFEST], key_file)
    members.update(sorted(files.items()))
    content = build(Package(f"{manifest.reference}.zip", {}), members)
    return Packed(content, manifest, sha256(content), tuple(findings))


def _faults(standard: Standard, files: dict[str, bytes]) -> list[Diagnostic]:
    """What a department's machine would refuse."""
    where = Location(file=str(standard.path))
    found = []
    if not standard.issuer:
        found.append(diagnostic("distribution-no-issuer", where))
    for name, content in files.items():
        if reason := name_fault(name):
            found.append(diagnostic("distribution-bad-name", where, name=standard.id, part=name, reason=reason))
        if name.lower().endswith(OFFICE_ENDINGS):
            found += template_faults(name, content, str(standard.library))
    return found


def _sample(standard: Standard) -> Path | None:
    folders = (standard.library / "data", standard.library.parent / "data")
    paths = (folder / f"{standard.id}{suffix}" for folder in folders for suffix in DATA_ENDINGS)
    return next((path for path in paths if path.is_file()), None)


def _engine(standard: Standard) -> str:
    root = standard.source.root
    stated = root.get("engine") if isinstance(root, Map) else None
    return stated.text.strip() if isinstance(stated, Scalar) else ""
