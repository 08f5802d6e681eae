"""A data file read, validated, computed and checked by its standard."""

from generator.report.examine import examine, read_report
from generator.report.explanation import Explanation
from generator.report.looked_up import Candidates, LookedUp, NamedCheck, RecordTable
from generator.report.report import Planned, Report, safe_name

__all__ = [
    "Candidates",
    "Explanation",
    "LookedUp",
    "NamedCheck",
    "Planned",
    "RecordTable",
    "Report",
    "examine",
    "read_report",
    "safe_name",
]
