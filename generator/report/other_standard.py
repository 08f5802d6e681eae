"""A data file that names one standard and is filled in by another: one finding instead of one for each of its fields."""

from __future__ import annotations

from generator.diagnostics import Failure, Invalid
from generator.report.chosen_standard import STANDARD_KEYS
from generator.report.compute import Computation
from generator.report.read_records import ABOUT_THE_FILE
from generator.source import Map
from generator.standard import available, load_standard

FEWEST = 3  # unknown names that make it worth a look


def tell_other_standard(computation: Computation, root: Map) -> bool:
    """Tell that a data file is of another standard than the one it names, in place of all that follows from that.

    It is where at least half of its names are unknown, and another standard of the same libraries knows all of them but one.
    """
    names = [name for name in root if name not in ABOUT_THE_FILE]
    own = computation.standard
    unknown = [name for name in names if name not in own.fields]
    key = next((key for key in STANDARD_KEYS if key in root), None)
    if key is None or len(unknown) < FEWEST or 2 * len(unknown) < len(names):
        return False
    for summary in available():
        if summary.id == own.id or summary.hidden_by:
            continue
        try:
            other = load_standard(summary.id)
        except (Failure, Invalid):
            continue
        if sum(name not in other.fields for name in names) <= 1:
            computation.diagnostics.clear()
            computation.tell("report-wrong-standard", root[key], "", stated=own.id, meant=other.id, count=len(unknown))
            return True
    return False
