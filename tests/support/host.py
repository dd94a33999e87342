"""The built course on a server of its own."""

from __future__ import annotations

import functools
import threading
from collections.abc import Sequence
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from viva.offline import finish
from viva.offline.built import Target
from viva.offline.parts import Part

NAME = "reading-a-map"
"""What the downloads of the neutral course are called."""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class Host:
    """A copy of the site on a server that can be stopped and started again."""

    def __init__(self, folder: Path, handler: type[SimpleHTTPRequestHandler] = Quiet) -> None:
        self.folder, self.port, self.handler = folder, 0, handler
        self.start()

    def start(self) -> None:
        handler = functools.partial(self.handler, directory=str(self.folder))
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.port = self._server.server_port
        serve = functools.partial(self._server.serve_forever, poll_interval=0.02)  # seconds to stop in
        threading.Thread(target=serve, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/course/{name}"

    @property
    def site(self) -> Path:
        return self.folder / "course"

    def publish(self, marked: str, modules: Sequence[Part] | None = None) -> None:
        """Put a new version there, in which some pages carry the mark in their title."""
        for name in ("index.html", "about.html", "glossary.html"):
            page = self.site / name
            page.write_text(page.read_text("utf-8").replace("<title>", f"<title>{marked}: ", 1))
        finish.seal(Target(self.site, NAME), modules)
