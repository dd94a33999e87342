"""Files from outside, opened as if an enemy had made them: within limits, and nothing is fetched.

An archive is read member by member into memory and never unpacked; XML declares no entities and
asks for no other file. What cannot be opened safely is `Refused`, in a sentence.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from lxml import etree

from viva.base.refused import Refused
from viva.base.words import say

MEGABYTE = 2**20
MAX_FILE = 200 * MEGABYTE
MAX_TEXT = 100 * MEGABYTE
MAX_MEMBERS = 10_000
MAX_UNPACKED = 500 * MEGABYTE
MAX_RATIO = 100
SMALL = MEGABYTE
"""What may be packed as tightly as it likes: no bomb is smaller than this."""
MAX_DEPTH = 200
MARKDOWN = (".md", ".markdown")
"""Endings of texts that may begin with a tag or a comment and are no XML."""
LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$)")
DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
ENCODING = re.compile(r"encod|Blank needed|Start tag expected")
PARSER: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
DAMAGED = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError),
    *(NotImplementedError, ValueError, RuntimeError, KeyError, IndexError),
)


@dataclass(frozen=True)
class Incoming:
    """A file to import. What it holds is read when somebody asks."""

    name: str
    content: bytes = field(repr=False)

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return PurePosixPath(self.name).stem

    @property
    def ending(self) -> str:
        """The ending of the name, in small letters, with its dot."""
        return PurePosixPath(self.name).suffix.lower()

    @cached_property
    def text(self) -> str:
        """What it says, lines ending in `\\n`; empty if it is no text."""
        if len(self.content) > MAX_TEXT:
            raise Refused(say(
                "the text is larger than {size} MB (split it)",
                size=MAX_TEXT // MEGABYTE,
            ))
        return decoded(self.content)

    @cached_property
    def archive(self) -> Archive | None:
        """Its members, if it is a zip."""
        return Archive(self.content) if self.content[:2] == b"PK" else None

    @cached_property
    def root(self) -> Any:
        """The root of its XML; None if it is none."""
        head = self.content.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1]
        if head != b"<" or self.ending in MARKDOWN:
            return None
        return xml(self.content)

    @cached_property
    def is_guessed(self) -> bool:
        """Whether it is text in an encoding that nothing tells."""
        is_text = self.archive is None and self.content[:1] != b"<" and b"\0" not in self.content
        return is_text and _wide(self.content) is None and not _is_utf8(self.content)


def opened(path: Path) -> Incoming:
    """A file of a reasonable size."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise Refused(say(
                "the file is larger than {size} MB (split it)",
                size=MAX_FILE // MEGABYTE,
            ), path)
        return Incoming(path.name, path.read_bytes())
    except OSError as error:
        raise Refused(say("the file cannot be read: {error}", error=error.strerror), path) from None


def _wide(raw: bytes) -> str | None:
    """The form of UTF-16, whether or not a mark tells it."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    odd, even = raw[1:400:2].count(0), raw[0:400:2].count(0)
    many = max(odd, even) > 0.4 * len(raw[:400]) / 2 and min(odd, even) == 0
    return ("utf-16-le" if odd else "utf-16-be") if many else None


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def decoded(raw: bytes) -> str:
    """Bytes as text: UTF-8, UTF-16, or what Windows wrote in western Europe."""
    wide = _wide(raw)
    if b"\0" in raw[:4096] and not wide:
        return ""
    for name in (wide,) if wide else ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(name).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")


def xml(raw: bytes) -> Any:
    """The root element of XML that declares no entity."""
    if b"<!ENTITY" in raw.replace(b"\0", b"").upper():
        raise Refused(say("the XML declares an entity, which may hide anything (export it again)"))
    try:
        root = _parsed(raw)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None) or 1
        said = str(error).split("\n")[0]
        why = re.sub(r", (?:line \d+, column \d+|(?:use|try) XML_).*", "", said)
        raise Refused(say(
            "this is not sound XML: line {line}: {why} (export it again)",
            line=line, why=why,
        )) from None
    if root is None:
        raise Refused(say("this is not sound XML: nothing is in it (export it again)"))
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise Refused(say("the XML declares an entity, which may hide anything (export it again)"))
    return root


def _parsed(raw: bytes) -> Any:
    """The root of XML, also where it is in another encoding than it says."""
    try:
        return etree.fromstring(raw, etree.XMLParser(**PARSER))
    except etree.XMLSyntaxError as error:
        text = DECLARATION.sub("", decoded(raw).lstrip("\ufeff"), count=1)
        if not ENCODING.search(str(error)):
            raise
        return etree.fromstring(text.encode("utf-8", "replace"), etree.XMLParser(**PARSER))


class Archive:
    """A zip whose members are read one by one, never more than the limits allow."""

    def __init__(self, content: bytes) -> None:
        self._left = MAX_UNPACKED
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            members = [one for one in self._zip.infolist() if not one.is_dir()]
        except DAMAGED:
            raise Refused(say("the zip is damaged (download it again)")) from None
        if len(members) > MAX_MEMBERS:
            raise Refused(say("the zip holds more than {n} files (split it)", n=MAX_MEMBERS))
        if sum(one.file_size for one in members) > MAX_UNPACKED:
            raise Refused(say(
                "the zip unpacks to more than {size} MB (split it)",
                size=MAX_UNPACKED // MEGABYTE,
            ))
        for one in members:
            _safe(one)
        self._members = {one.filename: one for one in members if not LITTER.search(one.filename)}

    @property
    def names(self) -> list[str]:
        """The names of the members, in their order."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """What a member holds."""
        member = self._members[name]
        try:
            with self._zip.open(member) as file:
                content = file.read(min(member.file_size, self._left) + 1)
        except DAMAGED:
            raise Refused(say(
                "{name} in the zip is damaged (download it again)",
                name=name,
            )) from None
        self._left -= len(content)
        if len(content) > member.file_size or self._left < 0:
            raise Refused(say(
                "{name} in the zip is larger than it says (download it again)",
                name=name,
            ))
        return content

    def xml(self, name: str) -> Any:
        """The root of a member's XML."""
        return xml(self.read(name))

    def members(self) -> Iterator[Incoming]:
        """The members as files of their own, other zips left out."""
        for name in self._members:
            found = Incoming(PurePosixPath(name).name, self.read(name))
            if found.content[:2] != b"PK":
                yield found

    def ending(self, *endings: str) -> list[str]:
        """The members whose names end so, whatever the case."""
        return [name for name in self._members if name.lower().endswith(endings)]


def _safe(member: zipfile.ZipInfo) -> None:
    """Refuse a member that is a trap."""
    name = member.filename
    if member.flag_bits & 0x1:
        raise Refused(say("the zip is encrypted (save it without a password)"))
    if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
        raise Refused(say("the zip holds a path that leads out of it (make it again)"))
    if ".." in PurePosixPath(name.replace("\\", "/")).parts:
        raise Refused(say("the zip holds a path that leads out of it (make it again)"))
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Refused(say("the zip holds a link to another file (put the file itself into it)"))
    if member.file_size > max(SMALL, MAX_RATIO * member.compress_size):
        raise Refused(say(
            "the zip is packed more tightly than {n} : 1 (make it again)",
            n=MAX_RATIO,
        ))
