"""A marked part becomes Jinja source, and the source a program.

The part is prepared with its tokens as docxtpl's `patch_xml` would (it must not see what tags hold); then each token becomes
its tag, on a line of its own. What a loop would print twice under one id gets its own each time. Blocks are proved to
be balanced, so that no branch can damage the document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.diagnostics import Diagnostic
from generator.diagnostics.wording import template_reasons as words
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import replace
from generator.template.faults import PlacedTag, check_complexity, check_tag, check_tags, syntax_fault, unknown_names
from generator.template.jinja_program import compile_program
from generator.template.paths import uses
from generator.template.tag_bounds import MAX_FOLLOWING
from generator.template.tags import Tag, captures
from generator.word.compile.broken_marks import BrokenMarks
from generator.word.compile.compiled_story import Compiled, Source
from generator.word.compile.dashes import ELEMENT, joined, unpaired
from generator.word.compile.fed_charts import FedChart, bound_names, hand_names
from generator.word.compile.loop_anchors import LoopAnchors
from generator.word.compile.restarting_lists import Numberings, restart_lists
from generator.word.compile.tokens import BRACE, CLOSE, END_BRACE, OPEN, PIECE, Tokens, shown

_TOKEN = lazy(
    rf"(?P<piece>{PIECE}){OPEN}(?P<n>\d+){CLOSE}"
    rf"|\{{(?P<open>[{{%])(?P<left>[-+]?)\s*{OPEN}(?P<m>\d+){CLOSE}\s*(?P<right>[-+]?)[}}%]\}}"
)
_LOOPS = ("for", "macro", "call")
_BLOCKS = (*_LOOPS, "if", "filter", "with", "block", "autoescape")


def spaced(xml: str) -> str:
    """What docxtpl's `patch_xml` does to a part without `{%-` and `-%}`, held equal to it by a test: spaces count in texts
    that a tag follows."""
    out: list[str] = []
    start, at = 0, xml.find("<w:t>")
    while at >= 0:
        behind = xml.find("<w:t>", at + 5)
        end = behind if behind >= 0 else len(xml)
        if xml.find("{{", at, end) >= 0 or xml.find("{%", at, end) >= 0:
            out += [xml[start : at + 4], ' xml:space="preserve"']
            start = at + 4
        at = behind
    return "".join([*out, xml[start:]])


def assemble(
    part: bytes, tokens: Tokens, *, story: bool, numberings: Numberings | None = None
) -> tuple[Source, list[Diagnostic]]:
    """Turn the tokens of a part into Jinja source.

    Args:
        part: with its tokens.
        tokens: what they stand for.
        story: whether it is a part of paragraphs, which docxtpl prepares.
        numberings: of the template, for lists that begin anew.
    """
    xml = part.decode()
    if story:
        xml = _prepared(xml, tokens)
    if numberings is not None and numberings.counted:
        xml = restart_lists(xml, tokens, numberings)
    anchors = LoopAnchors(xml, _outermost(xml, tokens))
    return _assembled(xml, tokens, anchors)


def _assembled(xml: str, tokens: Tokens, anchors: LoopAnchors) -> tuple[Source, list[Diagnostic]]:
    out: list[str] = []
    lines: dict[int, int] = {}
    line, depth, position, following = 1, 0, 0, 0
    loop: PlacedTag | None = None
    balance, marks = _Balance(), BrokenMarks()
    homeless: list[PlacedTag] = []
    for match in _TOKEN.finditer(xml):
        literal, start = xml[position : match.start()], position
        position = match.end()
        number = int(match["n"] or match["m"])
        piece = tokens.pieces[number]
        text = _literal(literal, (anchors, start) if depth > 0 else None)
        following += text.count("\n __") if depth > 0 else 0
        if following > MAX_FOLLOWING and loop is not None:
            return Source("", {}, tokens), [loop.too_complex(words.TOO_MANY_FOLLOWING.filled(most=MAX_FOLLOWING))]
        out.append(text)
        line += text.count("\n") + 1
        lines[line] = number
        balance.chunk(literal)
        marks.chunk(literal)
        if piece.source is not None:
            source = piece.source
            if depth == 0 and "loop." in source and piece.placed is not None and piece.placed not in homeless:
                homeless.append(piece.placed)
            out.append(source if "\n" in source else source[:2] + "\n" + source[2:])
            continue
        assert piece.placed is not None
        tag = piece.placed.tag
        opening, left, right = match["open"] or tag.mark[1], match["left"] or "", match["right"] or ""
        closing = "}" if opening == "{" else "%"
        out.append(f"{{{opening}{left}\n {tag.body} {right}{closing}}}")
        if opening == "%":
            balance.statement(number, tag)
            marks.statement(number, tag)
            keyword = tag.keyword
            if keyword in _LOOPS:
                loop, following = (loop, following) if depth else (piece.placed, 0)
                depth += 1
            elif keyword.startswith("end") and keyword[3:] in _LOOPS:
                depth -= 1
    out.append(_literal(xml[position:]))
    marks.chunk(xml[position:])
    tokens.halves = marks.found
    return Source("".join(out), lines, tokens), [
        *(placed.finding("word-merge-needs-loop") for placed in homeless),
        *(tokens.placed(number).finding("word-unbalanced", end=end) for number, end in balance.faults),
        *(tokens.placed(number).finding("word-half-field", name=name) for number, name in marks.fields.items()),
    ]


def _prepared(xml: str, tokens: Tokens) -> str:
    xml = spaced(xml)
    xml, lost = joined(xml) if "{%-" in xml or "-%}" in xml else (xml, {})
    for number, what in sorted(lost.items()):
        tokens.faults.append(tokens.placed(number).finding("word-dash-eats", what=what))
    return xml


def _outermost(xml: str, tokens: Tokens) -> list[tuple[int, int]]:
    """Begin and end of the outermost loops of a part."""
    spans: list[tuple[int, int]] = []
    depth = begin = 0
    for match in _TOKEN.finditer(xml):
        piece = tokens.pieces[int(match["n"] or match["m"])]
        keyword = piece.placed.tag.keyword if piece.placed is not None and piece.source is None else ""
        if keyword in _LOOPS:
            begin = begin if depth else match.start()
            depth += 1
        elif keyword.startswith("end") and keyword[3:] in _LOOPS:
            depth -= 1
            if not depth:
                spans.append((begin, match.end()))
    return spans


_BRACES = lazy(r"\{(?=[{%#])")


def _literal(text: str, looped: tuple[LoopAnchors, int] | None = None) -> str:
    """Text between tags: docxtpl's `{_{`, braces that are none of its tags, ids that must differ.

    Args:
        text: as it stands in the part.
        looped: within a loop, the bookmarks of the part and where the text begins.
    """
    if "_" in text and ("{_" in text or "_}" in text):
        text = text.replace("{_{", BRACE * 2).replace("}_}", "}}").replace("{_%", BRACE + "%").replace("%_}", "%}")
    if "{" in text:
        text = _BRACES.sub(BRACE, text)
    if looped is not None:
        text = looped[0].follow(text, looped[1])
    if "<wp:docPr" in text:  # docxtpl numbers them too, in the body
        text = _DRAWING.sub(r'\1 id="{{\n __drawing() }}"', text)
    return _own_ids(text) if looped is not None else text


_PARAGRAPH_IDS = lazy(r' w14:(?:paraId|textId)="[^"]*"')
_CONTROL_ID = lazy(r'<w:id w:val="[^"{]*"/>')  # w:id is an element of content controls only
_BINDING = lazy(r"<w:dataBinding\b[^<>]*/>")  # would give every turn the same content
_PERMISSION = lazy(r'(<w:perm(?:Start|End)\b[^<>]*? w:id=")([^"{]*)"')
_CHANGE_ID = lazy(r'(<w:(?:ins|del|[rpt]\w*Change|numberingChange)\b[^<>]*? w:id=")[^"{]*"')
_BOOKMARK = lazy(r"<w:bookmark(Start|End)\b[^<>]*?/>")
_COMMENT = lazy(r"<w:comment(?:RangeStart|RangeEnd|Reference)\b[^<>{]*?/>")
_SHAPE = lazy(r'(<v:(?!shapetype)\w+\b[^<>]*? id=")([^"{]*)"')
_SHAPE_OF = lazy(r'( ShapeID=")([^"{]*)"')
_SHAPE_TYPE = lazy(r'<v:shapetype\b[^<>]*? id="([^"]*)"[^<>]*?(?:/>|>.*?</v:shapetype>)', re.DOTALL)
_DRAWING = lazy(r'(<wp:docPr\b[^<>]*?) id="[^"]*"')


def _own_ids(text: str) -> str:
    """A loop's text, where paragraphs and content controls go without ids (Word gives them new ones) and each turn has
    bookmarks of its own."""
    if "w14:" in text:
        text = _PARAGRAPH_IDS.sub("", text)
    if "<w:id " in text:
        text = _CONTROL_ID.sub("", text)
    if "<w:dataBinding" in text:
        text = _BINDING.sub("", text)
    if "<v:" in text or " ShapeID=" in text:
        text = _own_shapes(text)
    if "<w:perm" in text:
        text = _PERMISSION.sub(_own_permission, text)
    if _CHANGE_ID.search(text):
        text = _CHANGE_ID.sub(lambda match: f'{match[1]}{{{{\n __fresh() }}}}"', text)
    if "<w:bookmark" in text:
        text = _BOOKMARK.sub(_own_bookmark, text)
    if "<w:comment" in text:
        text = _COMMENT.sub(lambda match: f"{{%\n if __once({match[0]!r}) %}}{match[0]}{{% endif %}}", text)
    return text


def _own_shapes(text: str) -> str:
    """Shapes of VML have ids of their own in each turn; what an object shows follows, a type stands once."""
    text = _SHAPE_TYPE.sub(
        lambda match: f"{{%\n if __once({match[1]!r}) %}}{match[0]}{{% endif %}}" if "{" not in match[0] else match[0],
        text,
    )
    text = _SHAPE.sub(lambda match: f'{match[1]}{{{{\n __shape({match[2]!r}, true) }}}}"', text)
    return _SHAPE_OF.sub(lambda match: f'{match[1]}{{{{\n __shape({match[2]!r}, false) }}}}"', text)


def _own_permission(match: re.Match[str]) -> str:
    begins = "permStart" in match[1]
    return f'{match[1]}{{{{\n __permission({match[2]!r}, {begins}) }}}}"'


def _own_bookmark(match: re.Match[str]) -> str:
    def called(function: str) -> re.Match[str] | None:
        return re.search(rf' w:{function}="([^"{{]*)"', match[0])

    text, identity, name = match[0], called("id"), called("name")
    if identity and name and match[1] == "Start":
        own = f' w:id="{{{{\n __bookmark({identity[1]!r}, {name[1]!r}) }}}}" w:name="{{{{\n __anchor({name[1]!r}) }}}}"'
        rest = text.replace(identity[0], "").replace(name[0], "")
        return rest.replace("<w:bookmarkStart", f"<w:bookmarkStart{own}")
    if identity and match[1] == "End":
        return text.replace(identity[0], f' w:id="{{{{\n __bookmark_end({identity[1]!r}) }}}}"')
    return text


class _Balance:
    """Whether every block of a part leaves the elements around it as they were."""

    def __init__(self) -> None:
        self.faults: list[tuple[int, str]] = []
        # of each open block: piece, name, its branches' results, elements closed and opened so far in this branch
        self.blocks: list[
            tuple[int, str, list[tuple[tuple[str, ...], tuple[str, ...]]], list[str], list[str], list[bool]]
        ] = []
        self.rest = ""

    def chunk(self, text: str) -> None:
        if not self.blocks:
            return
        text = self.rest + text
        self.rest = ""
        cut = text.rfind("<")
        if cut >= 0 and ">" not in text[cut:]:  # a tag within an attribute
            text, self.rest = text[:cut], text[cut:]
        unpaired(ELEMENT.findall(text), *self.blocks[-1][3:5])

    def statement(self, number: int, tag: Tag) -> None:
        name = tag.keyword
        if self.rest:  # a statement within an attribute changes no elements
            return
        if name in _BLOCKS or (name == "set" and "=" not in tag.body):
            self.blocks.append((number, name, [], [], [], [name == "if"]))
        elif name in ("elif", "else") and self.blocks:
            self._branch()
            if name == "else":
                self.blocks[-1][5][0] = False
        elif name.startswith("end") and self.blocks and name[3:] == self.blocks[-1][1]:
            self._branch()
            opening, kind, branches, _, _, may_skip = self.blocks.pop()
            if may_skip[0] or kind in _LOOPS:
                branches.append(((), ()))
            if len({_reduced(branch) for branch in branches}) > 1:
                self.faults.append((opening, tag.text))
            elif self.blocks:
                closed, opened = branches[0]
                both = [*(("/", one, "") for one in closed), *(("", one, "") for one in opened)]
                unpaired(both, *self.blocks[-1][3:5])

    def _branch(self) -> None:
        _, _, branches, closed, opened, _ = self.blocks[-1]
        branches.append((tuple(closed), tuple(opened)))
        closed.clear()
        opened.clear()


def _reduced(branch: tuple[tuple[str, ...], tuple[str, ...]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a branch changes; one that opens again what it closed changes nothing."""
    closed, opened = branch
    while closed and opened and closed[-1] == opened[0]:
        closed, opened = closed[:-1], opened[1:]
    return closed, opened


def compile_source(
    environment: Environment, source: Source, charts: Mapping[str, FedChart]
) -> tuple[Compiled | None, list[Diagnostic]]:
    """Compile a part; everything that can be found without data is found at once.

    Args:
        environment: of its tags.
        source: the part's.
        charts: relationship -> a chart that is made where it is printed.
    """
    if found := check_complexity(_tags(source.tokens)):
        return None, found
    try:
        tree = environment.parse(source.text)
    except TemplateSyntaxError as fault:
        found = check_tags(environment, _tags(source.tokens))
        if not found:
            placed = source.placed(fault.lineno)
            if placed is not None:
                found = [syntax_fault(placed, fault)]
            elif not source.tokens.faults:
                raise
        return None, found
    incomplete = [placed for placed in _tags(source.tokens) if not placed.tag.closed or not placed.tag.body]
    found = check_tags(environment, incomplete) if incomplete else []
    for placed in _tags(source.tokens):
        if "__" in placed.tag.body and placed.tag.closed:
            found += (one for one in check_tag(environment, placed) if one.code == "template-name-reserved")
    found += unknown_names(environment, tree, source.placed)
    if found:
        return None, found
    braces = BRACE in source.text or END_BRACE in source.text
    for node in tree.find_all(nodes.TemplateData) if braces else ():
        if BRACE in node.data or END_BRACE in node.data:
            node.data = shown(node.data)
    own = {*environment.globals, "loop"}
    paths = uses(tree, lambda name: name.startswith("__") or name in own)
    bound = bound_names(tree)
    hand_names(tree, environment, charts)
    buffered = any(captures(placed.tag) for placed in _tags(source.tokens))
    return Compiled(compile_program(environment, tree), replace(source, text=""), paths, buffered, bound), []


def _tags(tokens: Tokens) -> list[PlacedTag]:
    return [piece.placed for piece in tokens.pieces if piece.placed is not None and piece.source is None]
