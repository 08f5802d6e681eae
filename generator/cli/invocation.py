"""A command line carried out: plainly where it is plain, else by Typer, which is imported for that alone."""

from __future__ import annotations

from generator.cli.app import COMMANDS, carry_out, refuse, registers, suggestion
from generator.cli.mistyped_options import mistyped_option
from generator.cli.plain_arguments import plain_call


def invoke(arguments: list[str], language: str) -> int:
    """Run one command; the exit code. Every error is told in `language`; none is a traceback but an internal one."""
    name = arguments[0] if arguments else ""
    if (mistyped := mistyped_option(arguments)) is not None:
        command = f"generator {name}" if name in COMMANDS else "generator"
        typed, meant = mistyped
        return refuse("usage-unknown-option", language, name=typed, suggestion=suggestion([meant]), command=command)
    work = plain_call(arguments, registers(name), language) if name in COMMANDS else None
    if work is None:
        from generator.cli.typer_application import typers_call

        work = typers_call(arguments, language)
    return carry_out(work, language)
