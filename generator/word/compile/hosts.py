"""Tags with a host letter take the place of their row, cell, paragraph or run."""

from __future__ import annotations

import copy

from generator.ooxml.package import copy_of
from generator.ooxml.wordprocessing import (
    KEEP_SPACE,
    RPR,
    RUN,
    TBL,
    TC,
    TR,
    Element,
    P,
    ancestor,
    leave_text,
    put_before,
)
from generator.word.compile.beside_hosts import lifted_token, replace_host
from generator.word.compile.tokens import FoundTag, Tokens

HOST_TAGS = {"tr": TR, "tc": TC, "p": P}


def lift(tokens: Tokens, found: list[FoundTag]) -> None:
    """Let the tags with a host letter take the place of their row, cell, paragraph or run."""
    gone: set[Element] = set()
    for host, name in HOST_TAGS.items():
        groups: dict[Element, list[FoundTag]] = {}
        for one in found:
            element = ancestor(one.node, name)
            if one.placed.tag.host == host and element is not None and not _within(one.node, gone):
                groups.setdefault(element, [])
        for one in found:
            if one.placed.tag.mark == "{%" or one.placed.tag.host == host:
                for element in one.node.iterancestors(name):
                    if element in groups:
                        groups[element].append(one)
        for element, ones in groups.items():
            if _within(element, gone):
                continue
            _note_container(tokens, element, host)
            if replace_host(tokens, element, host, ones, groups):
                gone.add(element)
    for one in reversed(found):  # what stands behind a tag leaves its run first
        if one.placed.tag.host == "r" and one.text and not _within(one.node, gone):
            _split_run(one)


def _within(node: Element, gone: set[Element]) -> bool:
    return bool(gone) and (node in gone or any(parent in gone for parent in node.iterancestors()))


def _note_container(tokens: Tokens, element: Element, host: str) -> None:
    container = element.getparent() if host == "p" else ancestor(element, TBL)
    if container is not None:
        (tokens.dynamic if host == "tc" else tokens.touched).append(container)


def _split_run(one: FoundTag) -> None:
    """Put a `{{r }}` tag between runs; what stood before and behind it in its run keeps its format."""
    run = ancestor(one.node, RUN)
    text = one.node.text or ""
    at = text.rfind(one.text)
    if run is None or at < 0:
        return
    parent = run.getparent()
    assert parent is not None
    behind = copy.deepcopy(run)
    for child in list(behind):
        behind.remove(child)
    properties = run.find(RPR)
    if properties is not None:
        behind.append(copy_of(properties))
    rest = text[at + len(one.text) :]
    following = list(one.node.itersiblings())
    if rest:
        made = copy.deepcopy(one.node)
        made.text, made.tail = rest, None
        made.set(KEEP_SPACE, "preserve")
        behind.append(made)
    behind.extend(following)
    one.node.text = text[:at]
    one.node.set(KEEP_SPACE, "preserve")
    if not one.node.text:
        run.remove(one.node)
    behind.tail, run.tail = run.tail, None
    parent.insert(parent.index(run) + 1, behind)
    put_before(behind, lifted_token(one.text))
    for piece in (run, behind):
        if all(child.tag == RPR for child in piece):
            leave_text(piece)
