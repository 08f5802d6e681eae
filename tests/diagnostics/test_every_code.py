"""Every code of every room has a case of its own, which tells that code alone, with a hint, and two wordings that say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.diagnostics.catalogue import ROOMS, catalogue
from tests.support.golden import codes_of, expected_codes, expected_json

CASES = Path(__file__).parents[1] / "cases"
FOLDERS = {"syntax": "source"}  # a room's cases stand under its name but for these
FOLLOWS = {  # what a case tells besides, as it follows from the mistake
    "examined-in-part": {"value-not-number"},
    "exception-without-reason": {"stated-exception"},
    "formula-date-arithmetic": {"formula-arguments"},
    "kept-shape": {"prose-figure"},
    "lint-unknown-path": {"lint-list-not-looped"},
    "standard-fixed-twice": {"standard-missing-key"},
    "standard-fixed-value": {"value-not-number"},
    "unknown-field-many": {"unknown-field"},
}
PRINTED = {"cli", "distribution"}  # their cases hold what the commands print
OF_FORMS = {"missing-value", "missing-record"}  # follow where something was taken out of a form
WITHOUT_HINT = {"excel-not-computed", "excel-not-computed-more"}  # Excel computes these: nobody has to do anything
FOLDERS_OF_CASES = sorted({FOLDERS.get(room, room) for room in ROOMS})
CODES = [(FOLDERS.get(room, room), code) for room in ROOMS for code in sorted(codes_of(room))]


def it_knows_every_code_of_the_catalogue():
    assert {code for _, code in CODES} == {*catalogue()}


@pytest.mark.parametrize("folder", FOLDERS_OF_CASES)
def it_has_a_case_for_each_code_that_tells_it_and_no_other(folder):
    for code in (code for room, code in CODES if room == folder):
        told = expected_codes(CASES / folder / code)
        assert code in told
        if folder not in PRINTED:  # what a command prints tells of all its steps
            assert told - {code} <= (OF_FORMS if folder == "form" else FOLLOWS.get(code, set())), code


@pytest.mark.parametrize("folder", sorted({folder for folder, _ in CODES} - PRINTED))
def it_advises_in_every_case(folder):
    for code in {code for room, code in CODES if room == folder} - WITHOUT_HINT:
        assert all(finding["hint"] for finding in expected_json(CASES / folder / code)["diagnostics"])


@pytest.mark.parametrize("folder", sorted({folder for folder, _ in CODES} - {"source"}))
def it_keeps_no_case_of_a_code_that_is_gone(folder):
    assert {path.name for path in (CASES / folder).iterdir()} == {code for room, code in CODES if room == folder}


def it_names_the_same_arguments_in_both_languages():
    for code, wording in catalogue().items():
        for text in filter(None, (wording.message, wording.hint)):
            named = [set(re.findall(r"(?<!\{)\{(\w+)\}", text.in_language(language))) for language in ("zh", "en")]
            assert named[0] == named[1], code
