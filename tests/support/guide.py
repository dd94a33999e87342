"""The teachers' guide, read as the script of a play: what to write, to type, to see and to look at."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "docs/faculty/index.md"
PICTURES = ROOT / "docs/assets/guide"
BLOCK = r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$'
FIGURE = r"^!\[(?P<alt>[^\]]+)\]\(\.\./assets/guide/(?:\w+/)?(?P<picture>[\w-]+)\.png\)$"
STEP = re.compile(f"{BLOCK}|{FIGURE}", re.MULTILINE | re.DOTALL)

Kind = Literal["set up", "write", "type", "printed", "in file", "mistake", "figure"]


@dataclass(frozen=True)
class Step:
    """One thing to do or to see. `name` is a file's or a figure's."""

    kind: Kind
    name: str
    text: str


def steps(path: Path = PATH) -> list[Step]:
    """Every step of a page of the guide, in its order. YAML without a name is only to be read."""
    found = STEP.finditer(path.read_text("utf-8"))
    return [_step(one) for one in found if one["language"] != "yaml" or one["title"]]


def _step(found: re.Match[str]) -> Step:
    if found["picture"]:
        return Step("figure", found["picture"], found["alt"])
    title = found["title"] or ""
    return Step(_kind(found["language"], title), title, found["text"])


def _kind(language: str, title: str) -> Kind:
    """A file has its name for a title; what is set up once, and what is seen, have words."""
    if title.endswith(".yml"):
        return "in file" if language == "text" else "write"
    if language == "text":
        return "printed" if title == "You see" else "mistake"
    return "set up" if title else "type"


def fits(told: str, real: str) -> bool:
    """Whether the guide tells the truth; an ellipsis in it stands for anything."""
    parts = (re.escape(part) for part in told.strip().split("…"))
    return bool(re.search(".*?".join(parts), real, re.DOTALL))


def typed(folder: Path, command: str) -> str:
    """What a command of the guide prints in a folder; it must succeed."""
    paths = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-c", command], cwd=folder, env=os.environ | {"PATH": paths}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}{done.stdout}"
    return done.stdout
