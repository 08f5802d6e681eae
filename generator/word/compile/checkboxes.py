"""Check boxes: a content control with a tag in its title, or whose tag is a path, is ticked where the value holds."""

from __future__ import annotations

from generator.ooxml.wordprocessing import KEEP_SPACE, RUN, W14, Element, T, ancestor
from generator.template.faults import PlacedTag
from generator.word.compile.content_controls import filling_of, if_held
from generator.word.compile.tokens import Anchors, Slot, Tokens

TICKED, OPEN_BOX = "☒", "☐"


def mark_checkboxes(tokens: Tokens, root: Element, anchors: Anchors) -> None:
    """Let the check boxes of a part follow the values of their tags.

    Args:
        tokens: of the part.
        root: of the part.
        anchors: of what it holds.
    """
    for box in list(root.iter(f"{W14}checkbox")):
        properties = box.getparent()
        control = None if properties is None else properties.getparent()
        if properties is None or control is None:
            continue
        if (filling := filling_of(control, properties, tokens, anchors)) is not None:
            if_held(tokens, control, filling)
            _follow(tokens, control, box, filling.placed)


def _follow(tokens: Tokens, control: Element, box: Element, placed: PlacedTag) -> None:
    body = placed.tag.body
    checked = box.find(f"{W14}checked")
    if checked is None:
        checked = box.makeelement(f"{W14}checked")
        box.insert(0, checked)
    checked.set(f"{W14}val", tokens.attribute(f"__checked({body})", placed))
    shown = [node for node in control.iter(T) if ancestor(node, RUN) is not None]
    if not shown:
        return
    signs = [_sign(box, "checkedState", TICKED), _sign(box, "uncheckedState", OPEN_BOX)]
    source = f"{{{{ __checked_sign({signs[0]!r}, {signs[1]!r}) }}}}"
    shown[0].text = tokens.source(source, placed, Slot("plain"))
    shown[0].set(KEEP_SPACE, "preserve")
    for node in shown[1:]:
        node.text = ""


def _sign(box: Element, name: str, otherwise: str) -> str:
    """The character of a state, as the control names it (hexadecimal)."""
    state = box.find(f"{W14}{name}")
    try:
        return chr(int("" if state is None else state.get(f"{W14}val", ""), 16))
    except (ValueError, OverflowError):
        return otherwise
