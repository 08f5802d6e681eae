"""What the names of an expression mean, and which names are taken."""

from __future__ import annotations

from collections.abc import Mapping

from generator.diagnostics import Text
from generator.diagnostics.suggest import asked, nearest
from generator.diagnostics.wording import formula_reasons as words
from generator.formula.functions import FUNCTIONS
from generator.formula.typing import Parameter, Scope
from generator.kept.light_classes import dataclass
from generator.kept.name_sets import names

ROOT = "报告"
OWN = "本"
RESERVED = frozenset({ROOT, OWN, "标准", "standard", "另载", "保留", "公布", "理由", *FUNCTIONS}) | names(
    "and or not in is if else true false none True False None loop self varargs kwargs caller"
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


def did_you_mean(name: str, known: list[str]) -> Text | None:
    if meant := asked(nearest(name, known)):
        return meant
    if known and len(known) <= 12:
        return words.KNOWN_HERE.filled(zh="、".join(known), en=", ".join(known))
    return None
