"""The process that renders templates from elsewhere: bytes in, bytes out, over its standard input and output.

Once it has started it opens no file but those of the program itself (modules that are imported late), no socket and no process,
and the system ends it when it takes more memory, processor time or file space than its bounds. Run by `isolated`, never by hand.
"""

from __future__ import annotations

import errno
import os
import pickle
import sys
import traceback
from typing import Any

from generator.diagnostics import Diagnostic, Failure, Invalid, InvalidDocument, InvalidStandard, InvalidTemplate
from generator.ooxml.limits import allow_macros, limits, within
from generator.template.process_bounds import bound, guard, more_time, read_frame, write_frame

KINDS = {kind.__name__: kind for kind in (Failure, Invalid, InvalidDocument, InvalidStandard, InvalidTemplate)}
_KEPT = 8  # compiled templates: those of a standard, which a batch renders in turn
SPARE = 20  # seconds of processor time beyond those of a render: to compile a template, to write the document


def serve() -> None:
    """Render what comes until nothing comes any more."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints by mistake is no answer
    compiled: dict[tuple[bytes, str, str], Any] = {}
    begun = False
    while (request := read_frame(incoming)) is not None:
        job = pickle.loads(request)  # of the parent, which trusts nobody but itself
        if not begun:
            import generator.documents.chart_workbooks
            import generator.excel.template  # noqa: F401  what a bound of memory stops while it is loaded fails in its own ways

            bound(job["bounds"])
            sys.addaudithook(guard())
            begun = True
        more_time(job["bounds"].seconds + SPARE)
        write_frame(outgoing, pickle.dumps(_answer(job, compiled)))


def _answer(job: dict[str, Any], compiled: dict[tuple[bytes, str, str], Any]) -> tuple[str, Any, Any]:
    try:
        with within(job["bounds"]):
            return ("done", *_rendered(job, compiled))
    except Invalid as refused:
        kind = next(base.__name__ for base in type(refused).__mro__ if base.__name__ in KINDS)
        return "refused", kind, tuple(_plain(one) for one in refused.diagnostics)
    except MemoryError:
        return "ended", "memory", ""
    except OSError as fault:
        if fault.errno == errno.ENOMEM:
            return "ended", "memory", ""
        return "failed", traceback.format_exc(), ""
    except Exception:
        return "failed", traceback.format_exc(), ""


def _rendered(job: dict[str, Any], compiled: dict[tuple[bytes, str, str], Any]) -> tuple[bytes, tuple[Diagnostic, ...]]:
    from generator.documents.any_template import open_template
    from generator.documents.report_template import render_report
    from generator.template.single_braces import refuse_single_braces

    if job["macros"]:
        allow_macros()
    key = (job["template"], job["name"], job["undefined"])
    if key not in compiled:
        if len(compiled) >= _KEPT:
            del compiled[next(iter(compiled))]
        compiled[key] = open_template(job["name"], job["undefined"], job["template"])
    template = compiled[key]
    if job["report"]:
        document, notes = render_report(template, job["context"], draft=job["draft"])
        content = document.build()
    else:
        refuse_single_braces(template.single_braces(), job["context"])
        content, notes = template.render_with_notes(job["context"], draft=job["draft"], trusted=True)
    return content, tuple(_plain(one) for one in notes)


def _plain(finding: Diagnostic) -> Diagnostic:
    """A finding without the arguments that its wording was filled with: they may be anything."""
    return Diagnostic(finding.code, finding.severity, finding.text, finding.location, finding.hint_text)


if __name__ == "__main__":
    limits()
    serve()
