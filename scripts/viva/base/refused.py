"""The one exception that is meant for an author: what a command cannot do, and why."""

from __future__ import annotations

from pathlib import Path

from viva.base.words import shaped


class Refused(Exception):
    """A sentence for a teacher: what cannot be done (and what to do instead), where, if anywhere.

    `misuse` says that the command was called wrongly, which ends it with 2 instead of 1.
    """

    def __init__(
        self,
        said: str,
        path: Path | str | None = None,
        line: int = 1,
        column: int = 1,
        *,
        misuse: bool = False,
    ) -> None:
        self.said, self.path, self.line, self.column = said, path, line, column
        self.misuse = misuse
        place = f"{path}:{line}:{column}"
        self.told = said if path is None else shaped("{place}: {said}", place=place, said=said)
        """The sentence with its place, which any language can tell."""
        super().__init__(str(self.told))
