"""Cell formats of a workbook, resolved: number format, font, fill, border, alignment, protection, style name."""

from __future__ import annotations

from typing import Any

from lxml import etree

from generator.compare.canonical import Properties, attributes, properties, tree
from generator.compare.excel.seen_cells import Colours, seen_font
from generator.compare.excel.workbook_model import Looks
from generator.compare.package_facts import Parts
from generator.ooxml.cell_dates import BUILT_IN
from generator.ooxml.package import local
from generator.ooxml.stated_numbers import whole

# ECMA-376 part 1, 18.8.30; ids that depend on the locale stay ids.
_FONT_NOISE = ("family", "charset", "scheme", "extLst")


class CellFormats:
    """The formats of one workbook: by index for cells, differential ones by index too."""

    def __init__(self, parts: Parts, main: str, looks: Looks):
        self.looks: list[int] = [0]
        self.differential: list[Any] = []
        self.colours: Colours | None = None
        part = parts.one(main, "styles")
        if part is None:
            return
        groups = {local(group): group for group in parts.xml(part) if local(group)}

        def items(name: str) -> list[etree._Element]:
            return [e for e in groups.get(name, ()) if local(e)]

        codes = {whole(e.get("numFmtId", 0)): e.get("formatCode", "") for e in items("numFmts")}
        fonts = [_font(e) for e in items("fonts")]
        fills = [_fill(e) for e in items("fills")]
        borders = [_border(e) for e in items("borders")]
        if looks.seen:
            palette = [e for e in items("colors") if local(e) == "indexedColors"]
            self.colours = colours = Colours(parts, main, palette)
            fonts = [seen_font(font, colours) for font in fonts]
            fills = [_seen_fill(fill, colours) for fill in fills]
            borders = [tuple((side, _seen_side(line, colours)) for side, line in border) for border in borders]
        names = {e.get("xfId", ""): e.get("name", "") for e in items("cellStyles")}

        def resolve(xf: etree._Element) -> dict[str, Any]:
            number = whole(xf.get("numFmtId", 0))
            inner = {local(e): e for e in xf}
            return {
                "numFmt": codes.get(number) or BUILT_IN.get(number) or f"[{number}]",
                "font": _at(fonts, xf.get("fontId")),
                "fill": _at(fills, xf.get("fillId")),
                "border": _at(borders, xf.get("borderId")),
                "alignment": attributes(inner["alignment"]) if "alignment" in inner else (),
                "protection": _protection(inner.get("protection")),
            }

        for index, xf in enumerate(items("cellStyleXfs")):
            looks.styles[names.get(str(index), "Normal")] = resolve(xf)
        resolved: list[int] = []
        for xf in items("cellXfs"):
            look = resolve(xf)
            look["style"] = names.get(xf.get("xfId", "0"), "Normal") or "Normal"
            look["quotePrefix"] = xf.get("quotePrefix") in ("1", "true")
            resolved.append(looks.number(tuple(look.items())))
        self.looks = resolved or [0]
        self.differential = [tree(e, order=False) for e in items("dxfs")]

    def own(self, index: str | None) -> int:
        """The look of a whole row or column; 0 where it is that of every cell."""
        found = self.look(index) if index else self.looks[0]
        return 0 if found == self.looks[0] else found

    def look(self, index: str | None) -> int:
        """The number of the resolved format at an index of the sheet XML."""
        position = 0 if index is None else whole(index)
        return self.looks[position if position < len(self.looks) else 0]


def _font(element: etree._Element) -> Properties:
    """A font; its size is in points, where Word's are in half-points."""
    return tuple(sorted(("size" if n == "sz" else n, v) for n, v in properties(element, _FONT_NOISE)))


def _at(values: list[Any], index: str | None) -> Any:
    position = whole(index or 0)
    return values[position] if position < len(values) else ()


def _fill(element: etree._Element) -> Any:
    for inner in element:
        if local(inner) == "patternFill":
            pattern = inner.get("patternType", "none")
            if pattern == "none":
                return ()
            colours = tuple(
                (local(c), attributes(c))
                for c in inner
                if local(c) == "fgColor" or (local(c) == "bgColor" and pattern != "solid")
            )
            return (pattern, *colours)
        if local(inner):
            return tree(inner)
    return ()


def _border(element: etree._Element) -> Properties:
    found = []
    for side in element:
        style = side.get("style", "none")
        if local(side) and style != "none":
            colour = next((attributes(c) for c in side), ())
            name = {"start": "left", "end": "right"}.get(local(side), local(side))
            found.append((name, (style, colour)))
    found += [(name, True) for name in ("diagonalUp", "diagonalDown") if element.get(name) in ("1", "true")]
    return tuple(sorted(found))


def _seen_fill(fill: Any, colours: Colours) -> Any:
    if not fill or not isinstance(fill[-1], tuple) or not all(isinstance(part, tuple) for part in fill[1:]):
        return fill
    if any(len(part) != 2 for part in fill[1:]):
        return fill  # a gradient
    return (fill[0], *((name, colours.seen(colour)) for name, colour in fill[1:]))


def _seen_side(line: Any, colours: Colours) -> Any:
    """A border's side; black is what it is anyway."""
    if not isinstance(line, tuple):
        return line
    style, colour = line
    seen = colours.seen(colour)
    return style, () if seen == (("rgb", "000000"),) else seen


def _protection(element: etree._Element | None) -> Properties:
    states = ("locked", ("0", "false"), False), ("hidden", ("1", "true"), True)
    return tuple((name, is_so) for name, said, is_so in states if element is not None and element.get(name) in said)
