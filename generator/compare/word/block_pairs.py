"""Which paragraph became which, and which table: a story compared block by block."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from itertools import count
from typing import Any

from generator.compare.align import Alignment, align
from generator.compare.difference import Level
from generator.compare.text_changes import quoted, similarity
from generator.compare.word.comparing_state import Comparing
from generator.compare.word.document_model import Block, Paragraph, Table, block_text, paragraphs
from generator.compare.word.paragraph_differences import compare_paragraph
from generator.compare.word.paragraph_splits import Resplit, find_resplits
from generator.compare.word.table_differences import compare_tables
from generator.diagnostics import Text
from generator.diagnostics.places import within
from generator.diagnostics.wording import comparison_terms as terms
from generator.kept.light_classes import replace

Anchor = Mapping[str, Any]


def align_blocks(old: Sequence[Block], new: Sequence[Block]) -> Alignment:
    """Align the blocks of a story by content."""
    a, b = [_key(block) for block in old], [_key(block) for block in new]
    texts: dict[int, str] = {}

    def text(block: Block) -> str:
        return texts.setdefault(id(block), block_text(block))

    def alike(i: int, j: int) -> float:
        return similarity(text(old[i]), text(new[j])) if type(old[i]) is type(new[j]) else 0.0

    return align(
        a,
        b,
        similarity=alike,
        movable=lambda i: isinstance(old[i], Table) or len(text(old[i]).strip()) > 1,
        compatible=lambda i, j: type(old[i]) is type(new[j]),
    )


def _key(block: Block) -> Hashable:
    if isinstance(block, Paragraph):
        return block.text, tuple(o.value for o in block.objects if o.kind in ("image", "break"))
    return tuple(tuple((cell.column, cell.text) for cell in row.cells) for row in block.rows)


def numbers(blocks: Sequence[Block]) -> list[int]:
    """The number of each block: paragraphs and tables are counted apart, from 1."""
    counted = {Paragraph: count(1), Table: count(1)}
    return [next(counted[type(block)]) for block in blocks]


def compare_blocks(
    comparing: Comparing,
    old: Sequence[Block],
    new: Sequence[Block],
    base: Anchor,
    *,
    header: str = "",
    old_base: Anchor | None = None,
) -> Alignment:
    """Note what differs between two stories, cells or notes at `base`, which was `old_base` in the old document."""
    inner = base != {"part": "body"}
    if inner and len(old) == len(new) == 1 and isinstance(old[0], Paragraph) and isinstance(new[0], Paragraph):
        plain = "table" in base
        compare_paragraph(comparing, old[0], new[0], base, header=header, plain=plain, old_anchor=old_base)
        return Alignment([(0, 0)], [], [], [])
    aligned, resplits = find_resplits(old, new, align_blocks(old, new))
    before, after = numbers(old), numbers(new)
    paired_old = [i for i, _ in aligned.pairs]

    def after_which(i: int) -> int:
        position = bisect_left(paired_old, i)
        return aligned.pairs[position][1] if position < len(paired_old) else len(new)

    events: list[tuple[int, int, int, int]] = []  # place in the new story, order there, old index, new index
    events += [(j, 2, i, j) for i, j in aligned.pairs]
    events += [(after_which(i), 0, i, -1) for i in aligned.deleted]
    events += [(j, 1, -1, j) for j in aligned.inserted]
    events += [(j, 3, i, j) for i, j in aligned.moved]
    events += [(resplit.new.start, 4, index, resplit.new.start) for index, resplit in enumerate(resplits)]
    for _, order, i, j in sorted(events):
        if order == 4:
            _resplit(comparing, resplits[i], old, new, (before, after), (old_base or base, base))
        elif order == 0:
            _present(comparing, old[i], before[i], (base, old_base or base), came=False)
        elif order == 1:
            _present(comparing, new[j], after[j], (base, base), came=True)
        else:
            if order == 3:
                _moved(comparing, aligned, old, before, i, j, base)
            places = place_of_block(base, new[j], after[j]), place_of_block(old_base or base, old[i], before[i])
            was_moving, comparing.moving = comparing.moving, comparing.moving or order == 3
            _changed(comparing, old[i], new[j], *places, header)
            comparing.moving = was_moving
    return aligned


def place_of_block(base: Anchor, block: Block, number: int) -> dict[str, Any]:
    """The place of a block by its number among the paragraphs, or tables, at `base`."""
    return within(base, paragraph=number) if isinstance(block, Paragraph) else within(base, table=number)


def _changed(comparing: Comparing, old: Block, new: Block, anchor: Anchor, old_anchor: Anchor, header: str) -> None:
    if old == new and not _numbered(new):
        return
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        compare_paragraph(comparing, old, new, anchor, header=header, old_anchor=old_anchor)
    elif isinstance(old, Table) and isinstance(new, Table):
        compare_tables(comparing, old, new, anchor, old_anchor, compare_blocks)


def _numbered(block: Block) -> bool:
    """Whether a number may stand in a block that follows from what stands above it."""
    return any(paragraph.number is not None for paragraph in paragraphs((block,)))


def _level(comparing: Comparing, block: Block) -> Level:
    """A block without text is structure."""
    return comparing.text if block_text(block).strip() else Level.STRUCTURE


def _resplit(
    comparing: Comparing,
    resplit: Resplit,
    old: Sequence[Block],
    new: Sequence[Block],
    counted: tuple[list[int], list[int]],
    bases: tuple[Anchor, Anchor],
) -> None:
    """A paragraph that was split, or several that were joined; what looks different in a part is told of the part."""
    i, j = resplit.old.start, resplit.new.start
    anchor, old_anchor = (
        place_of_block(bases[1], new[j], counted[1][j]),
        place_of_block(bases[0], old[i], counted[0][i]),
    )
    split = len(resplit.new) > 1
    kind = "paragraph-split" if split else "paragraph-joined"
    sides = (old, resplit.old), (new, resplit.new)
    texts = ["\n".join(block_text(blocks[k]) for k in part) for blocks, part in sides]
    n, m = (counted[1][j], len(resplit.new)) if split else (counted[0][i], counted[0][resplit.old[-1]])
    told = {"old": texts[0], "new": texts[1], "at": bases[1], "n": n, "m": m, "old_anchor": old_anchor}
    text = quoted(texts[0].partition("\n")[0])
    comparing.findings.add(kind, comparing.text, anchor, kind, text=text, **told)
    whole, (blocks, parts) = (old[i], sides[1]) if split else (new[j], sides[0])
    for k in parts:
        part = blocks[k]
        if isinstance(part, Paragraph) and isinstance(whole, Paragraph):
            like = replace(part, style=whole.style, heading=whole.heading, list=whole.list, format=whole.format)
            like = replace(like, number=whole.number if k == parts.start else None)
            where = place_of_block(bases[1], new[k], counted[1][k]) if split else anchor
            compare_paragraph(comparing, *((like, part) if split else (part, like)), where)


def _present(comparing: Comparing, block: Block, number: int, bases: tuple[Anchor, Anchor], came: bool) -> None:
    """A block that came or went; `bases` are the one that its message begins with, and its own."""
    text = block_text(block)
    told: dict[str, Any] = {"at": bases[0], "n": number}
    if isinstance(block, Paragraph):
        wording, told["text"] = "paragraph", quoted(text) if text else ""
    else:
        wording, told["rows"], told["columns"] = "table", len(block.rows), block.width
    kind, anchor = f"{wording}-{'inserted' if came else 'deleted'}", place_of_block(bases[1], block, number)
    comparing.findings.add_presence(kind, _level(comparing, block), anchor, wording, text, came, **told)


def _moved(
    comparing: Comparing, aligned: Alignment, old: Sequence[Block], before: list[int], i: int, j: int, base: Anchor
) -> None:
    """A move is told in the numbers of the old document: `第3段移至第9段之后`."""
    block = old[i]
    above, below = aligned.around(j)
    old_anchor = place_of_block(base, block, before[i])
    text = block_text(block)
    arguments: dict[str, Any] = {"old": text, "new": text, "at": base, "n": before[i], "gone": True}
    if isinstance(block, Paragraph):
        above = [x for x in above if isinstance(old[x], Paragraph)]
        below = [x for x in below if isinstance(old[x], Paragraph)]
        wording = "paragraph-moved" if above else "paragraph-moved-first"
        arguments["m"] = before[above[-1]] if above else before[below[0]] if below else 1
        comparing.findings.add("paragraph-moved", comparing.text, old_anchor, wording, **arguments)
        return
    target = terms.TO_THE_BEGINNING
    if above:
        last = above[-1]
        name = terms.PARAGRAPH if isinstance(old[last], Paragraph) else terms.TABLE_NUMBER
        target = terms.BEHIND.filled(above=Text(*(one.format(before[last]) for one in name)))
    comparing.findings.add("table-moved", comparing.text, old_anchor, "table-moved", target=target, **arguments)
