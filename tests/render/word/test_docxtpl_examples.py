"""docxtpl's own examples, run through this engine: a reader sees the same.

docxtpl is LGPL, so its scripts and templates are not in this repository. Unpack its repository somewhere and point
`DOCXTPL_TESTS` at its `tests` folder; without it these tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.support import ooxml, reading

FOLDER = os.environ.get("DOCXTPL_TESTS")
ROOT = Path(__file__).parents[3]
NOT_EXAMPLES = {"__init__", "runtests", "module_execute", "template_error", "get_undeclared_variables"}
# Where this engine is right and docxtpl is not: what differs, and why.
DIFFERENT: dict[str, str] = {}
EXAMPLES = sorted(path.stem for path in Path(FOLDER).glob("*.py") if path.stem not in NOT_EXAMPLES) if FOLDER else []

pytestmark = [
    pytest.mark.skipif(not FOLDER, reason="DOCXTPL_TESTS does not name docxtpl's tests"),
    pytest.mark.slow,
]


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("docxtpl")


@cache
def run(engine: str, example: str, folder: Path) -> dict[str, bytes]:
    """The documents that an example writes, by name."""
    place = folder / engine / example
    shutil.copytree(FOLDER or "", place)
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.docxtpl_example", engine, f"{example}.py"],
        cwd=place,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return {path.name: path.read_bytes() for path in sorted((place / "output").glob("*.docx"))}


@pytest.mark.parametrize("example", EXAMPLES)
def it_reads_as_with_docxtpl(example: str, scratch: Path) -> None:
    theirs, ours = run("docxtpl", example, scratch), run("ours", example, scratch)
    assert set(ours) == set(theirs)
    for name in theirs:
        assert reading.lines(ours[name]) == reading.lines(theirs[name])


@pytest.mark.parametrize("example", EXAMPLES)
def it_is_as_valid_as_its_template(example: str, scratch: Path) -> None:
    templates = {path.stem: path for path in (Path(FOLDER or "") / "templates").glob("*.docx")}
    known = set().union(*(ooxml.kinds(path) for name, path in templates.items() if name.startswith(example[:8])))
    for name, content in run("ours", example, scratch).items():
        new = [finding for finding in ooxml.findings(content) if finding.kind not in known]
        assert not new, (name, new[:5])
