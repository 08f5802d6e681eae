"""A comparison as one self-contained HTML page: the differences as a list, then both documents side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from generator.compare.difference import Comparison, place_of
from generator.compare.page_marks import Marks
from generator.compare.page_pictures import data_uri
from generator.compare.tally import by_kind, by_place
from generator.diagnostics import Text
from generator.diagnostics.wording import comparison_terms as terms
from generator.diagnostics.wording.difference_kinds import BY_KIND, BY_PLACE, FILES, STATES

_STYLE = """
body{font:14px/1.6 "Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif;margin:0;color:#222;background:#fff}
header,main{padding:12px 20px}header{border-bottom:1px solid #ccc;background:#fafafa}h1{font-size:18px;margin:0 0 6px}
h2{font-size:15px;margin:22px 0 6px}ol{margin:0;padding-left:3em}h1,ol{overflow-wrap:anywhere}ol a{color:inherit}
table.sides{width:100%;border-collapse:collapse;table-layout:fixed}
table.sides>tbody>tr>td{width:50%;vertical-align:top;padding:1px 10px;border-left:1px solid #ddd;overflow-wrap:anywhere}
table.sides p{margin:2px 0;min-height:1.2em}
.h{font-weight:bold}.same{color:#666}del{background:#ffd7d5;text-decoration:none}ins{background:#c8f0cf;text-decoration:none}
.gone{background:#fff0ef}.come{background:#ecfbef}.look{background:#fff8dc}.mark{outline:1px solid #e0a800}
table.grid{border-collapse:collapse;margin:4px 0;max-width:100%}
table.grid td,table.grid th{border:1px solid #bbb;padding:1px 5px;min-width:1.5em;vertical-align:top;font-weight:normal}
table.grid th{background:#f2f2f2;color:#888}.note{color:#888}.num{color:#06c}
.moved{background:#e6f0ff}details{margin:2px 0}summary{color:#666;background:#f4f4f4;padding:2px 10px;cursor:pointer}
.counts{display:flex;flex-wrap:wrap;gap:0 40px}.counts table{border-collapse:collapse}.counts td{padding:1px 8px 1px 0}
.counts td:first-child{text-align:right;color:#888}:target{outline:3px solid #e0a800}
.step{float:right;font-weight:normal;user-select:none}.step a{color:#888;text-decoration:none;padding:0 3px}
.told{display:block;color:#8a6100;font-size:12px}.pictures img{max-width:100%;max-height:180px;border:1px solid #ccc;display:block}
.pages{display:flex;flex-wrap:wrap;gap:8px}figure{margin:0;flex:1 1 260px}figure img{max-width:100%;border:1px solid #ccc}
figcaption{color:#888;font-size:12px}
main{max-width:100%;box-sizing:border-box}table.sides td{overflow-x:auto}
@media(max-width:700px){header,main{padding:10px}table.sides,table.sides>tbody,table.sides>tbody>tr{display:block}
table.sides>tbody>tr>td{display:block;width:auto;border-left:3px solid #ddd;padding:1px 8px}
table.sides tr.still>td:first-child{display:none}table.sides>tbody>tr{border-bottom:1px solid #eee}table.grid{display:block;overflow-x:auto}}
"""
_MARKED = re.compile(
    r'<(?:p|td|th)\b[^>]* id="d(\d+)"[^>]*>'
    r'|<tr\b[^>]* id="d(\d+)"[^>]*><t[dh]\b[^>]*>'
    r'|<table\b[^>]* id="d(\d+)"[^>]*>(?:<tbody>)?<tr\b[^>]*><t[dh]\b[^>]*>'
)


def to_html(result: Comparison, language: str = "zh", *, names: tuple[str, str] | None = None) -> str:
    """A comparison as one HTML page without scripts or outside resources.

    Args:
        result: the comparison.
        language: `zh` or `en`.
        names: what to call the two documents; their file names by default.
    """

    def say(text: Text) -> str:
        return text.in_language(language)

    documents = result.documents
    titles = names or tuple((d.name if d else "") for d in (documents[:2] if documents else (None, None)))
    titles = titles[0] or say(terms.OLD), titles[1] or say(terms.NEW)
    pictures = tuple(getattr(d, "picture", None) for d in documents[:2]) if documents else (None, None)
    marks = Marks(result.differences, language, (pictures[0], pictures[1]))
    body = _with_steps("\n".join(_sides(documents, marks, language)), say) if documents else ""
    count = len(result.differences)
    out = [
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{escape(say(terms.COMPARISON))} {escape(titles[0])} — {escape(titles[1])}</title>",
        f"<style>{_STYLE}</style></head><body><header>",
        f"<h1>{escape(titles[0])} → {escape(titles[1])}</h1>",
        f"<p>{say(terms.DIFFERENCES.filled(count=count))}</p>",
        *_counts(result, language),
        "</header><main><ol>",
    ]
    for index, difference in enumerate(result.differences[:2000], 1):
        message = difference.text.in_language(language)
        if difference.field:
            message += f"〔{difference.field}〕"
        out.append(f'<li><a href="#d{index}">{escape(message)}</a></li>')
    out.append("</ol>")
    if count > 2000:
        out.append(f'<p class="note">{say(terms.MORE.filled(count=count - 2000))}</p>')
    if result.not_compared:
        out.append(f"<h2>{say(terms.NOT_COMPARED)}</h2><ul>")
        for entry in result.not_compared:
            place = f"{place_of(entry.anchor).in_language(language)}: " if entry.anchor else ""
            out.append(f"<li>{escape(place + entry.reason.in_language(language))}</li>")
        out.append("</ul>")
    out.append(body)
    out += _pages(result, marks, say)
    out.append("</main></body></html>\n")
    return "\n".join(out)


def _pages(result: Comparison, marks: Marks, say: Callable[[Text], str]) -> Iterable[str]:
    """The pages that look different: before, after, and the difference marked."""
    told = {d.anchor["number"]: n for n, d in enumerate(result) if d.kind == "page"}
    if result.pages:
        yield f"<h2>{say(terms.PAGE_IMAGES)}</h2>"
    for page in result.pages:
        images = [
            f'<figure><img src="{data_uri(content)}" alt=""><figcaption>{escape(caption)}</figcaption></figure>'
            for content, caption in (
                (page.old, say(terms.OLD)),
                (page.new, say(terms.NEW)),
                (page.marked, say(terms.WHAT_DIFFERS)),
            )
            if content is not None
        ]
        number = told.get(page.number)
        found = [] if number is None else [number]
        text = result[number].text.in_language(marks.language) if number is not None else ""
        yield f"<p{marks.attributes(found)}>{escape(text)}</p>"
        yield f'<div class="pages">{"".join(images)}</div>'


def _with_steps(html: str, say: Callable[[Text], str]) -> str:
    """Links at every marked place to the one before and the one behind; no text of a document has a `<` of its own."""
    order = [next(filter(None, match.groups())) for match in _MARKED.finditer(html)]
    places = {number: index for index, number in enumerate(order)}

    def with_links(match: re.Match[str]) -> str:
        index = places[next(filter(None, match.groups()))]
        links = "".join(
            f'<a href="#d{order[k]}" title="{title}">{arrow}</a>'
            for k, arrow, title in ((index - 1, "↑", say(terms.PREVIOUS)), (index + 1, "↓", say(terms.NEXT)))
            if 0 <= k < len(order)
        )
        return f'{match.group()}<span class="step">{links}</span>'

    return _MARKED.sub(with_links, html)


def _counts(result: Comparison, language: str) -> Iterable[str]:
    """How many differences of each kind, and at each place; the files of two folders."""
    tables = [
        (title, [(str(n), label.in_language(language)) for label, n in counted])
        for title, counted in ((BY_KIND, by_kind(result)), (BY_PLACE, by_place(result)[:40]))
    ]
    if result.files:
        states = [(str(file.count), f"{file.name} {STATES[file.state].in_language(language)}") for file in result.files]
        tables.append((FILES, states))
    yield '<div class="counts">'
    for title, rows in tables:
        if rows:
            yield f"<div><b>{escape(title.in_language(language))}</b><table>"
            yield from (f"<tr><td>{n}</td><td>{escape(label)}</td></tr>" for n, label in rows)
            yield "</table></div>"
    yield "</div>"


def _sides(documents: tuple[Any, Any, Any], marks: Marks, language: str) -> Iterable[str]:
    from generator.compare.word.document_model import Document

    if isinstance(documents[0], Document):
        from generator.compare.word.document_page import document_sides

        return document_sides(documents[0], documents[1], marks, language)
    from generator.compare.excel.workbook_page import workbook_sides

    return workbook_sides(documents, marks, language)
