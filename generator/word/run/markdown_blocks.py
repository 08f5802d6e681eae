"""Markdown as Word prints it: paragraphs in the format of the tag's own, headings, lists and tables in the template's styles.

Styles are found by the names that Word gives them in every language (`heading 2`, `List Bullet`, `List Number 2`, `Table
Grid`, `Quote`, `Hyperlink`); what the template lacks is made plainly. Each numbered list begins anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

from jinja2 import TemplateRuntimeError

from generator.diagnostics import InvalidTemplate
from generator.diagnostics.catalogue import diagnostic
from generator.figures.markdown_text import Markdown, MarkdownTooDeep, plain_text, soft_break
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.ooxml.escaping import escape
from generator.ooxml.wordprocessing import MAIN
from generator.template.printable import safe_link
from generator.word.compile.restarting_lists import AFTER_INDENT, BEFORE_NUMBERS
from generator.word.compile.tokens import Slot
from generator.word.run.additions import Part, rendered_part
from generator.word.run.legal_text import legal, lines_ended
from generator.word.run.richtext import with_properties

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_BOLD, _ITALIC, _STRIKE = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>", "<w:strike/>"
_CODE = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"'
_PLAIN_LINK = '<w:color w:val="0563C1"/><w:u w:val="single"/>'
_STEP = 420  # twips that a level of a list, or a quotation, stands in: two characters of 五号
_LEVELS = 9
_NO_FIRST_LINE = 'w:firstLine="0" w:firstLineChars="0"/>'
_BREAK = lazy("[\a\f]")
_BULLETS = "●○■"
_CHINESE_FONT = lazy(r'<w:rFonts\b[^<>]*?( w:eastAsia="[^"]*")')
_NO_LIST = lazy(r"<w:numPr>.*?</w:numPr>|<w:(?:numPr|ind)\b[^<>]*/>", re.DOTALL)
_NARROW = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
_STYLE = lazy(r'<w:pStyle w:val="[^"]*"/>')
_PAGE = 9000  # twips that a table's columns share; its width is that of the page's text


@dataclass(frozen=True, slots=True)
class _Block:
    """A block: a paragraph in the tag's own format (`plain`), known by its runs, or another, by its XML."""

    xml: str
    plain: bool = False


def markdown_xml(value: Markdown, slot: Slot) -> str:
    """The XML of a text in Markdown at a place where markup can stand.

    Args:
        value: the text.
        slot: in the text of a run, or in the place of a run or a paragraph.

    Raises:
        InvalidTemplate: it holds a picture, or a character that XML cannot.
        UnsafeLink: it holds a link that data may not name.
        TemplateRuntimeError: it cannot stand here.
    """
    legal(value.source)  # the parser would replace a NUL
    try:
        blocks = list(_Writing(slot, rendered_part(), value).blocks(value.tree.children))
    except RecursionError:
        raise MarkdownTooDeep from None
    text_end, text_again = (
        ("</w:t></w:r>", f'<w:r>{slot.run}<w:t xml:space="preserve">') if slot.mode == "text" else ("", "")
    )
    if slot.mode in ("row", "cell"):
        if blocks:
            raise TemplateRuntimeError("text cannot take the place of a row or a cell")
        return ""
    whole = [f"<w:p>{slot.paragraph}{one.xml}</w:p>" if one.plain else one.xml for one in blocks]
    if slot.mode == "paragraph" or not blocks:
        if whole and whole[-1].endswith("</w:tbl>"):  # a table that ends a cell, or meets another, wants a paragraph
            whole.append(_NARROW)
        return "".join(whole)
    if all(one.plain for one in blocks) and (len(blocks) == 1 or not slot.divisible):
        return text_end + "<w:r><w:br/></w:r>".join(one.xml for one in blocks) + text_again
    if not slot.divisible:
        raise TemplateRuntimeError("paragraphs cannot be printed within a link or a content control")
    first, last = "", ""
    if blocks[0].plain:
        first, whole[0] = blocks[0].xml, ""
    if blocks[-1].plain:
        last, whole[-1] = blocks[-1].xml, ""
    return f"{text_end}{first}</w:p>{''.join(whole)}<w:p>{slot.paragraph}{last}{text_again}"


def _code(run: str) -> str:
    """The properties of a run in a font for code; Chinese characters keep theirs."""
    chinese = _CHINESE_FONT.search(run)
    return with_properties(run, f"{_CODE}{chinese[1] if chinese else ''}/>")


def _text_xml(text: str) -> str:
    """Text of a run; line ends are breaks."""
    text = _BREAK.sub("\n", legal(lines_ended(text)))
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))


@dataclass(slots=True)
class _Writing:
    """One text printed once."""

    slot: Slot
    part: Part
    value: Markdown

    def blocks(self, nodes: Sequence[SyntaxTreeNode], quoted: int = 0) -> Iterator[_Block]:
        """The blocks of a text, or of a quotation in it."""
        before = ""
        for node in nodes:
            if before == node.type == "table":
                yield _Block(_NARROW)  # two tables that meet are one
            before = node.type
            if node.type == "paragraph":
                runs = self.line(node.children[0], self.slot.run)
                yield _Block(f"<w:p>{self._quotation(quoted)}{runs}</w:p>") if quoted else _Block(runs, plain=True)
            elif node.type == "heading":
                yield self._heading(node)
            elif node.type in ("bullet_list", "ordered_list"):
                yield from self._list(node, 0)
            elif node.type == "blockquote":
                yield from self.blocks(node.children, quoted + 1)
            elif node.type == "table":
                yield _Block(self._table(node))
            elif node.type in ("fence", "code_block"):
                yield self._program(node.content.rstrip("\n"))
            elif node.type == "hr":
                line = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
                yield _Block(f"<w:p><w:pPr>{line}</w:pPr></w:p>")

    # --- what stands in a line

    def line(self, node: SyntaxTreeNode, run: str) -> str:
        """The runs of a line.

        Args:
            node: what holds them.
            run: the properties that they have.
        """
        out: list[str] = []
        said = ""
        for place, child in enumerate(node.children):
            if child.type == "softbreak":
                rest = node.children[place + 1 : place + 2]
                text = soft_break(said, plain_text(rest[0]) if rest else "")
                out.append(self._run(text, run) if text else "")
                continue
            said = plain_text(child) or said
            out.append(self._inline(child, run))
        return "".join(out)

    def _inline(self, node: SyntaxTreeNode, run: str) -> str:
        if node.type == "text":
            return self._run(node.content, run) if node.content else ""
        if node.type == "code_inline":
            return self._run(node.content, _code(run))
        if node.type == "hardbreak":
            return f"<w:r>{run}<w:br/></w:r>"
        if node.type == "image":
            shown = plain_text(node) or str(node.attrs.get("src", ""))
            raise InvalidTemplate([diagnostic("markdown-picture", text=shown)])
        if node.type == "link":
            address = str(node.attrs.get("href", ""))
            safe_link(unquote(address))  # the parser writes what is no address with percent signs
            target = self.part.relate("hyperlink", safe_link(address), external=True)
            style = self._style("character", "hyperlink")
            shown = self.line(node, with_properties(run, f'<w:rStyle w:val="{style}"/>' if style else _PLAIN_LINK))
            return f'<w:hyperlink r:id="{target}">{shown}</w:hyperlink>'
        mark = {"strong": _BOLD, "em": _ITALIC, "s": _STRIKE}.get(node.type, "")
        return self.line(node, with_properties(run, mark) if mark else run)

    def _run(self, text: str, run: str) -> str:
        return f"<w:r>{run}{_text_xml(text)}</w:r>"

    # --- blocks

    def _heading(self, node: SyntaxTreeNode) -> _Block:
        level = min(int(node.tag[1:]) + self.value.level - 1, 9)
        style = self._style("paragraph", f"heading {level}") or self._made_heading(level)
        return _Block(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{self.line(node.children[0], "")}</w:p>')

    def _made_heading(self, level: int) -> str:
        """A style of headings for a template that has none."""
        everything, ground = self.part.additions, self.part.additions.ground
        identity = f"Heading{level}"
        while identity in ground.style_ids:
            identity += "M"
        base = ground.default_styles.get("paragraph", "")
        based = f'<w:basedOn w:val="{base}"/><w:next w:val="{base}"/>' if base else ""
        everything.styles.setdefault(
            identity,
            f'<w:style xmlns:w="{MAIN}" w:type="paragraph" w:styleId="{identity}"><w:name w:val="heading {level}"/>{based}'
            f'<w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:outlineLvl w:val="{level - 1}"/>'
            f"</w:pPr><w:rPr>{_BOLD}</w:rPr></w:style>",
        )
        return identity

    def _program(self, text: str) -> _Block:
        """The lines of a program."""
        style = self._style("paragraph", "html preformatted")
        own = f'<w:ind w:left="0" {_NO_FIRST_LINE}'
        properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else self._indented("", own)
        return _Block(f"<w:p>{properties}<w:r>{_code(self.slot.run)}{_text_xml(text)}</w:r></w:p>")

    def _quotation(self, depth: int) -> str:
        """The properties of a quoted paragraph."""
        style = self._style("paragraph", "quote")
        named = f'<w:pStyle w:val="{style}"/>' if style else "".join(_STYLE.findall(self.slot.paragraph))
        indent = "" if style and depth == 1 else f'<w:ind w:left="{_STEP * depth}"/>'
        return f"<w:pPr>{named}{indent}</w:pPr>"

    def _list(self, node: SyntaxTreeNode, level: int) -> Iterator[_Block]:
        """The items of a list, with the lists in them."""
        ordered = node.type == "ordered_list"
        properties = self._of_items(ordered, level, int(node.attrs.get("start", 1)))
        for item in node.children:
            runs: list[str] = []
            printed = False
            for child in item.children:
                if child.type in ("bullet_list", "ordered_list", "table"):
                    if not printed:
                        yield self._item(properties, runs)
                        printed = True
                    if child.type == "table":
                        yield _Block(self._table(child))
                    else:
                        yield from self._list(child, min(level + 1, _LEVELS - 1))
                    continue
                lines = [block.xml if block.plain else _runs_of(block.xml) for block in self.blocks([child])]
                if printed:  # behind a list within the item
                    behind = self._indented("", f'<w:ind w:left="{_STEP * (level + 1)}" {_NO_FIRST_LINE}')
                    yield from (_Block(f"<w:p>{behind}{line}</w:p>") for line in lines)
                else:
                    runs += lines
            if not printed:
                yield self._item(properties, runs)

    def _item(self, properties: str, runs: list[str]) -> _Block:
        """An item; what follows its first paragraph stands on lines of the same one."""
        return _Block(f"<w:p>{properties}{'<w:r><w:br/></w:r>'.join(runs)}</w:p>")

    def _indented(self, numbering: str, indent: str) -> str:
        """The properties of the tag's paragraph with a numbering and an indent of a list."""
        properties = _NO_LIST.sub("", self.slot.paragraph)
        if not properties.endswith("</w:pPr>"):
            properties = "<w:pPr></w:pPr>"
        before = BEFORE_NUMBERS.match(properties)
        at = len("<w:pPr>") if before is None else before.end()
        properties = properties[:at] + numbering + properties[at:]
        after = AFTER_INDENT.search(properties)
        at = len(properties) - len("</w:pPr>") if after is None else after.start()
        return properties[:at] + indent + properties[at:]

    def _of_items(self, ordered: bool, level: int, start: int) -> str:
        """The properties of a list's items: by the template's style for lists, or by a numbering of our own."""
        ground = self.part.additions.ground
        name = ("list number" if ordered else "list bullet") + (f" {level + 1}" if level else "")
        style = self._style("paragraph", name)
        named = f'<w:pStyle w:val="{style}"/>'
        if style in ground.bulleted_styles and not ordered:
            return f"<w:pPr>{named}</w:pPr>"
        if ordered and (counts := ground.numbered_styles.get(style or "")) is not None:
            number, at = self.part.additions.started(ground.abstracts[counts[0]], counts[1], start), counts[1]
        else:
            abstract, at = self._abstract(ordered), str(level)
            number = self.part.additions.started(abstract, at, start) if ordered else self._bulleted(abstract)
        numbering = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
        if style:
            return f"<w:pPr>{named}{numbering}</w:pPr>"
        left = _STEP * (level + 1)
        return self._indented(
            numbering, f'<w:ind w:left="{left}" w:hanging="{_STEP}" w:firstLineChars="0" w:hangingChars="0"/>'
        )

    def _bulleted(self, abstract: str) -> str:
        """The numbering of bullets of our own."""
        everything = self.part.additions
        if "markdown bullets" not in everything.kept:
            everything.kept["markdown bullets"] = everything.add_number(abstract)
        return everything.kept["markdown bullets"]

    def _abstract(self, ordered: bool) -> str:
        """An abstract numbering for lists that the template has no style for."""
        everything = self.part.additions
        key = "markdown numbers" if ordered else "markdown bullet shapes"
        known = everything.kept.get(key)
        if known is None:
            known = everything.kept[key] = str(everything.next("abstract", everything.ground.last_abstract))
            everything.abstract_numbers.append(
                f'<w:abstractNum xmlns:w="{MAIN}" w:abstractNumId="{known}"><w:multiLevelType w:val="hybridMultilevel"/>'
                f"{''.join(_level(level, ordered) for level in range(_LEVELS))}</w:abstractNum>"
            )
        return known

    def _table(self, node: SyntaxTreeNode) -> str:
        rows = [row for part in node.children for row in part.children]
        columns = len(rows[0].children)
        style = self._table_style()
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        look = (
            f'<w:tblStyle w:val="{style}"/><w:tblW w:w="5000" w:type="pct"/>'
            if style
            else f'<w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders>'
        )
        grid = f'<w:gridCol w:w="{_PAGE // columns}"/>' * columns
        made = "".join(self._row(row, columns) for row in rows)
        first = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0"'
        return f'<w:tbl><w:tblPr>{look}{first} w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>'

    def _row(self, node: SyntaxTreeNode, columns: int) -> str:
        cells = []
        for cell in node.children:
            side = re.search(r"text-align:\s*(left|center|right)", str(cell.attrs.get("style", "")))
            aligned = f'<w:pPr><w:jc w:val="{side[1]}"/></w:pPr>' if side else ""
            run = with_properties(self.slot.run, _BOLD) if cell.type == "th" else self.slot.run
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{_PAGE // columns}" w:type="dxa"/></w:tcPr>'
                f"<w:p>{aligned}{''.join(self.line(one, run) for one in cell.children)}</w:p></w:tc>"
            )
        head = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if node.children[0].type == "th" else ""
        return f"<w:tr>{head}{''.join(cells)}</w:tr>"

    def _table_style(self) -> str:
        """The style of tables: the one that was asked for, `Table Grid`, or the first that the template has of its own.

        Raises:
            InvalidTemplate: the template has no style of the name that was asked for.
        """
        ground = self.part.additions.ground
        own = {name: identity for (kind, name), identity in ground.styles.items() if kind == "table"}
        wanted = self.value.table
        if wanted and wanted.lower() not in own:
            raise InvalidTemplate([diagnostic("markdown-table-style", name=wanted, known="、".join(own) or "—")])
        if wanted:
            return own[wanted.lower()]
        default = ground.default_styles.get("table")
        return own.get("table grid") or next((identity for identity in own.values() if identity != default), "")

    def _style(self, kind: str, name: str) -> str | None:
        return self.part.additions.ground.styles.get((kind, name))


def _level(level: int, ordered: bool) -> str:
    """A level of a numbering of our own."""
    form, text = ("decimal", f"%{level + 1}.") if ordered else ("bullet", _BULLETS[level % len(_BULLETS)])
    left = _STEP * (level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{_STEP}"/></w:pPr></w:lvl>'
    )


def _runs_of(paragraph: str) -> str:
    """The runs of a paragraph's XML."""
    return re.sub(r"^<w:p>(?:<w:pPr>.*?</w:pPr>)?|</w:p>$", "", paragraph, flags=re.DOTALL)
