"""A preview for engines without one of ours: built again after every save, the page reloads."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from viva.base import files, net
from viva.base import words as messages
from viva.base.words import Words
from viva.course.layout import Layout
from viva.course.settings import FILE
from viva.engines import Say, staged, watching
from viva.engines.staged import Driver
from viva.site.render import environment_of
from viva.theme import Theme

PAUSE = 0.3  # seconds between looks at the files
VERSION = "/viva-preview"
SCRIPT = "/viva-preview.js"
RELOAD = b'<script src="/viva-preview.js"></script>'
PROGRAM = (
    b"(async () => { const ask = async () => (await fetch('/viva-preview')).text();"
    b" const first = await ask(); for (;;) { await new Promise((go) => setTimeout(go, 500));"
    b" try { if (await ask() !== first) return location.reload(); } catch {} } })()"
)


class _Handler(SimpleHTTPRequestHandler):
    """Serves the latest build; every page asks whether there is a newer one."""

    def do_GET(self) -> None:
        if self.path == VERSION:
            self._send(self.server.version.encode(), "text/plain")  # type: ignore[attr-defined]
            return
        if self.path == SCRIPT:
            self._send(PROGRAM, "text/javascript")
            return
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() and self.path.endswith("/") else file
        lost = Path(self.directory) / "404.html"
        if file.suffix == ".html" and file.is_file():
            panel: bytes = self.server.panel  # type: ignore[attr-defined]
            page = file.read_bytes().replace(b"<article", panel + b"<article", 1)
            self._send(page + RELOAD, "text/html; charset=utf-8")
        elif not file.exists() and lost.is_file():
            self._send(lost.read_bytes() + RELOAD, "text/html; charset=utf-8", 404)
        else:
            super().do_GET()

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are nothing to an author."""


def serve(driver: Driver, layout: Layout, address: str, say: Say) -> int:
    """Show a course at an address until it is stopped with Ctrl-C."""
    host, _, port = address.rpartition(":")
    with files.temporary() as temporary:
        site = temporary / "site"
        server = ThreadingHTTPServer((host, int(port)), partial(_Handler, directory=str(site)))
        server.version, server.panel = "0", b""  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        try:
            for number, state in enumerate(_states(layout)):
                heard = _build(driver, layout, site, say)
                server.panel = _panel(heard, layout.settings.words)  # type: ignore[attr-defined]
                server.version = f"{number} {state}"  # type: ignore[attr-defined]
                if not number:
                    thread.start()
                    told = messages.say(
                        "Serving on {address} (stop with Ctrl-C)", address=f"http://{address}/"
                    )
                    say(told)
        except KeyboardInterrupt:
            return 0
        finally:
            if thread.is_alive():
                server.shutdown()
    return 0


def _build(driver: Driver, layout: Layout, site: Path, say: Say) -> list[str]:
    """Build beside and exchange the files, so that a page that is asked for is always whole.

    Returns why there is no new site; nothing where there is one.
    """
    heard: list[str] = []

    def told(words: str) -> None:
        heard.append(words)
        say(words)

    with files.workshop(site) as fresh:
        make = partial(staged.build, driver, Layout.of(layout.root), fresh, told, preview=True)
        code = net.attempt(make, 1, FILE, messages.say("the preview"))
        for problem in net.caught():
            told(problem.told)
        if code == 0:
            files.replace(site, fresh)
        elif not (site / "index.html").is_file():
            _say_why(site, heard, layout.settings.words)
    return heard if code else []


def _say_why(site: Path, heard: list[str], words: Words) -> None:
    """Until there is a site, every address shows why there is none."""
    for name in ("index.html", "404.html"):
        files.write(site / name, _rendered("preview.html", heard, words))


def _panel(heard: list[str], words: Words) -> bytes:
    """Why there is no newer site, for the top of each page of the last one."""
    return _rendered("panel.html", heard, words).encode() if heard else b""


def _rendered(template: str, heard: list[str], words: Words) -> str:
    environment = environment_of(Theme(None).loader(), words)
    return environment.get_template(template).render(problems=heard)


def _states(layout: Layout) -> Iterator[int]:
    """The state of the files, each time that it has changed."""
    last = None
    while True:
        now = hash(tuple(watching.state(layout).items()))
        if now != last:
            last = now
            yield now
        time.sleep(PAUSE)
