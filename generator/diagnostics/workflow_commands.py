"""Workflow commands, which GitHub shows as annotations beside a file (docs.github.com, “Workflow commands”)."""

from __future__ import annotations


def workflow_command(level: str, message: str, **properties: str | int | None) -> str:
    """One command on one line: `::error file=data/a.yaml,line=3::…`.

    Args:
        level: `error`, `warning` or `notice`.
        message: what it says; line breaks are kept.
        properties: `file`, `line`, `col`, `title`; what is None is left out.
    """
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None)
    return f"::{level}{' ' + given if given else ''}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
