"""What of a data file a form holds: the form that was written is read back and compared, value by value."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from itertools import zip_longest

from generator.figures import read_date
from generator.form.typed_values import as_number, typed_text
from generator.source.nodes import List, Map, Node, Scalar
from generator.standard.model import PUBLISHED, REASON


def lost(old: Node, new: Node | None, path: str = "") -> Iterator[tuple[str, Node]]:
    """The values of a tree that another lacks: path and node, the outermost that is lacking as a whole."""
    if isinstance(old, Map) and PUBLISHED in old:
        other = new if isinstance(new, Map) and PUBLISHED in new else None
        if other is not None and typed_text(old.get(REASON)).strip() == typed_text(other.get(REASON)).strip():
            yield from lost(old[PUBLISHED], other[PUBLISHED], path)
        else:
            yield path, old
    elif isinstance(old, Scalar):
        if not same_text(old, new):
            yield path, old
    elif isinstance(old, List) and isinstance(new, Scalar) and new.text.strip() == typed_text(old).strip() != "":
        return  # a list of texts in one cell
    elif not old and not isinstance(new, type(old)):
        yield path, old
    elif isinstance(old, Map):
        for name, value in old.items():
            yield from lost(value, new.get(name) if isinstance(new, Map) else None, f"{path}.{name}" if path else name)
    else:
        others = new if isinstance(new, List) else []
        for index, (value, other) in enumerate(zip_longest(old, others[: len(old)])):
            yield from lost(value, other, f"{path}[{index}]")


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
