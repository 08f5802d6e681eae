"""What departments run is Windows: no call that only Linux has, no name that one system takes for another, any locale, fresh interpreters.

Nothing here runs on Windows; what can be known without it is held.
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import generator
from tests.support.sample_forms import DATA

ROOT = Path(generator.__file__).parent
MODULES = frozenset(
    ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "curses", "readline", "syslog", "posix", "nis")
)
OF_OS = frozenset(
    [
        "fork",
        "forkpty",
        "kill",
        "killpg",
        "setsid",
        "setpgid",
        "getuid",
        "geteuid",
        "getgid",
        "getegid",
        "getgroups",
        "getpgid",
        "getppid",
        "setuid",
        "setgid",
        "chown",
        "lchown",
        "fchown",
        "fchmod",
        "chroot",
        "mkfifo",
        "mknod",
        "nice",
        "uname",
        "sysconf",
        "getloadavg",
        "wait",
        "wait3",
        "wait4",
        "waitid",
        "WIFSIGNALED",
        "WTERMSIG",
        "sched_getaffinity",
        "sched_setaffinity",
        "pread",
        "pwrite",
        "sendfile",
        "statvfs",
        "openpty",
        "ttyname",
        "ctermid",
        "O_NOFOLLOW",
        "O_CLOEXEC",
        "O_DIRECTORY",
        "O_NONBLOCK",
    ]
)
OF_SIGNAL = frozenset(
    [
        "SIGKILL",
        "SIGHUP",
        "SIGALRM",
        "SIGUSR1",
        "SIGUSR2",
        "SIGCHLD",
        "SIGPIPE",
        "SIGXCPU",
        "SIGXFSZ",
        "SIGSTOP",
        "SIGCONT",
        "alarm",
        "setitimer",
        "pthread_kill",
        "sigwait",
    ]
)
SPOKEN_OF = re.compile(rf"\b(?:os|signal|{'|'.join(sorted(MODULES))})\b")  # by every file that may call one of them
# Each stands behind a question for the system, on the line given here.
ASKED = {
    ("compare/regular_rules.py", "signal.setitimer"): '    if not (main and hasattr(signal, "setitimer") and',
    ("documents/pdf.py", "os.killpg"): "    if alone:",
    ("documents/pdf.py", "signal.SIGKILL"): "    if alone:",
    ("kept/cache_folder.py", "os.geteuid"): '    if not hasattr(os, "geteuid"):',
    ("ooxml/saving.py", "os.kill"): '    if machine == _machine() and os.name == "posix":',
}


def posix_only(tree: ast.Module) -> Iterator[str]:
    """The modules and names of a file that Windows lacks, but for modules whose lack is caught."""
    caught = {
        node
        for attempt in ast.walk(tree)
        if isinstance(attempt, ast.Try)
        and any("ImportError" in ast.unparse(one.type or attempt) for one in attempt.handlers)
        for statement in attempt.body
        for node in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and node not in caught:
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            yield from (name for name in named if name.split(".")[0] in MODULES)
        if isinstance(node, ast.ImportFrom) and node.module in ("os", "signal"):
            yield from (f"{node.module}.{one.name}" for one in node.names if one.name in OF_OS | OF_SIGNAL)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner, name = node.value.id, node.attr
            if (owner == "os" and name in OF_OS) or (owner == "signal" and name in OF_SIGNAL):
                yield f"{owner}.{name}"


def it_calls_nothing_that_windows_lacks_without_asking_first():
    found = set()
    for path in sorted(ROOT.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if SPOKEN_OF.search(text):
            found |= {(path.relative_to(ROOT).as_posix(), name) for name in posix_only(ast.parse(text))}
    assert found == set(ASKED)
    for (file, _), question in ASKED.items():
        assert question in (ROOT / file).read_text(encoding="utf-8")


def it_opens_no_text_in_the_encoding_of_the_machine():
    """Windows in China writes cp936 by default."""
    for path, text in ((path, path.read_text(encoding="utf-8")) for path in ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(text)) if re.search(r"(?:read_text|write_text|open)\b", text) else ():
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            keywords = {one.arg for one in node.keywords}
            if name in ("read_text", "write_text") and isinstance(node.func, ast.Attribute):
                arguments = len(node.args) - (name == "write_text")
                assert "encoding" in keywords or arguments > 0, f"{path}:{node.lineno}"
            if name == "open" and isinstance(node.func, ast.Name):
                mode = ast.unparse(node.args[1]) if len(node.args) > 1 else ""
                assert "b" in mode or "encoding" in keywords, f"{path}:{node.lineno}"


RUN = """
import sys
from generator.batch import workers
workers._may_be_copied = lambda: False  # as on Windows
from generator.cli import main
if __name__ == "__main__":
    sys.exit(main())
"""


def ran(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    (folder / "run.py").write_text(RUN, encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    return subprocess.run(
        [sys.executable, "run.py", *arguments],
        cwd=folder,
        env={**clean, **environment},
        capture_output=True,
        check=False,
        timeout=240,
    )


@pytest.mark.slow
@pytest.mark.parametrize("option", [(), ("--isolated",)], ids=["plain", "isolated"])
def it_renders_a_batch_by_fresh_interpreters_and_consoles_of_any_encoding_alike(tmp_path, option):
    names = [str(DATA / f"{name}.yaml") for name in ("shifeng-2020", "beita-2023")]
    alone = ran(tmp_path, "render", *names, "-o", "alone", PYTHONIOENCODING="utf-8")
    assert alone.returncode == 0, alone.stderr
    wanted = {path.name: path.read_bytes() for path in (tmp_path / "alone").iterdir()}
    assert len(wanted) == 4
    for encoding in ("gbk", "cp1252", "ascii"):
        batch = ran(tmp_path, "render", *names, "-o", encoding, "--workers", "2", *option, PYTHONIOENCODING=encoding)
        assert batch.returncode == 0, batch.stderr
        assert {path.name: path.read_bytes() for path in (tmp_path / encoding).iterdir()} == wanted


@pytest.mark.skipif(sys.platform != "linux", reason="Windows and Macs name files in Unicode always")
def it_says_so_where_the_locale_holds_no_chinese_name(tmp_path):
    data = str(DATA / "shifeng-2020.yaml")
    refused = ran(
        tmp_path, "render", data, "-o", "out", "--lang", "en", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert refused.returncode == 2
    told = refused.stderr.decode()
    assert "output-unwritable" in told
    assert "PYTHONUTF8=1" in told
    assert "internal-error" not in told
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["run.py"]
