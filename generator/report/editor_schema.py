"""The JSON Schema of a standard's data files, for editors: completion, hover texts, first checks while typing.

It is that of the standard's pydantic model, adapted to draft 7, which the YAML language server of editors understands:
definitions stand where they are used, and what may be left empty may be null. What JSON Schema cannot say (formulas,
checks, stated values) is left to `generator check`.
"""

from __future__ import annotations

from typing import Any

from generator.report.pydantic_models import data_model
from generator.standard.model import Standard


def json_schema(standard: Standard) -> dict[str, Any]:
    """The JSON Schema of the data files of a standard."""
    found = data_model(standard).model_json_schema()
    definitions = found.pop("$defs", {})
    return {"$schema": "http://json-schema.org/draft-07/schema#", "required": [], **_adapted(found, definitions)}


def _adapted(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A schema without references, whose properties may be empty."""
    if reference := schema.get("$ref"):
        own = {key: value for key, value in schema.items() if key != "$ref"}
        definition = dict(definitions[reference.rpartition("/")[2]])
        definition.pop("description", None)  # a docstring, for programmers
        schema = {**definition, **own}
    found = {key: value for key, value in schema.items() if key not in ("default", "properties", "items")}
    if "properties" in schema:
        found["properties"] = {}
        for name, value in schema["properties"].items():
            adapted = _adapted(value, definitions)
            if adapted.get("type") in ("object", "array"):
                adapted["type"] = [adapted["type"], "null"]
            found["properties"][name] = adapted
    if "items" in schema:
        found["items"] = _adapted(schema["items"], definitions)
    return found
