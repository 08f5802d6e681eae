"""Many data files: one process, two, and a local Dask cluster of two workers, in one run; CPU and wall time, and memory.

    python tests/benchmarks/batch.py [FILES] [--cluster]

Every file is the shifeng sample under another unit's name: read, computed, checked, its Word report and its workbook rendered and
written. Outputs of the runs are compared: the same bytes.
"""

from __future__ import annotations

import hashlib
import resource
import sys
import tempfile
import time
from concurrent.futures import Executor
from pathlib import Path

from generator import render_batch

ROOT = Path(__file__).parents[2]
SAMPLE = (ROOT / "data" / "shifeng-2020.yaml").read_text(encoding="utf-8")


def write_files(folder: Path, count: int) -> list[str]:
    """So many departments' data files."""
    folder.mkdir()
    names = []
    for number in range(count):
        name = folder / f"单位{number:05d}.yaml"
        name.write_text(SAMPLE.replace("石峰区工商业联合会", f"第{number}单位"), encoding="utf-8")
        names.append(str(name))
    return names


def cpu() -> float:
    """Seconds of CPU of this process and of its children that have ended."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def run(label: str, names: list[str], out: Path, workers: int = 1, executor: Executor | None = None) -> float:
    """Render the batch; seconds by the clock."""
    started, used = time.perf_counter(), cpu()
    results = render_batch(names, out, executor, workers=workers)
    seconds, used = time.perf_counter() - started, cpu() - used
    failed = sum(1 for result in results if result.code)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{label:<28} {seconds:7.1f} s  {len(names) / seconds:7.1f} files/s  CPU {used:7.1f} s"
        f" ({used / len(names) * 1000:.1f} ms a file)  peak {peak:.0f} MB  failed {failed}",
        flush=True,
    )
    return seconds


def digest(folder: Path) -> str:
    """One digest of all documents."""
    whole = hashlib.sha256()
    for path in sorted(folder.glob("[!.]*")):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


def main() -> None:
    """Print the table."""
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    count = numbers[0] if numbers else 300
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        names = write_files(work / "data", count)
        run("warm up", names[:5], work / "warm")
        one = run(f"{count} files, one process", names, work / "one")
        two = run(f"{count} files, two processes", names, work / "two", workers=2)
        print(f"two processes: {one / two:.2f} times one; same bytes: {digest(work / 'one') == digest(work / 'two')}")
        if "--cluster" in sys.argv:
            from distributed import Client, LocalCluster

            with (
                LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
                Client(cluster) as client,
            ):
                third = run(f"{count} files, Dask, two", names, work / "dask", executor=client.get_executor())
            print(f"Dask: {one / third:.2f} times one; same bytes: {digest(work / 'one') == digest(work / 'dask')}")


if __name__ == "__main__":
    main()
