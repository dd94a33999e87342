"""What makes GitHub and GitLab build a course and publish it themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from importlib.metadata import version
from pathlib import Path

from viva.base.words import Said, say

REMOTE = re.compile(
    r"(?:https?://(?:[^@/]+@)?|ssh://(?:[^@/]+@)?|[^@/\s]+@)(?P<host>[^/:]+)(?::\d+)?[:/]"
    r"(?P<path>.+?)(?:\.git)?/?"
)
URL = re.compile(r'^\[remote "origin"\][^\[]*?^\s*url\s*=\s*(\S+)', re.MULTILINE | re.DOTALL)
HEAD = re.compile(r"ref: refs/heads/(\S+)")


@dataclass(frozen=True)
class Forge:
    """A host of repositories: the file that it reads, and what its teacher does once."""

    name: str
    file: str
    steps: tuple[Said, ...]


FORGES = {
    "github": Forge(
        "GitHub",
        ".github/workflows/pages.yml",
        (
            say("On GitHub open Settings, then Pages, and choose as source: GitHub Actions."),
            say("Commit the file and push it: git add {file}, git commit, git push."),
            say("Look under Actions: after some minutes the course is at {address}"),
        ),
    ),
    "gitlab": Forge(
        "GitLab",
        ".gitlab-ci.yml",
        (
            say("Commit the file and push it: git add {file}, git commit, git push."),
            say("Look under Build, Pipelines: after some minutes the course is at {address}"),
            say("Under Deploy, Pages you choose who may see it."),
        ),
    ),
}


@dataclass(frozen=True)
class Repository:
    """Where a course is kept: its remote and its branch, as far as they are known."""

    host: str = ""
    path: str = ""
    branch: str = "main"

    @property
    def forge(self) -> str:
        """GitHub or GitLab, by the name of the host; empty where it tells neither."""
        return next((name for name in FORGES if name in self.host), "")

    @property
    def address(self) -> str:
        """Where its pages will be; empty where nobody can tell."""
        owner, _, rest = self.path.partition("/")
        if self.host not in ("github.com", "gitlab.com") or not rest:
            return ""
        site = f"{owner}.{self.host.removesuffix('.com')}.io".lower()
        return f"https://{site}/" if rest.lower() == site else f"https://{site}/{rest}/"


def repository(root: Path) -> Repository:
    """What the course's own folder of git says, or that of a folder above it."""
    for folder in (root, *root.parents):
        config = folder / ".git/config"
        if config.is_file():
            head = folder / ".git/HEAD"
            return _read(config.read_text("utf-8", "replace"), head.read_text("utf-8", "replace"))
    return Repository()


def _read(config: str, head: str) -> Repository:
    branch = HEAD.match(head)
    known = branch[1] if branch else "main"
    url = URL.search(config)
    found = REMOTE.fullmatch(url[1]) if url else None
    if found is None:
        return Repository(branch=known)
    return Repository(found["host"], found["path"], known)


def text(forge: str, branch: str) -> str:
    """The file that a forge reads, with this version of viva."""
    written = (resources.files("viva.publish.workflows") / f"{forge}.yml").read_text("utf-8")
    return written.format(branch=branch, package=f"viva-course=={version('viva-course')}")
