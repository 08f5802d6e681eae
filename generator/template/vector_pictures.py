"""SVG pictures: Word 2016 and later show them, whatever else opens the document shows a PNG beside them.

An SVG comes from elsewhere and is read by whoever opens the document, so it may hold drawing alone: what runs, what loads
from elsewhere, and what unfolds without end is refused (SVG 2, appendix on security; ECMA-376 knows no SVG: [MS-ODRAWXML]
2.3.1.10, svgBlip).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec

from lxml import etree

from generator.diagnostics import Text
from generator.diagnostics.wording import template_reasons as words
from generator.template.drawing_process import draw
from generator.template.picture_bytes import PictureFault

_EMU_PER_UNIT = {
    "": 9525.0,
    "px": 9525.0,
    "mm": 36_000.0,
    "cm": 360_000.0,
    "in": 914_400.0,
    "pt": 12_700.0,
    "pc": 152_400.0,
}
_LENGTH = re.compile(r"\s*\+?(\d+(?:\.\d*)?|\.\d+)(?:[eE]([-+]?\d+))?\s*+(px|mm|cm|in|pt|pc)?\s*")
_RUNS = frozenset({"script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler", "listener"})
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|\s)?|(.))", re.DOTALL)
_CHANGES = frozenset({"set", "animate", "animateTransform", "animateMotion", "animateColor"})
_OUTSIDE = re.compile(
    r"url\s*\((?!\s*+['\"]?\s*+(?:#|data:image/(?:png|jpeg|gif)[;,]))|@import|expression\s*\(|javascript:",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|jpg|gif)[;,]|$)", re.I)
_NAMED = re.compile(r"url\s*\(\s*+['\"]?\s*+#([^)'\"\s]+)", re.IGNORECASE)
_MOST_ELEMENTS = 200_000  # once every <use>, pattern, mask and marker is unfolded
_MOST_DOTS = 4_000  # along a side of the PNG
_DENSITY = 2  # dots of the PNG a CSS pixel


@lru_cache(maxsize=64)
def read_svg(content: bytes) -> tuple[bytes, int, int]:
    """An SVG as a document may hold it, with its width and height in EMU.

    Raises:
        PictureFault: it is no SVG, or holds more than drawing.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise PictureFault("image-cut-short") from None
    if etree.QName(root).localname != "svg":
        raise PictureFault("image-unreadable")
    if b"<!ENTITY" in content:
        raise PictureFault("image-svg-active", what=words.ENTITY_DEFINITIONS)
    _refuse_active(root)
    _refuse_unfolding(root)
    width, height = _size(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True), width, height


def drawn(svg: bytes, width: int, height: int) -> bytes:
    """The PNG of an SVG that was found sound, for programs that show no SVG.

    Args:
        svg: the picture.
        width, height: its size in EMU.

    Raises:
        PictureFault: the extra that draws it is not installed, it cannot be drawn, or takes more work than its bounds.
    """
    if find_spec("resvg_py") is None:
        raise PictureFault("image-svg-undrawn")
    across, down = width / _EMU_PER_UNIT["px"], height / _EMU_PER_UNIT["px"]
    dots = max(1, round(min(_DENSITY * max(across, down), _MOST_DOTS)))  # along the longer side
    return draw(svg, dots, across >= down)


def _refuse_active(root: etree._Element) -> None:
    """
    Raises:
        PictureFault: it runs or loads something.
    """
    if any(node.tag is etree.PI for node in (*root.itersiblings(preceding=True), *root.iter())):
        raise PictureFault("image-svg-active", what=words.PROCESSING_INSTRUCTION)
    for element in root.iter():
        if element.tag is etree.Entity:
            raise PictureFault("image-svg-active", what=words.ENTITY)
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname
        changed = str(element.get("attributeName", "")).rpartition(":")[2].lower() if name in _CHANGES else ""
        if name in _RUNS or changed in ("href", "src"):
            raise PictureFault("image-svg-active", what=Text(f"<{name}>", f"<{name}>"))
        for key, value in element.attrib.items():
            attribute = str(key).rpartition("}")[2]
            if attribute.lower().startswith("on"):
                raise PictureFault("image-svg-active", what=words.EVENT.filled(attribute=attribute))
            leads = attribute in ("href", "src") and _INSIDE.match(str(value)) is None and name != "a"
            if leads or (name == "a" and "script" in str(value).lower()) or _OUTSIDE.search(_unescaped(str(value))):
                raise PictureFault("image-svg-active", what=_outside(str(value)))
        if name == "style" and (found := _OUTSIDE.search(_unescaped("".join(map(str, element.itertext()))))):
            raise PictureFault("image-svg-active", what=_outside(found[0]))


def _unescaped(style: str) -> str:
    """A style with its escapes read, as CSS reads them: `\\75rl(` is `url(`."""

    def read(match: re.Match[str]) -> str:
        code = int(match[1], 16) if match[1] else ord(match[2])
        return chr(code) if code < 0x110000 else "\ufffd"

    return _ESCAPE.sub(read, style) if "\\" in style else style


def _outside(value: str) -> Text:
    shown = value.strip()[:60]
    return words.REFERENCE_ELSEWHERE.filled(shown=shown)


def _refuse_unfolding(root: etree._Element) -> None:
    """
    Raises:
        PictureFault: its elements (`<use>`, patterns, masks …) refer to each other in a circle, or unfold to more than can be drawn.
    """
    named = {
        identity: element for element in root.iter() if isinstance(element.tag, str) and (identity := element.get("id"))
    }
    sizes: dict[etree._Element, int] = {}
    waiting: Counter[etree._Element] = Counter()

    def size(element: etree._Element) -> int:
        if element in sizes:
            return sizes[element]
        if waiting[element] or len(waiting) > 500:
            raise PictureFault("image-svg-active", what=words.USE_IN_CIRCLE)
        waiting[element] += 1
        total = 0
        for child in element.iter():
            total += 1
            for target in _drawn_within(child) if isinstance(child.tag, str) else ():
                if (other := named.get(target)) is not None:
                    total += size(other)
            if total > _MOST_ELEMENTS:
                raise PictureFault("image-svg-active", what=words.TOO_MANY_USES)
        del waiting[element]
        sizes[element] = total
        return total

    size(root)


def _drawn_within(element: etree._Element) -> Iterator[str]:
    """The names of what is drawn once more where an element stands: what `<use>` names, its patterns, masks and markers."""
    use = etree.QName(element).localname == "use"
    for key, value in element.attrib.items():
        if use and str(key).endswith("href"):
            yield str(value).strip().removeprefix("#")
        elif "#" in str(value) and str(key) != "id":
            yield from _NAMED.findall(str(value))


def _size(root: etree._Element) -> tuple[int, int]:
    """Width and height in EMU: as stated, or by the box that is shown; 300 × 150 CSS pixels where nothing tells."""
    width, height = (_length(root.get(side)) for side in ("width", "height"))
    box = [float(one) for one in re.findall(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", root.get("viewBox", ""))]
    ratio = box[2] / box[3] if len(box) == 4 and min(box[2:]) > 0 else None
    if width is None and height is None:
        width, height = (box[2] * 9525, box[3] * 9525) if ratio else (300 * 9525.0, 150 * 9525.0)
    elif width is None:
        width = height * (ratio or 2)  # type: ignore[operator]  one of both is there
    elif height is None:
        height = width / (ratio or 2)
    assert width is not None
    assert height is not None
    if not (1 <= width < 2**31 and 1 <= height < 2**31):
        raise PictureFault("image-unreadable")
    return round(width), round(height)


def _length(text: str | None) -> float | None:
    match = _LENGTH.fullmatch(text or "")
    if match is None:
        return None  # a percentage of what is not known
    return float(match[1]) * 10.0 ** min(9, int(match[2] or 0)) * _EMU_PER_UNIT[match[3] or ""]
