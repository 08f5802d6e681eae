"""One fault of a document."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """What kind of fault, in which part, and what exactly."""

    kind: str
    part: str
    detail: str
