"""How light and how accessible a course's pages are, and the same questions under mkdocs-quiz.

For each page the gzipped bytes of its HTML and of the scripts and styles that it loads, by whose
they are; the nodes that a browser holds; its requests, and those to other hosts; what axe finds.
mkdocs-quiz writes its scripts and styles into the page: they are in its HTML.

Then the same pages stand beside pages of plain Material with the same text: both are opened in
turn, five times, and medians are printed. `blocked` is blocking by processor time. Where Node is
installed, Lighthouse's scores for a phone follow, its own blocking time, and how fast it finds the
machine, for it measures time on the wall.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from blocking import blocking
from bs4 import BeautifulSoup
from plain import build as build_plain
from playwright.sync_api import Browser, Page, sync_playwright
from samples import write_mkdocs_quiz, write_viva

from setup_browser import ADVICE, find_browser

KINDS = [
    "index.html",
    "modules/imaging.html",
    "self-checks/index.html",
    "self-checks/imaging.html",
    "self-checks/treatment.html",
    "study/progress.html",
    "study/review.html",
    "study/practice.html",
    "hip-lab.html",
    "cases/desk-pain.html",
    "summary.html",
    "glossary.html",
    "references.html",
    "facts.html",
    "assignments/week-1.html",
    "faculty/index.html",
    "faculty/rules.html",
    "faculty/rules/metadata.html",
    "faculty/blueprint.html",
    "offline.html",
    "about.html",
]
SAMPLE = 20
"""The questions of the page that is compared with mkdocs-quiz."""
SAMPLE_PAGE = "self-checks/bank-000.html"
PEERS: dict[str, Callable[[Path, int, int], None]] = {
    "viva": write_viva,
    "mkdocs-quiz": write_mkdocs_quiz,
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
BLOCKED = "TBT ms"
LOAD = ("performance", BLOCKED)
OWNERS = {
    "theme": ("assets/stylesheets/", "assets/javascripts/"),
    "site": ("assets/site/",),
    "viva": ("assets/viva/",),
}
AXE = {"resultTypes": ["violations"]}
Row = dict[str, str | int]


def measure(site: Path, names: list[str]) -> list[Row]:
    """One row for each page of a site."""
    with sync_playwright() as playwright, _serving(site) as address:
        browser = playwright.chromium.launch(executable_path=_browser(), args=_flags())
        rows = [
            {"page": name, **_bytes(site, name), **_opened(browser, f"{address}/{name}")}
            for name in names
        ]
        browser.close()
    return rows


def _browser() -> str:
    path = find_browser()
    if not path:
        raise SystemExit(ADVICE)
    return path


def _flags() -> list[str]:
    return ["--no-sandbox"] if os.geteuid() == 0 else []


def beside_plain(site: Path, names: list[str], times: int) -> Iterator[Row]:
    """A row for each page as it is measured, with what the plain page has."""
    with tempfile.TemporaryDirectory() as folder:
        plain = build_plain(site, names, Path(folder))
        with _serving(site) as ours, _serving(plain) as theirs:
            for name in names:
                pair = [f"{host}/{name}" for host in (ours, theirs)]
                row = dict(zip(("blocked", "plain blocked"), _blocked(pair, times), strict=True))
                yield {"page": name, **row, **(_judged(pair, times) if shutil.which("npx") else {})}


def _blocked(pair: list[str], times: int) -> list[int]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_browser(), args=_flags())
        found = [blocking(browser, address, times) for address in pair]
        browser.close()
    return found


def _judged(pair: list[str], times: int) -> Row:
    runs = [[_lighthouse(address) for address in pair] for _ in range(times)]
    own, other = (_medians(column) for column in zip(*runs, strict=True))
    return {**own, **{f"plain {key}": other[key] for key in LOAD}}


def _medians(runs: tuple[dict[str, int], ...]) -> dict[str, int]:
    return {key: round(statistics.median(run[key] for run in runs)) for key in runs[0]}


def compare() -> list[Row]:
    """A row for the same questions on one page, made by each peer with the same theme."""
    rows = []
    for name, write in PEERS.items():
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), SAMPLE, 1)
            command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
            subprocess.run(
                command, cwd=folder, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}
            )
            (row,) = measure(Path(folder) / "site", [SAMPLE_PAGE])
        rows.append(row | {"page": f"{SAMPLE} questions, {name}"})
    return rows


def _bytes(site: Path, name: str) -> Row:
    """Gzipped bytes of the page and of the scripts and styles that it loads, by whose they are."""
    page = site / name
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    loaded = [tag["src"] for tag in soup.find_all("script", src=True)]
    loaded += [tag["href"] for tag in soup.find_all("link", rel="stylesheet")]
    files = {(page.parent / urlsplit(str(address)).path).resolve() for address in loaded}
    return {"html": _gzipped(page)} | {
        owner: sum(
            _gzipped(file)
            for file in files
            if file.relative_to(site.resolve()).as_posix().startswith(folders)
        )
        for owner, folders in OWNERS.items()
    }


def _gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), mtime=0))


def _opened(browser: Browser, address: str) -> Row:
    """What a browser holds and asks for, and what axe finds in light and in dark colours."""
    asked: list[str] = []
    page = browser.new_page(bypass_csp=True, service_workers="block")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    count, requests = page.evaluate("document.querySelectorAll('*').length"), len(asked)
    host = urlsplit(address).netloc
    faults = {f"axe {scheme}": _faults(page, scheme) for scheme in ("light", "dark")}
    page.close()
    others = sum(urlsplit(url).netloc not in (host, "") for url in asked)
    return {"nodes": count, "requests": requests, "other hosts": others, **faults}


def _faults(page: Page, scheme: Literal["light", "dark"]) -> int:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    return int(Axe().run(page, options=AXE).violations_count)


def _lighthouse(address: str) -> dict[str, int]:
    """Lighthouse's scores for a phone, 0 to 100, and how long the page was blocked."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.json"
        tool = shutil.which("lighthouse")
        command = [tool] if tool else ["npx", "--yes", "lighthouse"]
        command += [address, "--quiet", "--output=json", f"--output-path={report}"]
        command += [f"--only-categories={','.join(CATEGORIES)}"]
        command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
        environment = {**os.environ, "CHROME_PATH": _browser()}
        subprocess.run(command, env=environment, check=True, capture_output=True)
        found = json.loads(report.read_text(encoding="utf-8"))
    scores = {name: round(found["categories"][name]["score"] * 100) for name in CATEGORIES}
    blocked = round(found["audits"]["total-blocking-time"]["numericValue"])
    return {**scores, BLOCKED: blocked, "machine": round(found["environment"]["benchmarkIndex"])}


class _Gzipped(SimpleHTTPRequestHandler):
    """Serve files compressed and on connections that stay, as a host on the network does."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError):  # whoever asked has left
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _serving(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Gzipped, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def as_table(rows: list[Row]) -> str:
    """The rows under their names, aligned."""
    heads = list(rows[0])
    lines = [heads, *([str(row[head]) for head in heads] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    aligned = ([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])] for line in lines)
    return "\n".join("  ".join(line) for line in aligned)


def _show(rows: list[Row], form: str) -> None:
    print(json.dumps(rows, indent=2) if form == "json" else as_table(rows), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", help="pages of the site (one of every kind)")
    parser.add_argument("--site", type=Path, default=Path("site"), help="the built course (site)")
    parser.add_argument("--alone", action="store_true", help="do not compare with mkdocs-quiz")
    parser.add_argument("--load", action="store_true", help="only beside plain pages")
    parser.add_argument("--times", type=int, default=5, help="how often each page is opened (5)")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    chosen = parser.parse_args()
    names = chosen.pages or KINDS
    if not chosen.load:
        rows = measure(chosen.site, names)
        _show(rows + ([] if chosen.alone else compare()), chosen.format)
    _show(list(beside_plain(chosen.site, names, chosen.times)), chosen.format)


if __name__ == "__main__":
    main()
