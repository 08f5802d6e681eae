"""Changes of a Word document that mean nothing: what Word, WPS and LibreOffice write differently at every save."""

from __future__ import annotations

import copy
import re
from random import Random

from lxml import etree

from tests.support.unmeant import ALIKE, Change, Members, elements, local, other_prefix, xml_members

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STORIES = r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
STYLED = r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments|styles|numbering)\.xml"


def _made(tag: str, /, **attributes: str) -> etree._Element:
    return etree.Element(W + tag, {W + key: value for key, value in attributes.items()})


def revision_ids(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, STORIES):
        for element in elements(root):
            if element.tag in (W + "p", W + "r", W + "tr", W + "sectPr"):
                for name in ("rsidR", "rsidRPr", "rsidRDefault", "rsidP"):
                    if chance.random() < 0.5:
                        element.set(W + name, f"{chance.randrange(16**8):08X}")
                if element.tag == W + "p":
                    element.set(W14 + "paraId", f"{chance.randrange(16**8):08X}")


def proofing(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, STORIES):
        for run in list(root.iter(W + "r")):
            if chance.random() < 0.3:
                run.addprevious(_made("proofErr", type=chance.choice(["spellStart", "gramEnd"])))
            if chance.random() < 0.1:
                run.insert(1 if run.find(W + "rPr") is not None else 0, _made("lastRenderedPageBreak"))
            if chance.random() < 0.2:
                own = run.find(W + "rPr")
                if own is None:
                    own = _made("rPr")
                    run.insert(0, own)
                own.append(_made("lang", val="en-US", eastAsia="zh-CN"))
                own.append(_made("noProof"))


def split_runs(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, STORIES):
        for run in list(root.iter(W + "r")):
            texts = run.findall(W + "t")
            if len(texts) != 1 or len(run) > 2 or len(texts[0].text or "") < 2 or chance.random() < 0.5:
                continue
            at = chance.randint(1, len(texts[0].text) - 1)
            twin = copy.deepcopy(run)
            run.addnext(twin)
            whole = texts[0].text
            for half, text in ((texts[0], whole[:at]), (twin.find(W + "t"), whole[at:])):
                half.text = text
                half.set(SPACE, "preserve")


def joined_runs(members: Members, chance: Random) -> None:
    def look(run: etree._Element) -> bytes:
        own = run.find(W + "rPr")
        return b"" if own is None else etree.tostring(own, with_tail=False)

    for _, root in xml_members(members, STORIES):
        for run in list(root.iter(W + "r")):
            following = run.getnext()
            if following is None or following.tag != W + "r" or look(run) != look(following):
                continue
            inner = [child for child in following if child.tag != W + "rPr"]
            following[:] = [child for child in following if child.tag == W + "rPr"]
            for child in reversed(inner):  # the later run takes what the earlier one holds, and stands for both
                following.insert(1 if following.find(W + "rPr") is not None else 0, child)
            start = 1 if following.find(W + "rPr") is not None else 0
            for child in reversed([child for child in run if child.tag != W + "rPr"]):
                following.insert(start, child)
            run.getparent().remove(run)


def empty_elements(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, STORIES):
        for element in list(elements(root)):
            if element.tag == W + "p":
                if element.find(W + "pPr") is None:
                    element.insert(0, _made("pPr"))
                if chance.random() < 0.3:
                    element.append(_made("r"))
                if chance.random() < 0.2:
                    empty = _made("r")
                    empty.append(_made("rPr"))
                    empty.append(_made("t"))
                    element.append(empty)
            elif element.tag == W + "r" and element.find(W + "rPr") is None:
                element.insert(0, _made("rPr"))
            elif element.tag == W + "tc" and element.find(W + "tcPr") is None:
                element.insert(0, _made("tcPr"))
            elif element.tag == W + "tr" and element.find(W + "trPr") is None:
                element.insert(0, _made("trPr"))


def property_order(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, STYLED):
        for element in elements(root):
            if local(element) in ("rPr", "pPr", "tcPr", "trPr", "tblPr"):
                element[:] = chance.sample(list(element), len(element))


_TOGGLES = frozenset(
    (
        "b",
        "i",
        "caps",
        "strike",
        "vanish",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "cantSplit",
        "tblHeader",
        "titlePg",
        "widowControl",
    )
)


def toggles(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, STYLED):
        for element in elements(root):
            if local(element) in _TOGGLES and element.get(W + "val") in (None, "1", "true", "on"):
                element.attrib.pop(W + "val", None)
                if spelled := chance.choice(["", "1", "true", "on"]):
                    element.set(W + "val", spelled)


_DEFAULTS = {  # what WordprocessingML takes for granted (ECMA-376 part 1, 17): element -> attribute -> value
    "vMerge": {"val": "continue"},
    "br": {"type": "textWrapping"},
    "pgSz": {"orient": "portrait"},
    "headerReference": {"type": "default"},
    "footerReference": {"type": "default"},
    "hyperlink": {"history": "1"},
    "tcW": {"type": "dxa"},
    "trHeight": {"hRule": "auto"},
    "style": {"default": "0", "customStyle": "0"},
    "cols": {"space": "720", "equalWidth": "1", "num": "1"},
    "pgMar": {"gutter": "0"},
    "pgNumType": {"fmt": "decimal"},
    "bookmarkStart": {"displacedByCustomXml": "next"},
}


def stated_defaults(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, STYLED):
        for element in list(elements(root)):
            for name, value in _DEFAULTS.get(local(element), {}).items():
                if element.get(W + name) is None and (name != "hRule" or element.get(W + "val")):
                    element.set(W + name, value)
            if element.tag == W + "spacing" and element.get(W + "line") and element.get(W + "lineRule") is None:
                element.set(W + "lineRule", "auto")
            if element.tag == W + "tcPr" and element.find(W + "gridSpan") is None and chance.random() < 0.5:
                element.insert(1 if element.find(W + "tcW") is not None else 0, _made("gridSpan", val="1"))
            if element.tag == W + "sectPr":
                for name, value in (("type", "nextPage"), ("vAlign", "top"), ("textDirection", "lrTb")):
                    if element.find(W + name) is None:
                        element.append(_made(name, val=value))
            if element.tag == W + "numPr" and element.getparent().getparent().tag == W + "p":
                own = element.find(W + "ilvl") is not None or element.getparent().find(W + "pStyle") is not None
                if not own and element.find(W + "numId") is not None:
                    element.insert(0, _made("ilvl", val="0"))
            if element.tag == W + "lvlText" and element.getparent().find(W + "suff") is None:
                element.addprevious(_made("suff", val="tab"))


def session_bookmarks(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, r"word/document\.xml"):
        paragraphs = list(root.iter(W + "p"))
        paragraph = chance.choice(paragraphs)
        paragraph.append(_made("bookmarkStart", id="9001", name="_GoBack"))
        paragraph.append(_made("bookmarkEnd", id="9001"))


def object_ids(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, STORIES):
        for element in elements(root):
            if local(element) in ("bookmarkStart", "bookmarkEnd"):
                element.set(W + "id", str(int(element.get(W + "id", "0")) + 500))
            if local(element) in ("docPr", "cNvPr") and element.get("id"):
                element.set("id", str(int(element.get("id")) + 500))


def style_ids(members: Members, chance: Random) -> None:
    """Other ids for all styles: their names are what they are known by."""
    if "word/styles.xml" not in members:
        return
    root = etree.fromstring(members["word/styles.xml"])
    ids = [style.get(W + "styleId") for style in root.iter(W + "style")]
    renamed = {old: f"S{index}x" for index, old in enumerate(chance.sample(ids, len(ids)))}
    for _, part in xml_members(members, STYLED):
        for element in elements(part):
            if element.tag == W + "style":
                element.set(W + "styleId", renamed[element.get(W + "styleId")])
            elif local(element) in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
                value = element.get(W + "val")
                element.set(W + "val", renamed.get(value, value))


def style_order(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, r"word/styles\.xml"):
        styles = chance.sample(root.findall(W + "style"), len(root.findall(W + "style")))
        for style in styles:
            root.append(style)


def unused_styles(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, r"word/styles\.xml"):
        style = _made("style", type="paragraph", customStyle="1", styleId="nobody")
        style.append(_made("name", val="Nobody"))
        own = _made("rPr")
        own.append(_made("b"))
        style.append(own)
        root.append(style)


def list_ids(members: Members, chance: Random) -> None:
    """Other numbers for lists and their definitions."""
    if "word/numbering.xml" not in members:
        return
    root = etree.fromstring(members["word/numbering.xml"])
    kinds = (("abstractNum", "abstractNumId"), ("num", "numId"))
    renamed = {}
    for kind, attribute in kinds:
        known = [element.get(W + attribute) for element in root.iter(W + kind)]
        numbers = chance.sample(range(1, 500), len(known))
        renamed[attribute] = dict(zip(known, map(str, numbers), strict=True))
    for _, part in xml_members(members, STYLED):
        for element in elements(part):
            for attribute in ("abstractNumId", "numId"):
                if element.get(W + attribute) in renamed[attribute]:
                    element.set(W + attribute, renamed[attribute][element.get(W + attribute)])
                if local(element) == attribute:
                    value = element.get(W + "val")
                    element.set(W + "val", renamed[attribute].get(value, value))
            if local(element) in ("nsid", "tmpl"):
                element.set(W + "val", f"{chance.randrange(16**8):08X}")


def complex_fields(members: Members, chance: Random) -> None:
    """Simple fields as Word saves them again: begin, instruction, separator, result, end."""
    for _, root in xml_members(members, STORIES):
        for field in list(root.iter(W + "fldSimple")):
            made = []
            for kind in ("begin", "instr", "separate", "result", "end"):
                if kind == "result":
                    made += list(field)
                    continue
                run = _made("r")
                if kind == "instr":
                    text = etree.SubElement(run, W + "instrText")
                    text.text = field.get(W + "instr")
                    text.set(SPACE, "preserve")
                else:
                    run.append(_made("fldChar", fldCharType=kind))
                made.append(run)
            for run in made:
                field.addprevious(run)
            field.getparent().remove(field)


def complex_script(members: Members, chance: Random) -> None:
    """Sizes and toggles of right-to-left scripts, which Chinese text does not use."""
    for _, root in xml_members(members, STORIES):
        for own in root.iter(W + "rPr"):
            for name in ("szCs", "bCs", "iCs"):
                if own.find(W + name) is None:
                    own.append(_made(name, **({"val": "24"} if name == "szCs" else {})))


def smart_tags(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, STORIES):
        for run in list(root.iter(W + "r")):
            if chance.random() < 0.1 and run.getparent().tag == W + "p" and run.find(W + "fldChar") is None:
                tag = _made("smartTag", element="place")
                run.addprevious(tag)
                tag.append(run)


def settings(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, r"word/settings\.xml"):
        for name in ("rsids", "proofState", "zoom"):
            for old in root.findall(W + name):
                root.remove(old)
        root.insert(0, _made("zoom", percent=str(chance.randint(50, 200))))
        rsids = etree.SubElement(root, W + "rsids")
        rsids.append(_made("rsidRoot", val="00AB12CD"))


def header_names(members: Members, chance: Random) -> None:
    """Headers and footers under other names."""
    for name in sorted(members):
        match = re.fullmatch(r"word/((?:header|footer)\d*)\.xml", name)
        if match is None:
            continue
        new = f"{match[1]}9"
        members[f"word/{new}.xml"] = members.pop(name)
        relations = f"word/_rels/{match[1]}.xml.rels"
        if relations in members:
            members[f"word/_rels/{new}.xml.rels"] = members.pop(relations)
        for other in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
            members[other] = members[other].replace(f"{match[1]}.xml".encode(), f"{new}.xml".encode())


UNMEANT: dict[str, Change] = {
    **ALIKE,
    "prefix": other_prefix(STYLED, NAMESPACE, "main"),
    "revision ids": revision_ids,
    "proofing": proofing,
    "split runs": split_runs,
    "joined runs": joined_runs,
    "empty elements": empty_elements,
    "property order": property_order,
    "toggles": toggles,
    "stated defaults": stated_defaults,
    "session bookmarks": session_bookmarks,
    "object ids": object_ids,
    "style ids": style_ids,
    "style order": style_order,
    "unused styles": unused_styles,
    "list ids": list_ids,
    "complex fields": complex_fields,
    "complex script": complex_script,
    "smart tags": smart_tags,
    "settings": settings,
    "header names": header_names,
}
