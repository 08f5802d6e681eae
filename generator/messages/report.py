"""Wording of the diagnostics of: report."""

from generator.messages.wording import Wording

WORDING: dict[str, Wording] = {}
