"""A standard compiled into pydantic models: what a data file of it holds, for Python callers and for editors.

The models and the reader of data files (`generator.report.read_records`) convert every value by the same functions
(`generator.standard.convert`), so both accept and refuse the same ones, under the same codes. The reader is not
built on them, because making the models of a standard takes longer than reading a report. Formulas, checks and
`{{ }}` are evaluated in `read` only: here a text with tags is that text, a computed field what the file states.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainValidator,
    WithJsonSchema,
    create_model,
    model_validator,
)
from pydantic import Field as Property
from pydantic_core import PydanticCustomError

from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import value_words as words
from generator.figures import Paragraphs
from generator.kept.light_classes import replace
from generator.source import List, Map, Scalar
from generator.standard.convert import convert, loose, single
from generator.standard.field_wording import wanted
from generator.standard.kinds import BadValue, bound_text, kind_of
from generator.standard.kinds.text_kinds import SCALAR
from generator.standard.model import PUBLISHED, REASON, Cell, Field, Section, Standard
from generator.standard.prescribed_rows import laid_under
from generator.standard.standard_faults import shape


def _refused(code: str, **arguments: Any) -> PydanticCustomError:
    return PydanticCustomError(code, "{message}", {"message": diagnostic(code, **arguments).message})  # type: ignore[arg-type]  pydantic wants literal strings


def written(value: Any) -> str | None:
    """The text of a value as a data file writes it; None where it is a mapping, a list or something else."""
    if isinstance(value, Scalar):
        return value.text
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else None


def says_nothing(value: Any, inside: bool = False) -> bool:
    """Whether a value is absent: null, blank text, or a mapping of nothing but such."""
    if isinstance(value, Mapping):
        return bool(value) and all(says_nothing(item, True) for item in value.values())
    if inside and isinstance(value, list):
        return bool(value) and all(says_nothing(item, True) for item in value)
    if isinstance(value, Scalar) and value.is_null:
        return True
    text = written(value)
    return value is None or (text is not None and not text.strip())


def _said(value: Any) -> str:
    text = written(value)
    if text is None or says_nothing(value):
        raise PydanticCustomError("missing", "Field required")
    return text.strip()


_Said = Annotated[str, PlainValidator(_said), WithJsonSchema({"type": SCALAR})]


class _Part(BaseModel):
    """A mapping of a data file: no other names than its own; what says nothing is not stated."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=(), populate_by_name=False)

    @model_validator(mode="before")
    @classmethod
    def _stated(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        known = {field.alias or name for name, field in cls.model_fields.items()}
        return {name: item for name, item in value.items() if name not in known or not says_nothing(item)}


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


@lru_cache(maxsize=16)
def data_model(standard: Standard) -> type[BaseModel]:
    """The pydantic model of the data files of a standard; its fields are those of the file, by their Chinese names.

    It takes plain values (of YAML, JSON or Python: numbers may be text, a percent is `"95%"`, a date `2020-12-31` or
    `2020年12月31日`) and what `read_source` gives. Errors have the codes of `generator check` as their types;
    `missing` and `extra_forbidden` are pydantic's own.
    """
    names = [standard.id, f"{standard.id}@{standard.version}"] if standard.version else [standard.id]
    stated = Annotated[
        str, PlainValidator(lambda value: _identity(standard, value)), WithJsonSchema({"type": "string", "enum": names})
    ]
    entries: dict[str, Any] = {
        "标准": (stated, Property(None, title="标准", description="数据文件所用的标准。")),
        "standard": (stated, Property(None, title="标准", description="同“标准”。")),
        "摘要": (
            str,
            Property(None, title="摘要", description="标准的摘要（generator standards 列出），写了就核对。"),
        ),
        **_entries(standard.root),
        "另载": (
            list[Elsewhere],
            Property([], title="另载", description="同一个数在报告别处又出现一次，核对两处是否一致。"),
        ),
        "保留": (
            list[Kept],
            Property([], title="保留", description="文字中的数照原样保留，不再提醒。"),
        ),
    }
    name = f"{standard.title}（{standard.id} {standard.version}）"
    return create_model(name, __base__=_Part, __module__=__name__, **entries)


def _identity(standard: Standard, value: Any) -> str:
    text = (written(value) or "").strip()
    bare, _, version = text.partition("@")
    if bare != standard.id:
        raise _refused("report-other-standard", stated=bare, given=standard.id)
    if version and version != standard.version:
        from generator.standard.versions import version_serves

        if not version_serves(version, standard.version):
            raise _refused("report-standard-version", wanted=version, own=standard.version)
    return text


def _record(section: Section) -> type[BaseModel]:
    return create_model(section.type.name, __base__=_Part, __module__=__name__, **_entries(section))


def _entries(section: Section) -> dict[str, Any]:
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
        kind = _type(cell, name == section.type.key)
        if cell.section is not None and not field.many:
            needed = field.required and _demands(cell.section)
            if field.required and not needed:
                about["default_factory"] = _record_of(kind)
        else:
            needed = cell.demanded
        if needed:
            about["default"] = ...
        elif "default_factory" not in about:
            about["default"] = None
        entries[attribute] = (kind, Property(**about))
    return entries


def _record_of(kind: Any) -> Callable[[], Any]:
    model = kind.__origin__
    return lambda: model()


def _demands(section: Section) -> bool:
    """Whether a record cannot be left out, because it holds what the data file must give."""
    return any(
        cell.demanded if cell.section is None or cell.field.many else cell.field.required and _demands(cell.section)
        for cell in section.cells.values()
    )


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


# --- the types of fields


def _type(cell: Cell, key: bool) -> Any:
    """The annotation of a field; `key`: its value is the one by which a list finds the record."""
    field = cell.field
    if cell.section is not None:
        one = replace(field, many=False)
        record = Annotated[_record(cell.section), BeforeValidator(lambda value: _mapping(one, value))]
        if not field.many:
            return record
        return Annotated[
            list[record],  # type: ignore[valid-type]  a type that is made here
            BeforeValidator(lambda value: _unlike(cell, value)),
            BeforeValidator(lambda value: _prescribed(field, value)),
            BeforeValidator(lambda value: _items(field, value)),
            BeforeValidator(lambda value: _without_empty(cell, value)),  # the last one is first
        ]
    schema = _value_schema(field)
    if cell.origin == "data":
        return Annotated[
            _python(field),
            PlainValidator(lambda value: _given(field, _without_empty(cell, value), key)),
            WithJsonSchema(schema),
        ]
    published = {
        "type": "object",
        "properties": {PUBLISHED: schema, REASON: {"type": SCALAR}},
        "required": [PUBLISHED, REASON],
        "additionalProperties": False,
    }
    return Annotated[
        _python(field),
        PlainValidator(lambda value: _published(field, value)),
        WithJsonSchema({"anyOf": [schema, published]}),
    ]


def _python(field: Field) -> Any:
    if field.many:
        return list[_python(single(field))]  # type: ignore[misc]  a type that is made here
    return kind_of(field).python(field)


def _wrong_shape(field: Field, value: Any) -> PydanticCustomError:
    found = words.QUOTED.filled(text=value)
    if isinstance(value, Scalar | Mapping | list):
        found = shape(value if isinstance(value, Scalar) else Map() if isinstance(value, Mapping) else List())
    return _refused("wrong-shape", label=field.label, wanted=wanted(field), found=found)


def _mapping(field: Field, value: Any) -> Any:
    if isinstance(value, BaseModel | Mapping):
        return value
    raise _wrong_shape(field, value)


def _items(field: Field, value: Any) -> list[Any]:
    """The items of a list, as many as the field takes."""
    if not isinstance(value, list | tuple):
        raise _wrong_shape(field, value)
    low, high = field.minimum, field.maximum
    for wrong, word, bound in (
        (isinstance(low, Decimal) and len(value) < low, words.AT_LEAST_ITEMS, low),
        (isinstance(high, Decimal) and len(value) > high, words.AT_MOST_ITEMS, high),
    ):
        if wrong:
            raise _refused("value-items", label=field.label, count=len(value), bound=word.filled(bound=bound))
    return list(value)


def _without_empty(cell: Cell, value: Any) -> Any:
    """A list, where it says nothing: none where a list of records is optional, absent where other items are required."""
    if isinstance(value, list) and cell.field.many and says_nothing(value, True):
        if cell.section is not None:
            return value if cell.demanded else []
        if cell.demanded:
            raise PydanticCustomError("missing", "Field required")
    return value


def _prescribed(field: Field, value: Any) -> Any:
    """The items of a list with what the bureau prescribes of them."""
    if field.fixed is None or field.record is None or not isinstance(value, list):
        return value

    def same(inner: Field, one: str, other: str) -> bool:
        try:
            return convert(inner)(one) == convert(inner)(other)
        except BadValue:
            return True

    rows, trouble = laid_under(field.fixed, field.record, value, (1, 1), same)
    for found in trouble:
        raise _refused(found.code, **{"label": field.label, **found.arguments})
    return rows


def _unlike(cell: Cell, value: Any) -> Any:
    """The items of a list of records, whose keys differ."""
    key = cell.section.type.key if cell.section else None
    if key and isinstance(value, list):
        first: dict[str, int] = {}
        for index, item in enumerate(value):
            stated = item.get(key) if isinstance(item, Mapping) else getattr(item, key, None)
            text = (written(stated) or "").strip()
            if text and not says_nothing(stated) and first.setdefault(text, index) != index:
                number = stated.line if isinstance(stated, Scalar) else first[text] + 1
                line = words.LINE.filled(number=number)
                raise _refused("duplicate-item", label=cell.field.label, text=text, line=line)
    return value


def _given(field: Field, value: Any, key: bool = False, how: Callable[[Field], Any] = convert) -> Any:
    """The value of a field without records, from what the data file gives."""
    if isinstance(value, Mapping) and PUBLISHED in value:
        raise _refused("exception-on-input", label=field.label)
    if field.many:
        one = single(field)
        return [_one(one, item, key, how) for item in _items(field, value) if not says_nothing(item)]
    return _one(field, value, key, how)


def _one(field: Field, value: Any, key: bool, how: Callable[[Field], Any]) -> Any:
    if kind_of(field).keyed:
        if not isinstance(value, Mapping):
            raise _wrong_shape(field, value)
        of = field.of or Field(field.name, "number")
        if field.fixed is not None:
            for name in (name for name in field.fixed.names if name not in value):
                raise _refused("missing-row", label=field.label, name=name, inside="—")
            for name in (name for name in value if name not in field.fixed.names and not field.fixed.open):
                raise _refused("row-not-prescribed", label=field.label, name=name)
        return {name: None if says_nothing(item) else _one(of, item, False, how) for name, item in value.items()}
    if kind_of(field).lines and isinstance(value, list | tuple):
        return Paragraphs(line for item in value for line in _one(field, item, key, how))
    text = "" if value is None else written(value)
    if text is None:
        raise _wrong_shape(field, value)
    if key and "{{" in text:
        raise _refused("narrative-in-key", label=field.label)
    tagged = kind_of(field).prose and not field.plain and ("{{" in text or "{%" in text or "{#" in text)
    if tagged:  # its bounds hold for what it prints
        field = single(field)
    try:
        return how(field)(text)
    except BadValue as bad:
        raise _refused(bad.code, label=field.label, **bad.arguments) from None


def _published(field: Field, value: Any) -> Any:
    """The value of a computed field that the data file states, alone or as `{公布, 理由}`."""
    if isinstance(value, Mapping) and PUBLISHED in value:
        for name in value:
            if name not in (PUBLISHED, REASON):
                raise _refused("unknown-field", where=field.label, name=name)
        if says_nothing(value.get(REASON)) or written(value[REASON]) is None:
            raise _refused("exception-without-reason", label=field.label)
        value = value[PUBLISHED]
    if kind_of(field).keyed and not field.many:
        raise _wrong_shape(field, value)
    exact = field.many or kind_of(field).prose
    return _given(field, value, how=convert if exact else loose)


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
