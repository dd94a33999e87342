"""YAML in, plain data with positions out. Nothing outside this package touches YAML.

libyaml's events are composed here rather than by PyYAML, for three reasons: every scalar stays the
text that its author typed (an option `No`, `1.0` or `2019-10-01`), nothing recurses (a deeply
nested file cannot overflow the stack), and limits are checked before anything is expanded.
"""

from viva.base.reader.composer import CONTROL, Marks, Place
from viva.base.reader.eaten import Loss
from viva.base.reader.settings import Named, read_settings
from viva.base.reader.source import (
    FRONT_MATTER,
    MAX_BYTES,
    Loc,
    Source,
    extents,
    front_matter,
    parse,
    read,
    read_front_matter,
    read_text,
    walk,
)

__all__ = [
    "CONTROL",
    "FRONT_MATTER",
    "MAX_BYTES",
    "Loc",
    "Loss",
    "Marks",
    "Named",
    "Place",
    "Source",
    "extents",
    "front_matter",
    "parse",
    "read",
    "read_front_matter",
    "read_settings",
    "read_text",
    "walk",
]
