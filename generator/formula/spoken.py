"""A formula or condition in the words of those who fill in: `得分 >= 分值 or 偏差原因` is “得分 ≥ 分值，或者填了偏差原因”."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from generator.diagnostics import Text
from generator.diagnostics.wording import spoken_words as words
from generator.formula import tree
from generator.formula.formula_faults import FormulaError
from generator.formula.parse import parse_expression
from generator.formula.unparse import show
from generator.kept.light_classes import dataclass, replace


@dataclass(frozen=True, slots=True)
class Meant:
    """What a path means: whether it is a percentage, 是/否, computed."""

    percent: bool = False
    truth: bool = False
    computed: bool = False


Naming = Callable[[tree.Node], Meant]

_SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "==": "＝", "<": "＜", ">": "＞", "+": "＋", "-": "－", "*": "×", "/": "÷"}
_TEXTS = {"==": words.EQUAL, "!=": words.UNEQUAL}
_NEGATED = {"==": "!=", "!=": "==", "in": "not in", "not in": "in"}
_ROOT, _OWN = "报告", "本"

_OF_ONE_KIND = {"sum", "max", "min", "abs"}  # what they give is what they take
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

    def percent(self, *nodes: tree.Node) -> bool:
        return any(
            self.percent(*node.arguments)
            if isinstance(node, tree.Call) and node.function in _OF_ONE_KIND
            else self.naming(node).percent
            for node in nodes
        )

    def say(self, text: Text, *parts: str) -> str:
        return text.in_language(self.language).format(*parts)

    def value(self, node: tree.Node) -> str:
        """A part that is a value."""
        match node:
            case tree.Number(value=value):
                return _percent(value) if self.in_percent else format(value, "f")
            case tree.String(value=value):
                return f"“{value}”"
            case tree.Name(name=name):
                return self.say(words.THIS_ITEM) if name == _OWN else name
            case tree.Attribute(base=base, name=name):
                return self._attribute(base, name)
            case tree.Item(base=base, key=key):
                return self.say(words.KEYED, self.value(base), self.value(key))
            case tree.Items(items=items):
                return self.say(words.COMMA).join(map(self.value, items))
            case tree.Arithmetic(operator=operator, left=left, right=right):
                strong = operator in "*/"
                right_side = self.term(right, strong or operator == "-", operator == "/")
                return f"{self.term(left, strong)} {_SIGNS[operator]} {right_side}"
            case tree.Negative(value=value):
                return f"－{self.inner(value)}"
            case tree.Concatenation(parts=parts):
                return self.say(words.FOLLOWED_BY).join(map(self.inner, parts))
            case tree.Conditional(test=test, yes=yes, no=no):
                return self._conditional(test, yes, no)
            case tree.Call():
                return self._call(node)
            case tree.Comparison() | tree.Logic() | tree.Not():
                return self.condition(node)
            case _:
                return show(node)

    def condition(self, node: tree.Node) -> str:
        """A part that holds or does not hold."""
        match node:
            case tree.Comparison(first=first, rest=((operator, operand),)):
                return self._comparison(first, operator, operand)
            case tree.Comparison(first=first, rest=rest):
                shown = replace(self, in_percent=self.percent(first, *(one for _, one in rest)))
                return shown.side(first) + "".join(f" {_SIGNS[sign]} {shown.side(one)}" for sign, one in rest)
            case tree.Logic(operator=operator):
                return self.say(words.AND if operator == "and" else words.OR).join(self._phrases(node))
            case tree.Not(value=tree.Call(function="has", arguments=(value,))):
                return self._has_not(value)
            case tree.Not(value=tree.Comparison(first=first, rest=((operator, operand),))) if operator in _NEGATED:
                return self._comparison(first, _NEGATED[operator], operand)
            case tree.Not(value=tree.Call(function="says", arguments=(first, *texts))):
                pattern = words.HOLDS_NONE_OF if len(texts) > 1 else words.HOLDS_NOT
                return self.say(pattern, self.value(first), self.say(words.COMMA).join(map(self.value, texts)))
            case tree.Not(value=tree.Name() | tree.Attribute() as value):
                if self.naming(value).truth:
                    return self.say(words.NOT_YES, self.value(value))
                return self._has_not(value)
            case tree.Not(value=value):
                return self.say(words.NOT, self.condition(value))
            case tree.Call(function="has", arguments=(value,)):
                return self._has(value)
            case tree.Name() | tree.Attribute() | tree.Item():
                if self.naming(node).truth:
                    return self.say(words.YES, self.value(node))
                return self._has(node)
            case _:
                return self.value(node)

    def inner(self, node: tree.Node) -> str:
        """A part of a calculation, in brackets where it has parts of its own."""
        text = self.value(node)
        if _adds(node) or isinstance(
            node, tree.Arithmetic | tree.Comparison | tree.Logic | tree.Conditional | tree.Concatenation | tree.Items
        ):
            return self.say(words.BRACKETS, text)
        return text

    def term(self, node: tree.Node, strong: bool, divisor: bool = False) -> str:
        """A part of a sum or (`strong`) of a product: products need no brackets in sums."""
        text = self.value(node)
        if isinstance(node, tree.Arithmetic):
            loose = node.operator in "+-"
            return self.say(words.BRACKETS, text) if (loose and strong) or divisor else text
        if isinstance(node, tree.Call):
            return self.say(words.BRACKETS, text) if strong and _adds(node) else text
        return self.inner(node)

    def side(self, node: tree.Node) -> str:
        """A side of a comparison: sums and products need no brackets there."""
        return self.value(node) if isinstance(node, tree.Arithmetic | tree.Call) else self.inner(node)

    def _has(self, node: tree.Node) -> str:
        return self.say(words.THERE_IS if self.naming(node).computed else words.FILLED_IN, self.value(node))

    def _has_not(self, node: tree.Node) -> str:
        return self.say(words.THERE_IS_NO if self.naming(node).computed else words.NOT_FILLED_IN, self.value(node))

    def _attribute(self, base: tree.Node, name: str) -> str:
        if isinstance(base, tree.Name) and base.name == _ROOT:
            return self.say(words.OF_REPORT, name)
        names: list[str] = []
        while isinstance(base, tree.Attribute) and not (isinstance(base.base, tree.Name) and base.base.name == _ROOT):
            names.insert(0, base.name)
            base = base.base
        if names:
            above = self.say(words.BETWEEN_STEPS).join([self.value(base), *names])
            return self.say(words.OWN_FIELD, above, name)
        return self.say(words.OWN_FIELD, self.value(base), name)

    def _comparison(self, first: tree.Node, operator: str, operand: tree.Node) -> str:
        shown = replace(self, in_percent=self.percent(first, operand))
        left, right = shown.side(first), shown.side(operand)
        if operator in ("in", "not in"):
            return self._within(first, operand, operator == "not in")
        if operator in _TEXTS and (isinstance(operand, tree.String) or isinstance(first, tree.String)):
            return self.say(_TEXTS[operator], left, right)
        return f"{left} {_SIGNS[operator]} {right}"

    def _within(self, first: tree.Node, operand: tree.Node, negated: bool) -> str:
        left, right = self.value(first), self.value(operand)
        if isinstance(operand, tree.Items):
            return self.say(words.NONE_OF if negated else words.ONE_OF, left, right)
        return self.say(words.HOLDS_NOT if negated else words.HOLDS, right, left)

    def _phrases(self, node: tree.Logic) -> list[str]:
        """What `and` or `or` joins, each once: texts that are looked for in one place are listed there."""
        parts, found = _joined(node), list[str]()
        while parts:
            part = parts.pop(0)
            search = _search(part)
            alike = [search] if search and search.negated == (node.operator == "and") else []
            while alike and parts and (next_one := _search(parts[0])) and _is_alike(alike[0], next_one):
                alike.append(next_one)
                parts.pop(0)
            if len(alike) > 1:
                pattern = words.HOLDS_NONE_OF if alike[0].negated else words.HOLDS_ONE_OF
                texts = self.say(words.COMMA).join(self.value(one.text) for one in alike)
                found.append(self.say(pattern, self.value(alike[0].where), texts))
            elif isinstance(part, tree.Logic) and len(self._phrases(part)) > 1:
                found.append(self.say(words.BRACKETS, self.condition(part)))
            else:
                found.append(self.condition(part))
        return found

    def _conditional(self, test: tree.Node, yes: tree.Node, no: tree.Node | None) -> str:
        chosen = self.say(words.WHERE, self.condition(test), self.inner(yes))
        if no is None:
            return chosen
        if isinstance(no, tree.Conditional):
            return self.say(words.THEN, chosen, self.value(no))
        return self.say(words.OTHERWISE, chosen, self.inner(no))

    def _call(self, node: tree.Call) -> str:
        name, arguments = node.function, node.arguments
        if not arguments:
            return show(node)
        first = arguments[0]
        if name == "has":
            return self._has(first)
        if name == "says":
            listed = self.say(words.COMMA).join(map(self.value, arguments[1:]))
            return self.say(words.HOLDS_ONE_OF if len(arguments) > 2 else words.HOLDS, self.inner(first), listed)
        if name in _LISTED and len(arguments) > 1:
            listed = self.say(words.COMMA).join(map(self.inner, arguments))
            return self.say(words.CALLS[(name, 1)], listed)
        if _adds(node) and isinstance(first, tree.Items):
            return " ＋ ".join(self.term(one, False) for one in first.items)
        pattern = words.CALLS.get((name, len(arguments)))
        if pattern is None:
            return show(node)
        spell = self.value if isinstance(first, tree.Items) else self.inner
        parts = [spell(first), *map(self.value, arguments[1:])]
        if name in ("count", "filter") and len(arguments) == 2:
            parts[1] = self.condition(arguments[1])
        if name == "join" and len(arguments) == 2 and isinstance(arguments[1], tree.String):
            if not arguments[1].value:
                return self.say(words.CALLS[(name, 1)], parts[0])
            parts[1] = self.say(words.SEPARATED_BY, parts[1])
        return self.say(pattern, *parts)


def _joined(node: tree.Logic) -> list[tree.Node]:
    """What a chain of one operator joins."""
    found: list[tree.Node] = []
    for one in (node.left, node.right):
        found += _joined(one) if isinstance(one, tree.Logic) and one.operator == node.operator else [one]
    return found


@dataclass(frozen=True, slots=True)
class _Search:
    """A condition that a text stands somewhere, or must not."""

    text: tree.String
    where: tree.Node
    negated: bool


def _search(node: tree.Node) -> _Search | None:
    """The text that a condition looks for; None where it does something else."""
    match node:
        case tree.Comparison(rest=((_, tree.Items()),)) | tree.Not(value=tree.Comparison(rest=((_, tree.Items()),))):
            return None
        case tree.Not(value=tree.Comparison(first=tree.String() as text, rest=(("in", where),))):
            return _Search(text, where, True)
        case tree.Comparison(first=tree.String() as text, rest=((("in" | "not in") as operator, where),)):
            return _Search(text, where, operator == "not in")
        case _:
            return None


def _is_alike(one: _Search, other: _Search) -> bool:
    """Whether two texts are looked for in one place."""
    return one.negated == other.negated and show(one.where) == show(other.where)


def _adds(node: tree.Node) -> bool:
    """Whether it reads as a sum: `sum([a, b])` is “a ＋ b”."""
    match node:
        case tree.Call(function="sum", arguments=(tree.Items(),)):
            return True
        case _:
            return False


def _percent(value: Decimal) -> str:
    return format((value * 100).normalize(), "f") + "%"
