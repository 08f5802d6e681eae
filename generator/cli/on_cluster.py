"""The cluster that `--cluster` names, as an executor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from generator.cli.app import failed

if TYPE_CHECKING:
    from concurrent.futures import Executor


@contextmanager
def on_cluster(address: str) -> Iterator[Executor]:
    """The executor of a Dask cluster.

    Args:
        address: of its scheduler, `tcp://host:8786`.

    Raises:
        Failure: the extra is not installed, or nobody answers at the address.
    """
    try:
        from distributed import Client
    except ImportError:
        raise failed("cluster-missing") from None
    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError) as fault:
        raise failed("cluster-unreachable", name=address, reason=fault) from None
    with client:
        yield client.get_executor()
