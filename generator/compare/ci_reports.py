"""A comparison for the tools of continuous integration: annotations of GitHub, JUnit's XML, Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree

from generator.compare.difference import Comparison, Difference, message_of, place_of
from generator.compare.tally import by_kind, kind_label, total
from generator.diagnostics import Text
from generator.diagnostics.wording import difference_kinds as words
from generator.diagnostics.workflow_commands import workflow_command

_MOST = 1000
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_github(result: Comparison, name: str, language: str = "zh", most: int = _MOST) -> str:
    """Workflow commands (`::error file=…::…`), which GitHub shows beside the file; a notice sums up.

    Args:
        result: the comparison.
        name: the path of the new document or folder, as GitHub should show it.
        language: `zh` or `en`.
        most: how many differences are written.
    """
    lines: list[str] = []
    for difference in result.differences[:most]:
        inner = difference.anchor.get("file")
        file = f"{name.rstrip('/')}/{inner}" if inner else name
        title = kind_label(difference.kind).in_language(language)
        lines.append(workflow_command("error", message_of(difference, language), file=file, title=title))
    left = len(result.differences) - most
    if left > 0:
        lines.append(workflow_command("notice", words.MORE.in_language(language).format(n=left), file=name))
    lines.append(workflow_command("notice", total(result).in_language(language), file=name))
    return "\n".join(lines) + "\n"


def to_junit(result: Comparison, name: str, language: str = "zh", most: int = _MOST) -> str:
    """JUnit's XML: a test case a file, which fails where it differs.

    Args:
        result: the comparison.
        name: what was compared; the name of the only case where it was no folder.
        language: `zh` or `en`.
        most: how many differences of a case are written.
    """
    cases: dict[str, list[Difference]] = {file.name: [] for file in result.files} or {name: []}
    for difference in result:
        cases.setdefault(difference.anchor.get("file", name), []).append(difference)
    failed = sum(bool(found) for found in cases.values())
    counts = {"tests": str(len(cases)), "failures": str(failed), "errors": "0", "skipped": "0"}
    root = ElementTree.Element("testsuites", counts)
    suite = ElementTree.SubElement(root, "testsuite", {"name": _plain(f"generator diff {name}"), **counts})
    for case, found in cases.items():
        element = ElementTree.SubElement(suite, "testcase", {"classname": "generator.diff", "name": _plain(case)})
        if found:
            told = [message_of(difference, language) for difference in found[:most]]
            if len(found) > most:
                told.append(words.MORE.in_language(language).format(n=len(found) - most))
            message = total(Comparison(tuple(found))).in_language(language)
            failure = ElementTree.SubElement(element, "failure", {"message": message, "type": "difference"})
            failure.text = _plain("\n".join(told))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _plain(text: str) -> str:
    """A text without the characters that XML 1.0 cannot hold."""
    return _NO_XML.sub("\ufffd", text)


def to_markdown(result: Comparison, names: tuple[str, str], language: str = "zh", most: int = _MOST) -> str:
    """Markdown, as for a comment on a pull request: counts, the table of files, the differences by place.

    Args:
        result: the comparison.
        names: what to call the two sides.
        language: `zh` or `en`.
        most: how many differences are written.
    """

    def say(text: Text) -> str:
        return text.in_language(language)

    out = [f"## {_cell(names[0])} → {_cell(names[1])}", "", f"**{say(total(result))}**", ""]
    if result.files:
        out += _table(
            (say(words.FILES), say(words.STATE), say(words.COUNT)),
            ((file.name, say(words.STATES[file.state]), str(file.count)) for file in result.files),
        )
    if result.differences:
        out += _table((say(words.KIND), say(words.COUNT)), ((say(label), str(n)) for label, n in by_kind(result)))
        out += _table(
            (say(words.KIND), say(words.CHANGE)),
            ((say(kind_label(found.kind)), message_of(found, language)) for found in result.differences[:most]),
        )
    if len(result.differences) > most:
        out += [say(words.MORE).format(n=len(result.differences) - most), ""]
    if result.not_compared:
        out += [f"**{say(words.NOT_COMPARED_TITLE)}**", ""]
        for entry in result.not_compared:
            where = f"{say(place_of(entry.anchor))}: " if entry.anchor else ""
            out.append(f"- {_cell(where + say(entry.reason))}")
        out.append("")
    return "\n".join(out)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = ["| " + " | ".join(map(_cell, head)) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return [*lines, ""]


def _cell(text: str) -> str:
    """A text that Markdown prints as it is, on one line."""
    for sign in "\\`*_{}[]<>#|~$":
        text = text.replace(sign, f"\\{sign}" if sign not in "<>" else {"<": "&lt;", ">": "&gt;"}[sign])
    return text.replace("\r", "").replace("\n", "<br>")
