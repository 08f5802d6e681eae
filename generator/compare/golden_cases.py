"""Golden cases without code: a folder with a data file and what is expected of it.

`expected.json` holds any of `diagnostics` (the findings as `generator check --format json` prints them; an entry may state
fewer keys), `values` (fields by path, as they print). Documents beside it (`*.docx`, `*.xlsx`) are what rendering gives; they
have the rendered names, or are called `expected.docx`, `expected.xlsx`. A `standard.yaml` is used where the case has its own,
a `diff.yaml` says what comparing overlooks. An empty file is an expectation that was never accepted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from generator.compare.golden import check_golden, goldens_in, say
from generator.compare.rules import read_rules
from generator.diagnostics.wording import comparison_terms as terms
from generator.kept.light_classes import dataclass
from generator.ooxml.file_endings import DATA_ENDINGS
from generator.ooxml.package import write_atomically

DATA = tuple(f"data{ending}" for ending in DATA_ENDINGS)


@dataclass(frozen=True)
class Outcome:
    """What a data file gives: findings as JSON objects, a field's printed value (None where there is none), the documents by name.

    `fields` gives the fields of each document by its name (`generator.compare.marks.document_fields`).
    """

    diagnostics: list[dict[str, Any]]
    value: Callable[[str], str | None]
    documents: Callable[[], Mapping[str, bytes]]
    fields: Callable[[], Mapping[str, Any]] = dict


def is_case(folder: Path) -> bool:
    """Whether a folder with a data file is a golden case: it holds documents, or an `expected.json` in the form of this module."""
    if goldens_in(folder):
        return True
    expected = folder / "expected.json"
    if not expected.is_file():
        return False
    try:
        content = json.loads(expected.read_text(encoding="utf-8-sig") or "{}")
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and set(content) <= {"diagnostics", "values", "errors", "warnings"}


def run_case(data: Path, outcome: Outcome, update: bool) -> str | None:
    """Check a case; None where all is as expected, otherwise what to tell the person.

    Raises:
        Failure: a file cannot be read or written.
        InvalidDocument: an expected document is no Word or Excel file.
    """
    folder = data.parent
    told: list[str] = []
    expected = folder / "expected.json"
    if expected.is_file():
        told += _findings(expected, outcome, update)
    documents = goldens_in(folder)
    if documents:
        rules_file = folder / "diff.yaml"
        rules = read_rules(rules_file) if rules_file.is_file() else None
        rendered = outcome.documents()
        for golden in documents:
            name = _counterpart(golden, rendered)
            if name is None:
                names = "、".join(rendered) or "-"
                told.append(say(terms.NOTHING_RENDERED.filled(name=golden.name, names=names)))
            else:
                fields = partial(_fields, outcome, name)
                told += filter(None, [check_golden(golden, rendered[name], update, rules=rules, fields=fields)])
    elif not expected.is_file():
        told.append(say(terms.THE_CASE_EXPECTS_NOTHING))
    return "\n\n".join(told) or None


def _fields(outcome: Outcome, name: str) -> Any:
    return outcome.fields().get(name)


def _counterpart(golden: Path, rendered: Mapping[str, bytes]) -> str | None:
    if golden.name in rendered:
        return golden.name
    same = [name for name in rendered if Path(name).suffix.lower() == golden.suffix.lower()]
    return same[0] if golden.stem == "expected" and len(same) == 1 else None


def _findings(expected: Path, outcome: Outcome, update: bool) -> list[str]:
    text = expected.read_text(encoding="utf-8-sig").strip()
    content: dict[str, Any] = json.loads(text) if text else {}
    values = content.get("values", {})
    if update:
        fresh: dict[str, Any] = {}
        if "diagnostics" in content or not values:
            fresh["diagnostics"] = outcome.diagnostics
        if values:
            fresh["values"] = {path: outcome.value(path) for path in values}
        if not _same(content, fresh):
            write_atomically(expected, (json.dumps(fresh, ensure_ascii=False, indent=2) + "\n").encode())
        return []
    if not content:
        return ["\n".join([say(terms.GOLDEN_EMPTY.filled(name=expected.name)), *map(_line, outcome.diagnostics)])]
    told: list[str] = []
    if "diagnostics" in content:
        told += _missing_and_more(content["diagnostics"], outcome.diagnostics)
    for path, wanted in values.items():
        obtained = outcome.value(path)
        if obtained != str(wanted):
            got = say(terms.NOT_THERE) if obtained is None else obtained
            told.append(say(terms.FIELD_VALUE.filled(path=path, wanted=wanted, got=got)))
    if told:
        told.append(say(terms.ACCEPT_GOLDEN))
    return told


def _same(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether what was accepted still holds, so that a shorter wording of it may stay."""
    if old.keys() - {"errors", "warnings"} != new.keys() or old.get("values") != new.get("values"):
        return False
    return not _missing_and_more(old.get("diagnostics", []), new.get("diagnostics", []))


def _missing_and_more(expected: list[dict[str, Any]], obtained: list[dict[str, Any]]) -> list[str]:
    left = list(obtained)
    told: list[str] = []
    for wanted in expected:
        match = next((f for f in left if all(_agrees(key, value, f.get(key)) for key, value in wanted.items())), None)
        if match is None:
            told.append(say(terms.MISSING.filled(wanted=_line(wanted))))
        else:
            left.remove(match)
    told += [say(terms.UNEXPECTED.filled(finding=_line(finding))) for finding in left]
    return told


def _agrees(key: str, wanted: Any, obtained: Any) -> bool:
    """Whether a key of a finding is as expected; a file may be named with the folders before it."""
    if key == "file" and isinstance(wanted, str) and isinstance(obtained, str):
        return wanted.replace("\\", "/").rpartition("/")[2] == obtained.replace("\\", "/").rpartition("/")[2]
    return wanted == obtained


def _line(finding: Mapping[str, Any]) -> str:
    place = ":".join(str(finding[key]) for key in ("file", "line", "column") if finding.get(key) is not None)
    return f"{place + ': ' if place else ''}[{finding.get('code', '*')}] {finding.get('message', '')}".rstrip()
