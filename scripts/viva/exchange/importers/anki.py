"""Anki packages: notes become the flashcards of a module."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from viva.base import files
from viva.base.refused import Refused
from viva.base.words import row, say
from viva.exchange.limits import MAX_UNPACKED, MEGABYTE, Archive, Incoming
from viva.exchange.naming import words as first_words
from viva.exchange.reading import NOTE, Desk, Flashcard, Left, Read, placed
from viva.exchange.texts import Texts

TITLE = "Anki"
COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The newest first: an older one beside it may hold nothing but a note that asks for an update."""
MOST_NOTES = 100_000
MOST_STEPS = 50_000_000
"""Steps of the database's machine: more are no deck but a trap."""
ZSTD = b"\x28\xb5\x2f\xfd"
FIELD = re.compile(r"\{\{(?![#^/])(?:[\w-]+:)*([^{}]+)\}\}")
CLOZE = re.compile(r"\{\{c(\d+)::(.*?)(?:::([^{}]*?))?\}\}", re.DOTALL)
SOUND = re.compile(r"\[sound:([^\]]*)\]|\[anki:play:[^\]]*\]")
GAP = "…"
Find = Callable[[str], bytes | None]


@dataclass(frozen=True)
class Kind:
    """A type of note: its fields, and of each card the fields in front and behind."""

    fields: Sequence[str]
    cards: Sequence[tuple[Sequence[str], Sequence[str]]]
    is_cloze: bool


def sniff(file: Incoming) -> bool:
    """Whether a collection of Anki is in it."""
    archive = file.archive
    return archive is not None and any(name in archive for name in COLLECTIONS)


def read(file: Incoming, desk: Desk) -> Read:
    """A card for each card of each note."""
    archive = file.archive
    name = next((one for one in COLLECTIONS if archive and one in archive), None)
    if archive is None or name is None:
        raise Refused(say("no collection of Anki is in it (in Anki choose File, Export, .apkg)"))
    find = _media(archive)
    cards: list[Flashcard] = []
    left: list[Left] = []
    try:
        kinds, notes = _collection(unpacked(archive.read(name)))
    except sqlite3.Error as error:
        raise Refused(say(
            "the collection is damaged: {error} (export it again)",
            error=error,
        )) from None
    for number, (guid, kind, fields) in enumerate(notes, 1):
        desk.tick()
        made = list(_cards(number, guid, kinds.get(kind), fields, desk, find))
        cards += made
        if not made:
            said = " ".join(desk.texts().words(one) for one in fields if one)
            left.append(Left(placed(NOTE, number), say("it has no front or no back"), said))
    if not cards and not left:
        raise Refused(say("the deck is empty"))
    return Read("", tuple(left), tuple(cards))


def unpacked(content: bytes) -> bytes:
    """Bytes that may be packed by zstd, no more than the limit."""
    if not content.startswith(ZSTD):
        return content
    import zstandard

    try:
        with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(content)) as stream:
            found = stream.read(MAX_UNPACKED + 1)
    except zstandard.ZstdError:
        raise Refused(say("the collection is damaged (export it again)")) from None
    if len(found) > MAX_UNPACKED:
        raise Refused(say(
            "the collection unpacks to more than {size} MB",
            size=MAX_UNPACKED // MEGABYTE,
        ))
    return found


def _collection(content: bytes) -> tuple[dict[int, Kind], list[tuple[str, int, list[str]]]]:
    """The types of notes, and every note, from a database that is only read."""
    with files.temporary() as temporary:
        path = temporary / "collection"
        files.put(path, content)
        base = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            base.text_factory = lambda raw: raw.decode("utf-8", "replace")
            base.execute("PRAGMA trusted_schema = OFF")
            _limited(base)
            kinds = _kinds(base)
            rows = base.execute(
                "SELECT guid, mid, flds FROM notes ORDER BY id LIMIT ?", (MOST_NOTES,)
            )
            return kinds, [(str(g), _whole(m), str(f).split("\x1f")) for g, m, f in rows]
        finally:
            base.close()


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _limited(base: sqlite3.Connection) -> None:
    """Stop what takes too long, and refuse a view that only looks like a table."""
    left = [MOST_STEPS // 100_000]

    def count() -> int:
        left[0] -= 1
        return int(left[0] < 0)

    base.set_progress_handler(count, 100_000)
    found = dict(base.execute("SELECT name, type FROM sqlite_master"))
    if found.get("notes") != "table":
        raise Refused(say("the collection is damaged (export it again)"))
    if "view" in found.values() or "trigger" in found.values():
        raise Refused(say("the collection is damaged (export it again)"))


def _kinds(base: sqlite3.Connection) -> dict[int, Kind]:
    tables = {
        name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    return _newer(base) if "notetypes" in tables else _older(base)


def _older(base: sqlite3.Connection) -> dict[int, Kind]:
    row = base.execute("SELECT models FROM col").fetchone()
    try:
        models = json.loads(row[0]) if row else {}
        return {int(number): _kind(model) for number, model in models.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused(say("the collection is damaged (export it again)")) from None


def _kind(model: Mapping[str, Any]) -> Kind:
    fields = [str(one["name"]) for one in model["flds"]]
    sides = [(str(one["qfmt"]), str(one["afmt"])) for one in model["tmpls"]]
    return Kind(fields, _sides(fields, sides), model.get("type") == 1)


def _newer(base: sqlite3.Connection) -> dict[int, Kind]:
    """Types of notes in tables of their own, their templates as messages."""
    kinds = {}
    for number, config in base.execute("SELECT id, CAST(config AS BLOB) FROM notetypes"):
        rows = base.execute("SELECT name FROM fields WHERE ntid = ? ORDER BY ord", (number,))
        fields = [str(name) for (name,) in rows]
        found = base.execute(
            "SELECT CAST(config AS BLOB) FROM templates WHERE ntid = ? ORDER BY ord", (number,)
        )
        messages = [dict(message(bytes(raw))) for (raw,) in found]
        sides = [(_utf8(m.get(1)), _utf8(m.get(2))) for m in messages]
        is_cloze = dict(message(bytes(config))).get(1) == 1
        kinds[_whole(number)] = Kind(fields, _sides(fields, sides), is_cloze)
    return kinds


def _utf8(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def message(raw: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The numbers and the bytes of a protocol buffer; what is damaged ends it."""
    at = 0
    while at < len(raw):
        key, at = _varint(raw, at)
        kind = key & 7
        if kind == 0:
            value, at = _varint(raw, at)
            yield key >> 3, value
        elif kind == 2:
            length, at = _varint(raw, at)
            yield key >> 3, raw[at : at + length]
            at += length
        elif kind in (1, 5):
            at += 8 if kind == 1 else 4
        else:
            return


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(raw) and shift < 64:
        byte = raw[at]
        at, value, shift = at + 1, value | (byte & 0x7F) << shift, shift + 7
        if not byte & 0x80:
            break
    return value, at


def _sides(
    fields: Sequence[str], templates: Sequence[tuple[str, str]]
) -> list[tuple[list[str], list[str]]]:
    """The fields in front and behind of each card."""
    found = []
    for front, back in templates:
        shown = [one.strip() for one in FIELD.findall(front) if one.strip() in fields]
        behind = [one.strip() for one in FIELD.findall(back) if one.strip() in fields]
        found.append((shown, [one for one in behind if one not in shown]))
    return found


def _media(archive: Archive) -> Find:
    """The pictures of a package, by their own names."""
    raw = unpacked(archive.read("media")) if "media" in archive else b"{}"
    names: dict[str, str] = {}
    try:
        listed = json.loads(raw)
        names = {str(name): str(member) for member, name in listed.items()}
    except (ValueError, AttributeError):
        entries = [dict(message(v)) for n, v in message(raw) if n == 1 and isinstance(v, bytes)]
        names = {_utf8(one.get(1)): str(place) for place, one in enumerate(entries)}

    def find(src: str) -> bytes | None:
        member = names.get(src)
        return unpacked(archive.read(member)) if member is not None and member in archive else None

    return find


def _cards(
    number: int, guid: str, kind: Kind | None, fields: Sequence[str], desk: Desk, find: Find
) -> Iterator[Flashcard]:
    if kind is None:
        sides = [(fields[0], "\n".join(fields[1:2]))] if len(fields) > 1 else []
    elif kind.is_cloze:
        sides = list(_clozed(fields))
    else:
        said = dict(zip(kind.fields, fields, strict=False))
        sides = [(_joined(said, front), _joined(said, back)) for front, back in kind.cards]
    for place, (front, back) in enumerate(sides):
        texts = desk.texts(find)
        shown, behind = _line(front, texts), _line(back, texts)
        if shown and behind:
            named = placed(NOTE, number, first_words(texts.words(front), 40))
            source = guid if not place else f"{guid} {place + 1}"
            yield Flashcard(named, source, shown, behind, tuple(texts.notes), texts.pictures)


def _joined(said: Mapping[str, str], names: Sequence[str]) -> str:
    return "\n".join(said.get(name, "") for name in names if said.get(name, "").strip())


def _line(html: str, texts: Texts) -> str:
    if SOUND.search(html):
        names = row(filter(None, SOUND.findall(html)))
        texts.note(say("sound or video was left out: {name}", name=names))
    return texts.line(SOUND.sub(" ", html))


def _clozed(fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    """For each number the text with a gap, and what belongs there."""
    text = fields[0] if fields else ""
    numbers = sorted({int(one[1]) for one in CLOZE.finditer(text)})
    for number in numbers[:50]:
        hidden = [one[2] for one in CLOZE.finditer(text) if int(one[1]) == number]

        def shown(found: re.Match[str], number: int = number) -> str:
            if int(found[1]) != number:
                return found[2]
            return f"[{unescape(found[3])}]" if found[3] else GAP

        yield CLOZE.sub(shown, text), ", ".join(hidden)
