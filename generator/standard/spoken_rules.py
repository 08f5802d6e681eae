"""What a check demands, in words, for the people who fill in."""

from __future__ import annotations

from generator.diagnostics.wording.comment_words import WHEN_RULE
from generator.formula.spoken import Meant, spoken
from generator.formula.tree import Attribute, Name, Node
from generator.standard.kinds import kind_of
from generator.standard.model import Check, Section

_REPORT, _OWN = "报告", "本"


def rule_in_words(section: Section, check: Check, language: str = "zh") -> str:
    """The condition that a check holds records to, and when it does: “总数＞0时，比例≤100%”."""

    def naming(node: Node) -> Meant:
        return _meant(section, node)

    rule = spoken(check.rule.text, language, condition=True, naming=naming)
    if check.when is None:
        return rule
    when = spoken(check.when.text, language, condition=True, naming=naming)
    return WHEN_RULE.filled(when=when, rule=rule).in_language(language)


def _meant(section: Section, node: Node) -> Meant:
    """What a path means; nothing where it names no field."""
    match node:
        case Name(name=name):
            cell = section.cells.get(name)
            if cell is None:
                return Meant()
            kind, one = kind_of(cell.field), not cell.field.many
            return Meant(one and kind.hundredths, one and kind.truth, cell.origin != "data")
        case Attribute(base=base, name=name):
            inside = _section(section, base)
            return _meant(inside, Name(name, 0)) if inside is not None else Meant()
        case _:
            return Meant()


def _section(section: Section, node: Node) -> Section | None:
    """The record that a path names."""
    match node:
        case Name(name=name) if name == _OWN:
            return section
        case Name(name=name) if name == _REPORT:
            return _root(section)
        case Name(name=name):
            cell = section.cells.get(name)
        case Attribute(base=base, name=name):
            inside = _section(section, base)
            cell = inside.cells.get(name) if inside is not None else None
        case _:
            return None
    return cell.section if cell else None


def _root(section: Section) -> Section:
    while section.parent is not None:
        section = section.parent
    return section
