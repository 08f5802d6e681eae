"""Templates of odd constructions, by name."""

from tests.support.words import cell, document, paragraph, row, run, table

CONTEXT = {
    "xs": [{"n": "甲&", "v": 1}, {"n": "<乙>", "v": 2}],
    "a": "A&B<c>",
    "t": True,
    "f": False,
    "e": [],
    "n": 5,
    "d": {"k": "v"},
}
PAGE = '<w:r><w:br w:type="page"/></w:r>'
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
FOOTNOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
ENDNOTE = '<w:r><w:endnoteReference w:id="2"/></w:r>'
COMMENTED = (
    '<w:commentRangeStart w:id="0"/><w:r><w:t>文</w:t></w:r><w:commentRangeEnd w:id="0"/>'
    '<w:r><w:commentReference w:id="0"/></w:r>'
)
NOTES = {
    "footnotes": {"footnotes": '<w:footnote w:id="2"><w:p><w:r><w:t>注{{ a }}</w:t></w:r></w:p></w:footnote>'},
    "endnotes": {"endnotes": '<w:endnote w:id="2"><w:p><w:r><w:t>尾{{ x.n }}</w:t></w:r></w:p></w:endnote>'},
    "comments": {"comments": '<w:comment w:id="0" w:author="a"><w:p><w:r><w:t>批{{ a }}</w:t></w:r></w:p></w:comment>'},
}


def para(*pieces: str, properties: str = "") -> str:
    """A paragraph of texts, as an author types them, and of XML."""
    typed = (one.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for one in pieces)
    made = [own if own.startswith("<w:") else text for own, text in zip(pieces, typed, strict=True)]
    return paragraph(*made, properties=properties)


def field(code: str, shown: str = "1") -> str:
    """A field of runs."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"{mark.format('begin')}{instruction}{mark.format('separate')}{run(shown)}{mark.format('end')}"


def marked(name: str, number: int, inner: str) -> str:
    """A bookmark around content."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'


def control(inner: str) -> str:
    """A content control."""
    return f'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def twin_boxes(inner: str) -> str:
    """A run with a text box that stands twice, for new programs and for old ones."""
    return (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:drawing>'
        '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="1000000" cy="500000"/><wp:docPr id="7" name="box"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:cNvSpPr txBox="1"/>'
        f"<wps:spPr/><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        f"</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback>{shape(inner)}</mc:Fallback></mc:AlternateContent>"
        "</w:r>"
    )


def shape(inner: str) -> str:
    """A text box of VML, with the type of its shape."""
    return (
        '<w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shapetype id="_x0000_t202"/>'
        '<v:shape id="s1" type="#_x0000_t202"><v:textbox>'
        f"<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )


OBJECT = (
    '<w:r><w:object w:dxaOrig="1" w:dyaOrig="1"><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="_x0000_i1025"'
    ' style="width:1pt"/><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="Package"'
    ' ShapeID="_x0000_i1025" DrawAspect="Icon" ObjectID="_1"/></w:object></w:r>'
)
SMART = '<w:smartTag w:uri="u" w:element="date">{}</w:smartTag>'
BEGIN, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
PROPERTIES = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="5"/></w:numPr>'
LOOP, CLOSE = para("{%p for x in xs %}"), para("{%p endfor %}")

# what it is of -> the template, and the texts of its paragraphs or what it is refused for
PROBES = {
    "for+break": (
        document(para("{%p for x in xs %}", PAGE), para("{{ x.n }}"), para("{%p endfor %}", PAGE)),
        ["\n", "甲&", "\n", "<乙>", "\n"],
    ),
    "if+sect": (document(para("{%p if f %}", properties=SECTION), para("x"), para("{%p endif %}"), para("z")), ["z"]),
    "if+sect2": (
        document(para("a"), para("{%p if t %}"), para("x"), para("{%p endif %}", properties=SECTION), para("z")),
        ["a", "x", "", "z"],
    ),
    "sect in loop": (
        document(para("{%p for x in xs %}"), para("{{ x.n }}", properties=SECTION), para("{%p endfor %}")),
        ["甲&", "<乙>"],
    ),
    "colbreak": (
        document(
            para("{%p for x in xs %}", '<w:r><w:br w:type="column"/></w:r>'), para("{{ x.n }}"), para("{%p endfor %}")
        ),
        ["\n", "甲&", "\n", "<乙>"],
    ),
    "tr bookmark": (
        document(
            table(
                row(cell(para("{%tr for x in xs %}", marked("b1", 3, run("")))), ""),
                row("{{ x.n }}", "{{ x.v }}"),
                row("{%tr endfor %}", ""),
                columns=2,
            )
        ),
        ["甲&", "1", "<乙>", "2"],
    ),
    "dash p": (document(para("a"), para("{%- if t %}b{% endif -%}"), para("c")), ["abc"]),
    "dash mid": (document(para("a {%- if t -%} b {%- endif -%} c")), ["abc"]),
    "dash var": (document(para("a {{- n -}} c"), para("d")), ["a5c", "d"]),
    "dash field": (document(para("a ", field("PAGE"), " {%- if t %}x{% endif %}")), [("word-dash-eats", "正文 第1段")]),
    "dash tbl": (
        document(table(row("a"), columns=1), para("{%- if t %}x{% endif %}")),
        [("word-dash-eats", "正文 第1段")],
    ),
    "dash tr": (
        document(table(row("{%tr for x in xs -%}"), row("{{ x.n }}"), row("{%tr endfor %}"), columns=1)),
        ["甲&", "<乙>"],
    ),
    "filter para": (document(para("{% filter upper %}ab{{ a }}{% endfilter %}")), ["ABA&B<C>"]),
    "filter across": (
        document(
            para("{%p filter upper %}"), para("ab{{ a }}"), table(row("cd{{ a }}"), columns=1), para("{%p endfilter %}")
        ),
        ["ABA&B<C>", "CDA&B<C>"],
    ),
    "macro p": (
        document(para("{%p macro m(x) %}"), para("{{ x }}"), para("{%p endmacro %}"), para("{{p m(a) }}")),
        ["A&B<c>"],
    ),
    "set block p": (
        document(para("{%p set s %}"), para("{{ a }}"), para("{%p endset %}"), para("{{p s }}")),
        ["A&B<c>"],
    ),
    "exc if": (document(para("{% if n.x.y %}a{% endif %}")), [("template-undefined-item", "正文 第1段")]),
    "exc for": (document(para("{% for q in n %}a{% endfor %}")), [("template-not-a-list", "正文 第1段")]),
    "exc elif": (document(para("{% if f %}{% elif 1/0 %}b{% endif %}")), [("template-failed", "正文 第1段")]),
    "exc set": (document(para("{% set q = 1/0 %}")), [("template-failed", "正文 第1段")]),
    "exc with": (document(para("{% with q = nix.y %}{{ q }}{% endwith %}")), [("template-undefined", "正文 第1段")]),
    "exc do": (document(para("{% do xs.append(1) %}")), [("template-unsafe", "正文 第1段")]),
    "exc call": (
        document(para("{% macro m() %}{{ caller() }}{{ 1/0 }}{% endmacro %}{% call m() %}x{% endcall %}")),
        [("template-failed", "正文 第1段")],
    ),
    "exc filter": (document(para("{% filter replace(1) %}a{% endfilter %}")), [("template-failed", "正文 第1段")]),
    "exc vm": (
        document(table(row("{%tr for x in xs %}"), row("{% vm x.q.z %}{{ x.n }}"), row("{%tr endfor %}"), columns=1)),
        [("template-undefined-item", "表1 第2行 第1列")],
    ),
    "exc cellbg": (document(table(row("{% cellbg nix %}a"), columns=1)), [("template-undefined", "表1 第1行 第1列")]),
    "exc recursive": (
        document(para("{% for x in xs recursive %}{{ x.n }}{{ loop(n) }}{% endfor %}")),
        [("template-failed", "正文 第1段")],
    ),
    "exc test": (document(para("{{ n is divisibleby 0 }}")), [("template-failed", "正文 第1段")]),
    "field in tag": (
        document(para("<w:r><w:t>{{ a</w:t></w:r>", field("PAGE"), "<w:r><w:t> }}</w:t></w:r>")),
        [("word-field-in-tag", "正文 第1段")],
    ),
    "tag in fld": (document(para(field('HYPERLINK "http://x.y/{{ n }}"', "k"))), ["k"]),
    "mergefield": (document(para(field("MERGEFIELD {{ n }}", "«{{ a }}»"))), ["«A&B<c>»"]),
    "if field": (document(para(field('IF {{ n }} = 5 "{{ a }}" "no"', "x"))), ["x"]),
    "bm across": (
        document(
            para("{%p for x in xs %}"),
            para('<w:bookmarkStart w:id="3" w:name="bb"/>', "{{ x.n }}"),
            para("y", '<w:bookmarkEnd w:id="3"/>'),
            para(field("REF bb \\h", "?")),
            para("{%p endfor %}"),
        ),
        ["甲&", "y", "?", "<乙>", "y", "?"],
    ),
    "bm around loop": (
        document(
            para('<w:bookmarkStart w:id="3" w:name="bb"/>', "s"),
            para("{%p for x in xs %}"),
            para("{{ x.n }}"),
            para("{%p endfor %}"),
            para("e", '<w:bookmarkEnd w:id="3"/>'),
        ),
        ["s", "甲&", "<乙>", "e"],
    ),
    "fn if": (document(para("q{% if f %}", FOOTNOTE, "{% endif %}"), parts=NOTES["footnotes"]), ["q"]),
    "fn loop": (
        document(para("{%p for x in xs %}"), para("q", FOOTNOTE), para("{%p endfor %}"), parts=NOTES["footnotes"]),
        ["q", "q"],
    ),
    "en loop": (
        document(para("{%p for x in xs %}"), para("q", ENDNOTE), para("{%p endfor %}"), parts=NOTES["endnotes"]),
        ["q", "q"],
    ),
    "cm if": (
        document(para("{%p if f %}"), para(COMMENTED), para("{%p endif %}"), para("z"), parts=NOTES["comments"]),
        ["z"],
    ),
    "cm loop": (
        document(para("{%p for x in xs %}"), para(COMMENTED), para("{%p endfor %}"), parts=NOTES["comments"]),
        ["文", "文"],
    ),
    "cm half": (
        document(
            para("{%p if f %}"),
            para('<w:commentRangeStart w:id="0"/>', "a"),
            para("{%p endif %}"),
            para("b", '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'),
            parts=NOTES["comments"],
        ),
        ["b"],
    ),
    "sdt p": (document(para("{%p for x in xs %}"), control(para("{{ x.n }}")), para("{%p endfor %}")), ["甲&", "<乙>"]),
    "sdt for in": (
        document(control(para("{%p for x in xs %}") + para("{{ x.n }}") + para("{%p endfor %}"))),
        ["甲&", "<乙>"],
    ),
    "sdt row": (
        document(
            table(
                "<w:sdt><w:sdtPr/><w:sdtContent>"
                + row("{%tr for x in xs %}")
                + row("{{ x.n }}")
                + row("{%tr endfor %}")
                + "</w:sdtContent></w:sdt>",
                columns=1,
            )
        ),
        ["甲&", "<乙>"],
    ),
    "sdt across": (
        document(para("{%p for x in xs %}"), control(para("{{ x.n }}") + para("{%p endfor %}"))),
        [("word-unbalanced", "正文 第1段")],
    ),
    "tbl none": (document(table(row("{%tr for x in e %}"), row("{{ x }}"), row("{%tr endfor %}"), columns=1)), []),
    "cell none": (document(table(row("{%p if f %}x{%p endif %}", "b"), columns=2)), ["", "b"]),
    "cell none2": (
        document(table(row(cell(para("{%p if f %}") + para("x") + para("{%p endif %}")), "b"), columns=2)),
        ["", "b"],
    ),
    "nested": (
        document(
            table(
                row("{%tr for x in xs %}"),
                row(
                    cell(
                        table(row("{%tr for y in xs %}"), row("{{ y.n }}{{ x.v }}"), row("{%tr endfor %}"), columns=1)
                        + para("")
                    )
                ),
                row("{%tr endfor %}"),
                columns=1,
            )
        ),
        ["甲&1", "<乙>1", "", "甲&2", "<乙>2", ""],
    ),
    "tc": (
        document(table(row("{%tc for x in xs %}", "{{ x.n }}", "{%tc endfor %}"), row("s", "t", "u"), columns=3)),
        ["甲&", "<乙>", "s", "t", "u"],
    ),
    "drawing host": (
        document(
            para(
                "{%p if t %}",
                "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>{{ a }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
            ),
            para("x"),
            para("{%p endif %}"),
        ),
        ["", "A&B<c>", "x"],
    ),
    "hyper": (
        document(
            para('<w:hyperlink r:id="rIdL"><w:r><w:t>{{ a }}</w:t></w:r></w:hyperlink>'),
            links={"rIdL": ("hyperlink", "http://x.y/{{ a }}")},
        ),
        ["A&B<c>"],
    ),
    "ins": (
        document(
            para('<w:ins w:id="1" w:author="a" w:date="2020-01-01T00:00:00Z"><w:r><w:t>{{ a }}</w:t></w:r></w:ins>')
        ),
        ["A&B<c>"],
    ),
    "del": (
        document(
            para(
                '<w:del w:id="1" w:author="a" w:date="2020-01-01T00:00:00Z"><w:r><w:delText>{{ nix }}</w:delText></w:r></w:del>',
                "k{{ n }}",
            )
        ),
        ["k5"],
    ),
    "smart": (
        document(para('<w:smartTag w:uri="u" w:element="e"><w:r><w:t>{{ a }}</w:t></w:r></w:smartTag>')),
        ["A&B<c>"],
    ),
    "ruby": (
        document(
            para(
                "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>{{ n }}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>{{ a }}</w:t></w:r></w:rubyBase></w:ruby></w:r>"
            )
        ),
        ["5A&B<c>"],
    ),
    "md filter block": (document(para("{% filter markdown %}**x**{{ a }}{% endfilter %}")), ["xA&B<c>"]),
    "fn filter": (document(para('{{ a|footnote("q")|upper }}')), ["A&B<C>（Q）"]),
    "fn join": (document(para('{{ [a|footnote("q"), 1]|join(",") }}')), ["A&B<c>（q）,1"]),
    "fn concat": (document(para('{{ a|footnote("q") ~ "x" }}')), ["A&B<c>（q）x"]),
    "fn md": (document(para('{{ a|footnote("**q**"|markdown) }}')), ["A&B<c>"]),
    "md fn": (document(para('{{ ("**b**"|markdown)|footnote("q") }}')), ["b"]),
    "md ~": (document(para('x{{ "**b**"|markdown ~ "y" }}')), ["xby"]),
    "raw": (document(para("{% raw %}{{ x }}{% endraw %}{{ n }}")), ["{{ x }}5"]),
    "boxes in a loop": (
        document(LOOP, para(twin_boxes(para("{{ x.n }}"))), CLOSE),
        ["", "甲&", "甲&", "", "<乙>", "<乙>"],
    ),
    "box with a loop": (
        document(para(twin_boxes(LOOP + para("{{ x.n }}") + CLOSE))),
        ["", "甲&", "<乙>", "甲&", "<乙>"],
    ),
    "box whose paragraph a tag replaces": (
        document(para(twin_boxes(para('{{p "**b**"|markdown }}')))),
        ["", "b", "b"],
    ),
    "old box in a loop": (
        document(LOOP, para(f"<w:r>{shape(para('{{ x.n }}'))}</w:r>"), CLOSE),
        ["", "甲&", "", "<乙>"],
    ),
    "object in a loop": (document(LOOP, para(OBJECT, "{{ x.n }}"), CLOSE), ["甲&", "<乙>"]),
    "loop from a smart tag": (
        document(para(SMART.format(run("{% for x in xs %}")), "{{ x.n }}{% endfor %}")),
        ["甲&<乙>"],
    ),
    "half a field in a condition": (
        document(para("{%p if f %}"), para(BEGIN, run("1")), para("{%p endif %}"), para("b", END)),
        [("word-half-field", "正文 第1段")],
    ),
    "half a field in a branch": (
        document(para("{% if t %}", BEGIN, "{% else %}", END, "{% endif %}")),
        [("word-half-field", "正文 第1段")],
    ),
    "field around a condition": (document(para(BEGIN, "{% if f %}x{% endif %}", END, "b")), ["b"]),
    "hm in rows": (
        document(
            table(row("{%tr for x in xs %}", ""), row("{% hm %}{{ x.n }}", "b"), row("{%tr endfor %}", ""), columns=2)
        ),
        [("word-merge-needs-columns", "表1 第2行 第1列")],
    ),
    "hm in columns": (
        document(table(row("{%tc for x in xs %}", "{% hm %}共", "{%tc endfor %}"), columns=3)),
        ["共"],
    ),
    "batches of columns": (
        document(
            table(
                row("{%tr for line in [1, 2, 3]|batch(2, 0) %}", "", ""),
                row("{%tc for c in line %}", "{{ c }}", "{%tc endfor %}"),
                row("{%tr endfor %}", "", ""),
                columns=3,
            )
        ),
        ["1", "2", "3", "0"],
    ),
    "loop of rows with else": (
        document(
            table(row("{%tr for x in e %}"), row("x"), row("{%tr else %}"), row("无"), row("{%tr endfor %}"), columns=1)
        ),
        ["无"],
    ),
    "lists in lists": (
        document(
            LOOP,
            para("{{ x.n }}", properties=PROPERTIES.format(0)),
            para("{%p for y in [1, 2] %}"),
            para("{{ y }}", properties=PROPERTIES.format(1)),
            CLOSE,
            CLOSE,
        ),
        ["甲&", "1", "2", "<乙>", "1", "2"],
    ),
    "condition over a paragraph's end": (document(para("x{% if f %}a"), para("b{% endif %}c")), ["xc"]),
    "set in hidden text": (
        document(para("<w:r><w:rPr><w:vanish/></w:rPr><w:t>{% set q = 7 %}</w:t></w:r>", "{{ q }}")),
        ["7"],
    ),
    "autoescape": (document(para("{% autoescape false %}{{ a }}{% endautoescape %}")), ["A&B<c>"]),
    "safe": (document(para("{{ a|safe }}")), [("template-failed", "正文 第1段")]),
    "namespace": (
        document(
            para("{% set ns = namespace(x=1) %}{% for q in xs %}{% set ns.x = ns.x + q.v %}{% endfor %}{{ ns.x }}")
        ),
        ["4"],
    ),
}
