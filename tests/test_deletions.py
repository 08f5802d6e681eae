"""Every single value of the five samples taken away in turn: told, or no sentence is broken by it.

A sentence is broken where two punctuation marks meet, a unit has no number before it, or an emptied line remains.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
import yaml

from generator.documents.produce import render_documents
from generator.report.examine import examine
from generator.standard import load_standard

ROOT = Path(__file__).parent.parent
DATA = sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))
_BROKEN = re.compile(
    r"[，、；：][，。；、]|。[，。；、]|（）|“”|(?<![\d.%）余多几数万亿两一二三四五六七八九十百千个])(?:万元|亿元)|"
    r"(?:为|是|共|得|计|达|有)(?:人|名|个|分|家|件|万元)[，。；）]"
)


def values(node: yaml.Node, path: str = "") -> Iterator[tuple[list[object], int, str]]:
    """Every single value: the list that holds it, its place there, its path."""
    if isinstance(node, yaml.MappingNode):
        for index, (key, value) in enumerate(node.value):
            inner = f"{path}.{key.value}".lstrip(".")
            if isinstance(value, yaml.ScalarNode):
                yield node.value, index, inner
            else:
                yield from values(value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            if isinstance(value, yaml.ScalarNode):
                yield node.value, index, f"{path}[{index}]"
            else:
                yield from values(value, f"{path}[{index}]")


def breaks(content: bytes) -> set[str]:
    """What is broken in the paragraphs of a Word document."""
    body = docx.Document(io.BytesIO(content)).element.body
    texts = ("".join(node.text or "" for node in paragraph.iter("{*}t")) for paragraph in body.iter("{*}p"))
    return {text[max(0, match.start() - 8) : match.end() + 8] for text in texts for match in _BROKEN.finditer(text)}


@pytest.mark.slow
@pytest.mark.parametrize("name", DATA)
def it_tells_a_value_that_is_taken_away_or_prints_whole_sentences(name: str):
    standard = load_standard(name)
    root = yaml.compose((ROOT / "data" / f"{name}.yaml").read_text("utf-8"))
    assert isinstance(root, yaml.MappingNode)
    own, silent, broken = set(), 0, {}
    places = [(holder, index, path) for holder, index, path in values(root) if path != "标准"]
    assert len(places) > 50
    for position in range(-1, len(places)):
        removed = None
        if position >= 0:
            holder, index, path = places[position]
            removed = holder.pop(index)
        report, found = examine(yaml.serialize(root, allow_unicode=True, width=10**6).encode(), standard)
        if removed is not None:
            holder.insert(index, removed)
        if any(finding.severity != "info" for finding in found):
            assert position >= 0
            continue
        assert report is not None
        documents = render_documents(report)
        if any(document.notes and document.notes[0].code == "printed-blank" for document in documents):
            continue
        gaps = {gap for document in documents if document.name.endswith(".docx") for gap in breaks(document.content)}
        if position < 0:
            own = gaps
            continue
        silent += 1
        if gaps - own:
            broken[path] = gaps - own
    assert broken == {}
    assert silent < len(places) / 2
