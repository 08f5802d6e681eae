"""The entries of a standard's file as pydantic models: which keys each has, and what stands under them.

Values are checked where the type of the field does not matter; every one keeps its node, so that a fault is told where
it stands. `read_entry` turns pydantic's errors into findings and goes on with the keys that are sound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError

from generator.diagnostics import Text
from generator.source import List, Map, Node, Scalar, Source
from generator.standard.standard_faults import Findings, meant, shape


@dataclass(frozen=True, slots=True)
class Stated:
    """A node, the file that it stands in, and what it says."""

    source: Source
    node: Node
    value: Any = None

    @property
    def text(self) -> str:
        return self.node.text if isinstance(self.node, Scalar) else ""


def _fault(code: str, **arguments: Any) -> PydanticCustomError:
    return PydanticCustomError(code, code, arguments)  # type: ignore[arg-type]


def _stated(convert: Callable[[Node], Any]) -> PlainValidator:
    def validate(node: Node, info: ValidationInfo) -> Stated:
        return Stated(info.context, node, convert(node))  # type: ignore[arg-type]

    return PlainValidator(validate)


def _text(node: Node) -> str:
    if not isinstance(node, Scalar):
        raise _fault("standard-not-text")
    return "" if node.is_null else node.text.strip()


def _given_text(node: Node) -> str:
    if isinstance(node, Scalar) and node.is_null:
        raise _fault("standard-not-text")
    return _text(node)


def _boolean(node: Node) -> bool:
    text = node.text.strip().lower() if isinstance(node, Scalar) else ""
    if text not in ("true", "yes", "是", "false", "no", "否"):
        raise _fault("standard-not-boolean")
    return text in ("true", "yes", "是")


def _whole(highest: int) -> Callable[[Node], int]:
    def convert(node: Node) -> int:
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) > highest:
            raise _fault("standard-not-whole", highest=highest)
        return int(text)

    return convert


def _form(node: Node) -> str:
    text = _text(node)
    if text not in ("trim", "fixed"):
        raise _fault("standard-bad-print", form=text)
    return text


def _severity(node: Node) -> str:
    text = _given_text(node)
    if text not in ("error", "warning"):
        raise _fault(
            "standard-bad-severity", found=text, hint=Text("可以写 error 或 warning。", "It is error or warning.")
        )
    return text


def _listed(node: Node) -> list[Node]:
    if isinstance(node, List):
        return list(node)
    if isinstance(node, Scalar) and node.is_null:
        return []
    raise _fault("standard-not-list")


AnyNode = Annotated[Stated, _stated(lambda node: _text(node) if isinstance(node, Scalar) else None)]
OneText = Annotated[Stated, _stated(_text)]
GivenText = Annotated[Stated, _stated(_given_text)]
YesNo = Annotated[Stated, _stated(_boolean)]
Form = Annotated[Stated, _stated(_form)]
Places = Annotated[Stated, _stated(_whole(8))]
Rows = Annotated[Stated, _stated(_whole(1000))]
Grade = Annotated[Stated, _stated(_severity)]
Texts = Annotated[list[OneText], BeforeValidator(_listed)]


class Entry(BaseModel):
    """An entry of a standard's file."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    def stated(self) -> dict[str, Stated]:
        """What the entry states, by key."""
        return {key: value for key, value in self if key in self.model_fields_set and isinstance(value, Stated)}


class PrintEntry(Entry):
    """How the values of a type print."""

    print: Form | None = None
    places: Places | None = None
    unit: OneText | None = None
    empty: OneText | None = None


class FieldEntry(PrintEntry):
    """The long form of a field."""

    type: GivenText | None = None
    label: OneText | None = None
    description: OneText | None = None
    example: OneText | None = None
    required: YesNo | None = None
    default: AnyNode | None = None
    formula: AnyNode | None = None
    text: AnyNode | None = None
    set: AnyNode | None = None
    total: AnyNode | None = None
    balance: AnyNode | None = None
    fixed: AnyNode | None = None
    open: YesNo | None = None
    of: AnyNode | None = None
    min: AnyNode | None = None
    max: AnyNode | None = None
    rows: Rows | None = None
    width: OneText | None = None
    height: OneText | None = None
    plain: YesNo | None = None
    key: OneText | None = None
    fields: AnyNode | None = None
    checks: AnyNode | None = None


class TypeEntry(Entry):
    """A named record type."""

    extends: OneText | None = None
    key: OneText | None = None
    fields: AnyNode | None = None
    remove: Texts = []
    checks: AnyNode | None = None
    remove_checks: Texts = []
    label: OneText | None = None
    description: OneText | None = None


class CheckEntry(Entry):
    """A rule across fields."""

    id: GivenText
    rule: GivenText
    when: GivenText | None = None
    severity: Grade | None = None
    message: GivenText


class ParameterEntry(Entry):
    """A constant of the bureau."""

    type: OneText | None = None
    of: OneText | None = None
    value: AnyNode | None = None
    reference: OneText | None = None
    description: OneText | None = None


class DocumentEntry(Entry):
    """A document that the standard names."""

    template: GivenText
    name: GivenText
    when: GivenText | None = None
    each: Annotated[GivenText | None, Field(alias="for")] = None


class ChangeEntry(Entry):
    """What a version of the standard changed in its data files."""

    version: GivenText
    renamed: AnyNode | None = None
    added: Texts = []
    removed: Texts = []
    note: OneText | None = None


class SummaryEntry(Entry):
    """What many reports are summed up in."""

    columns: AnyNode | None = None
    template: GivenText | None = None


class FileEntry(Entry):
    """The file itself."""

    standard: OneText | None = None
    library: OneText | None = None
    title: OneText | None = None
    issuer: OneText | None = None
    fiscal_year: OneText | None = None
    version: OneText | None = None
    engine: AnyNode | None = None
    description: OneText | None = None
    includes: Texts = []
    defaults: AnyNode | None = None
    parameters: AnyNode | None = None
    types: AnyNode | None = None
    fields: AnyNode | None = None
    checks: AnyNode | None = None
    documents: AnyNode | None = None
    carry: AnyNode | None = None
    changes: AnyNode | None = None
    summary: AnyNode | None = None


E = TypeVar("E", bound=Entry)


def read_entry(model: type[E], mapping: Map, where: str, source: Source, findings: Findings) -> E | None:
    """A mapping as an entry, without the keys that are at fault; None where one of these is indispensable.

    Args:
        model: the entry that it should be.
        where: how messages call it.
    """
    try:
        return model.model_validate(mapping, context=source)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
    wrong: set[Any] = set()
    for fault in faults:
        key = str(fault["loc"][0])
        wrong.add(key)
        if fault["type"] == "missing":
            findings.add("standard-missing-key", source, mapping, key=key, where=where)
        elif fault["type"] == "extra_forbidden":
            known = [found.alias or name for name, found in model.model_fields.items()]
            findings.add("standard-unknown-key", source, mapping.key_at[key], meant(key, known), key=key, where=where)
        else:
            node = _at(mapping, fault["loc"])
            about = {"what": key, "found": shape(node), **fault.get("ctx", {})}
            findings.add(fault["type"], source, node, about.pop("hint", None), **about)
    if any(model.model_fields[key].is_required() for key in wrong if key in model.model_fields):
        return None
    return model.model_validate({key: node for key, node in mapping.items() if key not in wrong}, context=source)


def _at(node: Any, path: Sequence[int | str]) -> Node:
    for step in path:
        node = node[step]
    return node
