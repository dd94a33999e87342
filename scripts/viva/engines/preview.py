"""A preview for engines without one of ours: built again after every save, the page reloads."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from viva.course.layout import Layout
from viva.course.settings import FILE
from viva.engines import Say, staged
from viva.engines.staged import Driver

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
            self._send(file.read_bytes() + RELOAD, "text/html; charset=utf-8")
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
    with tempfile.TemporaryDirectory() as temporary:
        site = Path(temporary) / "site"
        site.mkdir()
        server = ThreadingHTTPServer((host, int(port)), partial(_Handler, directory=str(site)))
        server.version = "0"  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        try:
            for number, state in enumerate(_states(layout)):
                _build(driver, layout, site, say)
                server.version = f"{number} {state}"  # type: ignore[attr-defined]
                if not number:
                    thread.start()
                    say(f"Serving on http://{address}/ (stop with Ctrl-C)")
        except KeyboardInterrupt:
            return 0
        finally:
            if thread.is_alive():
                server.shutdown()
    return 0


def _build(driver: Driver, layout: Layout, site: Path, say: Say) -> None:
    """Build beside and exchange the files, so that a page that is asked for is always whole."""
    fresh = site.with_name("fresh")
    code = staged.build(driver, Layout.of(layout.root), fresh, say, preview=True)
    if code == 0:
        shutil.rmtree(site)
        fresh.rename(site)
    shutil.rmtree(fresh, ignore_errors=True)


def _states(layout: Layout) -> Iterator[float]:
    """The time of the latest change, each time that it has changed."""
    last = -1.0
    while True:
        now = max(_times(layout), default=0.0)
        if now != last:
            last = now
            yield now
        time.sleep(PAUSE)


def _times(layout: Layout) -> Iterator[float]:
    folders = (layout.docs, layout.quizzes, layout.overrides)
    yield from (
        path.stat().st_mtime
        for folder in folders
        if folder and folder.is_dir()
        for path in folder.rglob("*")
        if path.is_file()
    )
    yield (layout.root / FILE).stat().st_mtime
