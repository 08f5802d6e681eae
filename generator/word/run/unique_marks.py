"""Ids and names that a document holds once: of bookmarks, drawings, permissions, notes and comments in loops."""

from __future__ import annotations

from typing import Any

from jinja2 import pass_context
from markupsafe import Markup

from generator.kept.lazy_patterns import lazy
from generator.template.output import RenderContext
from generator.word.run.render_state import Render, render_of

_PARAGRAPH_IDS = lazy(r' w14:(?:paraId|textId)="[^"]*"')
_NOTE_ID = lazy(r'(<w:(?:footnote|endnote|comment)\b[^<>]*? w:id=")[^"]*(")')


@pass_context
def drawing(context: RenderContext) -> int:
    """The next number of a drawing."""
    render = render_of(context)
    render.drawings += 1
    return render.drawings


@pass_context
def bookmark(context: RenderContext, identity: str, name: str) -> str:
    """The id of a bookmark in a loop: its own the first time, then a new one."""
    render = render_of(context)
    count = render.bookmark_names.get(name, 0) + 1
    render.bookmark_names[name] = count
    render.open_bookmarks[identity] = identity if count == 1 else str(render.next_mark())
    return render.open_bookmarks[identity]


@pass_context
def once(context: RenderContext, mark: str) -> bool:
    """Whether this is the first time; for what a document can hold once only, as the marks of a comment."""
    seen = render_of(context).printed_once
    first = mark not in seen
    seen.add(mark)
    return first


@pass_context
def bookmark_end(context: RenderContext, identity: str) -> str:
    """The id of the bookmark that ends here."""
    return render_of(context).open_bookmarks.get(identity, identity)


@pass_context
def anchor(context: RenderContext, name: str, ahead: bool = False) -> str:
    """The name of a bookmark in this turn of its loop (Word allows 40 characters).

    Args:
        context: of the render.
        name: in the template.
        ahead: whether the bookmark of this turn is still to come.
    """
    count = render_of(context).bookmark_names.get(name, 0) + ahead
    suffix = f"_{count}"
    return name if count < 2 else name[: 40 - len(suffix)] + suffix


@pass_context
def fresh(context: RenderContext) -> int:
    """An id that nothing else in the document has."""
    return render_of(context).next_mark()


@pass_context
def permission(context: RenderContext, identity: str, begins: bool) -> str:
    """The id of a range that some may edit: its own the first time, then a new one."""
    render = render_of(context)
    if begins:
        known = identity in render.permissions
        render.permissions[identity] = str(fresh(context)) if known else identity
    return render.permissions.get(identity, identity)


@pass_context
def comment_id(context: RenderContext, identity: str, begins: bool) -> str:
    """The id of a comment whose range begins or ends here."""
    render = render_of(context)
    if begins:
        render.comments[identity] = _note_id(render, "comment", identity)
    return render.comments.get(identity, identity)


def _note_id(render: Render, kind: str, identity: str) -> str:
    """The id of a note: its own the first time, then a new one."""
    known = (kind, identity) in render.noted
    render.noted.add((kind, identity))
    if not known:
        return identity
    if kind == "comment":
        return str(render.next_mark())
    return str(render.additions.next(kind, render.additions.ground.last_note[kind]))


@pass_context
def note(context: RenderContext, kind: str, identity: str, content: Any) -> str:
    """The id of a note that is referred to here; its part will print what was captured."""
    render = render_of(context)
    own = render.comments.pop(identity, None) if kind == "comment" else None
    again = (kind, identity) in render.noted and own != identity
    own = own or _note_id(render, kind, identity)
    xml = str(content.__html__())
    if again:
        xml = _PARAGRAPH_IDS.sub("", xml)
    render.notes.setdefault(kind, []).append(_NOTE_ID.sub(rf"\g<1>{own}\g<2>", xml, count=1))
    return own


@pass_context
def notes(context: RenderContext, kind: str) -> Markup:
    """The notes that were referred to."""
    return Markup("".join(render_of(context).notes.get(kind, ())))


@pass_context
def shape(context: RenderContext, identity: str, begins: bool) -> str:
    """The id of a shape of VML: its own the first time, then a new one, which what refers to it behind it has too."""
    render = render_of(context)
    if begins:
        known = identity in render.shapes
        render.shapes[identity] = f"{identity}_{fresh(context)}" if known else identity
    return render.shapes.get(identity, identity)
