"""Fills in what `new` writes, as a person would: values behind the colons, items copied from the first one.

A text is quoted where the form's head asks for quotes, and nowhere else: that advice must be enough.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from generator.source import List, Map, Node, Scalar

_FIELD = re.compile(r"(?P<indent> *)(?P<dash>- )?(?P<name>\"[^\"]*\"|[^\W\d][^:]*):(?P<value>.*?)(?P<comment>  +#.*)?$")


def filled(form: str, root: Map) -> str:
    """The text of a form with the values of a data file; comments stay."""
    lines = form.split("\n")
    start = next(index for index, line in enumerate(lines) if line.startswith("标准:")) + 1
    return "\n".join([*lines[:start], *_record(lines[start:], root, 0)]) + "\n"


def left_out(form: str, root: Map) -> list[str]:
    """The paths of a data file for which the form has no place."""
    lines = form.split("\n")
    return list(_absent(lines, root, ""))


def _record(lines: list[str], values: Map, indent: int) -> list[str]:
    made: list[str] = []
    known: set[str] = set()
    for head, inside in _blocks(lines, indent):
        field = _FIELD.match(head)
        if field is None or head.lstrip().startswith("#"):
            made.append(head)
            continue
        name = field["name"].strip('"')
        known.add(name)
        made += _value(head, inside, values.get(name), indent)
    for name, node in values.items():
        if name not in known and name not in ("标准", "standard"):
            made += _value(f"{' ' * indent}{json.dumps(name, ensure_ascii=False)}:", [], node, indent)
    return made


def _value(head: str, inside: list[str], node: Node | None, indent: int) -> list[str]:
    if node is None or (isinstance(node, Scalar) and node.is_null):
        return [head, *inside]
    field = _FIELD.match(head)
    assert field is not None
    if isinstance(node, Scalar):
        if "\n" in node.text.strip():
            lines = (f"{' ' * (indent + 2)}{line}".rstrip() for line in node.text.rstrip().split("\n"))
            return [f"{' ' * indent}{field['name']}: |{field['comment'] or ''}", *lines]
        return [f"{' ' * indent}{field['name']}: {as_advised(node.text)}{field['comment'] or ''}"]
    if isinstance(node, Map):
        return (
            [head, *(_record(inside, node, indent + 2) if node else [])]
            if node
            else [f"{head[: head.index(':')]}: {{}}"]
        )
    assert isinstance(node, List)
    if not node:
        return [f"{' ' * indent}{field['name']}: []"]
    blocks = list(_items(inside, indent + 2)) or [[]]
    made = [head]
    for index, item in enumerate(node):
        if isinstance(item, Map):
            body = _record(blocks[min(index, len(blocks) - 1)], item, indent + 4)
            first = next(index for index, line in enumerate(body) if not line.lstrip().startswith("#"))
            made += [*body[:first], " " * (indent + 2) + "- " + body[first][indent + 4 :], *body[first + 1 :]]
        else:
            assert isinstance(item, Scalar)
            made.append(f"{' ' * (indent + 2)}- {as_advised(item.text)}")
    return made


def as_advised(text: str) -> str:
    """A text in quotes where the head of the form says so: a colon or `#` in it, a sign at its beginning."""
    plain = text.strip()
    return f'"{plain}"' if re.search(r"[:#]", plain) or re.match(r"[{\[%*&!@>|?`-]", plain) else plain


def _blocks(lines: list[str], indent: int) -> Iterator[tuple[str, list[str]]]:
    """The lines of a record, each field with what is inside it; an optional list's comment signs are taken away."""
    at = 0
    while at < len(lines):
        head = lines[at]
        at += 1
        inside: list[str] = []
        while at < len(lines) and (plain := _plain(lines[at])) and len(plain) - len(plain.lstrip()) > indent:
            inside.append(plain)
            at += 1
        yield head, inside


def _items(lines: list[str], indent: int) -> Iterator[list[str]]:
    """The items of a list, the dash of each taken away."""
    item: list[str] = []
    for line in lines:
        if line[:indent].isspace() and line[indent : indent + 2] == "- ":
            if item:
                yield item
            item = [line[:indent] + "  " + line[indent + 2 :]]
        elif item:
            item.append(line)
    if item and item[0].strip():
        yield item


def _plain(line: str) -> str:
    return line[2:] if re.match(r"#  +(- )?[^\W\d]\w*:", line) else line


def _absent(lines: list[str], values: Map, path: str) -> Iterator[str]:
    places = {name for line in lines if (field := _FIELD.match(_plain(line))) for name in [field["name"].strip('"')]}
    for name, node in values.items():
        if name not in places:
            yield f"{path}{name}"
            continue
        for item in node if isinstance(node, List) else [node]:
            if isinstance(item, Map):
                yield from _absent(lines, item, f"{path}{name}.")
