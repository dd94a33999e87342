"""What each build does before its first page, done once in the process from which those of `commands` come.

Templates are compiled, the models of questions finished, and extensions of Markdown imported, with what
they need for a block of code.
"""

from __future__ import annotations

import re
from importlib import resources

import markdown
from jinja2 import BaseLoader, PackageLoader
from jinja2.bccache import Bucket
from mkdocs.theme import Theme as Look
from pydantic import BaseModel

from viva.course.settings import BUILT_IN, EXTENSIONS
from viva.engines.mkdocs import plugin
from viva.offline.asked import PACKAGE
from viva.site import render
from viva.theme import TEMPLATES, TYPES, Theme

OF_PAGES = re.compile(r"(main|base|404|partials/(?!post)[a-z-]+|partials/javascripts/[a-z]+|partials/languages/en)\.html|sitemap\.xml")
"""The theme’s templates that most courses show; those for posts ask for filters of another plugin."""
LOOK = render._compiled("the theme's")


class Compiled(render.Compiled):
    """Templates that a course has kept, and before it those that are compiled here."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket of a template that is known."""
        LOOK.load_bytecode(bucket)
        if bucket.code is None:
            super().load_bytecode(bucket)


def _compile(loader: BaseLoader, names: list[str]) -> None:
    environment = render.environment_of(loader)
    for name in names:
        environment.get_template(name)


def _compile_look() -> None:
    """The theme with our changes, as the plugin makes it."""
    look = Look("material")
    look.dirs = [*(str(resources.files(one) / "theme") for one in ("viva.engines.mkdocs", "viva.engines")), *look.dirs]
    environment = look.get_env()
    environment.bytecode_cache = LOOK
    for name in environment.list_templates(filter_func=OF_PAGES.fullmatch):
        environment.get_template(name)
    plugin.Compiled = Compiled


def _own() -> list[str]:
    """The names of our own templates."""
    found = [one.relative_to(TEMPLATES).as_posix() for one in TEMPLATES.rglob("*") if one.is_file()]
    kinds = (one.parent.name.replace("_", "-") for one in TYPES.glob("*/template.html"))
    return [*found, *(f"types/{kind}.html" for kind in kinds)]


def _finish(model: type[BaseModel]) -> None:
    """Models are finished when the first of their kind is read."""
    for one in model.__subclasses__():
        if one.__module__.startswith("viva."):
            one.model_rebuild()
        _finish(one)


_finish(BaseModel)
_compile(Theme().loader(), _own())
_compile(books := PackageLoader(*PACKAGE), books.list_templates())
_compile_look()
markdown.Markdown(extensions=[name for name, _ in (*BUILT_IN, *EXTENSIONS)]).convert("```sh\nls\n```\n")
