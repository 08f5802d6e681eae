"""One change is one difference, of its kind, at its level and place: single edits of the documents that are rendered from data/."""

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from generator import load_standard
from generator.compare import compare
from tests.support import single_excel, single_word

ROOT = Path(__file__).parents[2]
STANDARDS = sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))
EDITS = {"docx": single_word.EDITS, "xlsx": single_excel.EDITS}
# the short run takes the first of these that has what the edit changes, the smallest document before the others
FIRST = {"docx": ("dayu-2020", "shifeng-2020", "beita-2023"), "xlsx": ("huidong-2023", "shifeng-2020")}
ALL = [(kind, name) for kind, edits in EDITS.items() for name in edits]
OPEN: dict[str, Callable[[Path], Any]] = {
    "docx": lambda path: docx.Document(str(path)),
    "xlsx": lambda path: openpyxl.load_workbook(path, rich_text=True),
}


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """Gives a sample as its library saves it, the same with one edit, and the place of the edit."""
    folder = tmp_path_factory.mktemp("samples")

    @cache
    def original(standard: str, kind: str) -> tuple[Path, bytes]:
        if not (folder / standard).exists():
            load_standard(standard).read(ROOT / "data" / f"{standard}.yaml").render(folder / standard)
        path = next((folder / standard).glob(f"*.{kind}"))
        return path, saved(OPEN[kind](path))

    def edit(standard: str, kind: str, name: str) -> tuple[bytes, bytes, str | None]:
        path, content = original(standard, kind)
        document = OPEN[kind](path)
        place = EDITS[kind][name].do(document)
        return content, saved(document), place

    return edit


def check(old: bytes, new: bytes, edit: Any, place: str, *, backwards: bool) -> None:
    found = list(compare(old, new, level="format"))
    assert [(d.kind, d.level.name.lower()) for d in found] == [(edit.kind, edit.level)], [d.message for d in found]
    assert found[0].place.startswith((place, f"工作表 {place}"))
    assert found[0].old != found[0].new or found[0].old is None
    if backwards:
        assert len(compare(new, old, level="format")) == 1


@pytest.mark.parametrize(("kind", "name"), ALL)
def it_tells_a_single_edit_once(edited, kind, name):
    for standard in FIRST[kind]:
        old, new, place = edited(standard, kind, name)
        if place is not None:
            return check(old, new, EDITS[kind][name], place, backwards=False)
    return pytest.fail(f"{name} has nothing to change in {FIRST[kind]}")


@pytest.mark.slow
@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize(("kind", "name"), ALL)
def it_tells_a_single_edit_of_any_sample_once(edited, standard, kind, name):
    old, new, place = edited(standard, kind, name)
    if place is not None:
        check(old, new, EDITS[kind][name], place, backwards=True)
