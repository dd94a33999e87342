"""Files that an enemy made: refused in a sentence, in bounded memory, with nothing fetched."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

import pytest

from pixels import png
from viva.base.refused import Refused
from viva.exchange import limits, redrawing
from viva.exchange.limits import Archive, Incoming


def zipped(files: dict[str, bytes], change=lambda info: None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            change(info)
            out.writestr(info, content)
    return made.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>',
        '<!DOCTYPE q [<!ENTITY % a SYSTEM "http://example.org/a">]><quiz/>',
        '<!DOCTYPE q [<!entity a "b">]><quiz/>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE q [<!ENTITY a "b">]><quiz/>',
    ],
)
def test_an_entity_is_refused(text):
    for raw in (text.encode(), text.encode("utf-16")):
        with pytest.raises(Refused, match=r"entity|sound XML"):
            limits.xml(raw)


def test_a_document_type_alone_is_nothing_to_fear_and_nothing_is_fetched(monkeypatch):
    import socket

    def never(*args, **kwargs):
        raise AssertionError("somebody asked the network")

    monkeypatch.setattr(socket.socket, "connect", never)
    text = b'<!DOCTYPE quiz SYSTEM "http://example.org/quiz.dtd"><quiz><a/></quiz>'
    assert limits.xml(text).tag == "quiz"


@pytest.mark.parametrize(
    "raw", [b"<quiz>", b"<quiz></q>", b"", b"<", b"\xff\xfe<", b"<" + b"a" * 100]
)
def test_what_is_no_xml_is_refused(raw):
    with pytest.raises(Refused, match="sound XML"):
        limits.xml(raw)


def test_deep_xml_is_refused():
    with pytest.raises(Refused):
        limits.xml(b"<a>" * 100_000 + b"</a>" * 100_000)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../secret", "leads out"),
        ("a/../../b", "leads out"),
        ("..\\b", "leads out"),
        ("/etc/passwd", "leads out"),
        ("C:/windows", "leads out"),
        ("\\\\server\\x", "leads out"),
    ],
)
def test_a_path_out_of_the_zip_is_refused(name, said):
    with pytest.raises(Refused, match=said):
        Archive(zipped({name: b"x"}))


def test_a_link_is_refused():
    def link(info: zipfile.ZipInfo) -> None:
        info.external_attr = (stat.S_IFLNK | 0o777) << 16

    with pytest.raises(Refused, match="link"):
        Archive(zipped({"a": b"/etc/passwd"}, link))


def test_a_password_is_refused():
    raw = bytearray(zipped({"a.xml": b"<quiz/>"}))
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1
    with pytest.raises(Refused, match="encrypted"):
        Archive(bytes(raw))


def test_a_bomb_is_refused_before_it_is_opened():
    with pytest.raises(Refused, match="100 : 1"):
        Archive(zipped({"a.xml": b"\0" * (3 * limits.MEGABYTE)}))


def test_too_many_files_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_MEMBERS", 3)
    with pytest.raises(Refused, match="more than 3 files"):
        Archive(zipped({str(n): b"" for n in range(4)}))


def test_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_UNPACKED", 10)
    with pytest.raises(Refused, match="unpacks"):
        Archive(zipped({"a": b"x" * 11}))


def test_a_size_that_lies_is_refused():
    raw = bytearray(zipped({"a": b"abcdefgh"}))
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 2)
    with pytest.raises(Refused, match=r"larger than it says|damaged"):
        Archive(bytes(raw)).read("a")


def test_a_large_file_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_FILE", 3)
    (tmp_path / "a.xml").write_bytes(b"1234")
    with pytest.raises(Refused, match="larger"):
        limits.opened(tmp_path / "a.xml")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Größe\r\nä".encode(), "Größe\nä"),
        ("\ufeffGröße".encode(), "Größe"),
        ("Größe".encode("utf-16"), "Größe"),
        ("Größe “x”".encode("cp1252"), "Größe “x”"),
        (b"\x81\x8d", "\x81\x8d"),
        (b"PK\0\0\0", ""),
    ],
)
def test_text_is_decoded(raw, text):
    assert Incoming("a.txt", raw).text == text


def test_a_picture_is_drawn_anew_without_what_was_hidden_in_it():
    text = (
        struct.pack(">I", 9)
        + b"tEXt"
        + b"Comment\0x"
        + struct.pack(">I", zlib.crc32(b"tEXtComment\0x"))
    )
    plain = png(4, 3)
    made, area, shrunk = redrawing.redrawn(
        plain[:33] + text + plain[33:] + b"<script>alert(1)</script>"
    )
    assert area == (4, 3) and not shrunk
    assert made.startswith(b"\x89PNG") and b"Comment" not in made and b"script" not in made


def test_a_wide_picture_is_drawn_smaller():
    _, area, shrunk = redrawing.redrawn(png(3200, 10))
    assert area == (1600, 5) and shrunk


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "not a PNG"),
        (b"", "not a PNG"),
        (b"GIF89a", "damaged"),
        (b"\xff\xd8\xff\xe0", "damaged"),
        (b"RIFF....WEBPVP8 ", "damaged"),
        (png(60_000, 60_000, b""), "million pixels"),
        (png(0, 5, b""), "million pixels"),
        (png(4, 4, b"\0"), "damaged"),
    ],
)
def test_what_is_no_sound_picture_is_refused(raw, said):
    with pytest.raises(Refused, match=said):
        redrawing.redrawn(raw)


def test_a_heavy_picture_is_refused(monkeypatch):
    monkeypatch.setattr(redrawing, "MAX_BYTES", 10)
    with pytest.raises(Refused, match="larger"):
        redrawing.redrawn(png(4, 4))
