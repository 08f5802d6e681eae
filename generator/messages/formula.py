"""Wording of the diagnostics of: formula."""

from generator.messages.wording import Wording

WORDING: dict[str, Wording] = {}
