"""What stands within paragraphs beside text: drawings, content controls, equations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from generator.compare.canonical import NOISE, Properties, tree, value
from generator.compare.package_facts import Parts
from generator.compare.word.block_elements import attribute
from generator.compare.word.document_model import Object
from generator.ooxml.package import local
from generator.ooxml.relationships import Relationship
from generator.ooxml.wordprocessing import W

_DRAWING_NOISE = NOISE | {"txbxContent", "docPr", "cNvPr", "extLst", "blip", "imagedata", "Fallback", "shapetype"}


def outside_text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The elements within a drawing, without those of its text boxes and of what older readers show."""
    for child in element:
        name = local(child)
        if name == "Fallback":
            continue
        yield child
        if name != "txbxContent":
            yield from outside_text_boxes(child)


def frame(element: etree._Element) -> Any:
    """How a drawing is placed and drawn."""
    return tuple(tree(child, _DRAWING_NOISE | {"extent"}) for child in element if local(child) not in ("OLEObject",))


def identity(parts: Parts, relation: Relationship) -> str:
    """What identifies a target by content: the digest of a part, the address of anything outside."""
    return relation.target if relation.external else parts.digest(relation.target)


def consume(parts: Parts, part: str) -> None:
    """A chart's own parts (its look, its embedded workbook) go with it: the chart's series and cache say what it shows."""
    parts.read.update(parts.find(name) or name for name in parts.related(part, "package"))


def control(own: etree._Element) -> tuple[tuple[str, ...], Properties]:
    """What identifies a content control (title, tag, kind), and its properties that an author sets (ECMA-376 part 1, 17.5.2)."""
    names = {local(child): child for child in own}
    kinds = [n for n in names if n in ("text", "richText", "comboBox", "dropDownList", "date", "checkbox", "picture")]
    title, tag = (attribute(names.get(n)) or "" for n in ("alias", "tag"))
    found: dict[str, str] = {}
    for name in ("lock", "appearance", "color"):
        if name in names:
            found[name] = next((str(v) for k, v in names[name].attrib.items() if str(k).endswith("val")), "")
    found.update(
        {name: "1" for name in ("showingPlcHdr", "temporary") if name in names and value(names[name]) is not False}
    )
    if "dataBinding" in names:
        found["dataBinding"] = names["dataBinding"].get(W + "xpath", "")
    for name in ("comboBox", "dropDownList"):
        if name in names:
            items = [
                (e.get(W + "displayText") or e.get(W + "value", "")) for e in names[name] if local(e) == "listItem"
            ]
            found["items"] = "、".join(items)
    if "date" in names:
        found["dateFormat"] = attribute(names["date"].find(W + "dateFormat")) or ""
    if "text" in names and names["text"].get(W + "multiLine") in ("1", "true", "on"):
        found["multiLine"] = "1"
    if "checkbox" in names:
        marks = [e for e in names["checkbox"] if local(e) == "checked"]
        found["checked"] = next((str(v) for e in marks for k, v in e.attrib.items() if str(k).endswith("val")), "0")
    return (title, tag, *kinds), tuple(sorted((name, text) for name, text in found.items() if text))


def equation(element: etree._Element, position: int) -> Object:
    """An equation: its text, and how it is laid out."""
    text = "".join(t.text or "" for t in element.iter() if local(t) == "t")
    return Object("math", position, text, tree(element))
