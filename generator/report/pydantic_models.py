"""A standard as pydantic models: what a data file of it holds, for Python callers and for editors.

The models declare the fields, for editors; what a value may be is the reader's to say (`generator.report.read_records`):
plain values become those of a file, are read as `check` reads them, and what it finds are the errors. Formulas, checks and
`{{ }}` are evaluated in `read` only: here a text with tags is that text, a computed field what the file states.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    ConfigDict,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
    create_model,
    model_validator,
)
from pydantic import Field as Property
from pydantic_core import InitErrorDetails, PydanticCustomError

from generator.diagnostics import Diagnostic, Severity
from generator.formula import INVALID
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import replace
from generator.report.checks import entries_elsewhere
from generator.report.chosen_standard import DIGEST_KEY, STANDARD_KEYS, choose_standard
from generator.report.compute import ARITHMETIC, Computation
from generator.report.given import given
from generator.report.kept_words import Kept as KeptEntries
from generator.report.read_records import ABOUT_THE_FILE, ALSO, KEPT, demanded, read_records
from generator.report.record import Record
from generator.report.stated import stated_value
from generator.report.stated_text import says_nothing
from generator.source import List, Map, Node, Source
from generator.source.from_python import nodes_of
from generator.standard.convert import single
from generator.standard.field_wording import wanted
from generator.standard.kinds import bound_text, kind_of
from generator.standard.kinds.text_kinds import SCALAR
from generator.standard.model import PUBLISHED, REASON, Cell, Field, Section, Standard

_PYDANTICS = {"missing-value": "missing", "missing-record": "missing", "unknown-field": "extra_forbidden"}
_INDEX = lazy(r"\[([0-9]+)\]\.?")
_NAME = lazy(r"[^.\[]+|.+", re.S)
_Said = Annotated[str, WithJsonSchema({"type": SCALAR})]


class AsStated(Computation):
    """The values of a data file as it states them: nothing is evaluated."""

    as_written = True

    def compute(self, record: Record, name: str, cell: Cell) -> Any:
        """What the data file states of a field, None where it states nothing; `INVALID` with a finding."""
        node = record.source.get(name)
        if node is None or says_nothing(node):
            return None
        if cell.section is not None:
            return []  # of items that say nothing
        before = len(self.diagnostics)
        if cell.origin == "data":
            value = given(self, record, cell.field, node)
        else:
            value = stated_value(self, record, cell, node)[0]
        if value is INVALID and len(self.diagnostics) == before:  # a cell that the form's reader refused
            self.wrong_shape(cell.field, node, record.path_of(name))
        return value


class _Part(BaseModel):
    """A mapping of a data file: no other names than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=(), populate_by_name=False)


class Elsewhere(_Part):
    """An entry of `另载`: a value that the published report prints in another place as well."""

    字段: _Said
    值: _Said
    处: _Said = ""
    理由: _Said = ""


class Kept(_Part):
    """An entry of `保留`: a figure of a text that is meant as it stands."""

    处: _Said
    文字: _Said
    理由: _Said


class _Read(_Part):
    """A record of a data file, read as `check` reads it."""

    _standard: ClassVar[Standard]
    _section: ClassVar[Section]
    _inner: ClassVar[Mapping[str, type[_Read]]]

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):  # pydantic refuses it, or has made it
            return value
        root = nodes_of(value, _typed)
        assert isinstance(root, Map)
        about, findings = _about(root, cls._standard) if cls._section.parent is None else ({}, [])
        reading = AsStated(cls._standard, Source("", "", root))
        with localcontext(ARITHMETIC):
            read_records(reading, root, cls._section)
            reading.compute_stated()
            if about:
                KeptEntries(reading)
                deque(entries_elsewhere(reading), 0)
        wrong = [found for found in (*findings, *reading.diagnostics) if found.severity is Severity.ERROR]
        if wrong:
            raise ValidationError.from_exception_data(cls.__name__, [_error(cls._section, value, one) for one in wrong])
        return {**about, **cls._values(reading.root)}

    @classmethod
    def _values(cls, record: Record) -> dict[str, Any]:
        """The values of what a record states, the records within made."""
        found: dict[str, Any] = {}
        for name, node in record.source.items():
            value = record[name] if name in record.section.cells and not says_nothing(node) else None
            if isinstance(value, Record):
                found[name] = cls._inner[name]._made(value)
            elif name in cls._inner and value is not None:
                found[name] = [cls._inner[name]._made(item) for item in value]
            elif value is not None:
                found[name] = value
        return found

    @classmethod
    def _made(cls, record: Record) -> _Read:
        return cls.model_construct(**cls._values(record))


def _about(root: Map, standard: Standard) -> tuple[dict[str, Any], list[Diagnostic]]:
    """What a data file says of itself, and what is found of the standard that it names."""
    findings: list[Diagnostic] = []
    choose_standard(Source("", "", root), root, standard, findings)
    key = next((key for key in STANDARD_KEYS if key in root), None)
    paths = (DIGEST_KEY if found.code == "report-standard-digest" else key for found in findings)
    findings = [
        replace(one, location=replace(one.location, path=path)) for one, path in zip(findings, paths, strict=True)
    ]
    stated = {key: root[key] for key in ABOUT_THE_FILE - standard.root.cells.keys() if not says_nothing(root.get(key))}
    return {key: _texts(node) for key, node in stated.items()}, findings


def _texts(node: Node) -> Any:
    """Mappings, lists and texts of what says something."""
    if isinstance(node, Map):
        return {name: _texts(item) for name, item in node.items() if not says_nothing(item)}
    return [_texts(item) for item in node] if isinstance(node, List) else node.text.strip()


def _typed(value: Any) -> Any:
    """A record that was made before, as people would type it; other values as they are."""
    if not isinstance(value, _Part):
        return value
    cells = value._section.cells if isinstance(value, _Read) else {}
    found = {}
    for attribute, about in type(value).model_fields.items():
        name, item = about.alias or attribute, getattr(value, attribute)
        if attribute in value.model_fields_set and item is not None:
            found[name] = _written(cells[name].field, item) if name in cells else item
    return found


def _written(field: Field, value: Any) -> Any:
    if field.record is not None or kind_of(field).lines:
        return value
    if field.many:
        return [_written(single(field), item) for item in value]
    if kind_of(field).keyed:
        of = field.of or Field(field.name, "number")
        return {name: None if item is None else _written(of, item) for name, item in value.items()}
    return kind_of(field).written(value)


def _error(section: Section, value: Any, found: Diagnostic) -> InitErrorDetails:
    """A finding as pydantic tells it."""
    code = _PYDANTICS.get(found.code, found.code)
    error = PydanticCustomError(code, "{message}", {"message": found.message})  # type: ignore[arg-type]  pydantic wants literal strings
    loc, stated = _place(section, value, found.location.path or "")
    return InitErrorDetails(type=error, loc=loc, input=stated)


def _place(section: Section, value: Any, path: str) -> tuple[tuple[int | str, ...], Any]:
    """Where the path of a finding leads in the values, and the innermost of them: of rows that a bureau orders, their list."""
    steps: list[int | str] = []
    at = found = value
    fixed = False
    while path:
        step, path = _step(at, path)
        steps.append(step)
        if isinstance(step, int):
            at = at[step] if isinstance(at, list | tuple) and step < len(at) and not fixed else None
        else:
            at = at.get(step) if isinstance(at, Mapping) else None
            cell = section.cells.get(step)
            if cell is not None and cell.section is not None:
                section, fixed = cell.section, cell.field.fixed is not None
        found = found if at is None else at
    return tuple(steps), found


def _step(at: Any, path: str) -> tuple[int | str, str]:
    """The first step of a path and the rest; a name that stands in the value, whatever signs it has, is one step."""
    known = at if isinstance(at, Mapping) else ()
    names = [name for name in known if path == name or path.startswith((f"{name}.", f"{name}["))]
    index = _INDEX.match(path)
    if index and not names:
        return int(index[1]), path[index.end() :]
    name = max(filter(None, names), key=len, default="") or _NAME.findall(path)[0]
    return name, path[len(name) :].removeprefix(".")


@lru_cache(maxsize=16)
def data_model(standard: Standard) -> type[BaseModel]:
    """The pydantic model of the data files of a standard; its fields are those of the file, by their Chinese names.

    It takes plain values (of YAML, JSON or Python: numbers may be text, a percent is `"95%"`, a date `2020-12-31` or
    `2020年12月31日`) and what `read_source` gives. Errors have the codes of `generator check` as their types, apart from
    pydantic's own `missing` and `extra_forbidden`.
    """
    names = [standard.id, f"{standard.id}@{standard.version}"] if standard.version else [standard.id]
    stated = Annotated[str, WithJsonSchema({"type": "string", "enum": names})]
    before = {
        "标准": (stated, Property(None, title="标准", description="数据文件所用的标准。")),
        "standard": (stated, Property(None, title="标准", description="同“标准”。")),
        "摘要": (str, Property(None, title="摘要", description="标准的摘要（generator standards 列出），写了就核对。")),
    }
    after = {
        ALSO: (
            list[Elsewhere],
            Property([], title=ALSO, description="同一个数在报告别处又出现一次，核对两处是否一致。"),
        ),
        KEPT: (list[Kept], Property([], title=KEPT, description="文字中的数照原样保留，不再提醒。")),
    }
    return _record(standard, standard.root, f"{standard.title}（{standard.id} {standard.version}）", before, after)


def _record(
    standard: Standard, section: Section, name: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> type[_Read]:
    """The model of a record; `before` and `after` are what it holds besides its fields."""
    inner = {
        inside: _record(standard, cell.section, cell.section.type.name, {}, {})
        for inside, cell in section.cells.items()
        if cell.section is not None
    }
    entries: dict[str, Any] = {**before, **_entries(section, inner), **after}
    made = create_model(name, __base__=_Read, __module__=__name__, **entries)
    made._standard, made._section, made._inner = standard, section, inner
    return made


def _entries(section: Section, inner: Mapping[str, type[_Read]]) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for name, cell in section.cells.items():
        field = cell.field
        if cell.leads:  # records of the report that are chosen by a formula: no data file states them
            continue
        about: dict[str, Any] = {"title": field.label, "description": _description(cell)}
        if field.example:
            about["examples"] = [field.example]
        attribute = name
        if hasattr(BaseModel, name):  # `copy`, `json` … are methods of every model
            attribute, about["alias"] = f"{name}_", name
        needed = cell.demanded
        if cell.section is not None and not field.many:
            needed = field.required and bool(demanded(cell.section))
            if field.required and not needed:
                about["default_factory"] = inner[name].model_construct
        if "default_factory" not in about:
            about["default"] = ... if needed else None
        entries[attribute] = (_type(cell, inner.get(name)), Property(**about))
    return entries


def _description(cell: Cell) -> str:
    field = cell.field
    parts = [field.description] if field.description else []
    if cell.origin != "data":
        parts.append(f"计算字段，不用填：{cell.formula}" if cell.formula else "计算字段，不用填")
    else:
        parts.append(("必填：" if cell.demanded else "选填：") + wanted(field).zh)
    if field.minimum is not None and not field.many:
        parts.append(f"不小于 {bound_text(field, field.minimum)}")
    if field.maximum is not None and not field.many:
        parts.append(f"不大于 {bound_text(field, field.maximum)}")
    if field.example:
        parts.append(f"例如 {field.example}")
    return "。".join(parts) + "。"


def _type(cell: Cell, record: type[_Read] | None) -> Any:
    """The annotation of a field, whose values are ready when pydantic gets them."""
    field = cell.field
    if record is not None:
        return list[record] if field.many else record  # type: ignore[valid-type]  a type that is made here
    schema = _value_schema(field)
    if cell.origin != "data":
        published = {
            "type": "object",
            "properties": {PUBLISHED: schema, REASON: {"type": SCALAR}},
            "required": [PUBLISHED, REASON],
            "additionalProperties": False,
        }
        schema = {"anyOf": [schema, published]}
    return Annotated[_python(field), PlainValidator(lambda value: value), WithJsonSchema(schema)]


def _python(field: Field) -> Any:
    if field.many:
        return list[_python(single(field))]  # type: ignore[misc]  a type that is made here
    return kind_of(field).python(field)


# --- what editors are told of a value


def _value_schema(field: Field) -> dict[str, Any]:
    """The JSON Schema of a value, as YAML reads it: a number may stand quoted."""
    if field.many:
        found: dict[str, Any] = {"type": ["array", "null"], "items": _value_schema(single(field))}
        for bound, name in ((field.minimum, "minItems"), (field.maximum, "maxItems")):
            if isinstance(bound, Decimal):
                found[name] = int(bound)
        return found
    return kind_of(field).schema(field)
