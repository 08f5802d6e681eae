"""Hostile SVG pictures: drawing them ends at a bound of time or memory, told with the picture, and the next picture is drawn."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.diagnostics import InvalidTemplate
from generator.ooxml.limits import Limits, within
from generator.template import drawing_process
from generator.template.drawing_process import end_drawing
from generator.template.image import image
from tests.support.pictures import svg

pytest.importorskip("resvg_py")
posix = pytest.mark.skipif(os.name != "posix", reason="the system has no bounds for a process")
ROOT = Path(__file__).parents[2]
SIZE = 'width="2000" height="2000" viewBox="0 0 2000 2000"'
FULL = '<rect width="2000" height="2000" fill="red"/>'


def filtered(primitive: str) -> bytes:
    """A picture whose whole area goes through a filter."""
    made = f'<filter id="f" x="0" y="0" width="1" height="1">{primitive}</filter>'
    return svg(f'{made}<rect width="2000" height="2000" fill="red" filter="url(#f)"/>', SIZE)


HOSTILE = {
    "morphology": filtered('<feMorphology radius="40"/>'),
    "turbulence": filtered('<feTurbulence baseFrequency="0.05" numOctaves="9"/>' * 9),
    "blur": filtered('<feGaussianBlur stdDeviation="300"/>' * 20),
    "convolution": filtered('<feConvolveMatrix order="9" kernelMatrix="' + "1 " * 81 + '"/>'),
    "rectangles": svg('<rect width="2000" height="2000" fill="red" opacity="0.5"/>' * 300, SIZE),
    "gradients": svg(
        '<radialGradient id="g"><stop stop-color="red"/><stop offset="1"/></radialGradient>'
        + '<rect width="2000" height="2000" fill="url(#g)"/>' * 300,
        SIZE,
    ),
    "masks": svg(
        f'<mask id="m">{FULL}</mask>' + '<rect width="2000" height="2000" mask="url(#m)"/>' * 300,
        SIZE,
    ),
    "uses": svg(f'<g id="a" opacity="0.9">{FULL}</g>' + '<use href="#a"/>' * 300, SIZE),
}
UNFOLDING = {
    "uses": '<g id="g0"><rect width="1" height="1"/></g>'
    + "".join(f'<g id="g{n + 1}">' + f'<use href="#g{n}"/>' * 10 + "</g>" for n in range(9)),
    "patterns": '<pattern id="p0" width="1" height="1"><rect width="1" height="1"/></pattern>'
    + "".join(
        f'<pattern id="p{n + 1}" width="1" height="1">'
        + f'<rect width="1" height="1" fill="url(#p{n})"/>' * 10
        + "</pattern>"
        for n in range(9)
    )
    + '<rect width="9" height="9" fill="url(#p9)"/>',
    "masks": '<mask id="p0"><rect width="1" height="1"/></mask>'
    + "".join(
        f'<mask id="p{n + 1}">' + f'<rect width="1" height="1" style="mask:url(#p{n})"/>' * 10 + "</mask>"
        for n in range(9)
    ),
}


@pytest.fixture(autouse=True)
def fresh():
    end_drawing()
    drawing_process._drawn.cache_clear()
    yield
    end_drawing()


def told(content: bytes, **bounds: float) -> str:
    """What is said of a picture that is not drawn."""
    with within(Limits(**bounds)), pytest.raises(InvalidTemplate) as caught:  # type: ignore[arg-type]
        image(content)
    (finding,) = caught.value.diagnostics
    assert "(bytes)" in finding.text.en
    return f"{finding.code}: {finding.text.en}"


@pytest.mark.slow
@posix
@pytest.mark.parametrize("name", HOSTILE)
def it_ends_every_drawing_at_its_bound(name):
    begun = time.process_time(), time.monotonic()
    assert told(HOSTILE[name], drawing=1).startswith("image-svg-costly")
    assert time.process_time() - begun[0] < 0.5  # of this process
    assert time.monotonic() - begun[1] < 15  # the parent's clock, had the system no bound
    assert image(svg()).content


@posix
def it_tells_the_bound_of_time_once_for_a_picture_that_many_rows_name():
    for _ in range(20):
        assert "processor time" in told(HOSTILE["turbulence"], drawing=0.1)


@posix
def it_tells_the_bound_of_memory_and_draws_the_next_picture():
    nested = svg('<g opacity="0.5"><circle r="9"/>' * 60 + FULL + "</g>" * 60, SIZE)
    assert "memory" in told(nested, memory=400_000_000)
    with within(Limits(memory=400_000_000)):
        assert image(svg()).content


@pytest.mark.parametrize("name", UNFOLDING)
def it_refuses_what_unfolds_without_end_before_it_is_drawn(name):
    assert told(svg(UNFOLDING[name])).startswith("image-svg-active")
    assert drawing_process._process.current is None


def it_refuses_patterns_within_themselves():
    circle = '<pattern id="p" width="1" height="1"><rect fill="url(#p)" width="1" height="1"/></pattern>'
    assert "circle" in told(svg(circle))


def it_draws_all_pictures_in_one_process_that_ends_with_this_one():
    image(svg())
    first = drawing_process._process.current.process
    image(svg('<circle r="9"/>'))
    assert drawing_process._process.current.process is first
    end_drawing()
    assert first.poll() is not None


def it_draws_small_where_files_are_only_read_and_no_process_may_be_started(monkeypatch):
    monkeypatch.setenv("GENERATOR_APART", "1")
    for content in HOSTILE.values():
        assert len(image(content).content) < 30_000
    assert drawing_process._process.current is None


@posix  # elsewhere the question would end the process that it asks for
def it_leaves_no_process_when_it_ends():
    script = (
        "from tests.support.pictures import svg; from generator.template.image import image; image(svg());"
        "from generator.template import drawing_process as d; print(d._process.current.process.pid)"
    )
    made = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    with pytest.raises(OSError):  # noqa: PT011  no such process, which each system says in its way
        os.kill(int(made.stdout), 0)
