"""Baselines: the findings of old templates that are known, so that lint tells of what is new alone.

A finding is known by its file, its code and its wording, which names the tag, not by its place: a paragraph that is added
above makes no known finding new. Each counts as often as it was found.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.diagnostics import Diagnostic, Failure, Location
from generator.diagnostics.catalogue import diagnostic
from generator.lint.silenced import can_be_silenced
from generator.ooxml.package import read_bytes

_FORMAT = 1
Known = Counter[tuple[str, str, str]]


def baseline_text(findings: Iterable[Diagnostic], path: str | os.PathLike[str]) -> str:
    """A baseline as JSON: every finding that does not keep a template from printing, in order.

    Args:
        findings: of the templates and standards as they are.
        path: where it will lie; files are named from its folder.
    """
    counts = Counter(_key(one, Path(path)) for one in findings if can_be_silenced(one))
    entries = [
        {"file": file, "code": code, "message": message, "count": count}
        for (file, code, message), count in sorted(counts.items())
    ]
    return json.dumps({"lint-baseline": _FORMAT, "findings": entries}, ensure_ascii=False, indent=1) + "\n"


def read_baseline(path: str | os.PathLike[str]) -> Known:
    """The findings that a baseline knows, with their number.

    Raises:
        Failure: there is no such file, or it is no baseline.
    """
    data = read_bytes(os.fspath(path))[1]
    try:
        content = json.loads(data.decode("utf-8-sig"))
        if content["lint-baseline"] != _FORMAT:
            raise ValueError
        known: Known = Counter()
        for entry in content["findings"]:
            known[str(entry["file"]), str(entry["code"]), str(entry["message"])] += int(entry["count"])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        raise Failure([diagnostic("baseline-unreadable", Location(file=str(path)), name=str(path))]) from None
    return known


def against(
    findings: Sequence[Diagnostic], known: Known, path: str | os.PathLike[str]
) -> tuple[list[Diagnostic], int, int]:
    """The findings that a baseline does not know, how many it knows, and how many it knows that are there no more.

    Args:
        findings: all of a run.
        known: from `read_baseline`.
        path: where the baseline lies.
    """
    left = known.copy()
    new: list[Diagnostic] = []
    for finding in findings:
        key = _key(finding, Path(path))
        if can_be_silenced(finding) and left[key] > 0:
            left[key] -= 1
        else:
            new.append(finding)
    return new, len(findings) - len(new), sum(left.values())


def _key(finding: Diagnostic, baseline: Path) -> tuple[str, str, str]:
    file = finding.location.file or ""
    if file:
        try:
            file = os.path.relpath(Path(file).absolute(), baseline.absolute().parent)
        except ValueError:  # another drive
            file = str(Path(file).absolute())
    return Path(file).as_posix() if file else "", finding.code, finding.text.zh
