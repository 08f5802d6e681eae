"""One compiled template, many threads: every document has the same bytes."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from generator.excel.template import ExcelTemplate
from generator.word import WordTemplate
from tests.security.attacks import one_cell
from tests.support.words import document, paragraph

THREADS = 100
TEXT = "{% for r in rows %}{{ r.name }}{{ r.count + 1 }}；{% endfor %}"


@pytest.mark.parametrize("kind", [WordTemplate, ExcelTemplate])
def it_gives_a_hundred_threads_the_same_bytes(kind):
    template = kind(document(paragraph(TEXT)) if kind is WordTemplate else one_cell(TEXT))
    contexts = [{"rows": [{"name": f"甲{which}", "count": n} for n in range(20)]} for which in range(5)]
    alone = [template.render(context) for context in contexts]
    together = Barrier(THREADS)

    def render(number):
        together.wait(30)
        return template.render(contexts[number % 5])

    with ThreadPoolExecutor(THREADS) as pool:
        made = list(pool.map(render, range(THREADS)))
    assert made == [alone[number % 5] for number in range(THREADS)]
