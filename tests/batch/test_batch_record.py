"""What a folder of results remembers: what was made of which file, asked for how."""

import datetime
from itertools import combinations

import pytest

from generator.batch.batch_record import NAME, Entry, options_of, read_record
from generator.batch.one_file import Job


def it_tells_what_was_asked_for_apart():
    day = datetime.date(2024, 3, 1)
    asked = [
        Job("a.yaml"),
        Job("a.yaml", draft=True),
        Job("a.yaml", strict=True),
        Job("a.yaml", date=day),
        Job("a.yaml", date=day.replace(day=2)),
        Job("a.yaml", only="docx"),
        Job("a.yaml", only="xlsx"),
        Job("a.yaml", page_numbers=True),
    ]
    assert all(options_of(one) != options_of(other) for one, other in combinations(asked, 2))
    assert options_of(Job("a.yaml")) == options_of(Job("b.yaml"))


GOOD = '{"data": "/a.yaml", "findings": [], "input": "1", "standard": "s", "standard_digest": "2", "engine": "0", "options": "", "documents": {}, "code": 0}'


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "3", "null", '{"data": "/b.yaml"}', GOOD[:40], GOOD.replace('"0"', "0"), "[" * 100_000]
)
def it_reads_past_a_line_that_is_cut_short_or_of_another_form(tmp_path, line):
    (tmp_path / NAME).write_text(f"{line}\n{GOOD}\n{line}\n", "utf-8")
    assert [*read_record(tmp_path)] == ["/a.yaml"]
    assert isinstance(read_record(tmp_path)["/a.yaml"], Entry)
