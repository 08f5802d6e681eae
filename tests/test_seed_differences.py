"""Every difference between a seed and the report made of the corrected data stands in its corrections.md, and no other.

The texts are compared token by token, a number being one; what the program numbers itself, spaces, widths and the forms of
brackets and quotes do not count. The list is the section 逐处对照; `pytest --update-golden` writes it anew: read its diff, and
say in the tables above it why something was changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import docx
import pytest

from generator import load_standard

ROOT = Path(__file__).parent.parent
HEADING = "## 逐处对照"
EXPLANATION = (
    "公布稿和报告的全部差异，由 tests/test_seed_differences.py 算出并核对。序号、空格、全角半角、括号和引号的形式不计。"
)
BEFORE, AFTER = 8, 4  # tokens shown around a difference
_NUMBERING = re.compile(r"\s*(\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.]|\d{1,2}[、.)](?!\d)|[①-⑳])")
_FORMS = str.maketrans(
    {
        **dict.fromkeys("﹝【〔", "("),
        **dict.fromkeys("﹞】〕", ")"),
        **dict.fromkeys("“‘’\"'", "”"),
        **dict.fromkeys("—–－", "-"),
    }
)
_TOKEN = re.compile(r"\d+(?:\.\d+)?%?|[A-Za-z]+|\S")


def reports() -> list[str]:
    return sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))


def tokens(text: str) -> list[str]:
    found: list[str] = []
    for line in text.splitlines():
        line = re.sub(r"\[bookmark:[^\]]*\]", "", line)
        line = unicodedata.normalize("NFKC", re.sub(r"[①-⑳]", "", line))
        line = re.sub(r"(?<=[0-9])\s+(?=%)", "", line.translate(_FORMS))
        found += _TOKEN.findall(_NUMBERING.sub("", line, count=1))
    return found


def document_text(path: Path) -> str:
    body = docx.Document(str(path)).element.body  # pyright: ignore[reportAttributeAccessIssue]
    return "\n".join("".join(node.text or "" for node in paragraph.iter("{*}t")) for paragraph in body.iter("{*}p"))


def differences(seed: str, report: str) -> list[str]:
    """The lines of the list: what stands before, 〔published→printed〕, what stands behind, how often."""
    old, new = tokens(seed), tokens(report)
    found: Counter[str] = Counter()
    for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            before, after = "".join(old[max(0, start - BEFORE) : start]), "".join(old[end : end + AFTER])
            found[f"- {before}〔{''.join(old[start:end])}→{''.join(new[first:last])}〕{after}"] += 1
    return [line if count == 1 else f"{line} （{count}处）" for line, count in found.items()]


@pytest.mark.parametrize("name", reports())
def it_lists_every_difference_between_a_seed_and_its_report(name: str, tmp_path: Path, pytestconfig: pytest.Config):
    folder = ROOT / "tests/cases" / name
    paths = load_standard(name).read(ROOT / "data" / f"{name}.yaml").render(tmp_path)
    (report,) = (document_text(Path(path)) for path in paths if str(path).endswith(".docx"))
    found = differences((folder / "seed.txt").read_text("utf-8"), report)
    assert found
    page = (folder / "corrections.md").read_text("utf-8")
    told, _, listed = page.partition(HEADING)
    if pytestconfig.getoption("--update-golden"):
        page = f"{told.rstrip()}\n\n{HEADING}\n\n{EXPLANATION}\n\n" + "\n".join(found) + "\n"
        (folder / "corrections.md").write_text(page, "utf-8", newline="\n")
        return
    assert [line for line in listed.splitlines() if line.startswith("- ")] == found


def it_notices_one_figure_one_word_and_one_sentence():
    assert differences("占88.58 ％。", "占88.58%。") == []
    seed = "一、概况\n现有编制4人，支出12.5万元。\n"
    assert differences(seed, "概况\n现有编制 4 人，支出 12.5 万元。") == []
    assert differences(seed, "概况\n现有编制3人，支出12.5万元。") == ["- 概况现有编制〔4→3〕人,支出"]
    assert differences(seed, "概况\n现有编制4人，支出12.5万元。结余为零。") == ["- 人,支出12.5万元。〔→结余为零。〕"]
