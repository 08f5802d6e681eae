"""The entries of a standard's file: which keys each has, and what stands under them.

Values are checked where the type of the field does not matter; every one keeps its node, so that a fault is told where
it stands. `read_entry` makes findings of what is wrong and goes on with the keys that are sound. An entry is a table of
keys and no pydantic model: it is read at every start of the program, and making the models takes longer than reading a
standard does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Generic, TypeVar, overload

from generator.diagnostics import Text
from generator.diagnostics.suggest import nearest
from generator.diagnostics.wording import standard_words as words
from generator.formula.mistyped import tag_in_fixed
from generator.source import List, Map, Node, Scalar, Source
from generator.standard.standard_faults import Findings, Stated, meant, shape


class _Fault(Exception):
    """What is wrong with a value."""

    def __init__(self, code: str, hint: Text | None = None, **arguments: Any) -> None:
        super().__init__(code)
        self.code, self.hint, self.arguments = code, hint, arguments


def _text(node: Node) -> str:
    if not isinstance(node, Scalar):
        raise _Fault("standard-not-text")
    return "" if node.is_null else node.text.strip()


def _fixed(node: Node) -> str:
    return _without_tags(_text(node))


def _guidance(node: Node) -> str:
    return _without_tags(_text(node), guides=True)


def _without_tags(text: str, *, guides: bool = False) -> str:
    if tag := tag_in_fixed(text, guides):
        raise _Fault("standard-fixed-text", tag=tag)
    return text


def _given_text(node: Node) -> str:
    if isinstance(node, Scalar) and node.is_null:
        raise _Fault("standard-not-text")
    return _text(node)


def _fixed_name(node: Node) -> str:
    return _without_tags(_given_text(node))


def _any(node: Node) -> str | None:
    return _text(node) if isinstance(node, Scalar) else None


def _boolean(node: Node) -> bool:
    text = node.text.strip().lower() if isinstance(node, Scalar) else ""
    if text not in ("true", "yes", "是", "false", "no", "否"):
        raise _Fault("standard-not-boolean")
    return text in ("true", "yes", "是")


def _whole(highest: int) -> Callable[[Node], int]:
    def convert(node: Node) -> int:
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) > highest:
            raise _Fault("standard-not-whole", highest=highest)
        return int(text)

    return convert


def _one_of(*allowed: str, code: str, hint: Text | None = None) -> Callable[[Node], str]:
    def convert(node: Node) -> str:
        text = _given_text(node)
        if text not in allowed:
            raise _Fault(code, hint, found=text)
        return text

    return convert


_markup = _one_of("markdown", "text", code="standard-bad-format", hint=words.FORMATS)
_severity = _one_of("error", "warning", code="standard-bad-severity", hint=words.SEVERITIES)


def _form(node: Node) -> str:
    text = _text(node)
    if text not in ("trim", "fixed"):
        raise _Fault("standard-bad-print", form=text)
    return text


def _listed(node: Node) -> list[Node]:
    if isinstance(node, List):
        return list(node)
    if isinstance(node, Scalar) and node.is_null:
        return []
    raise _Fault("standard-not-list")


V = TypeVar("V")


class Key(Generic[V]):
    """A key that an entry may have: what reads the value under it, and what holds where it is absent.

    Args:
        convert: gives what a node says, or raises what is wrong with it.
        named: how the file calls it, where that is no name in Python.
    """

    needed = False

    def __init__(self, convert: Callable[[Node], Any], named: str = "") -> None:
        self.convert, self.name = convert, named

    def __set_name__(self, owner: type[Entry], attribute: str) -> None:
        self.name = self.name or attribute

    @overload
    def __get__(self, entry: None, owner: type[Entry]) -> Key[V]: ...
    @overload
    def __get__(self, entry: Entry, owner: type[Entry]) -> V: ...
    def __get__(self, entry: Entry | None, owner: type[Entry]) -> Any:
        return self if entry is None else entry.read.get(self.name, self.absent())

    def absent(self) -> Any:
        """What an entry without the key has."""
        return None

    def value(self, node: Node, source: Source) -> Iterator[tuple[Node, Stated | _Fault]]:
        """Each node under the key with what it states, or what is wrong with it."""
        yield node, _read(self.convert, node, source)

    def gathered(self, stated: list[Stated]) -> Any:
        """What the entry has, of what the nodes state."""
        return stated[0]


class Needed(Key[V]):
    """A key that an entry must have."""

    needed = True


class Texts(Key[list[Stated]]):
    """A key with a list of texts."""

    def __init__(self) -> None:
        super().__init__(_text)

    def absent(self) -> list[Stated]:
        return []

    def value(self, node: Node, source: Source) -> Iterator[tuple[Node, Stated | _Fault]]:
        try:
            listed = _listed(node)
        except _Fault as fault:
            yield node, fault
            return
        for item in listed:
            yield item, _read(self.convert, item, source)

    def gathered(self, stated: list[Stated]) -> list[Stated]:
        return stated


def _read(convert: Callable[[Node], Any], node: Node, source: Source) -> Stated | _Fault:
    try:
        return Stated(source, node, convert(node))
    except _Fault as fault:
        return fault


Optional = Key[Stated | None]
Given = Needed[Stated]


class Entry:
    """An entry of a standard's file.

    Args:
        read: what it has, by key.
    """

    keys: ClassVar[dict[str, Key[Any]]] = {}

    def __init__(self, read: dict[str, Any]) -> None:
        self.read = read

    def __init_subclass__(cls) -> None:
        own = [key for key in vars(cls).values() if isinstance(key, Key)]
        cls.keys = {**cls.keys, **{key.name: key for key in own}}

    def stated(self) -> dict[str, Stated]:
        """What the entry states, by key."""
        return {key: value for key, value in self.read.items() if isinstance(value, Stated)}


class PrintEntry(Entry):
    """How the values of a type print."""

    print = Optional(_form)
    places = Optional(_whole(8))
    unit = Optional(_text)
    empty = Optional(_fixed)


class FieldEntry(PrintEntry):
    """The long form of a field."""

    type = Optional(_given_text)
    label = Optional(_fixed)
    description = Optional(_guidance)
    example = Optional(_guidance)
    required = Optional(_boolean)
    default = Optional(_any)
    formula = Optional(_any)
    text = Optional(_any)
    set = Optional(_any)
    total = Optional(_any)
    balance = Optional(_any)
    fixed = Optional(_any)
    open = Optional(_boolean)
    of = Optional(_any)
    min = Optional(_any)
    max = Optional(_any)
    rows = Optional(_whole(1000))
    width = Optional(_text)
    height = Optional(_text)
    plain = Optional(_boolean)
    format = Optional(_markup)
    key = Optional(_text)
    fields = Optional(_any)
    checks = Optional(_any)


class TypeEntry(Entry):
    """A named record type."""

    extends = Optional(_text)
    key = Optional(_text)
    fields = Optional(_any)
    remove = Texts()
    checks = Optional(_any)
    remove_checks = Texts()
    label = Optional(_fixed)
    description = Optional(_guidance)


class CheckEntry(Entry):
    """A rule across fields."""

    id = Given(_fixed_name)
    rule = Given(_given_text)
    when = Optional(_given_text)
    severity = Optional(_severity)
    message = Given(_given_text)
    description = Optional(_guidance)


class ParameterEntry(Entry):
    """A constant of the bureau."""

    type = Optional(_text)
    of = Optional(_text)
    value = Optional(_any)
    reference = Optional(_fixed)
    description = Optional(_guidance)


class DocumentEntry(Entry):
    """A document that the standard names."""

    template = Given(_given_text)
    name = Given(_given_text)
    when = Optional(_given_text)
    each = Optional(_given_text, "for")


class ChangeEntry(Entry):
    """What a version of the standard changed in its data files."""

    version = Given(_given_text)
    renamed = Optional(_any)
    added = Texts()
    removed = Texts()
    note = Optional(_text)


class SummaryEntry(Entry):
    """What many reports are summed up in."""

    columns = Optional(_any)
    template = Optional(_given_text)


class FileEntry(Entry):
    """The file itself."""

    standard = Optional(_text)
    library = Optional(_text)
    title = Optional(_fixed)
    issuer = Optional(_fixed)
    fiscal_year = Optional(_text)
    version = Optional(_text)
    engine = Optional(_any)
    description = Optional(_guidance)
    includes = Texts()
    defaults = Optional(_any)
    parameters = Optional(_any)
    types = Optional(_any)
    fields = Optional(_any)
    checks = Optional(_any)
    documents = Optional(_any)
    carry = Optional(_any)
    changes = Optional(_any)
    summary = Optional(_any)


E = TypeVar("E", bound=Entry)


def read_entry(model: type[E], mapping: Map, where: str, source: Source, findings: Findings) -> E | None:
    """A mapping as an entry, without the keys that are at fault; None where one of these is indispensable.

    Args:
        model: the entry that it should be.
        where: how messages call it.
    """
    read: dict[str, Any] = {}
    unknown = [name for name in mapping if name not in model.keys]
    misspelt = {near for name in unknown for near in nearest(name, [*model.keys], 1)}
    for name, key in model.keys.items():
        if name not in mapping:
            if key.needed and name not in misspelt:
                findings.add("standard-missing-key", source, mapping, key=name, where=where)
            continue
        values = list(key.value(mapping[name], source))
        for node, fault in values:
            if isinstance(fault, _Fault):
                about = {"what": name, "found": shape(node), **fault.arguments}
                findings.add(fault.code, source, node, fault.hint, **about)
        stated = [value for _, value in values if isinstance(value, Stated)]
        if len(stated) == len(values):
            read[name] = key.gathered(stated)
    for name in unknown:
        hint = meant(name, [*model.keys])
        findings.add("standard-unknown-key", source, mapping.key_at[name], hint, key=name, where=where)
        inside = mapping[name]
        findings.lame(where, *(inside if isinstance(inside, Map) else ()))  # what is declared below a misspelt key
    return None if any(key.needed and name not in read for name, key in model.keys.items()) else model(read)
