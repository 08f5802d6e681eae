"""A report holds its seed's text: at least 98 % of the characters, numbering and corrections aside.

The seeds are the published reports' text (tests/cases/<id>/seed.txt). Spaces, widths and brackets are normalised, and
what the program numbers itself ((一), 1., 一是) is left out. A character counts as held when a run of four characters
around it (or its whole line, if shorter) stands somewhere in the document.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import docx
import pytest

from generator import load_standard

ROOT = Path(__file__).parent.parent
RUN = 4
_NUMBER = re.compile(r"^(\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.]|\d{1,2}[、.)]|[①-⑳])")


def reports() -> list[str]:
    return sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))


def normalised(text: str) -> str:
    text = re.sub(r"\[bookmark:[^\]]*\]", "", text)
    text = unicodedata.normalize("NFKC", re.sub(r"[①-⑳]", "", text))
    text = text.translate(str.maketrans("﹝【〔“”‘’﹞】〕—–－", "((([[[[)))---"))
    return re.sub(r"[\s\u3000\u00a0]", "", text)


def lines(text: str) -> list[str]:
    found = (normalised(line) for line in text.splitlines())
    return [line for line in (_NUMBER.sub("", line) for line in found) if line]


def document_text(path: Path) -> str:
    body = docx.Document(str(path)).element.body
    texts = []
    for paragraph in body.iter("{*}p"):
        texts.append("".join(node.text or "" for node in paragraph.iter("{*}t")))
    return normalised("".join(texts))


def missing(seed: str, document: str) -> tuple[int, list[str]]:
    """How many characters the seed has, and its pieces that the document lacks."""
    total, pieces = 0, []
    for line in lines(seed):
        total += len(line)
        size = min(RUN, len(line))
        held = [False] * len(line)
        for start in range(len(line) - size + 1):
            if line[start : start + size] in document:
                held[start : start + size] = [True] * size
        pieces += re.findall(
            r"[^\x00]+", "".join("\x00" if one else char for one, char in zip(held, line, strict=True))
        )
    return total, pieces


@pytest.mark.parametrize("name", reports())
def it_holds_the_text_of_its_seed(name: str, tmp_path: Path):
    seed = (ROOT / "tests/cases" / name / "seed.txt").read_text("utf-8")
    paths = load_standard(name).read(ROOT / "data" / f"{name}.yaml").render(tmp_path)
    text = "".join(document_text(Path(path)) for path in paths if str(path).endswith(".docx"))
    total, pieces = missing(seed, text)
    lost = sum(map(len, pieces))
    assert total > 2000
    assert lost / total <= 0.02, f"{lost} of {total} characters missing: {pieces}"


def it_notices_a_sentence_that_is_missing():
    total, pieces = missing("一、概况\n本单位有人员11人。\n", normalised("概况本单位有职工11人。"))
    assert (total, pieces) == (12, ["人员"])
