"""A data file in another form: YAML, JSON and the fill-in workbook into each other; what is not carried is said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from generator.diagnostics import Diagnostic, Failure, Location
from generator.diagnostics.catalogue import diagnostic
from generator.form.carried import lost, shown
from generator.form.comments import comments_of
from generator.form.data_text import blank_json, json_text, yaml_text
from generator.form.forms import Form, blank_form, form_of
from generator.ooxml.file_endings import DATA_ENDINGS, YAML_ENDINGS
from generator.ooxml.package import read_bytes
from generator.source import Map, Source, read_source
from generator.standard.blank_file import blank_data_file
from generator.standard.model import Standard

TARGETS = (*DATA_ENDINGS, ".xlsx")


def convert(data: Any, target: str, name: str | None = None) -> Form:
    """A data file as the kind of file that a name asks for by its suffix.

    Args:
        data: path, content or binary file of a YAML or JSON data file or a filled-in form.
        target: the new file's name or suffix: `.yaml`, `.json`, `.xlsx`.
        name: what findings call the file; the path as typed where it is not given.

    Returns:
        the content, and what was not carried over; an error among the notes says that a cell could not be read.

    Raises:
        Invalid: the data file's syntax is at fault.
        Failure: it cannot be read, or the suffix is none of these.
    """
    ending = PurePath(target).suffix.lower() or target.lower()
    if ending not in TARGETS:
        raise Failure([diagnostic("convert-target", name=target)])
    found, content = read_bytes(data)
    shown_name = found if name is None else name
    if ending == ".xlsx":
        return form_of(content, None, shown_name)
    source = read_source(content, shown_name, form=True)
    root = source.root
    assert isinstance(root, Map)
    comments = comments_of(source)
    if ending == ".json":
        text = json_text(root)
        notes = _comments_left(source, comments)
    else:
        same = not source.sheets and PurePath(shown_name).suffix.lower() in YAML_ENDINGS
        text = source.text if same else yaml_text(root, comments)
        notes = []
    again = read_source(text.encode(), "x" + ending).root
    for path, node in lost(root, again):
        notes.append(
            diagnostic("convert-not-carried", Location(file=shown_name or None, path=path), path=path, text=shown(node))
        )
    refused = [finding for finding in source.findings if finding.severity == "error"]
    return Form(text.encode(), (*refused, *notes))


def blank(standard: Standard, target: str, language: str = "zh") -> bytes:
    """A data file of a standard with nothing filled in, as the kind of file that a name asks for.

    Args:
        standard: the standard.
        target: the new file's name: `.json` and `.xlsx` say what it is to be, `.yaml`, `.yml` or no suffix YAML.
        language: of YAML's comments and of what a form says, `zh` or `en`.

    Raises:
        Failure: the suffix is another one.
    """
    ending = PurePath(target).suffix.lower()
    if ending not in ("", *TARGETS):
        raise Failure([diagnostic("convert-target", name=target)])
    if ending == ".xlsx":
        return blank_form(standard, language).content
    text = blank_data_file(standard, language=language)
    if ending == ".json":
        root = read_source(text.encode(), "").root
        assert isinstance(root, Map)
        text = blank_json(root)
    return text.encode()


def _comments_left(source: Source, comments: Mapping[tuple[int, int], str]) -> list[Diagnostic]:
    if not comments:
        return []
    return [diagnostic("convert-comments", Location(file=source.name or None), count=len(comments))]
