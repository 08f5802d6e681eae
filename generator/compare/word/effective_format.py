"""What a reader would see: the format of paragraphs and characters worked out through defaults, styles and lists.

The order in which they apply is that of ECMA-376 part 1, 17.7.2: document defaults, paragraph style, numbering, character style,
direct formatting. `w:spacing`, `w:ind` and `w:rFonts` inherit each attribute by itself, toggles of two styles cancel each other
(17.7.3). What says no more than an application does by itself is left out, so that a document whose editor spells everything
out is the same as one whose editor leaves it to the styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from generator.compare.canonical import Properties
from generator.kept.name_sets import names
from generator.ooxml.stated_numbers import digits

_BY_ATTRIBUTE = frozenset(("spacing", "ind", "rFonts"))
_BY_SIDE = frozenset(("tblBorders", "tblCellMar"))
_TOGGLES = ("b", "i", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss", "imprint", "vanish")
_NEUTRAL_RUN: dict[str, Any] = {
    **dict.fromkeys((*_TOGGLES, "webHidden", "rtl", "cs", "specVanish"), False),
    "snapToGrid": True,
    "color": "auto",
    "u": "none",
    "vertAlign": "baseline",
    "highlight": "none",
    "spacing": "0",
    "w": "100",
    "kern": "0",
    "position": "0",
    "sz": "20",
    "em": "none",
    "effect": "none",
}
_NEUTRAL_PARAGRAPH: dict[str, Any] = {
    **dict.fromkeys(
        names(
            "keepNext keepLines pageBreakBefore contextualSpacing suppressLineNumbers topLinePunct bidi mirrorIndents"
        ),
        False,
    ),
    **dict.fromkeys(
        ("widowControl", "kinsoku", "wordWrap", "overflowPunct", "autoSpaceDE", "autoSpaceDN", "adjustRightInd"), True
    ),
    "snapToGrid": True,
    "jc": "left",
    "textAlignment": "auto",
    "textDirection": "lrTb",
}
_SPACING = {"before": "0", "after": "0", "line": "240", "lineRule": "auto", "beforeLines": "0", "afterLines": "0"}
FONTS = {"ascii": "latinFont", "eastAsia": "eastAsianFont"}  # each is seen in its own characters alone
_AUTOSPACING = ("beforeAutospacing", "afterAutospacing")
_INDENTS = ("left", "right", "firstLine", "hanging")
_ASIAN = re.compile("[\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\uac00-\ud7af]")
_STRETCH = re.compile(f"(?:{_ASIAN.pattern})+|\\s+|(?:(?!{_ASIAN.pattern})\\S)+")
_THEME_SLOTS = {"asciiTheme": "ascii", "hAnsiTheme": "hAnsi", "eastAsiaTheme": "eastAsia", "cstheme": "cs"}


def layered(layers: Iterable[Properties], fonts: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Properties over each other, the last ones on top.

    Args:
        layers: from the outermost (document defaults) to the innermost (direct formatting).
        fonts: what the theme's fonts are called, for run properties.
    """
    found: dict[str, Any] = {}
    for layer in layers:
        for name, value in layer:
            if name in _BY_ATTRIBUTE and isinstance(value, tuple) and all(len(v) == 2 for v in value):
                given = _without_theme(dict(value), fonts or {}) if name == "rFonts" else dict(value)
                known = dict(found.get(name) or ())
                if name == "ind":
                    _free_first_line(known, given)
                found[name] = tuple(sorted({**known, **given}.items()))
            elif name in _BY_SIDE and isinstance(value, tuple) and len(value) == 4 and name in found:
                sides = {child[0]: child for child in (*found[name][2], *value[2])}
                found[name] = (name, (), tuple(sides[side] for side in sorted(sides)), "")
            else:
                found[name] = value
    return found


def _free_first_line(known: dict[str, str], given: Mapping[str, str]) -> None:
    """A hanging indent and one of the first line exclude each other; one in measures takes the place of one in characters."""
    for one, other in (("firstLine", "hanging"), ("hanging", "firstLine")):
        if one in given or f"{one}Chars" in given:
            for name in (other, f"{other}Chars"):
                known.pop(name, None)
    for name in _INDENTS:
        if name in given and f"{name}Chars" not in given:
            known.pop(f"{name}Chars", None)


def _without_theme(given: dict[str, str], fonts: Mapping[str, str]) -> dict[str, str]:
    """Fonts of the theme by name; they go before those that are stated beside them (17.3.2.26)."""
    found = {name: value for name, value in given.items() if name not in _THEME_SLOTS}
    for name, slot in _THEME_SLOTS.items():
        if name in given:
            font = fonts.get(given[name])
            if font:
                found[slot] = font
            else:
                found.setdefault(slot, given[name])
    return found


def toggled(paragraph_style: Properties, character_style: Properties) -> list[tuple[str, Any]]:
    """The toggles that both a paragraph and a character style turn on are off."""
    one, other = dict(paragraph_style), dict(character_style)
    return [(name, False) for name in _TOGGLES if one.get(name) is True and other.get(name) is True]


def is_asian(char: str) -> bool:
    """Whether a character is printed in the East Asian font."""
    return _ASIAN.match(char) is not None


def seen_run(found: Mapping[str, Any], text: str | None = None) -> Properties:
    """The run properties that a reader sees in a text; with None, all that could be seen."""
    kept = {name: value for name, value in found.items() if _NEUTRAL_RUN.get(name, _NOTHING) != value}
    kept.pop("rStyle", None)
    # from which size on pairs are kerned: nobody sees it in Chinese, editors set it as they like
    kept.pop("kern", None)
    if isinstance(kept.get("u"), tuple) and dict(kept["u"]).get("val", "single") == "none":
        del kept["u"]
    if isinstance(kept.get("color"), tuple):
        kept["color"] = dict(kept["color"]).get("val", "auto").upper()
        if kept["color"] == "AUTO":
            del kept["color"]
    if _clear(kept.get("shd")):
        del kept["shd"]
    fonts = {name: value for name, value in dict(kept.pop("rFonts", ())).items() if name in ("ascii", "eastAsia")}
    if text is not None:
        asian = _ASIAN.search(text) is not None
        latin = any(not char.isspace() and not _ASIAN.match(char) for char in text)
        fonts = {name: value for name, value in fonts.items() if (asian if name == "eastAsia" else latin)}
        if not asian and not latin:
            kept = {name: kept[name] for name in ("u", "highlight", "strike", "shd", "sz") if name in kept}
    kept.update({FONTS[name]: value for name, value in fonts.items()})
    return tuple(sorted(kept.items()))


def seen_paragraph(found: Mapping[str, Any], size: str) -> Properties:
    """The paragraph properties that a reader sees; `size` is that of the characters in half points."""
    kept = {name: value for name, value in found.items() if _NEUTRAL_PARAGRAPH.get(name, _NOTHING) != value}
    spacing = {
        name: value for name, value in dict(kept.pop("spacing", ())).items() if _SPACING.get(name, _NOTHING) != value
    }
    for name in _AUTOSPACING:
        if spacing.get(name) in ("0", "false", "off"):
            del spacing[name]
    for side in ("before", "after"):
        if f"{side}Lines" in spacing or f"{side}Autospacing" in spacing:
            spacing.pop(side, None)
    if spacing:
        kept["spacing"] = tuple(sorted(spacing.items()))
    if indent := _indents(dict(kept.pop("ind", ())), size):
        kept["ind"] = tuple(sorted(indent.items()))
    if _clear(kept.get("shd")):
        del kept["shd"]
    kept.pop("suppressAutoHyphens", None)  # matters where the document hyphenates, which Chinese does not
    tabs = kept.get("tabs")
    if isinstance(tabs, tuple) and len(tabs) == 4:
        stops = tuple(stop for stop in tabs[2] if dict(stop[1]).get("val") not in ("clear", "num"))
        kept["tabs"] = (*tabs[:2], stops, tabs[3])
        if not stops:
            del kept["tabs"]
    return tuple(sorted(kept.items()))


def seen_table(found: Mapping[str, Any]) -> Properties:
    """The properties of a table that a reader sees."""
    none = (("w", "0"),)
    kept = {name: value for name, value in found.items() if _NEUTRAL_TABLE.get(name, _NOTHING) != value}
    return tuple(sorted((name, value) for name, value in kept.items() if name != "tblInd" or value != none))


def stretches(text: str) -> list[str]:
    """A text cut where the font that prints it changes: East Asian characters, blanks, all others."""
    return _STRETCH.findall(text)


_NOTHING = object()
_NEUTRAL_TABLE = {"tblLayout": (("type", "autofit"),), "jc": "left", "bidiVisual": False, "tblOverlap": "overlap"}


def _indents(given: Mapping[str, str], size: str) -> dict[str, str]:
    """Indents in twentieths of a point: those in hundredths of a character are as wide as the characters (17.3.1.12)."""
    found: dict[str, str] = {}
    stated = digits(size)
    width = 210 if stated is None else stated * 10
    for name in _INDENTS:
        characters = given.get(f"{name}Chars", "0")
        if re.fullmatch(r"-?[1-9][0-9]{0,18}", characters):
            found[name] = str(round(int(characters) * width / 100))
        elif given.get(name, "0") not in ("0", ""):
            found[name] = given[name]
    return found


def _clear(shading: Any) -> bool:
    if not isinstance(shading, tuple):
        return shading in ("clear", "nil")
    given = dict(shading) if all(isinstance(pair, tuple) and len(pair) == 2 for pair in shading) else {"val": "?"}
    return given.get("val", "clear") in ("clear", "nil") and given.get("fill", "auto") == "auto"


def goes_on(changes: Iterable[tuple[str, Any, Any]], between: str) -> bool:
    """Whether a change of fonts would not be seen in the text between two stretches, as it has other characters."""
    if not between:
        return True
    names = {name for name, _, _ in changes}
    if names == {"eastAsianFont"}:
        return not any(map(is_asian, between))
    if names == {"latinFont"}:
        return all(char.isspace() or is_asian(char) for char in between)
    return not between.strip() and names.isdisjoint(("u", "highlight", "strike", "shd", "sz"))
