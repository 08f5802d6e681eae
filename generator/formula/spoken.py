"""A formula or condition in the words of those who fill in: `得分 >= 分值 or 偏差原因` is “得分 ≥ 分值，或者填了偏差原因”."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from generator.diagnostics import Text
from generator.formula.formula_faults import FormulaError
from generator.formula.parse import parse_expression
from generator.formula.tree import (
    Arithmetic,
    Attribute,
    Call,
    Comparison,
    Concatenation,
    Conditional,
    Item,
    Items,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Number,
    String,
)
from generator.formula.unparse import show
from generator.kept.light_classes import dataclass, replace


@dataclass(frozen=True, slots=True)
class Meant:
    """What a path means: the kind of the field, and whether it is computed."""

    kind: str = ""
    computed: bool = False


Naming = Callable[[Node], Meant]

_SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "==": "＝", "<": "＜", ">": "＞", "+": "＋", "-": "－", "*": "×", "/": "÷"}
_TEXTS = {"==": Text("{0}是{1}", "{0} is {1}"), "!=": Text("{0}不是{1}", "{0} is not {1}")}
_NEGATED = {"==": "!=", "!=": "==", "in": "not in", "not in": "in"}
_ROOT, _OWN = "报告", "本"

# by function and number of arguments; `sum`, `count` and `join` of a list that is written out have words of their own
_CALLS = {
    ("abs", 1): Text("{0}的绝对值", "the absolute value of {0}"),
    ("band", 2): Text("{0}按“{1}”分的档", "the band of {0} in “{1}”"),
    ("count", 1): Text("{0}的个数", "the number of {0}"),
    ("count", 2): Text("{0}中符合（{1}）的个数", "the number of {0} where ({1})"),
    ("filter", 2): Text("{0}中符合（{1}）的各项", "those of {0} where ({1})"),
    ("first", 1): Text("{0}的第一项", "the first of {0}"),
    ("first", 2): Text("{0}的前{1}项", "the first {1} of {0}"),
    ("join", 1): Text("{0}连写", "{0} in a row"),
    ("join", 2): Text("{0}连写（{1}）", "{0} in a row ({1})"),
    ("join", 3): Text("{0}的{1}连写（以{2}隔开）", "{1} of {0} in a row, separated by {2}"),
    ("max", 1): Text("{0}中最大的", "the greatest of {0}"),
    ("min", 1): Text("{0}中最小的", "the least of {0}"),
    ("number_in", 1): Text("{0}中写的数", "the number written in {0}"),
    ("sort", 2): Text("{0}按{1}从小到大排", "{0} in ascending order of {1}"),
    ("sort", 3): Text("{0}按{1}从大到小排", "{0} in descending order of {1}"),
    ("sum", 1): Text("{0}合计", "the total of {0}"),
    ("sum", 2): Text("{0}各项的（{1}）合计", "the total of ({1}) of each of {0}"),
    ("unit_in", 1): Text("{0}中写的单位", "the unit written in {0}"),
    ("yuan", 1): Text("{0}（换算成元）", "{0} (in yuan)"),
}
_LISTED = {"max", "min"}  # their arguments are read out as one list


def spoken(formula: str, language: str = "zh", condition: bool = False, naming: Naming | None = None) -> str:
    """A formula in words; as it stands where it is no expression.

    Args:
        formula: an expression of a standard.
        language: `zh` or `en`; names stay as the standard spells them.
        condition: whether it stands where a condition belongs, so that a bare name means that something is filled in.
        naming: what a path means: percentages are compared with percentages, 是/否 are not filled in but true, what is
            computed is not filled in but there.
    """
    try:
        node = parse_expression(formula)
    except FormulaError:
        return " ".join(formula.split())
    speaker = _Speaker(language, naming or (lambda _: Meant()))
    return speaker.condition(node) if condition else speaker.value(node)


@dataclass(frozen=True, slots=True)
class _Speaker:
    language: str
    naming: Naming
    in_percent: bool = False

    def percent(self, *nodes: Node) -> bool:
        return any(self.naming(node).kind == "percent" for node in nodes)

    def say(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def filled(self, text: Text, *parts: str) -> str:
        return text.in_language(self.language).format(*parts)

    def value(self, node: Node) -> str:
        """A part that is a value."""
        match node:
            case Number(value=value):
                return _percent(value) if self.in_percent else format(value, "f")
            case String(value=value):
                return f"“{value}”"
            case Name(name=name):
                return self.say("本项", "this item") if name == _OWN else name
            case Attribute(base=base, name=name):
                return self._attribute(base, name)
            case Item(base=base, key=key):
                return self.say(
                    f"{self.value(base)}中{self.value(key)}的值", f"{self.value(base)} of {self.value(key)}"
                )
            case Items(items=items):
                return self.say("、", ", ").join(map(self.value, items))
            case Arithmetic(operator=operator, left=left, right=right):
                strong = operator in "*/"
                right_side = self.term(right, strong or operator == "-", operator == "/")
                return f"{self.term(left, strong)} {_SIGNS[operator]} {right_side}"
            case Negative(value=value):
                return f"－{self.inner(value)}"
            case Concatenation(parts=parts):
                return self.say(" 接 ", " followed by ").join(map(self.inner, parts))
            case Conditional(test=test, yes=yes, no=no):
                return self._conditional(test, yes, no)
            case Call():
                return self._call(node)
            case Comparison() | Logic() | Not():
                return self.condition(node)
            case _:
                return show(node)

    def condition(self, node: Node) -> str:
        """A part that holds or does not hold."""
        match node:
            case Comparison(first=first, rest=((operator, operand),)):
                return self._comparison(first, operator, operand)
            case Comparison(first=first, rest=rest):
                shown = replace(self, in_percent=self.percent(first, *(one for _, one in rest)))
                return shown.side(first) + "".join(f" {_SIGNS[sign]} {shown.side(one)}" for sign, one in rest)
            case Logic(operator=operator, left=left, right=right):
                word = self.say("，并且", ", and ") if operator == "and" else self.say("，或者", ", or ")
                return word.join(self._grouped(one, operator) for one in (left, right))
            case Not(value=Call(function="has", arguments=(value,))):
                return self._has_not(value)
            case Not(value=Comparison(first=first, rest=((operator, operand),))) if operator in _NEGATED:
                return self._comparison(first, _NEGATED[operator], operand)
            case Not(value=Name() | Attribute() as value):
                if self.naming(value).kind == "boolean":
                    return self.say(f"{self.value(value)}不为“是”", f"{self.value(value)} is not yes")
                return self._has_not(value)
            case Not(value=value):
                return self.say(f"并非（{self.condition(value)}）", f"not ({self.condition(value)})")
            case Call(function="has", arguments=(value,)):
                return self._has(value)
            case Name() | Attribute() | Item():
                if self.naming(node).kind == "boolean":
                    return self.say(f"{self.value(node)}为“是”", f"{self.value(node)} is yes")
                return self._has(node)
            case _:
                return self.value(node)

    def inner(self, node: Node) -> str:
        """A part of a calculation, in brackets where it has parts of its own."""
        text = self.value(node)
        if _adds(node) or isinstance(node, Arithmetic | Comparison | Logic | Conditional | Concatenation | Items):
            return self.say(f"（{text}）", f"({text})")
        return text

    def term(self, node: Node, strong: bool, divisor: bool = False) -> str:
        """A part of a sum or (`strong`) of a product: products need no brackets in sums."""
        text = self.value(node)
        if isinstance(node, Arithmetic):
            loose = node.operator in "+-"
            return self.say(f"（{text}）", f"({text})") if (loose and strong) or divisor else text
        if isinstance(node, Call):
            return self.say(f"（{text}）", f"({text})") if strong and _adds(node) else text
        return self.inner(node)

    def side(self, node: Node) -> str:
        """A side of a comparison: sums and products need no brackets there."""
        return self.value(node) if isinstance(node, Arithmetic | Call) else self.inner(node)

    def _has(self, node: Node) -> str:
        text = self.value(node)
        if self.naming(node).computed:
            return self.say(f"有{text}", f"there is {text}")
        return self.say(f"填了{text}", f"{text} is filled in")

    def _has_not(self, node: Node) -> str:
        text, meant = self.value(node), self.naming(node)
        if meant.computed:
            return self.say(f"没有{text}", f"there is no {text}")
        return self.say(f"没有填{text}", f"{text} is not filled in")

    def _attribute(self, base: Node, name: str) -> str:
        if isinstance(base, Name) and base.name == _ROOT:
            return self.say(f"整份报告的{name}", f"{name} of the report")
        names: list[str] = []
        while isinstance(base, Attribute) and not (isinstance(base.base, Name) and base.base.name == _ROOT):
            names.insert(0, base.name)
            base = base.base
        if names:
            above = self.say("·", ".").join([self.value(base), *names])
            return self.say(f"{above}的{name}", f"{above}.{name}")
        return self.say(f"{self.value(base)}的{name}", f"{self.value(base)}.{name}")

    def _comparison(self, first: Node, operator: str, operand: Node) -> str:
        shown = replace(self, in_percent=self.percent(first, operand))
        left, right = shown.side(first), shown.side(operand)
        if operator in ("in", "not in"):
            return self._within(first, operand, operator == "not in")
        if operator in _TEXTS and (isinstance(operand, String) or isinstance(first, String)):
            return self.filled(_TEXTS[operator], left, right)
        return f"{left} {_SIGNS[operator]} {right}"

    def _within(self, first: Node, operand: Node, negated: bool) -> str:
        left, right = self.value(first), self.value(operand)
        if isinstance(operand, Items):
            zh = f"{left}{'不' if negated else ''}是{right}之一"
            return self.say(zh, f"{left} is {'none' if negated else 'one'} of {right}")
        zh, en = ("没有", "does not hold") if negated else ("有", "holds")
        return self.say(f"{right}中{zh}{left}", f"{right} {en} {left}")

    def _grouped(self, node: Node, operator: str) -> str:
        text = self.condition(node)
        mixed = isinstance(node, Logic) and node.operator != operator
        return self.say(f"（{text}）", f"({text})") if mixed else text

    def _conditional(self, test: Node, yes: Node, no: Node | None) -> str:
        if isinstance(no, Conditional):
            rest = self.value(no)
            zh = f"{self.condition(test)}时，为{self.inner(yes)}；{rest}"
            return self.say(zh, f"{self.inner(yes)} where {self.condition(test)}; {rest}")
        zh = f"{self.condition(test)}时，为{self.inner(yes)}"
        en = f"{self.inner(yes)} where {self.condition(test)}"
        if no is None:
            return self.say(zh, en)
        return self.say(f"{zh}；否则为{self.inner(no)}", f"{en}; otherwise {self.inner(no)}")

    def _call(self, node: Call) -> str:
        name, arguments = node.function, node.arguments
        if not arguments:
            return show(node)
        first = arguments[0]
        if name == "has":
            return self._has(first)
        if name in _LISTED and len(arguments) > 1:
            listed = self.say("、", ", ").join(map(self.inner, arguments))
            return self.filled(_CALLS[(name, 1)], listed)
        if _adds(node) and isinstance(first, Items):
            return " ＋ ".join(self.term(one, False) for one in first.items)
        words = _CALLS.get((name, len(arguments)))
        if words is None:
            return show(node)
        spell = self.value if isinstance(first, Items) else self.inner
        parts = [spell(first), *map(self.value, arguments[1:])]
        if name in ("count", "filter") and len(arguments) == 2:
            parts[1] = self.condition(arguments[1])
        if name == "join" and len(arguments) == 2 and isinstance(arguments[1], String):
            parts[1] = self.say(f"以{parts[1]}隔开", f"separated by {parts[1]}")
        return self.filled(words, *parts)


def _adds(node: Node) -> bool:
    """Whether it reads as a sum: `sum([a, b])` is “a ＋ b”."""
    match node:
        case Call(function="sum", arguments=(Items(),)):
            return True
        case _:
            return False


def _percent(value: Decimal) -> str:
    return format((value * 100).normalize(), "f") + "%"
