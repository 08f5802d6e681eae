"""What one call of Python's own would take minutes for, in which nothing looks at the clock: its steps are counted before it is made."""

import time

import pytest

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from generator.figures.markdown_text import MOST_CHARACTERS, Markdown, MarkdownTooLong
from generator.ooxml.limits import Limits, within
from generator.template import bounded
from generator.template.budget import Budget, LimitExceeded
from generator.word import WordTemplate
from tests.security.attacks import one_cell
from tests.security.test_sandbox import CONTEXT
from tests.support.words import document, paragraph, texts

PATTERN = "'a' * 200000 ~ 'b' ~ 'a' * 200000"
CHAIN = "'real.' * 20000 ~ 'imag'"
HUGE = "(d ** 2400000)"
TOO_LONG = {
    **{
        f"searched from the end by {name}": f"{{{{ ('a' * 900000).{name}({PATTERN})|string|length }}}}"
        for name in ("rfind", "rindex", "rpartition", "rsplit")
    },
    **{
        f"stripped of a set by {name}": f"{{{{ ('a' * 900000).{name}('b' * 100000 ~ 'a')|length }}}}"
        for name in ("strip", "lstrip", "rstrip")
    },
    "trimmed of a set": "{{ ('一' * 900000)|trim('丁' * 100000 ~ '一')|length }}",
    "a method by another way": f"{{{{ (['a' * 900000]|map(attribute='rfind')|first)({PATTERN}) }}}}",
    **{
        f"long chains of attributes in {call}": f"{{{{ range(9999)|{call}|string|length }}}}"
        for call in (
            "sort(attribute='real,' * 20000 ~ 'imag')|list",
            f"sort(false, false, {CHAIN})|list",
            f"groupby({CHAIN})|list",
            f"unique(attribute={CHAIN})|list",
            f"unique(false, {CHAIN})|list",
            f"max(attribute={CHAIN})",
            f"min(false, {CHAIN})",
            f"sum({CHAIN})",
            f"join(attribute={CHAIN})",
            f"map(attribute={CHAIN})|list",
            f"selectattr({CHAIN})|list",
            f"rejectattr({CHAIN})|list",
        )
    },
    "attributes of what runs": f"{{{{ range(99999)|map('int')|max(attribute={CHAIN}) }}}}",
    **{
        f"huge numbers in {call}": "{{ " + call.format(HUGE) + " }}"
        for call in ("{}|int", "'%d' % {}", "'{{:f}}'.format({})", "{}|round(0, 'ceil')", "{}|capital", "{}|chinese")
    },
    "small numbers": "{{ (d ** -2400000)|fixed(2) }}",
    "brackets of a link": "{{ ('http://a' ~ '(' * 40000 ~ ')' * 40000)|urlize|length }}",
    "what ends a link": "{{ (')' * 90000 ~ 'a)')|urlize|length }}",
    "blanks that are wrapped": "{{ (' ' * 900000)|wordwrap(9)|length }}",
}


@pytest.mark.parametrize("make", [WordTemplate, ExcelTemplate])
@pytest.mark.parametrize("name", TOO_LONG)
def it_refuses_what_no_clock_would_end(name, make):
    template = make(document(paragraph(TOO_LONG[name])) if make is WordTemplate else one_cell(TOO_LONG[name]))
    begun = time.thread_time()
    with within(Limits(characters=10_000_000)), pytest.raises(InvalidTemplate) as caught:
        template.render(CONTEXT)
    assert time.thread_time() - begun < 5
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.location.place is not None) == ("template-too-large", True)


@pytest.mark.parametrize(
    ("name", "text", "sought"),
    [("rfind", "a", "ab" * 9), ("rsplit", "a", "ab" * 9), ("strip", "b", "xyz" * 9), ("rstrip", "b", "xyz" * 9)],
)
def it_counts_steps_as_both_texts_are_long(name, text, sought):
    def spent(times: int) -> int:
        budget = Budget(Limits(characters=10**12))
        bounded.within_method(budget, text * times, name, (sought * times,), {})
        return 10**12 - budget.characters

    assert spent(4_000) == pytest.approx(16 * spent(1_000), rel=0.05)


@pytest.mark.parametrize("unit", ["a\n", "> a\n", "> a\nb\n", "- a\n", "a|b\n", "*a ", "[a]("])
def it_reads_markdown_in_linear_steps(unit, monkeypatch):
    """A line end looked at all the text before it, and copied all that follows it."""
    import sys

    def steps(times: int) -> int:
        looked = 0

        def count(frame, event, argument):
            nonlocal looked
            looked += 1

        source = unit * times
        str(Markdown(unit))
        sys.setprofile(count)
        try:
            str(Markdown(source))
        finally:
            sys.setprofile(None)
        return looked

    assert steps(400) < 5 * steps(100)


def it_reads_no_markdown_that_is_longer_than_the_parser_is_quick_with():
    assert str(Markdown("a" * MOST_CHARACTERS))
    with pytest.raises(MarkdownTooLong):
        str(Markdown("a" * (MOST_CHARACTERS + 1)))
    for make in (WordTemplate, ExcelTemplate):
        tag = "{{ x|markdown }}"
        template = make(document(paragraph(tag)) if make is WordTemplate else one_cell(tag))
        with pytest.raises(InvalidTemplate) as caught:
            template.render({"x": "- a\n" * 100_000})
        assert [finding.code for finding in caught.value.diagnostics] == ["markdown-too-long"]


HONEST = {
    "{{ ('2020年/财政/工会' * 200).rsplit('/', 1)|last }}": "工会",
    "{{ '一、二、三、'.rstrip('、') }}|{{ '【甲】'|trim('【】') }}|{{ '。甲。'.strip('。，；') }}": "一、二、三|甲|甲",
    "{{ (rows * 20000)|sum(attribute='a') }}|{{ (rows * 20000)|map(attribute='b')|unique|join }}": "60000|乙丙",
    "{{ (nested * 30000)|sum(attribute='x.y') }}|{{ (nested * 30000)|sort(attribute='x.y')|length }}": "30000|30000",
    "{{ rows|join('、', attribute='b') }}|{{ rows|join('、', 'a') }}|{{ nested|join(attribute='x.y') }}": "乙、丙|1、2|1",
    "{{ (d * 10 ** 30)|int }}|{{ d|fixed(9) }}|{{ '%d' % (d * 10 ** 20) }}": f"25{'0' * 29}|2.500000000|25{'0' * 19}",
    "{{ ('甲乙丙，丁。戊（己）' * 900)|urlize|length }}": "9000",
    "{{ '甲 乙'|wordwrap(1)|replace('\\n', '') }}": "甲乙",
    "{{ 'ab'.translate('ab'.maketrans('a', 'b')) }}": "bb",
}


@pytest.mark.parametrize("template", HONEST)
def it_lets_ordinary_work_pass(template):
    made = WordTemplate(document(paragraph(template)))
    assert texts(made.render({**CONTEXT, "nested": [{"x": {"y": 1}}]})) == [HONEST[template]]


def it_says_that_a_large_decimal_number_is_too_large():
    budget = Budget(Limits())
    from decimal import Decimal

    assert budget.made(Decimal("1E+5000"))
    for text in ("1E+6001", "1E-6001", "-1E+900000"):
        with pytest.raises(LimitExceeded):
            budget.made(Decimal(text))
    assert str(budget.made(Decimal("Infinity"))) == "Infinity"
