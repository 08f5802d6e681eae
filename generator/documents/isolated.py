"""Rendering in a process of its own, for templates that come from elsewhere; one process serves many renders.

What is handed to it are a template's bytes and a context of plain values, what comes back are a document's bytes and findings. How
the process ends without an answer is a finding that names the bound that it met.
"""

from __future__ import annotations

import io
import pickle
import threading
from collections.abc import Mapping
from typing import Any

from generator.diagnostics import Diagnostic, Failure, Location, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import bounds_words as words
from generator.documents.isolated_worker import KINDS, SPARE
from generator.kept.light_classes import dataclass
from generator.ooxml.limits import limits, macros_are_allowed
from generator.template.bounded_process import KeptProcess, ProcessEnded

_CLOCK = 6  # the parent's clock: so many times the processor time, for machines that do other things too
_SPARE = 60.0  # seconds more: to start, to read the template
_MET = {
    "memory": words.MEMORY,
    "time": words.PROCESSOR_TIME,
    "clock": words.CLOCK,
    "file": words.FILE_SIZE,
    "killed": words.SYSTEM_LIMIT,
}
_READABLE = {("generator.diagnostics.finding", name) for name in ("Diagnostic", "Location", "Severity", "Text")} | {
    ("builtins", "dict"),
    ("builtins", "tuple"),
}


class IsolationFailed(RuntimeError):
    """The program itself failed in the other process; the message is its traceback."""


@dataclass(frozen=True, slots=True)
class Request:
    """A render.

    Args:
        template: the template's bytes.
        name: its file name, for its kind and for findings.
        context: names -> plain values.
        undefined: what an undefined name is, "strict" or "empty".
        draft: print what is missing as something to fill in.
        report: whether the context is a report's.
    """

    template: bytes
    name: str
    context: Mapping[str, Any]
    undefined: str = "strict"
    draft: bool = False
    report: bool = False


def render_isolated(request: Request) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The document and its findings, as `render_with_notes` of a template gives them.

    Raises:
        InvalidTemplate: the template is at fault, or cannot print the context.
        Failure: the process met a bound.
        IsolationFailed: an internal error.
    """
    with _lock:
        kind, first, second = _asked(request)
    if kind == "done":
        return first, second
    if kind == "refused":
        raise KINDS[first](second)
    if kind == "ended":
        where = Location(file=request.name or None)
        raise Failure([diagnostic("isolated-ended", where, name=request.name or "(bytes)", what=ended(first))])
    raise IsolationFailed(first)


class _Answer(pickle.Unpickler):
    """Reads answers of a process that may have been taken over: findings, texts and bytes, and nothing that is called."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _READABLE:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


_process = KeptProcess("generator.documents.isolated_worker")
_lock = threading.Lock()


def _asked(request: Request) -> tuple[Any, Any, Any]:
    """The answer of the process to a render, or what the process met."""
    bounds = limits()
    job = {name: getattr(request, name) for name in Request.__slots__}
    job |= {"bounds": bounds, "macros": macros_are_allowed()}
    clock = bounds.seconds * _CLOCK + _SPARE
    try:
        data = _process.ask(pickle.dumps(job), bounds.memory, bounds.seconds + SPARE, clock)
    except ProcessEnded as end:
        return "ended", end.met, ""
    answer = _Answer(io.BytesIO(data)).load()
    if answer[0] == "ended":  # what it lacked it may lack again
        end_worker()
    return answer


def ended(met: str) -> Text:
    """What a bound is called that a process met."""
    return _MET[met]


def end_worker() -> None:
    """End the process, if there is one."""
    _process.end()
