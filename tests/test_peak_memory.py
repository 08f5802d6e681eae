"""The most memory that large inputs take, with generous bounds; `tests/benchmarks/memory.py` prints the figures."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parent / "benchmarks" / "memory.py"


@pytest.mark.slow
def it_stays_within_bounds(tmp_path):
    found = subprocess.run([sys.executable, str(BENCHMARK)], check=True, capture_output=True, text=True, cwd=tmp_path)
    told = {line[:50].strip(): float(line[50:].split()[0]) for line in found.stdout.splitlines()}
    assert told["a Word template of 20 MB, compiled"] < 280
    ground = told["the interpreter and the Word engine"]
    assert told["a Word table of 50,000 rows from an iterator"] < ground + 25
    assert told["a data file of 24 MB, read"] < 230
    assert told["a data file of 24 MB, JSON"] < 230
