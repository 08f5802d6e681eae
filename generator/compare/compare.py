"""Compare two documents, two folders, or a document with what was rendered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.compare.difference import LEVELS, Comparison, Difference, FileResult, Findings
from generator.compare.package_facts import Parts, open_parts
from generator.compare.read_document import read
from generator.compare.rules import RuleLike, Rules, make_rules
from generator.diagnostics import Failure, InvalidDocument, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import comparison_terms as terms
from generator.kept.light_classes import replace
from generator.ooxml.file_endings import OFFICE_ENDINGS
from generator.ooxml.package import Source, read_bytes

Fields = Mapping[str, str] | Callable[[Mapping[str, Any]], str | None]


def compare(
    a: Source,
    b: Source,
    *,
    level: str | None = None,
    ignore: Iterable[RuleLike] = (),
    tolerance: Any = None,
    fields: Fields | None = None,
    rules: Rules | None = None,
    formatting: str | None = None,
) -> Comparison:
    """Compare two Word documents or two Excel workbooks by meaning.

    Args:
        a, b: the old and the new one: path, bytes or binary file.
        level: `text` (values and text), `structure` (tables, merges, lists, headings, headers, notes, pictures, formulas, names, …; the default) or
            `format` (fonts, cell formats, styles, page setup, widths and heights); each holds those before it.
        ignore: rules of what to overlook (see `generator.compare.rules`).
        tolerance: numbers closer than this are the same: an amount (`0.01`) or a share (`"0.1%"`).
        fields: the field that is printed at a place, as a mapping from the place's text or a function of its anchor.
        rules: what a `diff.yaml` says, from `read_rules`; the other arguments go before it.
        formatting: at level format: `effective` (what a reader sees, through styles and themes; the default) or `literal`
            (what is written where).

    Raises:
        Failure: a file is missing or cannot be read; a level, rule or tolerance makes no sense.
        InvalidDocument: a file is damaged, encrypted, or neither a Word nor an Excel file.
    """
    settled = make_rules(level, ignore, tolerance, fields, rules, formatting)
    sources = [_named(source) for source in (a, b)]
    old, new = (open_parts(source) for source in sources)
    findings = Findings(LEVELS[settled.level])
    if old[2] != new[2]:
        kinds = {"word": terms.WORD_DOCUMENT, "excel": terms.EXCEL_WORKBOOK}
        findings.add("kind", LEVELS["text"], {"part": "body"}, "kind", old=kinds[old[2]], new=kinds[new[2]])
        return Comparison(tuple(findings.found))
    same = _same_members(old[0], new[0])
    if len(same) == len(old[0].package.members) == len(new[0].package.members):
        return Comparison()
    old[0].unchanged = new[0].unchanged = same
    old[0].effective = new[0].effective = (settled.level, settled.formatting) == ("format", "effective")
    if old[2] == "word":
        from generator.compare.word.document_differences import compare_documents

        documents: tuple[Any, Any] = (read(*old), read(*new))
        alignment: Any = compare_documents(*documents, findings)
    else:
        from generator.compare.excel.workbook_differences import compare_workbooks
        from generator.compare.excel.workbook_model import Looks

        looks = Looks(seen=old[0].effective)
        documents = (read(*old, looks), read(*new, looks))
        alignment = compare_workbooks(*documents, looks, findings)
    if settled.level != "format":
        findings.leave_out(f"level-{settled.level}")
    kept = settled.apply(findings)
    return Comparison(tuple(kept), tuple(findings.left_out), (*documents, alignment))


def _named(source: Source) -> Any:
    """A source that is read once: a binary file has no second reading."""
    if isinstance(source, bytes | str) or hasattr(source, "__fspath__"):
        return source
    return read_bytes(source)[1]


def _same_members(old: Parts, new: Parts) -> set[str]:
    """The members that both packages hold with the same bytes, whatever their order, dates and compression."""
    a, b = old.package.members, new.package.members
    return {
        name
        for name in a.keys() & b.keys()
        if (a[name].crc, a[name].size) == (b[name].crc, b[name].size)
        and (a[name].data == b[name].data or old.package.read(name) == new.package.read(name))
    }


def compare_folders(
    a: str | Path,
    b: str | Path,
    *,
    level: str | None = None,
    ignore: Iterable[RuleLike] = (),
    tolerance: Any = None,
    rules: Rules | None = None,
    formatting: str | None = None,
) -> Comparison:
    """Compare the files of two folders, and of their folders, by name; `anchor` has the file of each difference.

    Raises:
        Failure: a folder is missing; see `compare`. A document that cannot be read is a difference of its own.
    """
    settled = make_rules(level, ignore, tolerance, None, rules, formatting)
    sides = [_files(Path(folder)) for folder in (a, b)]
    found: list[Difference] = []
    left_out: list[Any] = []
    files: list[FileResult] = []
    for name in sorted({*sides[0], *sides[1]}):
        anchor = {"file": name}
        one, two = (side.get(name) for side in sides)
        findings = Findings(LEVELS[settled.level])
        result: Comparison | None = None
        state = "changed"
        if one is None or two is None:
            state = "inserted" if one is None else "deleted"
            findings.add(f"file-{state}", LEVELS["text"], anchor, f"file-{state}", gone=two is None)
        elif one.suffix.lower() in OFFICE_ENDINGS:
            result = _compared(one, two, settled, findings, anchor)
            state = "changed" if result is not None else "unreadable"
        elif _digest(one) != _digest(two):
            findings.add("part", LEVELS["structure"], anchor, "part-changed", old=_digest(one), new=_digest(two))
            findings.leave_out("folder-file", anchor)
        if result is not None:
            told = [_in_file(difference, name) for difference in result]
            left_out += [replace(entry, anchor={"file": name, **(entry.anchor or {})}) for entry in result.not_compared]
        else:
            told = settled.apply(findings)
            left_out += findings.left_out
        found += told
        files.append(FileResult(name, state if told or one is None or two is None else "same", len(told)))
    return Comparison(tuple(found), tuple(left_out), files=tuple(files))


def _compared(one: Path, two: Path, settled: Rules, findings: Findings, anchor: Mapping[str, Any]) -> Comparison | None:
    """How two documents of folders differ; one that cannot be read is noted, and does not end the comparison of the others."""
    try:
        return compare(one, two, rules=settled)
    except InvalidDocument as fault:
        reason = fault.diagnostics[0].text
        if _digest(one) == _digest(two):
            findings.leave_out("unreadable", anchor)
        else:
            old, new = _digest(one), _digest(two)
            findings.add("file", LEVELS["text"], anchor, "file-unreadable", old=old, new=new, reason=reason)
        return None


def _files(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        raise Failure([diagnostic("compare-folder-missing", name=folder)])
    return {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(("~$", "."))
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(read_bytes(path)[1]).hexdigest()


def _in_file(difference: Difference, name: str) -> Difference:
    text = Text(f"{name} {difference.text.zh}", f"{name} {difference.text.en}")
    return replace(difference, anchor={"file": name, **difference.anchor}, text=text)


def compare_rendered(
    document: str | Path,
    rendered: Mapping[str, bytes],
    fields: Callable[[], Mapping[str, Any]] | None = None,
    **options: Any,
) -> Comparison:
    """Compare a document with what its data file gives now.

    Args:
        document: the document as it is on disk.
        rendered: the documents that were rendered just now, by file name. The one of the same name is taken, otherwise the only one of the same kind.
        fields: gives the fields of each document by its name (`generator.compare.marks.document_fields`); called where there are
            differences.
        options: as for `compare`.

    Raises:
        Failure: nothing that was rendered corresponds to the document; see `compare`.
        InvalidDocument: the document cannot be read.
    """
    path = Path(document)
    chosen = path.name
    if chosen not in rendered:
        same = [name for name in rendered if Path(name).suffix.lower() == path.suffix.lower()]
        if len(same) != 1:
            names = "、".join(rendered) or "-"
            raise Failure([diagnostic("compare-no-counterpart", name=path.name, names=names)])
        chosen = same[0]
    result = compare(path, rendered[chosen], **options)
    if not result.differences or fields is None:
        return result
    return compare(path, rendered[chosen], **options, fields=fields().get(chosen))
