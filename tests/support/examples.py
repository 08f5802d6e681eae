"""How many examples a property tries."""

from __future__ import annotations

import os

from hypothesis import settings

_LONG = bool(os.environ.get("GENERATOR_TESTS_LONG"))


def examples(count: int) -> settings:
    """Half as many examples; twenty times as many where `GENERATOR_TESTS_LONG` is set."""
    return settings(max_examples=count * 20 if _LONG else (count + 1) // 2)
