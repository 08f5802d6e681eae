"""The record of a batch beside its documents: a line of JSON a data file, so that a run can go on where another ended.

A line says from which bytes, by which standard and engine which documents were made. Each is written at once and whole; a line that a
break cut short is no line. The last line of a data file counts.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import generator
from generator.batch.one_file import Job, RenderedFile
from generator.kept.light_classes import dataclass
from generator.ooxml.package import beside

NAME = ".generator-batch.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is on record of a data file: digests of input and standard, engine, options, documents by name, exit code."""

    input: str
    standard: str
    standard_digest: str
    engine: str
    options: str
    documents: Mapping[str, str]
    code: int


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def options_of(job: Job) -> str:
    """What was asked for, beside the data."""
    asked = f"draft={job.draft} strict={job.strict} date={job.date or ''}"
    return asked + (f" only={job.only}" if job.only else "") + (" page-numbers" if job.page_numbers else "")


def key_of(job: Job) -> str:
    """What a data file is called on record: its full path, so that two folders with one file name stay apart."""
    try:
        return os.path.realpath(job.data)  # which takes a link that leads to itself as it stands
    except ValueError:  # no name of a file: reading it will say so
        return job.data


def read_record(folder: Path) -> dict[str, Entry]:
    """The entries of a folder by data file."""
    path = folder / NAME
    if not path.is_file():
        return {}
    found: dict[str, Entry] = {}
    try:
        lines = beside(path).decode("utf-8", "replace").split("\n")
    except OSError:  # nothing is known: all is made again
        return {}
    for line in lines:
        try:
            values = json.loads(line)
            name = values.pop("data")
            values.pop("findings")
            entry = Entry(**values)
            if _sound(name, entry):
                found[name] = entry
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue  # cut short, or of another form
    return found


def _sound(name: Any, entry: Entry) -> bool:
    """Whether a line holds what this program writes."""
    texts = (name, entry.input, entry.standard, entry.standard_digest, entry.engine, entry.options)
    if not all(isinstance(text, str) for text in texts) or type(entry.code) is not int:
        return False
    documents = entry.documents
    return isinstance(documents, dict) and all(isinstance(known, str) for known in documents.values())


def note(folder: Path, job: Job, input_digest: str, rendered: RenderedFile, language: str) -> None:
    """Add a data file's line; in one write, so that two runs into one folder do not mix theirs.

    Raises:
        OSError: the folder cannot be written.
    """
    values: dict[str, Any] = {
        "data": key_of(job),
        "input": input_digest,
        "standard": rendered.standard[0],
        "standard_digest": rendered.standard[1],
        "engine": generator.__version__,
        "options": options_of(job),
        "documents": {name: digest(content) for name, content in rendered.documents},
        "code": rendered.code,
        "findings": [finding.as_json(language) for finding in rendered.diagnostics],
    }
    line = ("\n" if _cut_short(folder / NAME) else "") + json.dumps(values, ensure_ascii=False) + "\n"
    handle = os.open(folder / NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
    try:
        os.write(handle, line.encode())
    finally:
        os.close(handle)


def _cut_short(path: Path) -> bool:
    """Whether the last line was never finished."""
    try:
        with path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) != b"\n"
    except OSError:
        return False


def is_done(entry: Entry | None, folder: Path, job: Job, input_digest: str, current: Mapping[str, str]) -> bool:
    """Whether what is on record still holds: same input, standard, engine and options, and every document whole.

    Args:
        entry: what is on record.
        folder: where the documents lie.
        job: what is to be done.
        input_digest: of the data file as it is now.
        current: the digests of the standards as they are now, by reference.
    """
    if entry is None or entry.code != 0 or not entry.documents:
        return False
    same = (entry.input, entry.engine, entry.options) == (input_digest, generator.__version__, options_of(job))
    if not same or current.get(entry.standard) != entry.standard_digest:
        return False
    try:
        return all(
            (folder / name).is_file() and digest(beside(folder / name)) == known
            for name, known in entry.documents.items()
        )
    except OSError:  # what cannot be read is made again
        return False
