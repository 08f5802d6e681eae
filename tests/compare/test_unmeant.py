"""What means nothing is no difference: every sample document and template, with any changes that mean nothing in any order."""

from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import load_standard
from generator.compare import compare
from tests.support import unmeant_excel, unmeant_word
from tests.support.examples import examples
from tests.support.unmeant import Change, opened, packed

ROOT = Path(__file__).parents[2]
STANDARDS = sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))
CHANGES = {"docx": unmeant_word.UNMEANT, "xlsx": unmeant_excel.UNMEANT}


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """Gives the template of a standard, or the document that is rendered from its data file."""
    folder = tmp_path_factory.mktemp("samples")

    @cache
    def rendered(standard: str) -> dict[str, bytes]:
        load_standard(standard).read(ROOT / "data" / f"{standard}.yaml").render(folder / standard)
        return {path.suffix[1:]: path.read_bytes() for path in (folder / standard).iterdir()}

    def sample(standard: str, kind: str, template: bool) -> bytes:
        return (ROOT / f"templates/{kind}/{standard}.{kind}").read_bytes() if template else rendered(standard)[kind]

    return sample


def told_of(content: bytes, changes: list[Change], chance: Random) -> list[str]:
    members = opened(content)
    for change in changes:
        change(members, chance)
    other = packed(members, chance)
    return [d.message for pair in ((content, other), (other, content)) for d in compare(*pair, level="format")]


@pytest.mark.parametrize("kind", CHANGES)
@examples(12)
@given(st.data())
def it_sees_no_difference_in_what_means_nothing(samples, kind, data):
    content = samples(data.draw(st.sampled_from(STANDARDS)), kind, data.draw(st.booleans()))
    names = data.draw(st.lists(st.sampled_from(sorted(CHANGES[kind])), min_size=1, max_size=6, unique=True))
    assert told_of(content, [CHANGES[kind][name] for name in names], Random(data.draw(st.integers(0, 999)))) == []


@pytest.mark.slow
@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, changes in CHANGES.items() for name in changes])
def it_sees_no_difference_in_any_change_of_any_sample(samples, standard, kind, name):
    for template in (False, True):
        content = samples(standard, kind, template)
        assert told_of(content, [CHANGES[kind][name]], Random(name)) == []


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, changes in CHANGES.items() for name in changes])
def it_is_tried_with_changes_that_change_something(samples, kind, name):
    for standard in ("wanzhou-2020", "shifeng-2020"):
        members = opened(samples(standard, kind, False))
        before = dict(members)
        CHANGES[kind][name](members, Random(3))
        if members != before:
            return
    pytest.fail(f"{name} changes neither sample")
