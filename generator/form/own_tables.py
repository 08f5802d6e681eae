"""The tables that every form has: published values, what is stated elsewhere, what stays as it was published."""

from __future__ import annotations

from generator.diagnostics import Text
from generator.diagnostics.wording import fill_in_words as words
from generator.source.form_plan import FormColumn, FormLevel, FormTable


def own_tables(language: str) -> tuple[tuple[Text, Text, FormTable], ...]:
    """What they are called, what they say of themselves, their columns in `zh` or `en`."""
    return (
        (words.STATED, *_stated(language)),
        (words.ELSEWHERE, *_elsewhere(language)),
        (words.KEPT, *_kept(language)),
    )


def _stated(language: str) -> tuple[Text, FormTable]:
    path, value, reason = (words.OWN_COLUMNS[name].in_language(language) for name in ("字段", "公布的值", "理由"))
    columns = (
        FormColumn("path", "path", path),
        FormColumn("value", "value", value, kind="any"),
        FormColumn("reason", "reason", reason),
    )
    return words.STATED_NOTE, FormTable("stated", columns)


def _elsewhere(language: str) -> tuple[Text, FormTable]:
    columns = tuple(
        FormColumn(
            f"0.{name}",
            "field",
            words.OWN_COLUMNS[name].in_language(language),
            0,
            name,
            "any" if name == "值" else "text",
        )
        for name in ("字段", "值", "处", "理由")
    )
    return words.ELSEWHERE_NOTE, FormTable("records", columns, (FormLevel("另载"),), (), {"": "另载"})


def _kept(language: str) -> tuple[Text, FormTable]:
    columns = tuple(
        FormColumn(f"0.{name}", "field", words.OWN_COLUMNS[name].in_language(language), 0, name)
        for name in ("处", "文字", "理由")
    )
    return words.KEPT_NOTE, FormTable("records", columns, (FormLevel("保留"),), (), {"": "保留"})
