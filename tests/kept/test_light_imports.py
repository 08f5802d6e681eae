"""Modules found with little: the same modules as Python finds, and Python's own way wherever anything is unusual."""

import importlib.util
import json
import os
import py_compile
import subprocess
import sys
from importlib.machinery import PathFinder
from pathlib import Path

import pytest

from generator.kept.light_imports import _Finder

TAG = sys.implementation.cache_tag or ""
_TELL = """
import sys
from generator.kept.light_imports import import_lightly
if "light" in sys.argv:
    import_lightly()
    assert type(sys.meta_path[0]).__name__ == "_Finder"
import generator.batch.render_batch, generator.word.template, jinja2.sandbox, yaml, json
told = {}
for name, module in sorted(sys.modules.items()):
    spec = getattr(module, "__spec__", None)
    if name.startswith(("generator.", "jinja2", "yaml")) and spec:
        origin = (getattr(module, "__file__", None), module.__package__, getattr(module, "__path__", None) and list(module.__path__))
        found = (spec.name, spec.origin, spec.cached, spec.has_location, spec.parent, getattr(module, "__cached__", None))
        told[name] = [*origin, *found, sorted(vars(module)), spec.submodule_search_locations]
print(json.dumps(told, default=list))
"""


@pytest.fixture
def finder():
    return _Finder(importlib.util.MAGIC_NUMBER, TAG)


@pytest.fixture
def room(tmp_path):
    """A folder of modules whose bytecode lies beside them."""
    (tmp_path / "inner").mkdir()
    for name, text in (("one", "value = 1"), ("inner/__init__", "value = 2")):
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
        py_compile.compile(str(tmp_path / f"{name}.py"))
    return tmp_path


def value_of(spec):
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.value


def modules(*words):
    command = [sys.executable, "-c", _TELL, *words]
    return json.loads(subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout)


def it_finds_what_python_finds():
    subprocess.run([sys.executable, "-m", "compileall", "-q", "generator"], check=False)
    python = modules()
    assert len(python) > 100
    assert modules("light") == python


@pytest.mark.parametrize("option", [["-O"], ["-X", "pycache_prefix=elsewhere"]])
def it_leaves_it_to_python_where_bytecode_lies_elsewhere(option):
    text = "from generator.kept.light_imports import import_lightly; before = [*sys.meta_path]; import_lightly()"
    command = [sys.executable, *option, "-B", "-c", f"import sys; {text}; print(sys.meta_path == before)"]
    assert subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout == "True\n"


def it_gives_modules_and_packages(finder, room):
    for name, wanted in (("one", 1), ("inner", 2)):
        spec = finder.find_spec(f"generator.{name}", [str(room)])
        python = PathFinder.find_spec(f"generator.{name}", [str(room)])
        assert python is not None
        assert (spec.origin, spec.cached, spec.has_location) == (python.origin, python.cached, python.has_location)
        assert spec.submodule_search_locations == python.submodule_search_locations
        assert spec.loader.get_source(spec.name) == f"value = {wanted}"
        assert value_of(spec) == wanted
        assert value_of(spec) == wanted  # when it is loaded again


def it_finds_nothing_for_others_and_nothing_that_is_not_there(finder, room):
    assert finder.find_spec("generator", None) is None
    assert finder.find_spec("other.one", [str(room)]) is None
    assert finder.find_spec("generator.none", [str(room)]) is None
    assert finder.find_spec("generator.one", [str(room / "nowhere")]) is None


def it_takes_no_bytecode_of_another_text(finder, room):
    file = room / "one.py"
    stamp = file.stat().st_mtime_ns
    file.write_text("value = 10", "utf-8")
    os.utime(file, ns=(stamp, stamp))  # another size
    assert finder.find_spec("generator.one", [str(room)]) is None
    file.write_text("value = 3", "utf-8")
    os.utime(file, ns=(stamp + 2_000_000_000, stamp + 2_000_000_000))  # another time
    assert finder.find_spec("generator.one", [str(room)]) is None


def it_leaves_what_is_unusual_to_python(finder, room):
    cached = Path(importlib.util.cache_from_source(str(room / "one.py")))
    whole = cached.read_bytes()
    for data in (b"", whole[:10], whole[:16], whole[:-3], b"????" + whole[4:], whole[:4] + b"\1" + whole[5:]):
        cached.write_bytes(data)
        assert finder.find_spec("generator.one", [str(room)]) is None
    py_compile.compile(str(room / "one.py"), dfile="elsewhere.py")
    assert finder.find_spec("generator.one", [str(room)]) is None
    py_compile.compile(str(room / "one.py"), invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    assert finder.find_spec("generator.one", [str(room)]) is None
    cached.unlink()
    assert finder.find_spec("generator.one", [str(room)]) is None
