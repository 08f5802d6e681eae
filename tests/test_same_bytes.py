"""The same input gives the same bytes: in any process, second, hash seed, time zone, locale, order, in batch and alone."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA = sorted((ROOT / "data").glob("*.yaml"))


def rendered(folder: Path, files: list[Path], **environment: str) -> dict[str, bytes]:
    """What a process of its own renders: file name -> bytes."""
    kept = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        [sys.executable, "-m", "generator", "render", *map(str, files), "-o", str(folder)],
        cwd=ROOT,
        env={**kept, "GENERATOR_LIBRARY": str(ROOT / "templates"), **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def it_renders_the_same_bytes_everywhere(tmp_path):
    assert DATA
    batch = rendered(tmp_path / "a", DATA, PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")
    assert len(batch) == 2 * len(DATA)
    turned = rendered(
        tmp_path / "b", DATA[::-1], PYTHONHASHSEED="4711", TZ="Asia/Shanghai", LC_ALL="zh_CN.UTF-8", GENERATOR_LANG="en"
    )
    assert turned == batch
    for number, file in enumerate(DATA[::2]):
        alone = rendered(tmp_path / f"c{number}", [file], PYTHONHASHSEED=str(number + 1), TZ="America/New_York")
        assert alone == {name: batch[name] for name in alone}


def it_writes_the_date_that_it_is_given_and_no_other(tmp_path):
    one = rendered(tmp_path / "a", DATA[:1], SOURCE_DATE_EPOCH="1600000000", TZ="UTC")
    other = rendered(tmp_path / "b", DATA[:1], SOURCE_DATE_EPOCH="1600000000", TZ="Pacific/Kiritimati")
    assert one == other
    assert one != rendered(tmp_path / "c", DATA[:1], SOURCE_DATE_EPOCH="1700000000")
