"""Charts, of documents and workbooks alike."""

from __future__ import annotations

from typing import Any

from lxml import etree

from generator.compare.canonical import NOISE, tree
from generator.kept.light_classes import dataclass
from generator.ooxml.package import local

_CHART_NOISE = NOISE | {"strCache", "numCache", "externalData", "extLst", "userShapes"}


@dataclass(frozen=True, slots=True)
class Series:
    """A series: its name, categories and values as formulas, and the values that the chart keeps of them.

    `label` is the name as the chart keeps it.
    """

    name: str
    categories: str
    values: str
    cached: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: the kinds of its plots, its title, its series, and how it looks."""

    kinds: tuple[str, ...]
    title: str
    series: tuple[Series, ...]
    look: Any


def read_chart(root: etree._Element) -> Chart:
    """Read a chart part (`c:chartSpace`)."""
    plots = [plot for plot in root.iter() if local(plot).endswith("Chart")]
    series = tuple(_series(element) for plot in plots for element in plot if local(element) == "ser")
    charts = (element for element in root if local(element) == "chart")
    titles = (child for chart in charts for child in chart if local(child) == "title")
    title = "".join(t.text or "" for one in titles for t in one.iter() if local(t) in ("t", "v"))
    return Chart(tuple(map(local, plots)), title, series, tree(root, _CHART_NOISE | {"title", "f", "v"}))


def _series(element: etree._Element) -> Series:
    def reference(*names: str) -> str:
        for child in element:
            if local(child) in names:
                formula = next((f.text or "" for f in child.iter() if local(f) == "f"), None)
                if formula is not None and formula.startswith("(") and formula.endswith(")"):
                    formula = formula[1:-1]  # a union of ranges is in brackets or not
                return formula if formula is not None else "、".join(_values(child))
        return ""

    cached = [value for child in element if local(child) in ("val", "yVal", "cat", "xVal") for value in _values(child)]
    label = "、".join(value for child in element if local(child) == "tx" for value in _values(child))
    return Series(reference("tx"), reference("cat", "xVal"), reference("val", "yVal"), tuple(cached), label)


def _values(element: etree._Element) -> list[str]:
    return [v.text or "" for v in element.iter() if local(v) == "v"]
