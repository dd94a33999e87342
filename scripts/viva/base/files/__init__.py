"""The one door to the disk: every file and folder that viva writes, replaces or deletes.

`single` writes files whole or not at all, `made` knows which files of a folder viva made, `folder`
exchanges a folder that viva made, `staging` has what is thrown away again, and `faults` says in a
sentence what the system refuses.
"""

from __future__ import annotations

from viva.base.files.faults import refused, told
from viva.base.files.folder import is_ours, replace, workshop
from viva.base.files.made import grow, outputs
from viva.base.files.single import BESIDE, create, put, together, write
from viva.base.files.staging import copy, copy_tree, move, remove, temporary

__all__ = [
    "BESIDE",
    "copy",
    "copy_tree",
    "create",
    "grow",
    "is_ours",
    "move",
    "outputs",
    "put",
    "refused",
    "remove",
    "replace",
    "temporary",
    "together",
    "told",
    "workshop",
    "write",
]
