"""The folder of what is kept: bounded, whole entries only, trusted only where no one else can write."""

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import platformdirs
import pytest

import generator
from generator.kept import cache_folder
from generator.kept.cache_folder import clear, entries, entry_name, read_entry, write_entry
from generator.standard.library import libraries

posix = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="owners and modes are POSIX's")


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv(cache_folder.VARIABLE, str(folder))
    return folder


def it_keeps_and_gives_back(place):
    name = entry_name("x", ["content"])
    assert read_entry(name) is None
    write_entry(name, b"kept")
    assert read_entry(name) == b"kept"
    assert read_entry(entry_name("x", ["other content"])) is None
    assert read_entry(entry_name("y", ["content"])) is None


@posix
def it_makes_a_folder_of_the_users_own(place):
    write_entry("a.kept", b"kept")
    assert place.stat().st_mode & 0o777 == 0o700
    assert (place / "a.kept").stat().st_mode & 0o777 == 0o600


@posix
def it_takes_nothing_from_a_folder_that_others_can_write(place):
    write_entry("a.kept", b"kept")
    place.chmod(0o770)
    assert read_entry("a.kept") is None
    write_entry("b.kept", b"kept")
    assert not (place / "b.kept").exists()


@posix
def it_takes_no_entry_that_others_can_write(place):
    write_entry("a.kept", b"kept")
    (place / "a.kept").chmod(0o622)
    assert read_entry("a.kept") is None


@posix
def it_follows_no_link(place, tmp_path):
    write_entry("a.kept", b"kept")
    (place / "a.kept").rename(tmp_path / "elsewhere")
    (place / "a.kept").symlink_to(tmp_path / "elsewhere")
    assert read_entry("a.kept") is None


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: b"", lambda data: data[:-1] + b"?"])
def it_takes_no_damaged_entry(place, damage):
    write_entry("a.kept", b"kept")
    whole = (place / "a.kept").read_bytes()
    (place / "a.kept").write_bytes(damage(whole))
    assert read_entry("a.kept") is None


def it_takes_no_entry_under_another_name(place):
    write_entry("a.kept", b"kept")
    (place / "a.kept").rename(place / "b.kept")
    assert read_entry("b.kept") is None


@posix
def it_takes_nothing_of_another_users(place, monkeypatch):
    """Whoever can write into a folder above, or is its owner, puts a folder or a file of his own there."""
    write_entry("a.kept", b"kept")
    others = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: others)
    assert read_entry("a.kept") is None
    write_entry("b.kept", b"kept")
    assert not (place / "b.kept").exists()
    monkeypatch.setattr(cache_folder, "is_own", lambda place: True)  # looked at before it was put there
    assert read_entry("a.kept") is None


def it_takes_no_folder_by_a_link_and_none_by_a_relative_name(place, tmp_path, monkeypatch):
    write_entry("a.kept", b"kept")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(cache_folder.VARIABLE, place.name)  # a package of files that was unpacked here may bring it
    assert read_entry("a.kept") is None
    (tmp_path / "link").symlink_to(place, target_is_directory=True)
    monkeypatch.setenv(cache_folder.VARIABLE, str(tmp_path / "link"))
    assert read_entry("a.kept") is None


def it_takes_only_what_lies_in_the_profile_where_no_owner_is_told(place, tmp_path, monkeypatch):
    """Windows: a folder on a drive is open to all who log in."""
    monkeypatch.delattr(os, "geteuid", raising=False)
    monkeypatch.setattr(cache_folder, "own_folder", lambda: tmp_path / "local" / "generator")
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    for named, taken in (
        (place, False),
        (tmp_path / "local" / "generator" / "x", True),
        (tmp_path / "home" / "x", True),
    ):
        monkeypatch.setenv(cache_folder.VARIABLE, str(named))
        write_entry("a.kept", b"kept")
        assert (read_entry("a.kept") == b"kept") is taken
        assert (named / "a.kept").exists() is taken


def it_takes_no_entry_of_another_version(monkeypatch):
    name = entry_name("x", ["content"])
    cache_folder.engine.cache_clear()
    monkeypatch.setattr(generator, "__version__", "0")
    assert entry_name("x", ["content"]) != name
    monkeypatch.undo()
    cache_folder.engine.cache_clear()


def it_keeps_and_finds_nothing_for_a_user_without_a_home(monkeypatch, tmp_path):
    def homeless(*_, **__):
        raise RuntimeError("could not determine the home directory")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(cache_folder.VARIABLE, cache_folder.OWN)
    for find in (homeless, lambda *_, **__: Path("~", ".cache")):
        monkeypatch.setattr(platformdirs, "user_cache_path", find)
        monkeypatch.setattr(platformdirs, "user_data_path", find)
        cache_folder.own_folder.cache_clear()
        write_entry("a.kept", b"kept")
        assert read_entry("a.kept") is None
        assert libraries()
    cache_folder.own_folder.cache_clear()
    assert not list(tmp_path.iterdir())


def it_leaves_nothing_on_a_full_disk(place, monkeypatch):
    write_entry("a.kept", b"kept")

    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "replace", full)
    write_entry("b.kept", b"kept")
    assert [path.name for path in place.iterdir()] == ["a.kept"]


def it_bounds_their_number_and_size(place, monkeypatch):
    monkeypatch.setattr(cache_folder, "MAX_ENTRIES", 3)
    for number in range(6):
        write_entry(f"{number}.kept", b"x")
        os.utime(place / f"{number}.kept", (number, number))
    assert sorted(path.name for path in entries(place)) == ["3.kept", "4.kept", "5.kept"]
    monkeypatch.setattr(cache_folder, "MAX_ENTRY", 2)
    write_entry("large.kept", b"xxx")
    assert not (place / "large.kept").exists()


def it_bounds_their_size_together_and_keeps_the_newest(place, monkeypatch):
    monkeypatch.setattr(cache_folder, "MAX_BYTES", 2_000)
    for number in range(5):
        write_entry(f"{number}.kept", os.urandom(600))
        os.utime(place / f"{number}.kept", (number, number))
    write_entry("5.kept", os.urandom(600))
    assert sorted(path.name for path in entries(place))[-1] == "5.kept"
    assert sum(path.stat().st_size for path in entries(place)) <= 2_000


def it_removes_what_killed_runs_left(place):
    write_entry("a.kept", b"kept")
    for name in ("unfinished-1.kept", "unfinished-letter.docx"):
        (place / name).write_bytes(b"half")
        os.utime(place / name, (0, 0))
    write_entry("b.kept", b"kept")
    assert sorted(path.name for path in place.iterdir()) == ["a.kept", "b.kept", "unfinished-letter.docx"]


def it_clears_its_own_files_only(place):
    write_entry("a.kept", b"kept")
    (place / "unfinished-letter.docx").write_text("mine")
    assert clear(place) == 1
    assert [path.name for path in place.iterdir()] == ["unfinished-letter.docx"]


def it_is_whole_while_many_write(place):
    def work(number):
        write_entry("a.kept", bytes([number]) * 100_000)
        return len(set(read_entry("a.kept") or b"-")) == 1  # Windows opens no file while another takes its name

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(80)))
    assert read_entry("a.kept")


def it_does_without_where_nothing_can_be_kept(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(cache_folder.VARIABLE, str(tmp_path / "file" / "cache"))
    write_entry("a.kept", b"kept")
    assert read_entry("a.kept") is None


def it_keeps_nothing_unless_it_is_asked_to(tmp_path):
    """A program that uses this package writes nothing into its user's folders."""
    script = (
        "from generator import load_standard; from generator.kept.cache_folder import folder;"
        "load_standard('shifeng-2020'); assert folder() is None"
    )
    environment = {name: value for name, value in os.environ.items() if name != cache_folder.VARIABLE}
    environment["XDG_CACHE_HOME"] = str(tmp_path)
    subprocess.run([sys.executable, "-c", script], check=True, env=environment)
    assert not list(tmp_path.iterdir())
