"""What is wrong with a template's tags before any data, each fault with its tag and place: every tag is parsed by itself, so that
one bad tag does not hide others, then the blocks are matched. (What a render raises: `raised_faults`.)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.diagnostics import NOWHERE, Diagnostic, Location, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.suggest import asked, nearest
from generator.diagnostics.wording import template_reasons as words
from generator.diagnostics.wording.jinja_messages import syntax_reason
from generator.kept.light_classes import dataclass
from generator.ooxml.limits import limits
from generator.template.tag_bounds import nesting, too_complex
from generator.template.tags import HOSTS, Tag, find_tags

# statements of the engines, which Jinja does not know
MERGES = {"vm": False, "hm": False, "colspan": True, "cellbg": True}  # name -> whether an expression is required
_BLOCKS = ("for", "if", "macro", "call", "filter", "with", "set", "block", "autoescape", "raw")
_PLAIN = ("do", "set")
_LEAPS = ("break", "continue")
_INNER = {"else": ("for", "if"), "elif": ("if",)}
_MAX_NAMES, _MAX_NAME = 2_000, 100  # that suggestions are looked for among, and for
_NAMING = (nodes.Filter, nodes.Test, nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
_IMPOSSIBLE = (nodes.For, nodes.Tuple, nodes.Block, nodes.Macro, nodes.CallBlock)
_UNSUPPORTED = ("include", "import", "from", "extends")


@dataclass(frozen=True, slots=True)
class PlacedTag:
    """A tag and where it stands; `text` is that of its paragraph or cell, in which the tag counts its places."""

    tag: Tag
    location: Location = NOWHERE
    text: str = ""

    def finding(self, code: str, *, hint: Text | None = None, **arguments: Any) -> Diagnostic:
        """A diagnostic at this tag."""
        return diagnostic(code, self.location, hint=hint, tag=self.tag.text, **arguments)

    def too_complex(self, reason: Text) -> Diagnostic:
        """That a template is too complex, found at this tag."""
        return self.finding("template-too-complex", where=Text("", ""), reason=reason)


def did_you_mean(name: str, names: Iterable[str]) -> Text | None:
    """A hint with the names that resemble `name` most."""
    known = sorted(set(names))[:_MAX_NAMES] if len(name) <= _MAX_NAME else []
    return asked(nearest(name, known, 3))


def check_tags(environment: Environment, tags: Sequence[PlacedTag]) -> list[Diagnostic]:
    """Every fault that the tags of one part have without data: syntax, unknown statements, filters and tests, blocks
    that are not closed or cross."""
    found: list[Diagnostic] = []
    for placed in tags:
        found += check_tag(environment, placed)
    return found + match_blocks(tags)


def check_tag(environment: Environment, placed: PlacedTag) -> list[Diagnostic]:
    """The faults of one tag by itself."""
    tag = placed.tag
    if not tag.closed:
        end = {"{{": "}}", "{%": "%}", "{#": "#}"}[tag.mark]
        return [placed.finding("template-tag-unclosed", end=end, hint=_unclosed(tag, end))]
    if tag.mark == "{#" or tag.keyword in ("raw", "endraw"):
        return []
    if reason := too_complex(tag):
        return [placed.too_complex(reason)]
    if not tag.body:
        return [placed.finding("template-tag-empty")]
    source = f"{{{{ {tag.body} }}}}"
    if tag.mark == "{%":
        faults, source = _statement(environment, placed)
        if faults or not source:
            return faults
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as fault:
        return [syntax_fault(placed, fault)]
    except (RecursionError, ValueError):  # a number or an escape that Python cannot read
        return [placed.finding("template-syntax", reason=words.MALFORMED)]
    for node in tree.find_all((nodes.Name, nodes.Filter, nodes.Test)):
        if node.name.startswith("__"):  # type: ignore[attr-defined]  so the engines call what is theirs
            return [placed.finding("template-name-reserved", name=node.name)]  # type: ignore[attr-defined]
    return unknown_names(environment, tree, lambda line: placed)


def check_complexity(tags: Sequence[PlacedTag]) -> list[Diagnostic]:
    """The first thing that makes a part's tags too complex to be parsed."""
    if len(tags) > (most := limits().tags):
        reason = words.TOO_MANY_TAGS.filled(most=most)
        return [tags[most].too_complex(reason)]
    for placed in tags:
        if reason := too_complex(placed.tag):
            return [placed.too_complex(reason)]
    if deep := nesting([placed.tag for placed in tags]):
        return [tags[deep[0]].too_complex(deep[1])]
    return []


def _unclosed(tag: Tag, end: str) -> Text | None:
    """Why a tag has no end."""
    rest = tag.text[2:]
    for wrong in re.findall(r"[｝}%％]\s*[｝}]|[｝}]", rest):
        if wrong == end:
            break
        if set(wrong) & set("｝％"):
            return words.END_FULL_WIDTH.filled(wrong=wrong, end=end)
        if len(wrong) == 1:
            return words.END_SINGLE.filled(wrong=wrong, end=end)
        return words.END_WRONG.filled(wrong=wrong, end=end)
    return None


def _statement(environment: Environment, placed: PlacedTag) -> tuple[list[Diagnostic], str]:
    """The faults of a statement's keyword, or a source that Jinja can parse by itself ("" if there is nothing to)."""
    tag, name = placed.tag, placed.tag.keyword
    statement = f"{{% {tag.body} %}}"
    own = {key for extension in environment.extensions.values() for key in getattr(extension, "tags", ())}
    if name in MERGES:
        expression = tag.body[len(name) :].strip()
        if not expression and MERGES[name]:
            return [placed.finding("template-syntax", reason=words.NO_EXPRESSION)], ""
        return [], f"{{{{ {expression} }}}}" if expression else ""
    if name in _UNSUPPORTED:
        return [placed.finding("template-unsupported-statement", name=name)], ""
    if name in _LEAPS:  # they would leave paragraphs and rows open that are half printed
        hint = words.LOOP_CONDITION
        return [placed.finding("template-unsupported-statement", hint=hint, name=name)], ""
    if name == "set" and _opens(tag) is None:
        return [], statement
    if name in _BLOCKS:
        return [], f"{statement}{{% end{name} %}}"
    if name == "elif":
        return [], f"{{% if 1 %}}{statement}{{% endif %}}"
    if name == "else" or (name.startswith("end") and (name[3:] in _BLOCKS or name in own)):
        return [], ""
    if name in _PLAIN:
        return [], f"{{% for x in [] %}}{statement}{{% endfor %}}"
    if name in own:
        return [], ""
    known = [*_BLOCKS, *(f"end{one}" for one in _BLOCKS), *_INNER, *MERGES, *own]
    hint = did_you_mean(name, known)
    if name in HOSTS:  # a blank too many
        hint = words.RIGHT_BEHIND.filled(name=name)
    if match := re.match(r"[-+–—−]\s*(?=\w)", tag.body):
        better = f"{{%{tag.host} {tag.body[match.end() :]} %}}"
        hint = words.BEHIND_OR_NOT.filled(found=match[0].strip(), better=better)
    return [placed.finding("template-unknown-statement", name=name or tag.body, hint=hint)], ""


def _opens(tag: Tag) -> str | None:
    """The name of the block that a tag opens."""
    name = tag.keyword
    if name == "set" and re.match(r"set\s[\w.,\s()]++=(?!=)", tag.body):
        return None
    return name if name in _BLOCKS and name != "raw" else None


def match_blocks(tags: Sequence[PlacedTag]) -> list[Diagnostic]:
    """Blocks that are not closed, cross, or close nothing; a tag without its end, told already, opens and closes as it
    would with it."""
    found: list[Diagnostic] = []
    open_blocks: list[tuple[str, PlacedTag]] = []
    unended = Counter(opened for placed in tags if placed.tag.mark == "{%" and (opened := _opens(placed.tag)))
    unended.subtract(placed.tag.keyword.removeprefix("end") for placed in tags if placed.tag.keyword.startswith("end"))

    def tell(placed: PlacedTag, code: str, **arguments: Any) -> None:
        if placed.tag.closed:
            found.append(placed.finding(code, **arguments))

    def unclosed(blocks: Iterable[tuple[str, PlacedTag]]) -> None:
        for kind, opening in blocks:
            tell(opening, "template-unclosed-block", end=_end(opening.tag, kind))

    for placed in tags:
        tag = placed.tag if placed.tag.closed else _completed(placed.tag)
        if tag.mark != "{%":
            continue
        name = _meant_keyword(tag.keyword)
        if opened := _opens(tag):
            open_blocks.append((opened, placed))
        elif name in _INNER:
            if not open_blocks or open_blocks[-1][0] not in _INNER[name]:
                tell(placed, "template-unexpected-end")
        elif name.startswith("end") and name[3:] in _BLOCKS and name != "endraw":
            kinds = [kind for kind, _ in open_blocks]
            if name[3:] in kinds:
                at = len(kinds) - 1 - kinds[::-1].index(name[3:])
                unclosed(reversed(open_blocks[at + 1 :]))
                del open_blocks[at:]
                continue
            tell(placed, "template-unexpected-end")
            if kinds and unended[kinds[-1]] > 0:  # it was to end what is open, which has no end of its own
                unended[kinds[-1]] -= 1
                open_blocks.pop()
    unclosed(open_blocks)
    return found


def _meant_keyword(name: str) -> str:
    """A keyword; a misspelt end, which is told elsewhere, as the end that was meant."""
    ends = [f"end{one}" for one in _BLOCKS]
    if name in ends or not name.startswith(("e", "n")) or name in (*_INNER, *MERGES):
        return name
    from difflib import SequenceMatcher

    meant = next((one for one in nearest(name, ends) if abs(len(one) - len(name)) < 2), name)
    return meant if SequenceMatcher(None, name, meant).ratio() > 0.7 else name


def _completed(tag: Tag) -> Tag:
    """A statement without its end as it was meant: up to a brace that is to be its end."""
    return next(find_tags(f"{re.split('[}｝]', tag.text, maxsplit=1)[0].rstrip(' %％')} %}}"), tag)


def _end(tag: Tag, kind: str) -> str:
    return f"{{%{tag.host} end{kind} %}}"


def syntax_fault(placed: PlacedTag, fault: TemplateSyntaxError) -> Diagnostic:
    """A syntax error of Jinja as a finding at its tag."""
    message = (fault.message or "").rstrip(".")
    reason, hint = _reason(message, placed.tag)
    return placed.finding("template-syntax", reason=reason, hint=hint)


def _reason(message: str, tag: Tag) -> tuple[Text, Text | None]:
    hint = None
    if " = " in tag.body and tag.keyword in ("if", "elif"):
        hint = words.TWO_EQUALS
    elif "end of print" in message and "got" in message and re.search(r"\w\s+\w", tag.body):
        hint = words.JOIN_NAMES
    hint = _mistyped(message, tag) or hint
    return syntax_reason(message), hint


_MISTYPED = {
    **dict.fromkeys("–—−‐‑", "-"),
    "×": "*",
    "÷": "/",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "、": ",",
    "；": ";",
    "《": "<",
    "》": ">",
}


def _mistyped(message: str, tag: Tag) -> Text | None:
    """A hint where an input method or Word wrote another character, or a blank stands before a host letter."""
    if match := re.match(r"unexpected char '(.+)'", message):
        wanted = _MISTYPED.get(match[1])
        if wanted is not None:
            return words.WRITE_INSTEAD.filled(found=match[1], wanted=wanted)
    if tag.mark == "{{" and (match := re.fullmatch(r"\{++\s*+([^{}:,'\"]*[^{}:,'\"\s])\s*+\}*+", tag.body)):
        return words.TWO_BRACES.filled(better=f"{{{{ {match[1]} }}}}")
    if tag.mark == "{{" and (match := re.match(r"(tr|tc|p|r)\s+(?=[\w\"'(])", tag.body)):
        better = f"{{{{{match[1]} {tag.body[match.end() :]} }}}}"
        return words.BEHIND_BRACES.filled(found=match[1], better=better)
    return None


def unknown_names(
    environment: Environment, tree: nodes.Template, tag_of: Callable[[int], PlacedTag | None]
) -> list[Diagnostic]:
    """Filters and tests that a tree names and the environment does not have, statements that documents cannot use, and what
    can be parsed, but means nothing."""
    found: list[Diagnostic] = []
    blocks: set[str] = set()
    for node in tree.find_all((*_NAMING, *_IMPOSSIBLE)):
        placed = tag_of(node.lineno) or PlacedTag(Tag(0, 0, "{{", "", "", "", "", ""))
        if isinstance(node, nodes.Filter | nodes.Test):
            offered: Mapping[str, Any] = environment.filters if isinstance(node, nodes.Filter) else environment.tests
            if node.name not in offered and not node.name.startswith("__"):  # told as reserved
                code = "template-unknown-filter" if isinstance(node, nodes.Filter) else "template-unknown-test"
                found.append(placed.finding(code, name=node.name, hint=did_you_mean(node.name, offered)))
        elif isinstance(node, _IMPOSSIBLE):
            if reason := _impossible(node, blocks):
                found.append(placed.finding("template-syntax", reason=reason))
        else:
            found.append(
                placed.finding(
                    "template-unsupported-statement",
                    name=type(node).__name__.lower().removesuffix("import") or "import",
                )
            )
    return found


def _impossible(node: nodes.Node, blocks: set[str]) -> Text | None:
    """Why a node that was parsed cannot be compiled; `blocks` are the names of the blocks before it."""
    if isinstance(node, nodes.For):
        taken = {name.name for name in node.target.find_all(nodes.Name)} | {getattr(node.target, "name", "")}
        return words.LOOP_IS_JINJAS if "loop" in taken else None
    if isinstance(node, nodes.Tuple):
        return words.PARTS_OF_ONE if any(isinstance(item, nodes.Slice) for item in node.items) else None
    if isinstance(node, nodes.Block):
        twice = node.name in blocks
        blocks.add(node.name)
        return words.TWO_BLOCKS.filled(name=node.name) if twice else None
    assert isinstance(node, nodes.Macro | nodes.CallBlock)
    names = [argument.name for argument in node.args]
    if "caller" in names[: len(names) - len(node.defaults)]:
        return words.CALLER_IS_JINJAS
    double = next((name for name, count in Counter(names).items() if count > 1), None)
    return words.TWO_ARGUMENTS.filled(name=double) if double else None
