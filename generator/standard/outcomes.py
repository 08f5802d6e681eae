"""What a standard makes of reports: its documents, and the summary of many reports."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.formula import Compiled, Names, Type
from generator.formula.mistyped import tag_in_fixed
from generator.formula.typing import describe
from generator.kept.light_classes import dataclass
from generator.ooxml.file_endings import MADE_ENDINGS
from generator.source import Map, Scalar, Source
from generator.standard.declarations import list_of, mapping_of
from generator.standard.entries import DocumentEntry, Stated, SummaryEntry, read_entry
from generator.standard.field_formulas import Formulas
from generator.standard.includes import Merged
from generator.standard.model import Document, RecordType, SummaryTable
from generator.standard.record_types import Builder
from generator.standard.standard_faults import Findings, shape


@dataclass(frozen=True, slots=True)
class WithItem:
    """The names of a document that belongs to one record of a list: those of the report, and the record."""

    report: RecordType
    item: str
    type: Type
    key: str | None = None

    @property
    def name(self) -> str:
        """How messages call it."""
        return self.report.name

    def type_of(self, name: str) -> Type | None:
        """The type of a field of the report, or of the record."""
        return self.type if name == self.item else self.report.type_of(name)

    def names(self) -> Iterable[str]:
        """The fields of the report."""
        return dict.fromkeys([*self.report.names(), self.item])


def read_documents(merged: Merged, builder: Builder, findings: Findings) -> tuple[Document, ...]:
    """The documents that a standard names."""
    source, head = merged.source, merged.head
    found = []
    nodes = list_of(head["documents"], "documents", source, findings) if "documents" in head else []
    for item in nodes:
        if not isinstance(item, Map):
            findings.add("standard-not-mapping", source, item, what="documents", found=shape(item))
            continue
        entry = read_entry(DocumentEntry, item, "documents", source, findings)
        if entry is not None and (made := _document(entry, item, source, builder, findings)):
            found.append(made)
    return tuple(found)


def _document(entry: DocumentEntry, node: Map, source: Source, builder: Builder, findings: Findings) -> Document | None:
    formulas = Formulas(builder.root, builder.parameters, findings)
    names = Names(builder.root, builder.root, builder.parameters)
    template = _template(entry.template, findings)
    each, item = None, ""
    if entry.each is not None:
        each = _records(entry.each, formulas, names, findings)
        if each is None:
            return None
        item = entry.each.text.strip().rpartition(".")[2]
        names = Names(WithItem(builder.root, item, each.type.one), builder.root, builder.parameters)
    when = formulas.expression(entry.when, names, condition=True) if entry.when else None
    assert isinstance(entry.name.node, Scalar)
    name = formulas.text(source, entry.name.node, names, lenient=True)
    if name is None or (entry.when and when is None):
        return None
    return Document(template, name, source, (node.line, node.column), when, each, item)


def _records(stated: Stated, formulas: Formulas, names: Names, findings: Findings) -> Compiled | None:
    """The list of `for`: a path to records."""
    compiled = formulas.expression(stated, names)
    if compiled is None or compiled.type.kind == "any":
        return None
    path = stated.text.strip().split(".")
    if compiled.type.kind != "record" or not compiled.type.many or not all(name.isidentifier() for name in path):
        findings.of(stated, "standard-for-not-records", found=describe(compiled.type))
        return None
    return compiled


def _template(stated: Stated, findings: Findings) -> str:
    """The path of a template, within the library."""
    text = stated.text
    if text.startswith(("/", "\\")) or ":" in text or ".." in Path(text.replace("\\", "/")).parts:
        findings.of(stated, "standard-template-outside", path=text)
    elif not text.lower().endswith(MADE_ENDINGS):
        findings.of(stated, "standard-template-kind", path=text)
    return text


def read_summary(merged: Merged, builder: Builder, findings: Findings) -> SummaryTable | None:
    """What many reports of a standard are summed up in; None where it does not say."""
    source, stated = merged.source, merged.entry.summary
    if stated is None:
        return None
    node = mapping_of(stated.node, "summary", source, findings)
    if not isinstance(stated.node, Map) and not (isinstance(stated.node, Scalar) and stated.node.is_null):
        return None
    entry = read_entry(SummaryEntry, node, "summary", source, findings)
    if entry is None:
        return None
    if bool(entry.columns) == bool(entry.template):
        findings.add("standard-summary-shape", source, stated.node)
        return None
    if entry.template:
        return SummaryTable({}, _template(entry.template, findings))
    assert entry.columns is not None
    formulas = Formulas(builder.root, builder.parameters, findings)
    names = Names(builder.root, builder.root, builder.parameters)
    columns = {}
    listed = mapping_of(entry.columns.node, "columns", source, findings)
    for heading, formula in listed.items():
        if tag := tag_in_fixed(heading):
            findings.add("standard-fixed-text", source, listed.key_at[heading], what="columns", tag=tag)
        compiled = formulas.expression(Stated(source, formula), names)
        if compiled is None:
            continue
        if compiled.type.many or compiled.type.kind in ("record", "map", "boolean", "nothing"):
            found = describe(compiled.type)
            findings.add("standard-summary-column", source, formula, name=heading, found=found)
            continue
        columns[heading] = compiled
    return SummaryTable(columns)
