"""Files as a download from a learning platform holds them: in folders, in zips, oddly named.

Nothing is written or run. An archive is read entry by entry into memory and never unpacked, so that
a path inside it is only a name; every size is limited by what is read, not by what is claimed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path, PurePosixPath

from viva.assignments import senders
from viva.base.visible import visible
from viva.base.words import Quantity, count, say

MAX_FILE = 2 * 2**20
MAX_TYPED = 20_000
"""How much is read of a text in which a receipt is looked for."""
MAX_ARCHIVE = 512 * 2**20
MAX_INNER_ARCHIVE = 32 * 2**20
MAX_ENTRIES = 20_000
UTF8 = 0x800
"""The flag of a zip’s entry whose name is UTF-8."""
OFFICE = ("[Content_Types].xml", "mimetype")
TAG = re.compile(r"<[^<>]*>")
LITTER = re.compile(r"__MACOSX|\..*|Thumbs\.db|desktop\.ini", re.IGNORECASE)


@dataclass(frozen=True)
class Upload:
    """A file's name and content, or the reason why it cannot be read."""

    name: str
    content: bytes = b""
    fault: str | None = None


def gather(paths: Iterable[Path]) -> Iterator[Upload]:
    """Every file in files, folders and zips, in the order of their names."""
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            for file in sorted(path.rglob("*")):
                yield from _file(file, file.relative_to(path).as_posix())
        else:
            yield from _file(path, path.name)


def apart(uploads: Iterable[Upload], typed: dict[str, str]) -> Iterator[Upload]:
    """The files among uploads. What was typed into the platform’s text field goes into `typed`."""
    for upload in uploads:
        sender = senders.of(upload.name)
        if sender.is_text and not upload.fault:
            text = upload.content[:MAX_TYPED].decode("utf-8", "replace")
            typed[sender.key] = f"{typed.get(sender.key, '')} {unescape(TAG.sub(' ', text))}"
        else:
            yield upload


def _file(path: Path, name: str) -> Iterator[Upload]:
    name = visible(name)
    if any(LITTER.fullmatch(part) for part in name.split("/")):
        return
    if path.is_symlink():
        yield Upload(name, fault=say("is a link to another file (send the file itself)"))
    elif path.is_file():
        try:
            yield from _archive(path, name) if zipfile.is_zipfile(path) else _plain_file(path, name)
        except OSError as error:
            yield Upload(name, fault=say("cannot be read: {reason}", reason=error.strerror))
    elif not path.is_dir():
        yield Upload(name, fault=say("is no file (delete it)"))


def _plain_file(path: Path, name: str) -> Iterator[Upload]:
    with path.open("rb") as file:
        yield _limited(name, file.read(MAX_FILE + 1))


def _limited(name: str, content: bytes) -> Upload:
    if len(content) > MAX_FILE:
        return Upload(name, fault=say("is larger than {size}", size=_megabytes(MAX_FILE)))
    return Upload(name, content)


def _megabytes(size: int) -> Quantity:
    return Quantity(size // 2**20, "MB")


def _archive(file: Path | io.BytesIO, name: str, inner: bool = False) -> Iterator[Upload]:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        yield Upload(name, fault=say("is a damaged zip"))
        return
    with archive:
        entries = [one for one in archive.infolist() if not one.is_dir() and not _is_litter(one)]
        if len(entries) > MAX_ENTRIES:
            yield Upload(name, fault=say("is a zip of more than {n} files", n=MAX_ENTRIES))
            return
        if any(entry.filename in OFFICE for entry in entries):
            yield Upload(name, fault=say("is an office document, not the answer file"))
            return
        budget = limit = MAX_INNER_ARCHIVE if inner else MAX_ARCHIVE
        for number, entry in enumerate(entries):
            upload = _entry(archive, entry, f"{name}/{visible(_named(entry))}")
            budget -= max(len(upload.content), entry.compress_size)
            if budget < 0:
                left = len(entries) - number
                said = count(
                    "unpacks to more than {size}: {n} file in it not read",
                    "unpacks to more than {size}: {n} files in it not read",
                    left,
                    size=_megabytes(limit),
                )
                yield Upload(name, fault=said)
                return
            yield from _opened(upload, inner)


def _named(entry: zipfile.ZipInfo) -> str:
    """The name of an entry. Macs write UTF-8 without the flag that says so."""
    if entry.flag_bits & UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _is_litter(entry: zipfile.ZipInfo) -> bool:
    """What systems add by themselves. A path upwards is no litter: its file is read and named."""
    parts = PurePosixPath(_named(entry)).parts
    return any(LITTER.fullmatch(part) for part in parts if part not in (".", ".."))


def _opened(upload: Upload, inner: bool) -> Iterator[Upload]:
    """A zip inside a zip is opened too, one inside that is not."""
    if not upload.content.startswith(b"PK\x03\x04"):
        yield _limited(upload.name, upload.content) if not upload.fault else upload
    elif inner:
        yield Upload(upload.name, fault=say("is a zip in a zip in a zip (send the file itself)"))
    else:
        yield from _archive(io.BytesIO(upload.content), upload.name, inner=True)


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Upload:
    """The bytes of an entry, no more than are allowed, whatever its header says."""
    if entry.flag_bits & 0x1:
        return Upload(name, fault=say("is encrypted (send it without a password)"))
    try:
        with archive.open(entry) as file:
            content = file.read(MAX_FILE + 1)
            if content.startswith(b"PK\x03\x04"):
                content += file.read(MAX_INNER_ARCHIVE - len(content))
                if file.read(1):
                    return Upload(name, fault=say("is a zip that is too large inside a zip"))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        return Upload(name, fault=say("is damaged inside its zip"))
    return Upload(name, content)
