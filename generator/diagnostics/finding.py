"""Diagnostics: what is wrong, how badly, where, and what to do about it.

One type for every finding of the program, from a tab in a data file to a tag that a template left open. The wording
stands in `generator.diagnostics.catalogue`, by code; this module only carries it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from generator.kept.light_classes import dataclass, field, replace
from generator.kept.light_tuples import NamedTuple

LANGUAGES = ("zh", "en")


class Severity(StrEnum):
    """How much a finding matters: an error stops rendering, a warning does not, an info is only listed."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Text(NamedTuple):
    """One wording in Chinese and in English."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The wording in `language` ("zh" or "en")."""
        return self.en if language == "en" else self.zh

    def filled(self, **arguments: Any) -> Text:
        """The wording with its braces filled; an argument that is a `Text` is taken in each language."""
        zh = {name: value.zh if isinstance(value, Text) else value for name, value in arguments.items()}
        en = {name: value.en if isinstance(value, Text) else value for name, value in arguments.items()}
        return Text(self.zh.format_map(zh), self.en.format_map(en))


@dataclass(frozen=True, slots=True)
class Location:
    """Where a finding stands; every part is None where it does not apply.

    `line` and `column` count from 1, columns in code points. `path` is a field's path (`指标[0].得分`), `anchor` a
    place in a document as data and `place` its text (see `generator.diagnostics.places`). `excerpt` is the source line, for the
    caret below a message.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str | None = None
    place: Text | None = None
    anchor: Mapping[str, Any] | None = field(default=None, hash=False)
    excerpt: str | None = None


NOWHERE = Location()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding: code, severity, wording, location, hint."""

    code: str
    severity: Severity
    text: Text
    location: Location = NOWHERE
    hint_text: Text | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def message(self) -> str:
        """The message in Chinese."""
        return self.text.zh

    @property
    def hint(self) -> str | None:
        """What to do about it, in Chinese."""
        return self.hint_text.zh if self.hint_text else None

    def at(self, **location: Any) -> Diagnostic:
        """The same finding with parts of its location set anew."""
        return replace(self, location=replace(self.location, **location))

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """The finding as the JSON object that the command line prints; null where a key does not apply."""
        where = self.location
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.text.in_language(language),
            "file": where.file,
            "line": where.line,
            "column": where.column,
            "path": where.path,
            "place": where.place.in_language(language) if where.place else None,
            "anchor": dict(where.anchor) if where.anchor is not None else None,
            "hint": self.hint_text.in_language(language) if self.hint_text else None,
        }

    def __str__(self) -> str:
        return describe(self)


SEVERITIES = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.INFO: Text("提示", "info"),
}


def describe(diagnostic: Diagnostic, language: str = "zh") -> str:
    """A finding in one line: `data/a.yaml:3:5: 错误[duplicate-key] …`."""
    where = diagnostic.location
    parts = [str(part) for part in (where.file, where.line, where.column) if part is not None]
    prefix = ":".join(parts) + ": " if parts else ""
    if where.place:
        prefix += where.place.in_language(language) + ": "
    severity = SEVERITIES[diagnostic.severity].in_language(language)
    return f"{prefix}{severity}[{diagnostic.code}] {diagnostic.text.in_language(language)}"


def with_severity(diagnostics: Iterable[Diagnostic], old: Severity, new: Severity) -> list[Diagnostic]:
    """The findings, those of one severity with another."""
    return [replace(one, severity=new) if one.severity is old else one for one in diagnostics]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any finding is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


class Invalid(Exception):
    """What was examined holds errors; `diagnostics` has every finding, warnings too."""

    def __init__(self, diagnostics: Iterable[Diagnostic]):
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__("\n".join(describe(diagnostic) for diagnostic in self.diagnostics))


class InvalidReport(Invalid):
    """A data file cannot become a report."""


class InvalidStandard(Invalid):
    """A standard is at fault."""


class InvalidTemplate(Invalid):
    """A template is at fault, or cannot print the context it was given."""


class InvalidDocument(Invalid):
    """A document cannot be read."""


class Failure(Invalid):
    """The work could not be done: a missing argument file, an output folder that cannot be written, …"""
