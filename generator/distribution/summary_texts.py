"""The summary as CSV and JSON, for other programs."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

from generator.diagnostics import describe
from generator.diagnostics.wording import summary_words as words
from generator.distribution.collection import Collection, all_findings
from generator.distribution.submission import as_plain
from generator.distribution.summary_columns import Column, Value
from generator.distribution.summary_lines import heading_unit, state_of
from generator.figures import Figure

_FORMULA_SIGNS = tuple("=+-@＝＋－＠﹦﹢﹣﹫−")
_DASHES = ("-", "－", "−")  # nothing to report


def summary_csv(collection: Collection, language: str) -> bytes:
    """The rows of the summary as CSV: UTF-8 with a mark that Excel and WPS look for; numbers as they print.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    tail = (words.ERRORS, words.WARNINGS, words.STATE, words.STATED, words.FILE)
    headings = [_safe(heading_unit(column.heading, column.unit, language)) for column in collection.columns]
    writer.writerow([*headings, *(word.in_language(language) for word in tail)])
    for one in collection.submissions:
        values = [
            _safe(one.name) if column.name else _shown(column, value)
            for column, value in zip(collection.columns, one.values, strict=True)
        ]
        rest = [state_of(one, language), _safe(one.stated), _safe(one.file)]
        writer.writerow([*values, one.errors, one.warnings, *rest])
    for name in collection.missing:
        blanks = ["" for _ in collection.columns[1:]]
        writer.writerow([_safe(name), *blanks, "", "", words.STATES["missing"].in_language(language), "", ""])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _shown(column: Column, value: Value) -> str:
    if isinstance(value, Decimal):
        return str(Figure(value, column.unit, column.places, column.form))
    return "" if value is None else _safe(str(as_plain(value)))


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula, with or without what it leaves out on reading: blanks, line ends, marks
    without width. Those of East Asia take the full-width signs as well."""
    shown = next((place for place, sign in enumerate(text) if sign.isprintable() and not sign.isspace()), len(text))
    led = shown > 0 and text[0] in "\t\r\n"
    return f"'{text}" if (led or text[shown : shown + 1] in _FORMULA_SIGNS) and text.strip() not in _DASHES else text


def summary_json(collection: Collection, language: str) -> bytes:
    """The summary as JSON; numbers as text of their exact value, rates as fractions."""
    columns = collection.columns

    def row(values: tuple[Value, ...]) -> dict[str, Any]:
        return {column.heading: as_plain(value) for column, value in zip(columns, values, strict=True)}

    told = {
        "standard": collection.standard,
        "digest": collection.digest,
        "title": collection.title,
        "issuer": collection.issuer,
        "columns": [
            {"name": column.heading, "kind": column.holds, "unit": column.unit, "places": column.places}
            for column in columns
        ],
        "departments": [
            {
                "name": one.name,
                "file": one.file,
                "state": one.state,
                "standard": one.stated,
                "other_version": one.other_version,
                "other_standard": one.other_standard,
                "other_digest": one.other_digest,
                "errors": one.errors,
                "warnings": one.warnings,
                "data_digest": one.digest or None,
                "values": row(one.values),
            }
            for one in collection.submissions
        ],
        "totals": row(collection.totals),
        "averages": row(collection.averages),
        "grades": collection.grades,
        "listed": collection.listed,
        "missing": [*collection.missing],
        "not_listed": [*collection.extra],
        "findings": [
            {"name": one.name, **finding.as_json(language), "text": describe(finding, language)}
            for _, one, finding in all_findings(collection)
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
