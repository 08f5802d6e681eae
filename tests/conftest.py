"""What holds for every test."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("tests.support")

from tests.support.lean_document import use_lean_documents  # noqa: E402

_CASES = Path(__file__).parent / "cases"

# As many as a property tries that does not say how many (see tests/support/examples.py).
_EXAMPLES = 100 if os.environ.get("GENERATOR_TESTS_LONG") else 50

# No test is timed: the first example of a property pays for what is imported lazily, and a busy machine draws data slowly.
settings.register_profile(
    "untimed", max_examples=_EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# What CI says of a commit it says again: the same examples on every run.
settings.register_profile("ci", settings.get_profile("untimed"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "untimed")

# Tests compile afresh, whatever lies in the cache of whoever runs them; with GENERATOR_CACHE=FOLDER they all run with one.
os.environ.setdefault("GENERATOR_CACHE", "off")

# Findings are printed whole, however wide the window is in which the tests run.
os.environ.pop("COLUMNS", None)

use_lean_documents()

# As in the program itself: what is imported lives to the end, and looking through it again and again is a sixth of the run.
gc.set_threshold(100_000, 50, 50)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Of six hundred folders of cases look into those alone that are golden cases of data files."""
    return True if collection_path.parent == _CASES and not collection_path.name.endswith("-as-published") else None


def pytest_collection_finish() -> None:
    """Leave the collected tests out of every later search for rubbish: half a million objects that live to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def own_environment():
    """Options that a command leaves in the environment (`--limits`, `--isolated`) hold for its test alone."""
    before = dict(os.environ)
    yield
    if os.environ != before:
        os.environ.clear()
        os.environ.update(before)
