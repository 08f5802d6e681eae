"""References to footnotes and endnotes: the number that NOTEREF (ECMA-376 part 1 §17.16.5.41) will show in Word."""

from __future__ import annotations

from generator.figures.list_numerals import list_numeral
from generator.ooxml.package import Package
from generator.ooxml.relationships import related_root
from generator.ooxml.wordprocessing import Element, W
from generator.word.run.field_results import FieldResult, leave_to_word, show

_IGNORED = {"f", "h"}
_KINDS = {f"{W}footnoteReference": ("footnotePr", "decimal"), f"{W}endnoteReference": ("endnotePr", "lowerRoman")}


class NoteReferences:
    """The notes of a body by the bookmarks around their references.

    Args:
        root: of the body.
        package: the template.
        main: its main document.
    """

    def __init__(self, root: Element, package: Package, main: str) -> None:
        self._shown: dict[str, str | None] = {}
        settings = related_root(package, main, "settings")
        forms = {kind: _form(root, settings, *_KINDS[kind]) for kind in _KINDS}
        counts = dict.fromkeys(_KINDS, 0)
        open_marks: dict[str, str] = {}
        for element in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", *_KINDS):
            if element.tag == f"{W}bookmarkStart":
                open_marks[element.get(f"{W}id", "")] = element.get(f"{W}name", "")
            elif element.tag == f"{W}bookmarkEnd":
                open_marks.pop(element.get(f"{W}id", ""), None)
            elif element.get(f"{W}customMarkFollows") not in ("1", "true", "on"):
                kind = str(element.tag)
                counts[kind] += 1
                form = forms[kind]
                for name in open_marks.values():
                    self._shown.setdefault(name, None if form is None else list_numeral(counts[kind], form))

    def follow(self, one: FieldResult) -> bool:
        """Let a NOTEREF show its note's number; whether it shows another."""
        told = one.told
        if told.keyword != "NOTEREF" or told.argument not in self._shown:
            return False
        text = self._shown[told.argument]
        known = not told.formats and not told.switches.keys() - _IGNORED
        return leave_to_word(one) if text is None or not known else show(one, text)


def _form(root: Element, settings: Element | None, name: str, otherwise: str) -> str | None:
    """The number format of a kind of notes; None where they begin anew, or elsewhere than at 1, or differ by section."""
    places = [*root.iter(f"{W}{name}"), *(settings.findall(f"{W}{name}") if settings is not None else ())]
    forms: set[str] = set()
    for place in places:
        restart, start, form = (place.find(f"{W}{child}") for child in ("numRestart", "numStart", "numFmt"))
        if restart is not None and restart.get(f"{W}val") != "continuous":
            return None
        if start is not None and start.get(f"{W}val") != "1":
            return None
        if form is not None:
            forms.add(form.get(f"{W}val", otherwise))
    return None if len(forms) > 1 else next(iter(forms), otherwise)
