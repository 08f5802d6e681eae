"""`--isolated` where files are only read: check, lint, show, diff, verify and explain run whole in a process of their own.

It reads files and prints; it writes none, starts nothing and reaches no network, and the system ends it where it takes more memory or
processor time than its bounds. The parent hands on what it prints, and tells which bound it met.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from generator.ooxml.limits import APART, limits

READING = frozenset(("check", "lint", "show", "diff", "verify", "explain"))
RENDERING = frozenset(("render", "fill", ""))  # their templates run in a process of their own (`documents.isolated`)
DONE, OUT_OF_MEMORY = 64, 70  # exit codes of that process: with the command's own, and where memory ended
GO = b"1"  # the first byte that the process reads: it is bounded now, and may begin
_WRITING = ("--fix", "--mark", "--watch", "--annotate", "--write-baseline", "--tracked", "--marked", "--pages")
_TYPED = ("-", "/dev/stdin")
_CLOCK, _SPARE = 6, 60.0  # the parent's clock, as in `documents.isolated`


def examine_apart(arguments: list[str], language: str, *, quiet: bool) -> int:
    """Run a command that reads in a process of its own; its exit code.

    Args:
        arguments: the command and its arguments, without the options of all commands.
        language: of what is printed.
        quiet: print findings and results alone.
    """
    from generator.cli import console
    from generator.cli.app import refuse
    from generator.documents.isolated import IsolationFailed, ended
    from generator.documents.isolated_worker import SPARE
    from generator.template.bounded_process import cause, interpreter

    if (option := _writes(arguments)) is not None:
        return refuse("isolated-refused", language, act=option)
    options = ["--lang", language, "--no-cache", *(["--quiet"] if quiet else [])]
    seconds = (limits().seconds + SPARE) * _inputs(arguments)
    process = subprocess.Popen(
        [interpreter(), "-m", "generator.cli.apart_process", str(seconds), *arguments[:1], *options, *arguments[1:]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, APART: "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONSAFEPATH": "1"},
    )
    job = None
    try:
        if sys.platform == "win32":
            from generator.template.job_object import job_of

            job = job_of(process, limits().memory)
            job.more_time(seconds)
        results, said = process.communicate(GO + _typed(arguments), timeout=seconds * _CLOCK + _SPARE)
    except subprocess.TimeoutExpired:
        return refuse("isolated-ended", language, name=arguments[0], what=ended("clock"))
    finally:
        process.kill()
        process.wait()
        if job is not None:
            job.close()
    console.result(results.decode("utf-8", "replace"), end="")
    told = said.decode("utf-8", "replace").removesuffix("\n")
    if process.returncode - DONE in (0, 1, 2):
        if told:
            console.say(told)
        return process.returncode - DONE
    if process.returncode == 1:
        raise IsolationFailed(told)
    met = "memory" if process.returncode == OUT_OF_MEMORY else cause(process.returncode)
    return refuse("isolated-ended", language, name=arguments[0], what=ended(met))


def _writes(arguments: list[str]) -> str | None:
    """The option that would write files, start other programs, or wait for ever."""
    ours = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return next((name for word in ours if (name := word.partition("=")[0]) in _WRITING), None)


def _typed(arguments: list[str]) -> bytes:
    """What the standard input holds, where it is one of the files to be read; a byte more than may be read tells that it is too long."""
    if sys.stdin is None or not any(word in _TYPED for word in arguments):
        return b""
    return sys.stdin.buffer.read(limits().data + 1)


def _inputs(arguments: list[str]) -> int:
    """How many files are named, those of a folder counted one by one: each has the time of one."""
    count = 0
    for word in arguments[1:]:
        if not word.startswith("-") and os.path.exists(word):  # noqa: PTH110  what cannot be looked at is told where it is read
            count += sum(1 for _ in Path(word).rglob("*")) if os.path.isdir(word) else 1  # noqa: PTH112  as above
    return max(count, 1)
