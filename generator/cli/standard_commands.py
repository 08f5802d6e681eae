"""`generator standard …`: make, describe, pack, install, verify, remove and roll over a standard."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from generator.cli import console
from generator.cli.app import failed, write_result
from generator.cli.declared import Argument, Commands, Option
from generator.cli.options import standard_ids
from generator.diagnostics import Diagnostic, InvalidDocument, InvalidStandard, Severity
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import command_words as words
from generator.diagnostics.wording import usage_words
from generator.ooxml.file_endings import DATA_ENDINGS, FORM_ENDINGS, ending_of

if TYPE_CHECKING:
    from generator.distribution.derive import Derived
    from generator.distribution.received import Received


def register(app: Commands, language: str) -> None:
    """Add the group of commands to the application."""
    say = console.in_language(language)
    group = app.group("standard", help=say(texts.STANDARD_COMMANDS))
    _register_make(group, language)
    _register_roll(group, language)
    _register_pack(group, language)
    _register_install(group, language)
    _register_keep(group, language)


def _register_make(group: Commands, language: str) -> None:
    say = console.in_language(language)

    @group.command(help=say(texts.STANDARD_INIT))
    def init(
        name: Annotated[str, Argument(metavar="ID", help=say(texts.STANDARD_INIT_NAME))],
        source: Annotated[
            str, Option("--from", metavar="ID2", help=say(texts.STANDARD_INIT_FROM), autocompletion=standard_ids)
        ] = "",
        template: Annotated[
            list[str] | None, Option("--template", metavar="FILE", help=say(texts.STANDARD_INIT_TEMPLATE))
        ] = None,
        issuer: Annotated[str, Option("--issuer", metavar="NAME", help=say(texts.STANDARD_INIT_ISSUER))] = "",
        output: Annotated[str, Option("-o", "--output", metavar="DIR", help=say(texts.STANDARD_FOLDER))] = "templates",
    ) -> int:
        from generator.distribution.derive import from_other
        from generator.distribution.skeleton import example, from_templates
        from generator.standard import load_standard

        if source and template:
            raise failed("usage-bad-value", name="--template", reason="--from | --template", command="generator")
        if source:
            made = from_other(load_standard(source), name, Path(output), issuer)
        elif template:
            made = from_templates(name, template, Path(output), issuer)
        else:
            made = example(name, Path(output), issuer)
        _tell(made, language)
        console.remark(say(words.CHECK_IT) + f"generator lint {made.files[0]}")
        return 0

    @group.command(help=say(texts.STANDARD_DESCRIBE))
    def describe(
        standard: Annotated[str, Argument(metavar="ID", help=say(texts.STANDARD), autocompletion=standard_ids)],
        output: Annotated[str, Option("-o", "--output", metavar="FILE", help=say(texts.STANDARD_DESCRIBE_OUTPUT))],
    ) -> int:
        from generator.distribution.description import described_page, described_word
        from generator.standard import load_standard

        writers = {".docx": described_word, ".html": described_page, ".htm": described_page}
        suffix = Path(output).suffix.lower()
        if suffix not in writers:
            raise failed("describe-suffix", name=output)
        loaded = load_standard(standard)
        write_result(output, writers[suffix](loaded, language), inputs=loaded.read_from)
        return 0


def _register_roll(group: Commands, language: str) -> None:
    say = console.in_language(language)

    @group.command(help=say(texts.STANDARD_ROLL))
    def roll(
        standard: Annotated[
            str, Argument(metavar="ID", help=say(texts.STANDARD_ROLL_STANDARD), autocompletion=standard_ids)
        ],
        name: Annotated[str, Argument(metavar="NEW_ID", help=say(texts.STANDARD_ROLL_NAME))],
        output: Annotated[str, Option("-o", "--output", metavar="DIR", help=say(texts.STANDARD_FOLDER))] = "templates",
    ) -> int:
        from generator.distribution.derive import roll as rolled
        from generator.standard import load_standard

        loaded = load_standard(standard)
        if name == loaded.id:
            reason = usage_words.SAME_NAME.filled(name=name)
            raise failed("usage-bad-value", name="NEW_ID", reason=reason, command="generator standard roll")
        _tell(rolled(loaded, name, Path(output)), language)
        return 0


def _tell(made: "Derived", language: str) -> None:
    for path in made.files:
        console.result(str(path))
    console.say_findings(made.tasks, language)


def _register_pack(group: Commands, language: str) -> None:
    say = console.in_language(language)

    @group.command(help=say(texts.STANDARD_PACK))
    def pack(
        standard: Annotated[str, Argument(metavar="ID", help=say(texts.STANDARD), autocompletion=standard_ids)],
        output: Annotated[str, Option("-o", "--output", metavar="FILE.zip", help=say(texts.OUTPUT))] = "",
        key: Annotated[str, Option("--key", metavar="FILE", help=say(texts.STANDARD_PACK_KEY))] = "",
        sample: Annotated[str, Option("--sample", metavar="FILE", help=say(texts.STANDARD_PACK_SAMPLE))] = "",
    ) -> int:
        from generator.distribution.pack import pack as packed
        from generator.standard import load_standard

        if sample and ending_of(sample) not in (*DATA_ENDINGS, *FORM_ENDINGS):
            reason = usage_words.NO_DATA_ENDING.filled(name=sample)
            raise failed("usage-bad-value", name="--sample", reason=reason, command="generator standard pack")

        def tell(findings: Sequence[Diagnostic]) -> None:  # what is worth knowing only is for `lint`
            console.say_findings((one for one in findings if one.severity is not Severity.INFO), language)

        try:
            loaded = load_standard(standard, thorough=True)
            made = packed(loaded, sample=sample, key_file=key)
        except InvalidStandard as refusal:
            tell(refusal.diagnostics)
            return 1
        tell(made.findings)
        path = output or f"{made.manifest.standard}-{made.manifest.version}.zip"
        write_result(path, made.content, inputs=[*loaded.read_from, *filter(None, (sample, key))])
        console.result(f"SHA-256: {made.sha256}")
        console.say(say(words.STANDARD_DIGEST) + made.manifest.digest)
        if not key:
            console.say(say(words.NOT_SIGNED_WITHOUT_KEY))
        return 0

    @group.command(help=say(texts.STANDARD_KEY))
    def key(output: Annotated[str, Argument(metavar="FILE", help=say(texts.STANDARD_KEY_OUTPUT))]) -> int:
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
        console.say(say(words.KEEP_KEY) + fingerprint(public_key(public)))
        return 0


def _register_install(group: Commands, language: str) -> None:
    say = console.in_language(language)
    digest_help = say(texts.STANDARD_SHA256)
    key_help = say(texts.STANDARD_PUBLIC_KEY)

    @group.command(help=say(texts.STANDARD_INSTALL))
    def install(
        package: Annotated[str, Argument(metavar="FILE.zip", help=say(texts.STANDARD_INSTALL_PACKAGE))],
        sha256: Annotated[str, Option("--sha256", metavar="HEX", help=digest_help)] = "",
        key: Annotated[str, Option("--key", metavar="FILE", help=key_help)] = "",
    ) -> int:
        from generator.distribution.install import install as put
        from generator.distribution.received import receive

        received = receive(package, digest=sha256, key_file=key)
        done = put(received)
        console.result(str(done.folder))
        tell_package(received, language)
        if not done.new:
            console.say(say(words.INSTALLED_ALREADY))
        console.say(
            say(words.START_FILLING_IN)
            + f"generator new {received.manifest.reference} -o {received.manifest.standard}.yaml"
        )
        return 0

    @group.command(help=say(texts.STANDARD_VERIFY))
    def verify(
        target: Annotated[str, Argument(metavar="FILE.zip|ID", help=say(texts.STANDARD_VERIFY_TARGET))],
        sha256: Annotated[str, Option("--sha256", metavar="HEX", help=digest_help)] = "",
        key: Annotated[str, Option("--key", metavar="FILE", help=key_help)] = "",
    ) -> int:
        from generator.distribution.installed_check import verify_installed
        from generator.distribution.received import receive

        try:
            if target.lower().endswith(".zip") or Path(target).is_file():
                tell_package(receive(target, digest=sha256, key_file=key), language)
                return 0
            found = verify_installed(target, key_file=key)
            if unused := "--sha256" * bool(sha256) or "--key" * bool(key and found.folder is None):
                reason = usage_words.OF_A_PACKAGE.filled(name=target)
                raise failed("usage-bad-value", name=unused, reason=reason, command="generator standard verify")
        except InvalidDocument as refusal:
            console.say_findings(refusal.diagnostics, language)
            return 1
        console.result(f"{found.reference}  {found.issuer}")
        console.result(say(words.STANDARD_DIGEST) + found.digest)
        console.result(str(found.path))
        if found.folder is None:
            console.result(say(words.NOT_FROM_PACKAGE))
        else:
            console.result(_signed(found.signer, bool(key), language))
        return 0


def _register_keep(group: Commands, language: str) -> None:
    say = console.in_language(language)

    @group.command(help=say(texts.STANDARD_REMOVE))
    def remove(
        standard: Annotated[
            str, Argument(metavar="ID[@VERSION]", help=say(texts.STANDARD_REMOVE_STANDARD), autocompletion=standard_ids)
        ],
    ) -> int:
        from generator.distribution.install import remove as take_out

        console.result(str(take_out(standard)))
        return 0


def tell_package(received: "Received", language: str) -> None:
    """What a package is: standard, issuer, digests, signature."""
    say = console.in_language(language)
    manifest = received.manifest
    console.result(f"{manifest.reference}  {manifest.issuer}  {manifest.title}")
    console.result(f"SHA-256: {received.sha256}")
    console.result(say(words.STANDARD_DIGEST) + manifest.digest)
    console.result(_signed(received.signature.fingerprint if received.signature else "", received.checked, language))


def _signed(signer: str, checked: bool, language: str) -> str:
    say = console.in_language(language)
    if not signer:
        return say(words.NOT_SIGNED)
    if checked:
        return say(words.SIGNATURE_HOLDS, signer=signer)
    return say(words.SIGNED, signer=signer)
