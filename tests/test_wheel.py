"""The wheel: installed into an empty environment it renders outside the checkout, with the standards it carries."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def it_renders_outside_the_checkout_from_an_empty_environment(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path / "dist"), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [str(scripts / "python"), "-m", "pip", "install", "-q", "-c", str(ROOT / "constraints.txt"), str(wheel)],
        check=True,
    )
    folder = tmp_path / "我的 文件夹"
    folder.mkdir()
    data = folder / "数据.yaml"
    data.write_bytes((ROOT / "data" / "shifeng-2020.yaml").read_bytes())
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GENERATOR_", "PYTHON"))}

    def generator(*arguments):
        return subprocess.run(
            [str(scripts / "generator"), *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )

    listed = generator("standards")
    assert listed.returncode == 0, listed.stderr
    assert "shifeng-2020" in listed.stdout
    rendered = generator("render", "数据.yaml", "-o", "输出 目录")
    assert rendered.returncode == 0, rendered.stderr
    written = [folder / line for line in rendered.stdout.splitlines()]
    assert {path.suffix for path in written} == {".docx", ".xlsx"}
    assert all(path.stat().st_size > 5000 for path in written)
