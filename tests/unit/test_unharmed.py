"""No command harms what a teacher has, whatever it is given.

The commands and what they take are read from the command line itself, so that a new command is
tried too. Each value is tried on its own, with all other values as they should be, bare and with
every switch on; afterwards everything that viva had not made is there, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from viva import engines
from viva.base import files
from viva.cli import main

HOSTILE = (
    *(".", "..", "../..", "{sandbox}/teaching/ecg", "../ecg/../ecg", "../../teaching"),
    *("docs", "docs/index.md", "docs/modules", "docs/references.bib", "docs/new", "docs/new.yml"),
    *("DOCS", "Docs/new", "{sandbox}/teaching/ecg/docs", "quizzes", "quizzes/recall.yml"),
    *("quizzes/assignments", "quizzes/assignments/week-1.yml", "quizzes/new", "overrides"),
    *("overrides/main.html", "overrides/new", "mkdocs.yml", ".git", ".git/HEAD", "notes.txt", "site"),
    *("../others", "../others/results.csv", "../others/new", "../others/analysis.json", "../empty"),
    *("../link-docs", "../link-docs/new", "../link-others", "../link-course", "../link-bank"),
    *("../link-course/docs", "../dangling", "../round", "../new/place", "../other-course/text"),
    *("../other-course", "results", "x" * 300, "-", "", "a:b", "recall/../../docs/index", "../../others/bank"),
)
"""What a hand may slip to. `{sandbox}` is the folder that holds everything."""

RIGHT = {
    "assignment": "quizzes/assignments/week-1.yml",
    "submissions": "../submissions",
    "answers": "../answers.csv",
    "results": "../analysed",
    "bank": "recall",
    "folder": "../new-course",
    "name": "knee",
    "key": "../key.csv",
    "out": "../out",
    "dist_dir": "../out",
    "new": "../out.json",
    "judges": "Ada, Ben",
    "sheets": "../judged",
    "limits": "../limits.csv",
    "stations": "../stations.csv",
    "border": "2",
    "first": "../answers.csv",
    "second": "../answers.csv",
    "language": "de",
    "reason": "Two readings.",
}
"""What the commands that need something are given where another value is tried."""

OWN = {
    ("doctor",): {"site": "site"},
    ("export",): {"format_": "gift"},
    ("import",): {"file": "../heart.gift"},
    ("new", "table"): {"file": "../new.xlsx"},
    ("new", "word"): {"file": "../new.docx"},
    ("review", "read"): {"returned": "../packet/review.docx", "by": "Ada", "date": "2026-12-08"},
    ("sitting", "decide"): {"folder": "quizzes/sittings/held", "void": "recall-why"},
    ("sitting", "return"): {"folder": "quizzes/sittings/held"},
    ("standard", "borderline"): {"border": "2"},
    ("standard", "cohen"): {"results": "../answers.csv"},
    ("standard", "hofstee"): {"results": "../answers.csv"},
}
"""What is right for one command alone, and what it does nothing without."""

TAKEN = (
    *("results.csv", "results.xlsx", "moodle.csv", "key.csv", "marks.csv", "problems.csv"),
    *("analysis.html", "analysis.csv", "index.html", "offline.html", "sw.js", "404.html"),
    *("ecg.epub", "ecg.pdf", "ecg-offline.zip", "downloads/ecg.pdf", "downloads/ecg-offline.zip"),
    *("assets/viva/viva.css", "feedback/s1.html", "thesis/chapter 1.docx", "schema.json", "mine.yml"),
    *(f"week-1-A-{kind}.{end}" for kind in ("exam", "key", "answer-sheet") for end in ("pdf", "docx")),
)
"""What somebody else’s folder holds, under the very names that viva writes."""


class Engine:
    """Stands in for a site engine: what it writes is no matter here."""

    def missing(self) -> None:
        """It can run."""

    def faults(self, layout) -> tuple:
        """It refuses no settings."""
        return ()

    def build(self, layout, site: Path, say) -> int:
        """Write a page."""
        files.put(site / "index.html", "built")
        return 0

    def serve(self, layout, address: str, say) -> int:
        """Show nothing."""
        return 0


def course(sandbox: Path) -> Path:
    """A teacher's folder: a course, a site and results that viva made, and a full life beside them."""
    top = sandbox / "teaching"
    root = top / "ecg"
    top.mkdir(parents=True)
    done = CliRunner().invoke(main, ["new", "course", str(root)])
    assert done.exit_code == 0, done.output
    for name in ("overrides/main.html", ".git/HEAD", "notes.txt", "docs/handout.docx"):
        write(root / name, f"mine: {name}")
    for name in TAKEN:
        write(top / "others" / name, f"mine: {name}")
    write(top / "others/analysis.json", "{}")
    write(top / "others/bank.yml", (root / "quizzes/recall.yml").read_text("utf-8"))
    (top / "empty").mkdir()
    write(top / "other-course/mkdocs.yml", "site_name: Other\ndocs_dir: text\n")
    write(top / "other-course/text/index.md", "# Other\n")
    links = {"docs": "ecg/docs", "others": "others", "course": "ecg", "bank": "ecg/quizzes/recall.yml"}
    for name, target in links.items():
        (top / f"link-{name}").symlink_to(target)
    (top / "dangling").symlink_to("nowhere")
    (top / "round").symlink_to("round")
    given(top)
    return root


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def given(top: Path) -> None:
    """What commands are given where they should be, and what they made before."""
    sent = {"viva": 1, "assignment": "week-1", "name": "Ada", "identifier": "s1", "attempt": 1}
    when = {"started": "2026-12-01T10:00:00+01:00", "finished": "2026-12-01T11:00:00+01:00"}
    write(top / "submissions/a.json", json.dumps(sent | when | {"answers": {}}))
    write(top / "answers.csv", "student,q1,q2\n" + "".join(f"s{n},{n % 2},1\n" for n in range(20)))
    write(top / "key.csv", "question,key\nq1,1\nq2,1\n")
    write(top / "judged/ada.csv", "judge,Ada\nquestion,estimate\nq1,60\nq2,70\n")
    write(top / "limits.csv", "judge,lowest pass mark,highest pass mark,lowest failing,highest failing\nAda,40,60,0,90\n")
    write(top / "stations.csv", "student,station,score,of,rating\n" + "".join(f"s{n},a,{n},9,{n}\n" for n in range(1, 9)))
    found = {"students": 20, "items": [{"id": "nobody-has-this", "p": 0.5, "r_rest": 0.2}]}
    write(top / "analysed/analysis.json", json.dumps(found))
    write(top / "heart.gift", "::beat:: What beats? {=the heart ~the lung}\n")
    made = (
        ("review", "packet", "--out", "../packet"),
        ("sitting", "new", "week-1", "--name", "held"),
    )
    os.chdir(top / "ecg")
    for words in made:
        done = CliRunner().invoke(main, list(words))
        assert done.exit_code == 0, done.output
    shutil.copy(top / "submissions/a.json", top / "ecg/quizzes/sittings/held/received")
    with files.workshop(top / "ecg/site") as fresh:
        for name in ("index.html", "offline.html", "sw.js", "downloads/ecg-offline.zip"):
            files.put(fresh / name, "built")
        files.replace(top / "ecg/site", fresh)


def theirs(top: Path) -> dict[str, tuple[int, str]]:
    """Everything that viva had not made: mode and content of files and links, and that folders are."""
    found = {}
    for path in sorted(top.rglob("*")):
        name = path.relative_to(top).as_posix()
        if name.startswith(("ecg/site/", "ecg/.cache")):
            continue
        mode = path.lstat().st_mode
        if path.is_symlink():
            found[name] = (0, str(path.readlink()))
        elif stat.S_ISDIR(mode):
            found[name] = (0, "a folder")
        else:
            found[name] = (mode, hashlib.sha256(path.read_bytes()).hexdigest())
    return found


@dataclass(frozen=True)
class Case:
    """A command with one hostile value."""

    command: tuple[str, ...]
    param: str
    value: str
    switches: bool
    arguments: tuple[str, ...]

    @property
    def name(self) -> str:
        shown = self.value if len(self.value) < 40 else f"{self.value[:9]}…"
        return f"{' '.join(self.command)}-{self.param}-{shown}{'-all' if self.switches else ''}"


def commands(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from commands(command, (*above, name))
        else:
            yield (*above, name), command


def is_free(param: click.Parameter) -> bool:
    """Whether a person types what it is, so that it may be a path by intention or mistake."""
    return isinstance(param.type, (click.Path, click.types.StringParamType, click.File))


def cases() -> Iterator[Case]:
    for name, command in commands(main):
        for param in filter(is_free, command.params):
            for value in HOSTILE:
                for switches in (False, True):
                    words = typed(name, command, param, value, switches)
                    yield Case(name, param.name, value, switches, words)


def typed(
    name: tuple[str, ...], command: click.Command, tried: click.Parameter | None, value: str, switches: bool
) -> tuple[str, ...]:
    """What is typed after the command's name."""
    options: list[str] = []
    arguments: list[str] = []
    for param in command.params:
        words = [value] if param is tried else right(name, param)
        if isinstance(param, click.Argument):
            arguments += words
        elif words:
            options += [param.opts[0], *words]
        elif switches and param.is_flag and param.name not in ("play", "help"):
            options.append(param.opts[0])
    return (*options, "--", *arguments)


def right(name: tuple[str, ...], param: click.Parameter) -> list[str]:
    own = OWN.get(name, {}).get(param.name)
    if own:
        return [own]
    if param.name == "style" and "docx" in param.type.choices:
        return ["docx"]  # PDFs take long
    if isinstance(param.type, click.Choice):
        return [next(iter(param.type.choices))] if isinstance(param, click.Argument) else []
    if param.required or param.name in ("out", "dist_dir", "submissions"):
        return [RIGHT.get(param.name, "../new-thing")]
    return []


CASES = list(cases())
EACH = 3


def sampled() -> frozenset[Case]:
    """Three cases of all that a command takes, picked by chance that is the same in every run."""
    kinds: dict[tuple[tuple[str, ...], str], list[Case]] = defaultdict(list)
    for case in sorted(CASES, key=lambda case: zlib.crc32(case.name.encode())):
        kinds[case.command, case.param].append(case)
    return frozenset(case for cases in kinds.values() for case in cases[:EACH])


SAMPLED = sampled()


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    made = tmp_path_factory.mktemp("unharmed") / "pristine"
    course(made)
    return made


@pytest.fixture
def run(sandbox, tmp_path, monkeypatch):
    return runner(sandbox, tmp_path, monkeypatch)


def runner(sandbox, tmp_path, monkeypatch):
    """Runs a command in a copy of the course, and says what became of everything else."""
    shutil.copytree(sandbox, tmp_path / "box", symlinks=True)
    top = tmp_path / "box/teaching"
    monkeypatch.chdir(top / "ecg")
    monkeypatch.setattr(engines, "named", lambda _: Engine())
    monkeypatch.setenv("VIVA_BROWSER", "no-such-browser")

    def run(*words: str):
        words = tuple(word.replace("{sandbox}", str(tmp_path / "box")) for word in words)
        before = theirs(top)
        done = CliRunner().invoke(main, list(words), catch_exceptions=True)
        os.chdir(tmp_path)
        after = theirs(top)
        changed = [name for name, what in before.items() if after.get(name) != what]
        parts = ("ecg/docs/", "ecg/quizzes/", "ecg/overrides/", "other-course/text/")
        added = [name for name in after.keys() - before.keys() if name.startswith(parts)]
        return done, changed, sorted(added)

    return run


def prove(case: Case, run) -> None:
    done, changed, added = run(*case.command, *case.arguments)
    told = f"viva {' '.join((*case.command, *case.arguments))}\n{done.output}"
    if case.command[0] == "sitting":  # decisions and results lie with what students sent
        changed = [name for name in changed if not name.startswith("ecg/quizzes/sittings/held/")]
    assert not changed, f"{told}\nchanged or gone: {changed}"
    if case.command in (("new", "bank"), ("import",)):  # which add one, if its name is that of a bank
        added = [name for name in added if name != f"ecg/quizzes/{case.value or 'heart'}.yml"]
    if case.command[0] == "sitting":  # which is there to make one, where all of them lie
        added = [name for name in added if not f"{name}/".startswith("ecg/quizzes/sittings/")]
    if case.param != "new":  # the teacher's own list of known flaws may lie anywhere
        assert not added, f"{told}\nwritten among the teacher’s files: {added}"
    assert done.exception is None or isinstance(done.exception, SystemExit), f"{told}\n{done.exception!r}"
    assert "a fault of viva" not in done.output, told


@pytest.mark.parametrize("case", [one for one in CASES if one in SAMPLED], ids=lambda case: case.name)
def test_a_slip_of_the_hand_harms_nothing(case, run):
    prove(case, run)


@pytest.mark.long
@pytest.mark.parametrize(
    ("command", "param"),
    sorted({(case.command, case.param) for case in CASES}),
    ids=lambda one: one if isinstance(one, str) else " ".join(one),
)
def test_no_slip_of_the_hand_harms_anything(command, param, sandbox, tmp_path, monkeypatch):
    mine = [one for one in CASES if (one.command, one.param) == (command, param) and one not in SAMPLED]
    for number, case in enumerate(mine):
        prove(case, runner(sandbox, tmp_path / str(number), monkeypatch))
        shutil.rmtree(tmp_path / str(number))


NEEDS = {
    ("publish", "folder"): "a site that a real engine has made",
    ("publish", "zip"): "a site that a real engine has made",
    ("doctor",): "a site that a real engine has made",
    ("publish", "pages"): "the name of a forge",
    ("publish", "sftp"): "a server",
    ("history",): "a sitting that has been told of",
    ("translate", "update"): "a translation",
    ("feedback",): "questions that were asked",
    ("standard", "ebel"): "sheets that judges have filled in",
}
"""Commands that end before their work here: what they would need. Gets shorter."""


@pytest.mark.parametrize("name", sorted({*(name for name, _ in commands(main))} - NEEDS.keys()), ids=" ".join)
def test_what_is_right_for_a_command_gets_it_to_work(name, sandbox, tmp_path, monkeypatch):
    """So that no case passes because its command refuses something else."""
    run = runner(sandbox, tmp_path, monkeypatch)
    done, _, _ = run(*name, *typed(name, dict(commands(main))[name], None, "", False))
    assert done.exit_code == 0, done.output


def test_every_command_and_every_value_is_tried():
    named = {case.command for case in CASES}
    silent = {name for name, command in commands(main) if not any(map(is_free, command.params))}
    assert named | silent == {name for name, _ in commands(main)}
    assert silent == {
        *(("history",), ("schema",), ("setup",), ("blueprint",)),
        *(("review", "list"), ("publish", "pages"), ("translate", "status")),
    }
    assert {case.param for case in CASES} >= {"site_dir", "dist_dir", "out", "new", "assignment", "submissions"}
    assert {case.value for case in SAMPLED} == {case.value for case in CASES}


WORKS = {
    "grade": ("grade", "--out", "../out", RIGHT["assignment"], "../submissions"),
    "analyse": ("analyse", "--out", "../out", "../answers.csv"),
    "pack": ("pack", "--dist-dir", "../out"),
    "print": ("print", "--out", "../out", "--format", "docx", RIGHT["assignment"]),
    "build": ("build", "--site-dir", "../out"),
}


@pytest.mark.parametrize("name", WORKS)
def test_with_right_values_it_works_twice_beside_what_is_mine(name, run, tmp_path):
    """So that the cases above do not pass because nothing works."""
    top, words = tmp_path / "box/teaching", WORKS[name]
    for _ in range(2):
        os.chdir(top / "ecg")
        done = CliRunner().invoke(main, list(words))
        assert done.exit_code == 0, done.output
        assert len(list((top / "out").glob("[!.]*"))) > 0
        write(top / "out/mine.txt", "mine")
    done, changed, added = run(*words)
    assert (done.exit_code, (top / "out/mine.txt").read_text()) == (0, "mine"), done.output
    assert not [one for one in changed if not one.startswith("out/")]
    assert not added


def test_each_output_is_refused_where_it_would_go_over_anothers(run):
    for words in WORKS.values():
        there = [word.replace("../out", "../others") for word in words]
        done, changed, _ = run(*there)
        assert (done.exit_code, changed) == (1, []), done.output
        os.chdir(Path.cwd() / "box/teaching/ecg")
        assert "was not made by viva" in done.output or "did not make" in done.output, done.output


def test_the_schema_goes_over_no_other_file(run, tmp_path):
    path = tmp_path / "box/teaching/ecg/quizzes/schema.json"
    for text in ("mine", "{}", '{"title": "Bank"}', "[]"):
        path.write_text(text)
        os.chdir(path.parent)
        done, changed, _ = run("schema", "--write")
        assert (done.exit_code, changed) == (1, []), done.output
        assert "quizzes/schema.json is not the schema that viva writes" in done.output
    path.unlink()
    os.chdir(path.parent)
    assert CliRunner().invoke(main, ["schema", "--write"]).exit_code == 0
    assert CliRunner().invoke(main, ["schema", "--write"]).exit_code == 0


@pytest.mark.parametrize("value", ["docs", ".", "quizzes", "overrides", "stuff", "../others"])
def test_a_cache_in_a_strange_place_deletes_nothing(run, tmp_path, value):
    from viva.base.cache import Cache
    from viva.course import guard
    from viva.course.layout import Layout

    root = tmp_path / "box/teaching/ecg"
    (root / "mkdocs.yml").write_text(f"site_name: x\nplugins: [viva: {{cache: {value!r}}}]\n")
    write(root / "stage/mine.txt", "mine")
    write(root / value / "book/mine.pdf", "mine")
    for path in root.parent.rglob("*"):
        if path.is_file():
            os.utime(path, (0, 0))
    write(root / value / "book/book.html", "mine")
    write(root / value / ".viva-abcdefgh/mine.txt", "mine")
    os.utime(root / value / ".viva-abcdefgh", (0, 0))
    before, layout = theirs(root.parent), Layout.of(root)
    is_own = value not in ("stuff", "../others")
    said = [str(one) for one in guard.problems(layout)]
    assert [f"the cache cannot be kept in {value}" in one for one in said] == [True] * is_own
    cache = Cache(layout.cache)
    files.write(layout.printed, "book")
    with files.temporary(layout.cache):
        pass
    cache.store("f" * 64, b"new")
    stored = cache.folder / ("f" * 32)
    os.utime(stored, (0, 0))
    cache.tidy()
    assert not stored.exists()
    after = theirs(root.parent)
    assert {name: after[name] for name in before} == before
    assert is_own is (after == before)
