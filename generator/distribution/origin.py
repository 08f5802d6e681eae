"""What a document was made from, and whether it still says what it said then."""

from __future__ import annotations

from collections.abc import Sequence

from generator.compare import Comparison, compare
from generator.diagnostics import InvalidDocument, InvalidReport, Location, has_errors
from generator.diagnostics.catalogue import diagnostic
from generator.documents.produce import RenderedDocument, render_documents
from generator.documents.stamp import Stamp, read_stamp
from generator.kept.light_classes import dataclass
from generator.report import examine
from generator.report.data_digest import data_digest
from generator.standard.identity import standard_digest, standard_reference


@dataclass(frozen=True, slots=True)
class Origin:
    """A document's origin.

    Args:
        stamp: what it was made from.
        unchanged: whether it says what it said when it was rendered.
        same_data: whether the data file states what it stated then; None without a data file.
        same_standard: whether the standard is the same now, likewise.
        differences: where it differs from what the data file gives now, likewise.
    """

    stamp: Stamp
    unchanged: bool
    same_data: bool | None = None
    same_standard: bool | None = None
    differences: Comparison | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing was changed."""
        return self.unchanged and self.same_data is not False and not self.differences


def document_origin(document: str, data: str = "") -> Origin:
    """Read a document's stamp; with its data file, compare it with what that gives now.

    Args:
        document: a Word document or workbook that this program rendered.
        data: the data file.

    Raises:
        InvalidDocument: it has no stamp, or cannot be read.
        InvalidReport: the data file has errors.
        Failure: a file is missing, or the data file gives no such document.
    """
    found = read_stamp(document)
    if found is None:
        raise InvalidDocument([diagnostic("verify-no-stamp", Location(file=document), name=document)])
    if not data:
        return Origin(found.stamp, found.unchanged)
    report, findings = examine(data)
    if report is None or has_errors(findings):
        raise InvalidReport(findings)
    same_data = data_digest(report) == found.stamp.data_digest
    now = standard_reference(report.standard), standard_digest(report.standard)
    same_standard = now == (found.stamp.standard, found.stamp.standard_digest)
    again = _counterpart(document, found.stamp, render_documents(report))
    return Origin(found.stamp, found.unchanged, same_data, same_standard, compare(document, again))


def _counterpart(document: str, stamp: Stamp, rendered: Sequence[RenderedDocument]) -> bytes:
    """What the data file gives now for this document: of its template, of several the one that differs least."""
    same = []
    for one in rendered:
        its = read_stamp(one.content)
        if its is not None and its.stamp.template == stamp.template:
            far = not document.replace("\\", "/").endswith(one.name)
            same.append((its.stamp.text_digest != stamp.text_digest, far, one.content))
    if not same:
        where, template = Location(file=document), stamp.template
        raise InvalidDocument([diagnostic("verify-no-counterpart", where, name=document, template=template)])
    return min(same, key=lambda one: one[:2])[2]
