"""The door to the disk: files whole or not at all, folders exchanged or as before, no write over others."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from viva.base import edits, files, tables
from viva.base.files import faults, folder
from viva.base.files import made as made_by
from viva.base.refused import Refused

ELSE = "choose another folder"


def seen(root: Path) -> dict[str, tuple[int, bytes | str | None]]:
    """Everything under a folder: modes, contents, where links lead."""
    return {
        path.relative_to(root).as_posix(): (
            stat.S_IMODE(path.lstat().st_mode),
            str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else None,
        )
        for path in sorted(root.rglob("*"))
    }


@pytest.fixture
def umask():
    """Sets the umask for a test."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 64 KB; where none can be mounted, the test is skipped and others stand in."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_file_is_written_with_the_folders_above_it(tmp_path):
    files.write(tmp_path / "a/b/c.txt", "Größe\r\nµ\n")
    assert (tmp_path / "a/b/c.txt").read_bytes() == "Größe\r\nµ\n".encode()
    files.write(tmp_path / "a/b/c.txt", b"\xff")
    assert seen(tmp_path)["a/b/c.txt"] == (0o644, b"\xff")
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["c.txt"]


def test_mode_owner_and_links_stay(tmp_path):
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "real.txt").chmod(0o640)
    if os.geteuid() == 0:
        os.chown(tmp_path / "real.txt", 1234, 1234)
    owner = (tmp_path / "real.txt").stat().st_uid
    (tmp_path / "link").symlink_to("real.txt")
    files.write(tmp_path / "link", "new")
    assert seen(tmp_path)["real.txt"] == (0o640, b"new")
    assert (tmp_path / "real.txt").stat().st_uid == owner
    assert (tmp_path / "link").is_symlink()


def test_what_somebody_saves_meanwhile_stays(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text("a: 1\n")
    file = edits.load(path)
    path.write_text("a: 1\nb: mine\n")
    with pytest.raises(Refused, match="was changed meanwhile \\(run this again\\)"):
        edits.save(file, "a: 2\n")
    assert path.read_text() == "a: 1\nb: mine\n"



@pytest.mark.parametrize("raw", [b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", b"a: 1\nb: 2\n", b"\xef\xbb\xbfa: 1\nb: 2\n"])
def test_an_edit_keeps_mark_and_line_ends(tmp_path, raw):
    (tmp_path / "a.yml").write_bytes(raw)
    file = edits.load(tmp_path / "a.yml")
    assert file
    edits.save(file, file.text.replace("2", "3"))
    assert (tmp_path / "a.yml").read_bytes() == raw.replace(b"2", b"3")


def read_only(path: Path) -> Path:
    path.chmod(0o555 if path.is_dir() else 0o444)
    return path


def test_a_read_only_file_is_named_and_stays(tmp_path):
    read_only_file = tmp_path / "a.txt"
    read_only_file.write_text("old")
    read_only(read_only_file)
    (tmp_path / "other").write_text("old")
    before = seen(tmp_path)
    with pytest.raises(Refused, match=r"a\.txt is read-only, so it was not changed \(allow writing first\)"):
        files.together({tmp_path / "other": "new", read_only_file: "new"})
    assert seen(tmp_path) == before


def test_a_read_only_folder_is_named_and_stays(tmp_path):
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed/a.txt").write_text("old")
    read_only(tmp_path / "closed")
    before = seen(tmp_path)
    for name in ("a.txt", "new.txt", "deep/er.txt"):
        with pytest.raises(Refused, match=f"{name} was not written: the folder .*closed is read-only"):
            files.write(tmp_path / "closed" / name, "new")
    with (
        pytest.raises(Refused, match="closed is read-only"),
        files.workshop(tmp_path / "closed/site"),
    ):
        pass
    (tmp_path / "closed").chmod(0o755)
    assert {name: what for name, (_, what) in seen(tmp_path).items()} == {
        name: what for name, (_, what) in before.items()
    }


AWKWARD = {
    "folder": "there is a folder of this name",
    "file/inside.txt": "a part of this path is a file",
    "x" * 300: "the name is too long",
    "round": "links lead round in a circle",
    "pipe": "is no ordinary file",
}


@pytest.mark.parametrize(("name", "said"), AWKWARD.items())
def test_whatever_is_in_the_way_is_said(tmp_path, name, said):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine")
    (tmp_path / "round").symlink_to("round")
    os.mkfifo(tmp_path / "pipe")
    before = seen(tmp_path)
    with pytest.raises(Refused, match=said + r".* \(.+\)"):
        files.write(tmp_path / name, "new")
    assert seen(tmp_path) == before


def test_every_error_of_the_system_is_a_sentence_with_a_remedy():
    for number in errno.errorcode:
        said = str(files.refused(OSError(number, os.strerror(number), "a.txt")))
        assert re.fullmatch(r"a\.txt cannot be written(: .+)? \(.+\)", said), said
    assert "disk is full" in str(files.refused(OSError(errno.ENOSPC, "x", "a.txt")))
    assert str(files.refused(OSError("odd"))).startswith("something cannot be written: odd (")


def test_of_a_copy_that_finds_no_room_its_place_is_named(small_disk, tmp_path):
    (tmp_path / "large.svg").write_bytes(b"a" * 200_000)
    with pytest.raises(OSError) as found:
        shutil.copyfile(tmp_path / "large.svg", small_disk / "copy.svg")
    said = str(files.refused(found.value))
    assert said.startswith(f"{small_disk / 'copy.svg'} cannot be written: the disk is full (")


def test_a_full_disk_leaves_all_as_it_was(small_disk):
    (small_disk / "a.yml").write_bytes(b"a" * 20_000)
    before = seen(small_disk)
    with pytest.raises(Refused, match=r"a\.yml cannot be written: the disk is full \(delete what"):
        files.write(small_disk / "a.yml", b"b" * 60_000)
    contents = {small_disk / f"new/{number}": b"c" * 10_000 for number in range(9)}
    with pytest.raises(Refused, match="the disk is full"):
        files.together({small_disk / "a.yml": "new", **contents})
    with pytest.raises(Refused, match="the disk is full"):
        files.outputs(small_disk, {name.name: data for name, data in contents.items()}, remedy=ELSE)
    with pytest.raises(Refused, match="the disk is full"):
        tables.write(small_disk / "results.csv", [["x" * 1000]] * 100)
    assert seen(small_disk) == before


def test_a_full_disk_keeps_the_old_site(small_disk):
    site = small_disk / "course/site"
    made(site, "old")
    before = seen(small_disk)
    with pytest.raises(Refused, match="the disk is full"), files.workshop(site) as fresh:
        files.put(fresh / "index.html", "x" * 80_000)
        files.replace(site, fresh)
    assert seen(small_disk) == before


def test_a_disk_without_a_byte_left_keeps_no_workshop(small_disk):
    made(small_disk / "course/site", "old")
    before = seen(small_disk)
    (small_disk / "large").write_bytes(b"")
    with pytest.raises(OSError), (small_disk / "large").open("wb") as file:
        while True:
            file.write(b"a" * 512)
            file.flush()
    with pytest.raises(Refused, match="the disk is full"), files.workshop(small_disk / "course/site"):
        pass
    (small_disk / "large").unlink()
    assert seen(small_disk) == before


@pytest.mark.parametrize("failing", range(1, 6))
def test_files_are_written_together_or_not_at_all(tmp_path, monkeypatch, failing):
    """Whichever rename fails, and with it the disk for good."""
    (tmp_path / "b").write_text("old")
    (tmp_path / "d").write_text("old")
    before = seen(tmp_path)
    renamed, count = Path.replace, [0]

    def replace(self, target):
        count[0] += 1
        if count[0] == failing:
            raise OSError(errno.EIO, "fault", str(target))
        return renamed(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(Refused, match="the disk reports a fault"):
        files.together({tmp_path / name: "new" for name in ("a", "b", "new/c", "d", "e")})
    monkeypatch.undo()
    assert seen(tmp_path) == before
    files.together({tmp_path / name: "new" for name in ("a", "b", "new/c", "d", "e")})
    assert {what for _, what in seen(tmp_path).values()} == {b"new", None}
    assert not list(tmp_path.rglob(".viva-*"))


def test_a_new_file_takes_nobodys_place(tmp_path):
    (tmp_path / "there").write_text("mine")
    (tmp_path / "nowhere").symlink_to("not-there")
    before = seen(tmp_path)
    for name in ("there", "nowhere"):
        with pytest.raises(Refused, match="is there already"):
            files.create(tmp_path / name, "new")
    assert seen(tmp_path) == before
    files.create(tmp_path / "new", "new")
    assert (tmp_path / "new").read_text() == "new"
    assert not list(tmp_path.rglob(".viva-*"))


KILLED = """
import os, sys
from pathlib import Path
from viva.base import files

left, rename = int(sys.argv[2]), Path.replace

def killed(self, target):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    return rename(self, target)

Path.replace = killed
put = files.grow if sys.argv[3:] else lambda *given: files.outputs(*given, remedy="else")
put(Path(sys.argv[1]), {name: f"2 {os.getpid()}" for name in ("a.csv", "b.csv", "new.csv")})
"""


@pytest.mark.parametrize("moment", range(5))
def test_outputs_go_on_after_a_run_that_was_killed_between_two_files(tmp_path, moment):
    """Twice: what the second leaves may be of three runs."""
    files.outputs(tmp_path, {"a.csv": "1", "b.csv": "1"}, remedy=ELSE)
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(moment)], check=False)
        assert done.returncode == (9 if moment < 4 else 0)
    files.outputs(tmp_path, dict.fromkeys(("a.csv", "b.csv", "new.csv"), "3"), remedy=ELSE)
    assert {path.read_text() for path in tmp_path.glob("*.csv")} == {"3"}
    (tmp_path / "a.csv").write_text("mine")
    with pytest.raises(Refused, match="was changed since"):
        files.outputs(tmp_path, {"a.csv": "4"}, remedy=ELSE)


@pytest.mark.parametrize("moment", range(4))
def test_a_site_grows_after_a_run_that_was_killed_between_two_files(tmp_path, moment):
    made_by.keep(tmp_path, ())
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(moment), "grow"], check=False)
    assert done.returncode == 9
    files.grow(tmp_path, dict.fromkeys(("a.csv", "b.csv", "new.csv"), "3"))
    assert [path.read_text() for path in tmp_path.glob("*.csv")] == ["3"] * 3


def test_outputs_go_over_nothing_but_our_own(tmp_path):
    out = tmp_path / "results"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    files.outputs(out, {"a.csv": "1", "sub/b.csv": "1"}, remedy=ELSE)
    files.outputs(out, {"a.csv": "2", "c.csv": "1"}, remedy=ELSE)
    assert (out / "a.csv").read_text() == "2"
    (out / "theirs.csv").write_text("mine")
    (out / "sub/b.csv").write_text("changed")
    (out / "link.csv").symlink_to("notes.txt")
    (out / "folder.csv").mkdir()
    (out / "way").symlink_to(tmp_path)
    before = seen(tmp_path)
    for name, said in {
        "theirs.csv": "was not made by viva",
        "sub/b.csv": "was changed since viva wrote it",
        "link.csv": "is a link",
        "folder.csv": "is in the way",
        "way/new.csv": "is a link",
        "a.csv/new.csv": "a part of this path is a file",
    }.items():
        with pytest.raises(Refused, match=said):
            files.outputs(out, {"new.csv": "x", name: "x"}, remedy=ELSE)
        assert seen(tmp_path) == before, name


def test_a_file_whose_changes_were_read_may_be_written_again_and_an_older_one(tmp_path):
    (tmp_path / "old.zip").write_text("old")
    files.outputs(tmp_path, {"old.zip": "1", "judge.csv": "1"}, remedy=ELSE, older=("old.zip",))
    (tmp_path / "judge.csv").write_text("changed")
    (tmp_path / "old.zip").write_text("changed")
    with pytest.raises(Refused, match=r"old\.zip was changed since viva wrote it"):
        files.outputs(tmp_path, {"old.zip": "2", "judge.csv": "2"}, remedy=ELSE, edited=("judge.csv",), older=("old.zip",))
    files.outputs(tmp_path, {"judge.csv": "2"}, remedy=ELSE, edited=("judge.csv",))
    assert (tmp_path / "judge.csv").read_text() == "2"
    (tmp_path / "judge.csv").unlink()
    (tmp_path / "judge.csv").symlink_to("old.zip")
    with pytest.raises(Refused, match="is a link"):
        files.outputs(tmp_path, {"judge.csv": "3"}, remedy=ELSE, edited=("judge.csv",))


def test_a_list_that_is_none_is_not_believed(tmp_path):
    for text in ("", "[]", '{"format": "viva-made/1", "files": ["a"]}', '{"format": "x", "files": {}}'):
        (tmp_path / ".viva-made").write_text(text)
        with pytest.raises(Refused, match="is not what viva writes there"):
            files.outputs(tmp_path, {"a.csv": "1"}, remedy=ELSE)
        with pytest.raises(Refused, match="did not make"):
            files.replace(tmp_path, tmp_path / "fresh")
        assert (tmp_path / ".viva-made").read_text() == text


def test_a_list_from_elsewhere_deletes_nothing_elsewhere(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "more").mkdir()
    (tmp_path / "more/mine.txt").write_text("mine")
    files.outputs(tmp_path / "dist", {"a.zip": "1"}, remedy=ELSE)
    (tmp_path / "dist/way").symlink_to(tmp_path / "more")
    value = made_by.digest(b"mine")
    names = ("../mine.txt", str(tmp_path / "mine.txt"), "way/mine.txt", "way", "", ".")
    (tmp_path / "dist/.viva-made").write_text(made_by.Made(dict.fromkeys(names, value)).listing())
    files.outputs(tmp_path / "dist", {"a.zip": "1"}, remedy=ELSE, whole=True)
    assert (tmp_path / "mine.txt").read_text() == (tmp_path / "more/mine.txt").read_text() == "mine"


def test_what_is_put_into_a_new_folder_goes_through_no_link(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    files.copy(tmp_path / "mine.txt", tmp_path / "new/hard.txt")
    (tmp_path / "new/soft.txt").symlink_to(tmp_path / "mine.txt")
    for name in ("hard.txt", "soft.txt"):
        files.put(tmp_path / "new" / name, "ours")
        assert (tmp_path / "new" / name).read_text() == "ours"
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_names_that_are_no_text_are_listed_too(tmp_path):
    name = os.fsdecode(b"caf\xe9.txt")
    files.outputs(tmp_path, {name: "1", "größe.txt": "1"}, remedy=ELSE)
    files.outputs(tmp_path, {name: "2", "größe.txt": "2"}, remedy=ELSE)
    assert (tmp_path / name).read_text() == "2"


def test_what_a_whole_output_no_longer_has_goes_unless_it_was_changed(tmp_path):
    files.outputs(tmp_path, {"a.zip": "1", "b.pdf": "1", "c.pdf": "1"}, remedy=ELSE, whole=True)
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "c.pdf").write_text("changed")
    files.outputs(tmp_path, {"a.zip": "2"}, remedy=ELSE, whole=True)
    assert {path.name for path in tmp_path.iterdir()} == {".viva-made", "a.zip", "c.pdf", "mine"}


def test_a_web_server_reads_what_is_made_and_nobody_what_is_private(tmp_path, umask):
    umask(0o077)
    files.outputs(tmp_path / "dist", {"sub/a.zip": "1"}, remedy=ELSE)
    files.outputs(tmp_path / "results", {"sub/a.csv": "1"}, remedy=ELSE, private=True)
    made(tmp_path / "site", "new")
    modes = {name: mode for name, (mode, _) in seen(tmp_path).items() if ".viva" not in name}
    assert modes == {
        **dict.fromkeys(("dist", "dist/sub", "site", "site/deep"), 0o755),
        **dict.fromkeys(("dist/sub/a.zip", "site/index.html", "site/deep/page.html"), 0o644),
        **dict.fromkeys(("results", "results/sub"), 0o700),
        "results/sub/a.csv": 0o600,
    }


def made(site: Path, text: str) -> None:
    with files.workshop(site) as fresh:
        files.put(fresh / "index.html", text)
        files.put(fresh / "deep/page.html", text)
        files.replace(site, fresh)


@pytest.mark.parametrize("failing", [(2,), (1, 3), (1, 4), (1, 5), (1, 6), (1, 7), (1, 8)])
@pytest.mark.parametrize("theirs", [True, False])
def test_when_the_last_step_fails_the_old_site_is_there(tmp_path, monkeypatch, failing, theirs):
    """The second rename; or the first, as where the site is held open, and then one of those inside."""
    site = tmp_path / "site"
    made(site, "old")
    if theirs:
        (site / "mine.txt").write_text("mine")
    before = seen(tmp_path)
    renamed, count = Path.rename, [0]

    def rename(self, target):
        count[0] += 1
        if count[0] in failing:
            raise OSError(errno.EACCES, "held", str(self))
        return renamed(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(Refused, match=r"site cannot be written \(close it in your other programs"):
        made(site, "new")
    assert seen(tmp_path) == before


def test_a_folder_that_is_held_is_filled_instead(tmp_path, monkeypatch):
    """As a mount point, or on Windows a folder that another program shows."""
    site = tmp_path / "site"
    made(site, "old")
    (site / "mine.txt").write_text("mine")
    number, renamed = site.stat().st_ino, Path.rename

    def rename(self, target):
        if self == site:
            raise OSError(errno.EBUSY, "busy", str(self))
        return renamed(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    made(site, "new")
    assert site.stat().st_ino == number
    assert (site / "index.html").read_text() == "new"
    assert {path.name for path in tmp_path.rglob("*")} == {"site", "deep", "page.html", "index.html", "mine.txt", ".viva-made"}


def test_a_mount_point_is_filled_and_kept(small_disk):
    made(small_disk, "old")
    (small_disk / "mine.txt").write_text("mine")
    made(small_disk, "new")
    assert (small_disk / "index.html").read_text() == "new"
    assert (small_disk / "mine.txt").read_text() == "mine"
    assert not [path for path in small_disk.parent.rglob(".viva-*") if path.name != ".viva-made"]


@pytest.mark.parametrize("inside", [True, False])
def test_what_a_killed_run_moved_aside_comes_back(tmp_path, inside):
    site = tmp_path / "site"
    made(site, "old")
    before = seen(tmp_path)
    place = (site if inside else tmp_path) / ".viva-site-abcdefgh"
    place.mkdir()
    (place / "old-0").mkdir()
    shutil.copy(site / ".viva-made", place)
    if inside:
        (site / "index.html").rename(place / "old-0/index.html")
    else:
        (place / "old-0").rmdir()
        site.rename(place / "old-0")
    (place / "new").mkdir()
    with files.workshop(site):
        assert {name: what for name, what in seen(site).items() if name == "index.html"} == {
            "index.html": before["site/index.html"]
        }
    assert seen(tmp_path) == before


def test_a_folder_that_looks_like_a_workshop_is_nobodys_but_its_owners(tmp_path):
    (tmp_path / ".viva-site-abcdefgh/old-0").mkdir(parents=True)
    (tmp_path / ".viva-site-abcdefgh/old-0/mine.txt").write_text("mine")
    (tmp_path / ".viva-site-abcdefgh/.viva-made").write_text("mine")
    os.utime(tmp_path / ".viva-site-abcdefgh", (0, 0))
    with files.workshop(tmp_path / "site"):
        assert not (tmp_path / "site").exists()
    assert (tmp_path / ".viva-site-abcdefgh/old-0/mine.txt").read_text() == "mine"


def test_a_workshop_in_which_somebody_works_is_left_alone(tmp_path):
    site = tmp_path / "site"
    with files.workshop(site) as one:
        files.put(one / "index.html", "one")
        os.utime(one.parent, (0, 0))
        with files.workshop(site) as two:
            files.put(two / "index.html", "two")
            assert (one / "index.html").exists()
            files.replace(site, two)
        files.replace(site, one)
    assert (site / "index.html").read_text() == "one"
    assert {path.name for path in tmp_path.iterdir()} == {"site"}


def test_folders_made_for_nothing_go_again(tmp_path):
    with files.workshop(tmp_path / "a/b/site"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_the_guards_for_an_administrator_look_at_the_modes(tmp_path):
    (tmp_path / "a").touch(0o444)
    assert not faults.is_writable(tmp_path / "a")
    assert faults.is_writable(tmp_path)
    assert folder.is_ours(tmp_path) is False


NUMBERS = {"0.5": 0.5, "0,5": 0.5, " 60 ": 60.0, "٣": 3.0, "-1": -1.0, "0_1": None, "nan": None, "inf": None, "1,000.5": None, "": None}


@pytest.mark.parametrize("cell", NUMBERS)
def test_a_number_in_a_cell_is_one_for_people_too(cell):
    assert tables.number(cell) == NUMBERS[cell]
