"""The cells: every surface, in every method, by everybody, at every target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from network.permissions import OF_ROLE
from tests.matrix.asking import CANARIES, Told, ask, digest, rolled_back, told
from tests.matrix.people import Asker
from tests.matrix.rows import Row
from tests.matrix.world import MISSING, World

NOBODYS = "no-such-group"
SUCCESS = frozenset({200, 201, 202, 204, 303})
UUIDS = ("pk", "held", "upload", "export")
SHARED = ("facility",)
REFUSED_VALUE = frozenset({400, 409, 422, 428})


@dataclass(frozen=True)
class Cell:
    """One question: who asks what of whom, and what the answer has to be."""

    surface: str
    method: str
    asker: Asker
    target: str
    organization: str
    objects: dict[str, str]
    expected: frozenset[int]

    def __str__(self) -> str:
        """For the list of violations."""
        return f"{self.surface} {self.method} {self.asker.name} {self.target}"


class Matrix:
    """Asks the cells of one surface and keeps what went wrong."""

    def __init__(self, world: World, name: str, row: Row) -> None:
        """Nothing asked yet."""
        self.world, self.name, self.row = world, name, row
        self.is_api = name.startswith("api:")
        self.wrong: list[str] = []
        self.asked = 0

    def run(self) -> None:
        """All cells of the surface; who is refused changes nothing, nobody sees a canary."""
        for method in self.row.methods:
            cells = list(self._cells(method))
            with rolled_back():
                before = digest()
                for cell in cells:
                    if not cell.expected & SUCCESS or cell.method == "GET":
                        self._look(cell)
                if digest() != before:
                    self.wrong.append(f"{self.name} {method}: something refused changed rows")
            for cell in cells:
                if cell.expected & SUCCESS and cell.method != "GET":
                    with rolled_back():
                        self._look(cell)

    def _cells(self, method: str) -> Iterator[Cell]:
        for asker in self.world.askers:
            yield from self._cells_of(asker, method)

    def _cells_of(self, asker: Asker, method: str) -> Iterator[Cell]:
        a, b = self.world.objects["a"], self.world.objects["b"]
        cell = Cell(self.name, method, asker, "own", a["organization"], a, frozenset())
        if self._is_outside(asker):
            out = frozenset({401}) if self.is_api else self.row.out
            yield replace(cell, expected=out)
            yield replace(cell, target="missing group", organization=NOBODYS, expected=out)
            return
        nothing = frozenset({404})
        if asker.role is None:
            yield from self._cells_of_stranger(cell)
            return
        yield replace(cell, expected=self._own(asker, method))
        if self._has_objects():
            may = self._may(asker, method)
            refused = self._own(asker, method)
            if may and not (self.row.rests or self.row.forgives):
                refused = nothing
            if not self.row.is_shared:
                yield replace(cell, target="foreign object", objects=b, expected=refused)
            yield replace(
                cell, target="missing object", objects=self._nothing(a), expected=refused
            )
        if asker.name != "both" and not self.row.of_token:
            other = replace(cell, organization=b["organization"], objects=b, expected=nothing)
            yield replace(other, target="foreign group")
            yield replace(other, target="missing group", organization=NOBODYS)

    def _cells_of_stranger(self, cell: Cell) -> Iterator[Cell]:
        """Who belongs elsewhere, at what is A's."""
        nothing = frozenset({404})
        if not self.row.of_token:
            yield replace(cell, target="foreign group", expected=nothing)
            yield replace(cell, target="missing group", organization=NOBODYS, expected=nothing)
        elif self._has_objects():
            # In their own group their role may not be enough to be told that there is nothing.
            yield replace(cell, target="foreign object", expected=nothing | {403})

    def _is_outside(self, asker: Asker) -> bool:
        return asker.is_out or (
            self.is_api and (not asker.token or asker.name in ("ex_owner", "suspended"))
        )

    def _may(self, asker: Asker, method: str) -> bool:
        return asker.role is not None and self.row.methods[method] in OF_ROLE[asker.role]

    def _own(self, asker: Asker, method: str) -> frozenset[int]:
        if self.row.rests:
            return frozenset({404})
        if not self._may(asker, method):
            return frozenset({403})
        if asker.name in self.row.hidden:
            return frozenset({404})
        return SUCCESS | REFUSED_VALUE | self.row.own

    def _has_objects(self) -> bool:
        return any(not name.startswith("'") for name in self.row.names.values())

    def _look(self, cell: Cell) -> None:
        answer = self._answer(cell)
        if answer.status not in cell.expected:
            self.wrong.append(f"{cell}: {answer.status}, not {sorted(cell.expected)}")
        is_member = cell.asker.role is not None and not cell.asker.is_out
        for side, canary in CANARIES.items():
            if side == "a" and is_member and cell.target != "foreign group":
                continue
            if canary in answer.plain and canary not in cell.asker.name.encode():
                self.wrong.append(f"{cell}: the canary of {side}")
        if cell.target in ("foreign group", "foreign object"):
            self._compare(cell, answer)

    def _compare(self, cell: Cell, answer: Told) -> None:
        """Foreign equals missing, byte for byte."""
        if cell.target == "foreign group":
            twin = replace(cell, target="missing group", organization=NOBODYS)
        else:
            empty = self._nothing(cell.objects)
            twin = replace(cell, target="missing object", objects=empty)
        if self._answer(twin) != answer:
            self.wrong.append(f"{cell}: not the same as what is missing")

    def _answer(self, cell: Cell) -> Told:
        self.asked += 1
        arguments = self._arguments(cell.organization, cell.objects)
        path = self.path(cell.organization, cell.objects)
        versions = '"1"' if cell.method in ("PATCH", "DELETE") else ""
        answer = ask(
            cell.asker, cell.method, path, self.row.body, is_api=self.is_api, versions=versions
        )
        return told(answer, {name: str(value) for name, value in arguments.items()})

    def path(self, organization: str, objects: dict[str, str]) -> str:
        """The address of this surface for one organization's objects under another's slug."""
        arguments = self._arguments(organization, objects)
        if not self.row.query:
            return reverse(self.name, kwargs=arguments)
        named = arguments.pop("organization")
        return f"{reverse(self.name, kwargs=arguments)}?{self.row.query}={named}"

    def _arguments(self, organization: str, objects: dict[str, str]) -> dict[str, Any]:
        key = "slug" if self.is_api else "organization"
        arguments: dict[str, Any] = {} if self.row.of_token else {key: organization}
        for argument, name in self.row.names.items():
            arguments[argument] = self._value(argument, name, objects)
        return arguments

    def _nothing(self, objects: dict[str, str]) -> dict[str, str]:
        """Values that stand for nothing; what all share is there unless it alone is asked for."""
        kept = () if self.row.is_shared else SHARED
        return {name: objects[name] if name in kept else "" for name in objects}

    def _value(self, argument: str, name: str, objects: dict[str, str]) -> str:
        if name.startswith("'"):
            return name[1:]
        if found := objects[name]:
            return found
        is_uuid = argument in UUIDS or argument.endswith("_id") or name == "program_id"
        return MISSING if is_uuid else "no-such-thing"
