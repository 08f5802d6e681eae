"""Wording of the diagnostics of: standard."""

from generator.messages.wording import Wording

WORDING: dict[str, Wording] = {}
