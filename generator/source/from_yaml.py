"""YAML: values with their places, and every finding about its syntax."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.source.by_lines import read_by_lines
from generator.source.nodes import Node, Source


def read_yaml(page: Source) -> tuple[Node | None, list[Diagnostic]]:
    """Values and findings of a YAML text: plain ones are read line by line, any other, and any with a finding, by libyaml.

    Args:
        page: name and text of the file.
    """
    root = read_by_lines(page.text)
    if root is not None:
        return root, []
    from generator.source.yaml_events import read_by_events  # libyaml is imported by those alone who need it

    return read_by_events(page)
