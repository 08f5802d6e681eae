"""`generator cache`: where compiled standards and templates are kept, and `generator cache clear`."""

import typer

from generator.cli import console
from generator.cli.options import in_language


def register(app: typer.Typer, language: str) -> None:
    """Add the group of commands to the application."""
    say = in_language(language)
    group = typer.Typer(
        help=say(
            "编译好的标准和模板的缓存：在哪里、有多大；清空。",
            "The cache of compiled standards and templates: where it is, how big; clear it.",
        ),
        rich_markup_mode=None,
        no_args_is_help=False,
    )
    app.add_typer(group, name="cache")

    @group.command(
        help=say(
            "显示缓存文件夹和其中的内容（可用环境变量 GENERATOR_CACHE 换文件夹，off 表示不用）。",
            "Show the folder and what it holds (GENERATOR_CACHE names another folder, off uses none).",
        )
    )
    def show() -> int:
        from generator.kept import cache_folder

        place = cache_folder.folder()
        if place is None:
            console.result(say("没有使用缓存。", "No cache is used."))
            return 0
        console.result(str(place))
        if place.exists() and not cache_folder.is_own(place):
            console.say(
                say(
                    "别人也能写这个文件夹，所以不使用；请改成只有自己能写（chmod 700）。",
                    "Others may write into this folder, so it is not used; make it yours alone (chmod 700).",
                )
            )
            return 0
        sizes = [path.stat().st_size for path in cache_folder.entries(place)]
        limit = cache_folder.MAX_BYTES >> 20
        kilobytes = (sum(sizes) + 1023) >> 10
        console.remark(
            say(
                f"{len(sizes)} 项，共 {kilobytes} KB（至多 {limit} MB）。",
                f"{len(sizes)} entries, {kilobytes} KB in all (at most {limit} MB).",
            )
        )
        return 0

    @group.command(help=say("清空缓存，下次运行重新编译。", "Clear it; the next run compiles again."))
    def clear() -> int:
        from generator.kept import cache_folder

        place = cache_folder.folder()
        count = cache_folder.clear(place) if place is not None else 0
        if place is not None:
            console.result(str(place))
        console.remark(say(f"清除 {count} 项。", f"Entries removed: {count}."))
        return 0
