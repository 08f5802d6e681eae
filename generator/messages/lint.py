"""Wording of the diagnostics of: lint."""

from generator.messages.wording import Wording

WORDING: dict[str, Wording] = {}
