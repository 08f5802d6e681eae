"""One department's data file, examined: what the summary says of it. Small, so that thousands fit into little memory."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any, Literal

from generator.diagnostics import Diagnostic, Invalid, Severity
from generator.distribution.summary_columns import Value, name_path, summary_columns
from generator.kept.light_classes import dataclass
from generator.report import examine
from generator.report.compute import ARITHMETIC
from generator.report.data_digest import data_digest
from generator.source import Map, Scalar, read_source
from generator.standard import Standard

State = Literal["sound", "warnings", "errors", "unreadable", "absent", "missing"]

_MOST_FINDINGS = 200  # of one file; the rest is counted
_OTHER_VERSION = frozenset(("report-standard-version", "report-standard-newer"))
_OTHER_STANDARD = frozenset(("report-other-standard",))
_OTHER_DIGEST = frozenset(("report-standard-digest",))


@dataclass(frozen=True, slots=True)
class Submission:
    """What is known of a data file.

    Args:
        file: as it was typed.
        name: the department's, "" where the file does not say.
        state: what became of it.
        stated: the standard that it names: `shifeng-2020@1.0.0`.
        values: of the summary's columns, None throughout where the report has errors.
        errors, warnings: numbers of findings.
        findings: the findings, the first 200.
        digest: of its data, "" where it has errors.
        other_version, other_standard, other_digest: whether it was made for another version, standard, or edited standard.
        context: what the bureau's template sees of it, only what that template uses.
    """

    file: str
    name: str
    state: State
    stated: str
    values: tuple[Value, ...]
    errors: int
    warnings: int
    findings: tuple[Diagnostic, ...]
    digest: str = ""
    other_version: bool = False
    other_standard: bool = False
    other_digest: bool = False
    context: dict[str, Any] | None = None


def submission(
    file: str, standard: Standard, used: frozenset[str] | None = None, content: bytes | None = None
) -> Submission:
    """Examine a department's data file by the bureau's standard; whatever is wrong with it, there is an answer.

    Args:
        file: the data file: YAML, JSON or a form.
        standard: the bureau's.
        used: the names that the bureau's template uses of a report; None where there is no template.
        content: of the file, where its path is another machine's.
    """
    columns = summary_columns(standard)
    try:
        report, found = examine(file if content is None else content, standard, file)
    except Invalid as refusal:  # it cannot be read
        report, found = None, list(refusal.diagnostics)
    counts = Counter(finding.severity for finding in found)
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    name, stated = stated_name(file, standard, report.source.root if report else None, content)
    values: tuple[Value, ...] = (None,) * len(columns)
    digest = ""
    context: dict[str, Any] | None = None
    if report is not None and not errors:
        with localcontext(ARITHMETIC):
            values = tuple(column.of(report.root) for column in columns)
            digest = data_digest(report)
            if used is not None:
                whole = report.context()
                context = {key: value for key, value in whole.items() if key in used}
        named = [value for value, column in zip(values, columns, strict=True) if column.name]
        name = str(named[0] or name) if named else name
    codes = {finding.code for finding in found}
    state: State = "errors" if errors and stated else "unreadable" if errors else "warnings" if warnings else "sound"
    return Submission(
        file,
        name,
        "absent" if "file-missing" in codes else state,
        stated,
        values,
        errors,
        warnings,
        tuple(finding for finding in found if finding.severity is not Severity.INFO)[:_MOST_FINDINGS],
        digest,
        bool(codes & _OTHER_VERSION),
        bool(codes & _OTHER_STANDARD),
        bool(codes & _OTHER_DIGEST),
        context,
    )


def stated_name(file: str, standard: Standard, root: Any = None, content: bytes | None = None) -> tuple[str, str]:
    """The department's name and the standard, as the file states them, whatever else is wrong with it; "" for the latter
    where nothing of the file can be read.

    Args:
        file: the data file.
        standard: the bureau's.
        root: what the file says, if it was read already.
        content: of the file, where its path is another machine's.
    """
    if root is None:
        try:
            root = read_source(file if content is None else content, file, form=True).root
        except Invalid:
            return Path(file).stem, ""
    node: Any = root
    for step in name_path(standard):
        node = node.get(step) if isinstance(node, Map) else None
    stated = next((root[key] for key in ("标准", "standard") if isinstance(root, Map) and key in root), None)
    name = node.text.strip() if isinstance(node, Scalar) else ""
    return name or Path(file).stem, stated.text.strip() if isinstance(stated, Scalar) else "-"


def as_plain(value: Value) -> Any:
    """A value for JSON: numbers as they print, dates in ISO form."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value
