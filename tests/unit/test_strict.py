"""What a bank or mkdocs.yml says twice, both ways or not at all: one mistake, one message."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import building
from sampled import long
from viva.base.cache import Cache
from viva.base.problems import Problem, stopped
from viva.base.reader import Source
from viva.base.words import of
from viva.cli import course as cli_course
from viva.course.conversion import Converter
from viva.course.layout import Layout
from viva.course.settings import Settings
from viva.engines.mkdocs import config

HEAD = "title: T\nquestions:\n  - id: q-1\n    explanation: x\n"
LONG = "abcdefgh/" * 600
BANKS = {
    "type: [single]": "5:11: type is a list (write one of: ",
    "type: ordering\n    stem: s?\n    items: [a, b, a]": "7:19: item 'a' is there twice (delete or change one)",
    "type: short-answer\n    stem: s?\n    accept: [Patella]\n    reject: [the patélla]": "8:14: 'the patélla' is rejected, and accepted as 'Patella'",
    "type: single\n    stem: s?\n    options: [{text: a, correct: true}, {text: a}]": "7:48: option 'a' is there twice",
    "type: true-false\n    stem: s?\n    statements: [{text: a, answer: true}, {text: a, answer: false}]": "7:50: statement 'a' is there twice",
    "type: matching\n    stem: s?\n    options: [{text: a}, {text: a}]\n    prompts: [{stem: p, answer: a}]": "7:33: option 'a' is there twice",
    "type: cloze\n    stem: s?\n    text: a {b} c\n    gaps: [{id: b, accept: [x], reject: [X]}]": "8:42: 'X' is rejected, and accepted as 'x'",
    "type: numeric\n    stem: s?\n    answer: nan": "7:13: answer is 'nan' (write a number)",
    "type: numeric\n    stem: s?\n    answer: 1,000": "7:13: 1,000 can be read in two ways (write 1000, or 1.000)",
    "type: numeric\n    stem: s?\n    answer: 1\n    also: ['1,000']": "8:12: 1,000 can be read in two ways (write 1000, or 1.000)",
    "type: numeric\n    stem: s?\n    answer: 1\n    references: ['']": "8:18: reference is empty (write one, or delete the line)",
    f"type: numeric\n    stem: s?\n    answer: 1\n    figure: {{src: {LONG}, alt: a}}": "8:19: there is no file docs/abcdefgh/",
    "type: numeric\n    stem: s?\n    answer: 1\n    figure: {src: 'https://a.org/b.png', alt: a}": "8:19: https://a.org/b.png is on another host",
    "type: numeric\n    stem: s?\n    answer: 1\n    answer: 2": "8:5: answer is written twice (it is already on line 7: keep one)",
    "type: case\n    vignette: v\n    steps: [{id: s-1, type: case, vignette: w, steps: []}]": "7:29: a step cannot be a case itself",
}  # fmt: skip


@pytest.mark.parametrize("fields", BANKS, ids=lambda one: one[:30])
def test_a_mistake_in_a_bank_is_one_message(make_course, fields):
    course = make_course({"quizzes/x.yml": f"{HEAD}    {fields}\n"})
    found = [str(problem) for problem in course.problems]
    assert len(found) == 1, found
    assert found[0].startswith(f"quizzes/x.yml:{BANKS[fields]}")


WHOLE = {
    "": "1:1: the file is empty",
    "- a\n": "1:1: a bank is a mapping",
    "title: T\nquestions: {}\n": "2:12: questions is a mapping (write a list",
    "title: T\n\tquestions: []\n": "2:1: a tab in the indentation (use spaces)",
}


@pytest.mark.parametrize("text", WHOLE)
def test_a_file_that_is_no_bank_is_one_message(make_course, text):
    found = [str(problem) for problem in make_course({"quizzes/x.yml": text}).problems]
    assert [one[: len(WHOLE[text]) + 14] for one in found] == [f"quizzes/x.yml:{WHOLE[text]}"]


SETTINGS = {
    "site_nam: T\n": "mkdocs.yml:1:1: unknown setting site_nam (did you mean site_name?)",
    "site_name: [T]\n": "mkdocs.yml:1:12: site_name is a list",
    "site_name: T\ncopyright: <a href='x'>A</a>, p <ULN & <b>b</b>\n": "mkdocs.yml:2:12: “<ULN” is taken for HTML and not shown (write &lt; for <)",
    "site_name: no\n": 'mkdocs.yml:1:12: “no” is no text to the site engine (put it in quotes: "no")',
    "site_name: T\nextra: {short_name: 1.50}\n": "mkdocs.yml:2:21: “1.50” is no text to the site engine",
    "site_name: T\nnav: [2024: modules/knee.md, A: [on: modules/knee.md]]\n": "mkdocs.yml:2:34: “on” is no text to the site engine",
    "site_name: T\nnav: [A: /modules/knee.md]\n": "mkdocs.yml:2:10: /modules/knee.md begins with / (write it relative to docs/)",
    "site_name: T\ndocs_dir: nope\n": "mkdocs.yml:2:11: there is no folder nope for the pages",
    "site_name: T\nplugins: [{viva: {quizes: x}}]\n": "mkdocs.yml:2:19: unknown field quizes (did you mean quizzes?)",
    "site_name: T\nplugins: [{viva: {engine: zensicle}}]\n": "mkdocs.yml:2:10: there is no engine zensicle",
    "site_name: T\nplugins: [vivaa]\n": 'mkdocs.yml:2:10: plugins: “The "vivaa" plugin is not installed” (correct it)',
    "site_name: T\nextra: {licence: x}\n": "mkdocs.yml:2:9: unknown field licence (did you mean license?)",
    "site_name: T\nextra: {caution: {a: b}}\n": "mkdocs.yml:2:18: caution is a mapping",
    "site_name: T\ntheme: {language: xx-none}\n": "mkdocs.yml:2:19: the theme does not know the language xx-none",
    "site_name: T\nplugins: [{viva: {print: {font: {a: b}}}}]\n": "mkdocs.yml:2:33: font is a mapping (write a list",
    f"site_name: T\ndocs_dir: {'x' * 300}\n": "mkdocs.yml:2:11: there is no folder xxx",
    "site_name: T\ntheme: {langauge: de}\n": "mkdocs.yml:2:9: unknown field langauge (did you mean language?)",
    "site_name: T\ntheme: {language: ''}\n": "mkdocs.yml:2:19: language is empty",
    "site_name: T\ntheme: {palette: [5]}\n": "mkdocs.yml:2:19: palette is '5' (write scheme: default",
    "site_name: T\ntheme: {features: toc.follow}\n": "mkdocs.yml:2:19: features is 'toc.follow' (write a list",
    "site_name: T\ntheme: {font: Inter}\n": "mkdocs.yml:2:15: font is 'Inter' (write text:",
    "site_name: T\nextra: {social: [{icon: x}]}\n": "mkdocs.yml:2:18: social has no link (write link: …)",
    "site_name: T\nextra_css: a.css\n": "mkdocs.yml:2:12: extra_css is 'a.css' (write a list",
    "site_name: T\nextra_javascript: [{a: b}]\n": "mkdocs.yml:2:20: extra_javascript is a mapping",
    "site_name: T\nhooks: x.py\n": "mkdocs.yml:2:8: hooks is 'x.py' (write a list",
    "site_name: T\nnot_in_nav: [a]\n": "mkdocs.yml:2:13: not_in_nav is a list",
    "site_name: T\nmarkdown_extensions: footnotes\n": "mkdocs.yml:2:22: markdown_extensions is 'footnotes' (write a list",
    "site_name: T\nmarkdown_extensions: [[footnotes]]\n": "mkdocs.yml:2:23: markdown_extension is a list",
    "site_name: T\nplugins: [[tags]]\n": "mkdocs.yml:2:11: plugin is a list",
    "site_name: T\nplugins: [viva: {catalogue: {categories: a}}]\n": "mkdocs.yml:2:42: categories is 'a' (write a list",
    "site_name: T\nplugins: [viva: {course: knee}]\n": "mkdocs.yml:2:26: course is 'knee'",
    "site_name: T\nsite_url: 5\n": "mkdocs.yml:2:11: site_url is '5'",
    "site_name: T\nstrict: maybe\n": "mkdocs.yml:2:9: strict is 'maybe' (write true or false)",
    "site_name: T\n5: x\n": "mkdocs.yml:1:1: unknown setting 5",
    "site_name:\tT\n": "mkdocs.yml:1:11: a tab stands between words (use a space)",
    "site_name: T\nnav: [{A: {B: modules/kne.md}}]\n": "mkdocs.yml:2:7: A names no page",
    "site_name: T\nnav: text\n": "mkdocs.yml:2:6: nav is 'text'",
    "site_name: T\nnav: [1.5]\n": "mkdocs.yml:2:7: this is no page",
    "site_name: T\nnav: [{A: [{B: }]}]\n": "mkdocs.yml:2:12: B names no page",
    "site_name: T\nnav: [{A: modules/knee.md, B: modules/knee.md}]\n": "mkdocs.yml:2:7: an entry has one title",
    "site_name: T\nnav: [modules/kne.md]\n": "mkdocs.yml:2:7: there is no page docs/modules/kne.md",
    "site_name: T\nuse_directory_urls: 'false'\n": "mkdocs.yml:2:21: use_directory_urls is 'false' (write true or false)",
    "site_name: T\nmarkdown_extensions: [toc: 5]\n": "mkdocs.yml:2:28: toc is '5' (write its fields",
    "site_name: T\nmarkdown_extensions: {toc: 5}\n": "mkdocs.yml:2:28: toc is '5' (write its fields",
    "site_name: T\nplugins: [viva, tags: 5]\n": "mkdocs.yml:2:23: tags is '5' (write its fields",
    "site_name: T\nengine: zensical\n": "mkdocs.yml:2:1: unknown setting engine (write it under viva in the list of plugins)",
    "site_name: T\nextra: {viva: {engine: zensical}}\n": "mkdocs.yml:2:9: unknown setting viva (write it under viva",
    "site_name: T\nextra: {polyfills: 5}\n": "mkdocs.yml:2:20: polyfills is '5' (write a list",
    "site_name: T\nextra_css: [a.css, https://example.org/b.css]\n": "mkdocs.yml:2:13: there is no file a.css (correct extra_css",
    "site_name: T\nextra_javascript: [{path: a.js, defer: true}]\n": "mkdocs.yml:2:20: there is no file a.js",
    "site_name: T\nextra_templates: [a.html]\n": "mkdocs.yml:2:19: there is no file a.html",
    "site_name: T\ntheme: {logo: a.svg, favicon: assets/site/mark.svg}\n": "mkdocs.yml:2:15: there is no file a.svg (correct logo",
    "site_name: T\ntheme: {icon: {logo: nope, repo: fontawesome/brands/git-alt}}\n": "mkdocs.yml:2:22: the theme has no icon nope",
    "site_name: T\nextra: {social: [{link: 'https://x.org', icon: nope}]}\n": "mkdocs.yml:2:48: the theme has no icon nope",
    "site_name: T\ntheme: {features: [toc.follow, navigation.tab]}\n": "mkdocs.yml:2:32: feature is 'navigation.tab' (did you mean navigation.tabs?)",
    "site_name: T\ntheme: {palette: {scheme: slatee, primary: own}}\n": "mkdocs.yml:2:27: scheme is 'slatee' (did you mean slate?)",
}  # fmt: skip


@pytest.mark.parametrize("text", SETTINGS)
def test_a_mistake_in_the_settings_is_one_message(make_course, tmp_path, text):
    make_course()
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    found = [str(one) for one in cli_course.read(Layout.of(tmp_path)).problems]
    assert len(found) == 1, found
    assert found[0].startswith(SETTINGS[text])


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("extra_css: [a.css]", "warning"),
        ("extra_javascript: [a.js]", "warning"),
        ("theme: {logo: a.svg}", "warning"),
        ("theme: {features: [navigation.tab]}", "warning"),
        ("theme: {palette: {scheme: slatee}}", "warning"),
        ("theme: {font: {text: Roboto}}", "warning"),
        ("extra_templates: [a.html]", "error"),
        ("theme: {icon: {logo: nope}}", "error"),
    ],
)
def test_only_what_an_engine_stops_at_stops_a_build(make_course, tmp_path, text, severity):
    make_course()
    (tmp_path / "mkdocs.yml").write_text(f"site_name: T\n{text}\n", "utf-8")
    (found,) = cli_course.read(Layout.of(tmp_path)).problems
    assert found.severity == severity


ELSEWHERE = {
    "theme: {font: {text: Roboto}}": "mkdocs.yml:2:15: browsers will not load https://fonts.googleapis.com, from another host "
    "(add it under viva in mkdocs.yml: content_security: [https://fonts.googleapis.com, https://fonts.gstatic.com])",
    "extra: {analytics: {provider: google, property: G-1}}": "mkdocs.yml:2:20: browsers will not load https://www.googletagmanager.com, ",
}


@pytest.mark.parametrize("text", ELSEWHERE)
def test_what_the_theme_would_fetch_and_no_browser_loads_is_told(make_course, tmp_path, text):
    def told(plugins: str) -> list[str]:
        (tmp_path / "mkdocs.yml").write_text(f"site_name: T\n{text}\nplugins: {plugins}\n", "utf-8")
        return [str(one) for one in cli_course.read(Layout.of(tmp_path)).problems]

    make_course()
    (found,) = told("[viva]")
    assert found.startswith(ELSEWHERE[text])
    hosts = found.rpartition("content_security: ")[2].rstrip(")")
    for plugins in ("[viva: {content_security: false}]", f"[viva: {{content_security: {hosts}}}]", "[material/privacy, viva]"):
        assert told(plugins) == []


LINKS = {
    "[a](gone.md)": "the link gone.md leads nowhere",
    "![a](gone.png)": "the link gone.png leads nowhere",
    "[a](/modules/knee.md)": "begins with /",
    "[a](modules/knee.md#gone)": "docs/modules/knee.md has no heading #gone",
    "[a](#gone)": "docs/page.md has no heading #gone",
}


def test_a_link_to_a_name_in_typed_html_leads_there(make_course, tmp_path):
    make_course({"docs/page.md": '# Page\n\n<a name="here"></a>Text.\n\nSee [it](#here).\n'})
    assert cli_course.read(Layout.of(tmp_path)).problems == ()


@pytest.mark.parametrize("text", LINKS)
def test_a_link_of_a_page_that_leads_nowhere_is_told_by_check(make_course, tmp_path, text):
    make_course({"docs/page.md": f"# Page\n\nSee {text}, [this](modules/knee.md#the-two-menisci) and [that](#page).\n"})
    (found,) = cli_course.read(Layout.of(tmp_path)).problems
    assert (found.path, found.line) == ("docs/page.md", 3)
    assert LINKS[text] in found.message


TAGS = {
    '<img src="gone.png" alt="">': ["gone.png leads nowhere"],
    "a <a href='modules/knee.md'>b</a>": ["modules/knee.md leads nowhere (did you mean modules/knee.html?)"],
    '<a href="modules/knee.html#x">a</a> <a href="./">b</a> <img src="lies/it.svg">': [],
    '<a href="https://x.org/a.png">a</a> <a href="mailto:a@b.org">b</a> <a href="#page">c</a>': [],
    '`<img src="gone.png">` and <a href="self-checks/knee.html">c</a>': [],
}


@pytest.mark.parametrize("text", TAGS)
def test_an_address_in_typed_html_leads_somewhere_from_where_its_page_will_lie(make_course, tmp_path, text):
    files = {"docs/page.md": f"# Page\n\n{text}\n", "docs/lies/it.svg": "<svg/>", "docs/index.md": "# T\n"}
    make_course(files)
    found = cli_course.read(Layout.of(tmp_path)).problems
    assert [(one.path, one.line, one.severity) for one in found] == [("docs/page.md", 3, "warning")] * len(TAGS[text])
    assert all(said in one.message for said, one in zip(TAGS[text], found, strict=True))


@pytest.mark.parametrize("more", ["hooks: [mine.py]", "plugins: [viva, {tags: {}}]"])
def test_where_others_may_add_files_an_address_in_html_is_theirs(make_course, tmp_path, more):
    make_course({"mkdocs.yml": f"site_name: T\n{more}\n", "docs/page.md": '# P\n\n<a href="theirs.html">a</a>\n'})
    (tmp_path / "mine.py").touch()
    assert not [one for one in cli_course.read(Layout.of(tmp_path)).problems if one.code == "MD515"]


@pytest.mark.parametrize("folders", [False, True])
def test_and_so_do_pages_in_folders_of_their_own(make_course, tmp_path, folders):
    up = "../" if folders else ""
    make_course({"mkdocs.yml": f"site_name: T\nuse_directory_urls: {folders}\n", "docs/index.md": "# T\n"})
    (tmp_path / "docs/page.md").write_text(f'# Page\n\n<a href="{up}modules/knee{"/" if folders else ".html"}">a</a>\n')
    assert cli_course.read(Layout.of(tmp_path)).problems == ()
    (tmp_path / "docs/page.md").write_text('# Page\n\n<a href="../../modules/knee.html">a</a>\n')
    assert len(cli_course.read(Layout.of(tmp_path)).problems) == 1


@pytest.mark.parametrize("surroundings", [long({"PYTHONIOENCODING": "cp1252"}), {"LANG": "C", "PYTHONUTF8": "0"}])
def test_on_a_console_that_is_not_utf_8_nothing_dies(tmp_path, surroundings):
    folder = building.copied(building.NEUTRAL, tmp_path / "course")
    bank = folder / "quizzes/scale.yml"
    bank.write_text(bank.read_text("utf-8").replace("title: ", "title: 中 ≤ ", 1).replace("stem: ", "stemm: ≤ 骨 ", 1), "utf-8")
    for command in ("check", "build"):
        done = subprocess.run(
            [sys.executable, "-c", "from viva.cli import main; main()", command],
            cwd=folder, env=os.environ | surroundings, capture_output=True, check=False,
        )  # fmt: skip
        said = (done.stdout + done.stderr).decode("latin-1")
        assert done.returncode == 1
        assert "unknown field stemm" in said and "Traceback" not in said, said


def test_every_option_of_the_plugin_is_known_here_too():
    from viva.course.allowed import Options
    from viva.engines.mkdocs.plugin import VivaConfig

    assert {name for name, _ in VivaConfig._schema} == set(Options.model_fields)


def test_a_picture_in_an_accepted_answer_is_looked_for(make_course):
    text = 'title: X\nquestions:\n  - {id: x-1, type: short-answer, stem: "Which?", accept: ["a ![b](y.svg)"]}\n'
    found = [str(one) for one in make_course({"quizzes/x.yml": text}).problems]
    assert found == ["quizzes/x.yml:3:60: there is no file docs/y.svg (check the name; paths are relative to docs/)"]


def test_a_build_that_stops_counts_its_warnings_apart():
    wrong, odd = Problem("a", 1, 1, "SC001", "x"), Problem("a", 2, 1, "SC001", "y", "warning")
    assert str(stopped([wrong])) == "1 problem: nothing was built."
    assert str(stopped([wrong, odd, odd])) == "1 error, 2 warnings: nothing was built."


def test_what_an_extension_lacks_is_told_in_the_language_of_the_course(tmp_path):
    given = {"markdown_extensions": [{"toc": {"permalnk": 1}}, "no_such_one.at_all"]}
    options = Settings(Source("mkdocs.yml", {}, {}), given).extensions
    for _ in range(2):  # as it was made, and as it was kept
        faults = Converter(options, Cache(tmp_path)).faults
        told = {name: of("de").tell(fault.reason) for name, fault in faults.items()}
        assert told == {
            "toc": "sie hat keine Option permalnk (prüfen Sie die Optionen)",
            "no_such_one.at_all": "es gibt kein Python-Modul no_such_one "
            "(installieren Sie das Paket, oder prüfen Sie den Namen)",
        }


def test_a_setting_that_the_engine_refuses_is_told_once(make_course, tmp_path):
    make_course({"mkdocs.yml": "site_name: T\nvalidation: {links: foo}\n"})
    for _ in range(2):
        assert [name for name, _ in config.faults(tmp_path)] == ["validation"]
    make_course({"mkdocs.yml": "site_name: T\n"})
    assert list(config.faults(tmp_path)) == []
