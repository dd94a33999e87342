"""Commands of viva and MkDocs in processes of their own, which have imported everything already.

Most of what a short command costs is importing. The processes come from one that did it once; the
tests of the wheel and of the guides start the real scripts.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from viva.cli import TOPICS

PRELOADED = ["mkdocs.__main__", "viva.engines.mkdocs.plugin", "material", "commands", "warm"]
PRELOADED += [f"viva.cli.{topic}" for topic in TOPICS.values()]
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(PRELOADED)


def viva(
    *arguments: object, cwd: Path | None = None, env: Mapping[str, str] = os.environ
) -> subprocess.CompletedProcess[str]:
    """What `viva` with these arguments does and says in a folder."""
    return _run(("viva", *map(str, arguments)), cwd, env)


def mkdocs(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """What `mkdocs` with these arguments does and says in a folder."""
    return _run(("mkdocs", *map(str, arguments)), cwd, os.environ)


def _run(
    command: tuple[str, ...], cwd: Path | None, env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = SERVER.Process(target=_play, args=(command, cwd or Path.cwd(), dict(env), out, err))
        process.start()
        process.join()
        said = (path.read_text("utf-8") if path.exists() else "" for path in (out, err))
        return subprocess.CompletedProcess(command, process.exitcode or 0, *said)


def _play(
    command: tuple[str, ...], cwd: Path, env: dict[str, str], out: Path, err: Path
) -> None:
    """The command, in the process that was made for it."""
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), number)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    os.environ.clear()
    os.environ.update(env, NO_MKDOCS_2_WARNING="1")
    os.chdir(cwd)
    sys.argv = list(command)
    if command[0] == "mkdocs":
        from mkdocs.__main__ import cli

        cli()
    else:
        from viva.cli import main

        main()
