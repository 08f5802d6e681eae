"""What of a data file a form holds: the form that was written is read back and compared, value by value."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from generator.figures import read_date
from generator.form.typed_values import as_number, typed_text
from generator.source.nodes import List, Map, Node, Scalar
from generator.standard.model import PUBLISHED, REASON


def lost(old: Node, new: Node | None, path: str = "") -> Iterator[tuple[str, Node]]:
    """The values of a tree that another lacks: path and node, the outermost that is lacking as a whole."""
    if isinstance(old, Map):
        if PUBLISHED in old and isinstance(new, Map) and PUBLISHED in new:
            if typed_text(old.get(REASON)).strip() == typed_text(new.get(REASON)).strip():
                yield from lost(old[PUBLISHED], new[PUBLISHED], path)
                return
            yield path, old
        elif PUBLISHED in old:
            yield path, old
        elif not isinstance(new, Map):
            if not old:
                yield path, old
            for name, value in old.items():
                yield from lost(value, None, f"{path}.{name}" if path else name)
        else:
            for name, value in old.items():
                yield from lost(value, new.get(name), f"{path}.{name}" if path else name)
    elif isinstance(old, List):
        if isinstance(new, Scalar) and new.text.strip() and typed_text(old).strip() == new.text.strip():
            return
        if not isinstance(new, List):
            if not old:
                yield path, old
            for index, value in enumerate(old):
                yield from lost(value, None, f"{path}[{index}]")
            return
        for index, value in enumerate(old):
            yield from lost(value, new[index] if index < len(new) else None, f"{path}[{index}]")
    elif not same_text(old, new):
        yield path, old


def same_text(old: Scalar, new: Node | None) -> bool:
    """Whether two scalars say the same: as texts, as numbers, as dates."""
    if old.is_null or not old.text.strip():
        return new is None or (isinstance(new, Scalar) and not new.text.strip())
    if not isinstance(new, Scalar):
        return False
    one, two = old.text.strip(), new.text.strip()
    if one == two:
        return True
    for hundredths in (False, True):
        first, second = as_number(one, hundredths), as_number(two, hundredths)
        if first is not None and second is not None:
            return first == second
    with contextlib.suppress(ValueError):
        return read_date(one) == read_date(two)
    return False


def shown(node: Node) -> str:
    """A lost value in a message."""
    if isinstance(node, Map):
        return "{…}" if node else "{}"
    if isinstance(node, List):
        return "[…]" if node else "[]"
    return node.text.strip()[:40]
