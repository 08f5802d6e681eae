"""A template rendered by docxtpl and by this engine."""

import io

import docxtpl

from generator.word import WordTemplate
from tests.support import ooxml


def theirs(template, context, **options):
    made = docxtpl.DocxTemplate(io.BytesIO(template))
    made.render(context, **options)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def ours(template, context, **options):
    content = WordTemplate(template, **options).render(context, trusted=True)
    assert not ooxml.new_findings(template, content)
    return content
