"""A Word document as a person sees it: blocks, stories, notes, pictures, sections; no ids, no run splits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.compare.canonical import Properties
from generator.compare.chart_model import Chart
from generator.compare.word.table_looks import CellLook
from generator.kept.light_classes import dataclass, field
from generator.kept.light_tuples import NamedTuple


class Span(NamedTuple):
    """A stretch of a paragraph's text in one format."""

    start: int
    end: int
    format: Properties


class Object(NamedTuple):
    """What stands within a paragraph beside its text.

    `kind` is image, field, bookmark, link, break, footnote, endnote, comment, textbox, chart, math, control, object,
    inserted or deleted (tracked). `value` is what identifies it by meaning, `format` what it looks like.
    """

    kind: str
    position: int
    value: Any
    format: Any = ()


class ListLevel(NamedTuple):
    """A list level, from 0, with its number format (`decimal`, `bullet`, …) and text (`%1.`).

    `start` is its first number, `suffix` what stands behind it (`tab`, `space`, `nothing`), `alignment` where it stands; `indent`
    and `run` are the formats of the paragraph and of the number. `restart` is the level from 1 after which it begins anew (0:
    never, None: any above it), `legal` whether it shows all numbers in digits, `custom` the pattern of the format `custom`.
    """

    level: int
    format: str
    text: str
    start: int = 0
    suffix: str = "tab"
    alignment: str = "left"
    indent: Properties = ()
    run: Properties = ()
    restart: int | None = None
    legal: bool = False
    custom: str = ""


class Printed(NamedTuple):
    """What is printed in front of a paragraph of a list.

    `numbering` is the definition behind its list, `formats` are the number formats of the levels that it shows; `run` tells stretches of paragraphs apart that are counted through,
    from 1; `begins` is true of one that begins such a stretch without a paragraph of a higher level before it.
    """

    label: str
    formats: tuple[str, ...]
    run: int
    begins: bool
    numbering: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `heading` is its outline level from 1, or 0; `list_id` tells lists of one document apart.

    `number` is what is printed in front of it; paragraphs that differ in it alone are equal, as it follows from what stands above.
    """

    text: str
    style: str
    heading: int
    list: ListLevel | None
    list_id: str
    spans: tuple[Span, ...]
    format: Properties
    mark: Properties
    objects: tuple[Object, ...]
    volatile: tuple[str, ...] = ()
    number: Printed | None = field(default=None, compare=False)

    @property
    def label(self) -> str:
        """The number in front of it, "" where there is none."""
        return self.number.label if self.number else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its first row and grid column (from 0); spans count rows and grid columns.

    `swallowed` is what stands hidden in the cells that it was merged with; `look` what a reader sees of the cell, where formats
    are compared so.
    """

    row: int
    column: int
    rows: int
    columns: int
    blocks: tuple[Block, ...]
    format: Properties
    text: str
    swallowed: tuple[Block, ...] = ()
    look: CellLook | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the cells that begin in it."""

    cells: tuple[Cell, ...]
    format: Properties
    header: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table over a grid of columns; `grid` is their widths in twentieths of a point."""

    style: str
    grid: tuple[str, ...]
    rows: tuple[Row, ...]
    format: Properties

    @property
    def width(self) -> int:
        """The number of grid columns."""
        ends = [cell.column + cell.columns for row in self.rows for cell in row.cells]
        return max([len(self.grid), *ends])


Block = Paragraph | Table


class Note(NamedTuple):
    """A footnote, endnote, comment (with its author) or text box."""

    blocks: tuple[Block, ...]
    author: str = ""


class Section(NamedTuple):
    """A section's page setup, the paragraph of the body that ends it (from 1, 0 for the last) and its stories."""

    format: Properties
    paragraph: int
    headers: Mapping[str, tuple[Block, ...]]
    footers: Mapping[str, tuple[Block, ...]]


class Style(NamedTuple):
    """A style's definition."""

    type: str
    based_on: str
    paragraph: Properties
    run: Properties
    table: Any


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document; `picture` gives a picture by its digest."""

    name: str
    body: tuple[Block, ...]
    sections: tuple[Section, ...]
    notes: Mapping[str, tuple[Note, ...]]  # by "footnote", "endnote", "comment", "textbox"
    charts: tuple[Chart, ...]
    styles: Mapping[str, Style]
    defaults: Properties
    settings: Properties
    properties: Mapping[str, str]
    traces: Mapping[str, str]
    parts: Mapping[str, str]
    seen_styles: Mapping[str, Style] | None = None
    picture: Callable[[str], bytes | None] | None = field(default=None, compare=False)


def block_text(block: Block) -> str:
    """A block's text; cells by tabs, rows by line breaks."""
    if isinstance(block, Paragraph):
        return block.text
    return "\n".join("\t".join(cell.text for cell in row.cells) for row in block.rows)


def blocks_text(blocks: tuple[Block, ...]) -> str:
    """The text of blocks, one below the other."""
    return "\n".join(block_text(block) for block in blocks)


def all_blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every paragraph and table, those within cells too, in order."""
    for block in blocks:
        yield block
        if isinstance(block, Table):
            yield from (one for row in block.rows for cell in row.cells for one in all_blocks(cell.blocks))


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Every paragraph, those of cells too, in order."""
    return (block for block in all_blocks(blocks) if isinstance(block, Paragraph))
