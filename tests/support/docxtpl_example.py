"""Runs an example script of docxtpl with docxtpl, or with this project's engine in docxtpl's place.

    python -m tests.support.docxtpl_example ours|docxtpl SCRIPT      in the folder of the script

The script's own calls stay as they are; `DocxTemplate` and `InlineImage` are exchanged before it runs.
"""

from __future__ import annotations

import copy
import io
import os
import runpy
import sys
from pathlib import Path
from typing import Any

import docx
import docxtpl
import docxtpl.inline_image
import docxtpl.template


class Picture:
    """docxtpl's InlineImage by its arguments."""

    def __init__(self, tpl: Any, image_descriptor: Any, width: Any = None, height: Any = None, anchor: Any = None):
        self.arguments = image_descriptor, width, height, anchor


class SubDocument:
    """docxtpl's sub-document: a document of its own, with the template's styles where it is built in place."""

    def __init__(self, template: Any, path: Any):
        self.path = path
        if path is None:
            self.document = docx.Document(template)
            body = self.document.element.body
            for block in list(body):
                body.remove(block)
            body.append(copy.deepcopy(docx.Document().element.body.sectPr))  # docxtpl's page, for widths of tables

    def __getattr__(self, name: str) -> Any:
        return getattr(self.document, name)


class DocxTemplate(docxtpl.template.DocxTemplate):
    """docxtpl's template with `WordTemplate` behind `render` and `save`."""

    def __init__(self, template_file: Any):
        super().__init__(template_file)
        self.content: bytes | None = None
        self.replacements: dict[str, dict[Any, Any]] = {}

    def render(self, context: Any, jinja_env: Any = None, autoescape: bool = False) -> None:
        from generator.word import WordTemplate

        template = WordTemplate(self.template_file, undefined="empty", environment=jinja_env)
        values = {name: self._ours(template, value) for name, value in context.items()}
        self.content = template.render(values, **self.replacements)

    def save(self, filename: Any, *_: Any, **__: Any) -> None:
        if self.content is None:
            self.render({})
        assert self.content is not None
        if hasattr(filename, "write"):
            filename.write(self.content)
        else:
            Path(filename).write_bytes(self.content)

    def _ours(self, template: Any, value: Any) -> Any:
        if isinstance(value, Picture):
            source, width, height, anchor = value.arguments
            return template.image(source, width=width, height=height, url=anchor)
        if isinstance(value, SubDocument):
            return template.subdoc(value.path if value.path else value.document)
        if isinstance(value, dict):
            return {key: self._ours(template, item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._ours(template, item) for item in value]
        return value

    def new_subdoc(self, docpath: Any = None) -> Any:
        return SubDocument(self.template_file, docpath)

    def build_url_id(self, url: str) -> Any:
        from generator.word import WordTemplate

        return WordTemplate(self.template_file).link(url)

    def _replace(self, name: str, old: Any, new: Any) -> None:
        old, new = (item.read() if isinstance(item, io.BytesIO) else item for item in (old, new))
        self.replacements.setdefault(name, {})[old] = new

    def replace_media(self, src_file: Any, dst_file: Any) -> None:
        self._replace("replace_media", src_file, dst_file)

    def replace_pic(self, embedded_file: Any, dst_file: Any) -> None:
        self._replace("replace_pic", embedded_file, dst_file)

    def replace_embedded(self, src_file: Any, dst_file: Any) -> None:
        self._replace("replace_embedded", src_file, dst_file)

    def replace_zipname(self, zipname: Any, dst_file: Any) -> None:
        self._replace("replace_zipname", zipname, dst_file)


def main(engine: str, script: str) -> None:
    """Run a script of docxtpl's with an engine."""
    Path("output").mkdir(exist_ok=True)
    if engine == "ours":
        docxtpl.DocxTemplate = DocxTemplate  # type: ignore[misc]
        docxtpl.InlineImage = Picture  # type: ignore[misc]
    sys.argv = [script]
    sys.path.insert(0, os.getcwd())  # noqa: PTH109
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
