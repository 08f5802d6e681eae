"""What is looked for in texts with tags, of paragraphs and of cells alike: guidance that was left, a unit behind a tag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.kept.lazy_patterns import lazy
from generator.lint.path_types import PlacedUse, Target, resolve
from generator.standard import Standard
from generator.standard.kinds import kind_named
from generator.template.tags import Tag

_GUIDANCE = lazy(
    r"(?:请在此|请在这里|请填写|请输入|此处填写|在此填写)[^。；，）)】]{0,20}|…{2,}|\.{6,}|×{2,}|[Xx]{3,}|_{4,}"
)
_UNIT = lazy(r"\s*(%|％|万元|元)")
Printed = Mapping[tuple[str, str], set[str]]  # by the anchor of a text and that of its tag


def plain(text: str, tags: Sequence[Tag]) -> str:
    """The text between its tags."""
    position, out = 0, []
    for tag in tags:
        out.append(text[position : tag.start])
        position = tag.end
    return "".join([*out, text[position:]])


def guidance(text: str, tags: Sequence[Tag], location: Location) -> Iterator[Diagnostic]:
    """Words for whoever fills in a form by hand."""
    if match := _GUIDANCE.search(plain(text, tags)):
        yield diagnostic("lint-guidance-left", location, text=match[0])


def printed_paths(uses: Iterable[PlacedUse]) -> Printed:
    """The paths that each tag prints."""
    paths: dict[tuple[str, str], set[str]] = {}
    for placed in uses:
        if placed.use.how == "print":
            paths.setdefault((str(placed.location.anchor), placed.tag), set()).add(placed.use.path)
    return paths


def printed_field(tag: Tag, location: Location, printed: Printed, standard: Standard) -> Target | None:
    """The one field that a tag prints as it is; None where it prints anything else."""
    known = printed.get((str(location.anchor), tag.text), set())
    if tag.mark != "{{" or len(known) != 1 or "|" in tag.body or "~" in tag.body:
        return None
    target = resolve(standard, next(iter(known)))
    return target if isinstance(target, Target) and not target.many and target.field is not None else None


def doubled_unit(text: str, tag: Tag, location: Location, printed: Printed, standard: Standard) -> Iterator[Diagnostic]:
    """A unit behind a tag that repeats or contradicts the field's own."""
    match = _UNIT.match(text, tag.end)
    target = printed_field(tag, location, printed, standard) if match else None
    if match is None or target is None or target.field is None:
        return
    own, unit = ("%" if kind_named(target.kind).hundredths else target.field.unit), match[1].replace("％", "%")
    if own == "%" or (own in ("万元", "元", "分") and own != unit):
        yield diagnostic("lint-unit-doubled", location, tag=tag.text, unit=match[1], own=own)
