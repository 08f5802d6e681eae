"""Cells that merge, and containers that must not end up empty.

`{% vm expr %}`, `{% vm %}`, `{% hm %}`, `{% colspan %}` and `{% cellbg %}` become cell properties in the order of the
schema, and conditions around the cell's content; what they calculate is calculated once for each cell.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from generator.ooxml.package import copy_of
from generator.ooxml.wordprocessing import (
    BODY,
    CONTAINERS,
    PPR,
    TBL,
    TC,
    TCPR,
    TR,
    Element,
    P,
    T,
    W,
    ancestor,
    cells,
    grid_span,
    put_at_end,
    put_before,
    put_behind,
    rows,
    set_cell_property,
)
from generator.template.faults import PlacedTag, match_blocks
from generator.template.tags import captures
from generator.word.compile.tokens import GRID_FOLLOWS, PIECE, ROWS_MAY_LACK, TOKEN, Slot, Tokens

_MARKUP = Slot("markup")


def apply_merges(tokens: Tokens) -> None:
    """Turn the merging tags of cells into properties and conditions."""
    by_cell: dict[Element, dict[str, list[PlacedTag]]] = {}
    last: dict[Element, Element] = {}
    for cell, placed, node in tokens.merges:
        by_cell.setdefault(cell, {}).setdefault(placed.tag.keyword, []).append(placed)
        if placed.tag.keyword == "vm":
            last[cell] = node
    tables: dict[Element, list[Element]] = {}
    for cell, kinds in by_cell.items():
        table = ancestor(cell, TBL)
        if table is None:
            continue
        if "colspan" in kinds:
            placed = kinds["colspan"][-1]
            value = tokens.attribute(f"__columns({_expression(placed)})", placed)
            set_cell_property(cell, "gridSpan", {"val": value})
        if "cellbg" in kinds:
            placed = kinds["cellbg"][-1]
            value = tokens.attribute(f"__colour({_expression(placed)})", placed)
            set_cell_property(cell, "shd", {"val": "clear", "color": "auto", "fill": value})
        if "vm" in kinds:
            tables.setdefault(table, []).append(cell)
    for number, (table, merged) in enumerate(tables.items()):
        _merge_down(tokens, table, f"t{number}", {cell: by_cell[cell]["vm"] for cell in merged}, last)
    for cell, kinds in by_cell.items():
        if "hm" in kinds:
            _merge_across(tokens, cell, kinds["hm"][0])


def _expression(placed: PlacedTag) -> str:
    return placed.tag.body[len(placed.tag.keyword) :].strip()


def _merge_down(
    tokens: Tokens, table: Element, name: str, merged: dict[Element, list[PlacedTag]], last: dict[Element, Element]
) -> None:
    put_before(table, tokens.source(f"{{% do __begin('{name}') %}}"))
    _begin_at_loops(tokens, table, name)
    variable = len(tokens.pieces)
    for row in rows(table):
        own = dict(cells(row))
        for cell, ones in merged.items():
            if cell not in own:
                continue
            variable += 1
            same = f"__same{variable}"
            values = [_expression(placed) for placed in ones if _expression(placed)]
            if values:
                value = values[0] if len(values) == 1 else f"({', '.join(values)})"
                question = f"__continues('{name}', {own[cell]}, {value})"
            else:
                question = f"__continues('{name}', {own[cell]}, none, loop.first)"
            put_before(cell, tokens.source(f"{{%\n set {same} = {question} %}}", ones[0]))
            set_cell_property(cell, "vMerge", {"val": tokens.attribute(f"'continue' if {same} else 'restart'")})
            if values or not _text_only_if_new(tokens, cell, last[cell], same):
                _only_if_new(tokens, cell, same)
        put_before(row, tokens.source(f"{{% do __row('{name}') %}}"))


def _begin_at_loops(tokens: Tokens, table: Element, name: str) -> None:
    """A run of merged cells ends where an outermost row loop of the table begins."""
    depth = 0

    def marked(text: str | None) -> str | None:
        nonlocal depth
        if not text:
            return text
        out, position = [], 0
        for match in TOKEN.finditer(text):
            placed = tokens.pieces[int(match[1])].placed
            keyword = placed.tag.keyword if placed is not None and tokens.pieces[int(match[1])].source is None else ""
            if keyword == "for":
                if depth == 0:
                    start = match.start() - len(PIECE)
                    out.append(text[position:start] + tokens.source(f"{{% do __begin('{name}') %}}"))
                    position = start
                depth += 1
            elif keyword == "endfor":
                depth -= 1
        return "".join(out) + text[position:]

    table.text = marked(table.text)
    for child in table:
        child.tail = marked(child.tail)


def _text_only_if_new(tokens: Tokens, cell: Element, last: Element, same: str) -> bool:
    """docxtpl's `{% vm %}`: a cell that continues keeps its content but for the text up to the tag."""
    nodes: list[Element] = []
    for node in cell.iter(T):
        nodes.append(node)
        if node is last:
            break
    if last.getparent() is None or any(match_blocks(_tags(tokens, [node.text or ""])) for node in nodes):
        return False
    for node in nodes:
        if node.text:
            node.text = tokens.source(f"{{% if not {same} %}}") + node.text + tokens.source("{% endif %}")
    return True


def _only_if_new(tokens: Tokens, cell: Element, same: str) -> None:
    """Print a cell's content where it does not continue the cell above; an empty paragraph where it does."""
    if not _self_contained(tokens, cell):
        return
    first = next((child for child in cell if child.tag == P), None)
    empty = etree.Element(P)
    properties = first.find(PPR) if first is not None else None
    if properties is not None:
        empty.append(copy_of(properties))
    _open(cell, tokens.source(f"{{% if not {same} %}}"))
    put_at_end(cell, tokens.source("{% else %}"))
    cell.append(empty)
    empty.tail = tokens.source("{% endif %}")


def _merge_across(tokens: Tokens, cell: Element, placed: PlacedTag) -> None:
    """`{% hm %}`: one cell instead of one for each turn of its loop, as wide as all of them."""
    if not _self_contained(tokens, cell):
        return
    if not _in_column_loop(tokens, cell):
        tokens.faults.append(placed.finding("word-merge-needs-columns"))
        return
    span = grid_span(cell)
    width = "loop.length" if span == 1 else f"loop.length * {span}"
    set_cell_property(cell, "gridSpan", {"val": tokens.attribute(width, placed)})
    put_before(cell, tokens.source("{%\n if loop.first %}", placed))
    put_behind(cell, tokens.source("{% endif %}"))


def _in_column_loop(tokens: Tokens, cell: Element) -> bool:
    """Whether a loop that repeats the cell begins in its row: in a loop of rows each row has another value there."""
    line = ancestor(cell, TR)
    assert line is not None
    before = [line.text or ""]
    for sibling in line:
        if sibling is cell or cell in sibling.iter(TC):
            break
        before += [*map(str, sibling.itertext()), sibling.tail or ""]
    keywords = [placed.tag.keyword for placed in _tags(tokens, before)]
    return keywords.count("for") > keywords.count("endfor")


def _open(container: Element, text: str) -> None:
    """Put text at the beginning of a container, behind its properties."""
    properties = container.find(TCPR) if container.tag == TC else None
    if properties is not None:
        put_behind(properties, text)
    else:
        container.text = text + (container.text or "")


def _tags(tokens: Tokens, texts: Iterable[str]) -> list[PlacedTag]:
    pieces = (tokens.pieces[int(match[1])] for text in texts for match in TOKEN.finditer(text))
    return [piece.placed for piece in pieces if piece.placed is not None and piece.source is None]


def _self_contained(tokens: Tokens, element: Element) -> bool:
    """Whether every block that begins in an element ends in it."""
    return not match_blocks(_tags(tokens, (str(text) for text in element.itertext())))


def note_loops_over_cells(tokens: Tokens, root: Element) -> None:
    """A loop that begins in one cell and ends in another repeats cells: the grid of its table must follow."""
    for cell in root.iter(TC):
        texts = [str(text) for text in cell.itertext() if TOKEN.search(str(text))]
        table = ancestor(cell, TBL)
        if texts and table is not None and match_blocks(_tags(tokens, texts)):
            tokens.dynamic.append(table)


def guard_containers(tokens: Tokens) -> None:
    """Make sure that no table ends up without rows, no cell (footnote, text box, …) without a paragraph at its end."""
    tables: dict[Element, bool] = dict.fromkeys(tokens.dynamic, True)
    for cell, placed, _ in tokens.merges:
        table = ancestor(cell, TBL)
        if table is not None and placed.tag.keyword in ("colspan", "hm"):
            tables[table] = True
    for cell in tokens.branching:  # a block from one cell to another repeats cells
        table = ancestor(cell, TBL)
        if table is not None and not _self_contained(tokens, cell):
            tables[table] = True
    containers: dict[Element, None] = {}
    for element in dict.fromkeys(tokens.touched):
        if element.tag == TBL:
            if not _has_certain(tokens, element, TR):
                tables.setdefault(element, False)
        else:
            containers.setdefault(element)
    streams = not any(captures(piece.placed.tag) for piece in tokens.pieces if piece.placed is not None)
    for table, grid in tables.items():
        parent = table.getparent()
        if parent is not None and not _has_certain(tokens, table, TR):
            containers.setdefault(parent)
        if _self_contained(tokens, table):
            _guard_table(tokens, table, grid, streams)
    for container in containers:
        _guard_container(tokens, container)


def _guard_table(tokens: Tokens, table: Element, grid: bool, streams: bool) -> None:
    """Make sure that a table has rows.

    Args:
        tokens: of its part.
        table: whose tags are its own.
        grid: whether its columns follow what is printed.
        streams: whether nothing in the part catches what is printed.
    """
    parent = table.getparent()
    if not grid and streams and parent is not None and parent.tag == BODY and _sets_nothing(tokens, table):
        _hold(table, parent)
        tokens.held = True
    elif _sets_nothing(tokens, table):
        put_before(table, tokens.source(f"{{% filter __table({grid}) %}}"))
        put_behind(table, tokens.source("{% endfilter %}"))
    else:
        if grid:
            _add_cells_if_none(tokens, table)
            table.insert(0, etree.ProcessingInstruction(GRID_FOLLOWS))
            tokens.regrid = True
        if not _has_certain(tokens, table, TR):
            _add_row_if_none(tokens, table)


def _guard_container(tokens: Tokens, container: Element) -> None:
    """Make sure that what holds paragraphs ends with one."""
    if container.tag == f"{W}sdtContent":
        if ancestor(container, P) is not None:
            return
    elif container.tag not in CONTAINERS:
        return
    if _has_certain(tokens, container, P) or not _self_contained(tokens, container):
        return
    if _sets_nothing(tokens, container):
        _open(container, tokens.source("{% filter __blocks %}"))
        put_at_end(container, tokens.source("{% endfilter %}"))
    else:
        container.append(etree.Element(P))


def _hold(table: Element, body: Element) -> None:
    """Mark a table of the body for `rows_or_nothing`: its rows stream, however many they are."""
    at = body.index(table)
    end = etree.ProcessingInstruction(ROWS_MAY_LACK, "end")
    end.tail, table.tail = table.tail, None
    body.insert(at + 1, end)
    body.insert(at, etree.ProcessingInstruction(ROWS_MAY_LACK, "begin"))


def _add_row_if_none(tokens: Tokens, table: Element) -> None:
    """A table whose tags set names is not buffered (the names would not be known behind it): where it printed no row,
    it ends with an empty one."""
    name = f"g{len(tokens.pieces)}"
    put_before(table, tokens.source(f"{{% do __begin('{name}') %}}"))
    for line in rows(table):
        put_before(line, tokens.source(f"{{% do __row('{name}') %}}"))
    put_at_end(table, tokens.source(f"{{{{\n __row_if_none('{name}') }}}}", None, _MARKUP))


def _add_cells_if_none(tokens: Tokens, table: Element) -> None:
    """A row of such a table that printed no cell ends with an empty one."""
    for line in rows(table):
        name = f"c{len(tokens.pieces)}"
        put_before(line, tokens.source(f"{{% do __begin('{name}') %}}"))
        for cell, _ in cells(line):
            put_before(cell, tokens.source(f"{{% do __row('{name}') %}}"))
        put_at_end(line, tokens.source(f"{{{{\n __cell_if_none('{name}') }}}}", None, _MARKUP))


def _sets_nothing(tokens: Tokens, element: Element) -> bool:
    """Whether nothing in an element sets a name that may be used behind it."""
    return not any(tag.tag.keyword == "set" for tag in _tags(tokens, (str(text) for text in element.itertext())))


def _has_certain(tokens: Tokens, container: Element, wanted: str) -> bool:
    """Whether a container is certain to hold a child, for paragraphs at its end."""
    depth = 0
    certain = False
    for text, child in _content(container):
        for placed in _tags(tokens, [text]):
            keyword = placed.tag.keyword
            if placed.tag.mark == "{{":
                certain = certain and wanted == TR
            elif keyword in ("for", "if"):
                depth += 1
                certain = certain and wanted == TR
            elif keyword in ("endfor", "endif"):
                depth -= 1
        if child is not None and child.tag == wanted and depth == 0:
            certain = True
        elif child is not None and child.tag == TBL and wanted == P:
            certain = False
    return certain


def _content(container: Element) -> Iterable[tuple[str, Element | None]]:
    yield container.text or "", None
    for child in container:
        yield "", child
        yield child.tail or "", None
