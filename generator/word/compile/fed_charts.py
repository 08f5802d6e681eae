"""Charts that hold tags, in their workbooks or titles: each takes its data where it is printed, with the names of its loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from jinja2 import Environment, nodes

from generator.diagnostics import Diagnostic, InvalidTemplate, Text
from generator.diagnostics.wording import word_words as words
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, replace
from generator.ooxml.package import Package
from generator.ooxml.relationships import related_part, relationships
from generator.ooxml.wordprocessing import Element, R
from generator.template.paths import Use
from generator.template.tags import has_tags
from generator.word.compile.hidden_parts import workbook_tag
from generator.word.compile.tokens import Tokens

_ROOT = lazy(r"[.\[]")
_PARAGRAPH = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"


class ChartData(Protocol):
    """A chart with its workbook, compiled by who knows workbooks."""

    @property
    def names(self) -> frozenset[str]:
        """The names of the context that it uses."""
        ...

    def uses(self) -> list[tuple[Use, Any]]:
        """Every use of a path, with the tag that uses it."""
        ...

    def render(self, values: Mapping[str, Any]) -> tuple[bytes, bytes, bytes | None]:
        """The workbook, the chart and the shapes on it with some values."""
        ...


ChartMaker = Callable[[bytes, bytes, bytes | None, Text], ChartData]  # of a workbook, a chart, its shapes and its place


@dataclass(frozen=True, slots=True)
class FedChart:
    """A chart of the body.

    Args:
        member: its part.
        workbook: the part of its workbook.
        shapes: the part of the shapes drawn on it, where their texts hold tags; "" for none.
        data: what fills it.
    """

    member: str
    workbook: str
    shapes: str
    data: ChartData


def fed_charts(
    package: Package, main: str, maker: ChartMaker | None, found: list[Diagnostic]
) -> tuple[dict[str, FedChart], frozenset[str]]:
    """Relationship of the body -> a chart whose workbook holds tags; and the parts of those and of faulty ones.

    Args:
        package: the template.
        main: its main document.
        maker: compiles charts; None: there is no one who can.
        found: takes what is wrong with their tags.
    """
    charts: dict[str, FedChart] = {}
    parts: set[str] = set()
    number = 0
    for identity, link in relationships(package, main).items():
        member = link.target
        if maker is None or link.external or link.kind != "chart" or member not in package:
            continue
        number += 1
        workbook = related_part(package, member, "package")
        shapes = _tagged_shapes(package, member)
        tagged = workbook and workbook_tag(package, workbook)
        if not tagged and workbook and package.read(workbook).startswith(b"PK"):
            tagged = shapes or _has_tags(package, member)  # within a loop titles and shapes are printed with its names
        if not tagged:
            continue
        parts |= {member, workbook, shapes} - {""}
        try:
            place = words.CHART_DATA.filled(number=number)
            drawn = package.read(shapes) if shapes else None
            data = maker(package.read(workbook), package.read(member), drawn, place)
        except InvalidTemplate as fault:
            found += fault.diagnostics
            continue
        charts[identity] = FedChart(member, workbook, shapes, data)
    return charts, frozenset(parts)


def _has_tags(package: Package, member: str) -> bool:
    return any(has_tags("".join(map(str, paragraph.itertext()))) for paragraph in package.xml(member).iter(_PARAGRAPH))


def _tagged_shapes(package: Package, chart: str) -> str:
    """The part of the shapes on a chart whose texts hold tags, "" for none."""
    member = related_part(package, chart, "chartUserShapes")
    return member if member and _has_tags(package, member) else ""


def mark_charts(tokens: Tokens, root: Element, charts: Mapping[str, FedChart]) -> None:
    """Let each chart of a body be made where it is printed."""
    for element in root.iter(_CHART) if charts else ():
        identity = element.get(f"{R}id", "")
        if identity in charts:
            element.set(f"{R}id", tokens.attribute(f"__chart({identity!r})"))


def bound_names(tree: nodes.Template) -> dict[str, str]:
    """Name that a part sets -> the path that it loops over, "" for another."""
    bound = {name.name: "" for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    for loop in tree.find_all(nodes.For):
        if isinstance(loop.target, nodes.Name) and (path := _path(loop.iter)):
            bound[loop.target.name] = f"{path}[]"
    return bound


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    inner = _path(node.node) if isinstance(node, nodes.Getattr) else ""
    return f"{inner}.{node.attr}" if inner and isinstance(node, nodes.Getattr) else ""


def chart_uses(chart: FedChart, bound: Mapping[str, str]) -> Iterator[tuple[Use, Any]]:
    """Every use of a path of the context in a chart, through the loops that it stands in, with the tag that uses it."""
    for use, placed in chart.data.uses():
        path = use.path
        for _ in range(len(bound) + 1):
            root = _ROOT.split(path, maxsplit=1)[0]
            if root not in bound:
                yield replace(use, path=path), placed
                break
            if not bound[root]:
                break
            path = bound[root] + path[len(root) :]


def hand_names(tree: nodes.Template, environment: Environment, charts: Mapping[str, FedChart]) -> None:
    """Give each chart the names that it uses, those of loops with them."""
    for call in tree.find_all(nodes.Call) if charts else ():
        if not isinstance(call.node, nodes.Name) or call.node.name != "__chart":
            continue
        (identity,) = call.args
        assert isinstance(identity, nodes.Const)
        names = sorted(charts[identity.value].data.names)
        values = nodes.Dict([nodes.Pair(nodes.Const(name), nodes.Name(name, "load")) for name in names])
        values.set_environment(environment)
        values.set_lineno(call.lineno, override=True)
        call.args.append(values)
