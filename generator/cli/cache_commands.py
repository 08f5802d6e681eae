"""`generator cache`: where compiled standards and templates are kept, and `generator cache clear`."""

from generator.cli import console
from generator.cli.declared import Commands
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import command_words as words


def register(app: Commands, language: str) -> None:
    """Add the group of commands to the application."""
    say = console.in_language(language)
    group = app.group("cache", help=say(texts.CACHE_COMMANDS))

    @group.command(help=say(texts.CACHE_SHOW))
    def show() -> int:
        from generator.kept import cache_folder

        place = cache_folder.folder()
        if place is None:
            console.result(say(words.NO_CACHE_USED))
            return 0
        console.result(str(place))
        if place.exists() and not cache_folder.is_own(place):
            console.say(say(words.CACHE_NOT_OURS))
            return 0
        sizes = [path.stat().st_size for path in cache_folder.entries(place)]
        limit = cache_folder.MAX_BYTES >> 20
        kilobytes = (sum(sizes) + 1023) >> 10
        console.remark(say(words.CACHE_SIZE, count=len(sizes), kilobytes=kilobytes, limit=limit))
        return 0

    @group.command(help=say(texts.CACHE_CLEAR))
    def clear() -> int:
        from generator.kept import cache_folder

        place = cache_folder.folder()
        count = cache_folder.clear(place) if place is not None else 0
        cache_folder.use_none()  # what this command itself compiled
        if place is not None:
            console.result(str(place))
        console.remark(say(words.CACHE_CLEARED, count=count))
        return 0
