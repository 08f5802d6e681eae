"""The standard of a data file: the one it names in its first key, in the version and with the digest that it may name."""

from __future__ import annotations

import unicodedata
from typing import Any

from generator.diagnostics import Diagnostic, Failure, Severity
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import report_reasons as reasons
from generator.kept.light_classes import replace
from generator.source import Map, Node, Scalar, Source, locate
from generator.standard import Standard, available, load_standard
from generator.standard.identity import standard_digest
from generator.standard.kinds.mended_values import INVISIBLE_CHARACTER
from generator.standard.library import candidates
from generator.standard.load import install_hint
from generator.standard.versions import version_of, version_serves

STANDARD_KEYS = ("标准", "standard")
_OF_STANDARDS = {"standard", "version", "fields"}  # keys of a standard's file, of which a data file has the first
DIGEST_KEY = "摘要"
SHORTEST_DIGEST = 8  # hexadecimal digits; a notice may print the first ones only


def choose_standard(
    source: Source, root: Map, given: Standard | str | None, findings: list[Diagnostic]
) -> Standard | None:
    """The standard of a data file; None with a finding where the file names none.

    Args:
        source: the data file; `root` what it says.
        given: the standard that the caller wants it read by, instead of the one that the file names.
        findings: where what does not fit is noted.

    Raises:
        InvalidStandard: the standard is at fault.
        Failure: there is no such standard, or it cannot be read.
    """
    key = next((key for key in STANDARD_KEYS if key in root), None)
    node = root[key] if key else None
    text = node.text.strip() if isinstance(node, Scalar) else ""
    bare, _, wanted = text.partition("@")
    if key and next(iter(root)) not in STANDARD_KEYS:
        findings.append(diagnostic("report-standard-first", locate(source, root.key_at[key])))
    if isinstance(given, str):
        given = load_standard(given)
    if given is None:
        if root.keys() >= _OF_STANDARDS:
            findings.append(diagnostic("report-is-standard", locate(source, root.key_at["standard"]), name=text))
            return None
        if not text or "/" in text or "\\" in text:
            known, at = "、".join(summary.id for summary in available()), locate(source, node or (1, 1))
            findings.append(diagnostic("report-no-standard", at, spelling=source.spelling, known=known))
            return None
        chosen = _found(source, node, bare, wanted, _digest(root))
    else:
        chosen = given
        if text and bare != given.id:
            at, spelling = locate(source, node), source.spelling
            findings.append(diagnostic("report-other-standard", at, spelling=spelling, stated=bare, given=given.id))
            return given
    _compare_version(source, node, wanted, chosen, given is None, findings)
    _compare_digest(source, root, chosen, findings)
    return chosen


def meant_standard(text: str) -> str:
    """The standard that a name means but for marks around it, its ending, characters that nobody sees, or their width; "" where it is none."""
    plain = INVISIBLE_CHARACTER.sub("", unicodedata.normalize("NFKC", text)).strip("“”‘’\"'《》「」【】[]()<> ")
    plain = plain.removesuffix(".yaml").removesuffix(".yml").rstrip("。，,.;；")
    return plain if plain != text and any(summary.id == plain for summary in available()) else ""


def shown_plainly(text: str) -> str:
    """A name with the characters that nobody sees by their number."""
    return INVISIBLE_CHARACTER.sub(lambda odd: f"‹U+{ord(odd[0]):04X}›", text)


def _digest(root: Map) -> str:
    node = root.get(DIGEST_KEY)
    return node.text.strip().lower().removeprefix("sha256:") if isinstance(node, Scalar) else ""


def _agrees(standard: Standard, digest: str) -> bool:
    return len(digest) >= SHORTEST_DIGEST and standard_digest(standard).startswith(digest)


def _found(source: Source, node: Node | None, bare: str, wanted: str, digest: str) -> Standard:
    """The standard of the libraries; where a digest is stated, the first that has it."""
    try:
        chosen = load_standard(f"{bare}@{wanted}" if wanted else bare, exact=False)
    except Failure as failure:
        if any(found.code not in ("standard-not-found", "file-missing") for found in failure.diagnostics):
            raise
        at, meant = locate(source, node), meant_standard(bare)
        told = [replace(found, location=at) for found in failure.diagnostics]
        if meant:
            unseen = "、".join(dict.fromkeys(f"U+{ord(odd):04X}" for odd in INVISIBLE_CHARACTER.findall(bare)))
            hint = reasons.STANDARD_UNSEEN.filled(points=unseen, name=meant) if unseen else None
            hint = hint or reasons.STANDARD_MEANT.filled(name=meant)
            told = [diagnostic("standard-not-found", at, hint=hint, name=shown_plainly(bare))]
        raise Failure(told) from None
    if digest and DIGEST_KEY not in chosen.fields and not _agrees(chosen, digest):
        for candidate in candidates(bare):
            if not wanted or version_serves(wanted, candidate.version):
                other = load_standard(candidate.path)
                if _agrees(other, digest):
                    return other
    return chosen


def _compare_version(
    source: Source, node: Node | None, wanted: str, chosen: Standard, free: bool, findings: list[Diagnostic]
) -> None:
    """Tell whether the stated version is not there, or not the current one."""
    if not wanted:
        if source.version and version_of(source.version) != version_of(chosen.version):
            told: dict[str, Any] = {"standard": chosen.id, "made": source.version, "own": chosen.version}
            findings.append(diagnostic("form-older-version", locate(source, node), **told))
        return
    if not version_serves(wanted, chosen.version):
        hint, at = install_hint(chosen.id, wanted) if free else None, locate(source, node)
        findings.append(diagnostic("report-standard-version", at, hint=hint, wanted=wanted, own=chosen.version))
        return
    versions = [candidate.version for candidate in candidates(chosen.id)] if free else []
    serving = [version for version in [*versions, chosen.version] if version_serves(wanted, version)]
    newest = max(serving, key=lambda version: version_of(version) or ())
    if version_of(newest) != version_of(wanted):
        told: dict[str, Any] = {
            "wanted": wanted,
            "own": newest,
            "current": f"{chosen.id}@{newest}",
            "file": source.name or "-",
        }
        findings.append(diagnostic("report-standard-newer", locate(source, node), spelling=source.spelling, **told))


def _compare_digest(source: Source, root: Map, chosen: Standard, findings: list[Diagnostic]) -> None:
    """Tell whether the standard is not the one whose digest is stated, or of which the form was made."""
    if DIGEST_KEY not in root or DIGEST_KEY in chosen.fields:
        if source.digest and version_of(source.version) == version_of(chosen.version):
            _compare_form(source, chosen, findings)
        return
    stated = _digest(root)
    if not _agrees(chosen, stated):
        hint, at = install_hint(chosen.id, chosen.version), locate(source, root[DIGEST_KEY])
        told: dict[str, Any] = {
            "spelling": source.spelling,
            "stated": stated[:16] or "-",
            "own": standard_digest(chosen)[:16],
        }
        findings.append(diagnostic("report-standard-digest", at, hint=hint, **told))


def _compare_form(source: Source, chosen: Standard, findings: list[Diagnostic]) -> None:
    """A form of the same version, but made from a standard of another content: somebody edited one of them."""
    if not _agrees(chosen, source.digest):
        at, warning, hint = locate(source, None), Severity.WARNING, reasons.WHICH_HOLDS
        told: dict[str, Any] = {"stated": source.digest[:16], "own": standard_digest(chosen)[:16]}
        findings.append(diagnostic("report-standard-digest", at, severity=warning, hint=hint, **told))
