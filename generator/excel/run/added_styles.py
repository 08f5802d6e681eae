"""Cell formats that a render adds: a date in a cell without a date format, a background from data."""

from __future__ import annotations

import re

from generator.excel.read.workbook import Workbook

_CODES = {"date": "yyyy\\-mm\\-dd", "time": "hh:mm:ss", "moment": "yyyy\\-mm\\-dd\\ hh:mm:ss"}
_FORMAT = b'<numFmt numFmtId="%d" formatCode="%b"/>'

_PLACED = "places "  # before the format's code
_WRAPPED = "wrapped"
_LISTED = "listed"
_SHRUNK = "shrunk"
_FAINT = "faint"
_ALIGNED = {  # how text is fitted into a cell, and where it stands
    _WRAPPED: (b' wrapText="1"', b""),
    _SHRUNK: (b' shrinkToFit="1"', b""),
    _LISTED: (b' wrapText="1"', b' vertical="top"'),
}
_FILL = b'<fill><patternFill patternType="solid"><fgColor rgb="FF%b"/><bgColor indexed="64"/></patternFill></fill>'
_GREY = b'<color rgb="FF767676"/>'


class StyleBook:
    """The styles part of one render: formats are added at the end, none is changed.

    Args:
        workbook: the template, whose formats are asked by index.
    """

    def __init__(self, workbook: Workbook):
        self.workbook = workbook
        self.base = len(workbook.formats)
        self._added: dict[tuple[int, str], int] = {}

    @property
    def changed(self) -> bool:
        return bool(self._added)

    def dated(self, style: int, kind: str) -> int:
        """The style of a cell that holds a date: its own if that shows dates, else one with a date format.

        Args:
            style: the cell's.
            kind: "date", "time" or "moment".
        """
        if not self.workbook.format(style).general:
            return style
        return self._add(style, kind)

    def shaded(self, style: int, colour: str) -> int:
        """The style with another background, RRGGBB."""
        return self._add(style, colour.upper())

    def placed(self, style: int, places: int) -> int:
        """The style with a number format of so many decimal places."""
        return self._add(style, _PLACED + ("0." + "0" * places if places else "0"))

    def wrapped(self, style: int) -> int:
        """The style with text that wraps."""
        return self._add(style, _WRAPPED)

    def shrunk(self, style: int) -> int:
        """The style with text on one line, as small as that asks for."""
        return self._add(style, _SHRUNK)

    def listed(self, style: int) -> int:
        """The style with text that wraps, at the top of its row."""
        return self._add(style, _LISTED)

    def faint(self, style: int) -> int:
        """The style with grey text."""
        return self._add(style, _FAINT)

    def origin(self, style: int) -> int:
        """The style of the template that an added one was made from."""
        made_from = {number: own for (own, _), number in self._added.items()}
        while style in made_from:
            style = made_from[style]
        return style

    def _add(self, style: int, what: str) -> int:
        key = (style, what)
        if key not in self._added:
            self._added[key] = self.base + len(self._added)
        return self._added[key]

    def part(self) -> tuple[str, bytes] | None:
        """Name and content of the styles part with what was added; None if nothing was."""
        name = self.workbook.part_of_kind("styles")
        if not self._added or not name:
            return None
        data = self.workbook.package.read(name)
        formats: dict[str, int] = {}
        fills: dict[str, int] = {}
        highest = max([163, *map(int, re.findall(rb'<(?:\w+:)?numFmt\s[^>]*?numFmtId="(\d+)"', data))])
        cell_formats = _section(data, b"cellXfs")
        known = re.findall(rb"<(?:\w+:)?xf(?=[\s/>])[^>]*?(?:/>|(?<!/)>.*?</(?:\w+:)?xf>)", cell_formats[1], re.S)
        fonts = re.findall(
            rb"<(?:\w+:)?font(?=[\s/>])[^>]*?(?:/>|(?<!/)>.*?</(?:\w+:)?font>)", _section(data, b"fonts")[1], re.S
        )
        grey: list[bytes] = []
        added: list[bytes] = []
        fill_section = _section(data, b"fills")
        fill_count = len(re.findall(rb"<(?:\w+:)?fill[\s>]", fill_section[1]))
        for style, what in self._added:
            own = style if style < self.base else 0
            xf = added[style - self.base] if style >= self.base else known[own]
            if what in _CODES or what.startswith(_PLACED):
                number = formats.setdefault(what, highest + 1 + len(formats))
                xf = _set(_set(xf, b"numFmtId", b"%d" % number), b"applyNumberFormat", b"1")
            elif what in _ALIGNED:
                xf = _set(_aligned(xf, *_ALIGNED[what]), b"applyAlignment", b"1")
            elif what == _FAINT:
                own_font = re.search(rb'\sfontId="(\d+)"', xf)
                font = _greyed(fonts[int(own_font[1]) if own_font else 0])
                if font not in grey:
                    grey.append(font)
                xf = _set(_set(xf, b"fontId", b"%d" % (len(fonts) + grey.index(font))), b"applyFont", b"1")
            else:
                number = fills.setdefault(what, fill_count + len(fills))
                xf = _set(_set(xf, b"fillId", b"%d" % number), b"applyFill", b"1")
            added.append(xf)
        data = _append(data, b"cellXfs", added)
        if grey:
            data = _append(data, b"fonts", grey)
        if fills:
            data = _append(data, b"fills", [_FILL % colour.encode() for colour in fills])
        if formats:
            new = [
                _FORMAT % (number, (_CODES.get(kind) or kind.removeprefix(_PLACED)).encode())
                for kind, number in formats.items()
            ]
            if re.search(rb"<(?:\w+:)?numFmts[\s>]", data):
                data = _append(data, b"numFmts", new)
            else:
                head = re.search(rb"<(\w+:)?styleSheet[^>]*>", data)
                assert head is not None
                section = b'<numFmts count="%d">%b</numFmts>' % (len(new), b"".join(new))
                data = data[: head.end()] + _prefixed(section, head[1] or b"") + data[head.end() :]
        return name, data


def _aligned(xf: bytes, fitted: bytes, more: bytes) -> bytes:
    """A cell format with text that wraps or shrinks; either would undo the other."""
    present = re.search(rb"<(?:\w+:)?alignment(?=[\s/>])([^>]*?)(?=/?>)", xf)
    if present is not None:
        kept = re.sub(rb'\s(?:wrapText|shrinkToFit)="[^"]*"', b"", present[1])
        kept = re.sub(rb'\svertical="[^"]*"', b"", kept) if more else kept
        return xf[: present.start(1)] + kept + more + fitted + xf[present.end() :]
    start = re.match(rb"<((?:\w+:)?)xf[^>]*?(/?)>", xf)
    assert start is not None
    prefix = start[1]
    child = b"<%balignment%b%b/>" % (prefix, more, fitted)
    if start[2]:
        return xf[: start.end() - 2] + b">" + child + b"</%bxf>" % prefix
    return xf[: start.end()] + child + xf[start.end() :]


def _greyed(font: bytes) -> bytes:
    """A font with grey letters."""
    font = re.sub(rb"<(?:\w+:)?color(?=[\s/>])[^>]*?(?:/>|>.*?</(?:\w+:)?color>)", b"", font, flags=re.S)
    start = re.match(rb"<((?:\w+:)?)font[^>]*?(/?)>", font)
    assert start is not None
    colour = _GREY.replace(b"<", b"<" + start[1])
    if start[2]:
        return font[: start.end() - 2] + b">" + colour + b"</%bfont>" % start[1]
    name = re.search(rb"<(?:\w+:)?(?:name|family|charset|scheme)[\s/>]", font)
    at = name.start() if name else font.rindex(b"</")
    return font[:at] + colour + font[at:]


def _section(data: bytes, name: bytes) -> tuple[int, bytes]:
    match = re.search(rb"<(?:\w+:)?%b(?:\s[^>]*)?>(.*?)</(?:\w+:)?%b>" % (name, name), data, re.S)
    return (match.start(1), match[1]) if match else (0, b"")


def _append(data: bytes, name: bytes, items: list[bytes]) -> bytes:
    """The part with elements at the end of a section, its count raised."""
    data = re.sub(rb"<((?:\w+:)?%b)((?:\s[^>]*?)?)/>" % name, rb"<\1\2></\1>", data, count=1)
    match = re.search(rb"<((?:\w+:)?)%b((?:\s[^>]*)?)>(.*?)</(?:\w+:)?%b>" % (name, name), data, re.S)
    assert match is not None
    prefix = match[1]
    count = re.search(rb'count="(\d+)"', match[2])
    attributes = match[2]
    if count:
        attributes = attributes.replace(count[0], b'count="%d"' % (int(count[1]) + len(items)))
    body = match[3] + b"".join(
        _prefixed(item, prefix) if not item.startswith(b"<" + prefix) else item for item in items
    )
    return b"%b<%b%b%b>%b</%b%b>%b" % (
        data[: match.start()],
        prefix,
        name,
        attributes,
        body,
        prefix,
        name,
        data[match.end() :],
    )


def _prefixed(xml: bytes, prefix: bytes) -> bytes:
    return re.sub(rb"<(/?)(?=\w)", rb"<\1" + prefix, xml) if prefix else xml


def _set(element: bytes, name: bytes, value: bytes) -> bytes:
    """The element with an attribute of its start tag set."""
    end = re.match(rb"<(?:[^>\s/]++|\s++(?!/?>)|/(?!>))*+", element)
    assert end is not None
    start = re.sub(rb'\s%b="[^"]*"' % name, b"", end[0])
    return start + b' %b="%b"' % (name, value) + element[end.end() :]
