"""How a value of another shape was probably meant: a list for a value, a text for a list, brackets of the wrong kind."""

from __future__ import annotations

import re

from generator.diagnostics import Text
from generator.diagnostics.wording import level_words as words
from generator.diagnostics.wording.entry import Spelling
from generator.source import List, Map, Node, Scalar
from generator.standard import Field
from generator.standard.kinds import kind_of

NOTHING_WORDS = frozenset(("无", "没有", "暂无", "/", "-", "—", "——", "N/A"))  # that mean no item, and would be one
MAX_SHOWN = 80  # letters of a list that a hint writes out


def shape_hint(field: Field, node: Node, spelling: Spelling) -> Text | None:
    """What to write instead of a list, a mapping or a single value where another is wanted.

    Args:
        field: what is wanted.
        node: what is there.
        spelling: of the file.
    """
    if spelling == "form":
        return None
    if isinstance(node, List):
        return _of_list(field, node, spelling)
    if isinstance(node, Map):
        return _of_map(field, node, spelling)
    return _of_value(field, node, spelling) if isinstance(node, Scalar) else None


def _of_list(field: Field, node: List, spelling: Spelling) -> Text | None:
    if field.many:
        return None
    only = node[0] if len(node) == 1 else None
    if isinstance(only, Scalar):
        return words.NO_BRACKETS.filled(text=only.text.strip()[:MAX_SHOWN])
    pairs = all(isinstance(item, Map) and len(item) == 1 for item in node)
    return words.BRACES_FOR_FIELDS if node and pairs and field.kind == "record" and spelling == "yaml" else None


def _of_map(field: Field, node: Map, spelling: Spelling) -> Text | None:
    yaml = spelling == "yaml"
    if field.many and field.record is not None:
        first = next((name for name in node if name in field.record.fields), None)
        if first is not None:
            return words.ITEM_UNDASHED.filled(name=first) if yaml else words.ITEM_UNBRACKETED.filled()
    if yaml and len(node) == 1 and kind_of(field).prose:
        (name, inner), *_ = node.items()
        if isinstance(inner, Scalar) and not name.startswith("\0"):
            return words.COLON_IN_TEXT.filled(text=f"{name}: {inner.text}")
    return None


def _of_value(field: Field, node: Scalar, spelling: Spelling) -> Text | None:
    text, yaml = node.text.strip(), spelling == "yaml"
    if field.many and node.style == "literal" and text.startswith("- "):
        return words.NO_BAR
    if field.many and kind_of(field).sentence:
        if text in NOTHING_WORDS:
            return words.NO_ITEMS[spelling]
        items = [item for item in re.split("[、，,;；]", text.strip("【】［］[]（） ")) if item.strip()]
        shown = ", ".join(item.strip() if yaml else f'"{item.strip()}"' for item in items)
        return words.ITEMS_IN_BRACKETS.filled(written=f"[{shown}]") if 0 < len(shown) <= MAX_SHOWN else None
    if field.kind != "record" or field.many:
        return None
    if yaml and re.match(r"\{.*\}\Z", text, re.DOTALL):
        return words.NO_QUOTES_AROUND
    inside = field.record.fields if field.record is not None else {}
    first = next((name for name, one in inside.items() if one.required and not one.formula), None)
    if first is None or not text or len(text) > MAX_SHOWN // 2:
        return None
    return words.VALUE_INSIDE[spelling].filled(name=first, text=text)
