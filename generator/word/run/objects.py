"""Values of a context that print more than text: what they become in a part.

`markup` is the one door: the engine asks it for every value that is neither text nor number.
"""

from __future__ import annotations

from typing import Any

from generator.diagnostics import InvalidTemplate
from generator.diagnostics.catalogue import diagnostic
from generator.template.image import Image
from generator.word.run.additions import rendered_part
from generator.word.run.drawings import drawing
from generator.word.run.legal_text import legal
from generator.word.run.richtext import rich_text
from generator.word.run.subdocuments import SubDocument

_DOCXTPL = {
    ("docxtpl.richtext", "RichText"): "rich",
    ("docxtpl.richtext", "RichTextParagraph"): "rich",
    ("docxtpl.listing", "Listing"): "listing",
    ("docxtpl.inline_image", "InlineImage"): "image",
    ("docxtpl.subdoc", "Subdoc"): "subdoc",
}


def markup(value: Any, *, text_only: bool = False) -> str | None:
    """The XML that a value prints in the part that is being rendered; None for a value that prints as text.

    An image is content of a run, between the end of its text and the beginning of another (`</w:t>…<w:t>`); rich text
    is runs, or paragraphs; a sub-document is blocks. The engine fits them to where they stand. docxtpl is not
    imported: its objects are known by their classes' names.

    Args:
        value: anything of a context.
        text_only: whether it stands where only text can: in an attribute, a property, the code of a field.

    Raises:
        InvalidTemplate: an object that docxtpl ties to a template of its own, or one that cannot stand here.
    """
    if text_only and isinstance(value, Image | SubDocument):
        raise InvalidTemplate([diagnostic("object-not-here")])
    if isinstance(value, SubDocument):
        return value.blocks(rendered_part())
    if isinstance(value, Image):
        return f'</w:t>{drawing(value, rendered_part())}<w:t xml:space="preserve">'
    kind = _docxtpl_kind(value)
    if kind in ("image", "subdoc"):
        raise InvalidTemplate([diagnostic(f"docxtpl-{kind}")])
    if kind == "rich":
        return rich_text(value)
    return legal(value.xml) if kind == "listing" else None


def _docxtpl_kind(value: Any) -> str | None:
    kinds = (_DOCXTPL.get((base.__module__, base.__name__)) for base in type(value).__mro__)
    return next(filter(None, kinds), None)
