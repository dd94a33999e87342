"""How light and how accessible a course's pages are, and the same questions under mkdocs-quiz.

For each page the gzipped bytes of its HTML and of the scripts and styles that it loads, by whose
they are; the nodes that a browser holds; its requests, and those to other hosts; what axe finds;
and, where Node is installed, Lighthouse's scores for a phone. mkdocs-quiz writes its scripts and
styles into the page: they are in its HTML.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
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
from bs4 import BeautifulSoup
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
OWNERS = {
    "theme": ("assets/stylesheets/", "assets/javascripts/"),
    "site": ("assets/site/",),
    "viva": ("assets/viva/",),
}
AXE = {"resultTypes": ["violations"]}
Row = dict[str, str | int]


def measure(site: Path, names: list[str], lighthouse: bool) -> list[Row]:
    """One row for each page of a site."""
    path = find_browser()
    if not path:
        raise SystemExit(ADVICE)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright, _serving(site) as address:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        rows = [
            {"page": name, **_bytes(site, name), **_opened(browser, f"{address}/{name}")}
            for name in names
        ]
        browser.close()
        if lighthouse:
            rows = [row | _lighthouse(f"{address}/{row['page']}", path) for row in rows]
    return rows


def compare(lighthouse: bool) -> list[Row]:
    """A row for the same questions on one page, made by each peer with the same theme."""
    rows = []
    for name, write in PEERS.items():
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), SAMPLE, 1)
            command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
            subprocess.run(
                command, cwd=folder, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}
            )
            (row,) = measure(Path(folder) / "site", [SAMPLE_PAGE], lighthouse)
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


def _lighthouse(address: str, browser: str) -> Row:
    """Lighthouse's scores for a phone, 0 to 100, and its total blocking time."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.json"
        command = ["npx", "--yes", "lighthouse", address, "--quiet", "--output=json"]
        command += [f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}"]
        command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
        environment = {**os.environ, "CHROME_PATH": browser}
        subprocess.run(command, env=environment, check=True, capture_output=True)
        found = json.loads(report.read_text(encoding="utf-8"))
    scores = {name: round(found["categories"][name]["score"] * 100) for name in CATEGORIES}
    return {**scores, "TBT ms": round(found["audits"]["total-blocking-time"]["numericValue"])}


class _Gzipped(SimpleHTTPRequestHandler):
    """Serve files compressed, as a host on the network does."""

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", help="pages of the site (one of every kind)")
    parser.add_argument("--site", type=Path, default=Path("site"), help="the built course (site)")
    parser.add_argument("--alone", action="store_true", help="do not compare with mkdocs-quiz")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    chosen = parser.parse_args()
    lighthouse = bool(shutil.which("npx"))
    rows = measure(chosen.site, chosen.pages or KINDS, lighthouse)
    rows += [] if chosen.alone else compare(lighthouse)
    print(json.dumps(rows, indent=2) if chosen.format == "json" else as_table(rows))


if __name__ == "__main__":
    main()
