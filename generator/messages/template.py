"""Wording of the diagnostics of: template."""

from generator.messages.wording import Wording

WORDING: dict[str, Wording] = {}
