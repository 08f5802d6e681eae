"""Links whose targets hold tags."""

from __future__ import annotations

from urllib.parse import unquote

from generator.ooxml.package import Package
from generator.ooxml.relationships import relationships, relationships_member, without_entries
from generator.ooxml.wordprocessing import Element, R
from generator.template.faults import PlacedTag
from generator.template.tags import find_tags, has_tags
from generator.word.compile.tokens import Anchors, Piece, Tokens


def mark_links(tokens: Tokens, package: Package, member: str, root: Element, anchors: Anchors) -> dict[str, bytes]:
    """Links whose target holds tags: each gets its own target wherever it is printed."""
    links = {
        identity: unquote(link.target)
        for identity, link in relationships(package, member).items()
        if link.external and has_tags(unquote(link.target))
    }
    if not links:
        return {}
    for element in root.iter():
        identity = element.get(f"{R}id") if isinstance(element.tag, str) else None
        if identity not in links:
            continue
        where = anchors.place(element)
        target, words, position = links[identity], [], 0
        placed = None
        for tag in find_tags(target):
            words.append(repr(target[position : tag.start]))
            position = tag.end
            placed = PlacedTag(tag, where)
            if tag.mark == "{{" and tag.closed and tag.body:
                words.append(f"({tag.body})")
            else:
                tokens.faults.append(placed.finding("word-link-statement"))
        words.append(repr(target[position:]))
        assert placed is not None
        tokens.pieces.append(Piece(placed))
        element.set(f"{R}id", tokens.attribute(f"__link({' ~ '.join(words)})", placed))
    name = relationships_member(member)
    return {name: without_entries(package.xml(name), "Id", links)}
