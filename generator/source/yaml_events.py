"""YAML read by libyaml's events, whatever it holds; after a syntax error a repaired copy is read on, for further findings."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import diagnostic
from generator.kept.lazy_patterns import lazy
from generator.source.mended_copy import Repair
from generator.source.nodes import Node, Source, locate
from generator.source.yaml_faults import mend_habit, repair
from generator.source.yaml_traps import silent_traps
from generator.source.yaml_values import RefusedText, parse

MAX_REPAIRS = 100  # syntax errors of one file that are told
_PROSE = 100_000  # characters of a text without a single `name:`
_PAIR = lazy(r"[:：]")
MAX_REREAD = 3_000_000  # characters that are read again for them: large files tell fewer


def read_by_events(page: Source) -> tuple[Node | None, list[Diagnostic]]:
    """Values and findings of a YAML text; after a syntax error a repaired copy is read on, for further findings.

    Args:
        page: name and text of the file.
    """
    reading = parse(page, page.text)
    good = reading.fault is None and not reading.findings
    repaired = Repair([] if good else page.text.split("\n"))
    again = 0
    while not isinstance(reading.fault, RefusedText):
        odd = next((finding for finding in reading.findings if finding.code == "odd-indentation"), None)
        if odd is not None and not repaired.guessed:  # read as part of a name: what follows is not where it was meant
            repaired.findings.append(odd)
            mend_habit(repaired, odd.code)
        elif reading.fault is None:
            break
        else:
            repair(page, repaired, reading.fault, reading.last)
        again += len(page.text)
        if len(repaired.findings) >= MAX_REPAIRS or repaired.given_up or again > MAX_REREAD:
            break
        reading = parse(page, "\n".join(repaired.lines))
    findings = repaired.findings + [repaired.moved_back(finding) for finding in reading.findings]
    if reading.root is not None:
        known = {finding.location.line for finding in findings}
        findings += (
            trap
            for trap in silent_traps(page, reading.root, reading.folded, reading.lone)
            if trap.location.line not in known and not (repaired.guessed and trap.code == "yaml-indentation")
        )
    return reading.root, _without_followers(page, findings)


def _without_followers(page: Source, findings: list[Diagnostic]) -> list[Diagnostic]:
    """The findings without those that follow from another: of a bracket that nobody closed; of a text that is no data at all."""
    opened = {found.location.line for found in findings if found.code == "yaml-unclosed-bracket"}
    if opened:
        findings = [one for one in findings if one.code != "yaml-indentation" or one.location.line not in opened]
    if findings and not _PAIR.search(page.text) and len(page.text) <= _PROSE:
        first = next((at for at, line in enumerate(page.text.split("\n"), 1) if line.strip()), 1)
        return [diagnostic("source-not-mapping", locate(page, (first, 1)), spelling=page.spelling)]
    return findings
