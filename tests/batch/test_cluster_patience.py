"""How long a cluster is waited for: while it has workers, and a while without; then what it was given is named."""

from concurrent.futures import Executor, Future, ThreadPoolExecutor

import pytest

from generator import render_batch
from generator.batch import cluster_patience
from generator.batch.workers import by_executor

FILES = ["甲.yaml", "乙.yaml", "丙.yaml"]


class Scheduler:
    """What Dask's client says of its workers: at each question the next number, then the last for ever."""

    def __init__(self, *workers: int) -> None:
        self._workers = [*workers]
        self.asked = 0

    def nthreads(self) -> dict[int, int]:
        self.asked += 1
        count = self._workers.pop(0) if len(self._workers) > 1 else self._workers[0]
        return dict.fromkeys(range(count), 1)


class Cluster(Executor):
    """Gives no result of its own accord."""

    def __init__(self, *workers: int) -> None:
        self._client = Scheduler(*workers)
        self.given: list[Future] = []

    def submit(self, function, /, *arguments, **named):
        future: Future = Future()
        self.given.append(future)
        return future


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch):
    monkeypatch.setattr(cluster_patience, "LOOK_EVERY", 0.001)


def given_up(executor: Executor) -> list[str]:
    found = by_executor(executor, str.upper, FILES, lambda piece, fault: f"{piece} {type(fault).__name__}")
    return [*found]


def it_gives_up_a_cluster_that_has_no_workers_for_a_while():
    cluster = Cluster(0)
    assert given_up(cluster) == [f"{name} NoWorkers" for name in FILES]
    assert cluster._client.asked < 5 * cluster_patience.LOOKS  # the second file is not waited for as the first was
    assert all(future.cancelled() for future in cluster.given)


def it_waits_for_workers_that_come_late_or_again():
    cluster = Cluster(*[1, 0] * cluster_patience.LOOKS, *[0] * (cluster_patience.LOOKS - 2), 1)
    patience = cluster_patience.Patience(cluster)
    future: Future = Future()
    ask = cluster._client.nthreads

    def nthreads() -> dict[int, int]:
        found = ask()
        if (
            cluster._client.asked == 3 * cluster_patience.LOOKS
        ):  # the last answer: a worker again, which is done at once
            future.set_result("做完")
        return found

    cluster._client.nthreads = nthreads  # pyright: ignore[reportAttributeAccessIssue]
    assert patience.result(future) == "做完"


def it_names_the_files_with_the_reason(tmp_path):
    results = render_batch(FILES, tmp_path / "out", Cluster(0))
    assert [result.code for result in results] == [2] * len(FILES)
    for name, result in zip(FILES, results, strict=True):
        (found,) = result.diagnostics
        assert found.code == "executor-failed"
        assert f"“{name}”" in found.message
        assert found.message.endswith("集群里没有在运行的工作进程")


def it_leaves_an_error_of_time_that_the_work_itself_made():
    def late(name: str) -> str:
        raise TimeoutError(name)

    with ThreadPoolExecutor(1) as pool:
        pool._client = Scheduler(1)  # pyright: ignore[reportAttributeAccessIssue]
        found = by_executor(pool, late, FILES, lambda piece, fault: f"{piece} {fault}")
        assert [*found] == [f"{name} {name}" for name in FILES]


@pytest.mark.slow
def it_gives_up_a_cluster_of_dask_without_workers(tmp_path):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        results = render_batch(FILES, tmp_path / "out", client.get_executor())
    assert [finding.message[-8:] for result in results for finding in result.diagnostics] == ["在运行的工作进程"] * 3
