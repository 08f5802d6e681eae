"""The words of many that stand in a text."""

from hypothesis import given
from hypothesis import strategies as st

from generator.formula.words_in_texts import WordsInTexts

words = st.text("增长率不", min_size=1, max_size=3)


@given(st.lists(words, max_size=6), st.lists(words, max_size=6), st.text("增长率不 ", max_size=8))
def it_finds_each_word_that_stands_in_a_text(first, then, text):
    found = WordsInTexts()
    found.take(first)
    assert found[text] == {word for word in first if word in text}
    found.take(then)
    assert found[text] == {word for word in (*first, *then) if word in text}
    assert found[text] is found[text]


def it_remembers_so_many_texts():
    found = WordsInTexts()
    found.take(["一"])
    for number in range(5000):
        assert not found[str(number)]
    assert len(found) <= 2000
