"""Two Word documents side by side in HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from generator.compare.align import align
from generator.compare.page_marks import Marks, broken, changed_text, folded
from generator.compare.word.block_pairs import align_blocks, numbers, place_of_block
from generator.compare.word.document_model import Block, Cell, Document, Paragraph, Table, blocks_text
from generator.compare.word.object_differences import OBJECTS
from generator.diagnostics.places import innermost, within
from generator.diagnostics.wording import comparison_terms as terms

Anchor = Mapping[str, Any]
_BY_COLOUR = ("text", "paragraph-moved", "paragraph-inserted", "paragraph-deleted")
_WITH_PICTURES = ("image", "paragraph-inserted", "paragraph-deleted", "paragraph-moved")
_NOTES = {
    "footnote": terms.FOOTNOTES,
    "endnote": terms.ENDNOTES,
    "comment": terms.COMMENTS,
    "textbox": terms.TEXT_BOXES,
}


def document_sides(old: Document, new: Document, marks: Marks, language: str) -> Iterable[str]:
    """Body, headers, footers and notes of two documents, aligned."""
    yield f"<h2>{terms.BODY.in_language(language)}</h2>"
    yield from _story(old.body, new.body, {"part": "body"}, {"part": "body"}, marks)
    for part, title in (("header", terms.HEADERS), ("footer", terms.FOOTERS)):
        rows: list[str] = []
        for index in range(max(len(old.sections), len(new.sections))):
            for kind in ("default", "first", "even"):
                stories = [
                    getattr(d.sections[index], f"{part}s").get(kind, ()) if index < len(d.sections) else ()
                    for d in (old, new)
                ]
                anchor: dict[str, Any] = {"part": part, "section": index + 1}
                if kind != "default":
                    anchor["kind"] = kind
                if any(marks.at(side, anchor) for side in ("old", "new")) or stories[0] != stories[1]:
                    rows += _story(stories[0], stories[1], anchor, anchor, marks)
        if rows:
            yield f"<h2>{title.in_language(language)}</h2>"
            yield from rows
    for kind, title in _NOTES.items():
        before, after = old.notes[kind], new.notes[kind]
        if not before and not after:
            continue
        yield f"<h2>{title.in_language(language)}</h2>"
        texts = [[blocks_text(n.blocks) for n in notes] for notes in (before, after)]
        aligned = align(texts[0], texts[1])
        for i, j in sorted((*aligned.pairs, *aligned.moved), key=lambda pair: pair[1]):
            places = {"part": kind, "number": i + 1}, {"part": kind, "number": j + 1}
            yield from _story(before[i].blocks, after[j].blocks, *places, marks)
        for i in aligned.deleted:
            yield from _story(before[i].blocks, (), {"part": kind, "number": i + 1}, {}, marks)
        for j in aligned.inserted:
            yield from _story((), after[j].blocks, {}, {"part": kind, "number": j + 1}, marks)


def _story(old: Sequence[Block], new: Sequence[Block], old_base: Anchor, base: Anchor, marks: Marks) -> Iterable[str]:
    aligned = align_blocks(old, new)
    before, after = numbers(old), numbers(new)
    moved_old, moved_new = {i for i, _ in aligned.moved}, {j for _, j in aligned.moved}
    rows: list[tuple[int, int]] = []
    last = (-1, -1)
    for i, j in [*aligned.pairs, (len(old), len(new))]:
        rows += [(x, -1) for x in range(last[0] + 1, i)]
        rows += [(-1, y) for y in range(last[1] + 1, j)]
        if i < len(old) or j < len(new):
            rows.append((i, j))
        last = (i, j)
    shown: list[tuple[bool, str]] = []
    for i, j in rows:
        a, b = old[i] if i >= 0 else None, new[j] if j >= 0 else None
        places = [
            None if block is None else place_of_block(root, block, number)
            for block, root, number in ((a, old_base, before[i] if i >= 0 else 0), (b, base, after[j] if j >= 0 else 0))
        ]
        if len(old) == 1 and places[0] is not None and isinstance(a, Paragraph) and old_base != {"part": "body"}:
            places[0] = dict(old_base)
        if len(new) == 1 and places[1] is not None and isinstance(b, Paragraph) and base != {"part": "body"}:
            places[1] = dict(base)
        left, right = _pair(a, b, places, marks)
        classes = [
            "moved" if i in moved_old else "gone" if b is None else "",
            "moved" if j in moved_new else "come" if a is None else "",
        ]
        cells = [
            f'<td class="{name if block is not None else ""}">{html}</td>'
            for block, name, html in ((a, classes[0], left), (b, classes[1], right))
        ]
        changed = any(classes) or "mark" in left + right
        row_class = "" if changed else ' class="still"'
        shown.append((changed, f"<tr{row_class}>{cells[0]}{cells[1]}</tr>"))
    yield from folded(shown, marks.language)


def _pair(old: Block | None, new: Block | None, places: Sequence[Anchor | None], marks: Marks) -> tuple[str, str]:
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        texts = changed_text(old.text, new.text)
        return _paragraph(old, texts[0], "old", places[0], marks), _paragraph(new, texts[1], "new", places[1], marks)
    if isinstance(old, Table) and isinstance(new, Table):
        texts_old, texts_new = _cell_texts(old, new, places, marks)
        return _table(old, texts_old, "old", places[0], marks), _table(new, texts_new, "new", places[1], marks)
    return _alone(old, "old", places[0], marks), _alone(new, "new", places[1], marks)


def _alone(block: Block | None, side: str, place: Anchor | None, marks: Marks) -> str:
    """A block that the other side has nothing for."""
    if block is None:
        return ""
    if isinstance(block, Paragraph):
        return _paragraph(block, broken(escape(block.text)), side, place, marks)
    return _table(block, {}, side, place, marks)


def _paragraph(paragraph: Paragraph, html: str, side: str, place: Anchor | None, marks: Marks) -> str:
    found = marks.at(side, place) if place is not None else []
    extra = "h" if paragraph.heading else ""
    if found and all(marks.differences[n].kind not in _BY_COLOUR for n in found):
        extra += " look"
    prefix = f'<span class="num">{escape(paragraph.label)}</span> ' if paragraph.label else ""
    objects = "".join(
        f'<span class="note">[{escape(OBJECTS[o.kind].in_language(marks.language))}]</span>'
        for o in paragraph.objects
        if o.kind != "bookmark"
    )
    pictures = ""
    if found and any(marks.differences[n].kind in _WITH_PICTURES for n in found):
        digests = [str(o.value) for o in paragraph.objects if o.kind == "image"]
        images = "".join(marks.image(side, digest) for digest in digests)
        pictures = f'<span class="pictures">{images}</span>' if images else ""
    words = marks.words(side, found)
    return f"<p{marks.attributes(found, extra.strip())}>{prefix}{html}{objects}{pictures}{words}</p>"


def _cell_texts(
    old: Table, new: Table, places: Sequence[Anchor | None], marks: Marks
) -> tuple[dict[tuple[int, int], str], dict[tuple[int, int], str]]:
    """The texts of cells that changed, with their changes marked."""
    found_old: dict[tuple[int, int], str] = {}
    found_new: dict[tuple[int, int], str] = {}
    cells = {(c.row, c.column): c for row in new.rows for c in row.cells}
    for row in old.rows:
        for cell in row.cells:
            place = within(places[0] or {}, row=cell.row + 1, column=cell.column + 1)
            for number in marks.at("old", place):
                difference = marks.differences[number]
                target = innermost(difference.anchor)
                other = cells.get((target.get("row", 0) - 1, target.get("column", 0) - 1))
                if difference.kind == "text" and other is not None:
                    texts = changed_text(cell.text, other.text)
                    found_old[cell.row, cell.column], found_new[other.row, other.column] = texts
    return found_old, found_new


def _table(table: Table, texts: Mapping[tuple[int, int], str], side: str, place: Anchor | None, marks: Marks) -> str:
    base = place or {}
    out = [f"<table{marks.attributes(marks.at(side, base), 'grid')}><tbody>"]
    columns = _columns(table, side, base, marks)
    for number, row in enumerate(table.rows):
        found = marks.at(side, within(base, row=number + 1))
        kinds = {marks.differences[n].kind for n in found}
        extra = "come" if "row-inserted" in kinds else "gone" if "row-deleted" in kinds else ""
        extra = "moved" if "row-moved" in kinds else extra
        out.append(f"<tr{marks.attributes(found, extra)}>")
        for cell in row.cells:
            out.append(_cell(cell, texts, side, base, marks, columns.get(cell.column, "")))
        out.append("</tr>")
    out.append("</tbody></table>")
    return "".join(out)


def _columns(table: Table, side: str, base: Anchor, marks: Marks) -> dict[int, str]:
    """The columns that came, went or moved, from 0, with the class that colours them."""
    classes = {"column-inserted": "come", "column-deleted": "gone", "column-moved": "moved"}
    return {
        column: classes[kind]
        for column in range(table.width)
        for number in marks.at(side, within(base, column=column + 1))
        if (kind := marks.differences[number].kind) in classes
    }


def _cell(cell: Cell, texts: Mapping[tuple[int, int], str], side: str, base: Anchor, marks: Marks, column: str) -> str:
    place = within(base, row=cell.row + 1, column=cell.column + 1)
    found = marks.at(side, place)
    if len(cell.blocks) > 1:
        for number in numbers(cell.blocks):
            found = found + marks.at(side, within(place, paragraph=number))
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
        f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    )
    html = texts.get((cell.row, cell.column), broken(escape(cell.text)))
    if found and all(marks.differences[n].kind != "text" for n in found):
        return f"<td{spans}{marks.attributes(found, column or 'look')}>{html}{marks.words(side, found)}</td>"
    return f"<td{spans}{marks.attributes(found, column)}>{html}</td>"
