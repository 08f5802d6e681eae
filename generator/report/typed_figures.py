"""Figures of the report that a text types instead of referring to them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from generator.diagnostics.wording import report_reasons as reasons
from generator.formula import INVALID
from generator.formula.value_text import printer
from generator.kept.lazy_patterns import lazy
from generator.kept.light_tuples import NamedTuple
from generator.report.compute import Computation
from generator.report.kept_words import Kept
from generator.report.prose import Number
from generator.report.record import Record
from generator.report.spoken_texts import Prose
from generator.standard import Field, Section
from generator.standard.kinds import kind_of

_NAME = lazy(r"[^\W\d]\w*\Z")
SHOWN_PATHS = 2
ZERO = Decimal(0)
_SAME = reasons.SAME_FIGURE
_CLOSE = reasons.SAME_DIGITS


class _Known(NamedTuple):
    """A figure of the report; `key` is set where it is an entry of a map."""

    record: Record
    field: Field
    value: Decimal
    key: str = ""

    @property
    def own(self) -> str:
        """How texts of its own record refer to it."""
        return f"{self.field.name}.{self.key}" if self.key else self.field.name

    @property
    def label(self) -> str:
        """What the form calls it."""
        return self.key or self.field.label


def _key(value: Decimal) -> str:
    """A number at three significant digits."""
    return f"{value:.2e}"


def _measured(field: Field, value: Decimal) -> tuple[str, Decimal]:
    """A figure in the unit of prose: money in 元, percents in hundredths."""
    if field.unit == "万元":
        return "元", value.scaleb(4)
    if kind_of(field).hundredths:
        return "%", value.scaleb(2)
    return field.unit, value


def tell_figures(
    computation: Computation, kept: Kept, typed: list[tuple[Prose, Number]], doubted: set[str | None]
) -> None:
    """Tell of each literal that equals a figure of the report, and of those that look like one that is mistyped.

    Args:
        computation: the report.
        kept: what the data file keeps as it stands.
        typed: the literals with their texts.
        doubted: paths of texts of whose figures something is told already.
    """
    wanted: dict[str, dict[str, list[_Known]]] = {}
    bare: dict[Decimal, list[_Known]] = {}
    distinct = {number[2:]: number for _, number in typed}
    for number in distinct.values():
        wanted.setdefault(number.unit, {})[_key(number.value * number.scale)] = []
        bare[number.value] = []
    slips = {which: _slips_of(number) for which, number in distinct.items() if _tells_slips(number)}
    for which, values in slips.items():
        for value in values:
            wanted[distinct[which].unit].setdefault(_key(value), [])
    _collect(computation, wanted, bare)
    known_by = {
        which: found
        for which, number in distinct.items()
        if (found := _equal(number, wanted[number.unit][_key(number.value * number.scale)], bare[number.value]))
    }
    for prose, number in typed:
        found = known_by.get(number[2:])
        if not found:
            meant = _typed_otherwise(wanted[number.unit], slips.get(number[2:], ()))
            if meant and prose.path not in doubted:
                _tell_slip(computation, kept, prose, number, meant)
            continue
        usable = _references(found, prose.record)
        if not usable:
            continue
        known = usable[0][1]
        literal = prose.printed[number.start : number.end]
        unit, value = _measured(known.field, known.value)
        same = value == number.value * (number.scale if unit else 1)
        after = known.field.unit if unit not in ("", "%") else ""
        rest = after if unit else literal[len(number.typed) :]
        kept.tell(
            "prose-figure",
            prose,
            prose.written(number.start)[0],
            text=literal,
            label=known.label,
            value=printer(known.field.type)(known.value) + after,
            degree=_SAME if same else _CLOSE,
            written=_written(computation, [f"{{{{ {path} }}}}{rest}" for path, _ in usable[:SHOWN_PATHS]]),
        )


def _tells_slips(number: Number) -> bool:
    """Whether a literal has so many digits that it hardly resembles a figure by chance."""
    return number.unit in ("元", "%") and number.significant > 2


def _slips_of(number: Number) -> tuple[Decimal, ...]:
    """What a literal may have been meant to be: two neighbouring digits exchanged, the point or 万 wrong."""
    typed = number.typed.replace(",", "")
    digits, places = typed.replace(".", ""), len(typed.partition(".")[2])
    swapped = {
        digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        for at in range(len(digits) - 1)
        if digits[at] != digits[at + 1] and (at or digits[1] != "0")
    }
    values = [Decimal(text).scaleb(-places) * number.scale for text in sorted(swapped)]
    powers = (1, -1) if number.unit == "%" else (1, -1, 2, -2, 4, -4)
    return (*values, *((number.value * number.scale).scaleb(power) for power in powers))


def _typed_otherwise(measured: dict[str, list[_Known]], values: tuple[Decimal, ...]) -> list[_Known]:
    """The inputs of the report that are what a literal may have been meant to be."""
    return [
        known
        for value in values
        for known in measured[_key(value)]
        if _measured(known.field, known.value)[1] == value
        and known.record.section.cells[known.field.name].origin == "data"
    ]


def _tell_slip(computation: Computation, kept: Kept, prose: Prose, number: Number, found: list[_Known]) -> None:
    """Tell of a literal that is an input of the report, mistyped."""
    usable = _references(found, prose.record)
    if not usable:
        return
    path, known = usable[0]
    after = "" if kind_of(known.field).hundredths else known.field.unit
    kept.tell(
        "prose-slip",
        prose,
        prose.written(number.start)[0],
        text=prose.printed[number.start : number.end],
        label=known.label,
        value=printer(known.field.type)(known.value) + after,
        written=_written(computation, [f"{{{{ {path} }}}}{after}"]),
    )


def _written(computation: Computation, references: list[str]) -> str:
    """References as they are typed into the file: JSON needs a mark before quotes."""
    text = "、".join(references)
    return text.replace('"', '\\"') if computation.spelling == "json" else text


def _equal(number: Number, measured: list[_Known], bare: list[_Known]) -> list[_Known]:
    """Which figures a literal can be, of those of its unit that begin alike and those without a unit that equal it.

    Fewer than three digits have to agree exactly, and without a unit the name has to say what is counted: 走访家数 counts
    52家.
    """
    exact = number.value * number.scale
    called = [one for one in bare if number.unit in one.own or number.unit in one.label]
    if number.significant > 2:
        return [*measured, *(one for one in bare if one.key or one in called)]
    return [*(known for known in measured if _measured(known.field, known.value)[1] == exact), *called]


def _references(found: list[_Known], reader: Record) -> list[tuple[str, _Known]]:
    """How a text of a record can refer to figures that are equal, the one that it probably means first."""
    usable = {path: known for known in reversed(found) if (path := _reference(known, reader))}
    return sorted(usable.items(), key=lambda one: _distance(one[1], reader, one[0]))


def _distance(known: _Known, reader: Record, path: str) -> tuple[bool, bool, int, int]:
    """Which of equal figures a text probably means: its own record's, an input, the one with the shortest path."""
    computed = known.record.section.cells[known.field.name].origin != "data"
    return known.record is not reader, computed, path.count("."), len(path)


def _reference(known: _Known, reader: Record) -> str | None:
    """How a text of a record refers to a figure; None where it cannot."""
    kind, own = kind_of(known.field), known.record is reader
    bare = not known.field.unit and not known.key and not kind.hundredths
    of_text = kind.numeric and bare and not kind.whole
    alike = known.record.section is reader.section and not own
    if of_text and (alike or known.record.section.cells[known.field.name].origin != "data"):
        return None  # read from a text; or another row's, which may be as great
    if own:
        both = reader.parent is not None and known.field.name in reader.root.section.cells
        return f"本.{known.own}" if both else known.own
    path, at = known.own, known.record
    while at.parent is not None:
        step = at.section.name
        if at.index is not None:
            key = at.key_value
            if not isinstance(key, str) or '"' in key:
                return None
            step += f'["{key}"]'
        path, at = f"{step}.{path}", at.parent
    both = reader.parent is not None and re.split(r"[.\[]", path)[0] in reader.section.cells
    return f"报告.{path}" if both else path


@lru_cache(maxsize=4096)
def _numeric(section: Section) -> tuple[tuple[str, Field, bool], ...]:
    """The figures of a section: name, field (of a map, its entries'), whether it is a map."""
    found = []
    for name, cell in section.cells.items():
        field, is_map = cell.field, kind_of(cell.field).facts
        if is_map:
            of = field.of or Field(name, "number")
            field = Field(name, of.kind, label=name, unit=of.unit, type=of.type)
        if kind_of(field).amount and not cell.field.many:
            found.append((name, field, is_map))
    return tuple(found)


def _collect(
    computation: Computation, wanted: dict[str, dict[str, list[_Known]]], bare: dict[Decimal, list[_Known]]
) -> None:
    """Find the figures of the report that the literals could be, by unit and three digits; those without a unit."""
    for records in computation.records.values():
        for name, field, is_map in _numeric(records[0].section):
            unit = _measured(field, ZERO)[0]
            keys = wanted.get(unit) if unit else None
            if unit and keys is None:
                continue
            for record in records:
                value = record.get(name)
                if not value or value is INVALID:
                    continue
                for key, figure in value.items() if is_map else (("", value),):
                    if not isinstance(figure, Decimal) or not figure or (key and not _NAME.match(key)):
                        continue
                    found = bare.get(figure) if keys is None else keys.get(_key(_measured(field, figure)[1]))
                    if found is not None:
                        found.append(_Known(record, field, figure, key))
