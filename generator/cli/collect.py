"""`generator collect STANDARD DATA… -o FILE`: many departments' data files summed up, findings and missing units included."""

import os
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

from generator.cli import console
from generator.cli.app import failed, write_result
from generator.cli.declared import Argument, Commands, Option
from generator.cli.on_cluster import on_cluster
from generator.cli.options import MOST_WORKERS, data_files, matched, standard_ids, wanted_workers, workers_help
from generator.diagnostics.wording import command_help as texts
from generator.diagnostics.wording import command_words as words
from generator.diagnostics.wording import usage_words

_SUFFIXES = (".xlsx", ".csv", ".json", ".docx")


def register(app: Commands, language: str) -> None:
    """Add the command to the application."""
    say = console.in_language(language)

    @app.command(help=say(texts.COLLECT))
    def collect(
        standard: Annotated[str, Argument(metavar="STANDARD", help=say(texts.STANDARD), autocompletion=standard_ids)],
        data: Annotated[list[str], Argument(metavar="DATA", help=say(texts.DATA_FILES_ALONE))],
        output: Annotated[str, Option("-o", "--output", metavar="FILE", help=say(texts.OUTPUT))],
        units: Annotated[str, Option("--units", metavar="FILE", help=say(texts.COLLECT_UNITS))] = "",
        template: Annotated[str, Option("--template", metavar="FILE", help=say(texts.COLLECT_TEMPLATE))] = "",
        workers: Annotated[
            int, Option("--workers", metavar="N", min=0, max=MOST_WORKERS, help=workers_help(language))
        ] = 0,
        cluster: Annotated[str, Option("--cluster", metavar="ADDRESS", help=say(texts.CLUSTER))] = "",
    ) -> int:
        from generator.distribution.collection import collect as gathered
        from generator.distribution.summary_lines import counts
        from generator.distribution.summary_template import summary_document, used_names
        from generator.distribution.summary_texts import summary_csv, summary_json
        from generator.distribution.summary_workbook import summary_workbook
        from generator.distribution.units_list import read_units
        from generator.standard import load_standard

        suffix = Path(output).suffix.lower()
        if suffix not in _SUFFIXES:
            raise failed("collect-suffix", name=output)
        _refuse_other_kind(template, output)
        loaded = load_standard(standard)
        named = template or (
            str(loaded.library / loaded.summary.template) if loaded.summary and loaded.summary.template else ""
        )
        chosen = named if Path(named).suffix.lower() == suffix else ""
        if suffix == ".docx" and not chosen:
            raise failed("collect-suffix", name=output)
        used = used_names(chosen) if chosen else None
        data = matched(data)
        files = _others(data, data_files(data, language), Path(output))
        listed = read_units(units) if units else None
        processes = wanted_workers(workers, len(files))
        with on_cluster(cluster) if cluster else nullcontext() as executor:
            found = gathered(
                standard, files, units=listed, workers=processes, used=used, progress=_progress, executor=executor
            )
        if chosen:
            content, notes = summary_document(chosen, found, loaded)
            console.say_findings(notes, language)
        else:
            writers = {".xlsx": summary_workbook, ".csv": summary_csv, ".json": summary_json}
            content = writers[suffix](found, language)
        write_result(output, content, inputs=[*loaded.read_from, *filter(None, (units, template))])
        for one in found.submissions:
            for finding in one.findings:
                if finding.severity == "error" or finding.code.startswith("collect-"):
                    console.say(console.diagnostic_text(finding, language).split("\n")[0])
        console.remark(counts(found, language))
        for name in found.missing:
            console.say(say(words.MISSING) + name)
        return 1 if any(one.errors for one in found.submissions) else 0


def _refuse_other_kind(template: str, output: str) -> None:
    """The template that was asked for is used or refused, never left out."""
    if template and Path(template).suffix.lower() != Path(output).suffix.lower():
        reason = usage_words.OTHER_ENDING.filled(template=template, output=output)
        raise failed("usage-bad-value", name="--template", reason=reason, command="generator collect")


def _others(typed: list[str], files: list[str], output: Path) -> list[str]:
    """The data files but an earlier summary of the same name that lies among them.

    Raises:
        Failure: what would be written over is what a department handed in.
    """
    same = [name for name in files if os.path.realpath(name) == os.path.realpath(output)]
    if same and (any(name in typed for name in same) or not _is_summary(output)):
        raise failed("output-is-input", name=str(output))
    return [name for name in files if name not in same]


def _is_summary(path: Path) -> bool:
    """Whether a file that was taken for a data file is a summary."""
    from generator.ooxml.package import beside

    try:
        return path.suffix.lower() == ".json" and b'"departments"' in beside(path)
    except OSError:
        return False


def _progress(done: int, total: int) -> None:
    """Tell about every twentieth part of the files."""
    if total > 20 and (done == total or done % max(1, total // 20) == 0):
        console.remark(f"[{done}/{total}]")
