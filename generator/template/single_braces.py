"""Names in one pair of braces: `{ 资金.执行率 }` prints as it stands, and is a tag that was meant where a report has such a field."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from generator.diagnostics import Diagnostic, InvalidTemplate, Location
from generator.diagnostics.catalogue import diagnostic
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass

_SINGLE = lazy(r"(?<![{｛])[{｛][ \u3000]*+([^\W\d]\w*+(?:\.\w++|\[[^\[\]{}]*+\])*+)[ \u3000]*+[}｝](?![}｝])")


@dataclass(frozen=True, slots=True)
class SingleBraces:
    """One of them.

    Args:
        text: with its braces.
        path: between them.
        location: where it stands.
    """

    text: str
    path: str
    location: Location

    @property
    def name(self) -> str:
        """The first name of the path."""
        return re.split(r"[.\[]", self.path, maxsplit=1)[0]


def single_braces(text: str, location: Location) -> Iterator[SingleBraces]:
    """Those of a text, or of a part of it that is outside of tags."""
    if ("{" in text or "｛" in text) and ("}" in text or "｝" in text):
        for match in _SINGLE.finditer(text):
            yield SingleBraces(match[0], match[1], location)


def meant_as_tags(found: Iterable[SingleBraces], names: Container[str]) -> Iterator[Diagnostic]:
    """A finding for each whose name is among those of a report."""
    for one in found:
        if one.name in names:
            yield diagnostic("lint-single-braces", one.location, tag=one.text, right=f"{{{{ {one.path} }}}}")


def refuse_single_braces(found: Iterable[SingleBraces], context: Container[str]) -> None:
    """Refuse to print a report by a template that names what it has in one pair of braces.

    Raises:
        InvalidTemplate: with each of them.
    """
    if faults := list(meant_as_tags(found, context)):
        raise InvalidTemplate(faults)
