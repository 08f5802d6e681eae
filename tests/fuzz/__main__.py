"""Fuzz a target by hand: `python -m tests.fuzz NAME SECONDS [CORPUS]`, guided by coverage where atheris is installed."""

import contextlib
import importlib
import os
import random
import sys
import time
import traceback
from pathlib import Path
from typing import Any


def _by_chance(name: str, seconds: float, folder: Path | None) -> int:
    """Mutate what was tried, without a guide: for Pythons that atheris has no wheel for."""
    from tests.fuzz.targets import attack

    chance = random.Random(os.urandom(8))
    kept = [path.read_bytes() for path in sorted(folder.iterdir())] if folder and folder.is_dir() else [b""]
    end, runs, faults = time.monotonic() + seconds, 0, set()
    while time.monotonic() < end:
        data = bytearray(chance.choice(kept))
        for _ in range(chance.randint(1, 12)):
            at = chance.randint(0, len(data))
            data[at : at + chance.randint(0, 4)] = chance.randbytes(chance.randint(0, 8))
        data = bytes(data[:600])
        kept[chance.randrange(len(kept)) if len(kept) > 500 else len(kept) :] = [data]
        begun = time.thread_time()
        try:
            attack(name, data)
        except BaseException as fault:
            if isinstance(fault, KeyboardInterrupt):
                raise
            where = "".join(traceback.format_exception(fault)[-2:])
            if where not in faults:
                faults.add(where)
                print(f"{name}: {data!r}\n{traceback.format_exc()[-1500:]}", flush=True)
        if (took := time.thread_time() - begun) > 5:
            print(f"{name}: {took:.1f} s: {data!r}", flush=True)
        runs += 1
    print(f"{name}: {runs} runs, {len(faults)} kinds of faults")
    return 1 if faults else 0


def main() -> int:
    name, seconds = sys.argv[1], float(sys.argv[2])
    folder = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        return _by_chance(name, seconds, folder)
    with atheris.instrument_imports(include=["generator"]):
        from tests.fuzz.targets import attack
    options = [sys.argv[0], f"-max_total_time={int(seconds)}", "-timeout=60", "-max_len=600", "-rss_limit_mb=4096"]
    atheris.Setup([*options, *([str(folder)] if folder else [])], lambda data: attack(name, data))
    with contextlib.suppress(SystemExit):
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
