"""Wording of the diagnostics of: source."""

from generator.messages.wording import Wording

WORDING: dict[str, Wording] = {}
