"""Where a compiled template failed, and what its tag could see: read from the frames of the stack."""

from __future__ import annotations

from itertools import islice
from types import FrameType, GeneratorType, TracebackType

from jinja2.runtime import Context, Undefined
from jinja2.utils import missing

from generator.template.budget import LimitExceeded
from generator.template.program_pieces import PIECE

_MOST_VARIABLES = 500  # of a program that suggestions are looked for among, beside the context's: reading them is slow


def at_line(fault: Exception, line: int) -> Exception:
    """The fault of a value that is written outside of its program, which knows the line of its tag."""
    fault.__dict__["line_of_tag"] = line
    return fault


def fault_line(fault: BaseException) -> int | None:
    """The line of the tag at which a program raised; None if it was not within a program.

    Of an endless recursion it is the tag that began it: where the stack ends is chance.
    """
    line: int | None = getattr(fault, "line_of_tag", None)
    trace: TracebackType | None = fault.__traceback__
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            line = template.get_corresponding_lineno(trace.tb_lineno)
            if isinstance(fault, RecursionError) and not _hands_on(trace):
                break
        trace = trace.tb_next
    return fault.line if line is None and isinstance(fault, LimitExceeded) else line


def resting_line(printed: object) -> int | None:
    """The line of the tag behind which a program waits to go on; None if it has ended, or was not a program's."""
    line = None
    while isinstance(printed, GeneratorType):
        frame: FrameType | None = printed.gi_frame
        if frame is not None and (template := frame.f_globals.get("__jinja_template__")) is not None:
            positions = islice(frame.f_code.co_positions(), frame.f_lasti // 2, None)
            line = template.get_corresponding_lineno(next(positions)[1] or frame.f_lineno)
        printed = printed.gi_yieldfrom
    return line


def _hands_on(trace: TracebackType) -> bool:
    """Whether the root of a program was just at a piece of itself."""
    return trace.tb_next is not None and trace.tb_next.tb_frame.f_code.co_name.startswith(PIECE)


def fault_names(fault: BaseException) -> set[str]:
    """The names that the failing tag could see, for suggestions."""
    import traceback  # which a render without faults does without

    names: set[str] = set()
    frames = [frame for frame, _ in traceback.walk_tb(fault.__traceback__)]
    if frames:
        frames += [frame for frame, _ in traceback.walk_stack(frames[0].f_back)]
    for frame in frames:
        code = frame.f_code
        if "__jinja_template__" in frame.f_globals and code.co_nlocals + len(code.co_cellvars) <= _MOST_VARIABLES:
            for name, value in frame.f_locals.items():
                if (
                    name.startswith("l_")
                    and name.count("_") >= 2
                    and value is not missing
                    and not isinstance(value, Undefined)
                ):
                    names.add(name.split("_", 2)[2])
                elif isinstance(value, Context):
                    names |= set(value.parent) - set(value.environment.globals)
    return {name for name in names if not name.startswith("__")}
