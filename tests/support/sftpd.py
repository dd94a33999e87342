"""A server that speaks SFTP on this machine, for one folder: what publishing is tried against."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import paramiko
from paramiko import SFTPAttributes, SFTPHandle, SFTPServer, SFTPServerInterface

USER, PASSWORD = "ada", "open"


@dataclass
class Running:
    """Where the server listens, the file with its key, and what it was told."""

    port: int
    known_hosts: Path
    told: list[str] = field(default_factory=list)
    renames_over: bool = True


class _Door(paramiko.ServerInterface):
    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED

    def check_auth_password(self, username: str, password: str) -> int:
        return paramiko.AUTH_SUCCESSFUL if (username, password) == (USER, PASSWORD) else paramiko.AUTH_FAILED

    def get_allowed_auths(self, username: str) -> str:
        return "password"


class _Handle(SFTPHandle):
    def stat(self):  # type: ignore[no-untyped-def]
        return SFTPAttributes.from_stat(os.fstat(self.readfile.fileno()))


def _files(root: Path, running: Running) -> type[SFTPServerInterface]:
    class Files(SFTPServerInterface):
        def _at(self, path: str) -> Path:
            return Path(f"{root}{self.canonicalize(path)}")

        def _do(self, what: str, path: str, act) -> int:  # type: ignore[no-untyped-def]
            running.told.append(f"{what} {self.canonicalize(path)}")
            try:
                act()
            except OSError as error:
                return SFTPServer.convert_errno(error.errno)
            return paramiko.SFTP_OK

        def list_folder(self, path: str):  # type: ignore[no-untyped-def]
            try:
                with os.scandir(self._at(path)) as found:
                    return [SFTPAttributes.from_stat(one.stat(follow_symlinks=False), one.name) for one in found]
            except OSError as error:
                return SFTPServer.convert_errno(error.errno)

        def stat(self, path: str):  # type: ignore[no-untyped-def]
            return self._stat(os.stat, path)

        def lstat(self, path: str):  # type: ignore[no-untyped-def]
            return self._stat(os.lstat, path)

        def _stat(self, how, path: str):  # type: ignore[no-untyped-def]
            try:
                return SFTPAttributes.from_stat(how(self._at(path)))
            except OSError as error:
                return SFTPServer.convert_errno(error.errno)

        def open(self, path: str, flags: int, attr: SFTPAttributes):  # type: ignore[no-untyped-def]
            writes = bool(flags & (os.O_WRONLY | os.O_RDWR))
            if writes:
                running.told.append(f"write {self.canonicalize(path)}")
            try:
                file = os.fdopen(os.open(self._at(path), flags, 0o644), "wb" if writes else "rb")
            except OSError as error:
                return SFTPServer.convert_errno(error.errno)
            handle = _Handle(flags)
            handle.readfile = handle.writefile = file
            return handle

        def remove(self, path: str) -> int:
            return self._do("remove", path, lambda: self._at(path).unlink())

        def rename(self, old: str, new: str) -> int:
            if os.path.lexists(self._at(new)):
                return paramiko.SFTP_FAILURE
            return self._do("rename", new, lambda: self._at(old).rename(self._at(new)))

        def posix_rename(self, old: str, new: str) -> int:
            if not running.renames_over:
                return paramiko.SFTP_OP_UNSUPPORTED
            return self._do("replace", new, lambda: self._at(old).replace(self._at(new)))

        def mkdir(self, path: str, attr: SFTPAttributes) -> int:
            return self._do("mkdir", path, lambda: self._at(path).mkdir())

        def rmdir(self, path: str) -> int:
            return self._do("rmdir", path, lambda: self._at(path).rmdir())

    return Files


@contextmanager
def serving(root: Path, keys: Path) -> Iterator[Running]:
    """Serve a folder to one visitor after the other, until the end."""
    key = paramiko.RSAKey.generate(2048)
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    known = keys / "known_hosts"
    known.write_text(f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}\n")
    running = Running(port, known)
    visits: list[paramiko.Transport] = []

    def serve() -> None:
        while True:
            try:
                visitor, _ = listening.accept()
            except OSError:
                return
            transport = paramiko.Transport(visitor)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", SFTPServer, _files(root, running))
            visits.append(transport)
            with suppress(OSError, EOFError, paramiko.SSHException):  # a visitor may leave at once
                transport.start_server(server=_Door())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield running
    with suppress(OSError):  # not every system needs it
        listening.shutdown(socket.SHUT_RDWR)  # or who waits at the door would go on waiting
    listening.close()
    for transport in visits:
        transport.close()
    thread.join(5)
