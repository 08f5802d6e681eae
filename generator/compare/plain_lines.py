"""What the readable text of documents and workbooks has alike: values in words, a text on one line, the properties."""

from __future__ import annotations

from collections.abc import Iterable


def one_line(text: str) -> str:
    """A text on one line."""
    return text.replace("\r", "").replace("\n", "⏎").replace("\t", "⇥")


def flat(value: object) -> str:
    """A property's value in words: names and values, no brackets."""
    if isinstance(value, tuple):
        if len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], str):
            return f"{value[0]}={value[1]}"
        return " ".join(filter(None, (flat(part) for part in value)))
    return str(value)


def show_properties(properties: dict[str, str] | object) -> Iterable[str]:
    """The lines of the document properties."""
    if isinstance(properties, dict) and properties:
        yield from ("", "── 属性 ──")
        for name in sorted(properties):
            yield f"{name}: {one_line(properties[name])}"
