"""Names and values of formats as people say them."""

from __future__ import annotations

import re
from typing import Any

from generator.compare.plain_lines import flat
from generator.diagnostics import Text
from generator.diagnostics.wording import comparison_terms as terms
from generator.diagnostics.wording.format_terms import ATTRIBUTES, LABELS, STYLES, VALUES
from generator.ooxml.stated_numbers import digits

_TWIPS = frozenset(("tcW", "gridCol", "trHeight", "tblW", "pgSz", "pgMar", "ind", "tblInd"))


def style_label(name: str) -> Text:
    """A style's name as Word shows it: built-in names in the reader's language."""
    if match := re.fullmatch(r"(?i)heading (\d)", name):
        return terms.HEADING.filled(match=match[1])
    plain, _, number = name.lower().rpartition(" ")
    if number.isdigit() and plain in STYLES:
        return Text(f"{STYLES[plain]}{number}", name)
    return Text(STYLES.get(name.lower(), name), name)


def property_label(name: str) -> Text:
    """A property's name."""
    found = LABELS.get(name)
    return Text(*found) if found else Text(name, name)


def value_label(name: str, value: Any) -> Text:
    """A property's value; `None` is one that is not stated."""
    if value is None or value == ():
        return terms.NONE
    if isinstance(value, bool):
        return terms.YES if value else terms.NO
    if name in ("sz", "kern") and isinstance(value, str) and (half := digits(value)) is not None:
        points = f"{half / 2:g}"
        return terms.PT.filled(points=points)
    if name == "style":
        return style_label(str(value))
    if isinstance(value, str):
        if name in ("jc", "state", "orientation", "horizontal", "vertical", "vAlign") and value in VALUES:
            return Text(*VALUES[value])
        if name in _TWIPS and re.fullmatch(r"-?[0-9]{1,20}", value):
            return _centimetres(value)
        return Text(value, value)
    if name in _TWIPS and isinstance(value, tuple) and all(_is_pair(pair) for pair in value):
        return _lengths(name, value)
    if isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], tuple):
        value = value[0]
    if isinstance(value, tuple) and len(value) == 4 and value[0] == name:
        value = value[1:]  # a tree says its name once more
    shown = flat(value)
    shown = shown if len(shown) <= 80 else shown[:77] + "…"
    return Text(shown, shown)


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(part, str) for part in pair)


def _centimetres(twips: str) -> Text:
    length = f"{int(twips) / 567:.2f}".rstrip("0").rstrip(".")
    return terms.CM.filled(length=length)


def _lengths(name: str, pairs: tuple[tuple[str, str], ...]) -> Text:
    given = dict(pairs)
    if name in ("tcW", "tblW") and given.get("type", "dxa") == "dxa" and digits(given.get("w")) is not None:
        return _centimetres(given["w"])
    if name == "trHeight" and digits(given.get("val")) is not None:
        length = _centimetres(given["val"])
        rule = given.get("hRule", "")
        return Text(*(part + (f" {rule}" if rule not in ("", "atLeast", "auto") else "") for part in length))
    zh, en = [], []
    for key, text in pairs:
        length = (
            Text(*VALUES[text])
            if text in VALUES
            else _centimetres(text)
            if re.fullmatch(r"-?[0-9]{1,20}", text) and not key.endswith("Chars") and key != "code"
            else Text(text, text)
        )
        label = ATTRIBUTES.get(key) or Text(key, key)
        zh.append(f"{label.zh} {length.zh}")
        en.append(f"{label.en} {length.en}")
    return Text(" ".join(zh), " ".join(en))


def told_changes(changes: list[tuple[str, Any, Any]], label: Text | None = None) -> dict[str, Any]:
    """Several properties that changed, as a difference takes them: the old and the new values for the JSON, and the change in one line.

    Args:
        changes: name, old value and new value of each.
        label: what they are of, in front of the line.
    """
    told = [(property_label(name), value_label(name, old), value_label(name, new)) for name, old, new in changes]
    change = Text(
        "；".join(f"{name.zh} {before.zh} → {after.zh}" for name, before, after in told),
        "; ".join(f"{name.en} {before.en} → {after.en}" for name, before, after in told),
    )
    if label is not None:
        change = Text(f"{label.zh} {change.zh}", f"{label.en} {change.en}")
    old, new = ("；".join(f"{one[0].zh} {one[side].zh}" for one in told) for side in (1, 2))
    return {"old": old, "new": new, "change": change}
