"""Changes of a workbook that mean nothing: what Excel, WPS, LibreOffice and libraries write differently at every save."""

from __future__ import annotations

import copy
import re
from random import Random

from lxml import etree

from generator.compare.defaults import _ATTRIBUTES, _TRUTHS
from tests.support.unmeant import ALIKE, Change, Members, elements, local, other_prefix, xml_members

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
X = f"{{{NAMESPACE}}}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
X14AC = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac}"
SHEETS = r"xl/worksheets/[^/]*\.xml"
STRINGS = "xl/sharedStrings.xml"


def _strings(members: Members) -> list[etree._Element]:
    return list(etree.fromstring(members[STRINGS])) if STRINGS in members else []


def inline_strings(members: Members, chance: Random) -> None:
    """Some or all shared strings in their cells."""
    strings = _strings(members)
    share = chance.choice([0.5, 1.0])
    for _, root in xml_members(members, SHEETS):
        for cell in root.iter(X + "c"):
            value = cell.find(X + "v")
            if cell.get("t") == "s" and value is not None and chance.random() <= share:
                cell.set("t", "inlineStr")
                cell.remove(value)
                inner = etree.SubElement(cell, X + "is")
                inner[:] = copy.deepcopy(strings[int(value.text)])[:]


def stored_strings(members: Members, chance: Random) -> None:
    """Inline strings shared, as Excel saves them."""
    root = (
        etree.fromstring(members[STRINGS]) if STRINGS in members else etree.Element(X + "sst", nsmap={None: NAMESPACE})
    )
    known: dict[bytes, int] = {}
    for _, sheet in xml_members(members, SHEETS):
        for cell in sheet.iter(X + "c"):
            inner = cell.find(X + "is")
            if cell.get("t") != "inlineStr" or inner is None:
                continue
            item = etree.Element(X + "si")
            item[:] = list(inner)
            key = etree.tostring(item)
            if key not in known:
                known[key] = len(root)
                root.append(item)
            cell.remove(inner)
            cell.set("t", "s")
            etree.SubElement(cell, X + "v").text = str(known[key])
    if STRINGS not in members:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
        added_part(members, "sharedStrings", kind, "spreadsheetml.sharedStrings+xml")
    members[STRINGS] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def added_part(members: Members, name: str, kind: str, content_type: str) -> None:
    """A relationship of the workbook, and the type of its part."""
    rels, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    relation = f'<Relationship Id="rId9{name}" Type="{kind}" Target="{name}.xml"/></Relationships>'
    members[rels] = members[rels].replace(b"</Relationships>", relation.encode())
    whole = f"application/vnd.openxmlformats-officedocument.{content_type}"
    override = f'<Override PartName="/xl/{name}.xml" ContentType="{whole}"/></Types>'
    members[types] = members[types].replace(b"</Types>", override.encode())


def shared_strings(members: Members, chance: Random) -> None:
    """Strings of the cells shared, in another order, some twice, some that no cell uses."""
    stored_strings(members, chance)
    strings = _strings(members)
    order = [*range(len(strings)), *chance.choices(range(len(strings)), k=3)]
    chance.shuffle(order)
    places: dict[int, list[int]] = {}
    root = etree.Element(X + "sst", nsmap={None: NAMESPACE})
    for position, index in enumerate(order):
        root.append(copy.deepcopy(strings[index]))
        places.setdefault(index, []).append(position)
    unused = etree.SubElement(root, X + "si")
    etree.SubElement(unused, X + "t").text = "没有单元格用到"
    members[STRINGS] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    for _, sheet in xml_members(members, SHEETS):
        for cell in sheet.iter(X + "c"):
            if cell.get("t") == "s":
                cell.find(X + "v").text = str(chance.choice(places[int(cell.find(X + "v").text)]))


def phonetic_hints(members: Members, chance: Random) -> None:
    stored_strings(members, chance)
    for _, root in xml_members(members, r"xl/sharedStrings\.xml"):
        for item in root.iter(X + "si"):
            if item.find(X + "t") is not None:
                etree.SubElement(item, X + "phoneticPr", fontId="1", type="noConversion")


def dimension(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, SHEETS):
        stated = root.find(X + "dimension")
        if stated is not None:
            root.remove(stated)


def positions(members: Members, chance: Random) -> None:
    """Rows and cells that follow each other need no address."""
    for _, root in xml_members(members, SHEETS):
        if root.find(X + "sheetData") is None:
            continue
        above = 0
        for row in root.find(X + "sheetData").findall(X + "row"):
            number = int(row.get("r", above + 1))
            before = ""
            for cell in row.findall(X + "c"):
                letters = re.sub(r"\d", "", cell.get("r", ""))
                following = len(letters) == len(before) == 1 and ord(letters) == ord(before) + 1
                if following or (letters == "A" and not before):
                    del cell.attrib["r"]
                before = letters
            if number == above + 1 and row.get("r"):
                del row.attrib["r"]
            above = number


def empty_cells(members: Members, chance: Random) -> None:
    """Cells and rows in which there is nothing, in the format of all."""
    for _, root in xml_members(members, SHEETS):
        data = root.find(X + "sheetData")
        if data is None:
            continue
        cols = {
            n for c in root.iter(X + "col") if c.get("style") for n in range(int(c.get("min")), int(c.get("max")) + 1)
        }
        for row in data.findall(X + "row"):
            letters = [re.sub(r"\d", "", cell.get("r", "")) for cell in row.findall(X + "c")]
            if row.get("customFormat") or not letters or "" in letters or "Z" in letters or 26 in cols:
                continue
            if all(len(one) == 1 for one in letters):
                etree.SubElement(row, X + "c", r=f"Z{row.get('r')}")
        rows = data.findall(X + "row")
        if rows and rows[-1].get("r"):
            etree.SubElement(data, X + "row", r=str(int(rows[-1].get("r")) + 2))


def row_traces(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, SHEETS):
        for row in root.iter(X + "row"):
            row.set("spans", "1:9")
            row.set(X14AC + "dyDescent", "0.15")
            if row.get("ht") is None:
                row.set("ht", "14.25")


def number_spelling(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, SHEETS):
        for cell in root.iter(X + "c"):
            value = cell.find(X + "v")
            if value is None or cell.get("t", "n") != "n" or not re.fullmatch(r"-?\d+(\.\d+)?", value.text or ""):
                continue
            number = float(value.text)
            value.text = chance.choice([value.text, repr(number), f"{number:.17g}", f"{number:.15E}"])
            cell.set("t", "n")


def style_numbers(members: Members, chance: Random) -> None:
    """Formats, fonts, fills and borders under other numbers, some twice, some that nothing uses."""
    if "xl/styles.xml" not in members:
        return
    root = etree.fromstring(members["xl/styles.xml"])
    moved: dict[str, dict[int, int]] = {}
    for group, attribute, kept in (("fonts", "fontId", 1), ("fills", "fillId", 2), ("borders", "borderId", 1)):
        moved[attribute] = _shuffled(root.find(X + group), kept, chance)
    for kind in ("cellStyleXfs", "cellXfs"):
        for xf in root.iterfind(f"{X}{kind}/{X}xf"):
            for attribute, numbers in moved.items():
                xf.set(attribute, str(numbers[int(xf.get(attribute, 0))]))
    codes = root.find(X + "numFmts")
    if codes is not None:
        codes[:] = codes.findall(X + "numFmt")
        known = [code.get("numFmtId") for code in codes]
        numbers = dict(zip(known, map(str, chance.sample(range(164, 900), len(known))), strict=True))
        for code in codes:
            code.set("numFmtId", numbers[code.get("numFmtId")])
        for xf in root.iter(X + "xf"):
            if xf.get("numFmtId") in numbers:
                xf.set("numFmtId", numbers[xf.get("numFmtId")])
        codes[:] = chance.sample(list(codes), len(codes))
    formats = _shuffled(root.find(X + "cellXfs"), 1, chance)
    rules = _shuffled(root.find(X + "dxfs"), 0, chance) if root.find(X + "dxfs") is not None else {}
    members["xl/styles.xml"] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    for _, sheet in xml_members(members, SHEETS):
        for element in elements(sheet):
            name = {"c": "s", "row": "s", "col": "style"}.get(local(element), "")
            if name and element.get(name) is not None:
                element.set(name, str(formats[int(element.get(name))]))
            if element.get("dxfId") is not None:
                element.set("dxfId", str(rules[int(element.get("dxfId"))]))


def _shuffled(group: etree._Element, kept: int, chance: Random) -> dict[int, int]:
    """Put the items of a group after the first few in another order, and one twice; where each went."""
    items = [item for item in group if isinstance(item.tag, str)]
    order = list(range(kept, len(items)))
    chance.shuffle(order)
    group[:] = [*items[:kept], *(items[index] for index in order)]
    if order:
        group.append(copy.deepcopy(items[order[0]]))
    group.set("count", str(len(group)))
    return {**{index: index for index in range(kept)}, **{index: kept + at for at, index in enumerate(order)}}


def built_in_codes(members: Members, chance: Random) -> None:
    """Built-in number formats as codes of their own."""
    codes = {"1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "49": "@"}
    for _, root in xml_members(members, r"xl/styles\.xml"):
        stated = root.find(X + "numFmts")
        if stated is None:
            stated = etree.Element(X + "numFmts")
            root.insert(0, stated)
        for number, code in codes.items():
            etree.SubElement(stated, X + "numFmt", numFmtId=f"9{number}", formatCode=code)
        for xf in root.iter(X + "xf"):
            if xf.get("numFmtId") in codes:
                xf.set("numFmtId", f"9{xf.get('numFmtId')}")
        stated.set("count", str(len(stated)))


def stated_defaults(members: Members, chance: Random) -> None:
    """What the schemas take for granted, spelled out here and left out there."""
    for _, root in xml_members(members, rf"{SHEETS}|xl/(styles|workbook|sharedStrings)\.xml|xl/tables/.*\.xml"):
        for element in elements(root):
            if not element.tag.startswith(X):
                continue
            for name, value in _ATTRIBUTES.get(local(element), {}).items():
                if chance.random() < 0.5 and element.get(name) is None:
                    element.set(name, value)
                elif element.get(name) == value and chance.random() < 0.5:
                    del element.attrib[name]
            if local(element) in _TRUTHS and not element.attrib:
                element.set("val", chance.choice(["1", "true"]))


def sessions(members: Members, chance: Random) -> None:
    """Where the last reader was."""
    for _, root in xml_members(members, SHEETS):
        for view in root.iter(X + "sheetView"):
            view.set("zoomScale", str(chance.randint(50, 150)))
            view.set("zoomScaleNormal", "100")
            view.set("tabSelected", chance.choice("01"))
            for selection in view.findall(X + "selection"):
                selection.set("activeCell", "B3")
                selection.set("sqref", "B3")
    for _, root in xml_members(members, r"xl/workbook\.xml"):
        for view in root.iter(X + "workbookView"):
            view.set("activeTab", "0")
            view.set("windowWidth", str(chance.randint(8000, 20000)))
        for name in ("fileVersion", "calcPr"):
            for element in root.findall(X + name):
                element.set({"fileVersion": "lowestEdited", "calcPr": "calcId"}[name], str(chance.randint(1, 9)))


def calculation_chain(members: Members, chance: Random) -> None:
    name = "xl/calcChain.xml"
    if name in members:
        del members[name]
        relations = etree.fromstring(members["xl/_rels/workbook.xml.rels"])
        for one in list(relations):
            if one.get("Target", "").endswith("calcChain.xml"):
                relations.remove(one)
        members["xl/_rels/workbook.xml.rels"] = etree.tostring(relations)
        members["[Content_Types].xml"] = re.sub(rb"<Override[^>]*calcChain[^>]*/>", b"", members["[Content_Types].xml"])
        return
    members[name] = f'<calcChain xmlns="{NAMESPACE}"><c r="A1" i="1"/></calcChain>'.encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    added_part(members, "calcChain", kind, "spreadsheetml.calcChain+xml")


def shared_formulas(members: Members, chance: Random) -> None:
    """A formula that is alone in its group is that formula."""
    for _, root in xml_members(members, SHEETS):
        for number, formula in enumerate(root.iter(X + "f")):
            if not formula.attrib and formula.text:
                formula.set("t", "shared")
                formula.set("si", str(1000 + number))
                formula.set("ref", formula.getparent().get("r", "A1"))


def formula_blanks(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, SHEETS):
        for formula in root.iter(X + "f"):
            if formula.text and '"' not in formula.text and "'" not in formula.text:
                formula.text = re.sub(r"([,+*/])", r"\1 ", formula.text)


def part_names(members: Members, chance: Random) -> None:
    """Sheets in parts of other names."""
    for name in sorted(members):
        match = re.fullmatch(r"xl/worksheets/(\w+)\.xml", name)
        if match is None:
            continue
        new = f"blatt{match[1]}"
        members[f"xl/worksheets/{new}.xml"] = members.pop(name)
        relations = f"xl/worksheets/_rels/{match[1]}.xml.rels"
        if relations in members:
            members[f"xl/worksheets/_rels/{new}.xml.rels"] = members.pop(relations)
        for other in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            members[other] = members[other].replace(
                f"worksheets/{match[1]}.xml".encode(), f"worksheets/{new}.xml".encode()
            )


def sheet_ids(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, r"xl/workbook\.xml"):
        for sheet in root.iter(X + "sheet"):
            sheet.set("sheetId", str(int(sheet.get("sheetId")) + 20))


def order_of_lists(members: Members, chance: Random) -> None:
    """Merged areas, validations, rules of areas, links and names in another order."""
    for _, root in xml_members(members, SHEETS):
        for name in ("mergeCells", "dataValidations", "hyperlinks"):
            for group in root.findall(X + name):
                group[:] = chance.sample(list(group), len(group))
                group.attrib.pop("count", None)
        rules = root.findall(X + "conditionalFormatting")
        if len(rules) > 1:
            before = rules[0].getprevious()
            for rule in chance.sample(rules, len(rules)):
                before.addnext(rule)
    for _, root in xml_members(members, r"xl/workbook\.xml"):
        for group in root.findall(X + "definedNames"):
            group[:] = chance.sample(list(group), len(group))


def rule_priorities(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, SHEETS):
        for rule in root.iter(X + "cfRule"):
            rule.set("priority", str(int(rule.get("priority", "1")) * 3 + 7))


def split_rules(members: Members, chance: Random) -> None:
    """Each rule in a block of its own."""
    for _, root in xml_members(members, SHEETS):
        for block in root.findall(X + "conditionalFormatting"):
            for rule in block.findall(X + "cfRule")[1:]:
                own = etree.Element(X + "conditionalFormatting", sqref=block.get("sqref"))
                own.append(rule)
                block.addnext(own)


def column_groups(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, SHEETS):
        for column in list(root.iter(X + "col")):
            first, last = int(column.get("min")), int(column.get("max"))
            if first < last < first + 50:
                for number in range(last, first, -1):
                    twin = copy.deepcopy(column)
                    twin.set("min", str(number))
                    twin.set("max", str(number))
                    column.addnext(twin)
                column.set("max", str(first))


def measures(members: Members, chance: Random) -> None:
    """Lengths spelled with other digits."""
    for _, root in xml_members(members, SHEETS):
        for element in elements(root):
            for name in ("ht", "width", "left", "right", "top", "bottom", "header", "footer", "defaultRowHeight"):
                if re.fullmatch(r"\d+(\.\d+)?", element.get(name, "")):
                    element.set(name, f"{float(element.get(name)):.6f}")


def unknown_ids(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, SHEETS):
        root.set(
            "{http://schemas.microsoft.com/office/spreadsheetml/2014/revision}uid",
            "{00000000-0001-0000-0000-000000000000}",
        )


def preserved_blanks(members: Members, chance: Random) -> None:
    for _, root in xml_members(members, rf"{SHEETS}|xl/sharedStrings\.xml"):
        for element in root.iter(X + "t"):
            element.set(SPACE, "preserve")


def truths(members: Members, chance: Random) -> None:
    """1 and true, 0 and false."""
    names = "customHeight customWidth hidden customFormat date1904 fitToPage stopIfTrue showGridLines horizontalCentered bestFit"
    for _, root in xml_members(members, rf"{SHEETS}|xl/workbook\.xml"):
        for element in elements(root):
            for name in names.split():
                if element.get(name) in ("1", "true"):
                    element.set(name, chance.choice(["1", "true"]))
                elif element.get(name) in ("0", "false"):
                    element.set(name, chance.choice(["0", "false"]))


UNMEANT: dict[str, Change] = {
    **ALIKE,
    "prefix": other_prefix(rf"{SHEETS}|xl/(styles|workbook|sharedStrings)\.xml", NAMESPACE, "x"),
    "inline strings": inline_strings,
    "stored strings": stored_strings,
    "shared strings": shared_strings,
    "phonetic hints": phonetic_hints,
    "dimension": dimension,
    "positions": positions,
    "empty cells": empty_cells,
    "row traces": row_traces,
    "number spelling": number_spelling,
    "style numbers": style_numbers,
    "built-in codes": built_in_codes,
    "stated defaults": stated_defaults,
    "sessions": sessions,
    "calculation chain": calculation_chain,
    "shared formulas": shared_formulas,
    "formula blanks": formula_blanks,
    "part names": part_names,
    "sheet ids": sheet_ids,
    "order of lists": order_of_lists,
    "rule priorities": rule_priorities,
    "split rules": split_rules,
    "column groups": column_groups,
    "measures": measures,
    "unknown ids": unknown_ids,
    "preserved blanks": preserved_blanks,
    "truths": truths,
}
