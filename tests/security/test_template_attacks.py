"""Hundreds of tags that try to get out, to know the machine, or to cost much (`template_attacks.txt`): each ends as its heading says.

A heading names the code that the tags below it are refused with, in Word and in a workbook (apart: `word | excel`); `ok` is a tag
that prints, harmlessly.
"""

import io
import re
import time
from pathlib import Path

import openpyxl
import pytest

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from generator.ooxml.limits import Limits, within
from generator.word import WordTemplate
from tests.security.attacks import one_cell
from tests.security.test_sandbox import CONTEXT
from tests.support.words import document, paragraph, texts

TENTH = Limits(turns=1_000_000, characters=10_000_000, output=25 << 20)  # of the bounds that hold where none are named
INSIDES = re.compile(r" at 0x|<(?:class|function|built-in|bound|module|generator\.|jinja2\.)|/etc/|__class__'")
SECTIONS = {
    heading: tags.strip().split("\n")
    for heading, tags in re.findall(
        r"^## (.+)\n((?:(?!## ).*\n)+)", Path(__file__).with_name("template_attacks.txt").read_text("utf-8"), re.M
    )
}


def ended(tag: str, kind: str) -> tuple[set[str], str]:
    """The codes that a tag is refused with, or `ok`, and all that is printed or said."""
    try:
        with within(TENTH):
            if kind == "word":
                written = tag.replace("&", "&amp;").replace("<", "&lt;")
                return {"ok"}, "".join(texts(WordTemplate(document(paragraph(written))).render(CONTEXT)))
            made = ExcelTemplate(one_cell(tag)).render(CONTEXT)
            return {"ok"}, str(openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]["A1"].value)
    except InvalidTemplate as refused:
        found = refused.diagnostics
        assert all(finding.location.place is not None for finding in found), tag
        said = (word for finding in found for word in (finding.text.zh, finding.text.en))
        return {finding.code for finding in found}, "".join(said).replace(tag, "")


def hold(heading: str, kind: str, step: int = 1) -> None:
    """Every tag of a heading, or every so many."""
    wanted, _, in_excel = heading.partition(" | ")
    codes = {*(in_excel if kind == "excel" and in_excel else wanted).split()}
    otherwise = {}
    for tag in SECTIONS[heading][::step]:
        begun = time.thread_time()
        found, said = ended(tag, kind)
        if found != codes or (found == {"ok"} and INSIDES.search(said)) or " at 0x" in said:
            otherwise[tag] = (found, said[:200])
        assert time.thread_time() - begun < 5, tag
    assert otherwise == {}


def it_holds_hundreds():
    assert sum(map(len, SECTIONS.values())) > 400


@pytest.mark.parametrize("heading", SECTIONS)
def it_ends_in_word_as_the_heading_says_of_some(heading):
    hold(heading, "word", 4)


@pytest.mark.slow
@pytest.mark.parametrize("heading", SECTIONS)
def it_ends_in_word_as_the_heading_says(heading):
    hold(heading, "word")


@pytest.mark.slow
@pytest.mark.parametrize("heading", SECTIONS)
def it_ends_in_a_workbook_as_the_heading_says(heading):
    hold(heading, "excel")
