"""YAML: values with positions; after a syntax error a repaired copy is read on, for further findings."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.source.mended_copy import Repair
from generator.source.nodes import Node, Source
from generator.source.yaml_faults import mend_habit, repair
from generator.source.yaml_traps import silent_traps
from generator.source.yaml_values import RefusedText, parse

MAX_REPAIRS = 100  # syntax errors of one file that are told
MAX_REREAD = 3_000_000  # characters that are read again for them: large files tell fewer


def read_yaml(page: Source) -> tuple[Node | None, list[Diagnostic]]:
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
    return reading.root, findings
