"""docxtpl's RichText, RichTextParagraph and Listing as values, and links for them.

docxtpl writes their XML while a program builds them. What it writes is put right here: the children of `rPr` in the
order of the schema (ECMA-376 part 1 §17.3.2.28), East Asian fonts, required attributes, and link targets as
relationships of the part that is being rendered.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from generator.diagnostics import InvalidDocument, InvalidTemplate
from generator.diagnostics.catalogue import diagnostic
from generator.kept.lazy_patterns import lazy
from generator.ooxml.escaping import QUOTE, escape
from generator.ooxml.package import parse_xml
from generator.ooxml.wordprocessing import MAIN
from generator.template.printable import safe_link
from generator.word.run.additions import rendered_part
from generator.word.run.legal_text import legal, lines_ended

_CHILDREN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl "
    "cs em lang eastAsianLayout specVanish oMath"
)
ORDER = _CHILDREN.split()
_PLACE = {name: place for place, name in enumerate(ORDER)}
_PROPERTIES = lazy(r"<w:rPr>(.*?)</w:rPr>")
_PROPERTY = lazy(r'<w:(\w+)((?: w:\w+="[^"<]*")*)/>')
_ANY_PROPERTY = lazy(r"<([\w:]+)(?:\s[^<>]*)?/>|<([\w:]+)(?:\s[^<>]*)?>.*?</\2>", re.DOTALL)
_BARE = lazy(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)")
_RUN = r'<w:r>(?:<w:rPr>(?:<w:\w+(?: w:\w+="[^"<]*")*/>)*</w:rPr>)?<w:t xml:space="preserve">[^<]*</w:t></w:r>'
_RUNS = rf'(?:<w:hyperlink r:id="[^"<]*" w:tgtFrame="_blank">{_RUN}</w:hyperlink>|{_RUN})*'
_SOUND_RUNS = lazy(_RUNS)
_SOUND_PARAGRAPHS = lazy(rf'(?:<w:p>(?:<w:pPr><w:pStyle w:val="[^"<]*"/></w:pPr>)?{_RUNS}</w:p>)*')
_CONTROLS = lazy("[\t\n\a\f]")
_PARAGRAPH = lazy(r"<w:p>(?P<properties><w:pPr>.*?</w:pPr>)?(?P<runs>.*?)</w:p>", re.DOTALL)
_TEXT = lazy(
    r'(?P<link><w:hyperlink [^>]*>)?<w:r>(?P<run><w:rPr>.*?</w:rPr>)?<w:t xml:space="preserve">(?P<text>[^<]*)</w:t></w:r>'
    r"(?P<end></w:hyperlink>)?",
    re.DOTALL,
)
_TARGET = lazy(r'<w:hyperlink r:id="([^"]*)"')
_SCHEME = "link:"
# every part that holds tags declares the first two; markup that needs another must declare it
_PREFIXES = {"w": MAIN, "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships"}


def with_properties(run: str, *more: str) -> str:
    """The properties of a run with others, in the order of the schema."""
    inner = run.removeprefix("<w:rPr>").removesuffix("</w:rPr>") if run.endswith("</w:rPr>") else ""
    found = {(match[1] or match[2]): match[0] for match in _ANY_PROPERTY.finditer(inner + "".join(more))}
    ordered = sorted(found.items(), key=lambda item: _PLACE.get(item[0].removeprefix("w:"), len(ORDER)))
    return f"<w:rPr>{''.join(xml for _, xml in ordered)}</w:rPr>" if ordered else ""


class Link(str):
    """A link target, for `url_id` of a RichText: `rich.add("网站", url_id=template.link("https://…"))`.

    It becomes a relationship of the part in which the text is printed, so it works in headers and footers too.
    """

    __slots__ = ()

    @property
    def address(self) -> str:
        """What a tag prints of it, as XML."""
        return self.removeprefix(_SCHEME)


def link(url: str) -> Link:
    """A link target for docxtpl's RichText (see `Link`).

    Args:
        url: the address, `mailto:` too.
    """
    return Link(_SCHEME + escape(str(url), QUOTE))


def rich_text(value: Any) -> str:
    """The XML of a RichText or RichTextParagraph, put right.

    Raises:
        InvalidTemplate: its properties do not make sound XML.
    """
    xml = _BARE.sub("&amp;", legal(lines_ended(value.xml)))
    sound = _SOUND_PARAGRAPHS if xml.startswith("<w:p>") else _SOUND_RUNS
    if not sound.fullmatch(xml):
        xml = _written_by_hand(xml)  # programs add markup of their own to `xml`
    xml = _PROPERTIES.sub(_in_order, xml)
    if sound is _SOUND_PARAGRAPHS and _CONTROLS.search(xml):
        xml = _PARAGRAPH.sub(_resolved_paragraph, xml)
    return _TARGET.sub(_related, xml) if _TARGET.search(xml) else xml


def _written_by_hand(xml: str) -> str:
    """Markup that docxtpl did not write, if it is well-formed.

    Raises:
        InvalidTemplate: it is not.
    """
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _PREFIXES.items())
    try:
        parse_xml(f"<x {declared}>{xml}</x>".encode())
    except InvalidDocument:
        raise InvalidTemplate([diagnostic("rich-text-unsound", xml=xml[:120])]) from None
    return xml


def _in_order(match: re.Match[str]) -> str:
    found: dict[str, str] = {}
    if _PROPERTY.sub("", match[1]).strip():
        return match[0]  # properties with children are written by hand
    for name, attributes in _PROPERTY.findall(match[1]):
        if name == "rFonts" and "w:eastAsia=" not in attributes:
            font = re.search(r'w:ascii="([^"]*)"', attributes)
            attributes += f' w:eastAsia="{font[1]}"' if font else ""
        elif name == "shd" and "w:val=" not in attributes:
            attributes = f' w:val="clear" w:color="auto"{attributes}'
        found[name] = f"<w:{name}{attributes}/>"  # the last of two wins, as the reader takes it
    children = sorted(found.items(), key=lambda item: _PLACE.get(item[0], len(ORDER)))
    return f"<w:rPr>{''.join(xml for _, xml in children)}</w:rPr>"


def _resolved_paragraph(match: re.Match[str]) -> str:
    """A paragraph of rich text with docxtpl's control characters resolved in its own format."""
    properties = match["properties"] or ""

    def resolved(found: re.Match[str]) -> str:
        link, run, end = found["link"] or "", found["run"] or "", found["end"] or ""
        opening, again = f"{link}<w:r>{run}", '<w:t xml:space="preserve">'
        closing = f"</w:t></w:r>{end}"
        paragraph = f"{closing}</w:p><w:p>{properties}{opening}{again}"
        page = f'{closing}</w:p><w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p>{properties}{opening}{again}'
        text = found["text"].replace("\t", f"</w:t><w:tab/>{again}").replace("\n", f"</w:t><w:br/>{again}")
        return f"{opening}{again}{text}{closing}".replace("\a", paragraph).replace("\f", page)

    return f"<w:p>{properties}{_TEXT.sub(resolved, match['runs'])}</w:p>"


def _related(match: re.Match[str]) -> str:
    target = match[1]
    if target.startswith(_SCHEME):
        target = rendered_part().relate("hyperlink", safe_link(unescape(target.removeprefix(_SCHEME))), external=True)
    return f'<w:hyperlink r:id="{target}"'
