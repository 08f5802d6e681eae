"""`generator standard …`: make, describe, pack, install, verify, remove and roll over a standard."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import console
from generator.cli.app import failed
from generator.cli.options import in_language, standard_ids

if TYPE_CHECKING:
    from generator.distribution.derive import Derived
    from generator.distribution.received import Received


def register(app: typer.Typer, language: str) -> None:
    """Add the group of commands to the application."""
    say = in_language(language)
    group = typer.Typer(
        help=say(
            "新建、说明、打包、安装、核对、删除和结转标准。",
            "Make, describe, pack, install, verify, remove and roll over standards.",
        ),
        rich_markup_mode=None,
        no_args_is_help=False,
    )
    app.add_typer(group, name="standard")
    _register_make(group, language)
    _register_pack(group, language)
    _register_install(group, language)
    _register_keep(group, language)


def _register_make(group: typer.Typer, language: str) -> None:
    say = in_language(language)
    folder_help = say(
        "写入的标准库文件夹；默认是 ./templates。", "The library folder to write to; ./templates by default."
    )

    @group.command(
        help=say(
            "新建一份能用的标准：从另一份标准（--from），或从带标签的模板（--template），什么都不给就写一个小例子。",
            "Make a working standard: from another one (--from), from tagged templates (--template), else a small example.",
        )
    )
    def init(
        name: Annotated[str, typer.Argument(metavar="ID", help=say("新标准的名称。", "The new standard's name."))],
        source: Annotated[
            str,
            typer.Option(
                "--from",
                metavar="ID2",
                help=say("照着哪一份标准。", "The standard to start from."),
                autocompletion=standard_ids,
            ),
        ] = "",
        template: Annotated[
            list[str],
            typer.Option(
                "--template", metavar="FILE", help=say("带标签的模板，可重复。", "A tagged template; repeatable.")
            ),
        ] = [],  # noqa: B006 Typer's way to declare a repeatable option
        issuer: Annotated[str, typer.Option("--issuer", metavar="NAME", help=say("发布单位。", "Who issues it."))] = "",
        output: Annotated[str, typer.Option("-o", "--output", metavar="DIR", help=folder_help)] = "templates",
    ) -> int:
        from generator.distribution.derive import from_other
        from generator.distribution.skeleton import example, from_templates
        from generator.standard import load_standard

        if source and template:
            raise typer.BadParameter("--from | --template", param_hint="--template")
        if source:
            made = from_other(load_standard(source), name, Path(output), issuer)
        elif template:
            made = from_templates(name, template, Path(output), issuer)
        else:
            made = example(name, Path(output), issuer)
        _tell(made, language)
        console.say(say("检查：", "Check it: ") + f"generator lint {made.files[0]}")
        return 0

    @group.command(
        help=say(
            "写出标准的说明：每个字段的名称、单位、规则，公式的读法，参数和依据，校验，版本变化；.docx 或 .html。",
            "Write a standard's documentation: fields, rules, formulas in words, parameters, checks, changes; .docx or .html.",
        )
    )
    def describe(
        standard: Annotated[
            str,
            typer.Argument(
                metavar="ID", help=say("标准的名称或文件。", "A standard's name or file."), autocompletion=standard_ids
            ),
        ],
        output: Annotated[
            str,
            typer.Option("-o", "--output", metavar="FILE", help=say("写入 .docx 或 .html。", "A .docx or .html.")),
        ],
    ) -> int:
        from generator.distribution.description import described_page, described_word
        from generator.ooxml.package import write_atomically
        from generator.standard import load_standard

        writers = {".docx": described_word, ".html": described_page, ".htm": described_page}
        suffix = Path(output).suffix.lower()
        if suffix not in writers:
            raise failed("describe-suffix", name=output)
        loaded = load_standard(standard)
        write_atomically(output, writers[suffix](loaded), inputs=loaded.read_from)
        console.result(output)
        return 0

    @group.command(
        help=say(
            "结转：由本年的标准写出下一年的标准，模板一起带上；列出还写着旧年份的地方。",
            "Roll over: next year's standard from this year's, templates too; tells where the old year is still written.",
        )
    )
    def roll(
        standard: Annotated[
            str,
            typer.Argument(
                metavar="ID", help=say("本年的标准。", "This year's standard."), autocompletion=standard_ids
            ),
        ],
        name: Annotated[str, typer.Argument(metavar="NEW_ID", help=say("下一年标准的名称。", "Next year's name."))],
        output: Annotated[str, typer.Option("-o", "--output", metavar="DIR", help=folder_help)] = "templates",
    ) -> int:
        from generator.distribution.derive import roll as rolled
        from generator.standard import load_standard

        _tell(rolled(load_standard(standard), name, Path(output)), language)
        return 0


def _tell(made: "Derived", language: str) -> None:
    for path in made.files:
        console.result(str(path))
    for task in made.tasks:
        console.say(console.diagnostic_text(task, language))


def _register_pack(group: typer.Typer, language: str) -> None:
    say = in_language(language)

    @group.command(
        help=say(
            "把标准连同它引用的类型、模板和样例打成一个文件，先检查；印出写进通知的摘要。",
            "Pack a standard with what it includes, templates and sample into one file; lints first, prints the digest.",
        )
    )
    def pack(
        standard: Annotated[
            str,
            typer.Argument(
                metavar="ID", help=say("标准的名称或文件。", "A standard's name or file."), autocompletion=standard_ids
            ),
        ],
        output: Annotated[
            str,
            typer.Option("-o", "--output", metavar="FILE.zip", help=say("写入的文件。", "The file to write.")),
        ] = "",
        key: Annotated[
            str, typer.Option("--key", metavar="FILE", help=say("签名用的私钥。", "The private key to sign with."))
        ] = "",
        sample: Annotated[
            str,
            typer.Option(
                "--sample",
                metavar="FILE",
                help=say("样例数据；默认用 data/ 里同名的。", "The sample; that of data/ by default."),
            ),
        ] = "",
    ) -> int:
        from generator.diagnostics import InvalidStandard, Severity
        from generator.distribution.pack import pack as packed
        from generator.ooxml.package import write_atomically
        from generator.standard import load_standard

        try:
            loaded = load_standard(standard, thorough=True)
            made = packed(loaded, sample=sample, key_file=key)
        except InvalidStandard as refusal:
            for finding in refusal.diagnostics:
                if finding.severity is not Severity.INFO:
                    console.say(console.diagnostic_text(finding, language))
            return 1
        for finding in made.findings:
            if finding.severity is not Severity.INFO:  # what is worth knowing only is for `lint`
                console.say(console.diagnostic_text(finding, language))
        path = output or f"{made.manifest.standard}-{made.manifest.version}.zip"
        write_atomically(path, made.content, inputs=[*loaded.read_from, *filter(None, (sample, key))])
        console.result(path)
        console.result(f"SHA-256: {made.sha256}")
        console.say(say("标准摘要：", "digest of the standard: ") + made.manifest.digest)
        if not key:
            console.say(say("没有签名（--key 私钥）。", "It is not signed (--key FILE)."))
        return 0

    @group.command(
        help=say(
            "生成一对签名用的密钥：私钥写入 FILE，公钥写入 FILE.pub。",
            "Make a pair of keys for signing: the private one into FILE, the public one into FILE.pub.",
        )
    )
    def key(
        output: Annotated[str, typer.Argument(metavar="FILE", help=say("私钥的文件。", "The private key's file."))],
    ) -> int:
        from generator.distribution.signature import fingerprint, new_key, public_key
        from generator.ooxml.package import write_together

        public = f"{output}.pub"
        for path in (output, public):
            if Path(path).exists():
                raise failed("key-exists", name=path)
        private, shared = new_key()
        write_together({Path(output): private, Path(public): shared})
        Path(output).chmod(0o600)
        console.result(output)
        console.result(public)
        console.say(
            say(
                "私钥自己保管，公钥发给单位。公钥指纹：",
                "Keep the private key; give out the public one. Its fingerprint: ",
            )
            + fingerprint(public_key(public))
        )
        return 0


def _register_install(group: typer.Typer, language: str) -> None:
    say = in_language(language)
    digest_help = say("通知里印的 SHA-256。", "The SHA-256 that the notice prints.")
    key_help = say("发布单位的公钥。", "The issuer's public key.")

    @group.command(
        help=say(
            "把标准包装进自己的标准库；有一处不对就什么也不写。",
            "Install a package into your library; nothing is written if anything is wrong.",
        )
    )
    def install(
        package: Annotated[str, typer.Argument(metavar="FILE.zip", help=say("标准包。", "The package."))],
        sha256: Annotated[str, typer.Option("--sha256", metavar="HEX", help=digest_help)] = "",
        key: Annotated[str, typer.Option("--key", metavar="FILE", help=key_help)] = "",
    ) -> int:
        from generator.distribution.install import install as put
        from generator.distribution.received import receive

        received = receive(package, digest=sha256, key_file=key)
        done = put(received)
        console.result(str(done.folder))
        tell_package(received, language)
        if not done.new:
            console.say(say("已经装过，没有改动。", "It was installed already; nothing changed."))
        console.say(
            say("开始填写：", "Start filling in: ")
            + f"generator new {received.manifest.reference} -o {received.manifest.standard}.yaml"
        )
        return 0

    @group.command(
        help=say(
            "核对标准包，或装好的标准：摘要、文件、签名是否都对。",
            "Verify a package or an installed standard: digests, files, signature.",
        )
    )
    def verify(
        target: Annotated[
            str, typer.Argument(metavar="FILE.zip|ID", help=say("标准包，或标准的名称。", "A package or a standard."))
        ],
        sha256: Annotated[str, typer.Option("--sha256", metavar="HEX", help=digest_help)] = "",
        key: Annotated[str, typer.Option("--key", metavar="FILE", help=key_help)] = "",
    ) -> int:
        from generator.diagnostics import InvalidDocument
        from generator.distribution.installed_check import verify_installed
        from generator.distribution.received import receive

        try:
            if target.lower().endswith(".zip") or Path(target).is_file():
                tell_package(receive(target, digest=sha256, key_file=key), language)
                return 0
            found = verify_installed(target, key_file=key)
        except InvalidDocument as refusal:
            for finding in refusal.diagnostics:
                console.say(console.diagnostic_text(finding, language))
            return 1
        console.result(f"{found.reference}  {found.issuer}")
        console.result(say("标准摘要：", "digest of the standard: ") + found.digest)
        console.result(str(found.path))
        if found.folder is None:
            console.result(say("不是从标准包安装的。", "It was not installed from a package."))
        else:
            console.result(_signed(found.signer, bool(key), language))
        return 0


def _register_keep(group: typer.Typer, language: str) -> None:
    say = in_language(language)

    @group.command(help=say("从自己的标准库里删去一个装好的标准。", "Remove an installed standard from your library."))
    def remove(
        standard: Annotated[
            str,
            typer.Argument(
                metavar="ID[@VERSION]",
                help=say("标准的名称，可带版本。", "Its name, or name@version."),
                autocompletion=standard_ids,
            ),
        ],
    ) -> int:
        from generator.distribution.install import remove as take_out

        console.result(str(take_out(standard)))
        return 0


def tell_package(received: "Received", language: str) -> None:
    """What a package is: standard, issuer, digests, signature."""
    say = in_language(language)
    manifest = received.manifest
    console.result(f"{manifest.reference}  {manifest.issuer}  {manifest.title}")
    console.result(f"SHA-256: {received.sha256}")
    console.result(say("标准摘要：", "digest of the standard: ") + manifest.digest)
    console.result(_signed(received.signature.fingerprint if received.signature else "", received.checked, language))


def _signed(signer: str, checked: bool, language: str) -> str:
    say = in_language(language)
    if not signer:
        return say("没有签名。", "It is not signed.")
    if checked:
        return say(f"签名有效，公钥指纹 {signer}。", f"Its signature holds, by the key {signer}.")
    return say(
        f"有签名，公钥指纹 {signer}；用 --key 公钥 核对是不是发布单位的。",
        f"It is signed by the key {signer}; --key FILE checks that this is the issuer's.",
    )
