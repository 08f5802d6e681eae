"""A data file read, validated, computed and checked by its standard."""

from generator.report.examining import examine, read_report
from generator.report.explaining import Explanation
from generator.report.model import Report, safe_name

__all__ = ["Explanation", "Report", "examine", "read_report", "safe_name"]
