"""What one call of Python's own would take long for: it looks at no clock, so that its steps are counted before it is made.

Most searches of texts take as many steps as the texts are long. These do not: those from the end, sets of characters to strip, chains
of attributes that are read of each item, layouts that find marks by trying every place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import pass_context
from jinja2.filters import make_attrgetter

from generator.figures import check_printable
from generator.kept.lazy_patterns import lazy
from generator.template.budget import ITEM, Budget
from generator.template.output import RenderContext
from generator.template.printable import has_words

_AT_ONCE = 8  # characters that are compared in a step
_A_READING = 32  # characters that reading one attribute counts as: each of a chain as often as the chain has links
_LINK_COPIED = 32  # characters of a word that are copied in a step
SEARCHING = frozenset(("rfind", "rindex", "rpartition", "rsplit", "strip", "lstrip", "rstrip"))
"""Methods of texts that take more steps than the text is long: from its end, or by a set of characters."""
_NO_MARKS = lazy(r"[^()<>&.,;\s]+")
_WORDS_AND_BLANKS = lazy(r"\s+|\S+")
_ATTRIBUTE_AT = {  # where a filter takes the attribute that it reads of each item
    **dict.fromkeys(("map", "sum", "groupby", "selectattr", "rejectattr"), 0),
    **dict.fromkeys(("unique", "min", "max", "join"), 1),
    "sort": 2,
}


def spend_searching(budget: Budget, text: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    """The steps of one of the methods `SEARCHING`.

    Raises:
        LimitExceeded: they are too many.
    """
    wanted = args[0] if args else kwargs.get("sep") or kwargs.get("chars")
    if isinstance(wanted, str) and len(wanted) > _AT_ONCE:
        budget.spend(len(text) * len(wanted) // _AT_ONCE)


def spend_wrapping(budget: Budget, text: str, width: int) -> None:
    """The steps of wrapping: what is left of a word or of blanks is copied for each of their lines."""
    longest = max(map(len, _WORDS_AND_BLANKS.findall(text)), default=0)
    budget.spend(longest * longest // width // 2)


def spend_linking(budget: Budget, text: str) -> None:
    """The steps of finding links: for each mark of a word the other marks are looked at, and the word is copied."""
    for word in text.split():
        if marks := len(_NO_MARKS.sub("", word)):
            budget.spend(marks * (marks + len(word) // _LINK_COPIED))


def spend_attribute(budget: Budget, filter_name: str, items: Any, args: Any, kwargs: Mapping[str, Any]) -> Any:
    """The items of a filter that reads an attribute of each (`attribute="a.b"`), once the readings are counted.

    Raises:
        LimitExceeded: they are too many.
    """
    at = _ATTRIBUTE_AT[filter_name]
    name = args[at] if len(args) > at else kwargs.get("attribute")
    if not isinstance(name, str) or not (more := name.count(".") + name.count(",")):
        return items
    each = _A_READING * more * more
    if hasattr(items, "__len__"):
        budget.spend(each * len(items))
        return items
    return _counted(budget, items, each) if hasattr(items, "__next__") else items


def reads_attributes(filter_name: str) -> bool:
    """Whether a filter takes an attribute that it reads of each item."""
    return filter_name in _ATTRIBUTE_AT


def _counted(budget: Budget, items: Iterable[Any], each: int) -> Iterator[Any]:
    for item in items:
        budget.spend(each)
        yield item


def joined_by_attribute(join: Callable[..., Any]) -> Callable[..., Any]:
    """Jinja's `join`, which looks at what it reads of the items (`attribute="a"`) as it looks at items: a function has no words."""

    @pass_context
    def joined(context: RenderContext, value: Any, d: str = "", attribute: str | int | None = None) -> Any:
        if attribute is not None:
            read = make_attrgetter(context.environment, attribute)
            value = [*_looked_at(context.output.budget, str(d), map(read, value))]
        return join(context.eval_ctx, value, d)

    return joined


def _looked_at(budget: Budget, separator: str, items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        check_printable(item)
        has_words(item)
        budget.spend(len(separator) + ITEM + (len(item) if isinstance(item, str) else budget.weigh(item)))
        yield item
