"""A course goes to a folder, a server, a zip and a learning platform, and nothing of others is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from click.testing import CliRunner, Result

import building
import sftpd
from viva.base.refused import Refused
from viva.cli import main
from viva.publish import hosts, servers, upload, workflows

ADDRESS = "https://www.example.org/below/sums/"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return building.copied(building.ROOT / "tests/formulas", tmp_path_factory.mktemp("publish"))


@pytest.fixture
def run(course: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(course)
    monkeypatch.setenv("VIVA_SITE_URL", "")
    monkeypatch.setenv("VIVA_SFTP_PASSWORD", sftpd.PASSWORD)

    def run_(*words: str, code: int = 0) -> Result:
        done = CliRunner().invoke(main, ["publish", *words])
        assert done.exit_code == code, done.output
        return done

    return run_


def test_a_folder_gets_what_changed_and_keeps_what_is_not_ours(run, tmp_path):
    target = tmp_path / "www"
    target.mkdir()
    (target / "notes.txt").write_text("mine")
    done = run("folder", str(target), "--url", ADDRESS, "--for", "apache")
    assert "as they were built" in done.output
    assert '"/below/sums/assets/' in (target / "404.html").read_text("utf-8")
    assert f"<loc>{ADDRESS}" in (target / "sitemap.xml").read_text("utf-8")
    assert "ErrorDocument 404 /below/sums/404.html" in (target / ".htaccess").read_text()
    before = (target / "index.html").stat()
    done = run("folder", str(target), "--url", ADDRESS, "--for", "apache")
    assert "0 files brought" in done.output
    assert (target / "index.html").stat().st_mtime_ns == before.st_mtime_ns
    run("folder", str(target), "--url", ADDRESS)
    assert not (target / ".htaccess").exists() and (target / "notes.txt").read_text() == "mine"
    (target / "index.html").write_text("theirs")
    done = run("folder", str(target), "--url", ADDRESS, code=1)
    assert "was changed since viva wrote it" in done.output
    assert (target / "index.html").read_text() == "theirs"


@pytest.fixture
def translated(tmp_path, monkeypatch):
    """A course in two languages, and the folder of it."""
    for name, text in {
        "mkdocs.yml": "site_name: Sums\nplugins: [viva: {translations: [de]}]\n",
        "quizzes/sums.yml": "title: Sums\nquestions:\n  - {id: q-one, type: numeric, stem: How many?, answer: 4}\n",
        "docs/index.md": "# Sums\n\nHello.\n",
        "docs/index.de.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n',
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIVA_SITE_URL", "")
    return tmp_path


def test_every_language_of_a_course_is_published_at_its_own_address(translated):
    done = CliRunner().invoke(main, ["publish", "zip", "--out", "sums.zip", "--url", ADDRESS])
    assert done.exit_code == 0, done.output
    with ZipFile(translated / "sums.zip") as packed:
        page, first = (packed.read(name).decode() for name in ("de/index.html", "index.html"))
    assert f'rel="canonical" href="{ADDRESS}de/' in page
    assert f'rel="canonical" href="{ADDRESS}index.html"' in first or f'href="{ADDRESS}"' in first
    assert 'href="de/index.html"' in first
    for html in (page, first):  # and search engines are told of both
        found = dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', html))
        both = {"en": f"{ADDRESS}index.html", "de": f"{ADDRESS}de/index.html"}
        assert found == {**both, "x-default": both["en"]}


@pytest.mark.parametrize(("options", "language", "others"), [((), "en", True), (("--language", "de"), "de", False)])
def test_a_learning_platform_gets_all_languages_or_one(translated, options, language, others):
    done = CliRunner().invoke(main, ["publish", "lms", "--out", "sums-lms.zip", *options])
    assert done.exit_code == 0, done.output
    with ZipFile(translated / "sums-lms.zip") as packed:
        first = packed.read("index.html").decode()
        assert ("de/index.html" in packed.namelist()) is others
    assert re.search(rf'<html[^>]* lang="?{language}\b', first)
    assert ('hreflang="' in first) is others


def test_a_server_gets_what_changed_and_keeps_what_is_not_ours(run, tmp_path):
    root, target = tmp_path / "server", "ada@127.0.0.1:/www/sums"
    root.mkdir()
    with sftpd.serving(root, tmp_path) as server:
        options = ["--port", str(server.port), "--known-hosts", str(server.known_hosts)]
        done = run("sftp", target, *options)
        assert "as they were built" in done.output
        there = root / "www/sums"
        names = {path.relative_to(there).as_posix() for path in there.rglob("*") if path.is_file()}
        assert names == {*json.loads((there / ".viva-made").read_text())["files"], ".viva-made"}
        (there / "theirs.txt").write_text("mine")
        server.told.clear()
        assert "0 files brought" in run("sftp", target, *options).output
        assert server.told == []


def test_a_server_is_published_to_by_the_plan(tmp_path):
    """The same with a small site: what is taken away, who is asked, what is refused."""
    root = tmp_path / "server"
    root.mkdir()
    site = {"index.html": b"one", "a/b/c.js": b"two", "sw.js": b"three"}
    with sftpd.serving(root, tmp_path) as server:

        def bring(site: dict[str, bytes], folder: str = "/w") -> upload.Brought:
            where = servers.address(f"ada@127.0.0.1:{folder}", server.port)
            with servers.connected(where, lambda _: sftpd.PASSWORD, hosts=server.known_hosts) as place:
                return upload.bring(place, site)

        assert bring(site).written == ("a/b/c.js", "index.html", "sw.js")
        assert bring(site) == upload.Brought((), (), 3)
        brought = bring({"index.html": b"new", "sw.js": b"three"})
        assert (brought.written, brought.removed) == (("index.html",), ("a/b/c.js",))
        assert not (root / "w/a").exists() and (root / "w/index.html").read_bytes() == b"new"
        (root / "w/index.html").write_bytes(b"theirs")
        (root / "w/more.html").write_bytes(b"theirs")
        with pytest.raises(Refused, match=r"did not make index\.html, more\.html"):
            bring({"index.html": b"newer", "more.html": b"x", "sw.js": b"four"})
        assert (root / "w/sw.js").read_bytes() == b"three"
        assert bring({"sw.js": b"three"}).removed == ()  # what was changed is theirs
        assert (root / "w/index.html").read_bytes() == b"theirs"
        server.renames_over = False
        assert bring({"sw.js": b"five"}).written == ("sw.js",)
        assert (root / "w/sw.js").read_bytes() == b"five"
        (root / "elsewhere").mkdir()
        (root / "x").mkdir()
        (root / "x/a").symlink_to(root / "elsewhere")
        with pytest.raises(Refused, match="a is a link"):
            bring({"a/b.html": b"x"}, "/x")
        assert not list((root / "elsewhere").iterdir())


def test_a_run_that_was_cut_off_is_taken_up(tmp_path):
    root = tmp_path / "server"
    root.mkdir()
    with sftpd.serving(root, tmp_path) as server:
        where = servers.address("ada@127.0.0.1:/w", server.port)
        with servers.connected(where, lambda _: sftpd.PASSWORD, hosts=server.known_hosts) as place:
            upload.bring(place, {"a.js": b"1", "index.html": b"1"})
            whole, calls = place.write, iter(range(2))

            def cut(name: str, content: bytes) -> None:
                if next(calls, None) is None:
                    raise Refused("cut off")
                whole(name, content)

            place.write = cut
            with pytest.raises(Refused, match="cut off"):
                upload.bring(place, {"a.js": b"2", "index.html": b"2"})
            place.write = whole
            done = upload.bring(place, {"a.js": b"3", "index.html": b"3"})
            assert done.written == ("a.js", "index.html")
        assert not (root / "w/.viva-coming").exists()


def test_a_server_that_nobody_knows_or_that_knows_us_not_is_refused(tmp_path):
    root = tmp_path / "server"
    root.mkdir()
    (tmp_path / "none").write_text("")

    def visit(port: int, hosts: Path, said: str) -> None:
        where = servers.address("ada@127.0.0.1:/w", port)
        with pytest.raises(Refused, match=said), servers.connected(where, lambda _: "wrong", hosts=hosts):
            pass

    with sftpd.serving(root, tmp_path) as server:
        known = rf"is not known here yet \(type: sftp -P {server.port}"
        visit(server.port, tmp_path / "none", known)
        visit(server.port, server.known_hosts, "does not let ada in")
    visit(server.port, server.known_hosts, "cannot be reached")


def test_cloudflare_is_told_to_forget_what_all_files_are_sent_with():
    """It joins what several rules say of one header, and “no-cache, max-age=604800” keeps nothing."""
    sent = hosts.files("cloudflare", "https://sums.example.org/")["_headers"].decode()
    fonts = sent[sent.index("/*.woff2") :].splitlines()
    assert fonts == ["/*.woff2", "  ! Cache-Control", "  Cache-Control: public, max-age=604800"]
    assert "!" not in hosts.files("netlify", "https://sums.example.org/")["_headers"].decode()


def test_a_zip_for_a_host_that_takes_one(run, course):
    done = run("zip", "--for", "netlify", "--url", "https://sums.example.org")
    with ZipFile(course / "signs-and-sums-site.zip") as packed:
        assert {"index.html", "404.html", "_headers", "sw.js"} <= set(packed.namelist())
        assert packed.read("_headers").decode() == hosts.HEADERS
        assert b'"/assets/' in packed.read("404.html")
    assert "drop the zip there" in done.output and "as they were built" in done.output


def test_a_learning_platform_gets_its_package(run, course):
    run("lms", "--out", "sums.zip")
    with ZipFile(course / "sums.zip") as packed:
        assert "imsmanifest.xml" in packed.namelist()
        assert any(name.endswith("STIXTwoMath.woff2") for name in packed.namelist())


@pytest.mark.parametrize(
    ("remote", "forge", "file", "address"),
    [
        ("git@github.com:Ada/Sums.git", "github", ".github/workflows/pages.yml", "https://ada.github.io/Sums/"),
        ("https://github.com/ada/ada.github.io", "github", ".github/workflows/pages.yml", "https://ada.github.io/"),
        ("https://gitlab.com/ada/group/sums.git", "gitlab", ".gitlab-ci.yml", "https://ada.gitlab.io/group/sums/"),
    ],
)
def test_a_repository_builds_its_own_pages(run, course, remote, forge, file, address):
    import shutil

    shutil.rmtree(course / ".git", ignore_errors=True)
    (course / file).unlink(missing_ok=True)
    (course / ".git").mkdir()
    (course / ".git/config").write_text(f'[core]\n\tbare = false\n[remote "origin"]\n\turl = {remote}\n')
    (course / ".git/HEAD").write_text("ref: refs/heads/trunk\n")
    settings = (course / "mkdocs.yml").read_text()
    (course / "mkdocs.yml").write_text(settings.replace("site_url: https://example.org/sums/\n", ""))
    try:
        said = run("pages").output
    finally:
        (course / "mkdocs.yml").write_text(settings)
    assert address in said and file in said
    made = (course / file).read_text("utf-8")
    told = yaml.safe_load(made)
    assert "trunk" in made and "viva-course==" in made and "VIVA_SITE_URL" in made
    if forge == "github":
        assert told["jobs"]["build"]["steps"][4]["env"]["VIVA_SITE_URL"] == "${{ steps.pages.outputs.base_url }}/"
    else:
        assert told["pages"]["script"][1] == 'VIVA_SITE_URL="$CI_PAGES_URL/" viva build --site-dir public'
    run("pages")
    (course / file).write_text("mine: yes\n")
    assert "is there already" in run("pages", code=1).output
    assert (course / file).read_text() == "mine: yes\n"


def test_pages_elsewhere_have_no_address_of_this_repository(run, course):
    """A repository on GitHub that is to be published by GitLab: nobody knows where."""
    import shutil

    shutil.rmtree(course / ".git", ignore_errors=True)
    (course / ".gitlab-ci.yml").unlink(missing_ok=True)
    (course / ".git").mkdir()
    url = "https://github.com/ada/sums.git"
    (course / ".git/config").write_text(f'[remote "origin"]\n\turl = {url}\n')
    (course / ".git/HEAD").write_text("ref: refs/heads/main\n")
    settings = (course / "mkdocs.yml").read_text()
    (course / "mkdocs.yml").write_text(settings.replace("site_url: https://example.org/sums/\n", ""))
    try:
        said = run("pages", "--on", "gitlab").output
    finally:
        (course / "mkdocs.yml").write_text(settings)
        (course / ".gitlab-ci.yml").unlink()
        shutil.rmtree(course / ".git")
    assert "github.io" not in said and "the address that it names" in said


def test_whose_pages_has_to_be_known(run, course):
    import shutil

    shutil.rmtree(course / ".git", ignore_errors=True)
    if workflows.repository(course).forge:
        pytest.skip("the tests' folder lies in a repository")
    assert "--on github" in run("pages", code=2).output
