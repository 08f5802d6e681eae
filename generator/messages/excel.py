"""Wording of the diagnostics of: excel."""

from generator.messages.wording import Wording

WORDING: dict[str, Wording] = {}
