"""The text of a data file to fill in: every input with its label, unit, example and rule as comments.

Whatever is told once is not told again: what holds for the whole file stands at its head, a record's fields and checks are
explained where the record first occurs.
"""

from __future__ import annotations

import re

from generator.diagnostics import Text
from generator.diagnostics.wording import comment_words as words
from generator.source import List, Map, Node, Scalar
from generator.standard.field_comment import demands, field_comment
from generator.standard.figure_to_quote import figure_to_quote
from generator.standard.model import Cell, Check, Field, RecordType, Section, Standard
from generator.standard.set_values import set_values
from generator.standard.spoken_rules import rule_in_words

_WIDTH = 28  # display columns before a comment


def blank_data_file(standard: Standard, schema: str | None = None, language: str = "zh") -> str:
    """A data file of a standard with nothing filled in; `check` reports what is missing in it, and nothing else.

    Args:
        standard: the standard.
        schema: where editors find its JSON Schema; `<id>.schema.json` beside the data file where it is not given.
        language: of the comments, `zh` or `en`; names and labels are the standard's.
    """
    lines = [
        f"# yaml-language-server: $schema={schema or standard.id + '.schema.json'}",
        *(f"# {line}".rstrip() for line in _head(standard, language)),
        "",
        f"标准: {standard.id}@{standard.version}",
        "",
        *_Form(standard, language).section(standard.root, 0, commented=False),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(standard: Standard, language: str) -> list[str]:
    """What holds for the whole file."""
    year = standard.fiscal_year or 2020
    of_year = words.OF_YEAR.filled(year=year).in_language(language) if standard.fiscal_year else ""
    head = words.HEAD.filled(
        title=standard.title + of_year,
        issued=f"{standard.issuer}；" if standard.issuer else "",
        id=standard.id,
        version=standard.version,
        year=year,
        quoted=figure_to_quote(standard),
    )
    return head.in_language(language).split("\n")


class _Form:
    """Writes the sections of a standard, each type explained once."""

    def __init__(self, standard: Standard, language: str):
        self.standard = standard
        self.year = standard.fiscal_year
        self.language = language
        self.explained: dict[RecordType, tuple[str, set[str]]] = {}  # where a type first occurs, the fields explained

        self.repeated: dict[RecordType, int] = {}  # how often an optional list was written that is explained further up

    def say(self, text: Text) -> str:
        return text.in_language(self.language)

    def section(self, section: Section, depth: int, commented: bool, fixed: Map | None = None) -> list[str]:
        """The lines of a record; `fixed`: what the bureau prescribes of it."""
        first = section.type not in self.explained
        _, known = self.explained.setdefault(section.type, (section.path, set()))
        lines: list[str] = []
        for name, cell in section.cells.items():
            if cell.origin != "data" or (cell.section is not None and not _inputs(cell.section)):
                continue
            made = self.cell(name, section, depth, commented, name in known, fixed.get(name) if fixed else None)
            known.add(name)
            if section.parent is None and lines and (len(made) > 1 or _grouped(lines)):
                lines.append("")
            lines += made
        if first:
            checks = [_indented(self.check(section, check), depth, False) for check in section.type.checks]
            if checks and section.parent is None:
                lines.append("")
            lines += checks
        return lines

    def check(self, section: Section, check: Check) -> str:
        word = self.say(words.REMARK if check.severity == "warning" else words.CHECK)
        told = " ".join(check.description.split()) or rule_in_words(section, check, self.language)
        if values := set_values(self.standard, section, check):
            told += self.say(words.SET_VALUES.filled(values=self.say(words.SERIES).join(values)))
        return f"# {word}“{check.id}”{self.say(words.COLON)}{told}"

    def cell(
        self, name: str, section: Section, depth: int, commented: bool, known: bool, fixed: Node | None
    ) -> list[str]:
        """The lines of a field; `known`: its type is explained further up."""
        cell = section.cells[name]
        field = cell.field
        if isinstance(fixed, Scalar):
            return [_line(f"{name}: {_quoted(fixed.text)}", self.say(words.PRESCRIBED), depth, commented)]
        lines = [_line(f"{name}:", self.comment(cell, section, known), depth, commented)]
        if cell.section is None:
            if field.fixed:
                lines += [_indented(f"{_quoted(entry)}:", depth + 1, commented) for entry in field.fixed.names]
            elif field.many:
                lines.append(_indented("- ", depth + 1, commented))
            return lines
        if not field.many:
            return lines + self.section(cell.section, depth + 1, commented)
        if known and not field.required and fixed is None and not _prescribes(field):
            self.repeated[cell.section.type] = self.repeated.get(cell.section.type, 0) + 1
            if self.repeated[cell.section.type] > 1:
                return lines  # its items are written further up, twice
        # an optional list of which the bureau prescribes rows is a comment: rows that say something would count
        inner = commented or (not field.required and _prescribes(field))
        rows: list[Map | None] = [*(field.fixed.rows if field.fixed else ())]
        if isinstance(fixed, List):
            rows = [row for row in fixed if isinstance(row, Map)]
        for row in rows or [None]:
            body = self.section(cell.section, depth + 2, inner, row)
            lines += [_dashed(body[0], depth + 1, inner), *body[1:]]
        return lines

    def comment(self, cell: Cell, section: Section, known: bool) -> str:
        field = cell.field
        if known:
            return self.say(words.REQUIRED) if demands(cell) else ""
        earlier = self.explained.get(cell.section.type) if cell.section is not None else None
        parts = [field_comment(cell, section, self.year, self.language)]
        if earlier is not None:
            above = earlier[0].replace("[]", "")
            parts.append(self.say(words.AS_ABOVE.filled(above=above)))
        if cell.section is not None and not field.required and _prescribes(field) and field.many:
            parts.append(self.say(words.UNCOMMENT))
        return self.say(words.SEMICOLON).join(part for part in parts if part)


def _grouped(lines: list[str]) -> bool:
    """Whether the last thing written was a group of lines."""
    return lines[-1].startswith((" ", "#"))


def _inputs(section: Section) -> bool:
    return any(
        cell.origin == "data" and (cell.section is None or _inputs(cell.section)) for cell in section.cells.values()
    )


def _prescribes(field: Field) -> bool:
    """Whether the bureau states rows of a list, or of a list inside it."""
    if field.fixed is not None:
        return True
    return field.record is not None and any(map(_prescribes, field.record.fields.values()))


def _quoted(text: str) -> str:
    """A text as a value of YAML; in quotes where it could be read otherwise."""
    plain = re.fullmatch(r"[^\W\d][^:#\n\"']*", text) and text == text.strip()
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _dashed(line: str, depth: int, commented: bool) -> str:
    indent = "  " * depth
    content = line.removeprefix("# ") if commented else line
    return ("# " if commented else "") + indent + "- " + content[len(indent) + 2 :]


def _indented(text: str, depth: int, commented: bool) -> str:
    return ("# " if commented else "") + "  " * depth + text


def _line(text: str, comment: str, depth: int, commented: bool) -> str:
    line = _indented(text, depth, commented)
    if not comment:
        return line
    width = sum(2 if ord(character) > 0x2E7F else 1 for character in line)
    return line + " " * max(2, _WIDTH - width) + "# " + comment
