"""Wording of the diagnostics of: cli."""

from generator.messages.wording import Wording

WORDING: dict[str, Wording] = {}
