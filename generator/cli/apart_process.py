"""The process in which a command that reads runs with `--isolated`; run by `examined_apart`, never by hand."""

import os
import sys

from generator.cli.examined_apart import DONE, GO, OUT_OF_MEMORY
from generator.ooxml.limits import limits


def serve() -> int:
    """Run the command that the arguments behind the first name, which says for how many seconds of processor time; the exit code."""
    if os.read(0, 1) != GO:  # Windows bounds it from outside, and only once it is there; or the parent is gone
        return OUT_OF_MEMORY
    import ctypes  # noqa: F401  numpy, which openpyxl imports, loads it; loading it is an act that the hook refuses

    from generator.cli import run
    from generator.standard.library import user_library
    from generator.template.process_bounds import bound, guard, more_time

    user_library()  # Windows is asked for it by ctypes
    if sys.platform == "win32":
        import typer  # noqa: F401  it asks Windows for its console by ctypes as it is imported
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(newline="\n")  # type: ignore[union-attr]  the parent ends the lines as its own stream does

    seconds = float(sys.argv[1])
    bound(limits(), files=True)
    more_time(seconds)
    sys.addaudithook(guard(anywhere=True))
    try:
        code = run(sys.argv[2:])
        sys.stdout.flush()
    except MemoryError:
        return OUT_OF_MEMORY
    return DONE + code


if __name__ == "__main__":
    sys.exit(serve())
