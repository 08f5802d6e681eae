"""Footnotes, endnotes and comments go with their references, and references follow their bookmarks."""

import pytest

from generator.word import WordTemplate
from tests.support import ooxml, words
from tests.support.authoring import printed, refused
from tests.support.words import W, document, paragraph, run


def reference(identity: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{identity}"/></w:r>'


def note(identity: int, text: str, kind: str = "footnote") -> str:
    author = ' w:author="某"' if kind == "comment" else ""
    return f'<w:{kind} w:id="{identity}"{author}>{paragraph(text)}</w:{kind}>'


def template(*blocks: str, kind: str = "footnote", notes: str = "") -> bytes:
    return document(*blocks, parts={f"{kind}s": notes})


def notes_of(content: bytes, kind: str = "footnote") -> dict[str, str]:
    """Id of each note -> its text; of those that are referred to, in the order of the references."""
    root = words.root(content, f"word/{kind}s.xml")
    found = {one.get(f"{W}id", ""): "".join(node.text or "" for node in one.iter(f"{W}t")) for one in root}
    references = [one.get(f"{W}id") for one in words.root(content).iter(f"{W}{kind}Reference")]
    assert len(set(references)) == len(references)
    assert set(references) <= set(found)
    return {str(identity): found[str(identity)] for identity in references} | {
        identity: text for identity, text in found.items() if identity not in references and text
    }


def loop(*blocks: str) -> tuple[str, ...]:
    return (paragraph("{%p for x in xs %}"), *blocks, paragraph("{%p endfor %}"))


def it_drops_a_note_whose_reference_is_gone():
    content = printed("footnote_removed")
    assert notes_of(content) == {"1": "NOTE-one", "3": "NOTE-three"}
    assert list(notes_of(printed("footnote_removed", no=True, n=1)).values()) == ["NOTE-one", "NOTE-two", "NOTE-three"]


@pytest.mark.parametrize("kind", ["footnote", "endnote", "comment"])
def it_gives_each_turn_of_a_loop_its_own_note(kind):
    made = template(
        *loop(f"<w:p>{run('项{{ x }}')}{reference(2, kind)}</w:p>"), kind=kind, notes=note(2, "注{{ x }}&lt;", kind)
    )
    for xs in ([], ["甲"], ["甲", "乙&", "丙"]):
        content = WordTemplate(made).render({"xs": xs})
        assert list(notes_of(content, kind).values()) == [f"注{x}<" for x in xs]
        assert not ooxml.new_findings(made, content)


def it_gives_a_comment_in_a_loop_a_range_of_its_own():
    marks = '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/>'
    block = f"<w:p>{marks.format(run('{{ x }}'))}{reference(0, 'comment')}</w:p>"
    made = template(*loop(block), kind="comment", notes=note(0, "核对", "comment"))
    content = WordTemplate(made).render({"xs": [1, 2]})
    body = words.root(content)
    ids = [
        [one.get(f"{W}id") for one in body.iter(f"{W}{name}")]
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
    ]
    assert ids[0] == ids[1] == ids[2]
    assert list(notes_of(content, "comment").values()) == ["核对", "核对"]


def it_prints_notes_with_tags_outside_of_loops_too():
    made = template(
        f"<w:p>{run('甲')}{reference(2)}</w:p>",
        paragraph("{{ a }}"),
        notes=note(2, "注{{ a }}") + note(3, "无主{{ a }}"),
    )
    assert notes_of(WordTemplate(made).render({"a": 1})) == {"2": "注1", "3": "无主1"}
    alone = template(f"<w:p>{run('甲')}{reference(2)}</w:p>", notes=note(2, "注{{ a }}"))
    assert notes_of(WordTemplate(alone).render({"a": 1})) == {"2": "注1"}
    assert WordTemplate(made).variables() == {"a"}


def it_tells_the_place_of_a_fault_in_a_note():
    made = template(*loop(f"<w:p>{run('项')}{reference(2)}</w:p>"), notes=note(2, "注{{ x.缺 }}"))
    assert refused(made, {"xs": [{"有": 1}]}) == [("template-undefined-item", "脚注1 第1段")]


def it_lets_references_follow_the_bookmarks_of_their_turn():
    body = words.root(printed("ref_in_loop"))
    names = [one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart")]
    codes = [(one.text or "").split()[1] for one in body.iter(f"{W}instrText")]
    anchors = [one.get(f"{W}anchor") for one in body.iter(f"{W}hyperlink")]
    assert names == anchors == codes[0::2] == codes[1::2]


MARK = f'<w:p><w:bookmarkStart w:id="1" w:name="_Ref1"/>{run("图{{ x }}")}<w:bookmarkEnd w:id="1"/></w:p>'


def field(*codes: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    inner = "".join(f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>' for code in codes)
    return f"<w:p>{mark.format('begin')}{inner}{mark.format('separate')}{run('1')}{mark.format('end')}</w:p>"


def codes(*blocks: str) -> list[str]:
    content = WordTemplate(document(*blocks)).render({"xs": [1, 2]})
    body = words.root(content)
    simple = [one.get(f"{W}instr", "") for one in body.iter(f"{W}fldSimple")]
    return [code for code in (one.text for one in body.iter(f"{W}instrText")) if code] + simple


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (field(" REF _Ref1 \\h "), [" REF _Ref1 \\h ", " REF _Ref1_2 \\h "]),
        (field(" PAGE", "REF _R", "ef1 \\h "), [" PAGEREF _Ref1 \\h ", " PAGEREF _Ref1_2 \\h "]),
        (field(" NOTEREF _Ref1 "), [" NOTEREF _Ref1 ", " NOTEREF _Ref1_2 "]),
        (field(' HYPERLINK \\l "_Ref1" '), [' HYPERLINK \\l "_Ref1" ', ' HYPERLINK \\l "_Ref1_2" ']),
        (field(" REF _Other "), [" REF _Other ", " REF _Other "]),
        (f'<w:p><w:fldSimple w:instr=" REF _Ref1 ">{run("x")}</w:fldSimple></w:p>', [" REF _Ref1 ", " REF _Ref1_2 "]),
    ],
)
def it_follows_each_kind_of_reference(block, expected):
    assert codes(*loop(MARK, block)) == expected
    assert codes(*loop(block, MARK)) == expected  # the bookmark of this turn is still to come


def it_leaves_references_to_what_stands_elsewhere():
    assert codes(*loop(field(" REF _Ref1 ")), MARK.replace("{{ x }}", "")) == [" REF _Ref1 "] * 2
    assert codes(*loop(MARK), field(" REF _Ref1 ")) == [" REF _Ref1 "]
    assert codes(*loop(MARK), *loop(field(" REF _Ref1 "))) == [" REF _Ref1 "] * 2
