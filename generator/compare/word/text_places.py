"""The texts of a Word document by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.compare.word.block_pairs import numbers
from generator.compare.word.document_model import Block, Document, Paragraph
from generator.diagnostics.places import within

Anchor = Mapping[str, Any]


def texts_by_place(document: Document) -> Iterator[tuple[Anchor, str]]:
    """Every paragraph of the body, of headers and footers and of notes, as a comparison names its place."""
    yield from _texts(document.body, {"part": "body"})
    for index, section in enumerate(document.sections, 1):
        for part, stories in (("header", section.headers), ("footer", section.footers)):
            for kind, blocks in stories.items():
                anchor: dict[str, Any] = {"part": part, "section": index}
                if kind != "default":
                    anchor["kind"] = kind
                yield from _texts(blocks, anchor)
    for part, notes in document.notes.items():
        for number, note in enumerate(notes, 1):
            yield from _texts(note.blocks, {"part": part, "number": number})
    for name, text in document.properties.items():
        yield {"part": "property", "name": name}, text


def _texts(blocks: Sequence[Block], base: Anchor) -> Iterator[tuple[Anchor, str]]:
    alone = len(blocks) == 1 and base != {"part": "body"}
    for block, number in zip(blocks, numbers(blocks), strict=True):
        if isinstance(block, Paragraph):
            yield (base if alone else within(base, paragraph=number)), block.text
            continue
        table = within(base, table=number)
        for row in block.rows:
            for cell in row.cells:
                yield from _texts(cell.blocks, within(table, row=cell.row + 1, column=cell.column + 1))
