"""Equations as values: LaTeX or MathML becomes an equation that Word edits (ECMA-376 part 1 §22.1, Office Math).

`{{ 公式|latex }}` prints a text that is LaTeX; `template.equation(latex=…)` and `template.equation(mathml=…)` make values. The
extra `equations` reads LaTeX and converts it; what it would let pass half-read is refused.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Undefined

from generator.figures import Blank, check_printable
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_SIZE = lazy(r"<w:(?:color|sz|szCs) [^<>]*/>")
_TEXT = lazy("<m:t(?=[ >/])")


@dataclass(frozen=True)
class Equation:
    """An equation that a Word template prints.

    Args:
        source: LaTeX or MathML, as it was given.
        omml: it as Office Math, an `m:oMath` element.
        display: whether it stands on a line of its own; None: if its tag is alone in its paragraph.
    """

    source: str
    omml: str
    display: bool | None = None

    def __str__(self) -> str:
        return self.source

    def xml(self, run: str, *, alone: bool) -> str:
        """The equation at its place.

        Args:
            run: the properties of the run where its tag stands, whose size and colour it takes.
            alone: whether the tag is all that its paragraph holds.
        """
        look = "".join(_SIZE.findall(run))
        words = f'<w:rPr><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/>{look}</w:rPr>'
        content = _TEXT.sub(f"{words}<m:t", self.omml) if look else self.omml
        shown = alone if self.display is None else self.display and alone
        return f'<m:oMathPara xmlns:m="{MATH}">{content}</m:oMathPara>' if shown else content


def equation(latex: str | None = None, *, mathml: str | None = None, display: bool | None = None) -> Equation:
    """An equation as a value of a context.

    Args:
        latex: the equation in LaTeX, with or without `$…$`.
        mathml: the same as MathML; one of the two.
        display: whether it stands on a line of its own, where its tag is alone in its paragraph.

    Raises:
        InvalidTemplate: it is no equation, or the extra is not installed.
    """
    if (latex is None) == (mathml is None):
        raise TypeError("equation() takes either latex or mathml")
    from generator.word.run.office_math import bare, from_latex, office_math  # read with the first equation

    source = latex if latex is not None else mathml or ""
    if latex is not None:
        latex, own = bare(latex.strip())
        display = own if display is None else display
        mathml = from_latex(latex)
    return Equation(source, office_math(mathml or "", source), display)


def latex(value: Any, display: bool | None = None) -> Any:
    """The filter `latex`: a text as an equation, a blank as it is."""
    if value is None or isinstance(value, Blank | Undefined | Equation):
        return value
    check_printable(value)
    text = str(value).strip()
    return equation(text, display=display) if text else ""
