"""Every target with bytes that hypothesis makes: briefly in the normal run, for ten minutes under `slow`.

By hand, guided by coverage where atheris is installed: `python -m tests.fuzz word-parts 3600`.
"""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, attack, corpus

LONGEST = 5  # seconds of processor time
MINUTES = 10
ALWAYS = [b"", b"\x00" * 40, b"\xff" * 40, bytes(range(256)), b"\x50\x00\x10\x05\x03\x21\x22\x23" * 8]


def held(name: str, data: bytes) -> None:
    begun = time.thread_time()
    attack(name, data)
    assert time.thread_time() - begun < LONGEST


@pytest.mark.parametrize("name", TARGETS)
def it_raises_nothing_but_its_own(name):
    for data in (*ALWAYS, *corpus(name)[:2]):
        held(name, data)

    @settings(
        max_examples=10,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        database=None,
        derandomize=True,
    )
    @given(st.binary(max_size=200))
    def some(data: bytes) -> None:
        held(name, data)

    some()


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def it_raises_nothing_but_its_own_for_long(name):
    end = time.monotonic() + MINUTES * 60 / len(TARGETS)
    for data in corpus(name):
        held(name, data)
    while time.monotonic() < end:

        @settings(
            max_examples=20,  # a round ends soon after its share of the time
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            database=None,
        )
        @given(st.binary(max_size=400))
        def many(data: bytes) -> None:
            held(name, data)

        many()
