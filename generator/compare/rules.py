"""What a comparison is told to overlook: ignore rules and a numeric tolerance, from options or a `diff.yaml`.

A rule is a text or a mapping. As text: `place:表2 第5行`, `field:指标[*].得分`, `pattern:\\d{4}年`, `kind:property`; without a prefix
it is a place. `*` stands for anything and `?` for one character in places and fields. A place covers what lies within it
(`表2` its cells, `自评表!B:C` the cells of the columns, `工作表 自评表` all of the sheet); a pattern, a regular expression, covers
differences of texts that are the same once what it matches is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.compare.difference import LEVELS, Difference, Findings
from generator.compare.regular_rules import bounded, expression, wildcard
from generator.compare.text_changes import numbers_apart
from generator.diagnostics import Failure, Text, places
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import comparison_terms as terms
from generator.kept.light_classes import dataclass, field, replace

FIELDS_JOINED_BY = "、"
_DIGITS = 300  # of a tolerance: as far as numbers in a workbook go
_DEEP = 10  # levels of a file of rules
_LARGE = 1 << 20  # bytes that no file of rules has
_KEYS = ("place", "field", "pattern", "kind")
RuleLike = str | Mapping[str, str]


@dataclass(frozen=True)
class Rule:
    """One ignore rule."""

    key: str
    value: str

    def __str__(self) -> str:
        return f"{self.key}:{self.value}"

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        if self.key == "pattern":
            return expression(self.value)
        return wildcard(self.value.strip(), r"(?:[ !.\[].*)?" if self.key in ("place", "field") else "")

    @cached_property
    def _anchor(self) -> Mapping[str, Any] | None:
        try:
            return places.parse(self.value)
        except ValueError:
            return None

    def covers(self, difference: Difference) -> bool:
        """Whether the rule says to overlook a difference."""
        if self.key == "kind":
            return self._expression.fullmatch(difference.kind) is not None
        if self.key == "field":
            return difference.field is not None and self._expression.fullmatch(difference.field) is not None
        if self.key == "pattern":
            old, new = ("" if v is None else str(v) for v in (difference.old, difference.new))
            return old != new and self._expression.sub("", old) == self._expression.sub("", new)
        texts = difference.place_text
        if any(self._expression.fullmatch(text) for text in texts):
            return True
        sheet = difference.anchor.get("sheet")
        if sheet is None:
            return False
        if self._anchor is not None and self._anchor.get("sheet") == sheet:
            return set(self._anchor) == {"sheet"} or _contains(self._anchor, difference.anchor)
        return self._expression.fullmatch(sheet) is not None


def _contains(outer: Mapping[str, Any], inner: Mapping[str, Any]) -> bool:
    """Whether an area of a sheet holds another."""
    from generator.compare.excel.formula_references import read_area

    texts = [next((a[k] for k in ("cell", "range", "rows", "columns") if k in a), None) for a in (outer, inner)]
    if texts[0] is None or texts[1] is None:
        return False
    a, b = read_area(texts[0]), read_area(texts[1])
    return a[0] <= b[0] and a[1] <= b[1] and a[2] >= b[2] and a[3] >= b[3]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Numbers closer than this are the same: an absolute amount, or a share of the old number."""

    amount: Decimal
    relative: bool = False

    def __str__(self) -> str:
        return f"{self.amount * 100:f}%" if self.relative else str(self.amount)

    def covers(self, difference: Difference) -> bool:
        """Whether a difference is one of numbers within the tolerance."""
        old, new = difference.old, difference.new
        if difference.kind == "value" and isinstance(old, int | float) and isinstance(new, int | float):
            return self._close(old, new)
        if difference.kind in ("text", "value") and isinstance(old, str) and isinstance(new, str):
            pairs = numbers_apart(old, new)
            return bool(pairs) and all(self._close(a, b) for a, b in pairs)
        return False

    def _close(self, old: float, new: float) -> bool:
        a, b = Decimal(repr(old)), Decimal(repr(new))
        if not (a.is_finite() and b.is_finite()):
            return False
        return abs(a - b) <= (self.amount * abs(a) if self.relative else self.amount)


@dataclass(frozen=True)
class Rules:
    """Level, ignore rules and tolerance of a comparison."""

    level: str = "structure"
    ignore: tuple[Rule, ...] = ()
    tolerance: Tolerance | None = None
    fields: Any = field(default=None, compare=False)
    formatting: str = "effective"

    def apply(self, findings: Findings) -> list[Difference]:
        """The differences that remain; how many each rule left out is noted.

        Raises:
            Failure: the patterns of rules take too long.
        """
        patterns = [rule.value for rule in self.ignore if rule.key == "pattern"]
        if not patterns:
            return self._apply(findings)
        with bounded(FIELDS_JOINED_BY.join(patterns)):
            return self._apply(findings)

    def _apply(self, findings: Findings) -> list[Difference]:
        kept: list[Difference] = []
        counts: dict[str, int] = {}
        within = 0
        for difference in findings.found:
            difference = self._with_field(difference)
            if self.tolerance is not None and self.tolerance.covers(difference):
                within += 1
                continue
            covering = self._covering(difference)
            for rule in covering:
                counts[str(rule)] = counts.get(str(rule), 0) + 1
            if not covering:
                kept.append(difference)
        if within:
            findings.leave_out("tolerance", tolerance=self.tolerance, n=within)
        for rule, count in counts.items():
            findings.leave_out("rule", rule=rule, n=count)
        return kept

    def _covering(self, difference: Difference) -> list[Rule]:
        """The rules that together say to overlook a difference: one, or of several fields in a paragraph one each."""
        one = next((rule for rule in self.ignore if rule.covers(difference)), None)
        if one is not None or difference.field is None:
            return [one] if one is not None else []
        found: list[Rule] = []
        for path in difference.field.split(FIELDS_JOINED_BY):
            rule = next(
                (r for r in self.ignore if r.key == "field" and r.covers(replace(difference, field=path))), None
            )
            if rule is None:
                return []
            found.append(rule)
        return list(dict.fromkeys(found))

    def _with_field(self, difference: Difference) -> Difference:
        if self.fields is None:
            return difference
        fields = self.fields
        if isinstance(fields, Mapping):
            found = fields.get(difference.place)
        else:
            found = fields.of(difference) if hasattr(fields, "of") else fields(difference.anchor)
        return replace(difference, field=found) if found else difference


def make_rules(
    level: str | None = None,
    ignore: Iterable[RuleLike] = (),
    tolerance: Any = None,
    fields: Any = None,
    base: Rules | None = None,
    formatting: str | None = None,
) -> Rules:
    """Rules from options, over those of a `diff.yaml` (`base`).

    Raises:
        Failure: an unknown level, a rule that is none, a regular expression or tolerance that cannot be read.
    """
    base = base or Rules()
    level = level or base.level
    if level not in LEVELS:
        raise Failure([diagnostic("compare-level", level=level)])
    formatting = formatting or base.formatting
    if formatting not in ("effective", "literal"):
        raise Failure([diagnostic("compare-formatting", formatting=formatting)])
    given: list[Any] = [ignore] if isinstance(ignore, str | Mapping) else list(ignore)
    rules = base.ignore + tuple(_rule(rule) for rule in given)
    settled = _tolerance(tolerance) if tolerance is not None else base.tolerance
    return Rules(level, rules, settled, fields or base.fields, formatting)


def _rule(given: RuleLike) -> Rule:
    rule = Rule("", "")
    if isinstance(given, str):
        key, colon, value = given.partition(":")
        rule = Rule(key, value.strip()) if colon and key in _KEYS else Rule("place", given)
    elif isinstance(given, Mapping) and len(given) == 1:
        rule = Rule(*map(str, next(iter(given.items()))))
    if rule.key not in _KEYS or not rule.value:
        raise Failure([diagnostic("compare-rule", rule=given)])
    if rule.key == "pattern":
        expression(rule.value)
    return rule


def _tolerance(given: Any) -> Tolerance:
    text = str(given).strip()
    try:
        amount = Decimal(text.rstrip("%％"))
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0 or abs(amount.adjusted()) > _DIGITS or len(text) > _DIGITS:
        raise Failure([diagnostic("compare-tolerance", tolerance=text[:_DIGITS])])
    relative = text.endswith(("%", "％"))
    return Tolerance(amount / 100 if relative else amount, relative)


def _place_of(fault: Exception) -> Text:
    """Why a rules file cannot be read, and where."""
    mark = getattr(fault, "problem_mark", None)
    if mark is None:
        return terms.NO_YAML
    line, column = mark.line + 1, mark.column + 1
    return terms.NO_YAML_AT.filled(line=line, column=column)


def _is_plain(events: Iterable[Any]) -> bool:
    """Whether a YAML holds no references, which can stand for more than a machine holds, and nothing in one another that rules lack."""
    depth = 0
    for event in events:
        kind = type(event).__name__
        depth += kind.endswith(("MappingStartEvent", "SequenceStartEvent")) - kind.endswith(
            ("MappingEndEvent", "SequenceEndEvent")
        )
        if kind == "AliasEvent" or depth > _DEEP:
            return False
    return True


def read_rules(path: str | Path) -> Rules:
    """Read a `diff.yaml`: `level`, `tolerance`, `ignore` (a list of rules).

    Raises:
        Failure: the file is missing, is no YAML, or holds anything else.
    """
    import yaml

    from generator.ooxml.package import read_bytes
    from generator.source.decoding import decode

    name, data = read_bytes(str(path))
    if len(data) > _LARGE:
        raise Failure([diagnostic("compare-rules-file", name=name, reason=f"> {_LARGE >> 20} MiB")])
    text, unreadable = decode(data, name, "rules")
    if unreadable:
        raise Failure(unreadable)
    try:
        if not _is_plain(yaml.parse(text, Loader=yaml.BaseLoader)):
            raise Failure([diagnostic("compare-rules-file", name=name, reason=terms.NESTED_OR_REFERRED)])
        content = yaml.load(text, Loader=yaml.BaseLoader)  # everything stays text
    except yaml.YAMLError as fault:
        raise Failure([diagnostic("compare-rules-file", name=name, reason=_place_of(fault))]) from None
    content = {} if content in (None, "") else content
    if not isinstance(content, dict):
        raise Failure([diagnostic("compare-rules-file", name=name, reason=terms.NO_MAPPING)])
    unknown = [key for key in content if key not in ("level", "tolerance", "ignore", "formatting")]
    if keys := "".join(f"“{key}”" for key in unknown):
        raise Failure([diagnostic("compare-rules-file", name=name, reason=terms.UNKNOWN.filled(keys=keys))])
    if not isinstance(content.get("ignore") or [], list):
        raise Failure([diagnostic("compare-rules-file", name=name, reason=terms.IGNORE_NO_LIST)])
    return make_rules(**{**content, "ignore": content.get("ignore") or []})
