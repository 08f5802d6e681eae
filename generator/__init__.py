"""Word and Excel reports from one data file."""

__version__ = "0.1.0"
