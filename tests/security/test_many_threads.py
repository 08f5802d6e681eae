"""One compiled template, many threads, processes and renders: every document has the same bytes, and memory stays flat."""

import gc
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
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


def made_of(template, context):
    return template.render(context)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [WordTemplate, ExcelTemplate])
def it_gives_eight_processes_the_same_bytes(kind):
    template = kind(document(paragraph(TEXT)) if kind is WordTemplate else one_cell(TEXT))
    context = {"rows": [{"name": "甲", "count": n} for n in range(20)]}
    with ProcessPoolExecutor(8, mp_context=multiprocessing.get_context("spawn")) as pool:
        made = list(pool.map(made_of, [template] * 32, [context] * 32))
    assert set(made) == {template.render(context)}


def grown(kind, renders):
    """Blocks of memory that so many renders leave behind."""
    template = kind(document(paragraph(TEXT)) if kind is WordTemplate else one_cell(TEXT))

    def some(count):
        for number in range(count):
            template.render({"rows": [{"name": f"甲{number}", "count": number}]})
        gc.collect()

    some(100)
    before = sys.getallocatedblocks()
    some(renders)
    return sys.getallocatedblocks() - before


@pytest.mark.parametrize("kind", [WordTemplate, ExcelTemplate])
def it_keeps_nothing_of_two_hundred_renders(kind):
    assert grown(kind, 200) < 100


@pytest.mark.slow
@pytest.mark.parametrize("kind", [WordTemplate, ExcelTemplate])
def it_keeps_nothing_of_ten_thousand_renders(kind):
    assert grown(kind, 10_000) < 1_000
