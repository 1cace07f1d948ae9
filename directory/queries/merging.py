"""Two people changed one program: what goes together, and what somebody has to choose."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from directory.queries.program_values import PLACE, TEXTS, Values

# Of these each key is a matter of its own: a language, a way to be reached.
BY_KEY = (*TEXTS, "contact", "capacity")
_NOTHING = object()


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both changed, each in another way; `key` is the language of a text, else empty.

    `field` is `place` for the five values that say where a program is: they belong together.
    """

    field: str
    key: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The values with both changes in them; where they conflict, theirs stands."""

    values: Values
    conflicts: list[Conflict] = field(default_factory=list)


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """What I changed since `base`, put into what they have made of it meanwhile.

    `mine` may hold some fields only; `base` and `theirs` hold all, and `base` nothing where it is
    not known: then whatever differs conflicts. What both changed alike is no conflict.
    """
    merged = Merged(dict(theirs))
    for name, value in mine.items():
        if name in PLACE:
            continue
        if name in BY_KEY:
            merged.values[name] = dict(theirs.get(name, {}))
            for key in _keys(base, mine, theirs, name):
                _one(
                    merged,
                    (name, key),
                    base.get(name, {}).get(key, _NOTHING),
                    value.get(key, _NOTHING),
                    theirs.get(name, {}).get(key, _NOTHING),
                )
        else:
            _one(merged, (name, ""), base.get(name, _NOTHING), value, theirs.get(name, _NOTHING))
    if given := {name: mine[name] for name in PLACE if name in mine}:
        here = {name: theirs.get(name) for name in PLACE}
        before = {name: base[name] for name in PLACE} if all(n in base for n in PLACE) else None
        wanted = {**(before or here), **given}
        _one(merged, ("place", ""), _NOTHING if before is None else before, wanted, here)
    return merged


def settled(merged: Merged, mine: set[tuple[str, str]]) -> Values:
    """The merged values with my side of these conflicts; theirs stands in the others."""
    values = copy.deepcopy(merged.values)
    for conflict in merged.conflicts:
        if (conflict.field, conflict.key) in mine:
            side = _NOTHING if conflict.key and conflict.mine is None else conflict.mine
            _put(values, conflict.field, conflict.key, side)
    return values


def _keys(*sides: Any) -> Iterator[str]:
    *values, name = sides
    found: dict[str, None] = {}
    for side in values:
        found.update(dict.fromkeys(side.get(name, {})))
    yield from sorted(found)


def _one(merged: Merged, where: tuple[str, str], base: Any, mine: Any, theirs: Any) -> None:
    """Settle one matter: mine counts where only I changed it."""
    if mine in (base, theirs):
        return
    name, key = where
    if theirs == base:
        _put(merged.values, name, key, mine)
    else:
        sides = (None if side is _NOTHING else side for side in (base, mine, theirs))
        merged.conflicts.append(Conflict(name, key, *sides))


def _put(values: Values, name: str, key: str, value: Any) -> None:
    if name == "place":
        values.update(value)
    elif not key:
        values[name] = value
    elif value is _NOTHING:
        values[name].pop(key, None)
    else:
        values[name][key] = value
