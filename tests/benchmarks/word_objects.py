"""Images and sub-documents beside docxtpl: the same document, CPU time a document, in one run.

python tests/benchmarks/word_objects.py [--documents 20]
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import docx
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from generator.word import WordTemplate
from tests.support.pictures import picture

PICTURES = [picture(size=(320, 200), colour=colour) for colour in ("red", "green", "blue", "black", "white")]


def _saved(made: Any) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _template(tag: str) -> bytes:
    made = docx.Document()
    for number in range(100):
        made.add_paragraph(f"第{number}段，{{{{ name }}}}。" * 5)
    for text in ("{%p for x in many %}", tag, "{%p endfor %}"):
        made.add_paragraph(text)
    return _saved(made)


def _annex() -> bytes:
    made = docx.Document()
    made.add_heading("附件", 1)
    for number in range(30):
        made.add_paragraph(f"第{number}项", style="List Number")
    table = made.add_table(10, 4, style="Table Grid")
    for cell in table._cells:
        cell.text = "格"
    made.add_picture(io.BytesIO(PICTURES[0]), width=Mm(30))
    return _saved(made)


def _time(render: Callable[[], object], documents: int) -> float:
    render()
    times = []
    for _ in range(documents):
        start = time.process_time()
        render()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def measure(documents: int) -> Iterator[tuple[str, float, float]]:
    """What is printed, milliseconds of docxtpl and milliseconds here, for each kind of object."""
    annex = _annex()
    for label, content in (("images", _template("{{ x }}")), ("sub-documents", _template("{{p x }}"))):
        ours = WordTemplate(content)

        def theirs(content: bytes = content, label: str = label) -> None:
            template = DocxTemplate(io.BytesIO(content))
            if label == "images":
                many: list[Any] = [InlineImage(template, io.BytesIO(one), width=Mm(50)) for one in PICTURES * 2]
            else:
                many = [template.new_subdoc(io.BytesIO(annex)) for _ in range(3)]
            template.render({"name": "某单位", "many": many})
            template.save(io.BytesIO())

        def mine(template: WordTemplate = ours, label: str = label) -> None:
            if label == "images":
                many: list[Any] = [template.image(one, width=Mm(50)) for one in PICTURES * 2]
            else:
                many = [template.subdoc(annex) for _ in range(3)]
            template.render({"name": "某单位", "many": many})

        yield label, _time(theirs, documents), _time(mine, documents)


def main() -> None:
    """Print milliseconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20)
    for label, slow, fast in measure(parser.parse_args().documents):
        print(f"{label}: docxtpl {slow:.1f} ms, here {fast:.2f} ms, {slow / fast:.1f}×")


if __name__ == "__main__":
    main()
