"""Figures: decimal numbers that know their unit and how they print; dates, numerals, and what stands for a missing value.

Rounding is half-up (四舍五入). A figure prints without its unit, a percent with `%`. A template may compare figures but
not calculate with them: what a report prints is computed by its standard, once.
"""

from generator.figures.dates import Date, NoDate, NoSuchDate, chinese_date, read_date
from generator.figures.figure import Blank, Figure, FigureArithmetic, Paragraphs, figure_text, round_half_up
from generator.figures.markdown_text import Markdown, markdown
from generator.figures.numerals import FORMS, capital, chinese_number, numbered
from generator.figures.print_filters import PRINT_FILTERS, fixed, trim, wan_yuan, yuan
from generator.figures.report_values import Unprintable, check_printable, printing_a_report
from generator.figures.yes_no import YesNo

__all__ = [
    "FORMS",
    "PRINT_FILTERS",
    "Blank",
    "Date",
    "Figure",
    "FigureArithmetic",
    "Markdown",
    "NoDate",
    "NoSuchDate",
    "Paragraphs",
    "Unprintable",
    "YesNo",
    "capital",
    "check_printable",
    "chinese_date",
    "chinese_number",
    "figure_text",
    "fixed",
    "markdown",
    "numbered",
    "printing_a_report",
    "read_date",
    "round_half_up",
    "trim",
    "wan_yuan",
    "yuan",
]
