"""Engines that know nothing of viva: stage a course, run the engine, finish what it wrote."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from viva.base import files, words
from viva.base.problems import Problem, has_errors, in_order, stopped
from viva.build import check, finish, folder, security, takeaway
from viva.build import edition as editions
from viva.build import stage as places
from viva.build.edition import Edition
from viva.course.layout import Layout
from viva.engines import Say, licences, parts
from viva.engines.defaults import completed
from viva.site import navigation

SETTINGS, THEME, OUT = "settings.yml", "theme", "out"
# Reproducible dates, no colours, UTF-8 whatever the console is.
SURROUNDINGS = {
    "NO_COLOR": "1",
    "NO_MKDOCS_2_WARNING": "1",
    "PYTHONIOENCODING": "utf-8",  # which wins over the next, and may be set
    "PYTHONUTF8": "1",
    "SOURCE_DATE_EPOCH": "315532800",
}


@dataclass(frozen=True)
class Said:
    """What an engine says of a page: its path under docs/, and a line where it knows one."""

    text: str
    page: str = ""
    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Driver:
    """What is an engine's own. `arguments` follow `python -m NAME`, in the staged folder."""

    name: str
    arguments: tuple[str, ...]
    theme: str
    """The package of its theme."""
    settings: Callable[[dict[str, Any]], dict[str, Any]]
    read: Callable[[str], Iterable[Said]]
    """What the engine's log says."""
    leads: bool = False
    """Whether it leads links in HTML on, as those in Markdown."""


def build(driver: Driver, layout: Layout, site: Path, say: Say, preview: bool = False) -> int:
    """Build a course with an engine into an empty place. A preview shows what is wrong in it."""
    edition = parts.looked_for(editions.read(layout, preview))
    # Engines differ in what they make of a page that is not there.
    lacking = navigation.problems(layout, edition.routes.pages)
    found = in_order([*edition.problems, *lacking])
    unread = has_errors(layout.settings.problems)
    if unread or (has_errors(found) and not preview):
        return _stopped(found, say)
    for problem in found if preview else ():
        say(problem.told)
    # On the disk of the course, whose files it links to.
    with files.temporary(layout.cache) as stage:
        folder.write(edition, stage, driver.leads)
        _write_theme(driver, layout, stage / THEME)
        _write_settings(driver, edition, stage)
        said = list(map(_problem(edition), _run(driver, stage)))
        problems = _once(said, _finished(edition, driver, stage / OUT))
        if problems and not (preview and (stage / OUT).is_dir()):
            return _stopped(problems, say)
        for problem in problems:
            say(problem.told)
        files.move(stage / OUT, site)
    return 0


def _once(said: Iterable[Problem], ours: list[Problem]) -> list[Problem]:
    """What the engine says, less what we say of the same link with its line and its name."""
    known = {(one.path, one.line) for one in ours}
    names = {(one.path, stem) for one in ours for stem in check.named(one)}
    left = [
        one
        for one in said
        if (one.path, one.line) not in known
        and not any(path == one.path and stem in one.message for path, stem in names)
    ]
    return in_order([*left, *ours])


def _stopped(problems: Iterable[Problem], say: Say) -> int:
    found = list(problems)
    for problem in found:
        say(problem.told)
    say(stopped(found))
    return 1


def _write_theme(driver: Driver, layout: Layout, target: Path) -> None:
    """One folder of templates: those of all engines, the engine's own, the course's own."""
    here = resources.files("viva.engines")
    for source in (here / THEME, here / driver.name / THEME, layout.overrides):
        if source is not None and Path(str(source)).is_dir():
            files.copy_tree(Path(str(source)), target)


def _write_settings(driver: Driver, edition: Edition, stage: Path) -> None:
    full = completed(dict(edition.settings.data))
    nav = folder.nav(edition)
    theme = {**full.get("theme", {}), "custom_dir": THEME}
    own: dict[str, Any] = {**full, "docs_dir": folder.DOCS, "site_dir": OUT, "theme": theme}
    own |= {"nav": nav} if nav else {}
    own["not_in_nav"] = "\n".join((full.get("not_in_nav") or "", *places.unlisted(edition)))
    # Finishing adds anchors that an engine cannot know: they are looked at afterwards.
    own["validation"] = {**full.get("validation", {}), "anchors": "ignore"}
    own["extra"] = {**full.get("extra", {}), "viva": parts.landmarks(edition)}
    data = driver.settings(own)
    files.put(stage / SETTINGS, json.dumps(data, ensure_ascii=False, indent=1))


def _run(driver: Driver, stage: Path) -> list[Said]:
    """Run the engine where no module of the course can hide one of its own."""
    command = [sys.executable, "-m", driver.name, *driver.arguments]
    done = subprocess.run(
        command,
        cwd=stage,
        env=os.environ | SURROUNDINGS,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    found = list(driver.read(done.stderr))
    if done.returncode and not found:
        lines = (done.stderr or done.stdout).strip().splitlines()
        last = lines[-1] if lines else words.say("it said nothing")
        said = words.say("{engine} stopped: {message}", engine=driver.name, message=last)
        found = [Said(said)]
    return found


def _problem(edition: Edition) -> Callable[[Said], Problem]:
    docs = edition.course.layout.name(edition.course.layout.docs)

    def problem(said: Said) -> Problem:
        path = f"{docs}/{said.page}" if said.page else edition.settings.source.path
        return Problem(path, said.line, said.column, "EN001", said.text)

    return problem


def _finished(edition: Edition, driver: Driver, site: Path) -> list[Problem]:
    """Finish every page that was written, complete the site, and look for broken links."""
    sources = {}
    for path in sorted(edition.routes.pages):
        file = site / edition.routes.file(path)
        if file.is_file():
            done = finish.finish(file.read_text("utf-8"), edition, path)
            files.put(file, done.html)
            sources[path] = done.source
    if not sources:
        return []
    takeaway.close(edition, site, sources, licences.of_theme(driver.theme))
    return [*check.links(edition, site), *security.problems(edition, site)]
