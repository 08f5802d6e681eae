"""Attributes and names that act: addresses in VML, macros of shapes and controls, names that run on opening, pages published on saving.

Read from parsed XML: an entity, a blank or another prefix hides nothing. What is no XML (drawings that Excel writes) is searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.diagnostics import InvalidDocument
from generator.kept.lazy_patterns import lazy
from generator.ooxml.links import scheme_of
from generator.ooxml.package import parse_xml

_SVG = "http://www.w3.org/2000/svg"
_SVG_BYTES = _SVG.encode()
_VML = "urn:schemas-microsoft-com:vml"
_OFFICE = "urn:schemas-microsoft-com:office:office"
_CALL = lazy(rb"\bmacro\s*=\s*[\"'][^\"']")
_FETCHED = lazy(rb"\s(?:o:)?(?:src|href)\s*=\s*[\"'](\s*(?:https?:|ftp:|file:|\\\\|//)[^\"']*)", re.I)
_DRAWING_ACTS = lazy(
    rb"<(?:\w+:)?(?:script|foreignObject|handler)\b|\son\w+\s*=|<!ENTITY|\s(?:\w+:)?href\s*=\s*[\"'](?!#|data:image/)[^\"']+",
    re.I,
)
_OWN_MACRO = lazy(r"(?:\[0\]!)?[\w.]+\Z")
_RUNS = lazy(r"(?:_xlnm\.)?auto_(?:open|close|activate|deactivate)\Z", re.I)


def acting_attributes(data: bytes) -> Iterator[tuple[str, str]]:
    """What of a part's attributes and names acts: its kind as `active_content` names it, and what it says.

    Args:
        data: the part, in UTF-8.
    """
    if not _is_worth_reading(data):
        return
    try:
        root = parse_xml(data)
    except InvalidDocument:  # VML that is no XML
        if b"vml" in data and (match := _FETCHED.search(data)):
            yield "external", match[1].decode("utf-8", "replace").strip()
        if _SVG_BYTES in data and (match := _DRAWING_ACTS.search(data)):  # with a document type, say
            yield "external", match[0].decode("utf-8", "replace").strip()
        return
    for element in root.iter():
        if isinstance(element.tag, str):
            yield from _of_element(element)


def _of_element(element: etree._Element) -> Iterator[tuple[str, str]]:
    space, _, name = str(element.tag).rpartition("}")
    if space == f"{{{_VML}":
        yield from _addresses(element, name)
    if name == "FmlaMacro" and (called := "".join(map(str, element.itertext())).strip()):
        yield _called(called)
    elif name == "definedName" and _RUNS.match(str(element.get("name", ""))):
        yield "macro", str(element.get("name"))
    elif name == "webPublishItem":
        yield "external", str(element.get("destinationFile", name))
    elif space == f"{{{_SVG}":
        yield from _of_drawing(element, name)
    elif name == "webVideoPr" and element.get("embeddedHtml"):
        yield "alt-chunk", str(element.get("embeddedHtml"))
    called = str(element.get("macro") or element.get("fmlaMacro") or "").strip()
    if called and not name.startswith("docVar"):
        yield _called(called)


def _is_worth_reading(data: bytes) -> bool:
    if b"webPublishItem" in data or b"definedName" in data:
        return True
    if b"vml" in data and (b"src" in data or b"href" in data):
        return True
    return b"mlaMacro" in data or b"webVideoPr" in data or _SVG_BYTES in data or _calls(data)


def _calls(data: bytes) -> bool:
    """Whether an attribute `macro` says something; a search of the pattern would take milliseconds of a large part of styles."""
    at = data.find(b"macro")
    while at >= 0:
        if _CALL.match(data, at):
            return True
        at = data.find(b"macro", at + 5)
    return False


def _addresses(element: etree._Element, name: str) -> Iterator[tuple[str, str]]:
    """Pictures that VML fetches, and where its shapes lead to."""
    for key, value in element.attrib.items():
        key, text = str(key).removeprefix(f"{{{_OFFICE}}}"), str(value).strip()
        scheme = scheme_of(text)
        if key == "href" and name not in ("imagedata", "fill", "stroke") and not str(key).startswith("{"):
            if scheme is None or scheme == "file":
                yield "script-link" if scheme is None else "file-link", text
        elif key in ("src", "href", "althref") and scheme != "":
            yield "external", text


def _of_drawing(element: etree._Element, name: str) -> Iterator[tuple[str, str]]:
    """What an SVG runs or fetches; what data puts into a document is looked at more strictly (`template.vector_pictures`)."""
    if name in ("script", "foreignObject", "handler"):
        yield "script-link", f"<{name}>"
    for key, value in element.attrib.items():
        key, text = str(key).rpartition("}")[2], str(value).strip()
        if key.lower().startswith("on"):
            yield "script-link", f"{key}={text}"
        elif key == "href" and name == "a" and scheme_of(text) is None:
            yield "script-link", text
        elif key in ("href", "src") and name != "a" and text and not text.startswith(("#", "data:image/")):
            yield "external", text


def _called(macro: str) -> tuple[str, str]:
    """A macro that a shape or a control calls: one of the workbook's own does nothing where it has none."""
    return ("macro-call" if _OWN_MACRO.match(macro) else "macro"), macro
