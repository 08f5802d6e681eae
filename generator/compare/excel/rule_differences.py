"""What changed in the rules of a sheet: validations and conditional formats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.compare.difference import Findings, Level
from generator.compare.excel.formula_references import Grids, area_name, same_formula
from generator.compare.excel.grid_pairs import SheetPair
from generator.compare.excel.workbook_model import Area, Rule
from generator.compare.plain_lines import flat
from generator.compare.text_changes import quoted, shown
from generator.diagnostics import Text
from generator.diagnostics.wording import comparison_terms as terms


def area_anchor(sheet: str, areas: Sequence[Area]) -> dict[str, Any]:
    """The place of areas: the first of them."""
    if not areas:
        return {"sheet": sheet}
    name = area_name(areas[0])
    return {"sheet": sheet, "range" if ":" in name else "cell": name}


def _same_areas(pair: SheetPair, old: Sequence[Area], new: Sequence[Area]) -> bool:
    return len(old) == len(new) and all(pair.grid.same(a, b) for a, b in zip(old, new, strict=True))


def compare_rules(
    findings: Findings, pair: SheetPair, grids: Grids, kind: str, label: Text, old: Sequence[Rule], new: Sequence[Rule]
) -> None:
    """Validations or conditional formats, paired by where they hold and what they say."""

    def same_formulas(a: Rule, b: Rule) -> bool:
        return len(a.formulas) == len(b.formulas) and all(
            x == y or same_formula(x, y, pair.old.name, grids) for x, y in zip(a.formulas, b.formulas, strict=True)
        )

    left, right = list(range(len(old))), list(range(len(new)))
    tests = (
        lambda a, b: (
            a.what == b.what and a.look == b.look and same_formulas(a, b) and _same_areas(pair, a.areas, b.areas)
        ),
        lambda a, b: _same_areas(pair, a.areas, b.areas) and a.what == b.what,
        lambda a, b: _same_areas(pair, a.areas, b.areas),
        lambda a, b: a.what == b.what and same_formulas(a, b),
    )
    for test in tests:
        for i in list(left):
            j = next((j for j in right if test(old[i], new[j])), None)
            if j is None:
                continue
            left.remove(i)
            right.remove(j)
            _rule(findings, pair, kind, label, old[i], new[j], same_formulas(old[i], new[j]))
    rows, columns = pair.grid.rows, pair.grid.columns
    gone, come = (rows.surviving, columns.surviving), (rows.kept_in, columns.kept_in)
    sides = (pair.old, [old[i] for i in left], gone, False), (pair.new, [new[j] for j in right], come, True)
    for sheet, rules, (left_of_rows, left_of_columns), came in sides:
        for rule in rules:
            if any(left_of_rows(a[0], a[2]) and left_of_columns(a[1], a[3]) for a in rule.areas):
                anchor, text = area_anchor(sheet.name, rule.areas), _rule_text(rule)
                told = {"object": label, "text": quoted(text)}
                findings.add_presence(kind, Level.STRUCTURE, anchor, "object", text, came, **told)


def _rule_text(rule: Rule) -> str:
    return f"{flat(rule.what)} {' ; '.join(rule.formulas)}".strip()


def _rule(
    findings: Findings, pair: SheetPair, kind: str, label: Text, old: Rule, new: Rule, same_formulas: bool
) -> None:
    anchor = area_anchor(pair.new.name, new.areas)
    if not _same_areas(pair, old.areas, new.areas):
        names = [" ".join(area_name(a) for a in rule.areas) for rule in (old, new)]
        area = terms.AREA_OF_THE.filled(label=label)
        findings.add_value(kind, Level.STRUCTURE, anchor, area, names[0], names[1])
    if old.what != new.what or not same_formulas:
        before, after = _rule_text(old), _rule_text(new)
        findings.add_value(kind, Level.STRUCTURE, anchor, label, before, after)
    elif old.look != new.look:
        look = terms.LOOK_OF_THE.filled(label=label)
        before, after = shown(flat(old.look)), shown(flat(new.look))
        findings.add_value(kind, Level.STRUCTURE, anchor, look, before, after)
