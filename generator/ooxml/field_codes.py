"""The codes of a part's fields, each whole: read from parsed XML, for entities, CDATA and runs may cut a keyword to pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.kept.lazy_patterns import lazy
from generator.ooxml.word_fields import OpenField, OpenFields, read_instruction

COMPUTED = "\ufffc"  # stands for a field within a field
_STATEMENT = lazy(r"\{%(?:(?!\{%).)*?%\}|\{#(?:(?!\{#).)*?#\}", re.DOTALL)
_INSTRUCTIONS = ("instrText", "delInstrText")
_DDE = lazy(r"\bDDE(?:AUTO)?\b", re.I)
_FETCHES = lazy(r"\b(?:INCLUDETEXT|INCLUDEPICTURE|DATABASE)\b", re.I)
_KINDS = frozenset(("include", "import", "link", "rd"))
_CONTROLS = frozenset(("control", "ocx", "htmlcontrol", "htmlactivex"))


def field_codes(root: etree._Element) -> Iterator[str]:
    """The code of every field of a part, those within others too, and texts of codes that belong to no field."""
    fields = OpenFields(OpenField)
    loose: list[str] = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2]
        if name in _INSTRUCTIONS:
            text = "".join(str(text) for text in element.itertext())
            if fields.open:
                fields.open[-1].code += text  # behind the beginning of its result too: nothing is passed over
            else:
                loose.append(text)
        elif name == "fldSimple":
            yield next((str(value) for key, value in element.attrib.items() if str(key).endswith("instr")), "")
        elif name == "fldChar":
            kind = next((str(value) for key, value in element.attrib.items() if str(key).endswith("fldCharType")), "")
            if (one := fields.mark(kind)) is not None and kind == "end":
                yield one.code
                if fields.open:
                    fields.open[-1].code += COMPUTED
    yield from (one.code for one in fields.open)
    yield "".join(loose)


def field_acts(code: str) -> tuple[str, str] | None:
    """What a field does by itself: the kind as `active_content` names it, and what the field says; None if it does nothing.

    A keyword that tags or other fields print is none that can be judged, so it is refused as one that reads files.
    """
    plain = _STATEMENT.sub("", code)
    for text in (code, plain):
        if match := _DDE.search(text):
            return "dde", match[0]
        if match := _FETCHES.search(text):
            return "fetching-field", match[0]
    keyword = plain.split(None, 1)[0] if plain.strip() else ""
    if COMPUTED in keyword or "{{" in keyword:
        return "fetching-field", code.replace(COMPUTED, "{ }").strip()[:60]
    word = re.match(r"\w*", keyword)
    kind = word[0].lower() if word else ""
    if kind in _KINDS and plain.strip().lower() != kind:
        return "fetching-field", keyword
    if kind in _CONTROLS:
        return "activex", keyword
    return None


def field_links(code: str) -> list[str]:
    """The targets of a HYPERLINK field, wherever its switches stand; more than one only in codes that Word does not write."""
    told = read_instruction(code)
    return [*told.arguments] if told.keyword == "HYPERLINK" else []
