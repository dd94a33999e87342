"""How a course grows: builds, memory, navigation and previews of hundreds to thousands of pages.

The pages lie in nested sections, each with a self-check of ten questions. Beside viva the same
pages are built without questions by MkDocs with the same theme, in the same run. Times of builds
are those on the clock, of the whole command, which uses all cores where it can; `CPU` is the time
of the processor as a multiple of MkDocs alone. Memory is the most that its largest process has
held;
`all MB` is that of a build with all that readers take along. A preview's time passes between a
save and the first answer of its server that has the new words: the quickest of three, where one
takes no more than ten seconds.
`--engines` puts other engines beside the default one, as far as they are installed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import yaml
from bs4 import BeautifulSoup
from samples import ROOT, write_plain, write_viva

SIZES = (500, 1000, 2000)
QUESTIONS, SECTION, GROUP = 10, 25, 4
"""Questions a page, pages a section, sections a group."""
SAVES, LONG = 3, 10
LONGEST = 1800  # seconds that a preview may take to begin
RUN = "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:]); " + (
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr); sys.exit(code)"
)
"""Runs a command, and tells the kilobytes of its largest process."""
SURROUNDINGS = {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "scripts")}


@dataclass(frozen=True)
class Run:
    """What a build took."""

    seconds: float
    processor: float
    megabytes: float


def nested(course: Path, pages: int) -> None:
    """Give a course of the samples a navigation of sections in groups."""
    settings = yaml.safe_load((course / "mkdocs.yml").read_text("utf-8"))
    names = [f"modules/reading-{n}.md" for n in range(pages)]
    sections = [names[at : at + SECTION] for at in range(0, pages, SECTION)]
    groups = [sections[at : at + GROUP] for at in range(0, len(sections), GROUP)]
    settings["nav"] = [
        {"Home": "index.md"},
        *(
            {f"Group {g + 1}": [{f"Section {g + 1}.{s + 1}": one} for s, one in enumerate(group)]}
            for g, group in enumerate(groups)
        ),
    ]
    (course / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")


def pick(course: Path, engine: str, offline: bool = False) -> None:
    """Have a course built by an engine, with what readers take along if that is wished."""
    path = course / "mkdocs.yml"
    settings = yaml.safe_load(path.read_text("utf-8"))
    settings["plugins"] = [{"viva": {"offline": offline, "engine": engine}}]
    path.write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")


def measure(course: Path, command: list[str]) -> Run:
    """Build a course."""
    began, before = time.perf_counter(), sum(os.times()[2:4])
    done = subprocess.run(
        [sys.executable, "-c", RUN, *command],
        cwd=course,
        env=os.environ | SURROUNDINGS,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    kilobytes = int(done.stderr.strip().splitlines()[-1])
    clock, processor = time.perf_counter() - began, sum(os.times()[2:4]) - before
    return Run(clock, processor, kilobytes / 1024)


def navigation(course: Path, page: str) -> int:
    """The bytes of the navigation of a page, its own headings left out."""
    soup = BeautifulSoup((course / "site" / page).read_text("utf-8"), "html.parser")
    nav = soup.select_one("nav.md-nav--primary")
    for own in nav.select(".md-nav--secondary") if nav else ():
        own.decompose()
    return len(str(nav).encode()) if nav else 0


def viva(engine: str, *arguments: str) -> list[str]:
    """A command of viva where an engine is installed: ProperDocs has an environment of its own."""
    own = ROOT / ".venv-properdocs/bin/python"
    python = str(own) if engine == "properdocs" else sys.executable
    return [python, "-c", "from viva.cli import main; main()", *arguments]


@contextmanager
def served(course: Path, engine: str) -> Iterator[str]:
    """The address of a preview, once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        address = f"127.0.0.1:{found.getsockname()[1]}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = viva(engine, "serve", "--address", address)
    run = subprocess.Popen(command, cwd=course, env=os.environ | SURROUNDINGS, **quiet)
    try:
        shows(f"http://{address}/index.html", "", LONGEST)
        yield f"http://{address}"
    finally:
        run.terminate()
        run.wait()


def shows(url: str, words: str, longest: float = 300) -> float:
    """The seconds until a page shows some words."""
    began = time.perf_counter()
    while time.perf_counter() - began < longest:
        with suppress(OSError), urllib.request.urlopen(url, timeout=longest) as page:
            if words in page.read().decode():
                return time.perf_counter() - began
        time.sleep(0.02)
    raise SystemExit(f"{url} never showed {words!r}")


def saved(file: Path, url: str, words: str) -> float:
    """The seconds from a save of a file, whose old words become others, to a page with these."""
    times = []
    for number in range(SAVES):
        text, new = file.read_text("utf-8"), f"{words} {number}"
        old = words if number == 0 else f"{words} {number - 1}"
        assert old in text, file
        file.write_text(text.replace(old, new), "utf-8")
        times.append(shows(url, new))
        if times[-1] > LONG:
            break
    return min(times)


def previewed(course: Path, engine: str, pages: int) -> dict[str, object]:
    """What a save takes in a preview: of a bank and of a page in the middle."""
    n = pages // 2
    with served(course, engine) as address:
        bank, page = course / f"quizzes/bank-{n:03}.yml", course / f"docs/modules/reading-{n}.md"
        check = f"{address}/self-checks/bank-{n:03}.html"
        of_bank = saved(bank, check, f"Which part of specimen {n * QUESTIONS}")
        of_page = saved(page, f"{address}/modules/reading-{n}.html", "A thick muscle lies")
    return {"bank s": round(of_bank, 2), "page s": round(of_page, 2)}


def row(pages: int, engine: str, plain: Run) -> dict[str, object]:
    """What a course of so many pages takes with an engine, beside the same pages alone."""
    build = viva(engine, "build")
    with tempfile.TemporaryDirectory() as scratch:
        course = Path(scratch) / "course"
        course.mkdir()
        write_viva(course, pages * QUESTIONS, pages)
        nested(course, pages)
        pick(course, engine)
        cold = measure(course, build)
        cached = measure(course, build)
        nav = navigation(course, f"modules/reading-{pages // 2}.html")
        check = course / f"site/self-checks/bank-{pages // 2:03}.html"
        size = check.stat().st_size
        preview = previewed(course, engine, pages)
        pick(course, engine, offline=True)
        whole = measure(course, build)
        shutil.rmtree(course / ".cache")
        return {
            "pages": pages,
            "engine": engine,
            "alone s": round(plain.seconds, 1),
            "cold s": round(cold.seconds, 1),
            "× alone": round(cold.seconds / plain.seconds, 2),
            "cold CPU ×": round(cold.processor / plain.processor, 2),
            "cached s": round(cached.seconds, 1),
            "cached × alone": round(cached.seconds / plain.seconds, 2),
            "MB": round(max(cold.megabytes, cached.megabytes)),
            "all MB": round(whole.megabytes),
            **preview,
            "nav KB": round(nav / 1024, 1),
            "self-check KB": round(size / 1024),
        }


def alone(pages: int) -> Run:
    """What the same pages take with MkDocs and no questions."""
    with tempfile.TemporaryDirectory() as scratch:
        course = Path(scratch) / "course"
        course.mkdir()
        write_plain(course, pages)
        nested(course, pages)
        return measure(course, [sys.executable, "-m", "mkdocs", "build", "--quiet"])


def as_table(rows: list[dict[str, object]]) -> str:
    """The rows under their names, aligned."""
    lines = [list(rows[0]), *([str(value) for value in one.values()] for one in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--engines", nargs="+", default=["mkdocs"], metavar="ENGINE")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    chosen = parser.parse_args()
    rows = []
    for pages in chosen.pages:
        plain = alone(pages)
        for engine in chosen.engines:
            rows.append(row(pages, engine, plain))
            print(rows[-1], file=sys.stderr, flush=True)
    print(json.dumps(rows, indent=2) if chosen.format == "json" else as_table(rows))


if __name__ == "__main__":
    main()
