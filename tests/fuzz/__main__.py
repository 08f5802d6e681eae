"""Fuzz a target by hand: `python -m tests.fuzz NAME SECONDS [FOUND]`, guided by coverage where atheris is installed (`pip install generator[fuzz]`).

It begins with the target's stored corpus (`tests/fuzz/corpus/NAME.txt`) and writes what reaches new code into the folder FOUND.
"""

import importlib
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

LENGTH = 600  # bytes of an input
LONGEST = 5  # seconds of processor time
ROOT = Path(__file__).parents[2]
ROOMS = {  # what guides a target, by how its name begins: the code that takes the bytes first
    "yaml": ("source",),
    "json": ("source",),
    "data": ("source", "report"),
    "formula": ("formula", "standard", "report"),
    "standard": ("standard", "formula"),
    "zip": ("ooxml",),
    "parts": ("ooxml",),
    "word": ("word", "template", "ooxml"),
    "excel": ("excel", "template", "ooxml"),
    "lint-word": ("lint", "word", "template"),
    "lint-excel": ("lint", "excel", "template"),
    "form": ("form", "source", "ooxml", "report"),
    "package": ("distribution", "ooxml", "standard"),
    "diff": ("compare", "ooxml"),
}


class Told:
    """Runs a target and tells each kind of fault once, with the bytes that make it; the fuzzing goes on."""

    def __init__(self, name: str, attack: Callable[[str, bytes], None]):
        self.name = name
        self.attack = attack
        self.faults: set[str] = set()
        self.runs = 0

    def __call__(self, data: bytes) -> None:
        self.runs += 1
        begun = time.thread_time()
        try:
            self.attack(self.name, data)
        except Exception as fault:
            self._tell("".join(traceback.format_exception(fault)[-2:]), traceback.format_exc()[-1500:], data)
        if (took := time.thread_time() - begun) > LONGEST:
            self._tell("slow", f"{took:.1f} s", data)

    def _tell(self, kind: str, words: str, data: bytes) -> None:
        if kind not in self.faults:
            self.faults.add(kind)
            print(f"{self.name}: {data!r}\n{words}", flush=True)

    def end(self) -> int:
        print(f"{self.name}: {self.runs} runs, {len(self.faults)} kinds of faults", flush=True)
        return 1 if self.faults else 0


def _by_chance(told: Told, seconds: float, kept: list[bytes]) -> None:
    """Mutate what was tried, without a guide: for Pythons that atheris has no wheel for."""
    chance = random.Random(os.urandom(8))
    kept = kept or [b""]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = bytearray(chance.choice(kept))
        for _ in range(chance.randint(1, 12)):
            at = chance.randint(0, len(data))
            data[at : at + chance.randint(0, 4)] = chance.randbytes(chance.randint(0, 8))
        data = bytes(data[:LENGTH])
        kept[chance.randrange(len(kept)) if len(kept) > 500 else len(kept) :] = [data]
        told(data)


def _not_reached(name: str) -> list[str]:
    """The modules of the rooms that a target is not about: to instrument all of them takes a quarter of a minute."""
    rooms = next(rooms for begin, rooms in ROOMS.items() if name.startswith(begin))
    paths = (path.relative_to(ROOT).with_suffix("") for path in (ROOT / "generator").rglob("*.py"))
    modules = (path.parent if path.name == "__init__" else path for path in paths)
    return [".".join(module.parts) for module in modules if not {*module.parts[1:2]} & {*rooms}]


def _guided(atheris: Any, name: str, seconds: float, found: Path) -> None:
    """Where coverage leads, from the stored corpus on; what reaches new code is kept in `found`. Ends the process."""
    with atheris.instrument_imports(include=["generator"], exclude=_not_reached(name)):
        from tests.fuzz.targets import attack, corpus

        told = Told(name, attack)
        for number, data in enumerate(corpus(name)):
            told(data)  # many modules are imported where they are used: within the block, or they guide nothing
            (found / f"stored-{number}").write_bytes(data)
        end = time.monotonic() + seconds

        def one(data: bytes) -> None:
            told(data)
            if time.monotonic() > end:  # libFuzzer's own end would say nothing of faults that were told
                sys.stdout.flush()
                os._exit(told.end())

        options = [
            "-timeout=300",
            f"-max_len={LENGTH}",
            "-len_control=0",
            "-rss_limit_mb=4096",
            f"-artifact_prefix={found}/",
        ]
        atheris.Setup([sys.argv[0], *options, str(found)], one)
        atheris.Fuzz()


def main() -> int:
    name, seconds = sys.argv[1], float(sys.argv[2])
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        from tests.fuzz.targets import attack, corpus

        told = Told(name, attack)
        _by_chance(told, seconds, corpus(name))
        return told.end()
    found = Path(sys.argv[3] if len(sys.argv) > 3 else tempfile.mkdtemp())
    found.mkdir(parents=True, exist_ok=True)
    _guided(atheris, name, seconds, found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
