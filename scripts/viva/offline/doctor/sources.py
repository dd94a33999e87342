"""Where a published site is looked at: on the web, in a folder, in a zip. Nothing here raises for
what a host does; that is what is looked for."""

from __future__ import annotations

import gzip
import http.client
import socket
import ssl
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urljoin, urlsplit
from zipfile import BadZipFile, ZipFile

from viva.base.refused import Refused
from viva.base.words import Said, quoted, say

TIMEOUT = 20
HOPS = 5
BLOCK = 2**16
DROPS = 2**20
"""Of a large file more than this is there in time; of a small one all is."""
GZIP = b"\x1f\x8b"
SIGNS = "/%:@!$&'()*+,;=~"
"""What may stand in a path as it is; a letter or a space that somebody typed may not."""


@dataclass(frozen=True)
class Answer:
    """What came for an address."""

    status: int = 0
    """As in HTTP; 0 where nothing came."""
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Their names in small letters."""
    path: str = ""
    """Where the answer was in the end."""
    elsewhere: str = ""
    """The address on another host that it would have led to, which is not asked."""
    is_cut: bool = False
    """Whether less came than was promised."""
    is_packed_twice: bool = False
    seconds: float = 0.0
    fault: str = ""
    """Why nothing came, where that is known: `certificate` or `no-host`."""
    seen: str = ""
    """What the system says of it."""

    @property
    def kind(self) -> str:
        """The type that the host says, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Source(Protocol):
    """A site to look at."""

    name: str
    is_served: bool

    def get(self, path: str) -> Answer:
        """What the site has at a path from its root."""


class Web:
    """A site on a server; no other host is asked for anything."""

    is_served = True

    def __init__(self, address: str, timeout: float = TIMEOUT) -> None:
        parts = urlsplit(address)
        folder, _, last = parts.path.rpartition("/")
        path = f"{folder}/" if "." in last else f"{parts.path.rstrip('/')}/"
        self.name = f"{parts.scheme}://{parts.netloc}{quote(path, safe=SIGNS)}"
        self._timeout = timeout

    @property
    def is_safe(self) -> bool:
        """Whether browsers let a site at this address work without a network."""
        parts = urlsplit(self.name)
        return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")

    def get(self, path: str) -> Answer:
        """What the server answers, after redirections on its own host."""
        return self._follow(urljoin(self.name, quote(path)) if path else self.name)

    def bare(self) -> Answer:
        """What the server answers at the site's address without its last stroke."""
        return self._ask(self.name.rstrip("/"))

    def _follow(self, address: str) -> Answer:
        answer = Answer()
        for _ in range(HOPS):
            answer = self._ask(address)
            target = answer.headers.get("location")
            if answer.status not in (301, 302, 303, 307, 308) or not target:
                return answer
            address, is_here = self._led(address, target)
            if not is_here:
                return Answer(answer.status, headers=answer.headers, elsewhere=address)
        return answer

    def _led(self, address: str, target: str) -> tuple[str, bool]:
        """Where a redirection leads, and whether that is on the same host."""
        try:
            there = urljoin(address, target)
            parts = urlsplit(there)
            is_here = parts.hostname == urlsplit(self.name).hostname
            return there, is_here and (parts.port or 1) > 0
        except ValueError:  # an address that no program can read
            return target, False

    def _ask(self, address: str) -> Answer:
        begun, parts = time.monotonic(), urlsplit(address)
        kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        connection = kind(parts.hostname or "", parts.port, timeout=self._timeout)
        try:
            wanted = {"Accept-Encoding": "gzip", "User-Agent": "viva-doctor"}
            connection.request("GET", parts.path or "/", headers=wanted)
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            body, is_cut = _read(answer, begun + self._timeout)
        except (OSError, http.client.HTTPException, ValueError) as error:
            fault, seen = _why(error)
            return Answer(seconds=time.monotonic() - begun, fault=fault, seen=seen)
        finally:
            connection.close()
        seconds = time.monotonic() - begun
        body, is_cut, twice = _unpacked(body, headers.get("content-encoding", ""), is_cut)
        return Answer(answer.status, body, headers, parts.path, "", is_cut, twice, seconds)


# What OpenSSL calls X509_V_ERR_…: its numbers are the same in all its versions.
REFUSED: Mapping[int, Said] = {
    9: say("it is not valid yet"),
    10: say("it has expired"),
    **dict.fromkeys((18, 19), say("it was signed by nobody whom browsers trust")),
    **dict.fromkeys((2, 20, 21), say("the host does not send who signed it")),
    **dict.fromkeys((62, 63, 64), say("it is for another address")),
    23: say("it was withdrawn"),
}


def _why(error: Exception) -> tuple[str, str]:
    """What keeps a server from answering, as a finding is called, and in words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "certificate", REFUSED.get(error.verify_code) or quoted(error.verify_message)
    if isinstance(error, socket.gaierror):
        return "no-host", say("no computer has this name")
    if isinstance(error, ConnectionRefusedError):
        return "no-host", say("nothing answers there")
    return "", ""


def _read(answer: http.client.HTTPResponse, until: float) -> tuple[bytes, bool]:
    """The body, and whether it is cut off. What goes on coming in drops is no answer in time."""
    body = bytearray()
    try:
        while block := answer.read1(BLOCK):
            body += block
            if time.monotonic() > until and len(body) < DROPS:
                raise TimeoutError
    except http.client.IncompleteRead as cut:
        return bytes(body) + cut.partial, True
    return bytes(body), bool(answer.length)


def _unpacked(body: bytes, encoding: str, is_cut: bool) -> tuple[bytes, bool, bool]:
    """The body as a browser gets it, whether it is cut off, and whether it is still packed."""
    if "gzip" in encoding:
        try:
            body = gzip.decompress(body)
        except (EOFError, OSError, zlib.error):
            return b"", True, False
    return body, is_cut, body.startswith(GZIP)


class Copy:
    """A copy on this computer: a folder, or a zip with one folder in it."""

    is_served = False

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._path = path
        self._inside = _inside(path) if path.is_file() else {}

    def get(self, path: str) -> Answer:
        """What the file holds."""
        if self._path.is_file():
            found = self._inside.get(path)
            return Answer(200, found, path=path) if found is not None else Answer(404)
        file = self._path / path
        return Answer(200, file.read_bytes(), path=path) if file.is_file() else Answer(404)


def _inside(path: Path) -> dict[str, bytes]:
    try:
        with ZipFile(path) as packed:
            files = {name: packed.read(name) for name in packed.namelist() if name[-1] != "/"}
    except (BadZipFile, OSError, zlib.error) as error:
        said = say("{path} is no zip that can be read: {error}", path=path, error=error)
        raise Refused(said, misuse=True) from error
    tops = {name.partition("/")[0] for name in files}
    top = f"{tops.pop()}/" if len(tops) == 1 else ""
    return {name.removeprefix(top): data for name, data in files.items()}
