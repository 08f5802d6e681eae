"""Document properties with tags: title, author, custom ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment, nodes
from lxml import etree

from generator.diagnostics import Diagnostic
from generator.diagnostics.places import in_document
from generator.excel.compile.program import FUNCTIONS, Call, Calls, SheetOutput, planned
from generator.excel.compile.tagged_texts import TagReader
from generator.excel.read.sheet_xml import Run
from generator.excel.run.cell_values import storable, text_of
from generator.kept.light_classes import dataclass
from generator.ooxml.package import Package, parse_xml
from generator.template.budget import Budget
from generator.template.faults import PlacedTag
from generator.template.jinja_program import Program, compile_program
from generator.template.tags import has_tags

_PARTS = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")


@dataclass(frozen=True, slots=True)
class Properties:
    """The properties with tags, compiled; `places` are their tags by line."""

    program: Program
    tree: nodes.Template | None  # None where it was kept by another process
    places: tuple[PlacedTag, ...]


def compile_properties(package: Package, environment: Environment, findings: list[Diagnostic]) -> Properties | None:
    """Compile the properties of a workbook with the environment of its sheets; None if none holds a tag."""
    reader = TagReader(environment, findings)
    body: list[nodes.Node] = []
    for part in _PARTS:
        for number, element in _texts(package, part):
            text = element.text or ""
            if not has_tags(text):
                continue
            location = in_document(_anchor(element))
            content = reader.content(location, [Run(b"", text)])
            pieces = [content.alone] if content.alone is not None else content.pieces
            body += content.before
            body.append(planned(Calls([Call("side", (part, number, *pieces), content.place)]), content.place))
    if not body or findings:
        return None
    tree = nodes.Template(body, lineno=1)
    tree.set_environment(reader.environment)
    return Properties(compile_program(reader.environment, tree), tree, tuple(reader.places))


def property_texts(package: Package) -> Iterator[tuple[str, dict[str, str]]]:
    """The texts of properties that have a brace, and where they stand."""
    for part in _PARTS:
        yield from ((element.text or "", _anchor(element)) for _, element in _texts(package, part))


def _anchor(element: etree._Element) -> dict[str, str]:
    parent = element.getparent()
    own = parent.get("name") if parent is not None else None
    return {"part": "property", "name": own or element.tag.rpartition("}")[2]}


def _texts(package: Package, part: str) -> list[tuple[int, etree._Element]]:
    if part not in package or not any(mark in package.read(part) for mark in (b"{", b"}", "｛".encode())):
        return []
    return [
        (number, element) for number, element in enumerate(package.xml(part).iter()) if isinstance(element.tag, str)
    ]


def property_output(
    places: Sequence[PlacedTag], printed: dict[tuple[str, int], str] | None = None, *, budget: Budget
) -> SheetOutput:
    """What the program of properties writes through; texts go to `printed` by part and number."""

    def keep(part: str, number: int, *arguments: Any) -> None:
        text = storable("".join(map(text_of, arguments[:-1])), places[arguments[-1] - 1])
        if printed is not None:
            printed[part, number] = text

    functions: dict[str, Callable[..., Any]] = dict.fromkeys(FUNCTIONS, keep)
    return SheetOutput(lambda value, line: b"", lambda value, line: text_of(value), functions=functions, budget=budget)


def print_properties(
    package: Package, properties: Properties, context: Mapping[str, Any], budget: Budget
) -> dict[str, bytes]:
    """The parts with their tags printed.

    Raises:
        Exception: whatever an expression raises.
    """
    printed: dict[tuple[str, int], str] = {}
    for _ in properties.program.chunks(context, property_output(properties.places, printed, budget=budget)):
        pass
    changes: dict[str, bytes] = {}
    for part in dict.fromkeys(part for part, _ in printed):
        root = parse_xml(package.read(part), part=part)
        for number, element in enumerate(root.iter()):
            if (part, number) in printed:
                element.text = printed[part, number]
        changes[part] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return changes
