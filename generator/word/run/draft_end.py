"""The end of a draft: what is to fill in, to put right, to look at, as paragraphs."""

from __future__ import annotations

from collections.abc import Iterable

from generator.figures import Blank
from generator.figures.marked_text import AT_FAULT, MARKED, MarkedText
from generator.kept.light_classes import dataclass, field
from generator.ooxml.escaping import escape
from generator.template import draft_list

_TITLE = '<w:pPr><w:pageBreakBefore/><w:spacing w:before="0" w:after="120"/><w:ind w:firstLine="0"/></w:pPr>'
_ENTRY = '<w:pPr><w:spacing w:before="0" w:after="0"/><w:ind w:firstLine="0"/></w:pPr>'
_HEAD = '<w:pPr><w:keepNext/><w:spacing w:before="120" w:after="0"/><w:ind w:firstLine="0"/></w:pPr>'
HIGHLIGHT = '<w:highlight w:val="yellow"/>'
_BOLD, _YELLOW = "<w:rPr><w:b/></w:rPr>", f"<w:rPr>{HIGHLIGHT}</w:rPr>"


@dataclass(slots=True)
class Missing:
    """What a draft lacks: by path, in the order of printing; and what was found about its data."""

    blanks: dict[str, Blank] = field(default_factory=dict)
    remarks: tuple[draft_list.Remark, ...] = ()

    def note(self, blank: Blank) -> None:
        """Note what is to fill in, once."""
        self.blanks.setdefault(blank.path or blank.label, blank)

    def note_within(self, text: str) -> None:
        """Note what a text names that holds marks."""
        known = text.blanks if isinstance(text, MarkedText) else ()
        for blank in known:
            self.note(blank)
        told = {blank.to_fill_in for blank in (*known, *self.blanks.values())}
        for mark in MARKED.findall(text):
            if mark not in told:
                kind, _, label = mark.removesuffix("】").partition("：")
                typed = label if kind == AT_FAULT else ""
                self.note(Blank(label, label, required=True, draft=True, typed=typed))


def missing_list(missing: Missing) -> str:
    """What a draft lacks, as paragraphs for its end."""
    groups: list[list[Blank]] = [[], [], [], []]
    for blank in missing.blanks.values():
        groups[draft_list.group_of(blank)].append(blank)
    told = {remark.path: remark.words for remark in missing.remarks}
    wrong = {blank.path for blank in groups[draft_list.WRONG]}
    remarks = [remark for remark in missing.remarks if remark.path not in wrong or not remark.path]
    if not any(groups) and not remarks:
        return ""
    urgent = any(groups[: draft_list.OPTIONAL]) or remarks
    written = [_paragraph(_TITLE, draft_list.summary([*map(len, groups)], len(remarks)), _YELLOW if urgent else _BOLD)]
    for group in (draft_list.NEEDED, draft_list.WRONG):
        entries = [_entry(blank, told.get(blank.path, "")) for blank in groups[group]]
        if entries:
            if len(entries) < len(missing.blanks) or remarks:
                written.append(_paragraph(_HEAD, f"{draft_list.HEADINGS[group]}（{len(entries)}处）", _BOLD))
            written += [_paragraph(_ENTRY, f"{number}. {entry}") for number, entry in enumerate(entries, 1)]
    if remarks:
        written.append(_paragraph(_HEAD, f"{draft_list.REMARKS}（{len(remarks)}个）", _BOLD))
        written += [_paragraph(_ENTRY, f"{number}. {remark.words}") for number, remark in enumerate(remarks, 1)]
    for group in (draft_list.COMPUTED, draft_list.OPTIONAL):
        if groups[group]:
            written.append(_paragraph(_HEAD, f"{draft_list.HEADINGS[group]}（{len(groups[group])}处）", _BOLD))
            written.append(_paragraph(_ENTRY, "；".join(_together(groups[group])) + "。"))
    return "".join(written)


def _entry(blank: Blank, finding: str) -> str:
    where = "" if blank.label == blank.path else f"（{blank.path}）"
    if not blank.typed:
        return f"{blank.label}{where}"
    return f"{blank.to_fill_in}{finding or f'{blank.label}{where}'}"


def _together(blanks: Iterable[Blank]) -> list[str]:
    """Blanks of one name in one entry, with the places of all."""
    places: dict[str, list[str]] = {}
    for blank in blanks:
        places.setdefault(blank.label, []).append("" if blank.label == blank.path else blank.path)
    return [label + _where([path for path in paths if path]) for label, paths in places.items()]


def _where(paths: list[str]) -> str:
    if len(paths) > draft_list.MOST_PLACES:
        return f"（{'、'.join(paths[: draft_list.MOST_PLACES])} 等{len(paths)}处）"
    return f"（{'、'.join(paths)}）" if paths else ""


def _paragraph(properties: str, text: str, run: str = "") -> str:
    return f'<w:p>{properties}<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
