"""The guides in both languages have the same headings and examples, and nothing in the code names a file that is not there."""

from __future__ import annotations

import io
import re
import subprocess
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDES = sorted(path.name.removesuffix(".md") for path in (ROOT / "docs").glob("*.md") if "zh-CN" not in path.name)
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)
_TICKED = re.compile(r"`([A-Za-z_][\w.]*)(?:\(\))?`")
OF_LIBRARIES = {
    "patch_xml",
    "sax",
    "saxutils",
    "KW_ONLY",
    "weakref_slot",
    "crc32_combine",
}  # docxtpl's, Python's, zlib's
OF_EXCEL = {"_x000B_", "MATCH__"}
_NAMED = re.compile(r"(?<![\w./{*<-])((?:[\w-]+/)*[\w-]+\.(?:py|md|toml))(?![\w*])")


def shape(name: str) -> tuple[list[int], list[tuple[str, int]]]:
    """The levels of a guide's headings; the language of each of its examples, and its lines where they are typed, not printed."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    levels = [len(marks) for marks in re.findall(r"^(#+) ", _BLOCK.sub("", text), re.M)]
    return levels, [
        (language, 0 if language == "text" else len(body.splitlines())) for language, body in _BLOCK.findall(text)
    ]


@pytest.mark.parametrize("guide", GUIDES)
def it_has_the_same_headings_and_examples_in_both_languages(guide):
    assert len(GUIDES) >= 14
    assert shape(f"{guide}.md") == shape(f"{guide}.zh-CN.md")


def it_names_in_backticks_only_what_there_is_in_the_code():
    """Functions, classes, modules and parameters: a name with `_`, `.` or `()` is none of the language."""
    paths = [path for path in (ROOT / "generator").rglob("*.py") if "library" not in path.parts]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    known = {word for text in texts for word in re.findall(r"\w+", _TICKED.sub("", text))} | OF_LIBRARIES | OF_EXCEL
    known |= {part for path in paths for part in (path.stem, path.parent.name)}
    named = {match[1] for text in texts for match in _TICKED.finditer(text) if re.search(r"_|\.|\(\)", match[0])}
    assert len(named) > 100
    assert sorted(name for name in named if not {*name.split(".")} <= known) == []


def it_names_no_file_in_comments_that_is_not_in_the_repository():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    ends = {"/".join(parts[at:]) for parts in (name.split("/") for name in listed) for at in range(len(parts))}
    lost = []
    for name in listed:
        if name.startswith(("generator/", "tests/")) and name.endswith(".py") and (ROOT / name).exists():
            text = (ROOT / name).read_text(encoding="utf-8")
            if {*_NAMED.findall(text)} <= ends:
                continue
            for token in tokenize.generate_tokens(io.StringIO(text).readline):
                if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and token.string.startswith('"""')):
                    lost += [(name, token.start[0], file) for file in _NAMED.findall(token.string) if file not in ends]
    assert not lost


@pytest.mark.parametrize("name", ["docs/architecture.md", "docs/architecture.zh-CN.md", "CONTRIBUTING.md"])
def it_names_in_the_plan_and_the_recipes_only_files_that_there_are(name):
    text = _BLOCK.sub("", (ROOT / name).read_text(encoding="utf-8"))
    named = {word.rstrip("/") for word in re.findall(r"`([\w./-]+)`", text) if re.search(r"/|\.(?:py|md|toml)$", word)}
    assert len(named) > 20
    there = [ROOT, ROOT / "generator", *(room for room in (ROOT / "generator").glob("*/") if room.is_dir())]
    there += [room / inner for room in there[2:] for inner in ("compile", "run", "follow", "wording", "kinds")]
    assert sorted(word for word in named if not any((room / word).exists() for room in there)) == []
