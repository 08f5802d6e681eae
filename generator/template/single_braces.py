"""Names in one pair of braces, or as other programs' placeholders: `{ 资金.执行率 }` and `«年度»` print as they stand, and are tags
that were meant where a report has such a field, or the template such a variable."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from generator.diagnostics import Diagnostic, InvalidTemplate, Location
from generator.diagnostics.catalogue import diagnostic
from generator.figures.foreign_placeholders import PLACEHOLDER
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, replace

_LOCAL = lazy(r"\{%(?:tr|tc|p|r)?[-+\s]*+(?:for\s++(?P<loop>[^%]+?)\sin\s|set\s++(?P<set>\w++))")
_SINGLE = lazy(r"(?<![{｛])[{｛][ \u3000]*+([^\W\d]\w*+(?:\.\w++|\[[^\[\]{}]*+\])*+)[ \u3000]*+[}｝](?![}｝])")


@dataclass(frozen=True, slots=True)
class SingleBraces:
    """One of them.

    Args:
        text: with its braces.
        path: between them.
        location: where it stands.
        local: whether the template itself names it, as the variable of a loop.
    """

    text: str
    path: str
    location: Location
    local: bool = False

    @property
    def name(self) -> str:
        """The first name of the path."""
        return re.split(r"[.\[]", self.path, maxsplit=1)[0]


def single_braces(text: str, location: Location) -> Iterator[SingleBraces]:
    """Those of a text, or of a part of it that is outside of tags."""
    if ("{" in text or "｛" in text) and ("}" in text or "｝" in text):
        for match in _SINGLE.finditer(text):
            yield SingleBraces(match[0], match[1], location)
    for match in PLACEHOLDER.finditer(text):
        yield SingleBraces(match[0], match["inner"], location)


def with_locals(found: Iterable[SingleBraces], tags: Iterable[str]) -> list[SingleBraces]:
    """Those of a part, with what its tags say of them.

    Args:
        tags: the texts of all tags of the part.
    """
    listed = list(found)
    if not listed:
        return []
    own = {
        name
        for tag in tags
        for match in _LOCAL.finditer(tag)
        for name in re.findall(r"\w+", match["loop"] or match["set"])
    }
    return [replace(one, local=one.name in own) for one in listed]


def meant_as_tags(found: Iterable[SingleBraces], names: Container[str]) -> Iterator[Diagnostic]:
    """A finding for each whose name is among those of a report."""
    for one in found:
        if one.local or one.name in names:
            yield diagnostic("lint-single-braces", one.location, tag=one.text, right=f"{{{{ {one.path} }}}}")


def refuse_single_braces(found: Iterable[SingleBraces], context: Container[str]) -> None:
    """Refuse to print a report by a template that names what it has in one pair of braces.

    Raises:
        InvalidTemplate: with each of them.
    """
    if faults := list(meant_as_tags(found, context)):
        raise InvalidTemplate(faults)
