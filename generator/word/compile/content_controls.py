"""Content controls filled by their tag: `{{ … }}` in the title or the tag of a control, or a path of the data as its tag.

A control with `{{ … }}` is filled as any tag is. A control whose tag (`w:tag`) is a path, as `资金.全年执行数`, is filled where the
data holds a single value there; otherwise the tag is another program's, and the control stays as it is. A control that
has tags in its content is filled by these alone, and so is one of a kind that holds no text (pictures, building blocks,
groups). Text, dates, drop-down lists and combo boxes are filled; check boxes are `checkboxes`'.
"""

from __future__ import annotations

import copy
import html
import keyword

from lxml import etree

from generator.diagnostics import InvalidTemplate
from generator.diagnostics.wording import template_reasons as words
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.ooxml.wordprocessing import (
    KEEP_SPACE,
    PPR,
    RPR,
    RUN,
    TC,
    TCPR,
    TEXT_BOX,
    TR,
    W14,
    Element,
    P,
    T,
    W,
    ancestor,
    put_before,
    value_of,
    xml_of,
)
from generator.template.faults import PlacedTag
from generator.template.tags import Tag, find_tags
from generator.word.compile.tokens import OPEN, PIECE, Anchors, Piece, Slot, Tokens

CHECKBOX = f"{W14}checkbox"
_KINDS = {f"{W}{name}": name for name in ("text", "richText", "date", "dropDownList", "comboBox")}
_OTHERS = {
    *(
        f"{W}{name}"
        for name in ("picture", "docPartObj", "docPartList", "group", "citation", "equation", "bibliography")
    ),
    "{http://schemas.microsoft.com/office/word/2012/wordml}repeatingSection",
    "{http://schemas.microsoft.com/office/word/2012/wordml}repeatingSectionItem",
    CHECKBOX,
}
_MORE = {f"{W}{name}" for name in ("tbl", "sdt", "drawing", "pict", "object", "fldChar", "fldSimple")}
# controls of a part that are filled where the data holds their tag: each is compiled with the names of all
_MOST = 3_000
_PATH = lazy(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*\Z")
_TAG = lazy(rb'<w:tag\b[^<>]*? w:val="([^"<]*)"')
_OF_OTHERS = lazy(r"goog_rdk_\d+\Z|_")
_WORDS = frozenset(("loop", "true", "false", "none", "True", "False", "None", "self", "and", "or", "not", "if", "else"))


@dataclass(frozen=True, slots=True)
class Filling:
    """What fills a control.

    Args:
        placed: its tag, or what stands for one.
        certain: whether it is filled whatever the data holds.
    """

    placed: PlacedTag
    certain: bool

    @property
    def body(self) -> str:
        return self.placed.tag.body

    @property
    def held(self) -> str:
        """Whether the data holds a single value at the path, as an expression."""
        root, *names = self.body.split(".")
        return f"__held({root} if {root} is defined else none, {names!r})"


def filling_of(control: Element, properties: Element, tokens: Tokens, anchors: Anchors) -> Filling | None:
    """What fills a control, by its title and its tag; the tag is put into the words of its title."""
    paragraph = ancestor(control, P)
    where = anchors.place(next(control.iter(P), None) if paragraph is None else paragraph)
    path = None
    for name in ("alias", "tag"):
        element = properties.find(f"{W}{name}")
        text = "" if element is None else element.get(f"{W}val", "").strip()
        tags = list(find_tags(text))
        if element is not None and len(tags) == 1 and tags[0].mark == "{{" and tags[0].text == text:
            placed = PlacedTag(tags[0], where)
            tokens.pieces.append(Piece(placed))  # its own faults are told
            if not tags[0].closed or not tags[0].body:
                return None
            element.set(f"{W}val", tags[0].body[:64])
            return Filling(placed, certain=True)
        if name == "tag" and is_path(text):
            path = text
    if path is None:
        return None
    return Filling(PlacedTag(Tag(0, len(path), "{{", "", "", "", path, path), where), certain=False)


def is_path(text: str) -> bool:
    """Whether the tag of a control may be a path of the data."""
    if _PATH.match(text) is None or _OF_OTHERS.match(text):
        return False
    root = text.partition(".")[0]
    return root not in _WORDS and not keyword.iskeyword(root)


def has_paths(content: bytes) -> bool:
    """Whether the tag of a control in a part may be a path of the data."""
    return any(is_path(html.unescape(match[1].decode())) for match in _TAG.finditer(content))


def if_held(tokens: Tokens, control: Element, filling: Filling) -> None:
    """Let a copy of a control stand where the data holds no value for it."""
    if not filling.certain:
        _either(tokens, control, filling.held, copy.deepcopy(control), filling.placed)


def _either(tokens: Tokens, element: Element, condition: str, other: Element, placed: PlacedTag) -> None:
    """Let an element stand where a condition holds, and another one where it does not."""
    tail = element.tail or ""
    put_before(element, tokens.source(f"{{%\n if {condition} %}}", placed))
    element.addnext(other)
    element.tail, other.tail = tokens.source("{% else %}"), tokens.source("{% endif %}") + tail


def mark_controls(tokens: Tokens, root: Element, anchors: Anchors) -> None:
    """Let the content controls of a part follow the values of their tags.

    Args:
        tokens: of the part.
        root: of the part.
        anchors: of what it holds.

    Raises:
        InvalidTemplate: more controls wait for values of the data than can be compiled in seconds.
    """
    uncertain = 0
    for control in list(root.iter(f"{W}sdt")):
        properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        if properties is None or content is None or any(child.tag in _OTHERS for child in properties):
            continue
        place = _place(control, content)
        if place is None or any(OPEN in str(text) or PIECE in str(text) for text in content.itertext()):
            continue
        if (filling := filling_of(control, properties, tokens, anchors)) is not None:
            uncertain += not filling.certain
            if uncertain > _MOST:
                reason = words.TOO_MANY_CONTROLS.filled(most=_MOST)
                fault = filling.placed.too_complex(reason)
                raise InvalidTemplate([fault])
            if_held(tokens, control, filling)
            _fill(tokens, properties, place, filling)


def _place(control: Element, content: Element) -> Element | None:
    """The paragraph whose content a value takes the place of, or the content itself within a paragraph; None where a control
    holds more than text."""
    if any(element.tag in _MORE for element in content.iter() if element is not content):
        return None
    around = next((one.tag for one in control.iterancestors() if one.tag in (P, TC, TEXT_BOX)), None)
    if around == P:
        return content
    children = [child for child in content if isinstance(child.tag, str)]
    if children and children[0].tag == TC and len(children) == 1:
        children = [child for child in children[0] if child.tag != TCPR]
    if not children or any(child.tag in (TR, TC) for child in children):
        return None
    return next((child for child in children if child.tag == P), None)


def _fill(tokens: Tokens, properties: Element, place: Element, filling: Filling) -> None:
    """Put a value into a control, in the format of what stood there."""
    kind = next((_KINDS[child.tag] for child in properties if child.tag in _KINDS), "richText")
    shape = _format(properties, place)
    block = place.tag == P
    paragraph = place if block else ancestor(place, P)
    paragraph_properties = xml_of(paragraph.find(PPR)) if paragraph is not None else ""
    body = filling.body
    call = {
        "date": lambda: f"__dated({body}, {value_of(properties, 'date', 'dateFormat')!r})",
        "dropDownList": lambda: f"__chosen({body}, {_choices(properties)!r})",
    }.get(kind, lambda: body)()
    divisible = block and kind == "richText"
    slot = Slot("text", paragraph_properties, xml_of(shape), block, body, divisible)
    if block and (parent := place.getparent()) is not None:
        for sibling in list(parent):
            if sibling is not place and sibling.tag != TCPR:
                parent.remove(sibling)
    for child in list(place):
        if child.tag != PPR:
            place.remove(child)
    run = etree.SubElement(place, RUN)
    if shape is not None:
        run.append(shape)
    text = etree.SubElement(run, T)
    text.set(KEEP_SPACE, "preserve")
    text.text = tokens.source(f"{{{{\n {call} }}}}", filling.placed, slot)
    for name in ("showingPlcHdr", "dataBinding"):
        for element in properties.findall(f"{W}{name}"):
            properties.remove(element)
    if kind == "date":
        _date(tokens, properties, filling)
    for element in properties.iter(f"{W}comboBox", f"{W}dropDownList"):
        element.attrib.pop(f"{W}lastValue", "")


def _format(properties: Element, place: Element) -> Element | None:
    """The properties of the run that a value is printed in: those of what stood there, or what the control asks for."""
    found = next((run.find(RPR) for run in place.iter(RUN)), None)
    if properties.find(f"{W}showingPlcHdr") is None:
        return None if found is None else copy.deepcopy(found)
    asked = properties.find(RPR)
    made = copy.deepcopy(found if asked is None else asked)
    if made is not None and asked is None:
        for style in made.findall(f"{W}rStyle"):  # of the words that ask for a value
            made.remove(style)
    return made


def _choices(properties: Element) -> list[tuple[str, str]]:
    """What a list shows, and the value behind each."""
    items = properties.findall(f"{W}dropDownList/{W}listItem")
    return [(item.get(f"{W}displayText") or item.get(f"{W}value", ""), item.get(f"{W}value", "")) for item in items]


def _date(tokens: Tokens, properties: Element, filling: Filling) -> None:
    """The day that a date control holds beside its text; none where the value is blank."""
    dated = properties.find(f"{W}date")
    assert dated is not None
    without = copy.deepcopy(dated)
    without.attrib.pop(f"{W}fullDate", "")
    dated.set(f"{W}fullDate", tokens.attribute(f"__full_date({filling.body})", filling.placed))
    _either(tokens, dated, f"__full_date({filling.body})", without, filling.placed)
