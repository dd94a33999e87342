"""What a course leaves out of mkdocs.yml, for site engines whose theme is Material's.

What the settings say wins, key by key. Lists of what a page needs (styles, extensions, plugins)
are joined: ours first, so that theirs can change them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from viva.base.problems import Problem, hint, suggestion
from viva.base.reader import Loc, Source
from viva.base.words import Said, Words, say
from viva.build import printed
from viva.build.security import allows, kept_out
from viva.build.stage import SAID
from viva.course import boxes
from viva.course.outline import names
from viva.course.settings import FILE, HIDDEN, PLUGIN, Settings

ENGLISH, MATERIAL = "en", "material"
STYLES = ("assets/site/theme.css", "assets/site/site.css")


def _look(query: str, scheme: str, icon: str, name: Said) -> dict[str, Any]:
    media = f"(prefers-color-scheme{query})"
    toggle = {"icon": f"material/{icon}", "name": name}
    colours = {"primary": "custom", "accent": "custom"}
    return {"media": media, "scheme": scheme, **colours, "toggle": toggle}


THEME: Mapping[str, Any] = {
    "language": ENGLISH,
    "font": False,
    "favicon": "assets/site/mark.svg",
    "icon": {"logo": "site/mark"},
    "features": [
        "navigation.prune",
        "navigation.indexes",
        "navigation.footer",
        "toc.follow",
    ],
    "palette": [
        _look("", "default", "brightness-auto", SAID["light"]),
        _look(": light", "default", "brightness-7", SAID["dark"]),
        _look(": dark", "slate", "brightness-4", SAID["system"]),
    ],
}
VALIDATION = {
    "omitted_files": "info",
    "absolute_links": "warn",
    "unrecognized_links": "warn",
    "anchors": "warn",
}
TOC: Mapping[str, Any] = {"permalink": True, "toc_depth": 3}
TOC_WORDS = {"title": SAID["toc"], "permalink_title": SAID["section"]}
REPLACED = {"search", "offline"}
"""Plugins of the theme whose work viva does itself, for every engine."""
REFUSED = {
    "navigation.instant": say(
        "with it, questions sleep after the first click on a link"
        " (remove the line; pages of a course are light enough to load whole)"
    ),
}
"""Features of the theme that viva's pages cannot live with, and why."""


FEATURES = names(
    "announce.dismiss content.action.edit content.action.view content.code.annotate "
    "content.code.copy content.code.select content.footnote.tooltips content.lazy "
    "content.tabs.link content.tooltips header.autohide navigation.expand navigation.footer "
    "navigation.indexes navigation.path navigation.prune navigation.sections navigation.tabs "
    "navigation.tabs.sticky navigation.top navigation.tracking search.highlight search.share "
    "search.suggest toc.follow toc.integrate"
)
LOOKS = {
    "scheme": {"default", "slate"},
    **dict.fromkeys(
        ("primary", "accent"),
        names(
            "amber black blue blue-grey brown custom cyan deep-orange deep-purple green grey "
            "indigo light-blue light-green lime orange pink purple red teal white yellow"
        ),
    ),
}
"""What the theme knows; a style of the author's may know more."""
FONTS = ("https://fonts.googleapis.com", "https://fonts.gstatic.com")
ANALYTICS = ("https://www.googletagmanager.com", "https://*.google-analytics.com")
FETCHED = "privacy"
"""A plugin that brings what lies on other hosts into the site."""


def completed(written: Mapping[str, Any], theme: str = MATERIAL) -> dict[str, Any]:
    """Settings as an author wrote them, with all that they leave out."""
    settings = Settings(Source(FILE, {}, {}), written)
    return {
        **printed.settings(written),
        "theme": {**over(_told(THEME, settings.words), settings.theme), "name": theme},
        "use_directory_urls": settings.use_directory_urls,
        "exclude_docs": "\n".join((*HIDDEN, written.get("exclude_docs") or "")),
        "extra_css": _joined(STYLES, written.get("extra_css")),
        "extra": {"generator": False, **(written.get("extra") or {})},
        "plugins": list(_plugins(settings)),
        "markdown_extensions": _extensions(settings),
        "validation": over(VALIDATION, written.get("validation") or {}),
    }


def _told(value: Any, words: Words) -> Any:
    """Settings in which every text of ours is said in a language."""
    if isinstance(value, Mapping):
        return {name: _told(one, words) for name, one in value.items()}
    if isinstance(value, list):
        return [_told(one, words) for one in value]
    return words.tell(value) if isinstance(value, Said) else value


def over(below: Any, above: Any) -> Any:
    """Settings over others: mappings are merged, all else is replaced."""
    if not (isinstance(below, Mapping) and isinstance(above, Mapping)):
        return above
    return {**below} | {
        name: over(below[name], value) if name in below else value for name, value in above.items()
    }


def problems(settings: Settings) -> list[Problem]:
    """What the settings ask of the theme that a course cannot have."""
    return [
        *_unknown_theme(settings),
        *_refused(settings),
        *_misspelt(settings),
        *_elsewhere(settings),
    ]


def _unknown_theme(settings: Settings) -> Iterator[Problem]:
    name = settings.theme.get("name") or MATERIAL
    if settings.engine == "mkdocs" and name != MATERIAL and isinstance(name, str):
        said = say(
            "theme {name} has no place for questions (write name: material, or no name)",
            name=name,
        )
        yield settings.source.problem(("theme", "name"), "SC003", said)


def _refused(settings: Settings) -> Iterator[Problem]:
    features = settings.theme.get("features")
    for number, name in enumerate(features if isinstance(features, list) else ()):
        for refused, why in REFUSED.items():
            if str(name) == refused or str(name).startswith(f"{refused}."):
                loc = ("theme", "features", number)
                said = say("{name} cannot be used here: {reason}", name=name, reason=why)
                yield settings.source.problem(loc, "SC003", said)


def _misspelt(settings: Settings) -> Iterator[Problem]:
    """Names of features and colours that are near to one that the theme knows."""
    for loc, field, given, known in _names(settings.theme):
        near = suggestion(given, known, cutoff=0.8) if isinstance(given, str) else None
        if near and given not in known and given not in REFUSED:
            hinted = hint(given, known)
            said = say("{name} is {value} ({hint})", name=field, value=repr(given), hint=hinted)
            # A style of the author's may know a name that the theme does not.
            yield replace(settings.source.problem(loc, "CF001", said), severity="warning")


def _names(theme: Mapping[str, Any]) -> Iterator[tuple[Loc, str, Any, Collection[str]]]:
    """Each name of a feature or a colour: where it stands, what it is, and what there is."""
    features, looks = theme.get("features"), theme.get("palette")
    for number, one in enumerate(features if isinstance(features, list) else ()):
        yield ("theme", "features", number), "feature", one, FEATURES
    many: list[tuple[Loc, Any]] = [((), looks)]
    if isinstance(looks, list):
        many = [((number,), look) for number, look in enumerate(looks)]
    for at, look in many:
        for field, known in LOOKS.items() if isinstance(look, dict) else ():
            yield ("theme", "palette", *at, field), field, look.get(field), known


def _elsewhere(settings: Settings) -> Iterator[Problem]:
    """What the theme would fetch from another host, and no browser loads under the policy."""
    hosts, plugins = settings.hosts, {plugin_name(name) for name, _ in settings.plugins()}
    if hosts is None or FETCHED in plugins:
        return
    for loc, origins in _hosts(settings):
        lacking = [one for one in origins if not allows(one, hosts)]
        if lacking:
            said = kept_out(lacking[0], *lacking)
            yield replace(settings.source.problem(loc, "CF002", said), severity="warning")


def _hosts(settings: Settings) -> Iterator[tuple[Loc, Sequence[str]]]:
    """What asks for other hosts: where it stands, and which."""
    if isinstance(settings.theme.get("font"), Mapping):
        yield ("theme", "font"), FONTS
    extra = settings.data.get("extra")
    analytics = extra.get("analytics") if isinstance(extra, Mapping) else None
    if isinstance(analytics, Mapping) and analytics.get("provider") == "google":
        yield ("extra", "analytics"), ANALYTICS


def _joined(ours: Sequence[Any], theirs: Any) -> list[Any]:
    given = theirs if isinstance(theirs, list) else []
    return [*(one for one in ours if one not in given), *given]


def _plugins(settings: Settings) -> Iterator[Any]:
    """The author's own, and viva itself. The theme's search gives way to viva's."""
    given = [{name: dict(options)} if options else name for name, options in settings.plugins()]
    named = {plugin_name(one) for one in given}
    yield from (one for one in given if plugin_name(one) not in REPLACED)
    if PLUGIN not in named:
        yield PLUGIN


def plugin_name(plugin: Any) -> str:
    """The name of a plugin without that of the theme that brings it, as in `material/search`."""
    return str(next(iter(plugin)) if isinstance(plugin, dict) else plugin).rpartition("/")[2]


def _extensions(settings: Settings) -> list[Any]:
    known = settings.language == ENGLISH or settings.words.language != ENGLISH
    words = _told(TOC_WORDS, settings.words) if known else {}
    found = {name: {**options} for name, options in settings.extensions}
    found["toc"] = {**TOC, **words, **found["toc"]}
    found[boxes.NAME] = {}  # a page may have a language of its own
    return [{name: options} if options else name for name, options in found.items()]
