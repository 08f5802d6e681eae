"""The values of a data file as YAML or JSON text, comments with them where the format has any."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal

from generator.source.nodes import List, Map, Node, Scalar

_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?%?\Z|[12][0-9]{3}-[01][0-9]-[0-3][0-9]\Z")
_SPECIAL = re.compile(r"[\s\-?:,\[\]{}#&*!|>'\"%@`=<~.+]")
_TYPED = re.compile(
    r"(?i)[-+.0-9].*|y|n|yes|no|on|off|true|false|null|nan|inf|~|=|<<"  # what YAML 1.1 makes something else of
)
_UNFIT = re.compile(r":(?:\s|$)|\s#|[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")  # which no YAML file holds as they are
_MOST_DIGITS = 640  # of an integer, however low Python's own bound is set (sys.int_info.str_digits_check_threshold)
Place = tuple[int, int]


def yaml_text(root: Map, comments: Mapping[Place, str]) -> str:
    """A data file as YAML: block style, texts of several lines literal, numbers plain, everything else as text.

    Args:
        root: what it states; what says nothing is left out.
        comments: by the place of the value that they belong to.
    """
    lines = _map(root, 0, comments)
    found: list[str] = []
    for line in lines:  # an empty line before what is more than a line
        if found and line[:1] not in (" ", "-", "#") and line.endswith(":"):
            found.append("")
        found.append(line)
    return "\n".join(found) + "\n"


def json_text(root: Map) -> str:
    """A data file as JSON: every value a text, which the standard reads as it reads YAML's."""
    return json.dumps(_plain(root), ensure_ascii=False, indent=2) + "\n"


def blank_json(root: Map) -> str:
    """A data file with nothing filled in as JSON: quotes stand where a value is typed, numbers too, so that all stays JSON."""
    return json.dumps(_blanks(root), ensure_ascii=False, indent=2) + "\n"


def stated(node: Node | None) -> bool:
    """Whether a node says something; empty cells of a form do not."""
    if isinstance(node, Scalar):
        return not node.is_null and bool(node.text.strip())
    if isinstance(node, Map):
        return not node or any(stated(value) for value in node.values())
    return node is not None


def _blanks(node: Node) -> object:
    if isinstance(node, Map):
        return {name: _blanks(value) for name, value in node.items()}
    if isinstance(node, List):
        return [_blanks(item) for item in node]
    return "" if node.is_null else node.text


def _plain(node: Node) -> object:
    if isinstance(node, Map):
        return {name: _plain(value) for name, value in node.items() if stated(value)}
    if isinstance(node, List):
        return [_plain(item) for item in node if stated(item)]
    if node.style in ("plain", "json-number") and re.fullmatch(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", node.text):
        if len(node.text) > _MOST_DIGITS:
            return node.text
        number = float(node.text) if "." in node.text else int(node.text)
        return number if Decimal(str(number)) == Decimal(node.text) else node.text
    return node.text


def _map(node: Map, depth: int, comments: Mapping[Place, str]) -> list[str]:
    lines: list[str] = []
    for name, value in node.items():
        if stated(value):
            lines += _entry(_key(name) + ":", value, depth, comments)
    return lines


def _entry(head: str, value: Node, depth: int, comments: Mapping[Place, str]) -> list[str]:
    """The lines of a key or dash with its value."""
    indent = "  " * depth
    words = comments.get((value.line, value.column), "")
    above = [f"{indent}# {line}".rstrip() for line in words.split("\n")] if words else []
    if isinstance(value, Map):
        if not value:
            return [*above, f"{indent}{head} {{}}"]
        return [*above, f"{indent}{head}", *_map(value, depth + 1, comments)]
    if isinstance(value, List):
        if not any(stated(item) for item in value):
            return [*above, f"{indent}{head} []"]
        items: list[str] = []
        for item in value:
            if stated(item):
                items += _item(item, depth + 1, comments)
        return [*above, f"{indent}{head}", *items]
    shown = scalar_lines(value, depth)
    first = f"{indent}{head} {shown[0]}"
    if words and len(shown) == 1 and "\n" not in words:
        return [f"{first}  # {words}"]
    return [*above, first, *shown[1:]]


def _item(item: Node, depth: int, comments: Mapping[Place, str]) -> list[str]:
    indent = "  " * depth
    if isinstance(item, Map) and any(stated(value) for value in item.values()):
        lines = _map(item, depth + 1, comments)
        first = next(index for index, line in enumerate(lines) if not line.lstrip().startswith("#"))
        dashed = f"{indent}- {lines[first].lstrip()}"
        above = [indent + line.lstrip() for line in lines[:first]]
        return [*above, dashed, *lines[first + 1 :]]
    return _entry("-", item, depth, comments)


def _key(name: str) -> str:
    return name if _safe(name) else _quoted(name)


def _safe(text: str) -> bool:
    """Whether a text can stand without quotes and stays a text for every reader of YAML."""
    return bool(
        text
        and text == text.strip()
        and not _SPECIAL.match(text)
        and not _TYPED.fullmatch(text)
        and not _UNFIT.search(text)
        and "：" not in text[:40]
    )


def scalar_lines(node: Scalar, depth: int) -> list[str]:
    """A scalar behind its key: a value in one line, or a literal block."""
    text = node.text
    if node.style in ("plain", "json-number") and _PLAIN.fullmatch(text):
        return [text]
    if "\n" in text and not text.startswith((" ", "\n", "\t")) and not re.search(r"[^\S\n]\n|\t|[^\S\n]\Z", text):
        body = text.rstrip("\n")
        tail = text[len(body) :]
        if not _UNFIT.search(body.replace("\n", "").replace(": ", "").replace(" #", "")):
            mark = {"": "|-", "\n": "|"}.get(tail, "|+")
            indent = "  " * (depth + 1)
            rows = [indent + line if line else "" for line in body.split("\n")]
            return [mark, *rows, *[""] * (len(tail) - 1)]
    if _safe(text):
        return [text]
    return [_quoted(text)]


def _quoted(text: str) -> str:
    """A text in quotes; what YAML cannot hold stands as an escape, which readers tell of instead of stopping at it."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
