"""A question of a file and the one in the bank: what is new, with all that only the bank says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from viva.bank import types
from viva.bank.question import Question
from viva.base.reader import Loc
from viva.exchange.reading import Made
from viva.exchange.yamltext import scalar


@dataclass(frozen=True)
class Wanted:
    """A question as it stands, and as it should be."""

    loc: Loc
    made: Made
    old: Mapping[str, Any]
    new: dict[str, Any]


def merged(old: Mapping[str, Any], made: Made) -> dict[str, Any]:
    """The question of the file with all that it does not say kept from the bank."""
    before = types.MODELS.get(str(old.get("type")))
    is_other = before is not None and before is not types.MODELS[str(made.data["type"])]
    stale = set(before.model_fields) - set(Question.model_fields) if before and is_other else set()
    new = {name: value for name, value in old.items() if name not in stale}
    for name, value in made.data.items():
        if name == "lint" or (name in ("id", "objective", "level") and old.get(name)):
            continue
        new[name] = _merged_field(name, old.get(name), value)
    return new


def _merged_field(name: str, old: Any, value: Any) -> Any:
    if name == "tags" and isinstance(old, list):
        return [*old, *(one for one in value if one not in old)]
    if isinstance(value, Mapping) and isinstance(old, dict):
        return _same_or(old, {**old, **{n: v for n, v in value.items() if v != "Picture"}})
    if (
        isinstance(value, list)
        and value
        and isinstance(value[0], Mapping)
        and isinstance(old, list)
    ):
        return _merged_list(old, value)
    return old if old is not None and alike(old, value) else value


def _same_or(old: Mapping[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The mapping, with what is alike written as it was."""
    return {
        name: old[name] if name in old and alike(old[name], v) else v for name, v in new.items()
    }


def alike(old: Any, new: Any) -> bool:
    """Whether two values say the same."""
    if isinstance(old, str) and not isinstance(new, (list, Mapping)):
        said = scalar(new) if not isinstance(new, str) else new
        return old.split() == said.split() or (
            _number(old) is not None and _number(old) == _number(said)
        )
    if isinstance(old, list) and isinstance(new, (list, tuple)):
        return len(old) == len(new) and all(map(alike, old, new))
    return bool(old == new)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _merged_list(old: list[Any], value: list[Any]) -> list[Any]:
    """Entries with what the bank says of the same ones; the same entries keep the bank's order."""
    pairs = _paired(old, value)
    made = [(_merged_entry(o, v) if o is not None else dict(v), o) for v, o in pairs]
    if len(old) == len(value) and all(o is not None and _known(o) == _known(n) for n, o in made):
        at = {id(o): number for number, o in enumerate(old)}
        made.sort(key=lambda one: at[id(one[1])])
    return [one for one, _ in made]


def _paired(old: list[Any], value: list[Any]) -> list[tuple[Any, Any]]:
    """Each new entry with the old one of the same text, else with one that is left, in order."""
    left = [one for one in old if isinstance(one, dict)]
    found: list[Any] = []
    for one in value:
        same = next((o for o in left if _known(o) == _known(one)), None)
        left = [o for o in left if o is not same]
        found.append(same)
    if len(old) == len(value):
        rest = iter(left)
        found = [one if one is not None else next(rest, None) for one in found]
    return list(zip(value, found, strict=True))


def _known(one: Mapping[str, Any]) -> str:
    """What an entry is known by."""
    return " ".join(
        str(next((one[name] for name in ("text", "stem", "id") if name in one), "")).split()
    )


def _merged_entry(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of the file with what only the bank says of it. A why belongs to its text."""
    is_same = _known(old) == _known(new)
    kept = {n: v for n, v in old.items() if n != "why" or is_same}
    if "correct" in kept and "correct" not in new:
        kept["correct"] = False if alike(kept["correct"], "true") else kept["correct"]
    return _same_or(old, {**kept, **new})
