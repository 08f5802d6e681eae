"""What a person may ask a report about: a field, a parameter, a record, a whole list, or only a field's last name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from generator.diagnostics import Severity, Text
from generator.figures import Paragraphs
from generator.formula import INVALID
from generator.formula.value_text import printer
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.report.compute import Computation
from generator.report.explanation import Explanation, explain, explain_item, explain_parameter, explain_typed
from generator.report.field_paths import find, find_record, steps
from generator.report.fields_at_places import fields_at
from generator.report.record import Record
from generator.standard.record_types import ROOT_NAME
from generator.standard.spoken_rules import rule_in_words

_AROUND = "\"'“”‘’「」『』《》〈〉<>«»‹›$＄#＃@()（）{}｛｝?？!！=＝:：,，;；.。 \u3000"  # what stands around a name that is asked for
_UNIT = lazy(r"(?<=.)(?:\s*(?:万元|亿元|元|%|％)|\s*[（(](?:万元|亿元|元|%|％|分|人|个)[)）]?)\Z")
_VALUE = lazy(
    r"(?:\s*[=＝←].*|(?:\s+|\s*[:：]\s*)-?[0-9][0-9,.]*\s*\S{0,2})\Z", re.DOTALL
)  # behind a name that was copied with it
_SEPARATOR = lazy(r"\s*(?:->|=>|::|[→/\\＼／>＞:：、|｜])\s*")
_ORDINAL = lazy(r"\[?第\s*([1-9][0-9]*)\s*[个项条行](?:\]|(?=\.|\Z))")
_NUMBER = lazy(r"-?[0-9]+(?:\.[0-9]+)?\s*[%％分]?")
_FEWEST, _SHOWN = 4, 20  # letters of a sentence that are looked for, and fields that are shown
_WIDE = str.maketrans("【】［］。．“”０１２３４５６７８９", '[][]..""0123456789')


@dataclass(frozen=True, slots=True)
class Candidates:
    """The fields that bear one name.

    Args:
        name: as it was typed.
        found: each field, explained; at least two.
    """

    name: str
    found: tuple[Explanation, ...]

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """The fields as JSON, each with its explanation."""
        return {"name": self.name, "candidates": [one.as_json(language) for one in self.found]}


@dataclass(frozen=True, slots=True)
class RecordTable:
    """Records and what their fields hold.

    Args:
        path: the list's path, or the record's.
        label: the form's wording.
        columns: the fields' names, the key first.
        computed: the names of the columns that are computed.
        rows: each record's path, and its fields explained in the order of the columns.
    """

    path: str
    label: str
    columns: tuple[str, ...]
    computed: frozenset[str]
    rows: tuple[tuple[str, tuple[Explanation, ...]], ...]

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """The table as JSON: each row's fields by name."""
        named = ((path, zip(self.columns, fields, strict=True)) for path, fields in self.rows)
        rows = [{"path": path, "fields": {name: one.as_json(language) for name, one in row}} for path, row in named]
        return {
            "path": self.path,
            "label": self.label,
            "columns": list(self.columns),
            "computed": [name for name in self.columns if name in self.computed],
            "rows": rows,
        }


@dataclass(frozen=True, slots=True)
class NamedCheck:
    """A check that was asked for by its name, wherever the standard has one of that name.

    Args:
        name: the check's id.
        rules: of each its record's path without indexes, whether it is a mere remark, what it is about in the bureau's words, and
            the rule read aloud in Chinese and English.
    """

    name: str
    rules: tuple[tuple[str, bool, str, Text], ...]

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """The rules as JSON."""
        rules = [
            {
                "path": path,
                "severity": "warning" if remark else "error",
                "description": description,
                "rule": rule.in_language(language),
            }
            for path, remark, description, rule in self.rules
        ]
        return {"check": self.name, "rules": rules}


LookedUp = Explanation | Candidates | RecordTable | NamedCheck


def look_up(computation: Computation, name: str) -> LookedUp | None:
    """What a name stands for; None where the report holds nothing of that name.

    A path goes before a parameter, and that before a field of that last name (or label) anywhere in the report; then comes what
    the data file says there, be it an entry of a map, a name that the standard does not know or what is `保留`; then a check; then what is stated at a place; last the fields
    whose value it is, or whose text holds it.

    Args:
        name: a path as findings print it (`资金.执行率`, `指标[0].得分`, `指标[0]`), a parameter, or the end of a path
            without indexes (`执行率`, `合计.全年预算数`); or a place as findings print it (`数据.yaml:41`, `填报!C49`).
    """
    plain = plain_path(name)
    spellings = dict.fromkeys((plain, loosened(plain), loosened(_VALUE.sub("", plain))))
    ways = (_named, _rows, _led_to)
    found = next((found for one in spellings if one for way in ways if (found := way(computation, one))), None)
    return found or _several(computation, name.strip(), fields_at(computation, name)) or _holding(computation, plain)


def _named(computation: Computation, name: str) -> LookedUp | None:
    root = computation.root
    if name == ROOT_NAME:
        return _table(computation, name, computation.standard.title, (root,))
    if (found := find(root, name)) is not None:
        record, field = found
        position = (steps(name) or [""])[-1]
        if isinstance(position, int):
            return explain_item(computation, record, field, position)
        return _of(computation, record, field)
    record = find_record(root, name)
    if record is not None:
        return _table(computation, record.path, record.section.type.name, (record,))
    parameter, _, entry = name.replace("[", ".", 1).partition(".")
    known = parameter in computation.standard.parameters
    if known and (shown := explain_parameter(computation, parameter, entry.strip("]\"'"))) is not None:
        return shown
    ends = list(_ending(root, name))
    if len(ends) > 1:
        return Candidates(name, tuple(explain(computation, *end) for end in ends))
    if ends:
        return _of(computation, *ends[0])
    return _numbered(computation, name) or explain_typed(computation, name) or _check(computation, name)


def _numbered(computation: Computation, name: str) -> LookedUp | None:
    """An item of the one list whose path ends in a name: `主要职能[0]`."""
    head, _, position = name.removesuffix("]").rpartition("[")
    ends = list(_ending(computation.root, head)) if name.endswith("]") and position.isdecimal() else []
    if len(ends) != 1:
        return None
    record, field = ends[0]
    items = record[field]
    if not isinstance(items, list) or int(position) >= len(items):
        return None
    item = items[int(position)]
    if isinstance(item, Record):
        return _table(computation, item.path, item.section.type.name, (item,))
    return explain_item(computation, record, field, int(position))


def _holding(computation: Computation, said: str) -> LookedUp | None:
    """The fields that hold a number (`97.23%`) or some words of a sentence, as they print."""
    words = said.strip()
    number = words.translate(_WIDE).rstrip("%％分") if _NUMBER.fullmatch(words) else ""
    if not number and len(words) < _FEWEST:
        return None
    found = []
    for _, record, name in _fields(computation.root, ()):
        value, field = record[name], record.section.cells[name].field
        if isinstance(value, Decimal) and number and value is not INVALID:
            held = printer(field.type)(value).rstrip("%") == number
        else:
            held = isinstance(value, str | Paragraphs) and not number and words in str(value)
        if held:
            found.append((record, name))
    return _several(computation, said, found[:_SHOWN])


def _several(computation: Computation, said: str, found: list[tuple[Record, str]]) -> LookedUp | None:
    """The one field that was found, or all of them to choose from."""
    if len(found) > 1:
        return Candidates(said, tuple(explain(computation, *one) for one in found))
    return _of(computation, *found[0]) if found else None


def plain_path(name: str) -> str:
    """A path as a user types or copies it, in the characters of a path: `{{ 总分|千分位 }}`, `指标【0】。得分`."""
    name = name.strip()
    if name.startswith("{{"):
        name = name.removeprefix("{{").removesuffix("}}").partition("|")[0].strip()
    return name.translate(_WIDE)


def loosened(name: str) -> str:
    """A path without what a person may put around it, behind it or between its names: `“资金/执行率（%）”`, `指标.0`, `指标[产出指标]`, `指标[第1个]`."""
    name = _UNIT.sub("", name.strip(_AROUND + "[]" * name.startswith("[")))
    name = _SEPARATOR.sub(".", name.removeprefix("本."))
    name = _ORDINAL.sub(lambda found: f"[{int(found[1]) - 1}]", name)
    name = re.sub(r"\.([0-9]+)(?=[.\[]|\Z)", r"[\1]", name)
    name = re.sub(r"\[\s*([^\W\d][^\[\]\"']*)\]", r'["\1"]', name)
    return "".join(name.split())


def _rows(computation: Computation, name: str) -> RecordTable | None:
    """The rows of lists that bear a name, behind their list or alone: `指标.产出指标`, `产出指标`."""
    way, _, key = name.rpartition(".")
    found = [
        record
        for records in computation.records.values()
        for record in records
        if record.key_value == key and (not way or re.sub(r"\[\d+\]", "", record.path).endswith(way))
    ]
    path = found[0].path if len(found) == 1 else key
    return _table(computation, path, found[0].section.type.name, tuple(found)) if found else None


def field_names(computation: Computation) -> list[str]:
    """Every name that `look_up` knows without a path: what may have been meant."""
    names = [name for section in computation.standard.root.walk() for name in section.cells]
    return list(dict.fromkeys([*names, *computation.standard.parameters]))


def _check(computation: Computation, name: str) -> NamedCheck | None:
    """The checks of one name; None where there is none."""
    rules = {}
    for section in computation.standard.root.walk():
        for check in section.type.checks:
            if check.id == name:
                told = Text(rule_in_words(section, check), rule_in_words(section, check, "en"))
                path = section.path.replace("[]", "")
                rule = (path, check.severity is Severity.WARNING, check.description, told)
                rules.setdefault(section.type, rule)
    return NamedCheck(name, tuple(rules.values())) if rules else None


def _of(computation: Computation, record: Record, name: str) -> LookedUp:
    """A field; where it holds records, their table."""
    value = record[name]
    label = record.section.cells[name].field.label
    if isinstance(value, Record):
        return _table(computation, record.path_of(name), label, (value,))
    if isinstance(value, list) and value and all(isinstance(item, Record) for item in value):
        return _table(computation, record.path_of(name), label, tuple(value))
    return explain(computation, record, name)


def _table(computation: Computation, path: str, label: str, records: tuple[Record, ...]) -> RecordTable:
    cells = {name: cell for record in records for name, cell in record.section.cells.items()}
    keys = {record.section.type.key for record in records}
    columns = sorted(cells, key=lambda name: name not in keys)
    computed = frozenset(name for name in columns if cells[name].origin != "data")

    def explained(record: Record, name: str) -> Explanation:
        known = name in record.section.cells
        return explain(computation, record, name) if known else Explanation(name, name, "", "data")

    rows = tuple((one.path or ROOT_NAME, tuple(explained(one, name) for name in columns)) for one in records)
    return RecordTable(path, label, tuple(columns), computed, rows)


def _ending(root: Record, name: str) -> Iterator[tuple[Record, str]]:
    """The fields of the report whose path, without indexes, ends in a name; or whose label it is."""
    wanted = steps(name)
    names = [step for step in wanted or () if isinstance(step, str)]
    sound = wanted is not None and len(names) == len(wanted)
    for trail, record, field in _fields(root, ()):
        named = [step for step in trail if isinstance(step, str)]
        if (sound and named[-len(names) :] == names) or record.section.cells[field].field.label == name:
            yield record, field


def _led_to(computation: Computation, name: str) -> LookedUp | None:
    """What names lead to that are of fields and of rows, steps between them left out: `指标.产出指标.数量指标.得分`."""
    names = name.split(".")
    fields, closest, rows = [], [], {}
    for trail, record, field in _fields(computation.root, ()):
        spoken = [step if isinstance(step, str) else step[0] for step in trail]
        if _leads(spoken, names):
            (closest if spoken[-2] == names[-2] else fields).append((record, field))
        elif _leads(spoken[:-1], names) and not isinstance(trail[-2], str):
            rows[record.path] = record
    if rows:
        path = next(iter(rows)) if len(rows) == 1 else name
        return _table(computation, path, next(iter(rows.values())).section.type.name, tuple(rows.values()))
    fields = closest or fields
    if len(fields) > 1:
        return Candidates(name, tuple(explain(computation, *one) for one in fields))
    return _of(computation, *fields[0]) if fields else None


def _leads(trail: list[str], names: list[str]) -> bool:
    """Whether a trail ends in the last of several names and has the others before it, in their order."""
    steps_left = iter(trail)
    return len(names) > 1 and trail[-1:] == names[-1:] and all(one in steps_left for one in names)


def _fields(
    record: Record, trail: tuple[str | tuple[str], ...]
) -> Iterator[tuple[tuple[str | tuple[str], ...], Record, str]]:
    """Every field of a record and of those it holds, with the names that lead to it and, each as a tuple, the keys of rows;
    chosen records stay where they are."""
    for name, cell in record.section.cells.items():
        own = (*trail, name)
        yield own, record, name
        if cell.section is None:
            continue
        value = record[name]
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, Record):
                key = item.key_value
                yield from _fields(item, (*own, (key,)) if isinstance(key, str) else own)
