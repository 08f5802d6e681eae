"""What a tag raised at a render, as one finding at its place."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any

from jinja2 import TemplateError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.utils import missing

from generator.diagnostics import NOWHERE, Diagnostic, InvalidTemplate, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import template_reasons as words
from generator.diagnostics.wording.jinja_messages import exception_reason, kind_name, sandbox_reason
from generator.figures import FigureArithmetic, Unprintable
from generator.figures.markdown_text import MOST_CHARACTERS, MarkdownTooLong
from generator.template.budget import LimitExceeded
from generator.template.environment import MissingName
from generator.template.faults import PlacedTag, did_you_mean
from generator.template.printable import NoArgument, NotFinite, NotPrintable, UnsafeLink, WithinList, has_words

SUGGESTED = 100  # faults of a part that get suggestions from the names within loops: each looks through all variables
_OURS = ("generator", "jinja2", "markupsafe")


_TOLD: tuple[tuple[type[Exception], str, Callable[[Any], dict[str, Any]]], ...] = (
    (UnsafeLink, "template-unsafe-link", lambda fault: {"target": fault.target}),
    (NoArgument, "template-field-argument", lambda fault: {"text": fault.text}),
    (NotFinite, "template-not-finite", lambda fault: {"value": fault.value}),
    (WithinList, "template-object-in-list", lambda fault: {"kind": kind_name(fault.kind)}),
    (NotPrintable, "template-not-printable", lambda fault: {"kind": kind_name(fault.kind)}),
    (FigureArithmetic, "template-figure-arithmetic", lambda fault: {}),
    (Unprintable, "template-unprintable", lambda fault: {"kind": _UNPRINTABLE[fault.kind]}),
    (SecurityError, "template-unsafe", lambda fault: {"reason": sandbox_reason(fault)}),
    (MarkdownTooLong, "markdown-too-long", lambda fault: {"length": fault.length, "most": MOST_CHARACTERS}),
    (RecursionError, "template-too-deep", lambda fault: {}),
)


def render_fault(placed: PlacedTag, fault: Exception, names: Iterable[str] = ()) -> Diagnostic | None:
    """An exception of a tag as a finding; None if it is none that a template or its data can cause.

    Args:
        placed: the tag that failed.
        fault: what it raised.
        names: what the tag could see, for suggestions.
    """
    if isinstance(fault, LimitExceeded):
        return limit_fault(fault, placed)
    if isinstance(fault, MissingName) and fault.name is not None:
        if fault.owner is missing:
            hint = did_you_mean(str(fault.name), set(names) - {fault.name})
            return placed.finding("template-undefined", name=fault.name, hint=hint)
        return _missing_item(placed, fault)
    for kind, code, told in _TOLD:
        if isinstance(fault, kind):
            return placed.finding(code, **told(fault))
    if isinstance(fault, OverflowError) and "sandbox" in str(fault):
        return placed.finding("template-unsafe", reason=sandbox_reason(fault))
    match = re.match(r"'([\w.]+)' object is not iterable", str(fault)) if isinstance(fault, TypeError) else None
    if match and placed.tag.keyword == "for":
        return placed.finding("template-not-a-list", kind=kind_name(match[1]))
    if isinstance(
        fault, UndefinedError | TemplateError | TypeError | ValueError | ArithmeticError | LookupError | AttributeError
    ) or _foreign(fault):
        return placed.finding("template-failed", reason=exception_reason(fault, of_caller=_of_caller(fault)))
    return None


_UNPRINTABLE = {"list": words.A_LIST, "record": words.A_RECORD, "condition": words.A_CONDITION}


def _frames(fault: Exception) -> list[FrameType]:
    import traceback  # which a render without faults does without

    return [frame for frame, _ in traceback.walk_tb(fault.__traceback__)]


def _foreign(fault: Exception) -> bool:
    """Whether an exception comes from a value of the context, whatever it is: none of this program's own."""
    frames = _frames(fault)
    raised = frames[-1].f_globals.get("__name__") or "" if frames else "generator"
    return not isinstance(fault, AssertionError | MemoryError) and raised.split(".")[0] != "generator"


def _of_caller(fault: Exception) -> bool:
    """Whether a function or an object of a Python caller raised it: neither this program, nor Jinja, nor Python itself."""
    frames = _frames(fault)
    raised = frames[-1].f_globals if frames else {}
    owner = str(raised.get("__name__") or "generator").split(".")[0]
    return "__jinja_template__" not in raised and owner not in _OURS and owner not in sys.stdlib_module_names


_STOPPED = ("template-too-slow", "template-too-many-turns", "template-too-large", "template-too-complex")


def was_stopped(fault: Exception) -> bool:
    """Whether a render failed because it reached a limit, and told its place: another run would cost as much again."""
    return isinstance(fault, InvalidTemplate) and any(found.code in _STOPPED for found in fault.diagnostics)


def limit_fault(fault: LimitExceeded, placed: PlacedTag | None = None) -> Diagnostic:
    """A render that was stopped, at a tag if it is known."""
    location = placed.location if placed else NOWHERE
    where = words.AT_TAG.filled(tag=placed.tag.text) if placed else Text("", "")
    if fault.what == "time":
        return diagnostic("template-too-slow", location, where=where, seconds=f"{fault.limit:g}")
    if fault.what == "turns":
        return diagnostic("template-too-many-turns", location, where=where, limit=int(fault.limit))
    if fault.what == "depth":
        return diagnostic("template-too-complex", location, where=where, reason=words.NESTED_VALUES)
    return diagnostic("template-too-large", location, where=where)


def _missing_item(placed: PlacedTag, fault: MissingName) -> Diagnostic:
    owner = fault.owner
    names = list(map(str, owner)) if isinstance(owner, dict) else [n for n in dir(type(owner)) if not n.startswith("_")]
    kind = kind_name(type(owner).__name__)
    if isinstance(owner, list | tuple):
        hint: Text | None = words.LOOP_OVER_LIST
    else:
        hint = did_you_mean(str(_named(fault.name)), names if isinstance(owner, dict) else [])
    name = _named(fault.name)
    before = re.search(rf"([\w.]+)(?:\.|\[\W*){re.escape(str(name))}", placed.tag.body)
    shown = Text(f"“{before[1]}”（{kind.zh}）", f"“{before[1]}” ({kind.en})") if before else kind
    return placed.finding("template-undefined-item", name=name, owner=shown, hint=hint)


def _named(index: Any) -> Any:
    """An index that a value lacks, as it is told: of one that has no words, what it is."""
    try:
        has_words(index)
    except (NotPrintable, WithinList, NotFinite, UndefinedError, LimitExceeded):
        return kind_name(type(index).__name__)
    return index
