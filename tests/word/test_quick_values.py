"""Values that print by the short way print what the long way prints: texts, blanks, and what a template captures."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.runtime import new_context

from generator.figures import Blank, Figure
from generator.template.budget import Budget
from generator.template.environment import make_environment
from generator.word.compile.tokens import Slot
from generator.word.run.draft_end import Missing
from generator.word.run.program_functions import FUNCTIONS, OWN_FUNCTIONS
from generator.word.run.value_xml import printed, writers

MODES = ["text", "attribute", "plain", "run", "paragraph", "argument"]
SLOTS = {line: Slot(mode, "<w:pPr/>", "<w:rPr/>") for line, mode in enumerate(MODES)}
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=("Cs", "Cc")), st.sampled_from("\t\n\a\f\r\x0b\u2028&<>\"'【】\\")),
    max_size=8,
)
LINES = st.sampled_from(range(len(MODES)))


@given(TEXTS, LINES)
def it_prints_texts_alike_in_the_part_and_in_what_is_captured(text, line):
    write, captured, _ = writers(SLOTS)
    expected = printed(text, SLOTS[line])
    assert write(text, line) == expected.encode()
    assert captured(text, line) == expected


@given(TEXTS, LINES)
def it_prints_texts_of_a_draft_alike(text, line):
    write, captured, _ = writers(SLOTS, Missing())
    expected = printed(text, SLOTS[line], Missing())
    assert write(text, line) == expected.encode()
    assert captured(text, line) == expected


@given(TEXTS, st.booleans(), LINES)
def it_prints_blanks_alike(empty, required, line):
    for missing in (None, Missing()):
        blank = Blank("甲.乙", "乙", empty, required, draft=missing is not None)
        write, _, _ = writers(SLOTS, missing)
        assert write(blank, line) == printed(blank, SLOTS[line], missing).encode()


@given(st.decimals(-(10**9), 10**9, places=3), st.integers(0, 3), st.sampled_from(["", "分", "%"]))
def it_prints_figures_trimmed_as_fixed_ones_without_their_last_zeros(value, places, unit):
    for one in (value, value.normalize(), Decimal(int(value))):
        fixed = str(Figure(one, unit, places, "fixed")).removesuffix("%")
        trimmed = fixed.rstrip("0").rstrip(".") if "." in fixed else fixed
        assert str(Figure(one, unit, places, "trim")).removesuffix("%") == trimmed


def it_calls_a_function_of_the_engine_unless_its_name_was_taken():
    environment = make_environment()
    environment.own_functions = OWN_FUNCTIONS

    context = new_context(environment, None, {})
    context.output = SimpleNamespace(budget=Budget())
    ask = FUNCTIONS["__colour"]
    assert environment.own(context, ask, "FF0000") == environment.call(context, ask, "FF0000") == "FF0000"
    assert environment.own(context, "甲".join, ["1", "2"]) == "1甲2"
    with pytest.raises(TypeError, match="not callable"):
        environment.own(context, "甲")
