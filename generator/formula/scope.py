"""What the names of an expression mean, and which names are taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from generator.diagnostics import Text
from generator.formula.functions import FUNCTIONS
from generator.formula.typing import Parameter, Scope

ROOT = "报告"
OWN = "本"
RESERVED = frozenset({ROOT, OWN, "标准", "standard", "另载", "保留", "公布", "理由", *FUNCTIONS}) | frozenset(
    [
        "and",
        "or",
        "not",
        "in",
        "is",
        "if",
        "else",
        "true",
        "false",
        "none",
        "True",
        "False",
        "None",
        "loop",
        "self",
        "varargs",
        "kwargs",
        "caller",
    ]
)


@dataclass(frozen=True, slots=True)
class Names:
    """What the names of an expression mean.

    Args:
        own: the record in which it stands.
        root: the report.
        parameters: the bureau's constants.
        narrative: a data file's text: a bare name is the record's own or the report's, nothing is calculated.
    """

    own: Scope
    root: Scope
    parameters: Mapping[str, Parameter]
    narrative: bool = False


def closest(name: str, known: list[str]) -> str | None:
    """The known name that was probably meant."""
    found = get_close_matches(name, known, 1, 0.5)
    if found:
        return found[0]
    inside = [other for other in known if name and (name in other or other in name)]
    return min(inside, key=len) if inside else None


def did_you_mean(name: str, known: list[str]) -> Text | None:
    if meant := closest(name, known):
        return Text(f"是不是“{meant}”？", f"Did you mean “{meant}”?")
    if known and len(known) <= 12:
        return Text(f"这里有：{'、'.join(known)}。", f"There are: {', '.join(known)}.")
    return None
