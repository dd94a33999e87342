"""The commands that translate a course, and what a build does with the translations.

What a command needs is imported when it runs, as in `cli/analyse.py`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viva.base import files
from viva.base.problems import has_errors, stopped
from viva.base.refused import Refused
from viva.base.words import Said, row, say, shaped
from viva.build.translated import FOLDER
from viva.cli import proofread
from viva.cli.course import layout, read, told
from viva.cli.talk import echo
from viva.course.layout import Layout
from viva.course.settings import ADDRESS, FILE

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

    from viva.engines import Engine, Say
    from viva.translation.sources import Sources
    from viva.translation.texts import Text

PLACE = re.compile(r"\b(?P<folder>docs|quizzes)/(?P<path>[^:\s]+):\d+:\d+: ")
"""A line of a file that nobody sees."""
HOW = say(
    "Translate them with a program for .po files (Poedit is one), or in an editor: write the other "
    "language between the quotation marks behind msgstr. Then add under viva in {file}:",
    file=FILE,
)


@click.group("translate")
def translate() -> None:
    """Translate a course: each page and bank gets a .po file with its texts beside it."""


@translate.command("init")
@click.argument("language")
def init(language: str) -> None:
    """Begin a translation into LANGUAGE, such as de or pt-BR.

    Beside heart.yml lies then heart.de.po, with every text that students read, by the id of its
    question and the name of its field. Files that are there already are brought up to date, and
    keep every translation.
    """
    _bring_up_to_date(_sources(), [language])
    echo(HOW)
    echo(f"  translations: [{', '.join({**_built(), language: None})}]")
    echo(say("and run: viva build"))


@translate.command("update")
@click.argument("languages", nargs=-1)
def update(languages: tuple[str, ...]) -> None:
    """Bring the files of translations up to date, in all LANGUAGES of the course or in some.

    What you have edited since keeps its old translation, marked fuzzy: change it and delete that
    mark. New texts wait for a translation; those that are gone stay at the end of the file.
    """
    wanted = languages or tuple(_built())
    if not wanted:
        said = say("there is no translation yet (begin one: viva translate init de)")
        raise Refused(said, misuse=True)
    _bring_up_to_date(_sources(), wanted)


@translate.command("status")
def status() -> None:
    """Say how far each translation is: what is done, what is missing, and what is out of date."""
    sources = _sources()
    for language in _built() or _found(sources):
        known = _known(sources, language)
        echo(f"{language}:")
        for name, texts in sources.texts():
            far = _far(known[name], texts)
            echo(shaped("  {name}: {far}", name=name, far=far))


def _far(known: Catalog, texts: list[Text]) -> Said:
    from viva.translation import catalogues

    done = sum(catalogues.translated(known, one) is not None for one in texts)
    stale = sum(catalogues.is_stale(known, one) for one in texts)
    missing = len(texts) - done - stale
    parts = [say("{done} of {all} translated", done=done, all=len(texts))]
    parts += [say("{stale} out of date", stale=stale)] if stale else []
    parts += [say("{missing} missing", missing=missing)] if missing else []
    return row(parts)


def _sources() -> Sources:
    """The course, in which nothing may be wrong: a translation of a mistake helps nobody."""
    from viva.translation import sources

    course = read(layout())
    if has_errors(course.problems):
        for problem in course.problems:
            echo(problem.told, err=True)
        raise Refused(say("the course has mistakes (mend them first)"))
    return sources.of(course)


def _built() -> dict[str, None]:
    return dict.fromkeys(layout().settings.translations)


def _found(sources: Sources) -> list[str]:
    """The languages that have files, where the settings name none."""
    root = sources.course.layout.root
    names = [Path(name) for name, _ in sources.texts()]
    found = {
        path.name.removeprefix(f"{name.stem}.").removesuffix(".po")
        for name in names
        for path in (root / name.parent).glob(f"{name.stem}.*.po")
    }
    return sorted(found)


def _known(read_: Sources, language: str) -> dict[str, Catalog]:
    """The translations of every file into a language; files that are damaged end the command."""
    from viva.base.problems import Problem
    from viva.translation import states

    found = states.known(read_, language)
    wrong = [one for one in found.values() if isinstance(one, Problem)]
    if wrong:
        raise Refused("\n".join(map(str, wrong)))
    return {name: one for name, one in found.items() if not isinstance(one, Problem)}


def _bring_up_to_date(sources: Sources, languages: Iterable[str]) -> None:
    from viva.translation import catalogues

    root = sources.course.layout.root
    for language in languages:
        known = _known(sources, language)
        made = {}
        for name, texts in sources.texts():
            path = catalogues.beside(root / name, language)
            new = catalogues.written(catalogues.updated(known[name], texts, language))
            if not path.is_file() or path.read_text("utf-8") != new:
                made[path] = new
        files.together(made)
        total = sum(len(texts) for _, texts in sources.texts())
        said = say(
            "{language}: {made} files written, {total} texts in all.",
            language=language,
            made=len(made),
            total=total,
        )
        echo(said)


@contextmanager
def translations(where: Layout, engine: Engine, say: Say) -> Iterator[int]:
    """Build the course in its other languages, for the site that is built inside to take in.

    Gives the exit code. A course with mistakes of its own is not translated: they are named.
    """
    languages = where.settings.translations
    if not languages:
        yield 0
        return
    if has_errors(read(where).problems):
        for line in told(where):
            say(line)
        yield 1
        return
    with files.temporary(where.cache) as place:
        sources = _sources()
        codes = [_built_in(one, sources, place, engine, say) for one in languages]
        with _surroundings({FOLDER: str(place / "sites")}):
            yield max(codes)


def write(language: str, folder: Path, is_alone: bool = False) -> Layout:
    """Write the course in another language into an empty folder, as far as it is translated; alone,
    without a way to the other languages."""
    from viva.translation import staged

    sources = _sources()
    if language not in (*_built(), *_found(sources)):
        said = say(
            "there is no translation into {language} (begin one: viva translate init {language})",
            language=language,
        )
        raise Refused(said, misuse=True)
    known = _known(sources, language)
    return staged.write(staged.Staging(sources, language, folder, known, is_alone))


def _built_in(language: str, sources: Sources, place: Path, engine: Engine, say: Say) -> int:
    from viva.engines import PARTLY
    from viva.translation import staged

    where = sources.course.layout
    known = _known(sources, language)
    folder = place / "courses" / language
    staging = staged.Staging(sources, language, folder, known)
    anew = staged.write(staging)
    said, tell = list[str](), _telling(where, language)
    with _surroundings(_address(language)):
        code = engine.build(anew, place / "sites" / language, said.append)
    found = [] if code in (0, PARTLY) else proofread.of(staging, anew)
    if has_errors(found):
        for one in found:
            say(one.told)
        say(stopped(found))
    else:
        for line in said:
            say(tell(line))
    return code


def _address(language: str) -> dict[str, str]:
    """The address of the site in a language, where that of the course wins over its settings."""
    given = os.environ.get(ADDRESS)
    return {ADDRESS: f"{given.rstrip('/')}/{language}/"} if given else {}


def _telling(where: Layout, language: str) -> Callable[[str], str]:
    """Tells what is wrong with a translated course, of the file that a person can change."""
    from viva.translation import catalogues

    folders = {"docs": where.docs, "quizzes": where.quizzes}

    def named(found: re.Match[str]) -> str:
        path = catalogues.beside(folders[found["folder"]] / found["path"], language)
        return f"{where.name(path)}: "

    tell = where.settings.words.tell
    return lambda line: PLACE.sub(named, tell(line))


@contextmanager
def _surroundings(more: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in more}
    os.environ.update(more)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


COMMANDS = (translate,)
