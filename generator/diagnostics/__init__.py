"""What is wrong, how badly, where, and what to do about it: the one type of finding, its wording and its places.

`finding` holds the types, `catalogue` makes findings by code, `wording/` holds the texts of each room, `places` the grammar
of places in documents.
"""

from generator.diagnostics.finding import (
    LANGUAGES,
    NOWHERE,
    Diagnostic,
    Failure,
    Invalid,
    InvalidDocument,
    InvalidReport,
    InvalidStandard,
    InvalidTemplate,
    Location,
    Severity,
    Text,
    describe,
    has_errors,
)

__all__ = [
    "LANGUAGES",
    "NOWHERE",
    "Diagnostic",
    "Failure",
    "Invalid",
    "InvalidDocument",
    "InvalidReport",
    "InvalidStandard",
    "InvalidTemplate",
    "Location",
    "Severity",
    "Text",
    "describe",
    "has_errors",
]
