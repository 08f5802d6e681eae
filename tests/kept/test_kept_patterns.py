"""Patterns that an earlier process compiled: the same as compiled anew, never an obstacle."""

import marshal
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.kept import cache_folder, kept_patterns
from generator.kept.lazy_patterns import lazy

ROOT = Path(__file__).resolve().parents[2]
PATTERNS = [
    (r"(?P<a>x)|(?P<b>y)(z)?", 0),
    (r"[一-龥]+\Z", re.I),
    (r"(?im)^\s*(?<!a)b", 0),
    (r"a # a remark", re.X),
    (rb"<c (?P<r>[^>]*)>", re.S),
    ("", 0),
]


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv(cache_folder.VARIABLE, str(tmp_path / "cache"))
    another_process(monkeypatch)
    return tmp_path / "cache"


def another_process(monkeypatch):
    """What a process has in memory goes."""
    monkeypatch.setattr(kept_patterns, "_TABLE", kept_patterns._Table())


def compiles_nothing(monkeypatch):
    def refused(*_):
        raise AssertionError("it compiles again")

    monkeypatch.setattr(kept_patterns, "_compile", refused)
    monkeypatch.setattr(kept_patterns, "_parts", refused)


def of_the_program():
    """Every pattern that a module of the program holds."""
    for path in sorted((ROOT / "generator").rglob("*.py")):
        text = path.read_text("utf-8")
        if "lazy(" in text and "lazy_patterns" in text:
            module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            yield from (one for one in vars(module).values() if type(one).__name__ == "_Lazy")


def it_gives_the_programs_patterns_as_they_are_compiled_anew():
    found = list(of_the_program())
    assert len(found) > 400
    for one in found:
        parts = kept_patterns._parts(one.pattern, int(one.flags))
        kept = kept_patterns._from(one.pattern, marshal.loads(marshal.dumps(parts)))
        anew = re.compile(one.pattern, one.flags)
        assert kept == anew  # code, flags and text
        assert (kept.groups, kept.groupindex) == (anew.groups, anew.groupindex)


@given(st.sampled_from(PATTERNS), st.text("abxyz #一龥\nA"))
@example((r"(?P<a>x)|(?P<b>y)(z)?", 0), "yz")
def it_finds_what_the_pattern_finds(one, text):
    pattern, flags = one
    text = text.encode() if isinstance(pattern, bytes) else text
    kept = kept_patterns._from(pattern, kept_patterns._parts(pattern, flags))
    anew = re.compile(pattern, flags)
    assert kept == anew
    for mine, other in zip(kept.finditer(text), anew.finditer(text), strict=True):
        assert (mine.span(), mine.groups(), mine.groupdict(), mine.lastgroup) == (
            other.span(),
            other.groups(),
            other.groupdict(),
            other.lastgroup,
        )


def it_compiles_once_for_all_processes(monkeypatch):
    for pattern, flags in PATTERNS:
        kept_patterns.compiled(pattern, flags)
    kept_patterns.keep()
    another_process(monkeypatch)
    compiles_nothing(monkeypatch)
    for pattern, flags in PATTERNS:
        assert kept_patterns.compiled(pattern, flags) == re.compile(pattern, flags)
    assert lazy(*PATTERNS[0]).search("-y")


def it_keeps_beside_its_own_what_others_kept_meanwhile(monkeypatch):
    kept_patterns.compiled("first")
    other = kept_patterns._Table()
    kept_patterns.keep()
    monkeypatch.setattr(kept_patterns, "_TABLE", other)
    kept_patterns.compiled("second")
    kept_patterns.keep()
    assert kept_patterns._read().keys() == {("first", 0), ("second", 0)}


def it_tells_a_wrong_pattern_as_ever():
    with pytest.raises(re.error, match="position 0"):
        kept_patterns.compiled("(")
    kept_patterns.keep()
    assert kept_patterns._read() == {}


@pytest.mark.parametrize("content", [b"", b"?", marshal.dumps([1]), marshal.dumps({("x", 0): (1,)})])
def it_compiles_where_the_entry_does_not_fit(content):
    cache_folder.write_entry(kept_patterns._name(), content)
    assert kept_patterns.compiled("x") == re.compile("x")


@pytest.mark.parametrize("door", ["_parser", "_compiler"])
def it_compiles_as_ever_by_another_python(door, monkeypatch, cache):
    monkeypatch.delattr(re, door)
    monkeypatch.setitem(sys.modules, f"re.{door}", None)
    assert kept_patterns.compiled("x+").fullmatch("xx")
    kept_patterns.keep()
    assert not cache.exists()


def it_keeps_nothing_where_nothing_is_kept(monkeypatch, cache):
    monkeypatch.setenv(cache_folder.VARIABLE, cache_folder.OFF)
    assert kept_patterns.compiled("x+").fullmatch("xx")
    kept_patterns.keep()
    monkeypatch.setenv(cache_folder.VARIABLE, str(cache))
    assert kept_patterns._read() == {}


def it_bounds_their_number(monkeypatch):
    monkeypatch.setattr(kept_patterns, "MAX_PATTERNS", 2)
    for pattern in "abc":
        kept_patterns.compiled(pattern)
    kept_patterns.keep()
    assert kept_patterns._read() == {}


def it_serves_modules_at_their_import_and_keeps_nothing_that_data_say(monkeypatch):
    monkeypatch.setattr(re, "compile", re.compile)  # put back at the end
    kept_patterns.serve_imports()
    exec("import re\nclass Body:\n    one = re.compile('at-import', 2)")
    assert re.compile("in-a-function").match("in-a-function")
    assert re.compile(re.compile("x")) == re.compile("x", re.UNICODE)
    assert re.compile(b"\\w", re.LOCALE).flags & re.LOCALE
    with pytest.raises(TypeError):
        re.compile(3)  # type: ignore[call-overload]
    kept_patterns.keep()
    assert kept_patterns._read().keys() == {("at-import", 2)}


def it_is_kept_by_the_command_line(cache):
    def ran(*arguments):
        told = subprocess.run([sys.executable, "-m", "generator", *arguments], capture_output=True, timeout=120)
        return told.returncode, told.stdout, told.stderr

    first = ran("check", "data/shifeng-2020.yaml")
    known = kept_patterns._read()
    assert len(known) > 80
    stamps = {path: path.stat().st_mtime_ns for path in cache.iterdir()}
    assert ran("check", "data/shifeng-2020.yaml") == first
    assert {path: path.stat().st_mtime_ns for path in cache.iterdir()} == stamps  # nothing was compiled
    assert ran("--no-cache", "check", "data/shifeng-2020.yaml") == first
    ran("cache", "clear")
    assert not list(cache.iterdir())
