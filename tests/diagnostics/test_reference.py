"""The reference of diagnostics: every code has its meaning, an example from a golden case, and a page in both languages."""

import json
import re
from pathlib import Path

import pytest

from generator.cli import run
from generator.diagnostics import LANGUAGES
from generator.diagnostics.catalogue import catalogue
from generator.diagnostics.reference import describe_code, examples, page

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"
EXAMPLES = ROOT / "generator" / "diagnostics" / "examples.json"
PAGES = {"zh": ROOT / "docs" / "diagnostics.zh-CN.md", "en": ROOT / "docs" / "diagnostics.md"}


def told_in_cases() -> dict[str, dict[str, str]]:
    """The first message of each code in the golden texts, by language."""
    found: dict[str, dict[str, str]] = {}
    for golden in sorted(CASES.glob("*/*/*.txt")):
        for line in golden.read_text(encoding="utf-8").splitlines():
            match = re.search(r"(?:^|: )(错误|警告|提示|error|warning|info)\[([a-z0-9-]+)\] (.*)", line)
            if match:
                language = "en" if match[1].isascii() else "zh"
                found.setdefault(match[2], {}).setdefault(language, re.sub(r"(.)\1{9,}", r"\1\1\1…", match[3]))
    known = {code: told for code, told in found.items() if len(told) == 2}
    return {code: known[code] for code in catalogue() if code in known}


def it_has_an_example_of_every_code_as_the_golden_cases_tell_it(request):
    told = told_in_cases()
    assert [code for code in catalogue() if code not in told] == []
    text = json.dumps(told, ensure_ascii=False, indent=0) + "\n"
    if request.config.getoption("--update-golden"):
        EXAMPLES.write_text(text, encoding="utf-8", newline="\n")
        examples.cache_clear()
    assert EXAMPLES.read_text(encoding="utf-8") == text, "run pytest --update-golden and read the difference"


@pytest.mark.parametrize("language", LANGUAGES)
def it_has_a_page_with_every_code(language, request):
    if request.config.getoption("--update-golden"):
        PAGES[language].write_text(page(language), encoding="utf-8", newline="\n")
    assert PAGES[language].read_text(encoding="utf-8") == page(language), "run pytest --update-golden"


@pytest.mark.parametrize("language", LANGUAGES)
def it_explains_a_code(language, capsys):
    assert run(["explain", "duplicate-key", "--lang", language]) == 0
    assert capsys.readouterr().out.splitlines() == describe_code("duplicate-key", language)
    assert len(describe_code("duplicate-key", language)) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def it_says_of_every_code_what_it_stands_for(language):
    """Also where the message is a standard's own: a meaning of gaps alone explains nothing."""
    for code in catalogue():
        meaning = describe_code(code, language)[1].partition("：" if language == "zh" else ": ")[2]
        said = re.sub(r"（.*?）|\(.*?\)", "", meaning)
        assert len(re.sub(r"\W", "", said)) >= 2, code
