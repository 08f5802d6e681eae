"""Conditions that come out the same whatever is filled in: every combination of what they ask is tried.

What a condition asks are comparisons of a number with constants, of two numbers, of a text with texts, and whether there is
a value. Where that does not tell it (too many questions, an `if` inside) nothing is said of it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from generator.formula.compiled_part import COMPARISONS
from generator.formula.tree import Arithmetic, Comparison, Items, Logic, Node, Not, Number, String, walk
from generator.formula.unparse import show
from generator.kept.light_classes import dataclass, field
from generator.lint.value_ranges import Range

_MOST = 4096  # combinations that are tried
_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_OTHER = "\0"  # a text that the condition does not name


@dataclass
class _Question:
    """A term that a condition asks about: the constants it is compared with, and what it can be."""

    texts: set[str] = field(default_factory=set)
    numbers: set[Decimal] = field(default_factory=set)
    choices: tuple[str, ...] = ()
    range: Range = field(default_factory=Range)

    def values(self) -> list[Any]:
        """One value of each kind that the condition can tell apart."""
        if self.texts:
            return [*self.choices] if self.choices else [*sorted(self.texts), _OTHER]
        if not self.numbers:
            return [True, False]
        marks = sorted({*self.numbers, *(one for one in (self.range.low, self.range.high) if one is not None)})
        tried = [*marks, marks[0] - 1, marks[-1] + 1, *((a + b) / 2 for a, b in itertools.pairwise(marks))]
        low, high = self.range.low, self.range.high
        return [one for one in tried if (low is None or one >= low) and (high is None or one <= high)]


Answers = Mapping[str, Any]
Test = Callable[[Answers], bool]


class SureConditions:
    """Tries conditions of one record.

    Args:
        range_of: between which bounds an expression lies.
        choices_of: what a field of choices can be.
        constant: the value of a parameter that is a number or a text.
    """

    def __init__(
        self,
        range_of: Callable[[Node], Range],
        choices_of: Callable[[Node], tuple[str, ...]],
        constant: Callable[[Node], Decimal | str | None],
    ):
        self.range_of, self.choices_of, self.constant = range_of, choices_of, constant

    def outcome(self, node: Node) -> bool | None:
        """True where a condition always holds (if it is known), False where it never does, else None."""
        questions: dict[str, _Question] = {}
        test = self._test(node, questions)
        if test is None or not questions:
            return None
        domains = [one.values() for one in questions.values()]
        count = 1
        for domain in domains:
            count *= len(domain)
        if not 0 < count <= _MOST:
            return None
        found = {test(dict(zip(questions, answers, strict=True))) for answers in itertools.product(*domains)}
        return found.pop() if len(found) == 1 else None

    def _test(self, node: Node, questions: dict[str, _Question]) -> Test | None:
        match node:
            case Logic(operator=how, left=left, right=right):
                one, other = self._test(left, questions), self._test(right, questions)
                if one is None or other is None:
                    return None
                if how == "and":
                    return lambda answers: one(answers) and other(answers)
                return lambda answers: one(answers) or other(answers)
            case Not(value=value):
                inner = self._test(value, questions)
                return None if inner is None else lambda answers: not inner(answers)
            case Comparison():
                return self._compared(node, questions)
            case Number() | String() | Items():
                return None
        key = show(node)
        questions.setdefault(f"has {key}", _Question())
        return lambda answers: bool(answers[f"has {key}"])

    def _compared(self, node: Comparison, questions: dict[str, _Question]) -> Test | None:
        tests: list[Test] = []
        left = node.first
        for sign, right in node.rest:
            test = self._pair(left, sign, right, questions)
            if test is None:
                return None
            tests.append(test)
            left = right
        return lambda answers: all(test(answers) for test in tests)

    def _pair(self, left: Node, sign: str, right: Node, questions: dict[str, _Question]) -> Test | None:
        if sign in ("in", "not in"):
            return self._among(left, sign, right, questions)
        one, other = self.constant(left), self.constant(right)
        if one is not None and other is not None:
            return None
        if one is not None:
            left, right, other, sign = right, left, one, _MIRROR[sign]
        how = COMPARISONS[sign]
        if isinstance(other, str):
            key = self._text(left, (other,), questions)
            return lambda answers: how(answers[key], other)
        if isinstance(other, Decimal):
            key = show(left)
            asked = questions.setdefault(key, _Question(range=self.range_of(left)))
            asked.numbers.add(other)
            return lambda answers: how(answers[key], other)
        return self._difference(left, how, right, questions)

    def _difference(
        self, left: Node, how: Callable[[Any, Any], bool], right: Node, questions: dict[str, _Question]
    ) -> Test:
        """Two values that are both filled in: what counts is which is the greater."""
        zero, turned = Decimal(0), show(left) > show(right)
        first, second = (right, left) if turned else (left, right)
        key = f"{show(first)} - {show(second)}"
        span = self.range_of(Arithmetic("-", first, second, 0))
        questions.setdefault(key, _Question(range=span)).numbers.add(zero)
        if turned:
            return lambda answers: how(zero, answers[key])
        return lambda answers: how(answers[key], zero)

    def _among(self, left: Node, sign: str, right: Node, questions: dict[str, _Question]) -> Test | None:
        if not isinstance(right, Items):
            return None
        wanted = [self.constant(one) for one in right.items]
        if not all(isinstance(one, str) for one in wanted) or isinstance(left, String | Number):
            return None
        key = self._text(left, tuple(str(one) for one in wanted), questions)
        return lambda answers: (answers[key] in wanted) == (sign == "in")

    def _text(self, node: Node, texts: tuple[str, ...], questions: dict[str, _Question]) -> str:
        key = show(node)
        asked = questions.setdefault(key, _Question(choices=self.choices_of(node)))
        asked.texts.update(texts)
        return key


def reads_nothing(node: Node) -> bool:
    """Whether an expression is made of constants only."""
    return all(isinstance(one, Number | String | Items | Arithmetic | Comparison | Logic | Not) for one in walk(node))
