"""What stands between tags: texts that look like a tag and are none, which would print as they are."""

from __future__ import annotations

from collections.abc import Sequence

from generator.diagnostics import Location
from generator.diagnostics.catalogue import diagnostic
from generator.template.single_braces import single_braces
from generator.template.tags import Tag, brace_too_many, find_tags, half_tag, has_tags, wide_braces
from generator.word.compile.tokens import Tokens


def check_between(
    tokens: Tokens, text: str, tags: Sequence[Tag], where: Location, *, raw: bool = False, single: bool = True
) -> None:
    """Look at the texts between a paragraph's tags, but for what is within `{% raw %}`.

    Args:
        single: whether a name in one pair of braces may be meant as a tag.
    """
    begun, between = 0 if raw else -1, 0
    for tag in tags:
        if begun < 0:
            check_text(tokens, text[between : tag.start], where, single=single)
        begun = tag.end if tag.keyword == "raw" and tag.closed else -1 if tag.keyword == "endraw" else begun
        between = tag.end
    if begun < 0 and (not tags or tags[-1].closed):
        check_text(tokens, text[between:], where, single=single)
    if not raw and not any(tag.keyword == "raw" for tag in tags) and (more := brace_too_many(text, tags)):
        tokens.faults.append(diagnostic("word-half-tag", where, tag=more))


def check_text(tokens: Tokens, text: str, where: Location, *, single: bool = True) -> None:
    """Look for what would print as a tag left raw: braces that are none, half a tag."""
    if found := wide_braces(text):
        tokens.faults.append(diagnostic("word-wide-braces", where, tag=found))
    elif "_}" not in text and (found := half_tag(text)):
        tokens.faults.append(diagnostic("word-half-tag", where, tag=found))
    if single:
        tokens.braced += single_braces(text, where)


def check_whole(tokens: Tokens, text: str, where: Location, *, single: bool = True) -> None:
    """Look at a text that is no paragraph of Word; one that stands twice at a place (of a text box in its two forms) is told once."""
    if "}" in text or "｛" in text:
        known, names = len(tokens.faults), len(tokens.braced)
        check_between(tokens, text, list(find_tags(text)) if has_tags(text) else [], where, single=single)
        tokens.faults[known:] = [one for one in tokens.faults[known:] if one not in tokens.faults[:known]]
        tokens.braced[names:] = [one for one in tokens.braced[names:] if one not in tokens.braced[:names]]
