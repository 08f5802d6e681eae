"""What a draft lists at its end: what must be filled in or put right first, what comes of itself then, what may be left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.figures import Blank
from generator.kept.light_classes import dataclass

TITLE = "待填内容"
MOST_PLACES = 100  # of one entry that are written out
NEEDED, WRONG, COMPUTED, OPTIONAL = range(4)
HEADINGS = ("必须填写", "填得有误，要改正", "填好上面各项就自动得出", "可以不填")
REMARKS = "检查发现的问题"


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding about the data file, for those who read its draft.

    Args:
        path: of the field that it is about; "" where it is about none.
        words: its place and what it says.
    """

    path: str
    words: str


class DraftContext(dict[str, Any]):
    """The context of a draft's template.

    Args:
        context: what its template sees.
        remarks: the findings that its document lists.
        names: what the fields are called that are computed and have no value.
    """

    def __init__(self, context: Mapping[str, Any], remarks: Iterable[Remark], names: Iterable[str] = ()):
        super().__init__(context)
        self.remarks = tuple(remarks)
        self.names = tuple(names)

    def __reduce__(self) -> tuple[Any, ...]:
        return DraftContext, (dict(self), self.remarks, self.names)


def remarks_of(context: Mapping[str, Any]) -> tuple[Remark, ...]:
    """The findings that a draft's document lists."""
    return context.remarks if isinstance(context, DraftContext) else ()


def computed_names(context: Mapping[str, Any]) -> tuple[str, ...]:
    """What the fields of a draft are called that are computed and have no value."""
    return context.names if isinstance(context, DraftContext) else ()


def group_of(blank: Blank) -> int:
    """Under which heading a blank is listed."""
    if blank.typed:
        return WRONG
    if blank.optional and not blank.required:
        return OPTIONAL
    return COMPUTED if blank.computed else NEEDED


def summary(counts: Sequence[int], remarks: int) -> str:
    """The list's title: how much there is to do."""
    names = ("必填", "有误", "自动得出", "可不填")
    told = [f"{name}{count}处" for name, count in zip(names, counts, strict=True) if count]
    if remarks:
        told.append(f"问题{remarks}个")
    return f"{TITLE}（{'，'.join(told)}）"
