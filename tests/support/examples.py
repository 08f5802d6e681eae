"""How many examples a property tries."""

from __future__ import annotations

import os

from hypothesis import settings

_TIMES = 20 if os.environ.get("GENERATOR_TESTS_LONG") else 1


def examples(count: int) -> settings:
    """So many examples; twenty times as many where `GENERATOR_TESTS_LONG` is set."""
    return settings(max_examples=count * _TIMES)
