"""Values of a context that print more than text: what they become in a part.

`markup` is the one door: the engine asks it for every value that is neither text nor number.
"""

from __future__ import annotations

import re
from typing import Any

from generator.diagnostics import InvalidTemplate
from generator.messages import diagnostic
from generator.render.word.additions import rendered_part
from generator.render.word.images import Image
from generator.render.word.richtext import rich_text
from generator.render.word.subdocuments import SubDocument

_DOCXTPL = {
    ("docxtpl.richtext", "RichText"): "rich",
    ("docxtpl.richtext", "RichTextParagraph"): "rich",
    ("docxtpl.listing", "Listing"): "listing",
    ("docxtpl.inline_image", "InlineImage"): "image",
    ("docxtpl.subdoc", "Subdoc"): "subdoc",
}


def is_object(value: Any) -> bool:
    """Whether a value prints markup: an image, a sub-document, or an object of docxtpl."""
    return isinstance(value, Image | SubDocument) or _docxtpl_kind(value) is not None


def markup(value: Any, mode: str = "text", *, run: str = "", paragraph: str = "") -> str | None:
    """The XML that a value prints in the part that is being rendered; None for a value that prints as text.

    docxtpl is not imported: its objects are known by their classes' names.

    Args:
        value: anything of a context.
        mode: where it stands: `text` of a run, in the place of a `run` or a `paragraph`, or elsewhere (an attribute, a
            property, the code of a field), where only text can stand.
        run: properties of the run around it, as XML; the text behind it keeps them.
        paragraph: properties of the paragraph around it, as XML.

    Raises:
        InvalidTemplate: an object that docxtpl ties to a template of its own, or one that cannot stand here.
    """
    if isinstance(value, SubDocument):
        if mode != "paragraph":
            raise InvalidTemplate([diagnostic("object-needs-paragraph")])
        return value.blocks(rendered_part())
    if isinstance(value, Image):
        if mode not in ("text", "run", "paragraph"):
            raise InvalidTemplate([diagnostic("object-not-here")])
        return _placed("image", value.run_content(rendered_part()), mode, run, paragraph)
    kind = _docxtpl_kind(value)
    if kind in ("image", "subdoc"):
        raise InvalidTemplate([diagnostic(f"docxtpl-{kind}")])
    if kind != "rich":
        return value.xml if kind == "listing" else None
    xml = rich_text(value)
    return _placed("paragraphs" if xml.startswith("<w:p>") else "rich", xml, mode, run, paragraph)


def _placed(kind: str, xml: str, mode: str, run: str, paragraph: str) -> str:
    """Runs, paragraphs or a drawing, made to fit where they stand."""
    if kind == "paragraphs":
        if mode == "paragraph":
            return xml
        raise InvalidTemplate([diagnostic("object-needs-paragraph")])
    if mode == "text":
        again = '<w:t xml:space="preserve">'
        # a drawing may stand among the texts of a run; runs may not
        return f"</w:t>{xml}{again}" if kind == "image" else f"</w:t></w:r>{xml}<w:r>{run}{again}"
    runs = f"<w:r>{run}{xml}</w:r>" if kind == "image" else xml
    if mode == "run":
        return runs
    if mode == "paragraph":
        return f"<w:p>{paragraph}{runs}</w:p>"
    return "".join(re.findall("<w:t [^>]*>([^<]*)</w:t>", xml))


def _docxtpl_kind(value: Any) -> str | None:
    for base in type(value).__mro__:
        kind = _DOCXTPL.get((base.__module__, base.__name__))
        if kind:
            return kind
    return None
