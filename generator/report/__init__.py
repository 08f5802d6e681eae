"""A data file read, validated, computed and checked by its standard."""

from generator.report.examine import examine, read_report
from generator.report.report import Planned, Report, safe_name

__all__ = [
    "Planned",
    "Report",
    "examine",
    "read_report",
    "safe_name",
]
