"""Golden documents for anybody's tests."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` accepts what the tests obtained as the new expectation."""
    group = parser.getgroup("generator")
    group.addoption("--update-golden", action="store_true", default=False, help="accept obtained results as golden")
