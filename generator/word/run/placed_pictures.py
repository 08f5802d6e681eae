"""Pictures of the data in the place of pictures of the template (see `generator.word.compile.placeholders`)."""

from __future__ import annotations

from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from generator.figures import Blank
from generator.template.environment import DraftMissing
from generator.template.image import Image
from generator.template.printable import safe_link
from generator.word.run.additions import rendered_part
from generator.word.run.drawings import LINK, embedded, vector_twin


class PlacedPicture:
    """What the tag of the picture that is being printed came to.

    Args:
        value: of the tag.
        width: of the box in the template, EMU.
        height: the same.
        draft: whether what is missing is marked.
    """

    __slots__ = ("image", "shown", "value")

    def __init__(self, value: Any, width: int, height: int, *, draft: bool):
        self.value = value
        self.image = value.within(width, height) if isinstance(value, Image) else None
        if isinstance(value, Undefined) and not isinstance(value, DraftMissing):
            value = str(value)  # raises, unless what is undefined prints nothing
        blank = value is None or isinstance(value, Blank) or (isinstance(value, str) and not value)
        self.shown = draft or not blank

    def text(self) -> Any:
        """The alternative text."""
        return self.value if self.image is None else self.image.description

    def side(self, side: str, old: str) -> str:
        """A side of the frame (`cx`, `cy`) in EMU."""
        if self.image is None:
            return old
        return str(self.image.width if side == "cx" else self.image.height)

    def embed(self, old: str) -> str:
        """The relationship to the picture."""
        return old if self.image is None else embedded(self.image, rendered_part())

    def vector(self) -> Markup:
        """What shows its SVG."""
        return Markup("" if self.image is None else vector_twin(self.image, rendered_part()))

    def link(self) -> Markup:
        """What makes it a link."""
        if self.image is None or not self.image.url:
            return Markup("")
        target = rendered_part().relate("hyperlink", safe_link(self.image.url), external=True)
        return Markup(LINK.format(id=target))
