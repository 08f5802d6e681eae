"""docxtpl's own examples, run through this engine: a reader sees the same.

docxtpl is LGPL, so its scripts and templates are not in this repository. Unpack its repository somewhere and point
`DOCXTPL_TESTS` at its `tests` folder; without it these tests are skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.support import ooxml, reading

FOLDER = os.environ.get("DOCXTPL_TESTS")
ROOT = Path(__file__).parents[2]
NOT_EXAMPLES = {"__init__", "runtests", "module_execute", "template_error", "get_undeclared_variables"}
# Where this engine is right and docxtpl is not, in formats that a reader sees.
BETTER_FORMATS = {
    "header_footer_inline_image": "text behind an image keeps the format of its run",
    "inline_image": "text behind an image keeps the format of its run",
    "richtext": "a font is set for East Asian characters too",
    "richtext_and_if": "text behind rich text keeps the format of its run",
    "word2016": "text behind rich text keeps the format of its run",
}
# Cells that go on a merge hold no text here; docxtpl keeps a copy in them, which no reader sees.
HIDDEN_TEXT = {"vertical_merge"}
# The script itself names styles that its template does not have.
UNKNOWN_STYLES = {"richtextparagraph"}
EXAMPLES = {"__init__", "runtests", "module_execute", "template_error", "get_undeclared_variables"}
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


def _shown(lines: list[str]) -> list[str]:
    """Lines without the text of cells that go on a merge."""
    shown, hidden = [], False
    for line in lines:
        if line.lstrip().startswith(("cell", "row", "table", "==")):
            hidden = "vMerge=continue" in line
        shown.append(line if not hidden or "cell" in line else line[: len(line) - len(line.lstrip())] + "p ")
    return shown


@pytest.mark.parametrize("example", EXAMPLES)
def it_reads_as_with_docxtpl(example: str, scratch: Path) -> None:
    theirs, ours = run("docxtpl", example, scratch), run("ours", example, scratch)
    assert set(ours) == set(theirs)
    for name in theirs:
        here, there = (reading.lines(one[name], formats=example not in BETTER_FORMATS) for one in (ours, theirs))
        if example in HIDDEN_TEXT:
            here, there = _shown(here), _shown(there)
        assert here == there


@pytest.mark.parametrize("example", sorted(BETTER_FORMATS))
def it_differs_where_it_is_right(example: str, scratch: Path) -> None:
    theirs, ours = run("docxtpl", example, scratch), run("ours", example, scratch)
    assert any(reading.lines(ours[name]) != reading.lines(theirs[name]) for name in theirs), "no exception any more"


@pytest.mark.parametrize("example", EXAMPLES)
def it_is_as_valid_as_its_template(example: str, scratch: Path) -> None:
    folder = Path(FOLDER or "")
    named = set(re.findall(r"templates/(\w+\.docx)", (folder / f"{example}.py").read_text("utf-8", "replace")))
    known = set().union(*(ooxml.kinds(folder / "templates" / name) for name in named))
    if example in UNKNOWN_STYLES:
        known.add("semantic::Style … referenced but not defined in styles.xml")
    for name, content in run("ours", example, scratch).items():
        new = [finding for finding in ooxml.findings(content) if finding.kind not in known]
        assert not new, (name, new[:5])
