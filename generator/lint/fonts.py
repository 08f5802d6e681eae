"""Fonts that a template prints with, against those that the format of official documents names.

GB/T 9704-2012 names 方正小标宋 for the title, 仿宋 for the text, 黑体 and 楷体 for headings; Latin letters and digits are
Times New Roman, tables are commonly 宋体. Which font a run has follows ECMA-376 part 1 §17.7.2: its own properties, its
character style, its paragraph's style, the defaults, the theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

NAMED = ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "Times New Roman")
# The same fonts under the names that systems and releases give them.
_ALIASES = """
方正小标宋_GBK, FZXiaoBiaoSong-B05S, FZXiaoBiaoSong-B05, 小标宋
仿宋, FangSong, FangSong_GB2312, 方正仿宋_GBK, 方正仿宋简体, 华文仿宋
楷体, KaiTi, KaiTi_GB2312, 方正楷体_GBK, 方正楷体简体
SimHei, 方正黑体_GBK, 方正黑体简体
SimSun, NSimSun, 新宋体, 宋体-18030
Symbol, Wingdings, Wingdings 2
"""
_KNOWN = frozenset(name.strip().casefold() for name in (*NAMED, *re.split("[,\n]", _ALIASES.strip())))
_WIDE = lazy(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_NARROW = lazy(r"[0-9A-Za-z]")

Chosen = Mapping[str, str]  # eastAsia, ascii -> font


def is_named(font: str) -> bool:
    """Whether the format names a font, by any of its names."""
    return font.casefold() in _KNOWN


@dataclass(frozen=True)
class Fonts:
    """The fonts that a document's styles give.

    Args:
        styles: style id -> its fonts, its own and those that it inherits.
        default: fonts of the document's defaults.
        default_paragraph: the style of paragraphs that name none.
        theme: `majorEastAsia`, `minorAscii`, … -> font.
    """

    styles: Mapping[str, Chosen]
    default: Chosen
    default_paragraph: str
    theme: Mapping[str, str]

    def of(self, run: etree._Element, paragraph: etree._Element) -> Chosen:
        """The fonts of a run: for East Asian characters and for Latin ones; "" where nothing says."""
        chosen = dict(own_fonts(run.find(f"{W}rPr"), self.theme))
        for properties, kind, otherwise in (
            (run.find(f"{W}rPr"), "rStyle", ""),
            (_first(paragraph), "pStyle", self.default_paragraph),
        ):
            style = None if properties is None else properties.find(f"{W}{kind}")
            chosen = {**self.styles.get(otherwise if style is None else style.get(f"{W}val", ""), {}), **chosen}
        return {**self.default, **chosen}

    def unnamed(self, run: etree._Element, paragraph: etree._Element, text: str) -> Iterator[str]:
        """The fonts of a run's text that the format does not name."""
        yield from (font for font in self.printed(run, paragraph, text) if not is_named(font))

    def printed(self, run: etree._Element, paragraph: etree._Element, text: str) -> Iterator[str]:
        """The fonts in which a run's text is set, as far as the document names them."""
        chosen = self.of(run, paragraph)
        for script, pattern in (("eastAsia", _WIDE), ("ascii", _NARROW)):
            font = chosen.get(script, "")
            if font and pattern.search(text):
                yield font


def _first(paragraph: etree._Element) -> etree._Element | None:
    """A paragraph's properties, which stand first: its runs, maybe very many, are not looked through for each of them."""
    first = next(iter(paragraph), None)
    return first if first is not None and first.tag == f"{W}pPr" else None


def read_fonts(styles: etree._Element | None, theme: etree._Element | None) -> Fonts:
    """The fonts of a document's styles and theme parts."""
    named = _theme(theme)
    found: dict[str, tuple[str, Chosen]] = {}
    default_paragraph = ""
    for style in styles.iter(f"{W}style") if styles is not None else ():
        base = style.find(f"{W}basedOn")
        identity = style.get(f"{W}styleId", "")
        fonts = own_fonts(style.find(f"{W}rPr"), named)
        found[identity] = ("" if base is None else base.get(f"{W}val", ""), fonts)
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
            default_paragraph = identity
    defaults = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if styles is not None else None
    return Fonts(_with_inherited(found), own_fonts(defaults, named), default_paragraph, named)


def _with_inherited(found: Mapping[str, tuple[str, Chosen]]) -> dict[str, Chosen]:
    """The fonts of every style with those of the styles that it is based on, each looked up once, however deep they go."""
    settled: dict[str, Chosen] = {}
    for identity in found:
        chain: list[str] = []
        begun: set[str] = set()
        while identity in found and identity not in settled and identity not in begun:
            begun.add(identity)
            chain.append(identity)
            identity = found[identity][0]
        fonts = settled.get(identity, {})
        for style in reversed(chain):
            settled[style] = fonts = {**fonts, **found[style][1]}
    return settled


def own_fonts(properties: etree._Element | None, theme: Mapping[str, str]) -> Chosen:
    """The fonts that run properties state themselves; a theme's goes before a name beside it."""
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    if fonts is None:
        return {}
    chosen = {}
    for script in ("eastAsia", "ascii"):
        themed = theme.get(fonts.get(f"{W}{script}Theme", ""))
        name = themed or fonts.get(f"{W}{script}")
        if name:
            chosen[script] = name
    return chosen


def _theme(theme: etree._Element | None) -> dict[str, str]:
    found: dict[str, str] = {}
    if theme is None:
        return found
    for size in ("major", "minor"):
        fonts = theme.find(f".//{A}{size}Font")
        if fonts is None:
            continue
        latin = fonts.find(f"{A}latin")
        wide = fonts.find(f"{A}ea")
        hans = next((font for font in fonts.iter(f"{A}font") if font.get("script") == "Hans"), None)
        name = "" if latin is None else latin.get("typeface", "")
        for key in ("Ascii", "HAnsi"):
            found[f"{size}{key}"] = name
        found[f"{size}EastAsia"] = ("" if wide is None else wide.get("typeface", "")) or (
            "" if hans is None else hans.get("typeface", "")
        )
    return {key: font for key, font in found.items() if font}
