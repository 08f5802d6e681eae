"""Styles and numbering of a Word document, resolved so that ids do not matter."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from generator.compare.canonical import Properties, properties, tree
from generator.compare.package_facts import Parts
from generator.compare.word import effective_format
from generator.compare.word.block_elements import attribute, whole_number
from generator.compare.word.document_model import ListLevel, Style
from generator.compare.word.effective_format import layered, toggled
from generator.compare.word.list_counting import ListDefinition
from generator.compare.word.list_definitions import read_lists
from generator.compare.word.table_looks import TableFormat, TableStyle
from generator.kept.light_classes import dataclass, field
from generator.kept.light_tuples import NamedTuple
from generator.ooxml.package import local, parse_xml
from generator.ooxml.stated_numbers import digits
from generator.ooxml.wordprocessing import W

_KEPT_SIZE = 1_000_000  # bytes of styles that are kept once they are worked out: real ones have 30,000 to 300,000
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
    cell: Properties = ()
    conditional: tuple[etree._Element, ...] = ()  # read for the styles that tables have: a document brings a hundred


class _Declared(NamedTuple):
    """What a part of styles declares: styles by id and by name, the default ones by kind, the document's own defaults."""

    definitions: dict[str, _Definition]
    default: dict[str, str]
    named: dict[str, Style]
    document_defaults: Properties


@dataclass
class Styles:
    """Styles by id, numbering by numId."""

    definitions: dict[str, _Definition] = field(default_factory=dict)
    default: dict[str, str] = field(default_factory=dict)
    named: dict[str, Style] = field(default_factory=dict)
    document_defaults: Properties = ()
    lists: dict[str, ListDefinition] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    _seen: dict[Any, Properties] = field(default_factory=dict)
    _table_styles: dict[str, TableStyle] = field(default_factory=dict)

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
        self,
        style_id: str | None,
        character_id: str | None,
        direct: Properties,
        text: str | None = None,
        under: Properties = (),
    ) -> Properties:
        """The run format that a reader sees, worked out through the styles; `under` is what the style of its table states."""
        key = (style_id, character_id, direct, text and _script(text), under)
        known = self._seen.get(key)
        if known is None:
            own = [d.run for _, d in reversed(self._chain(style_id))]
            inner = [d.run for _, d in reversed(self._chain(character_id))] if character_id else []
            base = dict(self.document_defaults).get("rPr", ())
            both = toggled(tuple(layered(own).items()), tuple(layered(inner).items())) if inner else []
            found = layered([base, under, *own, *inner, tuple(both), direct], self.fonts)
            known = self._seen[key] = effective_format.seen_run(found, text)
        return known

    def seen_paragraph(
        self, style_id: str | None, level: ListLevel | None, listed: bool, direct: Properties, under: Properties = ()
    ) -> Properties:
        """The paragraph format that a reader sees; `listed` where the paragraph itself, not its style, names the list.

        `under` is what the style of its table states.
        """
        key = ("p", style_id, level, listed, direct, under)
        known = self._seen.get(key)
        if known is None:
            own = [d.paragraph for _, d in reversed(self._chain(style_id))]
            base = dict(self.document_defaults).get("pPr", ())
            indent = level.indent if level else ()
            layers = [base, under, *own, indent, direct] if listed else [base, under, indent, *own, direct]
            size = dict(self.seen_run(style_id, None, ())).get("sz", "20")
            known = self._seen[key] = effective_format.seen_paragraph(layered(layers), size)
        return known

    def plain_text(self, paragraph: Properties, run: Properties) -> tuple[Properties, Properties]:
        """How a paragraph and its characters look by what the style of their table states, and nothing else."""
        return self.seen_paragraph(None, None, False, (), paragraph), self.seen_run(None, None, (), None, run)

    def seen_table(self, style_id: str | None, direct: Properties) -> Properties:
        """The format of a table that a reader sees, worked out through the styles."""
        own = [d.table for _, d in reversed(self._chain(style_id or self.default.get("table", "")))]
        return effective_format.seen_table(layered([*own, direct]))

    def table_style(self, style_id: str | None) -> TableStyle:
        """What a table style states of cells, through those that it is based on."""
        key = style_id or self.default.get("table", "")
        if key not in self._table_styles:
            chain = [definition for _, definition in reversed(self._chain(key))] if key in self.definitions else []
            conditional = [_conditional(definition.conditional) for definition in chain]
            conditions = {name for formats in conditional for name in formats}
            self._table_styles[key] = TableStyle(
                tuple(TableFormat(d.table, d.cell, d.paragraph, d.run) for d in chain),
                {name: tuple(formats[name] for formats in conditional if name in formats) for name in conditions},
            )
        return self._table_styles[key]

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
        level = digits(direct)
        if level is None:
            level = next((d.outline for _, d in self._chain(style_id) if d.outline is not None), None)
        return level + 1 if level is not None and level < 9 else 0

    def list_level(self, style_id: str | None, num: etree._Element | None) -> tuple[ListLevel | None, str]:
        """The list level of a paragraph and the id of its list."""
        list_id = level = None
        if num is not None:
            list_id = attribute(num.find(W + "numId"))
            level = whole_number(num.find(W + "ilvl"))
        chain = self._chain(style_id) if list_id is None else []
        for _, definition in chain:
            if list_id is None:
                list_id = definition.list_id
            if level is None:
                level = definition.list_level
        if list_id is None or list_id == "0" or list_id not in self.lists:
            return None, ""
        found = self.lists[list_id]
        # the level that names the style goes before the one that the style names
        if num is None or num.find(W + "ilvl") is None:
            level = next((found.linked[current] for current, _ in chain if current in found.linked), level)
        return found.levels.get(level or 0) or ListLevel(level or 0, "decimal", ""), list_id


def _conditional(parts: tuple[etree._Element, ...]) -> dict[str, TableFormat]:
    """The conditional formats of a table style, by condition."""
    groups = ("tblPr", "tcPr", "pPr", "rPr")
    return {
        part.get(W + "type", ""): TableFormat(*(properties(part.find(W + name)) for name in groups)) for part in parts
    }


def read_styles(parts: Parts, main: str) -> Styles:
    """Read `styles.xml` and `numbering.xml`."""
    styles = Styles()
    if part := parts.one(main, "styles"):
        declared = _declared_by(parts, part)
        styles.definitions, styles.default = dict(declared.definitions), dict(declared.default)
        styles.named, styles.document_defaults = dict(declared.named), declared.document_defaults
    if parts.effective and (part := parts.one(main, "theme")) and part not in parts.unchanged:
        styles.fonts = _read_theme_fonts(parts.xml(part))
    if part := parts.one(main, "numbering"):
        styles.lists = read_lists(parts.xml(part))
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


def _declared_by(parts: Parts, part: str) -> _Declared:
    """What a part of styles declares; by name where the other document does not hold it byte by byte."""
    root, content = parts.xml(part), parts.bytes(part)
    named = part not in parts.unchanged
    return _known(content, named) if len(content) <= _KEPT_SIZE else _declared(root, named)


@lru_cache(maxsize=4)
def _known(content: bytes, named: bool) -> _Declared:
    """The same, worked out once for both documents of a comparison: most often they have the same styles."""
    return _declared(parse_xml(content, "", "", remarks=False), named)


def _declared(root: etree._Element, named: bool) -> _Declared:
    definitions: dict[str, _Definition] = {}
    default: dict[str, str] = {}
    document_defaults: Properties = ()
    for element in root:
        if local(element) == "docDefaults":
            document_defaults = tuple(
                (local(inner), properties(inner))
                for part in element
                for inner in part
                if local(inner) in ("rPr", "pPr")
            )
        if local(element) != "style":
            continue
        style_id = element.get(W + "styleId", "")
        kind = element.get(W + "type", "paragraph")
        name = attribute(element.find(W + "name")) or style_id
        if _BUILT_IN.fullmatch(name):
            name = name.lower()  # Word knows its own styles however they are spelled
        paragraph = element.find(W + "pPr")
        num = paragraph.find(W + "numPr") if paragraph is not None else None
        definitions[style_id] = _Definition(
            name,
            kind,
            attribute(element.find(W + "basedOn")) or "",
            whole_number(paragraph.find(W + "outlineLvl")) if paragraph is not None else None,
            attribute(num.find(W + "numId")) if num is not None else None,
            whole_number(num.find(W + "ilvl")) if num is not None else None,
            properties(paragraph, ("numPr", "outlineLvl")),
            properties(element.find(W + "rPr")),
            properties(element.find(W + "tblPr")) if kind == "table" else (),
            properties(element.find(W + "tcPr")) if kind == "table" else (),
            tuple(element.iterfind(W + "tblStylePr")) if kind == "table" else (),
        )
        if element.get(W + "default") in ("1", "true", "on"):
            default[kind] = style_id
    by_name: dict[str, Style] = {}
    for element in root if named else ():
        if local(element) != "style":
            continue
        definition = definitions[element.get(W + "styleId", "")]
        base = definitions.get(definition.based_on)
        wanted = ("tblPr", "trPr", "tcPr", "tblStylePr")
        table = sorted((tree(child, order=False) for child in element if local(child) in wanted), key=repr)
        by_name[definition.name] = Style(
            definition.type,
            base.name if base else "",
            properties(element.find(W + "pPr"), ("numPr",)),
            properties(element.find(W + "rPr")),
            tuple(table),
        )
    return _Declared(definitions, default, by_name, document_defaults)
