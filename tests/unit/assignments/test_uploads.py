"""Files as platforms give them, and as nobody should."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from viva.assignments import uploads
from viva.assignments.uploads import gather
from viva.base.visible import visible


def zipped(entries: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


def read(folder: Path) -> dict[str, bytes | str]:
    """Name to content, or to the reason."""
    return {one.name: one.fault or one.content for one in gather([folder])}


def test_folders_and_zips_are_read_to_the_bottom(tmp_path):
    (tmp_path / "Ada Example_1234_assignsubmission_file").mkdir()
    (tmp_path / "Ada Example_1234_assignsubmission_file" / "week-1-s1 (2).json").write_bytes(b"{1}")
    inner = zipped({"week-1-s3.json": b"{3}"})
    (tmp_path / "download.zip").write_bytes(
        zipped({"Grüße/week-1-s2.json": b"{2}", "x.zip": inner})
    )
    assert read(tmp_path) == {
        "Ada Example_1234_assignsubmission_file/week-1-s1 (2).json": b"{1}",
        "download.zip/Grüße/week-1-s2.json": b"{2}",
        "download.zip/x.zip/week-1-s3.json": b"{3}",
    }


def test_names_in_a_zip_are_read_as_its_system_wrote_them(tmp_path):
    """A Mac writes UTF-8 and does not say so; Windows writes the letters of its old console."""
    for name, encoding in (("Seán_1_assignsubmission_file/a.json", "utf-8"), ("Zoë/b.json", "cp437")):
        raw = name.encode(encoding)
        plain = "x" * len(raw)
        zipped_now = zipped({plain: b"{}"}).replace(plain.encode(), raw)
        (tmp_path / f"{encoding}.zip").write_bytes(zipped_now)
    assert set(read(tmp_path)) == {"utf-8.zip/Seán_1_assignsubmission_file/a.json", "cp437.zip/Zoë/b.json"}


def test_files_may_be_named_themselves(tmp_path):
    path = tmp_path / "one.json"
    path.write_bytes(b"{}")
    assert [one.name for one in gather([path])] == ["one.json"]


def test_litter_of_systems_is_passed_over(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"__MACOSX/._a.json": b"x", "a/.DS_Store": b"x"}))
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    assert read(tmp_path) == {}


def test_a_path_out_of_the_archive_is_only_a_name(tmp_path):
    evil = zipped({"../../evil.json": b"{}", "/etc/evil.json": b"{}", "C:\\evil.json": b"{}"})
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(evil)
    found = read(tmp_path / "in")
    assert list(found.values()) == [b"{}"] * 3
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_a_zip_bomb_is_not_unpacked(tmp_path, monkeypatch):
    bomb = zipped({"bomb.json": b"0" * (200 * 2**20)})
    (tmp_path / "a.zip").write_bytes(bomb)
    assert read(tmp_path) == {"a.zip/bomb.json": "is larger than 2\u00a0MB"}


MB = 2**20


@contextmanager
def no_more_than(size: int) -> Iterator[None]:
    """Fails when more memory than that was taken at once."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < size
    finally:
        tracemalloc.stop()


def test_of_a_bomb_no_more_is_read_than_a_file_may_hold(tmp_path):
    bomb = {"bomb.json": b"0" * (64 * MB)}
    (tmp_path / "a.zip").write_bytes(zipped(bomb))
    (tmp_path / "b.zip").write_bytes(zipped({"inner.zip": zipped(bomb)}))
    with no_more_than(16 * MB):
        found = read(tmp_path)
    assert found == {
        "a.zip/bomb.json": "is larger than 2\u00a0MB",
        "b.zip/inner.zip/bomb.json": "is larger than 2\u00a0MB",
    }


def test_of_a_large_file_no_more_is_read_than_a_file_may_hold(tmp_path):
    with (tmp_path / "large.json").open("wb") as file:
        file.truncate(64 * MB)
    with no_more_than(16 * MB):
        assert read(tmp_path) == {"large.json": "is larger than 2\u00a0MB"}


def test_what_cannot_be_opened_costs_as_much_as_it_takes_in_the_zip(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_ARCHIVE", 3 * MB)
    raw = bytearray(zipped({f"{n}.json": b"0" * MB for n in range(9)}, zipfile.ZIP_STORED))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := raw.find(sign, place + 1)) >= 0:
            raw[place + offset] |= 1  # encrypted
    (tmp_path / "a.zip").write_bytes(raw)
    found = read(tmp_path)
    assert found.pop("a.zip") == "unpacks to more than 3\u00a0MB: 6 files in it not read"
    assert found == {f"a.zip/{n}.json": "is encrypted (send it without a password)" for n in range(3)}


@pytest.mark.parametrize(("more", "fault"), [(0, None), (1, "is a zip that is too large inside a zip")])
def test_a_zip_inside_a_zip_may_be_so_large(tmp_path, monkeypatch, more, fault):
    """Filled up to the last byte that is allowed, and one more."""
    limit = 5000
    size = limit - len(zipped({"a.json": b""}, zipfile.ZIP_STORED)) + more
    inner = zipped({"a.json": b"0" * size}, zipfile.ZIP_STORED)
    assert len(inner) == limit + more
    monkeypatch.setattr(uploads, "MAX_FILE", 1000)
    monkeypatch.setattr(uploads, "MAX_INNER_ARCHIVE", limit)
    (tmp_path / "out.zip").write_bytes(zipped({"s1.zip": inner, "s2.json": b"{}"}))
    found = read(tmp_path)
    assert found.pop("out.zip/s2.json") == b"{}"
    name = "out.zip/s1.zip" if fault else "out.zip/s1.zip/a.json"
    assert found == {name: fault or "is larger than 0\u00a0MB"}


def test_a_zip_inside_a_zip_is_as_good_as_one_outside(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_ENTRIES", 3)
    office = zipped({"[Content_Types].xml": b"<x/>"})
    many = zipped({f"{n}.json": b"" for n in range(4)})
    entries = {"many.zip": many, "office.docx": office, "bad.zip": b"PK\x03\x04 and no more"}
    (tmp_path / "a.zip").write_bytes(zipped(entries))
    assert read(tmp_path) == {
        "a.zip/many.zip": "is a zip of more than 3 files",
        "a.zip/office.docx": "is an office document, not the answer file",
        "a.zip/bad.zip": "is a damaged zip",
    }


def test_many_large_entries_run_out_of_budget(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_ARCHIVE", 3 * 2**20)
    entries = {f"{n}.json": b"0" * 2**20 for n in range(9)}
    (tmp_path / "a.zip").write_bytes(zipped(entries))
    found = read(tmp_path)
    assert len(found) == 4
    assert found["a.zip"] == "unpacks to more than 3\u00a0MB: 6 files in it not read"


def test_a_zip_that_lies_about_its_sizes_is_named(tmp_path):
    raw = bytearray(zipped({"a.json": b"0" * 1000}))
    place = raw.index(b"PK\x01\x02")
    raw[place + 24 : place + 28] = struct.pack("<I", 5)
    (tmp_path / "a.zip").write_bytes(raw)
    found = read(tmp_path)
    assert found == {"a.zip/a.json": "is damaged inside its zip"}


def test_damaged_encrypted_and_nested_zips_are_named(tmp_path):
    good = zipped({"a.json": b"{}" * 50})
    (tmp_path / "cut.zip").write_bytes(good[: len(good) // 2])
    flipped = bytearray(good)
    flipped[40] ^= 0xFF
    (tmp_path / "flipped.zip").write_bytes(flipped)
    locked = bytearray(good)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(sign) + offset] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    (tmp_path / "deep.zip").write_bytes(zipped({"b.zip": zipped({"c.zip": good})}))
    found = read(tmp_path)
    assert found["locked.zip/a.json"] == "is encrypted (send it without a password)"
    assert found["flipped.zip/a.json"] == "is damaged inside its zip"
    assert found["deep.zip/b.zip/c.zip"].startswith("is a zip in a zip in a zip")
    assert found["cut.zip"].startswith(b"PK")  # not a zip any more: reading it as JSON will say so


def test_a_hundred_megabytes_are_not_read(tmp_path):
    with (tmp_path / "large.json").open("wb") as file:
        file.truncate(100 * 2**20)
    assert read(tmp_path) == {"large.json": "is larger than 2\u00a0MB"}


def test_too_many_entries_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_ENTRIES", 3)
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.json": b"" for n in range(4)}))
    assert read(tmp_path) == {"a.zip": "is a zip of more than 3 files"}


def test_links_are_not_followed(tmp_path):
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").symlink_to(tmp_path / "secret")
    (tmp_path / "in" / "loop").symlink_to(tmp_path)
    assert set(read(tmp_path / "in").values()) == {
        "is a link to another file (send the file itself)"
    }


@pytest.mark.parametrize(
    "name", ["a\u202egpj.json", "a\x1b[31m.json", "a\u200b.json", "a\ud800.json"]
)
def test_names_show_what_they_are(name):
    assert visible(name) in ("agpj.json", "a[31m.json", "a.json")


def test_an_unknown_compression_is_named(tmp_path):
    raw = bytearray(zipped({"a.json": b"{}"}))
    for sign, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        raw[raw.index(sign) + offset] = 99
    (tmp_path / "a.zip").write_bytes(raw)
    assert read(tmp_path) == {"a.zip/a.json": "is damaged inside its zip"}


def test_an_office_document_is_one_bad_file(tmp_path):
    content = zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    (tmp_path / "answers.docx").write_bytes(content)
    assert read(tmp_path) == {"answers.docx": "is an office document, not the answer file"}


def test_a_students_own_zip_has_a_smaller_budget(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_INNER_ARCHIVE", 2**20)
    inner = zipped({f"{n}.json": b"0" * 2**19 for n in range(5)})
    (tmp_path / "a.zip").write_bytes(zipped({"s1.zip": inner, "s2.json": b"{}"}))
    found = read(tmp_path)
    assert found["a.zip/s1.zip"] == "unpacks to more than 1\u00a0MB: 3 files in it not read"
    assert found["a.zip/s2.json"] == b"{}"
