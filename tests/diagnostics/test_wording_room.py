"""Chinese and English wordings stand in the room of diagnostics alone; other rooms name them."""

import ast
import re
from pathlib import Path

import generator

ROOT = Path(generator.__file__).parent
CHINESE = re.compile("[\u4e00-\u9fff]")


def _wordings(path: Path):
    """The calls of a file that give a Chinese and an English wording where they stand."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)) if CHINESE.search(text) and re.search(r"(?:Text|say)\(", text) else ():
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("Text", "say"):
            parts = (part for argument in node.args for part in ast.walk(argument) if isinstance(part, ast.Constant))
            words = "".join(str(part.value) for part in parts)
            if CHINESE.search(words) and re.search("[a-z]{2}", words):
                yield f"{path.relative_to(ROOT)}:{node.lineno}"


def it_keeps_every_wording_in_its_room():
    outside = [path for path in ROOT.rglob("*.py") if "diagnostics" not in path.relative_to(ROOT).parts]
    assert [where for path in outside for where in _wordings(path)] == []


def it_would_see_one():
    assert [*_wordings(ROOT / "diagnostics" / "wording" / "command_words.py")]
