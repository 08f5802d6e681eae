"""Small templates of the kinds that lose or break something elsewhere: printed right, or refused with their place.

What stands beside control tags, whitespace control, filters and macros with `&`, `<` and `>`, exceptions in every statement,
fields in tags, bookmarks, notes and comments in loops and conditions, content controls, changes.
"""

import pytest

from generator.word import WordTemplate
from tests.support import ooxml
from tests.support.authoring import refused
from tests.support.words import texts
from tests.word.probes import CONTEXT, PROBES


@pytest.mark.parametrize("name", PROBES)
def it_prints_right_or_refuses_with_the_place(name):
    template, expected = PROBES[name]
    if expected and isinstance(expected[0], tuple):
        assert refused(template, CONTEXT) == expected
    else:
        content = WordTemplate(template).render(CONTEXT)
        assert texts(content) == expected
        assert not ooxml.new_findings(template, content)
