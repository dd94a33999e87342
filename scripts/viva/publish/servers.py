"""A folder on a server that speaks SFTP. Each file is written beside its place and renamed."""

from __future__ import annotations

import posixpath
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from viva.base.refused import Refused
from viva.base.words import say
from viva.offline.doctor.sources import Answer

if TYPE_CHECKING:
    import paramiko

NEEDS = say(
    "publishing by SFTP needs paramiko (type: {command})",
    command='pip install "viva-course[sftp]"',
)
NEW = ".viva-new"
SECONDS = 30
PORT = 22


@dataclass(frozen=True)
class Address:
    """Who and where: `name@host:folder`."""

    user: str
    host: str
    folder: str
    port: int = PORT


def address(written: str, port: int = PORT) -> Address:
    """Read `name@host:folder`."""
    who, at, rest = written.rpartition("@")
    host, colon, folder = rest.partition(":")
    if not (who and at and host and colon and folder):
        said = say(
            "{written} is no place on a server (write name@host:folder), as in "
            "ada@www.example.org:public_html/ecg",
            written=written,
        )
        raise Refused(said, misuse=True)
    return Address(who, host, folder.rstrip("/") or "/", port)


class Server:
    """A folder on a server, as a place to publish in and as a copy to look at."""

    is_served = False

    def __init__(self, sftp: paramiko.SFTPClient, where: Address) -> None:
        self._sftp, self._root = sftp, where.folder
        self.name = f"{where.user}@{where.host}:{where.folder}"
        self._made: set[str] = set()
        self._turn = Lock()  # whoever looks does so in threads, and one visit answers one question

    def sizes(self, folders: Collection[str]) -> Mapping[str, int]:
        """The files in these folders. A link in the place of one is refused: it leads elsewhere."""
        found: dict[str, int] = {}
        for folder in sorted(folders):
            self._prove_way(folder)
            for entry in self._entries(folder):
                mode = entry.st_mode or 0
                if not stat.S_ISDIR(mode):
                    size = -1 if stat.S_ISLNK(mode) else entry.st_size or 0
                    found[posixpath.join(folder, entry.filename)] = size
        return found

    def read(self, name: str) -> bytes | None:
        """What a file holds."""
        try:
            with self._sftp.open(self._path(name), "rb") as file:
                file.prefetch()
                return bytes(file.read())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._refused(name, error) from None

    def write(self, name: str, content: bytes) -> None:
        """Put a file there: readers see the old one or the new one."""
        path, beside = self._path(name), self._path(f"{name}{NEW}")
        try:
            self._folders(posixpath.dirname(path))
            with self._sftp.open(beside, "wb") as file:
                file.set_pipelined(True)
                file.write(content)
            self._rename(beside, path)
        except OSError as error:
            raise self._refused(name, error) from None

    def remove(self, name: str) -> None:
        """Take a file away, and the folders that are empty then."""
        try:
            self._sftp.remove(self._path(name))
        except OSError as error:
            raise self._refused(name, error) from None
        folder = posixpath.dirname(name)
        while folder:
            try:
                self._sftp.rmdir(self._path(folder))
            except OSError:
                return
            folder = posixpath.dirname(folder)

    def get(self, path: str) -> Answer:
        """What the file holds, for whoever looks at the site."""
        with self._turn:
            content = self.read(path) if self._is_file(path) else None
        return Answer(404) if content is None else Answer(200, content, path=path)

    def _rename(self, beside: str, path: str) -> None:
        try:
            self._sftp.posix_rename(beside, path)
        except OSError:  # a server that cannot rename over a file
            if self._exists(path):
                self._sftp.remove(path)
            self._sftp.rename(beside, path)

    def _folders(self, path: str) -> None:
        if path in self._made or path in ("", "/") or self._exists(path):
            self._made.add(path)
            return
        self._folders(posixpath.dirname(path))
        self._sftp.mkdir(path)
        self._made.add(path)

    def _is_file(self, name: str) -> bool:
        try:
            return stat.S_ISREG(self._sftp.stat(self._path(name)).st_mode or 0)
        except OSError:
            return False

    def _exists(self, path: str) -> bool:
        try:
            self._sftp.stat(path)
        except FileNotFoundError:
            return False
        return True

    def _entries(self, folder: str) -> list[paramiko.SFTPAttributes]:
        try:
            return list(self._sftp.listdir_attr(self._path(folder)))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._refused(folder or ".", error) from None

    def _prove_way(self, folder: str) -> None:
        for part in _ways(folder):
            try:
                mode = self._sftp.lstat(self._path(part)).st_mode or 0
            except FileNotFoundError:
                return
            if not stat.S_ISDIR(mode):
                said = say(
                    "{name}: {part} is a link or a file, which viva did not make (rename it "
                    "there, or choose another folder)",
                    name=self.name,
                    part=part,
                )
                raise Refused(said)

    def _path(self, name: str) -> str:
        return posixpath.join(self._root, name) if name else self._root

    def _refused(self, name: str, error: OSError) -> Refused:
        said = error.strerror or str(error) or say("no reason given")
        return Refused(
            say(
                "{server}: {file} cannot be read or written: {reason}",
                server=self.name, file=name, reason=said,
            )
        )


@contextmanager
def connected(
    where: Address,
    ask: Callable[[str], str],
    key: Path | None = None,
    hosts: Path | None = None,
) -> Iterator[Server]:
    """A server whose key is known. `ask` gives the password where no key opens the door."""
    try:
        import paramiko
    except ModuleNotFoundError:
        raise Refused(NEEDS) from None
    client = paramiko.SSHClient()
    client.load_system_host_keys(str(hosts) if hosts else None)
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    try:
        _enter(client, where, ask, key)
        with client, client.open_sftp() as sftp:
            yield Server(sftp, where)
    except (paramiko.SSHException, OSError, EOFError) as error:
        raise Refused(_why(where, error)) from None
    finally:
        client.close()


def _enter(
    client: paramiko.SSHClient, where: Address, ask: Callable[[str], str], key: Path | None
) -> None:
    import paramiko

    given = {"port": where.port, "username": where.user, "timeout": SECONDS}
    named = str(key) if key else None
    try:
        client.connect(where.host, **given, key_filename=named)
    except paramiko.SSHException as error:
        if isinstance(error, paramiko.BadHostKeyException) or not _is_locked(error):
            raise
        word = ask(say("Password of {user} at {host}", user=where.user, host=where.host))
        client.connect(where.host, **given, password=word, passphrase=word, key_filename=named)


def _is_locked(error: Exception) -> bool:
    """Whether a password may open what no key did."""
    import paramiko

    return isinstance(error, paramiko.AuthenticationException) or "authentication" in str(error)


def _why(where: Address, error: Exception) -> str:
    import paramiko

    host = where.host if where.port == PORT else f"[{where.host}]:{where.port}"
    if isinstance(error, paramiko.BadHostKeyException):
        return say(
            "{host} has another key than before (ask who runs it before you go on)", host=host
        )
    if "not found in known_hosts" in str(error):
        port = "" if where.port == PORT else f"-P {where.port} "
        return say(
            "{host} is not known here yet (type: {command}, and compare what it shows with what "
            "its host has published)",
            host=host, command=f"sftp {port}{where.user}@{where.host}",
        )
    if isinstance(error, paramiko.AuthenticationException):
        return say(
            "{host} does not let {user} in (check name, password or key)",
            host=host, user=where.user,
        )
    return say(
        "{host} cannot be reached: {error} (check the address and the network)",
        host=host, error=str(error),
    )


def _ways(folder: str) -> Iterator[str]:
    parts = folder.split("/") if folder else []
    for number in range(1, len(parts) + 1):
        yield "/".join(parts[:number])
