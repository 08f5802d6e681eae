"""Wording of the diagnostics of: compare."""

from generator.messages.wording import Wording

WORDING: dict[str, Wording] = {}
