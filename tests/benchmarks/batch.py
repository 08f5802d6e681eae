"""Many data files: one process, two, and a local Dask cluster of two workers, in one run; CPU and wall time, and memory.

    python tests/benchmarks/batch.py [FILES] [--cluster | --cluster-only | --two-only]

--cluster-only and --two-only measure that run alone, without the one process; the digests that they print tell whether their documents
are the same. Of 2,000 files and more a line every 1,000 tells how far a run is. Every file is the shifeng sample under another unit's name: read, computed, checked, its Word report and its workbook rendered and
written. Outputs of the runs are compared by their digest: the same bytes. The first line tells what a file takes without the writing, once
the standard and the templates are compiled.
"""

from __future__ import annotations

import gc
import hashlib
import resource
import statistics
import sys
import tempfile
import time
from concurrent.futures import Executor
from pathlib import Path

from generator import render_batch
from generator.batch.one_file import Job, render_file
from generator.batch.render_batch import BatchResult

ROOT = Path(__file__).parents[2]
SAMPLE = (ROOT / "data" / "shifeng-2020.yaml").read_text(encoding="utf-8")


def write_files(folder: Path, count: int) -> list[str]:
    """So many departments' data files."""
    folder.mkdir()
    names = []
    for number in range(count):
        name = folder / f"单位{number:05d}.yaml"
        own = SAMPLE.replace("石峰区工商业联合会", f"石峰区第{number}工商业联合会")  # of which no check warns
        name.write_text(own, encoding="utf-8")
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
    done = 0

    def progress(result: BatchResult) -> None:
        nonlocal done
        done += 1
        if done % 1_000 == 0 and len(names) >= 2_000:
            rate = done / (time.perf_counter() - started)
            print(f"  {label}: {done} of {len(names)}, {rate:.1f} files/s, {memory():.0f} MB now", flush=True)

    results = render_batch(names, out, executor, workers=workers, progress=progress)
    seconds, used = time.perf_counter() - started, cpu() - used
    failed = sum(1 for result in results if result.code)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{label:<28} {seconds:7.1f} s  {len(names) / seconds:7.1f} files/s  CPU {used:7.1f} s"
        f" ({used / len(names) * 1000:.1f} ms a file)  peak {peak:.0f} MB  failed {failed}",
        flush=True,
    )
    return seconds


def warm(names: list[str]) -> None:
    """Print what one file after another takes, examined and rendered in memory."""
    taken = []
    for name in names * 4:
        began = time.process_time()
        rendered = render_file(Job(name))
        assert (rendered.code, rendered.diagnostics) == (0, ())
        taken.append((time.process_time() - began) * 1000)
    print(
        f"{'a file, warm':<28} CPU: median {statistics.median(taken):.2f} ms, quickest {min(taken):.2f} ms", flush=True
    )


def memory() -> float:
    """Megabytes that this process holds now; its peak where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
    gc.set_threshold(100_000, 20, 20)  # as the command line does
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        names = write_files(work / "data", count)
        run("warm up", names[:5], work / "warm")
        warm(names[:40])
        one = 0.0
        if not {"--cluster-only", "--two-only"} & set(sys.argv):
            one = run(f"{count} files, one process", names, work / "one")
            print(f"  documents: {digest(work / 'one')}", flush=True)
        if "--cluster-only" not in sys.argv:
            two = run(f"{count} files, two processes", names, work / "two", workers=2)
            print(f"  documents: {digest(work / 'two')}{beside(one, two)}", flush=True)
        if {"--cluster", "--cluster-only"} & set(sys.argv):
            third = on_cluster(names, work / "dask")
            print(f"  documents: {digest(work / 'dask')}{beside(one, third)}", flush=True)


def beside(one: float, other: float) -> str:
    """How much faster a run was than one process, where that ran too."""
    return f", {one / other:.2f} times one process" if one else ""


def on_cluster(names: list[str], out: Path) -> float:
    """The batch on a local Dask cluster of two workers; the scheduler lives in this process."""
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,  # pyright: ignore[reportArgumentType]  none
        Client(cluster) as client,
    ):
        seconds = run(f"{len(names)} files, Dask, two", names, out, executor=client.get_executor())
        held = sorted(one["metrics"]["memory"] / 1e6 for one in client.scheduler_info()["workers"].values())
        print(f"  workers at the end: {', '.join(f'{one:.0f} MB' for one in held)}", flush=True)
    return seconds


if __name__ == "__main__":
    main()
