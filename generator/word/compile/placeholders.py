"""Pictures that stand for one of the data: a tag alone as a picture's alternative text, `{{ 公章 }}` or `{{ 网址|qrcode }}`.

Where the tag's value is a picture, it takes the place of the template's: anchor, wrapping and frame stay, and the new one is
fitted whole into the box of the old one. Where it is blank, none is printed; where it is text, it is the alternative text.
"""

from __future__ import annotations

from generator.ooxml.wordprocessing import MC, PIC, WP, A, Element, R, ancestor, put_at_end, put_before, put_behind
from generator.template.faults import PlacedTag
from generator.template.tags import find_tags
from generator.word.compile.tokens import Anchors, Piece, Slot, Tokens

_TEXTS = ("descr", "title")


def mark_placeholders(tokens: Tokens, root: Element, anchors: Anchors) -> None:
    """Let the pictures of a part whose alternative text is a tag be those that the tags' values are.

    Args:
        tokens: of the part.
        root: of the part, or one of its notes.
        anchors: of what it holds.
    """
    for picture in list(root.iter(f"{PIC}pic")):
        frame = next(picture.iterancestors(f"{WP}inline", f"{WP}anchor"), None)
        blip = picture.find(f"{PIC}blipFill/{A}blip")
        drawing = None if frame is None else frame.getparent()
        if frame is None or drawing is None or blip is None or not blip.get(f"{R}embed"):
            continue
        alone = frame.find(f"{A}graphic/{A}graphicData/{PIC}pic") is picture
        own = picture.find(f"{PIC}nvPicPr/{PIC}cNvPr")
        named = [one for one in (frame.find(f"{WP}docPr") if alone else None, own) if one is not None]
        texts = [element.get(key, "").strip() for element in named for key in _TEXTS]
        text = next((one for one in texts if _is_tag(one)), None)
        if text is None:
            continue
        placed = PlacedTag(next(find_tags(text)), anchors.place(frame))
        tokens.pieces.append(Piece(placed))  # its own faults are told
        _replace(tokens, placed, text, named)
        shape = picture.find(f"{PIC}spPr/{A}xfrm/{A}ext")
        sizes = [one for one in (frame.find(f"{WP}extent") if alone else None, shape) if one is not None]
        _put_in(tokens, placed, _unit(drawing) if alone else picture, sizes)
        _show(tokens, picture, blip)


def _is_tag(text: str) -> bool:
    tags = list(find_tags(text)) if text.startswith("{{") else []
    return len(tags) == 1 and tags[0].mark == "{{" and tags[0].text == text and tags[0].closed and bool(tags[0].body)


def _replace(tokens: Tokens, placed: PlacedTag, text: str, named: list[Element]) -> None:
    """Print the alternative text where the tag stood, once."""
    shown = "{{ __picture_text() }}"
    for element in named:
        for key in _TEXTS:
            if element.get(key, "").strip() == text:
                element.set(
                    key, tokens.source(shown, None, Slot("attribute", label=placed.tag.body)) if key == "descr" else ""
                )
    if all(element.get("descr") is None for element in named):
        named[0].set("descr", tokens.source(shown, None, Slot("attribute", label=placed.tag.body)))
    first = named[0]
    if first.tag == f"{WP}docPr" and first.find(f"{A}hlinkClick") is None:
        first.text = tokens.source("{{ __picture_link() }}", None, Slot("markup")) + (first.text or "")


def _put_in(tokens: Tokens, placed: PlacedTag, unit: Element, sizes: list[Element]) -> None:
    """Ask for the value in front of the picture, which is left out where the value is blank."""
    width, height = (int(float(sizes[0].get(side, "0") or 0)) if sizes else 0 for side in ("cx", "cy"))
    asked = f"{{{{ __picture(({placed.tag.body}), {width}, {height}) }}}}"
    put_before(unit, tokens.source(asked, placed, Slot("plain")) + tokens.source("{% if __pictured() %}"))
    put_behind(unit, tokens.source("{% endif %}"))
    for size in sizes:
        for side in ("cx", "cy"):
            old = size.get(side, "0")
            size.set(side, tokens.attribute(f"__picture_side({side!r}, {old!r})"))


def _show(tokens: Tokens, picture: Element, blip: Element) -> None:
    """Let the frame show the new picture, without the crop, the effects and the SVG of the old one."""
    old = blip.get(f"{R}embed", "")
    blip.set(f"{R}embed", tokens.attribute(f"__picture_embed({old!r})"))
    vector = tokens.source("{{ __picture_vector() }}", None, Slot("markup"))
    if len(blip):
        vector += tokens.source("{% if __picture_stays() %}")
        put_at_end(blip, tokens.source("{% endif %}"))
    blip.text = vector
    crop = picture.find(f"{PIC}blipFill/{A}srcRect")
    if crop is None:
        return
    for side, cut in list(crop.attrib.items()):
        crop.set(side, tokens.attribute(f"__picture_crop({str(cut)!r})"))


def _unit(drawing: Element) -> Element:
    """What goes where no picture is printed: the drawing, with the twin for old programs, which shows the old picture."""
    alternate = ancestor(drawing, f"{MC}AlternateContent")
    choice = drawing.getparent()
    if alternate is None or choice is None or choice.getparent() is not alternate:
        return drawing
    for fallback in alternate.findall(f"{MC}Fallback"):
        alternate.remove(fallback)
    return alternate
