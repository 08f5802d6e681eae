"""Two standards compared, in words: fields, formulas, parameters (weights, bands), checks, documents and templates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import change_words as words
from generator.kept.light_classes import dataclass
from generator.ooxml.package import read_bytes
from generator.standard import Cell, Standard
from generator.standard.field_wording import wanted
from generator.standard.kinds import bound_text, kind_of


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: what kind of thing, where, and the values before and after (None: it was not there)."""

    kind: str
    field: str
    old: str | None
    new: str | None
    what: Text

    @property
    def text(self) -> Text:
        """The change in a sentence."""
        word = words.ADDED if self.old is None else words.REMOVED if self.new is None else words.CHANGED
        return word.filled(what=self.what, old=self.old, new=self.new)

    def as_json(self, language: str) -> dict[str, Any]:
        """The change as `diff` prints differences."""
        return {
            "kind": self.kind,
            "place": self.what.in_language(language),
            "anchor": None,
            "field": self.field or None,
            "old": self.old,
            "new": self.new,
            "message": self.text.in_language(language),
        }


def standard_changes(old: Standard, new: Standard) -> list[Change]:
    """What changed from one standard to another, in the order: head, fields, parameters, checks, documents."""
    return [
        *_compared("head", _head(old), _head(new)),
        *_fields(old, new),
        *_compared("parameter", _parameters(old), _parameters(new)),
        *_compared("check", _checks(old), _checks(new)),
        *_compared("document", _documents(old), _documents(new)),
    ]


def _compared(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name), new.get(name)
        if before != after:
            what = words.NAMED[kind].filled(name=name)
            yield Change(kind, name if kind != "head" else "", before, after, what)


def _head(standard: Standard) -> dict[str, str]:
    found = {"名称": standard.id, "标题": standard.title, "发布单位": standard.issuer, "版本": standard.version}
    return {**found, "年度": str(standard.fiscal_year or "")}


def _cells(standard: Standard) -> dict[str, Cell]:
    return {
        f"{section.path.replace('[]', '')}.{name}".lstrip("."): cell
        for section in standard.root.walk()
        for name, cell in section.cells.items()
    }


def _fields(old: Standard, new: Standard) -> Iterator[Change]:
    """Fields that came, went, were renamed, or mean something else now."""
    before, after = _cells(old), _cells(new)
    names: dict[str, str] = {}
    for change in new.changes:
        for path, name in change.renamed.items():
            target = ".".join((*path.split(".")[:-1], name))
            if path in before and target in after and path not in after:
                names[path] = target
    for path, cell in before.items():
        target = names.get(path, path)
        if target not in after:
            if path.rpartition(".")[0] in after or "." not in path:
                yield Change("field", path, _kind(cell), None, words.NAMED["field"].filled(name=path))
            continue
        if target != path:
            yield Change("field", target, path, target, words.RENAMED)
        one, other = _properties(cell), _properties(after[target])
        for key in dict.fromkeys([*one, *other]):
            if one.get(key, "") != other.get(key, ""):
                what = words.PROPERTY.filled(name=target, property=words.PROPERTIES[key])
                yield Change(key, target, one.get(key) or "（无）", other.get(key) or "（无）", what)
    for path, cell in after.items():
        came = path not in before and path not in names.values()
        if came and (path.rpartition(".")[0] in before or "." not in path):
            yield Change("field", path, None, _kind(cell), words.NAMED["field"].filled(name=path))


def _kind(cell: Cell) -> str:
    return wanted(cell.field).zh.split("，例如")[0]


def _properties(cell: Cell) -> dict[str, str]:
    field = cell.field
    return {
        "label": field.label,
        "type": _kind(cell),
        "demand": "计算" if cell.origin != "data" else "必填" if field.required else "选填",
        "unit": field.unit,
        "places": str(field.places) if kind_of(field).numeric and not kind_of(field).whole else "",
        "least": bound_text(field, field.minimum) if field.minimum is not None else "",
        "most": bound_text(field, field.maximum) if field.maximum is not None else "",
        "formula": cell.formula,
        "default": str(field.default) if field.default is not None else "",
        "empty": field.empty,
    }


def _parameters(standard: Standard) -> dict[str, str]:
    return {name: _value(parameter.value) for name, parameter in standard.parameters.items()}


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "，".join(f"{key} {_value(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return "、".join(_value(item) for item in value)
    return "（未定）" if value is None else str(value)


def _checks(standard: Standard) -> dict[str, str]:
    found = {}
    for section in standard.root.walk():
        for check in section.type.checks:
            when, graveness = (
                f"{check.when.text} 时，" if check.when else "",
                "提醒" if check.severity == "warning" else "错误",
            )
            name = f"{section.path.replace('[]', '')}.{check.id}".lstrip(".")
            found[name] = f"{when}{check.rule.text}（{graveness}：{check.message.text}）"
    return found


def _documents(standard: Standard) -> dict[str, str]:
    found = {}
    for number, one in enumerate(standard.documents, 1):
        path = standard.template_path(one)
        content = hashlib.sha256(read_bytes(path)[1]).hexdigest()[:12] if path.is_file() else "-"
        when = f"，条件 {one.when.text}" if one.when else ""
        found[f"{number}"] = f"{one.name.text}（模板摘要 {content}{when}）"
    return found
