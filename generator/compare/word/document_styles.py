"""Styles and numbering of a Word document, resolved so that ids do not matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lxml import etree

from generator.compare.canonical import Properties, properties, tree
from generator.compare.package_facts import Parts, local
from generator.compare.word import effective_format
from generator.compare.word.document_model import ListLevel, Style
from generator.compare.word.effective_format import layered, toggled

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"
_BUILT_IN = re.compile(
    r"(?i)(heading|toc|index) \d|header|footer|caption|(footnote|endnote|annotation) (text|reference)|page number"
)


class _Definition(NamedTuple):
    name: str
    type: str
    based_on: str
    outline: int | None
    list_id: str | None
    list_level: int | None
    paragraph: Properties = ()
    run: Properties = ()
    table: Properties = ()


@dataclass
class Styles:
    """Styles by id, numbering by numId."""

    definitions: dict[str, _Definition] = field(default_factory=dict)
    default: dict[str, str] = field(default_factory=dict)
    named: dict[str, Style] = field(default_factory=dict)
    document_defaults: Properties = ()
    lists: dict[str, dict[int, ListLevel]] = field(default_factory=dict)
    linked_levels: dict[str, dict[str, int]] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    _seen: dict[Any, Properties] = field(default_factory=dict)

    def name(self, style_id: str | None, kind: str) -> str:
        """The name of a style; the default style's where none is stated or it is unknown to the document."""
        definition = self.definitions.get(style_id or "") or self.definitions.get(self.default.get(kind, ""))
        return definition.name if definition else {"paragraph": "Normal", "table": "Normal Table"}.get(kind, "")

    def _chain(self, style_id: str | None) -> list[tuple[str, _Definition]]:
        found: list[tuple[str, _Definition]] = []
        current = style_id or self.default.get("paragraph", "")
        while current in self.definitions and len(found) < 20:
            found.append((current, self.definitions[current]))
            current = self.definitions[current].based_on
        return found

    def seen_run(
        self, style_id: str | None, character_id: str | None, direct: Properties, text: str | None = None
    ) -> Properties:
        """The run format that a reader sees, worked out through the styles."""
        key = (style_id, character_id, direct, text and _script(text))
        known = self._seen.get(key)
        if known is None:
            own = [d.run for _, d in reversed(self._chain(style_id))]
            inner = [d.run for _, d in reversed(self._chain(character_id))] if character_id else []
            base = dict(self.document_defaults).get("rPr", ())
            both = toggled(tuple(layered(own).items()), tuple(layered(inner).items())) if inner else []
            found = layered([base, *own, *inner, tuple(both), direct], self.fonts)
            known = self._seen[key] = effective_format.seen_run(found, text)
        return known

    def seen_paragraph(
        self, style_id: str | None, level: ListLevel | None, listed: bool, direct: Properties
    ) -> Properties:
        """The paragraph format that a reader sees; `listed` where the paragraph itself, not its style, names the list."""
        key = ("p", style_id, level, listed, direct)
        known = self._seen.get(key)
        if known is None:
            own = [d.paragraph for _, d in reversed(self._chain(style_id))]
            base = dict(self.document_defaults).get("pPr", ())
            indent = level.indent if level else ()
            layers = [base, *own, indent, direct] if listed else [base, indent, *own, direct]
            size = dict(self.seen_run(style_id, None, ())).get("sz", "20")
            known = self._seen[key] = effective_format.seen_paragraph(layered(layers), size)
        return known

    def seen_table(self, style_id: str | None, direct: Properties) -> Properties:
        """The format of a table that a reader sees, worked out through the styles."""
        own = [d.table for _, d in reversed(self._chain(style_id or self.default.get("table", "")))]
        return effective_format.seen_table(layered([*own, direct]))

    def seen_styles(self) -> dict[str, Style]:
        """The paragraph and character styles by what a reader sees of text in them, by name."""
        found: dict[str, Style] = {}
        for style_id, definition in self.definitions.items():
            if definition.type == "paragraph":
                looks = self.seen_paragraph(style_id, None, False, ()), self.seen_run(style_id, None, ())
                base = self.definitions.get(definition.based_on)
                found[definition.name] = Style(definition.type, base.name if base else "", *looks, ())
            elif definition.type == "table":
                named = self.named.get(definition.name)
                look = self.seen_table(style_id, ())
                found[definition.name] = Style(definition.type, "", look, (), named.table if named else ())
        return found

    def heading(self, style_id: str | None, direct: str | None) -> int:
        """The outline level from 1, 0 for body text."""
        level = int(direct) if direct and direct.isdigit() else None
        if level is None:
            level = next((d.outline for _, d in self._chain(style_id) if d.outline is not None), None)
        return level + 1 if level is not None and level < 9 else 0

    def list_level(self, style_id: str | None, num: etree._Element | None) -> tuple[ListLevel | None, str]:
        """The list level of a paragraph and the id of its list."""
        list_id = level = None
        if num is not None:
            list_id = _val(num.find(W + "numId"))
            level = _int(num.find(W + "ilvl"))
        if list_id is None:
            for current, definition in self._chain(style_id):
                if definition.list_id is not None:
                    list_id = definition.list_id
                    if level is None:
                        level = self.linked_levels.get(list_id, {}).get(current, definition.list_level)
                    break
        if list_id is None or list_id == "0":
            return None, ""
        levels = self.lists.get(list_id)
        if levels is None:
            return None, ""
        return levels.get(level or 0) or ListLevel(level or 0, "decimal", ""), list_id


def _val(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(_VAL)


def _int(element: etree._Element | None) -> int | None:
    text = _val(element)
    return int(text) if text is not None and re.fullmatch(r"-?\d+", text) else None


def read_styles(parts: Parts, main: str) -> Styles:
    """Read `styles.xml` and `numbering.xml`."""
    styles = Styles()
    if part := parts.one(main, "styles"):
        _read_styles(styles, parts.xml(part), part not in parts.unchanged)
    if parts.effective and (part := parts.one(main, "theme")) and part not in parts.unchanged:
        styles.fonts = _read_theme_fonts(parts.xml(part))
    if part := parts.one(main, "numbering"):
        _read_numbering(styles, parts.xml(part))
    return styles


def _script(text: str) -> tuple[bool, bool]:
    """Whether a text has East Asian characters, and others that are no blanks."""
    asian = effective_format.is_asian
    return any(map(asian, text)), any(not char.isspace() and not asian(char) for char in text)


def _read_theme_fonts(root: etree._Element) -> dict[str, str]:
    """`minorHAnsi` and the like -> the font's name; none where the theme leaves it to the language."""
    found: dict[str, str] = {}
    for scheme in root.iter():
        if local(scheme) not in ("majorFont", "minorFont"):
            continue
        kind = local(scheme)[:5]
        for font in scheme:
            slots = {"latin": ("HAnsi", "Ascii"), "ea": ("EastAsia",), "cs": ("Bidi",)}.get(local(font), ())
            found.update({f"{kind}{slot}": font.get("typeface", "") for slot in slots if font.get("typeface")})
    return found


def _read_styles(styles: Styles, root: etree._Element, named: bool) -> None:
    for element in root:
        if local(element) == "docDefaults":
            styles.document_defaults = tuple(
                (local(inner), properties(inner))
                for part in element
                for inner in part
                if local(inner) in ("rPr", "pPr")
            )
        if local(element) != "style":
            continue
        style_id = element.get(W + "styleId", "")
        kind = element.get(W + "type", "paragraph")
        name = _val(element.find(W + "name")) or style_id
        if _BUILT_IN.fullmatch(name):
            name = name.lower()  # Word knows its own styles however they are spelled
        paragraph = element.find(W + "pPr")
        num = paragraph.find(W + "numPr") if paragraph is not None else None
        styles.definitions[style_id] = _Definition(
            name,
            kind,
            _val(element.find(W + "basedOn")) or "",
            _int(paragraph.find(W + "outlineLvl")) if paragraph is not None else None,
            _val(num.find(W + "numId")) if num is not None else None,
            _int(num.find(W + "ilvl")) if num is not None else None,
            properties(paragraph, ("numPr", "outlineLvl")),
            properties(element.find(W + "rPr")),
            properties(element.find(W + "tblPr")) if kind == "table" else (),
        )
        if element.get(W + "default") in ("1", "true", "on"):
            styles.default[kind] = style_id
    if not named:
        return
    for element in root:
        if local(element) != "style":
            continue
        definition = styles.definitions[element.get(W + "styleId", "")]
        base = styles.definitions.get(definition.based_on)
        table = [tree(child) for child in element if local(child) in ("tblPr", "trPr", "tcPr", "tblStylePr")]
        styles.named[definition.name] = Style(
            definition.type,
            base.name if base else "",
            properties(element.find(W + "pPr"), ("numPr",)),
            properties(element.find(W + "rPr")),
            tuple(table),
        )


def _read_numbering(styles: Styles, root: etree._Element) -> None:
    abstract = {e.get(W + "abstractNumId", ""): e for e in root if local(e) == "abstractNum"}
    by_link = {_val(e.find(W + "styleLink")): e for e in abstract.values() if e.find(W + "styleLink") is not None}
    for number in root:
        if local(number) != "num":
            continue
        list_id = number.get(W + "numId", "")
        base = abstract.get(_val(number.find(W + "abstractNumId")) or "")
        if base is not None and base.find(W + "numStyleLink") is not None:
            base = by_link.get(_val(base.find(W + "numStyleLink")), base)
        levels: dict[int, ListLevel] = {}
        linked: dict[str, int] = {}
        sources = [] if base is None else list(base.iterfind(W + "lvl"))
        for override in number.iterfind(W + "lvlOverride"):
            sources += list(override.iterfind(W + "lvl"))
        for element in sources:
            level = int(element.get(W + "ilvl", "0"))
            levels[level] = _list_level(level, element)
            if style := _val(element.find(W + "pStyle")):
                linked[style] = level
        for override in number.iterfind(W + "lvlOverride"):
            level = int(override.get(W + "ilvl", "0"))
            if (start := _int(override.find(W + "startOverride"))) is not None and level in levels:
                levels[level] = levels[level]._replace(start=start)
        styles.lists[list_id] = levels
        styles.linked_levels[list_id] = linked


def _list_level(level: int, element: etree._Element) -> ListLevel:
    """A level as `w:lvl` defines it; what it leaves out is as ECMA-376 part 1, 17.9 says."""
    start = _int(element.find(W + "start"))
    return ListLevel(
        level,
        _val(element.find(W + "numFmt")) or "decimal",
        _val(element.find(W + "lvlText")) or "",
        0 if start is None else start,
        _val(element.find(W + "suff")) or "tab",
        {"start": "left", "end": "right"}.get(jc := _val(element.find(W + "lvlJc")) or "left", jc),
        properties(element.find(W + "pPr")),
        properties(element.find(W + "rPr")),
    )
