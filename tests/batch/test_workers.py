"""How worker processes start: as copies of this one where that is safe, else from a fresh interpreter."""

import subprocess
import sys

import pytest

RUN = """
import threading, sys
from generator.batch import workers
if "thread" in sys.argv:
    threading.Thread(target=threading.Event().wait, daemon=True).start()
print(workers._may_be_copied())
print([*workers.by_processes(abs, range(0, -20, -1), 2, lambda piece: -1, ("html",))] == [*range(20)])
"""


@pytest.mark.parametrize(("arguments", "copied"), [((), sys.platform == "linux"), (("thread",), False)])
def it_copies_a_process_that_has_one_thread_alone(arguments, copied):
    ran = subprocess.run([sys.executable, "-c", RUN, *arguments], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == [str(copied), "True"]
