"""`viva doctor` finds what hosts do to a published course, each thing by its name and once."""

from __future__ import annotations

import gzip
import json
import shutil
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from host import Host, Quiet
from viva.cli import main
from viva.offline.doctor.advice import WORDS
from viva.offline.doctor.examine import examine
from viva.offline.doctor.sources import Copy, Web


class Good(Quiet):
    """A host that does all as it should; the others do one thing differently."""

    extensions_map = Quiet.extensions_map | {".webmanifest": "application/manifest+json"}

    def send_head(self):
        file = Path(self.translate_path(self.path))
        if file.is_dir() and not self.path.endswith("/"):
            return self.tell(301, b"", location=self.path + "/")
        file = file / "index.html" if file.is_dir() else file
        return self.found(file) if file.is_file() else self.lost()

    def found(self, file: Path):
        return self.tell(200, file.read_bytes(), self.guess_type(str(file)))

    def lost(self):
        return self.tell(404, (Path(self.directory) / "course/404.html").read_bytes())

    def tell(self, status: int, body: bytes, kind: str = "text/html", length: int = 0, **headers: str):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length or len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        return BytesIO(body)


class Adds(Good):
    def found(self, file):
        more = b"<script>count()</script>" if file.suffix == ".html" else b""
        return self.tell(200, file.read_bytes() + more, self.guess_type(str(file)))


class AddsInside(Good):
    """As most hosts do: before the end of what is shown, each page with a number of its own."""

    def found(self, file):
        more = f'<script src="https://c.example/{file.name}"></script>\n</body>'.encode()
        page = file.suffix == ".html" and file.name != "index.html"
        body = file.read_bytes()
        return self.tell(200, body.replace(b"</body>", more, 1) if page else body, self.guess_type(str(file)))


class AddsLine(Good):
    def found(self, file):
        body = file.read_bytes()
        if file.suffix == ".html":
            body = body.replace(b"<head>\n", b"<head>\n<base-of-host></base-of-host>\n", 1)
        return self.tell(200, body, self.guess_type(str(file)))


class Drips(Good):
    """A host that sends something all the time, and never the whole."""

    def found(self, file):
        if file.name != "glossary.html":
            return super().found(file)
        body = self.tell(200, b"", length=10**6)
        for _ in range(200):
            self.wfile.write(b".")
            self.wfile.flush()
            time.sleep(0.02)
        return body


class Types(Good):
    def guess_type(self, path):
        return "text/plain" if path.endswith((".js", ".css")) else super().guess_type(path)


class IgnoresCase(Good):
    def translate_path(self, path):
        asked = super().translate_path(path)
        folder = Path(asked).parent
        names = {one.name.lower(): str(one) for one in folder.iterdir()} if folder.is_dir() else {}
        return names.get(Path(asked).name.lower(), asked)


class LostIs200(Good):
    def lost(self):
        return self.tell(200, (Path(self.directory) / "course/index.html").read_bytes())


class NoSubPath(Good):
    def found(self, file):
        keeps = file.name == "sw.js" or file == Path(self.directory) / "course/index.html"
        return super().found(file) if keeps else self.lost()


class PacksTwice(Good):
    def found(self, file):
        body = gzip.compress(file.read_bytes())
        body = gzip.compress(body) if file.suffix == ".css" else body
        return self.tell(200, body, self.guess_type(str(file)), content_encoding="gzip")


class Moved(Good):
    def send_head(self):
        return self.tell(302, b"", location="http://elsewhere.invalid/course/")


class MovesSome(Good):
    def found(self, file):
        if file.suffix == ".svg":
            return self.tell(302, b"", location=f"http://cdn.invalid/{file.name}")
        return super().found(file)


class Slow(Good):
    def found(self, file):
        if file.name == "glossary.html":
            time.sleep(2.2)
        return super().found(file)


class Silent(Good):
    def found(self, file):
        if file.name == "glossary.html":
            time.sleep(2)
        return super().found(file)


class Cuts(Good):
    def found(self, file):
        body = file.read_bytes()
        if file.suffix == ".css":
            return self.tell(200, body[:100], "text/css", length=len(body))
        return self.tell(200, body[:300] if file.name == "about.html" else body, self.guess_type(str(file)))


class NoWorker(Good):
    def found(self, file):
        return self.lost() if file.name == "sw.js" else super().found(file)


class ChangesLines(Good):
    def found(self, file):
        body = file.read_bytes()
        body = body.replace(b"\n", b"\r\n") if file.suffix == ".html" else body
        return self.tell(200, body, self.guess_type(str(file)))


class OwnPolicy(Good):
    def tell(self, *given, **headers):
        return super().tell(*given, **headers, content_security_policy="default-src 'self'; img-src *")


class KeepsLong(Good):
    def tell(self, *given, **headers):
        return super().tell(*given, **headers, cache_control="public, max-age=31536000")


class NoStroke(Good):
    def send_head(self):
        file = Path(self.translate_path(self.path))
        return self.found(file / "index.html") if file.is_dir() else super().send_head()


class OwnLost(Good):
    def lost(self):
        return self.tell(404, b"Not found, says the host.")


class NoFolders(Good):
    def send_head(self):
        deep = self.path.endswith("/") and self.path.count("/") > 2
        return self.lost() if deep else super().send_head()


class OldManifest(Good):
    def found(self, file):
        if file.name == "manifest.webmanifest":
            return self.tell(200, b"<html>", "application/manifest+json")
        return super().found(file)


class Sends(Good):
    def tell(self, *given, **headers):
        return super().tell(*given, **headers, content_disposition='attachment; filename="a.html"')


class Closed(Good):
    def found(self, file):
        return self.tell(401, b"Who are you?")


HOSTS = {
    Good: set(),
    Sends: {"attachment"},
    Closed: {"refused"},
    Adds: {"added"},
    AddsInside: {"added"},
    AddsLine: {"added"},
    Types: {"type"},
    IgnoresCase: {"capitals"},
    LostIs200: {"lost-200"},
    NoSubPath: {"not-below"},
    PacksTwice: {"packed"},
    Moved: {"elsewhere"},
    MovesSome: {"elsewhere"},
    Slow: {"slow"},
    Silent: {"no-answer"},
    Drips: {"no-answer"},
    Cuts: {"cut"},
    NoWorker: {"no-worker"},
    ChangesLines: {"lines"},
    OwnPolicy: {"policy"},
    KeepsLong: {"cache"},
    NoStroke: {"no-stroke"},
    OwnLost: {"lost-other"},
    NoFolders: {"no-folder-index"},
    OldManifest: {"manifest", "changed"},
}


@pytest.fixture
def published(site: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Host]:
    (tmp_path / "course").symlink_to(site)
    started = Host(tmp_path, request.param)
    yield started
    started.stop()


@pytest.mark.parametrize(
    ("published", "codes"), HOSTS.items(), ids=[host.__name__ for host in HOSTS], indirect=["published"]
)
def test_each_fault_of_a_host_is_found_and_nothing_else(published, codes):
    report = examine(Web(published.address(""), timeout=1 if codes == {"no-answer"} else 20))
    assert {one.code for one in report.findings} == codes
    for one in report.findings:
        assert "{" not in one.said + one.remedy


def run(*arguments: str):
    return CliRunner().invoke(main, ["doctor", *arguments])


@pytest.mark.parametrize("published", [Adds], indirect=True)
def test_the_command_says_what_to_change(published):
    done = run(published.address(""))
    assert done.exit_code == 1
    assert "error: the host adds to pages what was not built" in done.output
    assert "<script>count()</script>" in done.output
    assert "To do: turn off what the host adds to pages" in done.output
    told = json.loads(run(published.address("index.html"), "--format", "json").output)
    assert told["site"] == published.address("")
    assert [one["code"] for one in told["findings"]] == ["added"]
    assert "index.html" in told["findings"][0]["files"]


@pytest.mark.parametrize("published", [Good], indirect=True)
def test_a_good_host_ends_with_0(published):
    done = run(published.address(""))
    assert done.exit_code == 0
    assert "are as they were built" in done.output


def test_nobody_there_is_said(tmp_path):
    host = Host(tmp_path)
    host.stop()
    done = run(host.address(""))
    assert done.exit_code == 1
    assert "there is no server at this address: nothing answers there" in done.output


def signed(folder: Path, days: int) -> Path:
    """A certificate for this computer that was signed by nobody, from some days ago until then."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    begun = datetime.now(UTC) - timedelta(days=9)
    made = (
        x509.CertificateBuilder()
        .issuer_name(name)
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begun)
        .not_valid_after(begun + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = serialization.Encoding.PEM
    secret = key.private_bytes(
        form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "certificate.pem"
    path.write_bytes(secret + made.public_bytes(form))
    return path


@pytest.mark.parametrize(
    ("days", "is_known", "reason"),
    [(8, True, "it has expired"), (99, False, "it was signed by nobody whom browsers trust"), (99, True, "")],
)
def test_a_certificate_that_browsers_refuse_is_told(tmp_path, monkeypatch, days, is_known, reason):
    path = signed(tmp_path, days)
    if is_known:  # by this computer, as an authority
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    host = Host(tmp_path)
    host._server.socket = server.wrap_socket(host._server.socket, server_side=True)
    report = examine(Web(f"https://localhost:{host.port}/course/", timeout=5))
    host.stop()
    assert [(one.code, one.seen) for one in report.findings] == (
        [("certificate", reason)] if reason else [("no-index", "")]
    )


def test_what_is_neither_address_nor_copy_is_wrong_use(tmp_path):
    assert run("www.example.org").exit_code == 2
    (tmp_path / "no.zip").write_text("no zip")
    assert run(str(tmp_path / "no.zip")).exit_code == 2


def test_a_copy_is_compared_too(site, tmp_path):
    assert examine(Copy(site)).findings == ()
    (packed,) = (site / "downloads").glob("*.zip")
    assert examine(Copy(packed)).findings == ()
    copy = shutil.copytree(site, tmp_path / "copy")
    (copy / "glossary.html").write_text("other")
    (copy / "about.html").unlink()
    found = {one.code: one.files for one in examine(Copy(copy)).findings}
    assert found == {"cut": ("glossary.html",), "missing": ("about.html",)}


def test_a_course_that_is_not_taken_along_has_no_app_to_miss(tmp_path):
    page = tmp_path / "index.html"
    page.write_text('<script defer src="assets/viva/shell.js"></script>')
    assert examine(Copy(tmp_path)).findings == ()
    done = run(str(tmp_path))
    assert (done.exit_code, "were not compared" in done.output) == (0, True)
    for other in ('<script src="shop.js"></script>', page.read_text() + '<script src="a/app.js">'):
        page.write_text(other)
        assert [one.code for one in examine(Copy(tmp_path)).findings] == ["no-worker"]


def test_an_address_without_https_is_told():
    assert not Web("http://www.example.org/ecg/").is_safe
    assert Web("https://www.example.org/ecg").name == "https://www.example.org/ecg/"


def test_every_sentence_says_what_to_do():
    assert all(one.said and one.remedy and one.severity in ("error", "warning") for one in WORDS.values())


class MovesNowhere(Good):
    """A redirection to an address that no program can read."""

    def found(self, file):
        nowhere = {"about.html": "http://[::1", "glossary.html": "http://127.0.0.1:99999/"}.get(file.name)
        return self.tell(302, b"", location=nowhere) if nowhere else super().found(file)


@pytest.mark.parametrize("published", [MovesNowhere], indirect=True)
def test_a_redirection_that_no_program_can_read_is_told(published):
    report = examine(Web(published.address("")))
    assert {one.code for one in report.findings} == {"elsewhere"}


@pytest.mark.parametrize("address", ["https://[::1", "https://e.org:99999/", "https://e x.org/", "https://e..org/"])
def test_an_address_that_no_program_can_read_is_wrong_use(address):
    done = run(address)
    assert done.exit_code == 2
    assert "is no address (copy it anew from your browser)" in done.output


def test_an_address_may_begin_in_capitals():
    assert "no server at this address" in run("HTTP://LOCALHOST:1/").output


def test_an_address_may_be_typed_with_spaces_and_umlauts():
    assert Web("https://e.org/mein kurs/ä/").name == "https://e.org/mein%20kurs/%C3%A4/"
    assert Web("https://e.org/mein%20kurs/").name == "https://e.org/mein%20kurs/"
