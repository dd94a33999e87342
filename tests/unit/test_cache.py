"""The cache may be shared, damaged, refused or deleted, and nobody notices."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from viva.base.cache import Cache, content_key


def test_a_text_is_made_once(tmp_path):
    made: list[int] = []
    cache = Cache(tmp_path / "c")
    for _ in range(3):
        assert cache.get("k" * 64, lambda: made.append(1) or "<p>ä</p>") == "<p>ä</p>"
    assert made == [1]


def test_a_damaged_entry_is_made_again(tmp_path):
    cache = Cache(tmp_path)
    cache.get("k" * 64, lambda: "right")
    (entry,) = tmp_path.iterdir()
    for damage in (
        b"",
        b"x",
        entry.read_bytes()[:-1],
        b"\xff\xfe\n\xff",
        entry.read_bytes() + b"!",
    ):
        entry.write_bytes(damage)
        assert cache.get("k" * 64, lambda: "right") == "right"


def test_a_folder_that_cannot_be_written_is_an_empty_cache(tmp_path):
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "inside")
    assert cache.get("k" * 64, lambda: "text") == "text"
    cache.tidy()


def test_two_builds_at_once(tmp_path):
    def build(_: int) -> set[str]:
        cache = Cache(tmp_path)
        return {cache.get(content_key(str(n)), lambda n=n: f"text {n}" * 500) for n in range(40)}

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(build, range(8)))
    assert all(result == {f"text {n}" * 500 for n in range(40)} for result in results)
    assert not list(tmp_path.glob(".new-*"))


def test_parts_do_not_run_together():
    assert content_key("ab", "c") != content_key("a", "bc")
