"""Links whose targets hold tags."""

from __future__ import annotations

import re
from urllib.parse import unquote

from generator.kept.lazy_patterns import lazy
from generator.ooxml.package import Package
from generator.ooxml.relationships import relationships, relationships_member, without_entries
from generator.ooxml.wordprocessing import Element, R
from generator.template.faults import PlacedTag
from generator.template.tags import find_tags, has_tags
from generator.word.compile.between_tags import check_whole
from generator.word.compile.tokens import Anchors, Piece, Tokens

_BRACE = lazy("[{}｛]")
_ENCODED = lazy(rb"[{}]|\xef\xbd\x9b|%7[BD]%|%EF%BD%9B", re.IGNORECASE)


def braces_in_targets(package: Package, member: str) -> bool:
    """Whether a part's links may lead to targets with tags, or with what looks like one."""
    name = relationships_member(member)
    return name in package and _ENCODED.search(package.read(name)) is not None


def mark_links(tokens: Tokens, package: Package, member: str, root: Element, anchors: Anchors) -> dict[str, bytes]:
    """Links whose target holds tags: each gets its own target wherever it is printed."""
    targets = {
        identity: target
        for identity, link in relationships(package, member).items()
        if link.external and _BRACE.search(target := unquote(link.target))
    }
    if not targets:
        return {}
    links = {identity: target for identity, target in targets.items() if has_tags(target)}
    for element in root.iter():
        identity = element.get(f"{R}id") if isinstance(element.tag, str) else None
        if identity not in targets:
            continue
        check_whole(tokens, targets[identity], anchors.place(element))
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
    if not links:
        return {}
    name = relationships_member(member)
    return {name: without_entries(package.xml(name), "Id", links)}
