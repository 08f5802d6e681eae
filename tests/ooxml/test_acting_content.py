"""What acts in a document: formulas that fetch, links that run, attributes that call; and what only looks so."""

import pytest

from generator.diagnostics import InvalidDocument
from generator.ooxml.acting_attributes import acting_attributes
from generator.ooxml.acting_formulas import formula_fetches, formula_link, formulas_of, names_another_workbook
from generator.ooxml.links import is_safe, scheme_of


@pytest.mark.parametrize(
    ("formula", "fetches"),
    [
        ('WEBSERVICE("http://a")', "WEBSERVICE("),
        ("1+webservice (A1)", "webservice ("),
        ("MAP(A1:A2,_xleta.WEBSERVICE)", "_xleta.WEBSERVICE"),
        ("cmd|'/c calc'!A0", "cmd|'"),
        ('"WEBSERVICE("&A1', ""),  # a text does nothing
        ("MYCALL(1)", ""),
        ("SUM(A1:A3)", ""),
    ],
)
def it_finds_a_formula_that_fetches_or_runs(formula, fetches):
    assert formula_fetches(formula) == fetches


def it_reads_formulas_wherever_they_stand_in_a_part():
    plain = b'<a><f>A1&gt;1</f><x:formula1 xmlns:x="x">B1</x:formula1><v>C1</v></a>'
    assert [*formulas_of(plain)] == ["A1>1", "B1"]
    assert [*formulas_of(b"<a><f>CA<!-- -->LL(1)</f></a>")] == ["CALL(1)"]
    with pytest.raises(InvalidDocument):
        [*formulas_of(b"<a><!-- --><f>")]


def it_reads_the_link_and_the_workbook_that_a_formula_names():
    assert formula_link('IF(A1,hyperlink("file:///a""b"))') == 'file:///a"b'
    assert formula_link("HYPERLINK(A1)") == formula_link('LINK("a")') == ""
    assert names_another_workbook(r"'C:\a\[b.xlsx]表'!A1")
    assert names_another_workbook("[b.xlsx]表!A1")
    assert not names_another_workbook("表1[[#All],[列]]")


@pytest.mark.parametrize(
    ("target", "scheme"),
    [
        ("https://a.cn", "https"),
        ("java\tscript:alert(1)", None),
        ("\u200bjavascript:x", None),
        ("data:text/html,x", None),
        ("file:///etc", "file"),
        (r"\\host\share", "file"),
        ("C:/a", "file"),
        ("a.cn:8080/x", ""),
        ("localhost:80", ""),
        ("javascript:1/x", None),
        ("#正文", ""),
    ],
)
def it_tells_a_links_scheme(target, scheme):
    assert scheme_of(target) == scheme
    assert is_safe(target) == (scheme is not None and scheme != "file")


@pytest.mark.parametrize(
    ("part", "found"),
    [
        (b'<a macro="Book!Run"/>', [("macro", "Book!Run")]),
        (b'<a macro="[0]!Run"/>', [("macro-call", "[0]!Run")]),
        (b'<a macro=""/>', []),
        (b'<docVar macro="x"/>', []),
        (b'<a><definedName name="Auto_Open">A1</definedName></a>', [("macro", "Auto_Open")]),
        (b'<a><definedName name="auto">A1</definedName></a>', []),
        (b'<a><webPublishItem destinationFile="x.htm"/></a>', [("external", "x.htm")]),
        (b'<v:fill xmlns:v="urn:schemas-microsoft-com:vml" src="http://a/b.png"/>', [("external", "http://a/b.png")]),
        (b'<v:rect xmlns:v="urn:schemas-microsoft-com:vml" href="file:///c"/>', [("file-link", "file:///c")]),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="a()"/>', [("script-link", "onload=a()")]),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://a"/></svg>', [("external", "http://a")]),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>', []),
        (b'<v:fill vml src="http://a" ', [("external", "http://a")]),  # no XML: searched
    ],
)
def it_finds_attributes_that_act(part, found):
    assert [*acting_attributes(part)] == found
