"""The pictures of a report: files beside the data file, confined to its folder, checked by their bytes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from generator.diagnostics import InvalidTemplate
from generator.formula import INVALID
from generator.report.record import Record
from generator.report.session import Session
from generator.source import Scalar
from generator.standard import Field
from generator.standard.convert import convert
from generator.standard.kinds import BadValue
from generator.template.image import Image, image


def picture(session: Session, record: Record, field: Field, node: Scalar, path: str) -> Any:
    """The picture that a data file names; `INVALID` with a finding where there is none.

    Raises:
        BadValue: the name leads outside the data file's folder, is no picture's, or there is no such picture.
    """
    name = convert(field)(node.text)
    folder = Path(os.path.realpath(Path(session.source.name or ".").parent))
    file = Path(os.path.realpath(folder / name))  # a link may lead elsewhere, or to itself
    if not file.is_relative_to(folder):
        raise BadValue("value-image-outside", text=name)
    if not os.path.isfile(file):  # noqa: PTH113  a name that no system takes is no picture's
        raise BadValue("value-image-missing", text=name, folder=str(Path(session.source.name or ".").parent))
    try:
        made = image(str(file), field.width or None, field.height or None, description=field.label)
    except InvalidTemplate as fault:
        one = fault.diagnostics[0]
        if one.code == "image-unreadable":
            raise BadValue("value-not-image", text=name) from None
        raise BadValue(one.code, **{**one.arguments, "name": name}) from None
    except OSError:
        raise BadValue("value-not-image", text=name) from None
    return made if isinstance(made, Image) else INVALID
