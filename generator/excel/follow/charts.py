"""Charts: the ranges of their series follow the cells, and so do the values that a chart keeps of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from generator.excel.calculate.formula_judging import ErrorValue, Value
from generator.excel.follow.formulas import Frame, rewrite
from generator.excel.follow.layout import Origin
from generator.kept.light_classes import replace
from generator.ooxml.addresses import Area, columns_of, rows_of
from generator.ooxml.cut_formulas import Piece, parse_formula
from generator.ooxml.package import local, take_out

Lookup = Callable[[str, int, int], "Value | ErrorValue | None"]

_CACHES = frozenset({"numCache", "strCache", "multiLvlStrCache", "lvl"})
_CHARTS = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
# the last: of C15, value from cells
_REFERENCES = {"numRef": "numCache", "strRef": "strCache", "datalabelsRange": "dlblRangeCache"}
_KEEPING = frozenset({*_REFERENCES, "multiLvlStrRef"})
_MOST = 100_000  # points of a cache


def follow_chart(root: etree._Element, frame: Frame, row: Origin | None = None) -> bool:
    """A chart part (`chartSpace`, old or new), changed in place: whether a range moved. Its kept values then go.

    Args:
        root: the part.
        frame: the layout, and the sheet that the chart lies on.
        row: the source row with its instance, if the chart is one of those that a loop repeats.
    """
    changed = False
    for element in list(root.iter()):
        if local(element) != "f" or not element.text:
            continue
        text = element.text.strip()
        moved = _moved(text.removeprefix("="), frame, row)
        if moved == text.removeprefix("="):
            continue
        element.text = "=" * text.startswith("=") + moved
        changed = True
        parent = element.getparent()
        for cache in list(parent) if parent is not None else []:
            if local(cache) in ("strCache", "lvl") or (local(cache) in _CACHES and not _format(cache)):
                take_out(cache)
            elif local(cache) == "numCache":
                _clear(cache)
    return changed


def _moved(text: str, frame: Frame, row: Origin | None) -> str:
    if row is None:
        found = rewrite(parse_formula(text), frame, alone="group")
        names = [name for area in parse_formula(found).areas for name in area.sheets]
        if found != text and len(dict.fromkeys(names)) > 1:
            frame.refuse("excel-chart-sheets", reference=text)
        return found
    own = "".join(str(_anchored(piece, False)) for piece in parse_formula(text).pieces)
    found = parse_formula(rewrite(parse_formula(own), frame, row, alone="group"))
    return "".join(str(_anchored(piece, True)) for piece in found.pieces)


def _anchored(piece: Piece, absolute: bool) -> Piece:
    """An area with rows that stand still (`$3`), or go along with the chart."""
    if isinstance(piece, str) or piece.top is None or piece.bottom is None:
        return piece
    return replace(piece, top=piece.top._replace(absolute=absolute), bottom=piece.bottom._replace(absolute=absolute))


def _format(cache: etree._Element) -> bool:
    """Whether a cache holds a number format, which is kept for the values to come."""
    return local(cache) == "numCache" and any(local(child) == "formatCode" for child in cache)


def _clear(cache: etree._Element) -> None:
    for child in list(cache):
        if local(child) == "pt":
            cache.remove(child)
        elif local(child) == "ptCount":
            child.set("val", "0")


def areas_of(root: etree._Element) -> list[Area]:
    """The areas that a chart's series refer to."""
    return [
        area
        for element in root.iter()
        if local(element) == "f" and element.text
        for area in parse_formula(element.text.strip().removeprefix("=")).areas
        if area.top is not None and area.left is not None
    ]


def fill_caches(root: etree._Element, lookup: Lookup) -> bool:
    """Set the values that a chart keeps of its cells; whether anything changed.

    Args:
        root: a chart part (`chartSpace`) whose ranges are those of the rendered workbook; changed in place.
        lookup: the value of a cell by its sheet's name, row and column; None for an empty cell and one without a value.
    """
    changed = False
    for element in list(root.iter()):
        kind = local(element)
        reference = next((child for child in element if local(child) == "f"), None) if kind in _KEEPING else None
        if reference is None or not reference.text:
            continue
        if kind == "multiLvlStrRef":
            changed |= _fill_levels(element, reference, lookup)
            continue
        values = _values(reference.text.strip().removeprefix("="), lookup)
        if values is None:
            continue
        _suit(element, reference, values)
        changed |= _fill(element, reference, values, _REFERENCES[local(element)])
    return changed


def _suit(element: etree._Element, reference: etree._Element, values: list[Value | ErrorValue | None]) -> None:
    """Let categories be texts or numbers as their cells are: tags are texts, so numbers of a scatter chart began as texts."""
    holder = element.getparent()
    role = "" if holder is None else local(holder)
    found = [value for value in values if value is not None]
    texts = any(isinstance(value, str) for value in found)
    if local(element) == "strRef" and role == "xVal" and found and not texts:
        wanted = "numRef"
    elif local(element) == "numRef" and role in ("cat", "xVal") and texts:
        wanted = "strRef"
    else:
        return
    for cache in [child for child in element if child is not reference]:
        element.remove(cache)
    element.tag = f"{element.tag.rpartition('}')[0]}}}{wanted}"


def _fill_levels(element: etree._Element, reference: etree._Element, lookup: Lookup) -> bool:
    """Categories of several levels: the innermost first, as charts keep them."""
    levels = _levels(element, (reference.text or "").strip().removeprefix("="), lookup)
    if levels is None:
        return False
    space = reference.tag.rpartition("}")[0] + "}"
    fresh = etree.Element(f"{space}multiLvlStrCache")
    etree.SubElement(fresh, f"{space}ptCount").set("val", str(max(map(len, levels), default=0)))
    for values in levels:
        level = etree.SubElement(fresh, f"{space}lvl")
        _add_points(level, space, values, False, {})
    cache = next((child for child in element if local(child) == "multiLvlStrCache"), None)
    return _replace(cache, fresh, reference)


def _replace(cache: etree._Element | None, fresh: etree._Element, reference: etree._Element) -> bool:
    """Put a cache in the place of the one that was there, or behind the reference; whether they differ."""
    if cache is None:
        reference.addnext(fresh)
        return True
    before, fresh.tail = etree.tostring(cache), cache.tail
    cache.addprevious(fresh)
    take_out(cache)
    return etree.tostring(fresh) != before


def _levels(element: etree._Element, text: str, lookup: Lookup) -> list[list[Value | ErrorValue | None]] | None:
    """The values of each level: a column each where the series' values stand below each other, a row each otherwise."""
    areas = parse_formula(text).areas
    if len(areas) != 1 or len(areas[0].sheets) != 1 or areas[0].top is None or areas[0].left is None:
        return None
    (top, bottom), (left, right) = rows_of(areas[0]), columns_of(areas[0])
    if (bottom - top + 1) * (right - left + 1) > _MOST:
        return None
    sheet, rows, columns = areas[0].sheets[0], range(top, bottom + 1), range(left, right + 1)
    if _lies(element):
        return [[lookup(sheet, row, column) for column in columns] for row in reversed(rows)]
    return [[lookup(sheet, row, column) for row in rows] for column in reversed(columns)]


def _lies(element: etree._Element) -> bool:
    """Whether the values of the series with these categories stand beside each other."""
    series = next((one for one in element.iterancestors() if local(one) == "ser"), None)
    values = [] if series is None else [one for child in series if local(child) == "val" for one in child.iter()]
    for area in (area for one in values if local(one) == "f" for area in parse_formula((one.text or "").strip()).areas):
        if area.top is not None and area.left is not None:
            (top, bottom), (left, right) = rows_of(area), columns_of(area)
            return top == bottom and left < right
    return False


def _values(text: str, lookup: Lookup) -> list[Value | ErrorValue | None] | None:
    areas = parse_formula(text).areas
    if not areas or any(len(area.sheets) != 1 or area.top is None or area.left is None for area in areas):
        return None
    found: list[Value | ErrorValue | None] = []
    for area in areas:
        (top, bottom), (left, right) = rows_of(area), columns_of(area)
        if len(found) + (bottom - top + 1) * (right - left + 1) > _MOST:
            return None
        rows, columns = range(top, bottom + 1), range(left, right + 1)
        found += [lookup(area.sheets[0], row, column) for row in rows for column in columns]
    return found


def _fill(
    element: etree._Element, reference: etree._Element, values: list[Value | ErrorValue | None], name: str
) -> bool:
    numbers = name == "numCache"
    own = reference.tag.rpartition("}")[0] + "}"
    # a later extension keeps its points in the first schema
    space = own if name in ("numCache", "strCache") else _CHARTS
    cache = next((child for child in element if local(child) == name), None)
    fresh = etree.SubElement(element, f"{own}{name}")
    if numbers:
        code = etree.SubElement(fresh, f"{space}formatCode")
        old = None if cache is None else next((child for child in cache if local(child) == "formatCode"), None)
        code.text = "General" if old is None else old.text
    etree.SubElement(fresh, f"{space}ptCount").set("val", str(len(values)))
    points = () if cache is None else (child for child in cache if local(child) == "pt")
    formats = {point.get("idx"): point.get("formatCode") for point in points}
    _add_points(fresh, space, values, numbers, formats)
    return _replace(cache, fresh, reference)


def _add_points(
    holder: etree._Element,
    space: str,
    values: list[Value | ErrorValue | None],
    numbers: bool,
    formats: Mapping[str | None, str | None],
) -> None:
    """A point for each value that a chart shows, with its own number format where it had one."""
    for index, value in enumerate(values):
        if (text := _shown(value, numbers)) is not None:
            point = etree.SubElement(holder, f"{space}pt")
            point.set("idx", str(index))
            if code := formats.get(str(index)):
                point.set("formatCode", code)
            etree.SubElement(point, f"{space}v").text = text


def _shown(value: Value | ErrorValue | None, numbers: bool) -> str | None:
    if value is None or isinstance(value, ErrorValue):
        return None
    if numbers:
        return number_text(float(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else f"{value:.15g}"


def number_text(value: float) -> str:
    """A number as a cell holds it: the shortest decimal that reads back as the same double."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
