"""Comments that silence findings where they stand: `{# lint: lint-font-unnamed #}` in a template, `# lint: …` in a standard.

In a paragraph of a Word document a comment holds for the paragraph, in a table (Word's or a worksheet) for its row;
`{# lint-file: … #}` holds for the whole template. What keeps a template from printing at all cannot be silenced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.diagnostics import Diagnostic, Location, Severity
from generator.diagnostics.catalogue import catalogue, diagnostic
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.standard import Standard
from generator.template.tags import Tag

_COMMENT = lazy(r"lint(?P<file>-file)?\s*[:：](?P<codes>[\w\s,，、-]*)")
_LINE = lazy(r"#\s*lint\s*[:：](?P<codes>[\w\s,，、-]*)$")


@dataclass(frozen=True, slots=True)
class Silence:
    """A code that a comment silences.

    Args:
        code: of the findings.
        whole: whether it holds for the whole template.
        location: where the comment stands.
        tag: the comment.
    """

    code: str
    whole: bool
    location: Location
    tag: str

    def holds(self, finding: Diagnostic) -> bool:
        """Whether the finding is one that it silences."""
        if finding.code != self.code or not can_be_silenced(finding):
            return False
        return self.whole or _meets(finding.location.anchor or {}, self.location.anchor or {})


def can_be_silenced(finding: Diagnostic) -> bool:
    """Whether a person may decide that a finding does not matter: what lint thinks of, and what is no error."""
    return finding.severity is not Severity.ERROR or finding.code.startswith("lint-")


def _silences(texts: Iterable[tuple[Sequence[Tag], Location]]) -> list[Silence]:
    """The silencing comments among the tags of a template's paragraphs or cells."""
    found: list[Silence] = []
    for tags, location in texts:
        for tag in tags:
            match = _COMMENT.fullmatch(tag.body) if tag.mark == "{#" else None
            if match is not None:
                found += [Silence(code, bool(match["file"]), location, tag.text) for code in _codes(match["codes"])]
    return found


def told(
    findings: Iterable[Diagnostic], texts: Iterable[tuple[Sequence[Tag], Location]], name: str, *, complete: bool
) -> list[Diagnostic]:
    """The findings that no comment silences, and comments that silence none.

    Args:
        findings: of a template.
        texts: its paragraphs or cells, with their tags.
        name: its file; empty if it has none.
        complete: whether all was looked for; without a standard a comment may be meant for what was not.
    """
    silent = _silences(texts)
    used: set[Silence] = set()
    left: list[Diagnostic] = []
    for finding in findings:
        holding = [one for one in silent if one.holds(finding)]
        used.update(holding)
        if not holding:
            left.append(finding)
    for one in silent:
        if one not in used and (complete or one.code not in catalogue()):
            left.append(diagnostic("lint-silences-nothing", one.location, tag=one.tag, name=one.code))
    return [finding.at(file=name or None) for finding in left]


def told_of_standard(findings: Iterable[Diagnostic], standard: Standard) -> list[Diagnostic]:
    """The findings that no comment at the end of their line in the standard silences."""
    lines = standard.source.lines

    def silenced(finding: Diagnostic) -> bool:
        where = finding.location
        if where.file != str(standard.source.name) or where.line is None or not 0 < where.line <= len(lines):
            return False
        match = _LINE.search(lines[where.line - 1])
        return match is not None and finding.code in _codes(match["codes"]) and can_be_silenced(finding)

    return [finding for finding in findings if not silenced(finding)]


def _codes(text: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"[a-z][a-z0-9-]*", text)))


def _meets(anchor: Mapping[str, Any], comment: Mapping[str, Any]) -> bool:
    """Whether a place lies in the paragraph or row of a comment."""
    if "sheet" in comment:
        if anchor.get("sheet") != comment["sheet"]:
            return False
        rows, own = _rows(anchor), _rows(comment)
        return rows is not None and own is not None and rows[0] <= own[0] <= rows[1]
    return _spot(anchor) == _spot(comment)


def _spot(anchor: Mapping[str, Any]) -> dict[str, Any]:
    """A place in a document as far as its outermost row, or its paragraph."""
    dropped = ("column", "paragraph", "nested") if "table" in anchor else ()
    return {name: value for name, value in anchor.items() if name not in dropped}


def _rows(anchor: Mapping[str, Any]) -> tuple[int, int] | None:
    """The first and the last row of a place in a worksheet."""
    text = str(anchor.get("cell") or anchor.get("range") or anchor.get("rows") or "")
    numbers = [int(number) for number in re.findall(r"[0-9]+", text)]
    return (numbers[0], numbers[-1]) if numbers else None
