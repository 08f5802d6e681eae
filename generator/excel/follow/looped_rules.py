"""Rules of looped rows whose texts print the loop's variables: items that print the same share one rule.

What was printed for an item is put under a key of its own in the place of the text; it is filled in when all has followed, like
the texts of other rules (see `rule_texts`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence

from lxml import etree

from generator.kept.lazy_patterns import lazy
from generator.ooxml.package import local
from generator.template.tags import has_tags

Printed = Mapping[tuple[str, "int | None", "int | None"], str]
LITERAL = lazy(r'"((?:[^"]|"")*)"')
_TEXTS = ("text", "prompt", "promptTitle", "error", "errorTitle")
_FORMULAS = ("formula", "formula1", "formula2", "f")


def texts_of_items(element: etree._Element, printed: Printed, cells: Iterable[tuple[int, int]]) -> list[str]:
    """The texts with tags of a rule that were printed with its cells, not for the sheet.

    Args:
        element: the rule.
        printed: what was printed, by text and output cell.
        cells: output row and column of the rule's first cell, for each item.
    """
    if not printed:
        return []
    found = list(dict.fromkeys(text for text in _texts(element) if has_tags(text)))
    places = list(cells) if found else []
    return [text for text in found if any((text, *place) in printed for place in places)]


def values_at(texts: Sequence[str], printed: Printed, row: int, column: int) -> tuple[str, ...] | None:
    """What the texts print for the item at an output cell; None where nothing was printed (a list beside others ended)."""
    values = [printed.get((text, row, column)) for text in texts]
    return None if None in values else tuple(value for value in values if value is not None)


def put_values(
    element: etree._Element,
    texts: Sequence[str],
    values: Sequence[str],
    printed: MutableMapping[tuple[str, int | None, int | None], str],
) -> None:
    """Let a rule of one item name what was printed for that item."""
    keys: dict[str, str] = {}
    for text, value in zip(texts, values, strict=True):
        keys[text] = key = f"{{{{#rule {len(printed)}}}}}"  # no template can hold it: it is no expression
        printed[key, None, None] = value
    for node in element.iter():
        for name in _TEXTS:
            if (text := node.get(name)) in keys:
                node.set(name, keys[text])
        if local(node) in _FORMULAS and node.text and has_tags(node.text):
            node.text = LITERAL.sub(lambda found: _literal(found, keys), node.text)


def _literal(found: re.Match[str], keys: Mapping[str, str]) -> str:
    key = keys.get(found[1].replace('""', '"'))
    return found[0] if key is None else f'"{key}"'


def _texts(element: etree._Element) -> Iterator[str]:
    for node in element.iter():
        if not isinstance(node.tag, str):
            continue
        yield from (text for name in _TEXTS if (text := node.get(name)))
        if local(node) in _FORMULAS:
            yield from (literal[1].replace('""', '"') for literal in LITERAL.finditer(node.text or ""))
