"""Wording of the diagnostics of: word."""

from generator.messages.wording import Wording

WORDING: dict[str, Wording] = {}
