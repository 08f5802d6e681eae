"""What documents and workbooks have alike: properties, charts, parts that nobody reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.compare.align import align
from generator.compare.chart_model import Chart, Series
from generator.compare.difference import Findings, Level
from generator.compare.text_changes import quoted
from generator.diagnostics import Text
from generator.diagnostics.wording import comparison_terms as terms

# Parts that say how things look, not what is there.
_LOOKS = ("theme", "fontTable", "webSettings", "stylesWithEffects", "printerSettings", "thumbnail", "/colors", "/style")


def compare_properties(
    findings: Findings,
    old: Mapping[str, str],
    new: Mapping[str, str],
    old_traces: Mapping[str, str],
    new_traces: Mapping[str, str],
) -> None:
    """Note the document properties that differ; the traces of saving are only listed."""
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            anchor, before, after = {"part": "property", "name": name}, old.get(name), new.get(name)
            change = terms.CHANGE.filled(old=before or terms.EMPTY, new=after or terms.EMPTY)
            findings.add("property", Level.STRUCTURE, anchor, "text", old=before, new=after, change=change)
    names = [name for name in sorted({*old_traces, *new_traces}) if old_traces.get(name) != new_traces.get(name)]
    if names:
        findings.leave_out("traces", names=", ".join(names))


def compare_parts(findings: Findings, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Note the unread parts that differ; one that only has another name is the same."""
    gone = {name: digest for name, digest in old.items() if name not in new}
    come = {name: digest for name, digest in new.items() if name not in old}
    for name, digest in list(gone.items()):
        twin = next((other for other, same in come.items() if same == digest), None)
        if twin is not None:
            del gone[name], come[twin]
    for name in sorted({*old, *new}):
        anchor = {"part": "part", "name": name}
        level = Level.FORMAT if any(word in name for word in _LOOKS) else Level.STRUCTURE
        if name in gone or name in come:
            kind = "part-deleted" if name in gone else "part-inserted"
            findings.add_presence(kind, level, anchor, "part", gone.get(name) or come[name], name in come)
        elif name in old and name in new and old[name] != new[name]:
            findings.add("part", level, anchor, "part-changed", old=old[name], new=new[name])


def _of_series(a: Series, b: Series, same: Any) -> Iterator[tuple[Text, str, str]]:
    """What differs between two series: what it is called, before, after."""
    found = False
    for field, name in (("name", terms.NAME_OF), ("categories", terms.CATEGORIES_OF), ("values", terms.VALUES_OF)):
        before, after = getattr(a, field), getattr(b, field)
        if same is None and field == "name" and a.label and b.label:
            before, after = a.label, b.label
        elif same is None and field != "name" and a.cached and a.cached == b.cached:
            continue  # a document shows what the chart keeps, wherever its workbook has it
        if before != after and not (same is not None and same(before, after)):
            found = True
            yield name, before, after
    if not found and a.cached != b.cached and same is None:
        yield terms.DATA_OF, "、".join(a.cached), "、".join(b.cached)


def compare_chart(findings: Findings, old: Chart, new: Chart, anchor: Mapping[str, Any], same: Any = None) -> None:
    """Note what differs between two charts; `same(a, b)` tells whether two references mean the same cells."""
    if old == new:
        return
    if old.title != new.title:
        _tell(findings, anchor, terms.CHART_TITLE, quoted(old.title), quoted(new.title))
    if old.kinds != new.kinds:
        _tell(findings, anchor, terms.CHART_TYPE, " ".join(old.kinds), " ".join(new.kinds))
    aligned = align([(s.name, s.values) for s in old.series], [(s.name, s.values) for s in new.series])
    for i, j in aligned.pairs:
        label = terms.CHART_SERIES_NUMBER.filled(j=j + 1)
        for name, before, after in _of_series(old.series[i], new.series[j], same):
            _tell(findings, anchor, name.filled(label=label), before, after)
    for chart, indices, came in ((old, aligned.deleted, False), (new, aligned.inserted, True)):
        for series in (chart.series[index] for index in indices):
            text = quoted(f"{series.name} {series.values}".strip())
            told = {"object": terms.CHART_SERIES, "text": text, "gone": False}
            findings.add_presence("chart", Level.STRUCTURE, anchor, "object", series.values, came, **told)
    if old.look != new.look and aligned.plain and old.kinds == new.kinds:
        findings.add("chart", Level.FORMAT, anchor, "object-changed", object=terms.CHART_LOOK)


def _tell(findings: Findings, anchor: Mapping[str, Any], label: Text, old: str, new: str) -> None:
    findings.add_value("chart", Level.STRUCTURE, anchor, label, old, new)
