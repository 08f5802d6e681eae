"""Programs that a test interrupts."""

from __future__ import annotations

import os
import signal


def _heed() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


interruptible = _heed if os.name == "posix" else None
"""For `preexec_fn`: a program started in the background (nohup, some CI) would otherwise not hear an interrupt."""
