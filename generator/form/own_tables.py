"""The tables that every form has: published values, what is stated elsewhere, what stays as it was published."""

from __future__ import annotations

from generator.diagnostics import Text
from generator.diagnostics.wording import fill_in_words as words
from generator.source.form_plan import FormColumn, FormLevel, FormTable


def own_tables(language: str) -> tuple[tuple[Text, Text, FormTable], ...]:
    """What they are called, what they say of themselves, their columns in `zh` or `en`."""

    def label(name: str) -> str:
        return words.OWN_COLUMNS[name].in_language(language)

    def records(key: str, *names: str) -> FormTable:
        columns = tuple(
            FormColumn(f"0.{name}", "field", label(name), 0, name, "any" if name == "值" else "text") for name in names
        )
        return FormTable("records", columns, (FormLevel(key),), (), {"": key})

    stated = (
        FormColumn("path", "path", label("字段")),
        FormColumn("value", "value", label("公布的值"), kind="any"),
        FormColumn("reason", "reason", label("理由")),
    )
    return (
        (words.STATED, words.STATED_NOTE, FormTable("stated", stated)),
        (words.ELSEWHERE, words.ELSEWHERE_NOTE, records("另载", "字段", "值", "处", "理由")),
        (words.KEPT, words.KEPT_NOTE, records("保留", "处", "文字", "理由")),
    )
